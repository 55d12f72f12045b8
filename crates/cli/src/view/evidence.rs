//! The sentence behind a record, its decisive words marked.

use marsad::model::Record;

use super::{
    Screen, bidi, styles,
    text::{self, MARK, UNMARK},
};

/// Of longer sentences the part around the decisive words is shown.
const MOST_LINES: usize = 4;

/// The record's sentence in lines, indented; a right-to-left sentence keeps to the right edge.
pub fn shown(record: &Record, indent: usize, screen: &Screen) -> String {
    let columns = screen.width.saturating_sub(indent).max(20);
    let marked = marked(record);
    let marked = around_mark(marked.trim(), MOST_LINES * columns);
    let rtl = bidi::is_rtl(&marked);
    let mut shown = String::new();
    let mut open = false;
    for line in text::lines(&marked, columns) {
        let painted = painted(&line, &mut open, screen);
        let before = if rtl { indent + columns.saturating_sub(drawn_width(&line, screen)) } else { indent };
        let painted = if rtl { bidi::isolated_rtl(&painted) } else { painted };
        shown.push_str(&" ".repeat(before));
        shown.push_str(&painted);
        shown.push('\n');
    }
    shown
}

/// The sentence with the trigger between marks, if its place is in the sentence.
fn marked(record: &Record) -> String {
    let info = &record.text_info;
    let chars: Vec<char> = record.text.chars().collect();
    let place = |offset: usize| offset.checked_sub(info.start).filter(|place| *place <= chars.len());
    match (place(info.trigger_start), place(info.trigger_end)) {
        (Some(start), Some(end)) if start < end => {
            let part = |chars: &[char]| text::clean(&chars.iter().collect::<String>());
            format!("{}{MARK}{}{UNMARK}{}", part(&chars[..start]), part(&chars[start..end]), part(&chars[end..]))
        }
        _ => text::clean(&record.text),
    }
}

/// At most so many columns of a sentence, whole words around the mark.
fn around_mark(sentence: &str, columns: usize) -> String {
    let words: Vec<&str> = sentence.split(' ').collect();
    let marked = |mark| words.iter().position(|word| word.contains(mark)).unwrap_or(0);
    let (mut start, mut end) = (marked(MARK), marked(UNMARK) + 1);
    let mut used: usize = words[start..end.min(words.len())].iter().map(|word| text::width(word) + 1).sum();
    loop {
        let before = start.checked_sub(1).filter(|n| used + text::width(words[*n]) < columns);
        let after = Some(end).filter(|n| *n < words.len() && used + text::width(words[*n]) < columns);
        if let Some(n) = before {
            start = n;
            used += text::width(words[n]) + 1;
        }
        if let Some(n) = after.filter(|n| used + text::width(words[*n]) < columns) {
            end = n + 1;
            used += text::width(words[n]) + 1;
        }
        if before.is_none() && after.is_none() {
            break;
        }
    }
    let (before, after) = (if start > 0 { "… " } else { "" }, if end < words.len() { " …" } else { "" });
    format!("{before}{}{after}", words[start..end].join(" "))
}

/// A line with its marks as styles, which end and begin again at a line's end, or as guillemets, which do not.
fn painted(line: &str, open: &mut bool, screen: &Screen) -> String {
    if !screen.styled {
        return line.replace(MARK, "»").replace(UNMARK, "«");
    }
    let style = styles::TRIGGER;
    let mut painted = if *open { style.to_string() } else { String::new() };
    for c in line.chars() {
        match c {
            MARK => {
                *open = true;
                painted.push_str(&style.to_string());
            }
            UNMARK => {
                *open = false;
                painted.push_str(&format!("{style:#}"));
            }
            c => painted.push(c),
        }
    }
    if *open {
        painted.push_str(&format!("{style:#}"));
    }
    painted
}

fn drawn_width(line: &str, screen: &Screen) -> usize {
    let marks = if screen.styled { line.matches([MARK, UNMARK]).count() } else { 0 };
    text::width(line) - marks
}

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::view::{
        Screen,
        samples::{arabic, english, russian},
    };

    const PLAIN: Screen = Screen { width: 60, styled: false };
    const STYLED: Screen = Screen { width: 60, styled: true };

    #[test]
    fn the_trigger_stands_between_guillemets() {
        assert_eq!(shown(&english(), 2, &PLAIN), "  Dock workers »walked out« on Monday after talks with the\n  port failed.\n");
        assert_eq!(shown(&russian(), 0, &PLAIN), "В Астане отрицают, что полиция »стреляла« в митингующих.\n");
    }

    #[test]
    fn or_it_is_bold_and_underlined() {
        let line = shown(&english(), 2, &STYLED);
        assert!(line.starts_with("  Dock workers \u{1b}[1m\u{1b}[4mwalked out\u{1b}[0m on Monday"), "{line:?}");
    }

    #[test]
    fn a_style_does_not_run_over_the_end_of_a_line() {
        let narrow = Screen { width: 20, ..STYLED };
        for line in shown(&english(), 0, &narrow).lines() {
            assert_eq!(line.matches("\u{1b}[1m").count(), line.matches("\u{1b}[0m").count(), "{line:?}");
        }
    }

    #[test]
    fn arabic_is_isolated_and_keeps_to_the_right() {
        let text = shown(&arabic(), 4, &PLAIN);
        assert_eq!(text, format!("{}\u{2067}»التقى« وزير الخارجية الروسي نظيره الأمريكي في جنيف.\u{2069}\n", " ".repeat(8)));
    }

    #[test]
    fn of_a_long_sentence_the_part_around_the_trigger_is_shown() {
        let mut record = english();
        let before = "The minister spoke at length about the budget and the roads. ".repeat(20);
        record.text = format!("{before}{} {before}", record.text);
        record.text_info.trigger_start += before.len();
        record.text_info.trigger_end += before.len();
        let text = shown(&record, 4, &PLAIN);
        assert!(text.lines().count() <= 5, "{text}");
        assert!(text.starts_with("    … ") && text.ends_with(" …\n") && text.contains("»walked out« on"), "{text}");
    }

    #[test]
    fn offsets_beyond_the_sentence_mark_nothing() {
        let mut record = english();
        record.text_info.trigger_end = 10_000;
        assert!(!shown(&record, 0, &PLAIN).contains('»'));
    }
}
