//! The rooms of the library may use each other only in one direction. This reads the `use` lines and holds us to ARCHITECTURE.md.

use std::fs;
use std::path::{Path, PathBuf};

/// Which rooms each room may use, beside itself, `model`, `tables` and `tree`.
const ALLOWED: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("tables", &["actors", "analysis", "events", "source"]),
    ("tree", &[]),
    ("source", &[]),
    ("actors", &[]),
    ("events", &["actors"]),
    ("store", &[]),
    ("import", &["actors", "events", "source"]),
    ("analysis", &["actors", "language", "pipeline"]),
    ("language", &["pipeline"]),
    ("bulk", &["pipeline", "source", "store"]),
];

fn rust_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the source folder is readable").flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn rooms_use_only_what_they_may() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let relative = file.strip_prefix(&src).expect("below src");
        let room = relative.components().next().expect("not empty").as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == room) else { continue };
        let text = fs::read_to_string(&file).expect("sources are UTF-8");
        for line in text.lines().filter(|l| !l.trim_start().starts_with("//")) {
            for used in line.split("crate::").skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()) {
                let free = used == room || ["model", "tables", "tree"].contains(&used) || ALLOWED.iter().all(|(name, _)| *name != used);
                if !free && !allowed.contains(&used) {
                    wrong.push(format!("{}: {room} uses {used}", relative.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
