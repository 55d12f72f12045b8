#![no_main]

#[path = "transcript_as.rs"]
mod transcript_as;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| transcript_as::transcript_as(Some("WebVTT"), bytes));
