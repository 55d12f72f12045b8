//! Right-to-left text on a terminal: text stays in logical order, and invisible isolates keep it from disturbing what stands beside it
//! (Unicode Standard Annex 9).

/// First strong isolate: what follows has the direction of its first letter.
const FSI: char = '\u{2068}';
/// Right-to-left isolate.
const RLI: char = '\u{2067}';
/// Ends an isolate.
const PDI: char = '\u{2069}';

/// Stands before a recipient.
pub const TO_WHOM: &str = "→ ";

/// Whether the first letter is of a right-to-left script.
pub fn is_rtl(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(is_rtl_letter)
}

/// A phrase on a line of its own direction, if it has letters that run the other way.
pub fn isolated(text: &str) -> String {
    if let Some(whom) = text.strip_prefix(TO_WHOM) {
        // The arrow is the table's, not the phrase's.
        return format!("{TO_WHOM}{}", isolated(whom));
    }
    if text.chars().any(is_rtl_letter) { format!("{FSI}{text}{PDI}") } else { text.to_owned() }
}

/// A line of a right-to-left paragraph, whatever its first letter.
pub fn isolated_rtl(line: &str) -> String {
    format!("{RLI}{line}{PDI}")
}

/// Characters that steer direction; a text that brings unpaired ones along would spoil the lines around it.
pub fn is_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Hebrew, Arabic, Syriac, Thaana and their like, presentation forms included.
fn is_rtl_letter(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}') && c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::{is_rtl, isolated};

    #[test]
    fn only_what_runs_the_other_way_is_isolated() {
        assert_eq!(isolated("الكرملين"), "\u{2068}الكرملين\u{2069}");
        assert_eq!(isolated("Кремль, 2022"), "Кремль, 2022");
        assert_eq!(isolated("→ مصر"), "→ \u{2068}مصر\u{2069}");
    }

    #[test]
    fn the_first_letter_decides() {
        assert!(is_rtl("«2022» عقدت القمة في Geneva"));
        assert!(!is_rtl("BBC عربي"));
        assert!(!is_rtl("12.10"));
    }
}
