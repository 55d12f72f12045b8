//! Normal forms for matching. They lose information and never replace the text that is shown or stored: words keep their spans in the original.

use unicode_normalization::UnicodeNormalization;

/// The form in which words, table entries and features are compared, over all three languages:
/// lower case; ё as е; Russian stress marks and other combining marks, Arabic vowel signs, Quranic marks, tatweel, bidi controls and joiners dropped; presentation
/// forms and width variants decomposed (NFKC); the alef family as bare alef, alef maqsura and Farsi yeh as yeh, Farsi keheh as kaf; all digits as ASCII;
/// typographic apostrophes as `'`. Teh marbuta and hamza seats stay, because they tell words apart.
///
/// ```
/// assert_eq!(marsad_text::normal::fold("أُوكْرانيـا"), "اوكرانيا");
/// assert_eq!(marsad_text::normal::fold("Ёлка"), "елка");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// [`fold`], appended to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        let from = out.len();
        out.push_str(text);
        out[from..].make_ascii_lowercase();
        return;
    }
    text.chars().for_each(|c| fold_char_into(c, out));
}

/// [`fold`] of one character of a text that has others than ASCII's, appended to `out`.
#[inline]
pub fn fold_char_into(c: char, out: &mut String) {
    match c {
        // Only compatibility forms need Unicode's tables; the scripts of the press are folded below.
        // The sign of the ångström has a small letter among them.
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{FF00}'..='\u{FFEF}' | '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' | '\u{212B}' => {
            c.nfkd().for_each(|d| fold_char(d, out));
        }
        _ => fold_char(c, out),
    }
}

#[inline]
fn fold_char(c: char, out: &mut String) {
    match c {
        '\0'..='_' | 'a'..='\x7f' => out.push(c.to_ascii_lowercase()),
        'а'..='я' => out.push(c),
        'А'..='Я' => out.push(lower_cyrillic(c)),
        'ا'..='غ' | 'ف'..='ى' | 'ي' => out.push(if c == 'ى' { 'ي' } else { c }),
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ی' | 'ے' => out.push('ي'),
        'ک' => out.push('ك'),
        'ё' | 'Ё' => out.push('е'),
        '’' | '‘' | 'ʼ' | '`' | '´' => out.push('\''),
        '٠'..='٩' => out.push((b'0' + (c as u32 - '٠' as u32) as u8) as char),
        '۰'..='۹' => out.push((b'0' + (c as u32 - '۰' as u32) as u8) as char),
        _ if is_dropped(c) => {}
        _ => out.extend(c.to_lowercase().filter(|&l| !is_dropped(l))),
    }
}

/// A capital letter of the Russian alphabet but Ё as a small one.
fn lower_cyrillic(c: char) -> char {
    char::from_u32(c as u32 + ('а' as u32 - 'А' as u32)).unwrap_or(c)
}

/// [`char::is_alphabetic`], at once for the scripts of the press, whose letters Unicode's tables look up slowly.
#[inline]
#[must_use]
pub fn is_letter(c: char) -> bool {
    is_common_letter(c) || (!c.is_ascii() && c.is_alphabetic())
}

/// A letter of the English, Russian or Arabic alphabet.
pub(crate) fn is_common_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'а'..='я' | 'А'..='Я' | 'ء'..='غ' | 'ف'..='ي')
}

/// [`char::is_alphanumeric`], at once for the scripts of the press.
#[inline]
#[must_use]
pub fn is_letter_or_digit(c: char) -> bool {
    is_letter(c) || c.is_numeric()
}

/// Whether a character carries no letter of its own: combining marks, vowel signs, tatweel, bidi controls, joiners, soft hyphen.
#[inline]
#[must_use]
pub fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}'
        | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// [`fold`] without the Arabic article, for comparing Arabic words with dictionary forms.
#[must_use]
pub fn bare(folded: &str) -> &str {
    match folded.strip_prefix("ال") {
        Some(rest) if rest.chars().count() >= 2 => rest,
        _ => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_that_differ_only_in_spelling_meet() {
        for (a, b) in [
            ("الأميركية", "الاميركية"),
            ("مُحَادَثَات", "محادثات"),
            ("على", "علي"),
            ("ﻣﺤﺎﺩﺛﺎﺕ", "محادثات"),
            ("٢٠١٤", "2014"),
            ("ЕЁ", "ее"),
            ("Во́дская", "водская"),
            ("don’t", "don't"),
            ("Élysée", "elysee"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
    }

    #[test]
    fn hamza_seats_and_teh_marbuta_tell_words_apart() {
        assert_ne!(fold("سئل"), fold("سال"));
        assert_ne!(fold("دولة"), fold("دوله"));
    }

    #[test]
    fn letters_are_those_of_unicode() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            assert_eq!((is_letter(c), is_letter_or_digit(c)), (c.is_alphabetic(), c.is_alphanumeric()), "{c:?}");
        }
    }

    #[test]
    fn every_character_folds_to_what_is_folded() {
        for c in ('\0'..=char::MAX).map(String::from) {
            let once = fold(&c);
            assert_eq!(fold(&once), once, "{c:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_is_folding_once(s in "\\PC*") {
            let once = fold(&s);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
