#![no_main]

#[path = "../../crates/text/tests/parser/check.rs"]
mod check;

use marsad_text::{LANGUAGES, Scratch};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut scratch = Scratch::default();
    for lang in LANGUAGES {
        let analysis = check::PARSERS[lang].parse(text, &mut scratch);
        assert!(analysis.sentences().iter().all(|s| s.parsed));
        check::check(text, &analysis);
    }
});
