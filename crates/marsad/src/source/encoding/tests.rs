use encoding_rs::{IBM866, ISO_8859_5, ISO_8859_6, KOI8_R, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1256};

use super::{Encoding, Note, declared, decode};

const AR: &[&str] = &[
    "أعلنت وزارة الخارجية استدعاء السفير احتجاجاً على القصف الذي استهدف المدينة ليل أمس، وطالبت مجلس الأمن بعقد جلسة طارئة.",
    "قتل ثلاثة جنود في هجوم مسلح",
    "نفى المتحدث باسم الحكومة صحة الأنباء عن انسحاب القوات من الحدود الشمالية",
    "الرئيس يصل إلى بغداد",
    "مظاهرات في الخرطوم",
    "UN: دعا الأمين العام إلى التهدئة (2024)",
    "زلزال",
    "المادة 5: تلتزم الأطراف",
    "<p>استقالة وزير الدفاع</p>",
];

const RU: &[&str] = &[
    "Министр иностранных дел заявил, что переговоры с делегацией соседней страны продлятся до конца недели, после чего стороны подпишут соглашение.",
    "Войска отведены от границы",
    "Президент подписал указ",
    "МИД ВЫСЛАЛ ДВУХ ДИПЛОМАТОВ",
    "Протесты в столице",
    "ООН призвала стороны к сдержанности (2024)",
    "Взрыв",
    "В Госдуме опровергли сообщения о новой мобилизации: «Таких планов нет».",
    "<p>Отставка министра обороны</p>",
];

const EN: &[&str] = &[
    "The prime minister’s visit — his first — was cancelled",
    "“We deny it,” he said",
    "Café owners in Zürich protest",
    "It’s over: Bogotá and Caracas agree on €40m loan",
];

/// The text and its beginnings of 10 to 40 characters come back from each of the encodings that can write it.
fn check(texts: &[&str], encodings: &[&'static encoding_rs::Encoding]) {
    for encoding in encodings {
        for text in texts {
            for length in [10, 20, 40, usize::MAX] {
                let text: String = text.chars().take(length).collect();
                let (bytes, _, unwritable) = encoding.encode(&text);
                if !unwritable {
                    let found = decode(&bytes, None);
                    assert_eq!(found.text, text, "{}", encoding.name());
                }
            }
        }
    }
}

#[test]
fn eight_bit_encodings_are_told_from_a_headline() {
    check(AR, &[WINDOWS_1256, ISO_8859_6]);
    check(RU, &[WINDOWS_1251, KOI8_R, ISO_8859_5, IBM866]);
    check(EN, &[WINDOWS_1252]);
}

#[test]
fn other_languages_are_not_forced_into_the_candidates() {
    let greek = "Ο υπουργός Εξωτερικών δήλωσε ότι οι συνομιλίες θα συνεχιστούν την επόμενη εβδομάδα στη Γενεύη.";
    check(&[greek], &[]);
    let (bytes, ..) = WINDOWS_1253.encode(greek);
    assert_eq!(decode(&bytes, None).text, greek);
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn utf16_with_and_without_mark() {
    for text in AR.iter().chain(RU).chain(EN) {
        for (big, mark) in [(false, false), (false, true), (true, false), (true, true)] {
            assert_eq!(decode(&utf16(text, big, mark), None).text, *text);
        }
    }
}

#[test]
fn what_cannot_be_read_is_noted() {
    let odd = &utf16("Взрыв", false, true)[..11];
    assert_eq!(decode(odd, None).notes, [Note::Truncated { bytes: 1 }]);
    let broken = ["Пожар в порту".as_bytes(), b" \xff ", "потушен".as_bytes()].concat();
    let decoded = decode(&broken, None);
    assert_eq!(decoded.text, "Пожар в порту \u{fffd} потушен");
    assert_eq!(decoded.notes, [Note::Replaced { count: 1, encoding: "UTF-8" }]);
    assert!(decode("\u{feff}Пожар".as_bytes(), None).notes.is_empty());
    assert_eq!(decode("\u{feff}Пожар".as_bytes(), None).text, "Пожар");
}

#[test]
fn a_declared_encoding_is_found() {
    let name = |page: &str| declared(page.as_bytes()).map(Encoding::name);
    assert_eq!(name("<meta charset=windows-1256>"), Some("windows-1256"));
    assert_eq!(name("<META CHARSET = \"KOI8-R\" />"), Some("KOI8-R"));
    let equiv = "<meta http-equiv='Content-Type' content='text/html; charset=cp1251'>";
    assert_eq!(name(equiv), Some("windows-1251"));
    assert_eq!(name("<?xml version='1.0' encoding='utf-16'?>"), Some("UTF-16LE"));
    assert_eq!(name("<p>the charset is unknown, encoding=koi8-r</p>"), None);
}
