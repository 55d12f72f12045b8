#![no_main]

use marsad::source::transcript::read;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    match read("x", bytes) {
        Ok(read) => {
            assert!(read.cues.iter().all(|cue| !cue.text.trim().is_empty() && cue.start <= cue.end));
            assert!(read.cues.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
        Err(error) => assert_eq!(error.to_string().lines().count(), 1),
    }
});
