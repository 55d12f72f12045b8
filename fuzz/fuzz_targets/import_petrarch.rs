#![no_main]

use marsad::import::{
    Folder,
    petrarch::{Dictionary, import},
};
use marsad::source::Input;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let folder = std::env::temp_dir().join(format!("marsad-fuzz-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    for what in [Dictionary::Actors, Dictionary::Agents, Dictionary::Verbs] {
        if let Err(error) = import(&Input::bytes("x", bytes), Some(what), Folder::new(&folder, "fuzzing"), &mut |_| true) {
            assert_eq!(error.to_string().lines().count(), 1);
        }
    }
});
