//! Speech recognition as JSON: the whisper family, Google, YouTube's json3.
//!
//! Times come as numbers or as strings, in seconds or milliseconds, and may be missing from single words (whisperX gives numerals none); what has
//! no time takes its neighbour's.

use serde_json::Value;

use super::words::{Said, group};
use super::{Draft, Format, clock, markup};
use crate::model::{Cue, Time, TimedWord};

/// All of them; the keys tell which.
#[derive(Debug)]
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "JSON"
    }

    fn claims(&self, text: &str) -> bool {
        // Text with times in brackets begins like an array, but not like one of objects.
        let start = text.trim_start();
        start.starts_with('{') && !start.starts_with("{\\") || start.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'))
    }

    fn read(&self, text: &str, draft: &mut Draft) {
        let value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => return draft.broken(Some(error.line() as u64), format!("not valid JSON ({error})")),
        };
        draft.language = value.get("language").or_else(|| value.pointer("/result/language")).and_then(Value::as_str).map(str::to_owned);
        let list = |pointer: &str| value.pointer(pointer).and_then(Value::as_array);
        if let Some(segments) = list("/transcription") {
            draft.format = Some("whisper.cpp JSON");
            each(segments, "transcription", draft, whisper_cpp);
        } else if let Some(segments) = list("/segments").or_else(|| value.as_array()) {
            draft.format = Some("whisper JSON");
            each(segments, "segment", draft, whisper);
        } else if let Some(events) = list("/events") {
            draft.format = Some("YouTube json3");
            youtube(events, draft);
        } else if let Some(results) = list("/results").or_else(|| list("/response/results")) {
            draft.format = Some("Google speech JSON");
            google(results, draft);
        } else {
            draft.broken(None, "expected `segments`, `transcription`, `events` or `results`");
        }
    }
}

fn each(segments: &[Value], name: &str, draft: &mut Draft, read: fn(&Value) -> Option<Cue>) {
    for (i, segment) in segments.iter().enumerate() {
        match read(segment) {
            Some(cue) => draft.add(cue),
            None => draft.broken(None, format!("{name} {}: expected text with start and end", i + 1)),
        }
    }
}

/// A number, also as a string, also with `s` after it.
fn number(value: Option<&Value>) -> Option<f64> {
    match value? {
        Value::Number(n) => n.as_f64(),
        Value::String(s) => s.trim().trim_end_matches('s').parse().ok().filter(|n: &f64| n.is_finite()),
        _ => None,
    }
}

fn in_seconds(value: Option<&Value>) -> Option<Time> {
    clock::believed(number(value)? * 1000.0)
}

fn whisper(segment: &Value) -> Option<Cue> {
    let words = segment.get("words").and_then(Value::as_array).map(|w| whisper_words(w)).unwrap_or_default();
    let start = in_seconds(segment.get("start")).or_else(|| words.first().map(|w| w.start))?;
    let end = in_seconds(segment.get("end")).or_else(|| words.last().and_then(|w| w.end)).unwrap_or(start);
    let text = segment.get("text").and_then(Value::as_str)?;
    let speaker = segment.get("speaker").and_then(Value::as_str).map(str::to_owned);
    Some(Cue { start, end: end.max(start), text: markup::joined(text), speaker, words, ..Cue::default() })
}

fn whisper_words(words: &[Value]) -> Vec<TimedWord> {
    let mut last = None;
    words
        .iter()
        .filter_map(|word| {
            let text = word.get("word").or_else(|| word.get("text")).and_then(Value::as_str)?.trim().to_owned();
            let start = in_seconds(word.get("start")).or(last)?;
            let end = in_seconds(word.get("end"));
            last = end.or(Some(start));
            let confidence = number(word.get("probability").or_else(|| word.get("score")).or_else(|| word.get("confidence"))).map(|c| c as f32);
            (!text.is_empty()).then_some(TimedWord { text, start, end, confidence })
        })
        .collect()
}

fn whisper_cpp(segment: &Value) -> Option<Cue> {
    let offset = |key: &str| clock::believed(number(segment.pointer(&format!("/offsets/{key}")))?);
    let stamp = |key: &str| clock::clock(segment.pointer(&format!("/timestamps/{key}"))?.as_str()?);
    let start = offset("from").or_else(|| stamp("from"))?;
    let end = offset("to").or_else(|| stamp("to"))?;
    let text = segment.get("text")?.as_str()?;
    let speaker = segment.get("speaker").and_then(Value::as_str).map(str::to_owned);
    let turn = segment.get("speaker_turn_next").and_then(Value::as_bool).unwrap_or(false);
    // The mark says that somebody else speaks after this segment, which the next will show by itself where it matters.
    let _ = turn;
    Some(Cue { start, end: end.max(start), text: markup::joined(text), speaker, ..Cue::default() })
}

/// `events` of json3: windows without text, line breaks appended, and segments with offsets.
fn youtube(events: &[Value], draft: &mut Draft) {
    let mut said = Vec::new();
    for (i, event) in events.iter().enumerate() {
        let Some(segs) = event.get("segs").and_then(Value::as_array) else { continue };
        let Some(start) = number(event.get("tStartMs")).and_then(clock::believed) else {
            draft.broken(None, format!("event {}: expected tStartMs", i + 1));
            continue;
        };
        let length = number(event.get("dDurationMs")).unwrap_or(0.0);
        let automatic = segs.iter().any(|s| s.get("tOffsetMs").is_some() || s.get("acAsrConf").is_some());
        let text: String = segs.iter().filter_map(|s| s.get("utf8")?.as_str()).collect();
        if !automatic {
            let end = clock::believed(start.0 as f64 + length).unwrap_or(start);
            draft.add(Cue { start, end, text: markup::joined(&text), ..Cue::default() });
            continue;
        }
        for seg in segs {
            let Some(text) = seg.get("utf8").and_then(Value::as_str) else { continue };
            let at = clock::believed(start.0 as f64 + number(seg.get("tOffsetMs")).unwrap_or(0.0)).unwrap_or(start);
            let confidence = number(seg.get("acAsrConf")).map(|c| (c / 255.0) as f32);
            for word in text.split_whitespace() {
                said.push(Said { word: TimedWord { text: word.to_owned(), start: at, end: None, confidence }, speaker: None });
            }
        }
    }
    said.sort_by_key(|s| s.word.start);
    group(said, draft);
}

fn google(results: &[Value], draft: &mut Draft) {
    let mut said = Vec::new();
    for result in results {
        draft.language = draft.language.take().or_else(|| result.get("languageCode").and_then(Value::as_str).map(str::to_owned));
        let Some(words) = result.pointer("/alternatives/0/words").and_then(Value::as_array) else { continue };
        // With diarisation the last result repeats all words, now with speakers: they replace what came before.
        let tagged = words.iter().any(|w| number(w.get("speakerTag")).is_some_and(|t| t > 0.0));
        if tagged && words.len() >= said.len() && !said.is_empty() {
            said.clear();
        }
        for word in words {
            let Some(text) = word.get("word").and_then(Value::as_str).map(str::trim).filter(|w| !w.is_empty()) else { continue };
            let Some(start) = in_seconds(word.get("startTime").or_else(|| word.get("startOffset"))) else {
                draft.broken(None, format!("word «{}»: expected startTime", super::captions::shortened(text)));
                continue;
            };
            let end = in_seconds(word.get("endTime").or_else(|| word.get("endOffset")));
            let speaker = number(word.get("speakerTag"))
                .filter(|t| *t > 0.0)
                .map(|t| format!("{t}"))
                .or_else(|| word.get("speakerLabel").and_then(Value::as_str).map(str::to_owned));
            let confidence = number(word.get("confidence")).map(|c| c as f32);
            said.push(Said { word: TimedWord { text: text.to_owned(), start, end, confidence }, speaker });
        }
    }
    group(said, draft);
}
