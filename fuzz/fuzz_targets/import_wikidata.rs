#![no_main]

use marsad::import::{
    Folder,
    wikidata::{Classes, Wanted, import},
};
use marsad::source::Input;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let folder = std::env::temp_dir().join(format!("marsad-fuzz-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    match import(&Input::bytes("x", bytes), &Classes::embedded(), &Wanted::default(), Folder::new(folder, "fuzzing"), &mut |_| true) {
        Ok(outcome) => assert!(outcome.broken.is_none_or(|error| error.to_string().lines().count() == 1)),
        Err(error) => assert_eq!(error.to_string().lines().count(), 1),
    }
});
