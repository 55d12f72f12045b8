//! Surnames. The dictionary form shows the bearer's sex: Путин and Лавров are men, Медведева is a woman.

use super::{add, adjective, cut, is_sibilant, is_velar, last, letters, noun};

/// All cases of a surname, with the plural of masculine ones (Обамы, братья Кличко are left to the singular).
pub(super) fn surname(word: &str, out: &mut Vec<String>) {
    let ends = |endings: &[&str]| letters(word) > 3 && endings.iter().any(|end| word.ends_with(end));
    if ends(&["ых", "их", "ко", "аго", "яго"]) {
        return;
    }
    let stem = cut(word, 1);
    match last(word) {
        _ if ends(&["ов", "ев", "ин", "ын"]) => add(out, word, "а у ым ом е ы ых ыми"),
        _ if ends(&["ова", "ева", "ина", "ына"]) => add(out, stem, "ой ою у ы е"),
        _ if ends(&["ая"]) => add(out, cut(word, 2), "ой ую ою"),
        _ if ends(&["яя"]) => add(out, cut(word, 2), "ей юю ею"),
        _ if is_adjectival(word) => adjective::long(word, out),
        'а' => add(out, stem, if is_velar(last(stem)) || is_sibilant(last(stem)) { "и е у ой ою ей" } else { "ы е у ой ою ей" }),
        'я' => add(out, stem, "и е ю ей ею"),
        'ь' | 'й' => add(out, stem, "я ю ем е и ев ей ям ями ях"),
        c if super::is_consonant(c) => noun::masculine_hard(word, out),
        _ => {}
    }
}

/// Зеленский, Толстой, Белый; not Шойгу, Андрей, Нетаньяху.
fn is_adjectival(word: &str) -> bool {
    let before = last(cut(word, 2));
    let stressed = word.ends_with("ой") && letters(word) > 4;
    stressed || word.ends_with("ый") || word.ends_with("ий") && (is_velar(before) || is_sibilant(before))
}

#[cfg(test)]
mod tests {
    use crate::Lang;
    use crate::inflect::tests::check;

    #[test]
    fn surnames() {
        check(
            Lang::Ru,
            "
            Путин s | Путина Путину Путиным Путине | Путиной
            Лавров s | Лаврова Лаврову Лавровым Лаврове
            Медведева s | Медведевой Медведеву | Медведев Медведевым
            Захарова s | Захаровой Захарову
            Шойгу s | Шойгу | Шойга
            Порошенко s | Порошенко | Порошенка Порошенок
            Зеленский s | Зеленского Зеленскому Зеленским Зеленском
            Обама s | Обамы Обаме Обаму Обамой
            Трамп s | Трампа Трампу Трампом Трампе
            Байден s | Байдена
            Нетаньяху s | Нетаньяху
            Мадуро s | Мадуро | Мадура
            Меркель s | Меркель
            Гутерреш s | Гутерреша Гутеррешем
            Матвиенко s | Матвиенко
            Толстой s | Толстого Толстым
            Яровая s | Яровой Яровую | Ярового Яровый
            Ким s | Кима
            Гарсия s | Гарсии Гарсию
            Костин s | Костина
            Белоусов s | Белоусова
            Боррель s | Борреля Боррелем
            Седых s | Седых
            ",
        );
    }
}
