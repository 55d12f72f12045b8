//! A name's consonants in one alphabet for three, so that Доррансом, دورانس and Dorrans meet without a dictionary.
//!
//! Vowels go, because Arabic writes few; voiced and voiceless consonants fall together, because Arabic has no p and v; so do what one script keeps
//! apart and another does not (x, h and kh vanish or merge). In the manner of Soundex and its kin, but across scripts, and without the first letter
//! being kept, because scripts disagree most about first letters (Ahmed, Ахмед, أحمد).

use marsad_text::Lang;

/// The skeleton of a folded word; empty where it has no consonant that counts.
///
/// ```
/// use marsad::analysis::rundown::skeleton;
/// use marsad::text::Lang;
///
/// let english = skeleton(Lang::En, "villarreal");
/// assert_eq!(english, skeleton(Lang::Ru, "вильярреал"));
/// assert_eq!(english, skeleton(Lang::Ar, "فيلاريال"));
/// ```
#[must_use]
pub fn skeleton(lang: Lang, word: &str) -> String {
    let latin: String = match lang {
        Lang::Ru => word.chars().map(russian).collect(),
        Lang::Ar => word.chars().map(arabic).collect(),
        Lang::En => word.to_owned(),
    };
    classes(lang, &latin)
}

fn russian(c: char) -> &'static str {
    match c {
        'а' | 'я' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'ж' => "j",
        'з' => "z",
        'и' | 'ы' => "i",
        'й' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ю' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' | 'щ' => "sh",
        'a'..='z' => latin_letter(c),
        _ => "",
    }
}

fn arabic(c: char) -> &'static str {
    match c {
        'ا' => "a",
        'ب' | 'پ' => "b",
        'ت' | 'ط' => "t",
        'ث' => "th",
        'ج' | 'چ' => "j",
        'ح' | 'ه' => "h",
        'خ' => "kh",
        'د' | 'ض' => "d",
        'ذ' | 'ز' | 'ظ' => "z",
        'ر' => "r",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'غ' | 'گ' => "g",
        'ف' | 'ڤ' => "f",
        'ق' | 'ك' => "k",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        'و' => "u",
        'ي' | 'ئ' => "i",
        'a'..='z' => latin_letter(c),
        _ => "",
    }
}

/// Foreign words stand among Russian and Arabic ones in their own letters.
fn latin_letter(c: char) -> &'static str {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
    let at = (c as usize).wrapping_sub('a' as usize);
    LETTERS.get(at..at + 1).unwrap_or("")
}

/// Latin letters to classes of consonants; neighbours of one class count once.
fn classes(lang: Lang, latin: &str) -> String {
    let letters: Vec<char> = latin.chars().collect();
    let mut out = String::with_capacity(letters.len());
    let mut i = 0;
    while i < letters.len() {
        let next = letters.get(i + 1).copied().unwrap_or(' ');
        let soft = matches!(next, 'e' | 'i' | 'y');
        let (class, length) = match (letters[i], next) {
            ('s', 'c') if letters.get(i + 2) == Some(&'h') => ("x", 3),
            ('t', 'c') if letters.get(i + 2) == Some(&'h') => ("x", 3),
            ('s' | 'c' | 'z', 'h') => ("x", 2),
            ('p', 'h') => ("f", 2),
            ('k' | 'g', 'h') => ("", 2),
            ('t', 'h') => ("t", 2),
            ('t', 's') => ("s", 2),
            ('q', 'u') => ("kf", 2),
            ('c', _) if soft => ("s", 1),
            ('g', _) if soft && lang == Lang::En => ("x", 1),
            ('b' | 'p', _) => ("b", 1),
            ('f' | 'v', _) => ("f", 1),
            ('d' | 't', _) => ("t", 1),
            ('k' | 'g' | 'q' | 'c', _) => ("k", 1),
            ('j', _) => ("x", 1),
            ('s' | 'z', _) => ("s", 1),
            ('x', _) => ("ks", 1),
            ('l', _) => ("l", 1),
            ('m', _) => ("m", 1),
            ('n', _) => ("n", 1),
            ('r', _) => ("r", 1),
            _ => ("", 1),
        };
        for c in class.chars() {
            if !out.ends_with(c) {
                out.push(c);
            }
        }
        i += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(en: &str, ru: &str, ar: &str) {
        let english = skeleton(Lang::En, en);
        assert_eq!(english, skeleton(Lang::Ru, ru), "{en} {ru}");
        assert_eq!(english, skeleton(Lang::Ar, ar), "{en} {ar}");
    }

    #[test]
    fn names_meet_across_alphabets() {
        check("dorrans", "дорранс", "دورانس");
        check("putin", "путин", "بوتين");
        check("tsunami", "цунами", "تسونامي");
        check("palin", "пэйлин", "بالين");
        check("geneva", "женева", "جنيفا");
        check("shevchenko", "шевченко", "شيفشينكو");
        check("warren", "уоррен", "وارن");
        check("philip", "филип", "فيليب");
        check("kazakhstan", "казахстан", "كازاخستان");
    }

    #[test]
    fn any_word_is_survived() {
        for word in ["", "я", "ء", "😀", "x", "123", "ščř"] {
            for lang in [Lang::Ar, Lang::En, Lang::Ru] {
                let _ = skeleton(lang, word);
            }
        }
    }
}
