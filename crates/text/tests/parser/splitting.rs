//! Texts as the news writes them come apart where a reader would part them.

use crate::check::PARSERS;
use marsad_text::{Analysis, Lang, Scratch};

fn parse(lang: Lang, text: &str) -> Analysis {
    PARSERS[&lang].parse(text, &mut Scratch::default())
}

fn sentences(lang: Lang, text: &str) -> Vec<String> {
    let analysis = parse(lang, text);
    analysis.sentences().iter().map(|s| text[s.span.range()].to_owned()).collect()
}

fn words(lang: Lang, text: &str) -> String {
    let analysis = parse(lang, text);
    analysis.words().iter().map(|w| analysis.form(w)).collect::<Vec<_>>().join(" ")
}

#[test]
fn headlines_without_full_stops_are_sentences() {
    for (lang, text) in [
        (Lang::En, "Minister quits over dam collapse\n\nThe minister of water resigned on Monday. He gave no reason."),
        (Lang::Ru, "Министр ушёл в отставку\n\nМинистр водных ресурсов подал в отставку в понедельник. Причин он не назвал."),
        (Lang::Ar, "استقالة وزير بعد انهيار السد\n\nاستقال وزير المياه يوم الاثنين. ولم يذكر سببا."),
    ] {
        assert_eq!(sentences(lang, text).len(), 3, "{:?}", sentences(lang, text));
    }
}

#[test]
fn abbreviations_and_initials_end_no_sentence() {
    for (lang, text) in [
        (Lang::En, "Gen. John R. Allen met Mr. Karzai at 10 a.m. in the U.S. embassy."),
        (Lang::En, "Acme Inc. sued the St. Louis council over Dr. Lee's report."),
        (Lang::En, "Russian forces shelled Kharkiv on Mar. 3, killing two civilians."),
        (Lang::Ru, "Войска вошли в город 3 мар. 2022 года и ушли через месяц."),
        (Lang::Ru, "А. С. Иванов встретился с г. Петровым на ул. Ленина в 2014 г. и обсудил бюджет."),
        (Lang::Ru, "Ущерб составил 3,5 млрд. рублей, т. е. вдвое больше, чем в прошлом году."),
    ] {
        assert_eq!(sentences(lang, text), [text], "{lang}");
    }
}

#[test]
fn a_quotation_of_several_sentences_is_not_glued_to_what_follows() {
    for (lang, text, last) in [
        (Lang::En, "\"We will not sign. The text is unfair,\" the envoy said. The talks go on.", "The talks go on."),
        (Lang::Ru, "«Мы не подпишем. Текст несправедлив», — сказал посол. Переговоры продолжаются.", "Переговоры продолжаются."),
        (Lang::Ar, "وقال المبعوث: «لن نوقع. النص غير عادل». والمحادثات مستمرة.", "والمحادثات مستمرة."),
    ] {
        assert_eq!(sentences(lang, text).last().map(String::as_str), Some(last), "{:?}", sentences(lang, text));
    }
}

#[test]
fn items_of_a_list_are_sentences() {
    for (lang, text) in [
        (Lang::En, "- The border is closed\n- The envoy was recalled\n- Talks resume on Friday"),
        (Lang::Ru, "- Граница закрыта\n- Посол отозван\n- Переговоры возобновятся в пятницу"),
        (Lang::Ar, "- أغلقت الحدود\n- تم استدعاء السفير\n- تستأنف المحادثات يوم الجمعة"),
    ] {
        assert_eq!(sentences(lang, text).len(), 3, "{:?}", sentences(lang, text));
    }
}

#[test]
fn arabic_paragraphs_of_commas_are_cut_at_a_joint() {
    let clause = "وقال الوزير إن الحكومة تدرس الاقتراح، ";
    let text = clause.repeat(60);
    let analysis = parse(Lang::Ar, &text);
    assert!(analysis.sentences().len() > 1);
    for sentence in &analysis.sentences()[1..] {
        let first = analysis.form(&analysis.words()[sentence.words.start]);
        assert_eq!(first, "و", "a piece begins with a clause");
    }
}

#[test]
fn captions_without_marks_have_words_and_short_sentences() {
    for (lang, text) in [
        (Lang::En, "good evening the president arrived in geneva today for talks with his counterpart ".repeat(30)),
        (Lang::Ru, "добрый вечер президент прибыл сегодня в женеву на переговоры со своим коллегой ".repeat(30)),
        (Lang::Ar, "مساء الخير وصل الرئيس اليوم الى جنيف لاجراء محادثات مع نظيره ".repeat(30)),
    ] {
        let analysis = parse(lang, &text);
        assert!(analysis.sentences().iter().all(|s| s.words.len() <= 160), "{lang}");
        assert!(analysis.words().len() >= text.split_whitespace().count());
    }
}

#[test]
fn words_come_apart() {
    for (lang, text, parts) in [
        (Lang::En, "They can't accept Ankara's terms.", "They ca n't accept Ankara 's terms ."),
        (Lang::En, "See https://example.org/a?b=c, or write to desk@example.org.", "See https://example.org/a?b=c , or write to desk@example.org ."),
        (Lang::Ru, "Кто-то из-за рубежа заплатил 1,5 млн рублей.", "Кто-то из-за рубежа заплатил 1,5 млн рублей ."),
        (Lang::Ar, "وبمدرستهم معلمون.", "و ب مدرسة هم معلمون ."),
        (Lang::Ar, "للحكومة وللشعب.", "ل الحكومة و ل الشعب ."),
    ] {
        assert_eq!(words(lang, text), parts);
    }
}
