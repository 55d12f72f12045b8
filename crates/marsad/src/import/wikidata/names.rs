//! Labels and aliases as variants of our tables.

use super::entity::{Entity, Text};

/// The most variants that are taken in a language.
const MOST: usize = 12;

/// What names a thing: the more distinct they are, the fewer common words are among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// Aliases of one word are left out: nicknames, given names.
    Person,
    /// Aliases of one word are marked ambiguous unless they are acronyms.
    Thing,
}

/// The cells of the columns `en`, `ru`, `ar`; empty where there is no name.
pub fn names(entity: &Entity, care: Care) -> [String; 3] {
    let (l, a) = (&entity.labels, &entity.aliases);
    [variants(&l.en, &a.en, care, is_latin), variants(&l.ru, &a.ru, care, is_cyrillic), variants(&l.ar, &a.ar, care, is_arabic)]
}

fn variants(label: &Text, aliases: &[Text], care: Care, script: fn(char) -> bool) -> String {
    let mut out: Vec<String> = Vec::new();
    for (i, text) in std::iter::once(label).chain(aliases).enumerate() {
        for name in turned(&clean(&text.value)) {
            if let Some(name) = kept(name, i > 0, care, script).filter(|n| !out.contains(n)) {
                out.push(name);
            }
        }
    }
    out.truncate(MOST);
    out.join(";")
}

/// The name if it is one of that script and distinct enough.
fn kept(name: String, alias: bool, care: Care, script: fn(char) -> bool) -> Option<String> {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    if letters().count() < 2 || !letters().all(script) {
        return None;
    }
    if name.contains(' ') || !alias {
        return Some(name);
    }
    let acronym = letters().all(char::is_uppercase) && !letters().any(is_arabic);
    match care {
        Care::Person => None,
        Care::Thing if acronym => Some(name),
        Care::Thing => Some(format!("{name}!")),
    }
}

/// One line without the marks of our tables and without what stands in brackets.
fn clean(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ';' | '~' | '!' | '*' | '\u{1}' => out.push(' '),
            c if c.is_whitespace() || c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// «Фамилия, Имя Отчество» as the press writes it: name and family name, and in full.
fn turned(name: &str) -> Vec<String> {
    let Some((family, given)) = name.split_once(", ") else { return vec![name.to_owned()] };
    if !name.chars().any(is_cyrillic) || given.contains(',') {
        return vec![name.to_owned()];
    }
    let first = given.split(' ').next().unwrap_or(given);
    let mut out = vec![format!("{first} {family}")];
    if first != given {
        out.push(format!("{given} {family}"));
    }
    out
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c) || ('\u{1e00}'..='\u{1eff}').contains(&c)
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}

fn is_arabic(c: char) -> bool {
    ('\u{600}'..='\u{6ff}').contains(&c)
}
