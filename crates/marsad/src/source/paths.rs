use std::{
    collections::HashSet,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use super::{Problem, SourceError, input::extension};

/// What a saved page brings along; skipped in directories, read when named.
const FURNITURE: &[&str] = &["css", "js", "mjs", "map", "svg", "png", "jpg", "jpeg", "gif", "webp", "ico", "woff", "woff2", "ttf", "eot"];

/// The files that the paths name, directories walked to their bottom in the order of names.
///
/// `-` and files stay as they are, missing ones included, so that each is reported in its turn. Directories are taken apart: hidden files, and the
/// images, styles and scripts of saved pages, are skipped; links are followed once. A subdirectory that cannot be listed stays in the list, and
/// reading it gives the error.
///
/// # Errors
///
/// A directory without anything to read, or one that cannot be listed.
///
/// ```
/// # use std::{fs, path::PathBuf};
/// # let home = tempfile::tempdir()?;
/// # let dir = home.path().join("news");
/// fs::create_dir(&dir)?;
/// fs::write(dir.join("b.txt"), "Second.")?;
/// fs::write(dir.join("a.txt"), "First.")?;
/// let found = marsad::source::paths(&[dir.clone(), PathBuf::from("-")])?;
/// assert_eq!(found, [dir.join("a.txt"), dir.join("b.txt"), PathBuf::from("-")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn paths(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, SourceError> {
    let mut found = Vec::new();
    for input in inputs {
        if input.is_dir() {
            found.append(&mut files_below(input)?);
        } else {
            found.push(input.clone());
        }
    }
    Ok(found)
}

fn files_below(root: &Path) -> Result<Vec<PathBuf>, SourceError> {
    let error = |problem| SourceError::file(&root.display().to_string(), problem);
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    // What is still to be looked at, the next on top.
    let mut rest = entries(root, &mut seen).map_err(|e| error(Problem::Open(e)))?;
    while let Some(path) = rest.pop() {
        if !path.is_dir() {
            if path.is_file() && !is_furniture(&path) {
                found.push(path);
            }
        } else if let Ok(mut below) = entries(&path, &mut seen) {
            rest.append(&mut below);
        } else {
            found.push(path);
        }
    }
    if found.is_empty() {
        return Err(error(Problem::NoFiles));
    }
    Ok(found)
}

/// What a directory holds, last name first; nothing if it was listed before under another name.
fn entries(dir: &Path, seen: &mut HashSet<PathBuf>) -> io::Result<Vec<PathBuf>> {
    if !seen.insert(fs::canonicalize(dir)?) {
        return Ok(Vec::new());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.retain(|path| !is_hidden(path));
    entries.sort_unstable_by(|a, b| b.cmp(a));
    Ok(entries)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn is_furniture(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    FURNITURE.contains(&extension(name).as_str())
}
