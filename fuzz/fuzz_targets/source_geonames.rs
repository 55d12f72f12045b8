#![no_main]

use marsad::source::{Input, geonames::spots};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for mistake in spots(&Input::bytes("x", bytes), &Default::default()).mistakes {
        assert_eq!(mistake.to_string().lines().count(), 1);
    }
});
