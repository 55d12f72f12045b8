//! Puts tables into the form in which the program has them, which is a limited number of bytes and takes no time to read: the largest are packed column by
//! column, of the learned weights' features remain hashes, which are all that coding looks up, names and roles become tries, and the words of all other tables
//! are inflected.

use std::path::{Path, PathBuf};
use std::{env, fs};

// Of files of the program only a part is used here.
#[path = "build/columns.rs"]
mod columns;
#[allow(dead_code)]
#[path = "src/actors/cut.rs"]
mod cut;
#[path = "build/forms.rs"]
mod forms;
#[allow(dead_code)]
#[path = "src/hash.rs"]
mod hash;
#[allow(dead_code)]
#[path = "src/actors/named.rs"]
mod named;
#[path = "build/names.rs"]
mod names;
#[allow(dead_code)]
#[path = "src/actors/trie.rs"]
mod trie;
#[allow(dead_code)]
#[path = "src/forms/vary.rs"]
mod vary;

const NAMES: &str = "src/actors";
const LARGE: [&str; 3] = ["organisations", "people", "places"];
const LEARNED: &str = "src/events/learned";
const WEIGHTS: [&str; 8] = ["careful/judge", "careful/linker", "careful/twins", "fast/judge", "fast/linker", "fast/twins", "glance", "verdict"];

/// How hard zstd tries: 1 to 22.
const LEVEL: i32 = 19;

fn main() {
    // Beside the tables, each of which `read` names.
    for source in ["build.rs", "build", "src/actors/cut.rs", "src/actors/named.rs", "src/actors/trie.rs", "src/forms/vary.rs", "src/hash.rs"] {
        println!("cargo::rerun-if-changed={source}");
    }
    for table in LARGE {
        let from = format!("{NAMES}/{table}.tsv");
        write(&format!("{table}.columns"), &columns::packed(&read(&from), &from, LEVEL));
    }
    for table in WEIGHTS {
        let from = format!("{LEARNED}/{table}.tsv");
        write(&format!("{table}.weights"), &weights(&read(&from), &from));
    }
    for &lang in marsad_text::LANGUAGES {
        forms::write(lang);
        names::write(lang);
    }
}

fn read(path: &str) -> String {
    println!("cargo::rerun-if-changed={path}");
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn write(name: &str, bytes: &[u8]) {
    let to = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join(name);
    fs::create_dir_all(to.parent().unwrap_or(Path::new("."))).expect("the output folder can be written");
    fs::write(to, bytes).expect("the output folder can be written");
}

/// The lines of a table that are rows, with their numbers; the header is the first.
fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty()).map(|(n, line)| (n + 1, line))
}

/// Gives the cells of each row below the header.
fn each_row(path: &str, mut with: impl FnMut(&[&str])) {
    let text = read(path);
    let mut rows = rows(&text).map(|(n, line)| (n, line.split('\t').map(str::trim).collect::<Vec<_>>()));
    let (_, header) = rows.next().unwrap_or_else(|| panic!("{path} has no header"));
    for (n, cells) in rows {
        assert!(cells.len() == header.len(), "{path}:{n}: {} columns, expected {}", cells.len(), header.len());
        with(&cells);
    }
}

/// The rows of a table as bytes, the lowest first: the hash of a feature's name, then its weights.
fn weights(text: &str, path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (n, line) in rows(text).skip(1) {
        let mut cells = line.split('\t');
        bytes.extend(hash::hash(cells.next().unwrap_or_default()).to_le_bytes());
        for cell in cells {
            let weight: f32 = cell.trim().parse().unwrap_or_else(|e| panic!("{path}:{n}: {cell}: {e}"));
            bytes.extend(weight.to_le_bytes());
        }
    }
    bytes
}
