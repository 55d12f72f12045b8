use marsad::source::transcript::read_as;

/// Reads bytes as a transcript of a format: cues say something and follow each other, every error is one line.
pub fn transcript_as(format: Option<&str>, bytes: &[u8]) {
    match read_as("x", bytes, format) {
        Ok(read) => {
            assert!(read.cues.iter().all(|cue| !cue.text.trim().is_empty() && cue.start <= cue.end));
            assert!(read.cues.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
        Err(error) => assert_eq!(error.to_string().lines().count(), 1),
    }
}
