//! Foreign text made fit for a terminal, measured and broken into lines.

use unicode_width::UnicodeWidthChar;

use super::bidi;

/// Begins marked words in a text on its way to the screen.
pub const MARK: char = '\u{f8f0}';
/// Ends marked words.
pub const UNMARK: char = '\u{f8f1}';

/// The text without anything that would steer a terminal, white space as single spaces.
pub fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        let steers = bidi::is_control(c) || c == MARK || c == UNMARK;
        if steers || c == '\u{feff}' {
            continue;
        }
        if !c.is_whitespace() && !c.is_control() {
            clean.push(c);
        } else if !clean.ends_with(' ') {
            clean.push(' ');
        }
    }
    clean
}

/// How many columns a text takes.
///
/// Characters are summed one by one, as terminals do; that an Arabic lam and alef join is left to the terminal's font.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    match c {
        // Drawn as a guillemet where there are no styles.
        MARK | UNMARK => 1,
        _ => c.width().unwrap_or(0),
    }
}

/// The text in lines of at most `columns`, broken between words, and within a word only if that is longer than a line.
pub fn lines(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let needed = width(word);
        if used > 0 && used + 1 + needed > columns {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        if needed <= columns - used {
            line.push_str(word);
            used += needed;
            continue;
        }
        for c in word.chars() {
            if used + char_width(c) > columns {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += char_width(c);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The longest word's columns.
pub fn longest_word(text: &str) -> usize {
    text.split(' ').map(width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{clean, lines, width};

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\r\n\td\u{7}"), "a [31mbc d ");
    }

    #[test]
    fn combining_marks_take_no_column() {
        assert_eq!(width("مُفَاوَضَات"), 7);
        assert_eq!(width("переговоры"), 10);
        assert_eq!(width("会談"), 4);
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(lines("Войска покинули город утром", 15), ["Войска покинули", "город утром"]);
        assert_eq!(lines("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(lines("ab cdefgh", 4), ["ab", "cdef", "gh"]);
        assert_eq!(lines("", 10), [""]);
    }
}
