#![no_main]

#[path = "read_as.rs"]
mod read_as;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| read_as::read_as("jsonl", bytes));
