#![no_main]

use std::fs;

use marsad::tables::check_folder;

/// Tables whose loaders differ.
const PATHS: &[&str] = &[
    "events/types/assault/ru.tsv",
    "events/factuality/ar.tsv",
    "events/contexts/en.tsv",
    "events/size/ar.tsv",
    "actors/countries.tsv",
    "actors/people.tsv",
    "actors/places.tsv",
    "actors/roles/en.tsv",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let folder = std::env::temp_dir().join(format!("marsad-fuzz-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let file = folder.join(PATHS[*first as usize % PATHS.len()]);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, rest).unwrap();
    if let Err(errors) = check_folder(&folder) {
        for error in errors.0 {
            assert_eq!(error.to_string().lines().count(), 1);
        }
    }
});
