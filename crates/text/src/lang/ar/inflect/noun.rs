//! Nouns and adjectives: case, dual, sound plurals, feminine, the shapes before an attached pronoun.
//!
//! A noun gets the sound masculine plural and the feminine only if its pattern is that of persons (participles, nisba, فعيل):
//! elsewhere ـي and ـة would make other words (حرب, حربي, حربة).

use super::{add, letters, split_last};
use crate::Lang;
use crate::inflect::{How, Inflect, irregular};

/// All regular forms of a noun.
pub(super) fn noun(word: &str, out: &mut Vec<String>) {
    common(word, out);
    if names_persons(word) {
        add(out, word, if has_broken_plural(word) { "ون ين" } else { "ون ين و ي" });
    }
    if has_feminine(word) {
        feminine(word, out);
    }
}

/// All regular forms of an adjective given in the masculine.
pub(super) fn adjective(word: &str, out: &mut Vec<String>) {
    common(word, out);
    add(out, word, "ون ين و ي");
    feminine(word, out);
    if let ['أ', first, second, third] = letters(word)[..] {
        out.extend([format!("{first}{second}{third}ى"), format!("{first}{second}{third}اء"), format!("{first}{second}{third}اوين")]);
    }
}

/// The accusative and the shapes before a pronoun.
pub(super) fn decline(word: &str, out: &mut Vec<String>) {
    let (base, end) = split_last(word);
    match end {
        'ة' => out.push(format!("{base}ت")),
        'ى' => out.push(format!("{base}ا")),
        'ا' => {}
        'ء' => seats_of_last_hamza(word, base, out),
        'أ' => add(out, base, "ؤ ئ"),
        'ت' if base.ends_with('ا') => {}
        'ي' if is_defective(word) => add(out, base, "_ يا"),
        _ => add(out, word, "ا"),
    }
}

/// لقاؤه, لقائه; جزءا, شيئا, عبئا.
fn seats_of_last_hamza(word: &str, base: &str, out: &mut Vec<String>) {
    add(out, base, "ؤ ئ");
    if !base.ends_with('ا') {
        add(out, word, "ا");
    }
}

/// What every noun has: cases, dual, and the plural in ـات.
fn common(word: &str, out: &mut Vec<String>) {
    decline(word, out);
    let (base, end) = split_last(word);
    match end {
        'ة' => {
            add(out, base, "تان تين تا تي ات");
            if let Some(stem) = base.strip_suffix('ا') {
                add(out, stem, "وات يات");
            }
        }
        'ى' | 'ا' => add(out, base, "يان يين يات وان وين وات"),
        'ي' if is_defective(word) => add(out, base, "ون ين و يان يين يات"),
        'ء' => {
            add(out, word, "ان ين ات ي");
            if let Some(stem) = base.strip_suffix('ا') {
                add(out, stem, "اوان اوين اوات");
            }
        }
        _ if letters(word).len() == 3 && has_broken_plural(word) => add(out, word, "ان ين"),
        _ => add(out, word, "ان ين ات"),
    }
}

/// Whether the plural stands in the table, so that خبرات belongs to خبرة and مركزي is the nisba.
fn has_broken_plural(word: &str) -> bool {
    !irregular(Lang::Ar).forms(word, Inflect::Noun, How::More).is_empty()
}

/// The feminine with its dual and plural.
fn feminine(word: &str, out: &mut Vec<String>) {
    let (base, end) = split_last(word);
    match end {
        'ة' | 'ا' => {}
        'ى' => add(out, base, "اة ات"),
        _ => add(out, word, "ة ت تان تين تا تي ات"),
    }
}

/// قاضي, محامي: nouns that lose their ya in the indefinite. عراقي and مصري keep it.
fn is_defective(word: &str) -> bool {
    matches!(letters(word)[..], [_, 'ا', _, 'ي'] | ['م' | 'أ' | 'ن', _, 'ا', _, 'ي'] | ['م', 'ت', _, _, 'ي'] | ['م', 'ت', _, 'ا', _, 'ي'])
}

/// Participles, فاعل, فعّال, nisba: patterns that make the plural in ـون.
fn names_persons(word: &str) -> bool {
    match letters(word)[..] {
        [.., 'ة' | 'ى' | 'ا'] => false,
        ['م', _, _, _, ..] | [_, 'ا', _, _] | [_, _, 'ا', _] | [.., 'ي'] => true,
        _ => false,
    }
}

/// Patterns of persons with a feminine in ـة.
fn has_feminine(word: &str) -> bool {
    match letters(word)[..] {
        [.., 'ة' | 'ى' | 'ا' | 'ء'] => false,
        ['م', _, _, _, _, ..] | [_, 'ا', _, _] | [_, _, 'ي', _] | [.., 'ي'] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::Lang;
    use crate::inflect::tests::check;

    #[test]
    fn nouns() {
        check(
            Lang::Ar,
            "
            هجوم n | هجوما هجمات هجومان هجومين هجومات
            غارة n | غارات غارت غارتان غارتين
            زيارة n | زيارت زيارات زيارتين
            حرب n | حروب حربا حربان | حربة حربي
            قرار n | قرارات قرارا قرارين
            جندي n | جنود جنديا جنديان جنديين جنودا
            رئيس n | رؤساء رئيسا رئيسة رؤسائ رؤساؤ
            وزير n | وزراء وزيرة وزيرا وزراؤ وزرائ
            دولة n | دول دولتين دولت دولا دولتان
            قتيل n | قتلى قتيلا قتيلين قتلا
            مسؤول n | مسؤولون مسؤولين مسؤولو مسؤولي مسؤولة مسؤولا
            متظاهر n | متظاهرون متظاهرين متظاهرو متظاهرة متظاهرات
            قوة n | قوات قوى قوت
            قائد n | قادة قادت قائدا
            قاضي n | قاض قضاة قاضيا قضات
            لقاء n | لقاءات لقاؤ لقائ لقاءان | لقاءا
            اعتداء n | اعتداءات
            مستشفى n | مستشفيات مستشفا
            أرض n | أراضي أراض
            لاجئ n | لاجئون لاجئين لاجئا لاجئة
            مبنى n | مباني مبان مبنيين
            قناة n | قنوات قناتين
            اتفاق n | اتفاقات اتفاقا
            شيء n | شيئا أشياء
            طالب n | طلاب طلبة طالبة
            عضو n | أعضاء عضوا عضوة أعضائ
            يد n | أيد أيدي يدين
            مركز n | مراكز مركزا | مركزي
            خبر n | أخبار أخبارا | خبرات
            صياد n | صيادون صيادين
            تنحي n | تنح تنحيا
            ",
        );
    }

    #[test]
    fn adjectives_and_names() {
        check(
            Lang::Ar,
            "
            روسي a | روسية روسيون روسيين روس روسيات روسيتين | روسيا
            عراقي a | عراقية عراقيون عراقيين عراقيا
            مسلح a | مسلحة مسلحون مسلحين مسلحا
            كبير a | كبيرة كبار كبيرا كبيرين
            أحمر a | حمراء
            أكبر a | كبرى
            جديد a | جديدة جدد جديدا
            بوتين s | بوتين | بوتينا
            دمشق m | دمشق
            لن p | لن
            ",
        );
    }
}
