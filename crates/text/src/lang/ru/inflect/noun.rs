//! Nouns and names: the three declensions, fleeting vowels, plural-only nouns, nouns declined like adjectives.
//!
//! Principal parts of a noun in `irregular.tsv` are the genitive singular and, where it is irregular, the nominative plural:
//! день `дня`, брат `брата братья`.

use super::{add, adjective, cut, is_consonant, is_sibilant, is_velar, is_vowel, last, letters, syllables};
use crate::Lang;
use crate::inflect::{How, Inflect, irregular};

/// All cases of both numbers.
pub(super) fn noun(word: &str, pos: Inflect, out: &mut Vec<String>) {
    match irregular(Lang::Ru).forms(word, pos, How::Parts) {
        [genitive] => from_genitive(word, genitive, out),
        [genitive, plural] => {
            from_genitive(word, genitive, out);
            from_plural(plural, out);
        }
        _ => regular(word, pos, out),
    }
}

/// Declines by the ending of the nominative.
fn regular(word: &str, pos: Inflect, out: &mut Vec<String>) {
    if word.ends_with("щийся") {
        return adjective::adjective(word, out);
    }
    if is_adjectival(word, pos) {
        adjective::long(word, out);
        // перебой, Георгий, Евгений and оружие have these endings too.
        if !["ой", "гий", "ний", "ие"].iter().any(|end| word.ends_with(end)) {
            return;
        }
    }
    if pos == Inflect::Name && ["ов", "ев", "ин"].iter().any(|end| word.ends_with(end)) {
        add(out, word, "ым ых ыми");
    }
    let stem = cut(word, 1);
    match last(word) {
        _ if word.ends_with("мя") && letters(word) < 7 => add(out, stem, "ени енем ена ен енам енами енах"),
        'а' => first_hard(stem, out),
        'я' => first_soft(stem, out),
        'о' => neuter_hard(stem, out),
        'е' => neuter_soft(stem, out),
        'ь' => in_soft_sign(stem, out),
        'й' => masculine_in_yod(stem, out),
        'ы' | 'и' => from_plural(word, out),
        c if is_consonant(c) => masculine_hard(word, out),
        _ => {}
    }
}

/// Whether a noun is declined like an adjective: раненый, полицейский, животное, пострадавшие.
fn is_adjectival(word: &str, pos: Inflect) -> bool {
    let hushed = |c: char| is_velar(c) || is_sibilant(c);
    let nominative = ["ый", "ая", "яя", "ое", "ее", "ые"].iter().any(|end| word.ends_with(end));
    let stressed = ["овой", "евой", "ской", "цкой", "ной", "ятой", "лотой"].iter().any(|end| word.ends_with(end));
    let soft = (word.ends_with("ий") || word.ends_with("ие")) && hushed(last(cut(word, 2)));
    let nearby = ["шние", "жние"].iter().any(|end| word.ends_with(end));
    letters(word) > 4 && (nominative || stressed || soft || nearby || pos == Inflect::Name && word.ends_with("ний"))
}

/// Feminine (and masculine) in -а: страна, атака, улица.
fn first_hard(stem: &str, out: &mut Vec<String>) {
    add(out, stem, "е у ой ою ам ами ах");
    let end = last(stem);
    add(out, stem, if is_velar(end) || is_sibilant(end) { "и" } else { "ы" });
    if is_sibilant(end) || end == 'ц' {
        add(out, stem, "ей ею");
    }
    zero_ending(stem, out);
}

/// Feminine in -я: армия, неделя, статья, идея.
fn first_soft(stem: &str, out: &mut Vec<String>) {
    add(out, stem, "и е ю ей ею ям ями ях");
    match last(stem) {
        'ь' => add(out, cut(stem, 1), "ей ий"),
        c if is_vowel(c) => out.push(format!("{stem}й")),
        c => {
            out.push(format!("{stem}ь"));
            let body = cut(stem, 1).trim_end_matches(['ь', 'й']);
            if is_consonant(last(cut(stem, 1))) || body.len() < cut(stem, 1).len() {
                add(out, body, &format!("е{c} е{c}ь"));
            }
        }
    }
}

/// Neuter in -о: правительство, письмо, войско.
fn neuter_hard(stem: &str, out: &mut Vec<String>) {
    add(out, stem, "а у ом е ам ами ах");
    if last(stem) == 'к' {
        add(out, stem, "и ов");
    }
    zero_ending(stem, out);
}

/// Neuter in -е: вторжение, побережье, убежище, море.
fn neuter_soft(stem: &str, out: &mut Vec<String>) {
    match last(stem) {
        'и' => add(out, stem, "я ю ем и й ям ями ях"),
        'ь' => {
            add(out, stem, "я ю ем и ям ями ях ев");
            add(out, cut(stem, 1), "ий ей");
        }
        c if is_sibilant(c) || c == 'ц' => {
            add(out, stem, "а у ем ам ами ах");
            zero_ending(stem, out);
        }
        _ => add(out, stem, "я ю ем ей ям ями ях"),
    }
}

/// Nouns in -ь. Feminine if the suffix says so, masculine if it says so, else both.
fn in_soft_sign(stem: &str, out: &mut Vec<String>) {
    let end = last(stem);
    let feminine = is_sibilant(end) || ["ост", "ест", "знь", "зн", "в", "ад", "ощ"].iter().any(|suffix| stem.ends_with(suffix)) && letters(stem) > 3;
    let masculine = ["тел", "ар", "бр", "гол"].iter().any(|suffix| stem.ends_with(suffix)) && letters(stem) > 3;
    add(out, stem, if is_sibilant(end) { "и ью ей ам ами ах" } else { "и ей ям ями ях" });
    if !masculine && !is_sibilant(end) {
        add(out, stem, "ью");
    }
    if !feminine {
        add(out, stem, "я ю ем е");
        fleeting_e(stem, out);
    }
}

/// уровень, уровня: masculines in -ень lose their е.
fn fleeting_e(stem: &str, out: &mut Vec<String>) {
    if let Some(body) = stem.strip_suffix("ен").filter(|body| syllables(body) > 0) {
        add(out, &format!("{body}н"), "я ю ем е и ей ям ями ях");
    }
}

/// Masculine in -й: герой, случай, сценарий.
fn masculine_in_yod(stem: &str, out: &mut Vec<String>) {
    add(out, stem, "я ю ем е и ев ям ями ях");
}

/// Masculine in a consonant, with the stems that a fleeting vowel leaves.
pub(super) fn masculine_hard(word: &str, out: &mut Vec<String>) {
    hard_cases(word, out);
    if let Some(stem) = without_fleeting_vowel(word) {
        hard_cases(&stem, out);
    }
    if let Some(stem) = word.strip_suffix("ин").filter(|stem| ["ан", "ян", "ар"].iter().any(|end| stem.ends_with(end))) {
        add(out, stem, "е ы _ ам ами ах");
    }
    if let Some(stem) = word.strip_suffix("онок").or_else(|| word.strip_suffix("енок")) {
        add(out, stem, if is_sibilant(last(stem)) { "ата ат атам атами атах" } else { "ята ят ятам ятами ятах" });
    }
}

/// The oblique cases and the plural on a hard stem.
fn hard_cases(stem: &str, out: &mut Vec<String>) {
    let end = last(stem);
    add(out, stem, "а у ом е ам ами ах ов");
    add(out, stem, if is_velar(end) || is_sibilant(end) { "и" } else { "ы" });
    if is_sibilant(end) {
        add(out, stem, "ем ей");
    } else if end == 'ц' {
        add(out, stem, "ем ев");
    }
}

/// The stem of боец, владелец, торговец, рынок, мешочек before an ending.
fn without_fleeting_vowel(word: &str) -> Option<String> {
    let stem = cut(word, 2);
    if syllables(stem) == 0 {
        return None;
    }
    if word.ends_with("ец") {
        return Some(match last(stem) {
            'л' => format!("{stem}ьц"),
            c if is_vowel(c) => format!("{stem}йц"),
            _ => format!("{stem}ц"),
        });
    }
    let hushed = word.ends_with("ек") && is_sibilant(last(stem));
    (word.ends_with("ок") && is_consonant(last(stem)) || hushed).then(|| format!("{stem}к"))
}

/// Genitive plural without ending, with the vowels that may come in: атак, сделок, вспышек, писем, сестер, войн.
fn zero_ending(stem: &str, out: &mut Vec<String>) {
    out.push(stem.to_string());
    let (end, body) = (last(stem), cut(stem, 1));
    let before = last(body);
    match before {
        'ь' | 'й' => add(out, cut(body, 1), &format!("е{end}")),
        c if end == 'к' && (is_sibilant(c) || c == 'ц') => add(out, body, "ек"),
        c if end == 'к' && is_consonant(c) => add(out, body, "ок"),
        c if "нлрмцг".contains(end) && is_consonant(c) => add(out, body, &format!("е{end} о{end}")),
        _ => {}
    }
}

/// The plural of a plural nominative: переговоры, власти, братья, войска, учения.
fn from_plural(plural: &str, out: &mut Vec<String>) {
    let stem = cut(plural, 1);
    let end = last(stem);
    out.push(plural.to_string());
    let hard = match last(plural) {
        'ы' | 'а' => true,
        'и' => is_velar(end) || is_sibilant(end),
        'е' => return add(out, stem, "_ ам ами ах"),
        _ => false,
    };
    if hard {
        add(out, stem, "ов ам ами ах");
        if is_sibilant(end) {
            out.push(format!("{stem}ей"));
        } else if end == 'ц' {
            out.push(format!("{stem}ев"));
        }
        zero_ending(stem, out);
    } else {
        add(out, stem, "ей ев ям ями ях");
        add(out, stem.trim_end_matches('ь'), "ей");
        out.push(format!("{}{}", stem, if is_vowel(end) { "й" } else { "ь" }));
    }
}

/// The declension of a noun whose stem is that of its genitive: день, дня, дню.
fn from_genitive(word: &str, genitive: &str, out: &mut Vec<String>) {
    let stem = cut(genitive, 1);
    match last(genitive) {
        'а' => hard_cases(stem, out),
        'я' if word.ends_with('е') => neuter_soft(stem, out),
        'я' => add(out, stem, "я ю ем е и ей ев ям ями ях"),
        'ы' => first_hard(stem, out),
        _ if word.ends_with('ь') => add(out, stem, "и ей ям ями ях ам ами ах"),
        _ => first_soft(stem, out),
    }
    if word.ends_with('ь') && genitive.ends_with('и') {
        out.push(format!("{word}ю"));
    }
    if word.ends_with('о') {
        zero_ending(stem, out);
    }
}

#[cfg(test)]
mod tests {
    use crate::Lang;
    use crate::inflect::tests::check;

    #[test]
    fn masculine() {
        check(
            Lang::Ru,
            "
            удар n | удара удару ударом ударе удары ударов ударам ударами ударах
            визит n | визита визитов
            боец n | бойца бойцу бойцом бойцы бойцов
            владелец n | владельца владельцев
            немец n | немца немцами
            рынок n | рынка рынки рынков
            срок n | срока сроки | срка
            участок n | участка участков
            человек n | человека людей люди людьми | человка
            ребенок n | ребенка дети детей детьми
            солдат n | солдат солдата солдаты
            россиянин n | россияне россиян россиянам россиянина
            гражданин n | граждане граждан гражданами
            месяц n | месяца месяцев
            мятеж n | мятежа мятежом мятежей
            герой n | героя герою героев
            сценарий n | сценария сценарии сценариев | сценарого
            полицейский n | полицейского полицейские полицейских
            день n | дня дни дней днями
            уровень n | уровня уровней
            представитель n | представителя представители представителями | представителью
            лидер n | лидеров
            брат n | братья братьев братьями брата
            друг n | друзья друзей
            господин n | господа господ
            город n | города городов
            военнослужащий n | военнослужащие военнослужащих | военнослужащиев
            перебой n | перебоя перебои перебоев
            путь n | пути путем путей
            посол n | посла послы послов
            палач n | палача палачей палачом
            ",
        );
    }

    #[test]
    fn feminine_and_neuter() {
        check(
            Lang::Ru,
            "
            страна n | страны стране страну страной стран странам странами странах
            армия n | армии армию армией армий армиям
            атака n | атаки атак атакой
            сделка n | сделок сделки
            вспышка n | вспышек
            бомбардировка n | бомбардировок бомбардировки
            война n | войн войны войной
            тюрьма n | тюрем тюрьмы
            помощь n | помощи помощью | помоща
            область n | области областью областей | областя
            смерть n | смерти смертью
            неделя n | недель недели
            статья n | статей статьи
            семья n | семей семьи семью
            песня n | песен
            улица n | улицей улиц
            вторжение n | вторжения вторжению вторжением вторжении вторжений
            соглашение n | соглашений соглашениями
            правительство n | правительства правительств правительством
            письмо n | писем письма
            убежище n | убежища убежищ
            побережье n | побережья побережьем
            время n | времени временем времена времен
            оружие n | оружия оружию оружием оружии
            животное n | животного животные животных
            будущее n | будущего будущем
            церковь n | церкви церквей церковью церквам
            мать n | матери матерью матерей
            судно n | суда судов судна
            ",
        );
    }

    #[test]
    fn plural_only_and_names() {
        check(
            Lang::Ru,
            "
            переговоры n | переговоров переговорам переговорами переговорах
            выборы n | выборов выборам
            власти n | властей властям
            беспорядки n | беспорядков беспорядках
            учения n | учений учениям учениях
            деньги n | денег деньгам
            войска n | войск войскам войсками
            санкция n | санкции санкций санкциям
            военные n | военных военным
            Павел m | Павла Павлу Павлом
            Сирия m | Сирии Сирию Сирией
            Казань m | Казани Казанью
            Кремль m | Кремля Кремлем Кремле
            Афины m | Афин Афинах
            Косово m | Косова Косове
            Орел m | Орла
            Петр m | Петра Петром
            Лев m | Льва
            ",
        );
    }
}
