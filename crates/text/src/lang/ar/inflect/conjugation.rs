//! The endings and prefixes of the perfect and the imperfect on every kind of stem.

use super::{add, split_last};

/// A stem by what its last radicals do before endings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stem {
    /// Nothing: كتب, أعلن. A last hamza only changes its seat.
    Sound(String),
    /// Middle radical weak: long before vowels and short before consonants, قال قلت, يقول يقل.
    Hollow(String, String),
    /// Two last radicals alike: رد رددت.
    Doubled(String),
    /// Last radical weak: what is before it, and the letter it is written with, رم ى, يدع و.
    Weak(String, char),
}

const VOCALIC: &str = "_ ت ا تا وا و";
/// The second person feminine plural and dual are left out: the news has none.
const CONSONANTAL: &str = "ت نا تم";

/// All persons of the perfect but the rarest. The feminine plural stands on sound stems only: أردن would be Jordan.
pub(super) fn perfect(stem: &Stem, out: &mut Vec<String>) {
    match stem {
        Stem::Sound(stem) => add(out, stem, &format!("{VOCALIC} {CONSONANTAL} ن")),
        Stem::Hollow(long, short) => {
            add(out, long, VOCALIC);
            add(out, short, CONSONANTAL);
        }
        Stem::Doubled(stem) => {
            add(out, stem, VOCALIC);
            add(out, &format!("{stem}{}", split_last(stem).1), CONSONANTAL);
        }
        Stem::Weak(base, letter) => perfect_weak(base, *letter, out),
    }
}

/// دعا دعوت, رمى رميت, بقي بقيت.
fn perfect_weak(base: &str, letter: char, out: &mut Vec<String>) {
    let glide = if letter == 'ا' { 'و' } else { 'ي' };
    add(out, &format!("{base}{glide}"), CONSONANTAL);
    add(out, &format!("{base}{glide}"), "ا");
    add(out, base, "وا و");
    out.push(format!("{base}{letter}"));
    if letter == 'ي' {
        add(out, &format!("{base}ي"), "ت تا");
    } else {
        add(out, base, "ت تا ا");
    }
}

/// The persons of the imperfect that a verb is given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Persons {
    /// Passives: the third and, written alike, the second.
    Third,
    /// Verbs of three letters, whose first person singular (أخرج, أفضل) looks like a form IV or an elative, which are far commoner.
    NoI,
    All,
}

/// The imperfect, indicative, subjunctive and jussive, without the second person feminine; the stem is that behind the prefix.
pub(super) fn imperfect(stem: &Stem, persons: Persons, out: &mut Vec<String>) {
    for prefix in ["ي", "ت"] {
        third_person(prefix, stem, out);
    }
    if persons == Persons::Third {
        return;
    }
    let singular = persons == Persons::All || matches!(stem, Stem::Weak(_, 'و') | Stem::Hollow(..));
    for prefix in if singular { ["ن", "أ"].as_slice() } else { &["ن"] } {
        out.push(match stem {
            Stem::Sound(stem) | Stem::Hollow(stem, _) | Stem::Doubled(stem) => format!("{prefix}{stem}"),
            Stem::Weak(base, letter) => format!("{prefix}{base}{letter}"),
        });
    }
}

/// Third person: يدعو يدع يدعون, يرمي يرم يرمون, يقول يقل, يرد يردد.
fn third_person(prefix: &str, stem: &Stem, out: &mut Vec<String>) {
    match stem {
        Stem::Sound(stem) => add(out, &format!("{prefix}{stem}"), "_ ان ا ون وا و ن"),
        Stem::Hollow(long, short) => {
            add(out, &format!("{prefix}{long}"), "_ ان ا ون وا و");
            add(out, &format!("{prefix}{short}"), "_ ن");
        }
        Stem::Doubled(stem) => {
            add(out, &format!("{prefix}{stem}"), "_ ان ا ون وا و");
            add(out, &format!("{prefix}{stem}{}", split_last(stem).1), "_ ن");
        }
        Stem::Weak(base, letter) => third_person_weak(&format!("{prefix}{base}"), *letter, out),
    }
}

fn third_person_weak(base: &str, letter: char, out: &mut Vec<String>) {
    let glide = if letter == 'و' { 'و' } else { 'ي' };
    out.extend([format!("{base}{letter}"), base.to_string()]);
    if letter == 'ى' {
        out.push(format!("{base}ا"));
    }
    add(out, &format!("{base}{glide}"), "ان ا ن");
    add(out, base, "ون وا و");
}
