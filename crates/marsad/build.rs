//! Puts tables into the form in which the program has them, which is a limited number of bytes: the largest are packed, and of the learned weights' features
//! remain hashes, which are all that coding looks up.

use std::path::Path;
use std::{env, fs};

#[path = "src/hash.rs"]
mod hash;

const NAMES: &str = "src/actors";
const LARGE: [&str; 3] = ["organisations", "people", "places"];
const FOLDER: &str = "src/events/learned";
const TABLES: [&str; 8] = ["careful/judge", "careful/linker", "careful/twins", "fast/judge", "fast/linker", "fast/twins", "glance", "verdict"];

/// How hard zstd tries: 1 to 22.
const LEVEL: i32 = 19;

fn main() {
    for table in LARGE {
        println!("cargo::rerun-if-changed={NAMES}/{table}.tsv");
    }
    println!("cargo::rerun-if-changed={FOLDER}");
    println!("cargo::rerun-if-changed=src/hash.rs");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    for table in LARGE {
        let from = format!("{NAMES}/{table}.tsv");
        let text = fs::read(&from).unwrap_or_else(|e| panic!("{from}: {e}"));
        let packed = zstd::encode_all(text.as_slice(), LEVEL).unwrap_or_else(|e| panic!("{from}: {e}"));
        fs::write(Path::new(&out).join(format!("{table}.zst")), packed).expect("the output folder can be written");
    }
    for table in TABLES {
        let from = format!("{FOLDER}/{table}.tsv");
        let text = fs::read_to_string(&from).unwrap_or_else(|e| panic!("{from}: {e}"));
        let to = Path::new(&out).join(format!("{table}.weights"));
        fs::create_dir_all(to.parent().expect("it is in a folder")).expect("the output folder can be written");
        fs::write(to, packed(&text, &from)).expect("the output folder can be written");
    }
}

/// The rows of a table as bytes, the lowest first: the hash of a feature's name, then its weights.
fn packed(text: &str, path: &str) -> Vec<u8> {
    let rows = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty()).skip(1);
    let mut bytes = Vec::new();
    for (n, line) in rows {
        let mut cells = line.split('\t');
        bytes.extend(hash::hash(cells.next().unwrap_or_default()).to_le_bytes());
        for cell in cells {
            let weight: f32 = cell.trim().parse().unwrap_or_else(|e| panic!("{path}:{}: {cell}: {e}", n + 1));
            bytes.extend(weight.to_le_bytes());
        }
    }
    bytes
}
