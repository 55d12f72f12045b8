//! From a dictionary form to the surface forms that may stand in a text.
//!
//! Tables of event words, roles and names hold dictionary forms only. [`inflect`] conjugates and declines them, so that raw
//! words of a text can be looked up without a lemmatiser. The rules of a language stand in `lang/<lang>/inflect.rs`, what no
//! rule makes in `lang/<lang>/irregular.tsv`.
//!
//! What it does not do: it never says which form is which (the tagger does), it does not split or join words (give it one word),
//! it does not normalise (case, ё, alef spellings are left to the normaliser that text and forms both pass through), and it
//! adds neither clitics nor the Arabic article. It makes too many forms rather than too few: a form that nobody writes does no
//! harm, a missing one loses an event. Where a superfluous form would be another common word, the tables remove it.

mod irregular;

pub(crate) use irregular::{How, irregular};

use crate::Lang;
use crate::lang;

/// The paradigm by which a dictionary form is inflected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Inflect {
    /// Verb: English base form, Russian infinitive, Arabic third person masculine singular of the perfect. Gives participles too.
    Verb,
    /// Common noun, in the singular, or in the plural where there is no singular.
    Noun,
    /// Adjective, masculine singular.
    Adjective,
    /// Family name of one person, in the form of that person's gender: Путин, Медведева.
    Surname,
    /// Given name, place, organisation: like a noun, but in the singular where it has one.
    Name,
    /// Particle, preposition, conjunction, adverb: stands as it is.
    Particle,
}

/// All surface forms of the word `lemma`, the lemma first, each once, always in the same order.
///
/// `lemma` is one word in ordinary spelling; of a hyphenated word the last part is inflected (in Russian also both parts).
///
/// ```
/// use marsad_text::{Lang, inflect::{Inflect, inflect}};
/// assert_eq!(inflect(Lang::En, "ban", Inflect::Verb), ["ban", "bans", "banned", "banning"]);
/// assert!(inflect(Lang::Ru, "санкция", Inflect::Noun).contains(&"санкциями".to_string()));
/// assert!(inflect(Lang::Ar, "هاجم", Inflect::Verb).contains(&"يهاجمون".to_string()));
/// ```
#[must_use]
pub fn inflect(lang: Lang, lemma: &str, pos: Inflect) -> Vec<String> {
    let mut forms = vec![lemma.to_string()];
    if pos == Inflect::Particle {
        return forms;
    }
    let table = irregular(lang);
    let whole = table.forms(lemma, pos, How::Whole);
    if whole.is_empty() {
        by_rule(lang, lemma, pos, &mut forms);
    }
    for form in whole.iter().chain(table.forms(lemma, pos, How::More)) {
        add_irregular(lang, form, pos, &mut forms);
    }
    let never = table.forms(lemma, pos, How::Never);
    forms.retain(|form| form == lemma || !(never.contains(&form.as_str()) || table.forbids(pos, form)));
    if lang == Lang::Ar {
        lang::ar::inflect::add_old_spellings(&mut forms);
    }
    keep_capital(lemma, &mut forms);
    keep_first(forms)
}

/// The regular forms of `lemma` and what the language derives from its table of principal parts.
fn by_rule(lang: Lang, lemma: &str, pos: Inflect, out: &mut Vec<String>) {
    match lang {
        Lang::Ar => lang::ar::inflect::inflect(lemma, pos, out),
        Lang::En => lang::en::inflect::inflect(lemma, pos, out),
        Lang::Ru => lang::ru::inflect::inflect(lemma, pos, out),
    }
}

/// Adds a form of the table; an Arabic broken plural is declined like a singular.
fn add_irregular(lang: Lang, form: &str, pos: Inflect, out: &mut Vec<String>) {
    out.push(form.to_string());
    if lang == Lang::Ar && pos != Inflect::Verb {
        lang::ar::inflect::decline(form, out);
    }
}

/// Gives the forms the capital of the lemma: the tables write павел, Павла is wanted.
fn keep_capital(lemma: &str, forms: &mut [String]) {
    if !lemma.starts_with(char::is_uppercase) {
        return;
    }
    for form in forms.iter_mut().filter(|form| form.starts_with(char::is_lowercase)) {
        let mut letters = form.chars();
        *form = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    }
}

/// Drops repetitions and keeps the order.
fn keep_first(forms: Vec<String>) -> Vec<String> {
    let mut seen = rustc_hash::FxHashSet::default();
    let fresh: Vec<bool> = forms.iter().map(|form| seen.insert(form.as_str())).collect();
    drop(seen);
    forms.into_iter().zip(fresh).filter(|(_, fresh)| *fresh).map(|(form, _)| form).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Checks a table of cases, one line a lemma: `lemma pos | forms that must be there | forms that must not`.
    /// `pos` is `v`, `n`, `a`, `s` (surname), `m` (name) or `p`.
    pub(crate) fn check(lang: Lang, cases: &str) {
        for line in cases.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let cells: Vec<&str> = line.split('|').collect();
            let (lemma, tag) = cells[0].trim().rsplit_once(' ').expect("a case has a lemma and a part of speech");
            let forms = inflect(lang, lemma, pos(tag));
            let has = |form: &str| forms.iter().any(|f| f == form);
            for wanted in cells[1].split_whitespace() {
                assert!(has(wanted), "{lemma} {tag}: {wanted} is missing in {forms:?}");
            }
            for wrong in cells.get(2).unwrap_or(&"").split_whitespace() {
                assert!(!has(wrong), "{lemma} {tag}: {wrong} must not be made");
            }
        }
    }

    fn pos(tag: &str) -> Inflect {
        match tag {
            "v" => Inflect::Verb,
            "n" => Inflect::Noun,
            "a" => Inflect::Adjective,
            "s" => Inflect::Surname,
            "m" => Inflect::Name,
            "p" => Inflect::Particle,
            _ => panic!("no part of speech {tag}"),
        }
    }

    #[test]
    fn lemma_comes_first_and_no_form_twice() {
        for (lang, lemma) in [(Lang::En, "cut"), (Lang::Ru, "совет"), (Lang::Ar, "دولة")] {
            let forms = inflect(lang, lemma, Inflect::Noun);
            assert_eq!(forms[0], lemma);
            let distinct: std::collections::HashSet<_> = forms.iter().collect();
            assert_eq!(distinct.len(), forms.len());
        }
    }

    #[test]
    fn any_string_is_survived() {
        let odd = ["", "a", "ы", "ا", "-", "--", "ь", "ть", "ся", "ться", "ء", "ى", "آ", "ات", "1", "😀", "ة", "y", "e", "й", "ий", "ая"];
        let all = [Inflect::Verb, Inflect::Noun, Inflect::Adjective, Inflect::Surname, Inflect::Name, Inflect::Particle];
        for lang in [Lang::Ar, Lang::En, Lang::Ru] {
            for word in odd {
                for pos in all {
                    assert_eq!(inflect(lang, word, pos)[0], word);
                }
            }
        }
    }
}
