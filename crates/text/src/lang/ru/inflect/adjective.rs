//! Adjectives: long forms, short forms, comparative, superlative, adverb in -о.

use super::{add, cut, is_consonant, is_sibilant, is_velar, last};

const HARD: &str = "ый ого ому ым ом ая ой ую ою ое ые ых ыми";
const SOFT: &str = "ий его ему им ем яя ей юю ею ее ие их ими";
const VELAR: &str = "ий ого ому им ом ая ой ую ою ое ие их ими";
const SIBILANT: &str = "ий его ему им ем ая ей ую ею ее ие их ими";
/// Sibilant stem with stressed ending: большой, чужой.
const STRESSED_SIBILANT: &str = "ой ого ому им ом ая ую ою ое ие их ими";
/// Possessive adjectives and ordinals in -ий: третий, третьего.
const POSSESSIVE: &str = "ий ьего ьему ьим ьем ья ьей ью ьею ье ьи ьих ьими";

/// All forms of an adjective in -ый, -ий, -ой, or in -ся where it is a reflexive participle.
pub(super) fn adjective(word: &str, out: &mut Vec<String>) {
    if let Some(active) = word.strip_suffix("ся") {
        let mut forms = Vec::new();
        long(active, &mut forms);
        out.extend(forms.iter().map(|form| format!("{form}ся")));
        return;
    }
    if is_consonant(last(word)) {
        return short_only(word, out);
    }
    long(word, out);
    let stem = cut(word, 2);
    let participle = stem.ends_with('щ') || stem.ends_with('ш') && is_consonant(last(cut(stem, 1)));
    if stem.ends_with('щ') {
        add(out, stem, "_ а е и");
    }
    if !participle && !["ск", "цк"].iter().any(|suffix| stem.ends_with(suffix)) {
        short(stem, word.ends_with("ий") && !is_velar(last(stem)), out);
        degrees(stem, out);
    }
}

/// The long forms: all cases, genders, numbers. Nouns declined like adjectives use it too, from any of their nominatives.
pub(super) fn long(word: &str, out: &mut Vec<String>) {
    let stem = cut(word, 2);
    let soft = ["ий", "яя", "ее", "ие"].iter().any(|end| word.ends_with(end));
    let endings = match last(stem) {
        c if is_velar(c) => VELAR,
        c if is_sibilant(c) && word.ends_with("ой") => STRESSED_SIBILANT,
        c if is_sibilant(c) => SIBILANT,
        _ if soft => SOFT,
        _ => HARD,
    };
    add(out, stem, endings);
    if word.ends_with("ой") {
        out.push(format!("{stem}ой"));
    }
    if word == "третий" || ["жий", "чий"].iter().any(|end| word.ends_with(end)) {
        add(out, stem, POSSESSIVE);
    }
}

/// Short forms: силен, сильна, сильно, сильны; арестован beside an adjective in -анный.
fn short(stem: &str, soft: bool, out: &mut Vec<String>) {
    add(out, stem, if soft { "я е и а о" } else { "а о" });
    out.push(format!("{stem}{}", if is_velar(last(stem)) || is_sibilant(last(stem)) { "и" } else { "ы" }));
    out.push(stem.to_string());
    if let Some(base) = stem.strip_suffix("нн") {
        add(out, base, "н на но ны нен");
    }
    with_fleeting_vowel(stem, out);
}

/// Adjectives given in the short form: намерен, способен, готов.
fn short_only(word: &str, out: &mut Vec<String>) {
    add(out, word, "а о ы");
    if word.ends_with("ен") {
        add(out, cut(word, 2), "на но ны");
    }
}

/// Masculine short form with о or е before the last consonant: краток, силен, спокоен, опасен.
fn with_fleeting_vowel(stem: &str, out: &mut Vec<String>) {
    let (end, body) = (last(stem), cut(stem, 1));
    if end == 'к' {
        add(out, body, "ок ек");
    } else if "нлрм".contains(end) {
        let body = body.strip_suffix(['ь', 'й']).unwrap_or(body);
        out.push(format!("{body}е{end}"));
    }
}

/// Comparative and superlative: сильнее, строже, крупнейший, строжайший.
fn degrees(stem: &str, out: &mut Vec<String>) {
    let hushed = match last(stem) {
        'к' => Some('ч'),
        'г' => Some('ж'),
        'х' => Some('ш'),
        _ => None,
    };
    if let Some(hushed) = hushed {
        let base = format!("{}{hushed}", cut(stem, 1));
        out.push(format!("{base}е"));
        add(out, &format!("{base}айш"), SIBILANT);
    } else {
        add(out, stem, "ее ей");
        add(out, &format!("{stem}ейш"), SIBILANT);
    }
}

#[cfg(test)]
mod tests {
    use crate::Lang;
    use crate::inflect::tests::check;

    #[test]
    fn adjectives() {
        check(
            Lang::Ru,
            "
            мирный a | мирная мирного мирному мирным мирном мирную мирные мирных мирными мирен мирна мирно мирны
            российский a | российская российской российскому российские российских | российск российско
            последний a | последняя последнего последнюю последними
            строгий a | строгая строгого строгие строг строга строже строжайший строжайшего
            сильный a | силен сильна сильнее сильнейший
            краткий a | краток кратки кратко
            военный a | военного военная военное
            молодой a | молодая молодого молодые молод
            большой a | большого большие большими больше
            горячий a | горячего горячая горячие
            арестованный a | арестован арестована арестованы арестованного
            действующий a | действующего действующая действующими | действующо
            третий a | третьего третья третьих
            хороший a | лучше лучший лучшего хорошо
            высокий a | выше высоко высочайший
            богатый a | богаче
            спокойный a | спокоен спокойна
            чрезвычайный a | чрезвычайного чрезвычайны
            намерен a | намерена намерены
            способен a | способна способны | способ
            развивающийся a | развивающаяся развивающихся
            ",
        );
    }
}
