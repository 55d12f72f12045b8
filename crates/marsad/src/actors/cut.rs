//! Cutting the names of tables into atoms, the runs of letters and digits that they are made of. `build.rs` reads this file too.

use marsad_text::Lang;
use marsad_text::normal::{bare, fold_char_into, is_dropped, is_letter_or_digit};

/// What a comma inside a name is to the trie.
pub const COMMA: &str = ",";

/// The folded atoms of a name, one behind another; used again and again.
#[derive(Debug, Default)]
pub struct Cut {
    text: String,
    ends: Vec<usize>,
    /// Whether the atom that is read begins with an alef that carries a hamza: «ألماني» has no article.
    hamza: bool,
}

impl Cut {
    /// The atoms.
    pub fn atoms(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        (0..self.ends.len()).map(|n| &self.text[if n == 0 { 0 } else { self.ends[n - 1] }..self.ends[n]])
    }

    /// Cuts a name of a table as a sentence's words would be cut.
    pub fn cut(&mut self, lang: Lang, name: &str, without_article: bool) {
        self.text.clear();
        self.ends.clear();
        for c in name.chars() {
            if self.text.len() == self.ends.last().copied().unwrap_or(0) && !is_dropped(c) {
                self.hamza = matches!(c, 'أ' | 'إ' | 'آ');
            }
            if c.is_ascii_alphanumeric() {
                self.text.push(c.to_ascii_lowercase());
            } else if is_letter_or_digit(c) {
                fold_char_into(c, &mut self.text);
            } else if !is_dropped(c) {
                self.end_piece(lang, without_article);
                if matches!(c, ',' | '،') {
                    self.text.push_str(COMMA);
                    self.end();
                }
            }
        }
        self.end_piece(lang, without_article);
    }

    /// Ends a run of letters and digits.
    fn end_piece(&mut self, lang: Lang, without_article: bool) {
        let start = self.ends.last().copied().unwrap_or(0);
        if lang == Lang::Ar && self.text[start..].starts_with(['و', 'ب', 'ك', 'ل', 'ا']) {
            self.take_apart(start, without_article);
        }
        self.end();
    }

    /// Takes apart what is one word in Arabic tables and several in the text.
    fn take_apart(&mut self, start: usize, without_article: bool) {
        let folded = &self.text[start..];
        let rest = |prefix: &str| folded.strip_prefix(prefix).filter(|rest| !self.ends.is_empty() && rest.chars().count() >= 2);
        // Clitics before the article are words of their own in the text.
        let clitic = ["وال", "بال", "كال"].iter().find_map(|p| Some((&p[.."و".len()], rest(p)?))).or_else(|| Some(("ل", rest("لل")?)));
        if let Some((clitic, host)) = clitic {
            let host = if without_article { host.to_owned() } else { format!("ال{host}") };
            self.text.truncate(start);
            self.text.push_str(clitic);
            self.end();
            self.text.push_str(&host);
        } else if without_article && !self.hamza && bare(folded).len() < folded.len() {
            self.text.drain(start..start + "ال".len());
        }
    }

    /// Ends an atom, unless nothing is left of it.
    fn end(&mut self) {
        if self.text.len() > self.ends.last().copied().unwrap_or(0) {
            self.ends.push(self.text.len());
        }
    }
}

/// The runs of letters and digits of a word.
pub fn pieces(form: &str) -> impl Iterator<Item = &str> {
    form.split(|c: char| !(is_letter_or_digit(c) || is_dropped(c))).filter(|p| !p.is_empty())
}
