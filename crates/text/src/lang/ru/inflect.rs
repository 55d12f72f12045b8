//! Russian inflection: nouns, adjectives, surnames, and verbs with all their participles and gerunds.
//!
//! Classes are read off the ending of the dictionary form, as in Zaliznyak's grammar dictionary but without stress and animacy: where
//! the ending leaves two declensions open (fleeting vowels, gender of nouns in ь), the forms of both are made. What cannot be
//! read off stands in `irregular.tsv`. ё is read and written as е.

mod adjective;
mod noun;
mod participle;
mod surname;
mod verb;

use crate::Lang;
use crate::inflect::{Inflect, inflect as forms_of};

/// Adds the forms of `lemma` that rules and principal parts give.
pub fn inflect(lemma: &str, pos: Inflect, out: &mut Vec<String>) {
    let word = lemma.replace('ё', "е").replace('Ё', "Е");
    if let Some((first, last)) = hyphenated(&word) {
        return compound(first, last, pos, out);
    }
    if is_acronym(&word) {
        return acronym(&word, out);
    }
    match pos {
        Inflect::Verb => verb::verb(&word, out),
        Inflect::Noun | Inflect::Name => noun::noun(&word, pos, out),
        Inflect::Adjective => adjective::adjective(&word, out),
        Inflect::Surname => surname::surname(&word, out),
        Inflect::Particle => {}
    }
}

/// Splits at the hyphen behind which the inflected part begins: премьер-министр; Ростов|-на-Дону is inflected before it.
fn hyphenated(word: &str) -> Option<(&str, &str)> {
    word.split_once("-на-").map(|(first, _)| (first, &word[first.len()..])).or_else(|| word.rsplit_once('-'))
}

/// Inflects the last part, and both parts where the first may be a noun of its own: город-герой, города-героя.
fn compound(first: &str, last: &str, pos: Inflect, out: &mut Vec<String>) {
    if first.is_empty() || last.is_empty() {
        return;
    }
    if last == "й" && first.ends_with(|c: char| c.is_ascii_digit()) {
        return add(out, first, "-го -му -м -я -ю -е -х -ми -ой -ом -ого -ый -ий -ые -ых -ым -ыми");
    }
    let heads = forms_of(Lang::Ru, first, pos);
    if last.starts_with('-') {
        out.extend(heads.iter().map(|head| format!("{head}{last}")));
        return;
    }
    let both = matches!(pos, Inflect::Noun | Inflect::Surname) && letters(first) > 3 && !first.ends_with(['о', 'е', 'и', 'у']);
    for tail in forms_of(Lang::Ru, last, pos) {
        let heads = if both { heads.as_slice() } else { &heads[..1] };
        out.extend(heads.iter().map(|head| format!("{head}-{tail}")));
    }
}

/// НАТО, ООН: several capitals and nothing else.
fn is_acronym(word: &str) -> bool {
    letters(word) > 1 && word.chars().all(char::is_uppercase)
}

/// Acronyms in a consonant may be declined: в МИДе, ОМОНом.
fn acronym(word: &str, out: &mut Vec<String>) {
    if !word.to_lowercase().ends_with(is_vowel) {
        add(out, word, "а у ом е ы ов ам ами ах");
    }
}

/// Adds `stem` with each of the endings, which are separated by spaces; `_` is the empty ending.
fn add(out: &mut Vec<String>, stem: &str, endings: &str) {
    out.extend(endings.split(' ').map(|ending| if ending == "_" { stem.to_string() } else { format!("{stem}{ending}") }));
}

/// `word` without its last `n` letters.
fn cut(word: &str, n: usize) -> &str {
    let at = word.char_indices().rev().nth(n.saturating_sub(1)).map_or(0, |(at, _)| at);
    if n == 0 { word } else { &word[..at] }
}

/// The last letter, or a space.
fn last(word: &str) -> char {
    word.chars().last().unwrap_or(' ')
}

fn letters(word: &str) -> usize {
    word.chars().count()
}

fn syllables(word: &str) -> usize {
    word.chars().flat_map(char::to_lowercase).filter(|c| is_vowel(*c)).count()
}

fn is_vowel(c: char) -> bool {
    "аеиоуыэюя".contains(c)
}

fn is_consonant(c: char) -> bool {
    "бвгджзклмнпрстфхцчшщ".contains(c)
}

/// ж ш ч щ, after which ы, я, ю are not written.
fn is_sibilant(c: char) -> bool {
    "жшчщ".contains(c)
}

/// г к х, after which ы is not written.
fn is_velar(c: char) -> bool {
    "гкх".contains(c)
}

#[cfg(test)]
mod tests {
    use crate::Lang;
    use crate::inflect::tests::check;

    #[test]
    fn compounds_and_acronyms() {
        check(
            Lang::Ru,
            "
            премьер-министр n | премьер-министра премьер-министрами
            страна-агрессор n | страны-агрессора стране-агрессору
            Ростов-на-Дону m | Ростова-на-Дону Ростове-на-Дону
            МИД m | МИДа МИДом
            НАТО m | НАТО | НАТа
            Санкт-Петербург m | Санкт-Петербурге
            1990-й a | 1990-х 1990-е
            военно-морской a | военно-морского военно-морские
            если p | если
            ",
        );
    }
}
