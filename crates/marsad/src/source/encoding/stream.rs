use std::io::{self, BufRead, BufReader, Cursor, Read};

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE};

use super::Told;

/// A stream without its byte order mark, and in UTF-8 if it was in UTF-16: its line ends are bytes then.
pub(in crate::source) fn skip_mark(mut reader: impl BufRead + Send + 'static, told: &Told) -> Box<dyn BufRead + Send> {
    let mut mark = vec![0; told.mark];
    // The mark was seen before, so it is there; were it not, there would be nothing to read after it either.
    let read = reader.read_exact(&mut mark);
    let encoding = told.encoding.0;
    if read.is_err() {
        return Box::new(Cursor::new(mark));
    }
    if encoding != UTF_16LE && encoding != UTF_16BE {
        return Box::new(reader);
    }
    Box::new(BufReader::new(Utf16 { reader, decoder: encoding.new_decoder_without_bom_handling(), decoded: Cursor::new(String::new()) }))
}

struct Utf16<R> {
    reader: R,
    decoder: Decoder,
    decoded: Cursor<String>,
}

impl<R: BufRead> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.decoded.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            if !self.refill()? {
                return Ok(0);
            }
        }
    }
}

impl<R: BufRead> Utf16<R> {
    /// Whether there was more to decode. Half a character at the very end is dropped.
    fn refill(&mut self) -> io::Result<bool> {
        let bytes = self.reader.fill_buf()?;
        let length = bytes.len();
        let room = self.decoder.max_utf8_buffer_length(length).unwrap_or(0);
        let mut text = String::with_capacity(room);
        let (_, taken, _) = self.decoder.decode_to_string(bytes, &mut text, false);
        self.reader.consume(taken);
        self.decoded = Cursor::new(text);
        Ok(length > 0)
    }
}
