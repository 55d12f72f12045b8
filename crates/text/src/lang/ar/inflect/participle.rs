//! Participles: declined like adjectives, those of weak verbs with their own endings.

use super::conjugation::Stem;
use super::{add, split_last};

/// The endings of a participle: gender, number, accusative, construct state.
const ENDINGS: &str = "_ ا ة ت ان تان تين ين ون و ي ات";

/// The same without the construct plural, which looks like the nisba of a common noun: خارجي, عالمي.
const ENDINGS_OF_ONE: &str = "_ ا ة ت ان تان تين ين ون ات";

/// The participle that has this stem behind its م: active and passive differ in the vowel of the stem only.
pub(super) fn derived(stem: &Stem, out: &mut Vec<String>) {
    match stem {
        Stem::Sound(stem) | Stem::Hollow(stem, _) | Stem::Doubled(stem) => regular(&format!("م{stem}"), out),
        Stem::Weak(base, 'ي') => weak_active(&format!("م{base}"), out),
        Stem::Weak(base, _) => weak_passive(&format!("م{base}"), out),
    }
}

/// All endings on a sound participle; a last hamza on alef sits on ya before them.
pub(super) fn regular(word: &str, out: &mut Vec<String>) {
    add(out, word, ENDINGS);
}

/// داع, داعي, داعيا, داعية, داعون.
pub(super) fn weak_active(base: &str, out: &mut Vec<String>) {
    add(out, base, "_ ي يا ية يت يان يتان يتين يين ون ين و يات");
}

/// مدعى, مدعاة, مدعون.
fn weak_passive(base: &str, out: &mut Vec<String>) {
    add(out, base, "ى ا اة ات يان يين ون ين يات");
}

/// مقتول, مدعو, مرمي, مقروء: the passive participle of form I, from the letters of the root.
pub(super) fn passive_of_one(root: &[char; 3], out: &mut Vec<String>) {
    let [first, second, third] = root;
    match third {
        'ا' => regular(&format!("م{first}{second}و"), out),
        'ى' | 'ي' => regular(&format!("م{first}{second}ي"), out),
        'أ' | 'ئ' | 'ؤ' => regular(&format!("م{first}{second}وء"), out),
        _ => regular(&format!("م{first}{second}و{third}"), out),
    }
}

/// قاتل, قائل, داع, قارئ: the active participle of form I.
pub(super) fn active_of_one(root: &[char; 3], out: &mut Vec<String>) {
    let [first, second, third] = root;
    let second = if matches!(second, 'ا' | 'أ') { 'ئ' } else { *second };
    let start = if *first == 'أ' { "آ".to_string() } else { format!("{first}ا") };
    match third {
        'ا' | 'ى' | 'ي' => weak_active(&format!("{start}{second}"), out),
        'أ' | 'ئ' | 'ؤ' => add(out, &format!("{start}{second}ئ"), ENDINGS_OF_ONE),
        'ء' => weak_active(&format!("{start}{}", split_last("ئ").1), out),
        _ => add(out, &format!("{start}{second}{third}"), ENDINGS_OF_ONE),
    }
}
