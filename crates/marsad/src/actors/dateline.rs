//! Datelines: «КИШИНЕВ, 5 мар — …», "LIMA (AP) - …", «بيروت (رويترز) - …» at the beginning of an agency's report say where it was written, and mostly which
//! country it is about. Nobody in them takes part in anything.

use std::ops::Range;

use super::inventory::{Actors, Known};
use crate::model::Code;

/// A dateline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// Its bytes in the text, the dash included.
    pub span: Range<usize>,
    /// The country that its place lies in.
    pub country: Option<Code>,
}

/// Lines that a dateline is looked for in: a headline and another may stand before the report.
const LINES: usize = 3;

/// A dateline has at most so many characters, the report behind it at least.
const LONGEST: usize = 70;
const SHORTEST_REPORT: usize = 40;

/// Parts of a dateline, words of a place and of another part.
const PARTS: usize = 4;
const PLACE_WORDS: usize = 4;
const PART_WORDS: usize = 5;

impl Actors {
    /// The dateline of a text, if it begins with one whose place the tables know.
    #[must_use]
    pub fn dateline(&self, text: &str) -> Option<Dateline> {
        let mut start = 0;
        let lines = text.split('\n').map(|line| {
            let at = start;
            start += line.len() + 1;
            (at, line)
        });
        lines.filter(|(_, line)| !line.trim().is_empty()).take(LINES).find_map(|(at, line)| self.dateline_of(at, line))
    }

    fn dateline_of(&self, at: usize, line: &str) -> Option<Dateline> {
        let end = dash_end(line)?;
        let (head, report) = line.split_at(end);
        report.chars().nth(SHORTEST_REPORT)?;
        let head = head.trim_end().trim_end_matches(is_dash);
        // The agency's name in brackets or between strokes is a part of its own.
        let mut parts = head.split(['(', ')', ',', '،', '/', '.']).map(str::trim).filter(|part| !part.is_empty());
        let place: Vec<&str> = parts.next()?.split_whitespace().collect();
        let others: Vec<&str> = parts.collect();
        let short = place.len() <= PLACE_WORDS && others.len() < PARTS && others.iter().all(|part| part.split_whitespace().count() <= PART_WORDS);
        // «Москва — столица России» is a sentence; «МОСКВА — Суд …» and «Москва, 3 марта — Суд …» are not.
        let plain = others.is_empty() && place.iter().any(|word| word.chars().any(char::is_lowercase));
        let country = self.place_of(&place).filter(|_| short && !plain)?;
        Some(Dateline { span: at..at + end, country })
    }

    /// The country of the place that words are the name of, if it lies in one; the outer `None` where they name no place.
    fn place_of(&self, words: &[&str]) -> Option<Option<Code>> {
        // «ЛИМА» is no acronym.
        let written: Vec<String> = words.iter().map(|word| first_capital(word)).collect();
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        let found = self.surface_names(&written, false);
        let whole = found.iter().find(|found| found.words == (0..words.len()))?;
        whole.ids.iter().find_map(|&id| match self.known(id) {
            Known::Place { code, .. } => Some(*code),
            _ => None,
        })
    }
}

/// A word in small letters but for the first.
fn first_capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect()
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | 'ـ' | '−')
}

/// Where the first dash ends that stands by itself, or behind a bracket, near the beginning of a line.
fn dash_end(line: &str) -> Option<usize> {
    let mut before = ' ';
    let mut chars = line.char_indices().take(LONGEST).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        if is_dash(c) && (before.is_whitespace() || before == ')') && next.is_some_and(|c| c.is_whitespace() || is_dash(c)) {
            let dashes = line[at..].chars().take_while(|&c| is_dash(c)).map(char::len_utf8).sum::<usize>();
            return Some(at + dashes);
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use marsad_text::Lang;

    use super::*;
    use crate::tables::Tables;

    fn country(lang: Lang, text: &str) -> Option<String> {
        let actors = Actors::load(&Tables::embedded(), lang).expect("sound");
        let found = actors.dateline(text)?;
        assert!(is_dash(text[..found.span.end].chars().next_back().expect("no empty dateline")));
        found.country.map(|code| code.to_string())
    }

    #[test]
    fn datelines_tell_the_country_in_every_language() {
        let told = [
            (Lang::En, "LIMA (AP) - A court sentenced a former mayor to six years on Monday.", "PER"),
            (Lang::En, "Strike enters second week\nNAIROBI, Kenya, March 3 (Reuters) — Doctors said on Monday that they would stay away from work.", "KEN"),
            (Lang::Ru, "КИШИНЕВ, 5 мар — РИА Новости. Суд в понедельник приговорил бывшего депутата.", "MDA"),
            (Lang::Ru, "АСТАНА, 3 марта. /ТАСС/ — Правительство отправило в отставку акима области.", "KAZ"),
            (Lang::Ar, "بيروت (رويترز) - قالت الشرطة إنها احتجزت أربعة رجال بعد إطلاق نار في المدينة.", "LBN"),
            (Lang::Ar, "الخرطوم ـ أعلن مجلس السيادة تشكيل لجنة للتحقيق في أحداث الأسبوع الماضي.", "SDN"),
        ];
        for (lang, text, code) in told {
            assert_eq!(country(lang, text).as_deref(), Some(code), "{text}");
        }
    }

    #[test]
    fn other_beginnings_are_no_datelines() {
        let others = [
            (Lang::En, "Kenya - where doctors went on strike a week ago - has asked its neighbours for help."),
            (Lang::En, "The mayor of Lima - a former judge - was sentenced to six years in prison."),
            (Lang::En, "Moscow - Kyiv talks stall"),
            (Lang::Ru, "Москва — столица России, и демонстраций в ней в этом году почти не было."),
            (Lang::Ar, "محادثات بيروت - وهي الثالثة هذا العام - لم تسفر عن اتفاق بين الطرفين."),
        ];
        for (lang, text) in others {
            assert!(Actors::load(&Tables::embedded(), lang).expect("sound").dateline(text).is_none(), "{text}");
        }
    }
}
