//! Arabic inflection of unvocalised words, without article and clitics.
//!
//! Verbs are given in the third person masculine singular of the perfect; their form (I to X, quadriliteral) and their weak radicals
//! are read off the letters, as in any reference grammar (Wright, Ryding). Where letters leave two forms open (وقع is I and II),
//! both are conjugated. Nouns and adjectives get their sound plurals, duals, accusative and the shapes before an attached pronoun;
//! broken plurals stand in `irregular.tsv` and are declined in the same way.

mod conjugation;
mod noun;
mod participle;
mod verb;

use crate::inflect::Inflect;

/// Adds the regular forms of `lemma`. Names stay as they are.
pub fn inflect(lemma: &str, pos: Inflect, out: &mut Vec<String>) {
    let word = unvocalised(lemma);
    match pos {
        Inflect::Verb => verb::verb(&word, out),
        Inflect::Noun => noun::noun(&word, out),
        Inflect::Adjective => noun::adjective(&word, out),
        Inflect::Surname | Inflect::Name | Inflect::Particle => {}
    }
}

/// Adds the accusative and the shapes before an attached pronoun of a singular or a broken plural: هجوما, زيارت, وزراؤ, مستشفا.
pub fn decline(form: &str, out: &mut Vec<String>) {
    noun::decline(form, out);
}

/// Adds the other usual spelling of hamza: مسئول beside مسؤول, شواطىء beside شواطئ.
pub fn add_old_spellings(forms: &mut Vec<String>) {
    let mut old: Vec<String> = forms.iter().filter(|form| form.contains("ؤو")).map(|form| form.replacen("ؤو", "ئو", 1)).collect();
    old.extend(forms.iter().filter_map(|form| Some(format!("{}ىء", form.strip_suffix('ئ')?))));
    forms.append(&mut old);
}

/// The word without vowel signs and tatweel.
fn unvocalised(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '\u{64B}'..='\u{652}' | '\u{670}' | '\u{640}')).collect()
}

/// Adds `stem` with each of the endings, which are separated by spaces; `_` is the empty ending.
fn add(out: &mut Vec<String>, stem: &str, endings: &str) {
    for ending in endings.split(' ') {
        attach(stem, if ending == "_" { "" } else { ending }, out);
    }
}

/// Adds stem and ending in the spellings that their meeting allows: two ن or ت become one, hamza changes its seat.
fn attach(stem: &str, ending: &str, out: &mut Vec<String>) {
    let (body, end) = split_last(stem);
    let start = ending.chars().next().unwrap_or(' ');
    let rest = || ending.chars().skip(1).collect::<String>();
    match (end, start) {
        ('ن', 'ن') | ('ت', 'ت') => out.extend([format!("{stem}{}", rest()), format!("{stem}{ending}")]),
        ('أ', 'ا') => out.extend([format!("{body}آ{}", rest()), format!("{body}ءا{}", rest())]),
        ('أ', 'و') => out.extend([format!("{body}ؤ{ending}"), format!("{body}أ{ending}"), format!("{body}ئ{ending}")]),
        ('أ', 'ي') => out.extend([format!("{body}ئ{ending}"), format!("{body}أ{ending}")]),
        ('ء', 'و') => out.extend([format!("{body}ؤ{ending}"), format!("{body}ء{ending}"), format!("{body}ئ{ending}")]),
        ('ء', 'ا' | 'ي') => out.extend([format!("{body}ئ{ending}"), format!("{body}ء{ending}")]),
        _ => out.push(format!("{stem}{ending}")),
    }
}

/// The word without its last letter, and that letter (a space if there is none).
fn split_last(word: &str) -> (&str, char) {
    match word.char_indices().next_back() {
        Some((at, c)) => (&word[..at], c),
        None => ("", ' '),
    }
}

/// The letters of a word.
fn letters(word: &str) -> Vec<char> {
    word.chars().collect()
}
