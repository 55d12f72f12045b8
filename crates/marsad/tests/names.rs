//! Names that are found in parsed sentences, whatever case, clitics and commas make of them.

use marsad::pipeline::{Coder, Options};
use marsad::text::Lang;

/// The words of the names and roles that the tables see in a sentence.
fn seen(coder: &Coder, lang: Lang, sentence: &str) -> Vec<String> {
    let lines = coder.diagnose(sentence, lang);
    let known = |meaning: &str| ["Country", "Adjective", "People", "Place", "Organisation", "Person", "Metonym"].iter().any(|kind| meaning.starts_with(kind));
    lines.iter().filter_map(|line| line.split_once('\t')).filter(|(_, meaning)| known(meaning)).map(|(words, _)| words.to_owned()).collect()
}

#[test]
fn the_name_decides_where_an_arabic_clitic_ends() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (sentence, name) in [
        ("قطعت السعودية ومصر والإمارات علاقاتها مع قطر.", "إمارات"),
        ("زار الوزير وارسو الأسبوع الماضي.", "ارسو"),
        ("قدمت بولندا دبابات لأوكرانيا.", "أوكرانيا"),
        ("وقعت الهند وبنغلادش اتفاقا.", "بنغلادش"),
    ] {
        let seen = seen(&coder, Lang::Ar, sentence);
        assert!(seen.iter().any(|words| words.contains(name)), "{sentence}: {seen:?}");
    }
}

#[test]
fn russian_plurals_are_declined_and_foreign_vowels_are_not() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (sentence, name) in [
        ("Полиция задержала троих в Мытищах.", "Мытищах"),
        ("Взрыв прогремел под Черкассами.", "Черкассами"),
        ("Министр прибыл из Сочи.", "Сочи"),
        ("Суд в Барановичах вынес приговор.", "Барановичах"),
    ] {
        let seen = seen(&coder, Lang::Ru, sentence);
        assert!(seen.iter().any(|words| words == name), "{sentence}: {seen:?}");
    }
}

#[test]
fn a_name_may_have_a_comma_and_a_list_is_no_name() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    let butler = seen(&coder, Lang::En, "A gunman fired at the rally in Butler, Pennsylvania, on Saturday.");
    assert!(butler.iter().any(|words| words == "Butler , Pennsylvania"), "{butler:?}");
    let list = seen(&coder, Lang::En, "Envoys of Germany, France, Italy arrived.");
    assert_eq!(list, ["Germany", "France", "Italy"]);
}
