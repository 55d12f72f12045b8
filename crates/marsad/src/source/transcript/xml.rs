//! Captions as XML: TTML and its profiles (DFXP, SMPTE-TT, IMSC, EBU-TT), YouTube's srv1 and srv3.
//!
//! Times nest: a `begin` counts from that of the element around it, and in a container with `timeContainer="seq"` from the end of the element before.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Draft, Format, clock, markup};
use crate::model::{Cue, Time};

/// All of them; the root tells which.
#[derive(Debug)]
pub(super) struct Xml;

impl Format for Xml {
    fn name(&self) -> &'static str {
        "TTML"
    }

    fn claims(&self, text: &str) -> bool {
        let start = text.trim_start();
        start.starts_with("<?xml") || ["<tt", "<timedtext", "<transcript"].iter().any(|root| start.starts_with(root)) || start.starts_with("<tt:tt")
    }

    fn read(&self, text: &str, draft: &mut Draft) {
        Walk::new(text).run(draft);
    }
}

/// How an open element counts time.
#[derive(Clone, Debug)]
struct Open {
    name: String,
    begin: u64,
    /// `None` until something says when it ends.
    end: Option<u64>,
    sequence: bool,
    /// Where the next child of a sequence begins.
    cursor: u64,
    speaker: Option<String>,
}

/// A cue whose text is being read.
struct Paragraph {
    depth: usize,
    begin: u64,
    end: Option<u64>,
    line: u64,
    text: String,
}

struct Walk<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    open: Vec<Open>,
    paragraph: Option<Paragraph>,
    frame_rate: f64,
    tick_rate: f64,
    /// Byte and line up to which lines were counted.
    counted: (usize, u64),
}

impl<'t> Walk<'t> {
    fn new(text: &'t str) -> Walk<'t> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        Walk { text, reader, open: Vec::new(), paragraph: None, frame_rate: 30.0, tick_rate: 1.0, counted: (0, 1) }
    }

    fn run(&mut self, draft: &mut Draft) {
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(element)) => self.start(&element, draft),
                Ok(Event::Empty(element)) => {
                    if element.local_name().as_ref() == "br" {
                        self.say(" ");
                    } else {
                        self.start(&element, draft);
                        self.end(draft);
                    }
                }
                Ok(Event::Text(text)) => {
                    let text = text.to_string();
                    self.say(&text);
                }
                Ok(Event::GeneralRef(reference)) => {
                    let name = reference.to_string();
                    let meant = quick_xml::escape::resolve_predefined_entity(&name)
                        .map(str::to_owned)
                        .or_else(|| reference.resolve_char_ref().ok().flatten().map(String::from));
                    self.say(&meant.unwrap_or_else(|| " ".to_owned()));
                }
                Ok(Event::CData(text)) => {
                    let text = text.to_string();
                    self.say(&text);
                }
                Ok(Event::End(_)) => self.end(draft),
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => {
                    let line = self.line();
                    draft.broken(Some(line), format!("not valid XML ({error})"));
                    break;
                }
            }
        }
        while !self.open.is_empty() {
            self.end(draft);
        }
    }

    fn say(&mut self, text: &str) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.text.push_str(text);
        }
    }

    fn line(&mut self) -> u64 {
        let at = (self.reader.buffer_position() as usize).min(self.text.len());
        let (from, line) = self.counted;
        if at > from {
            self.counted = (at, line + self.text.as_bytes()[from..at].iter().filter(|b| **b == b'\n').count() as u64);
        }
        self.counted.1
    }

    fn start(&mut self, element: &BytesStart, draft: &mut Draft) {
        let name = element.local_name().as_ref().to_owned();
        let value = |key: &str| {
            let attribute = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == key)?;
            attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(|v| v.into_owned())
        };
        match name.as_str() {
            "tt" => {
                draft.language = value("lang").filter(|l| !l.is_empty());
                let multiplier = value("frameRateMultiplier").and_then(|m| ratio(&m)).unwrap_or(1.0);
                self.frame_rate = value("frameRate").and_then(|r| r.parse().ok()).filter(|r: &f64| *r > 0.0).unwrap_or(30.0) * multiplier;
                self.tick_rate = value("tickRate").and_then(|r| r.parse().ok()).filter(|r: &f64| *r > 0.0).unwrap_or(1.0);
            }
            "transcript" => draft.format = Some("YouTube srv1"),
            "timedtext" => draft.format = Some("YouTube srv3"),
            _ => {}
        }
        let around = self.open.last().cloned();
        let origin = around.as_ref().map_or(0, |o| if o.sequence { o.cursor } else { o.begin });
        let begin = self.begin(&value).map(|b| origin.saturating_add(b));
        let length = self.length(&value);
        let end_attribute = value("end").and_then(|v| self.time(&v)).map(|e| origin.saturating_add(e.0));
        let from = begin.unwrap_or(origin);
        let end = match (end_attribute, length) {
            (Some(end), Some(length)) => Some(end.min(from.saturating_add(length))),
            (end, length) => end.or(length.map(|l| from.saturating_add(l))),
        };
        let speaker = value("agent").or_else(|| around.as_ref().and_then(|o| o.speaker.clone()));
        let sequence = value("timeContainer").as_deref() == Some("seq");
        self.open.push(Open { name: name.clone(), begin: from, end, sequence, cursor: from, speaker });
        let line = self.line();
        match name.as_str() {
            "p" | "text" if self.paragraph.is_none() => {
                self.paragraph = Some(Paragraph { depth: self.open.len(), begin: from, end, line, text: String::new() });
            }
            // Times on spans within a paragraph make cues of their own.
            "span" if begin.is_some() && end.is_some() => {
                self.flush(draft);
                if let Some(paragraph) = &mut self.paragraph {
                    (paragraph.begin, paragraph.end) = (from, end);
                }
            }
            _ => {}
        }
    }

    fn begin(&self, value: &dyn Fn(&str) -> Option<String>) -> Option<u64> {
        if let Some(begin) = value("begin") {
            return self.time(&begin).map(|t| t.0);
        }
        // srv1 counts seconds, srv3 milliseconds; only paragraphs of srv3 have times that count here, its words are inside.
        if let Some(start) = value("start") {
            return clock::seconds(&start).map(|t| t.0);
        }
        value("d").and(value("t")).and_then(|t| t.parse().ok())
    }

    fn length(&self, value: &dyn Fn(&str) -> Option<String>) -> Option<u64> {
        if let Some(length) = value("dur") {
            return self.time(&length).or_else(|| clock::seconds(&length)).map(|t| t.0);
        }
        value("d").and_then(|d| d.parse().ok())
    }

    /// A TTML time expression: clock time, with frames or a part of a second, or a number with h, m, s, ms, f or t.
    fn time(&self, text: &str) -> Option<Time> {
        let text = text.trim();
        if text.contains(':') {
            let fields: Vec<&str> = text.split(':').collect();
            if let [hours, minutes, seconds, frames] = fields.as_slice() {
                let whole = clock::clock(&format!("{hours}:{minutes}:{seconds}"))?;
                let frames: f64 = frames.split('.').next()?.parse().ok()?;
                return clock::believed(whole.0 as f64 + frames / self.frame_rate * 1000.0);
            }
            return clock::clock(text);
        }
        let split = text.find(|c: char| c.is_ascii_alphabetic())?;
        let number: f64 = text[..split].parse().ok()?;
        let milliseconds = match &text[split..] {
            "h" => number * 3_600_000.0,
            "m" => number * 60_000.0,
            "s" => number * 1000.0,
            "ms" => number,
            "f" => number / self.frame_rate * 1000.0,
            "t" => number / self.tick_rate * 1000.0,
            _ => return None,
        };
        clock::believed(milliseconds)
    }

    fn end(&mut self, draft: &mut Draft) {
        let depth = self.open.len();
        if self.paragraph.as_ref().is_some_and(|p| p.depth == depth) {
            self.flush(draft);
            self.paragraph = None;
        } else if self.open.last().is_some_and(|o| o.name == "span" && o.end.is_some()) {
            self.flush(draft);
        }
        if let Some(closed) = self.open.pop()
            && let Some(around) = self.open.last_mut()
        {
            around.cursor = closed.end.unwrap_or(closed.cursor).max(around.cursor);
        }
    }

    /// Makes a cue of what the paragraph has said so far.
    fn flush(&mut self, draft: &mut Draft) {
        let Some(paragraph) = &mut self.paragraph else { return };
        let text = markup::plain(&std::mem::take(&mut paragraph.text));
        if text.is_empty() {
            return;
        }
        let (begin, line) = (Time(paragraph.begin), paragraph.line);
        let limit = self.open.iter().filter_map(|o| o.end).min();
        let end = paragraph.end.or(limit).map_or_else(|| super::plain::spoken(begin, &text), Time).max(begin);
        let speaker = self.open.last().and_then(|o| o.speaker.clone());
        draft.add(Cue { start: begin, end, text, speaker, line: Some(line), ..Cue::default() });
    }
}

/// `1000 1001`.
fn ratio(text: &str) -> Option<f64> {
    let (top, bottom) = text.split_once([' ', ':'])?;
    let (top, bottom): (f64, f64) = (top.trim().parse().ok()?, bottom.trim().parse().ok()?);
    (top > 0.0 && bottom > 0.0).then(|| top / bottom)
}
