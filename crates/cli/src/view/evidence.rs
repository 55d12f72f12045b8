//! The sentence behind a record, its decisive words marked.

use marsad::model::Record;

use super::{
    Screen, bidi, styles,
    text::{self, MARK, UNMARK},
};

/// The record's sentence in lines, indented; a right-to-left sentence keeps to the right edge.
pub fn shown(record: &Record, indent: usize, screen: &Screen) -> String {
    let columns = screen.width.saturating_sub(indent).max(20);
    let marked = marked(record);
    let rtl = bidi::is_rtl(&marked);
    let mut shown = String::new();
    let mut open = false;
    for line in text::lines(marked.trim(), columns) {
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
    fn offsets_beyond_the_sentence_mark_nothing() {
        let mut record = english();
        record.text_info.trigger_end = 10_000;
        assert!(!shown(&record, 0, &PLAIN).contains('»'));
    }
}
