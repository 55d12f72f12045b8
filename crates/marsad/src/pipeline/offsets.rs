//! Where words stand in characters of the text, as records tell it: spans count bytes.

use std::ops::Range;

use marsad_text::Span;

/// Bytes from one count to the next: few enough to be counted for every place that is asked for, enough to keep the table much smaller than the text.
const STEP: usize = 256;

/// The characters before every place of a text. To count them from the beginning each time would make long texts slow.
#[derive(Debug)]
pub(super) struct Offsets<'a> {
    text: &'a [u8],
    /// The characters before every [`STEP`]th byte, and all of them at the end.
    counts: Vec<usize>,
}

impl<'a> Offsets<'a> {
    /// The counts of a text.
    pub fn of(text: &'a str) -> Offsets<'a> {
        let text = text.as_bytes();
        let mut counts = Vec::with_capacity(text.len() / STEP + 2);
        let mut count = 0;
        counts.push(count);
        for block in text.chunks(STEP) {
            count += begun(block);
            counts.push(count);
        }
        Offsets { text, counts }
    }

    /// A span in characters of the text.
    pub fn range(&self, span: Span) -> Range<usize> {
        self.before(span.start)..self.before(span.end)
    }

    /// The characters before a byte that begins one or ends the text.
    fn before(&self, byte: u32) -> usize {
        let byte = byte as usize;
        let block = byte / STEP;
        self.counts[block] + begun(&self.text[block * STEP..byte])
    }
}

/// How many characters begin in some bytes of UTF-8: one at each byte that does not go on with one.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) {
        let offsets = Offsets::of(text);
        let mut ends: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
        ends.push(text.len());
        for (characters, &end) in ends.iter().enumerate() {
            assert_eq!(offsets.range(Span::new(0, end)), 0..characters, "byte {end} of {} bytes", text.len());
        }
    }

    #[test]
    fn characters_are_counted_in_every_script() {
        check("");
        check("a");
        for unit in ["Talks began. ", "Переговоры начались. ", "بدأت المحادثات. ", "😀é\u{301}\n"] {
            check(&unit.repeat(60));
        }
    }

    #[test]
    fn texts_may_end_with_a_block() {
        for length in [STEP - 1, STEP, STEP + 1, 2 * STEP] {
            check(&"x".repeat(length));
        }
        for length in [STEP / 2, STEP] {
            check(&"я".repeat(length));
        }
    }
}
