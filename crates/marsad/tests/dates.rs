//! Which time of a sentence dates its events, and what is planned by its date.

use jiff::civil::date;
use marsad::model::{Aux, DateSource, Document, Record};
use marsad::pipeline::{Coder, Options, Scratch};
use marsad::text::Lang;

/// The records of a sentence in a document of Wednesday, 12 March 2025.
fn records(coder: &Coder, lang: Lang, sentence: &str) -> Vec<Record> {
    let document =
        Document { id: "d".to_owned(), text: sentence.to_owned(), lang: Some(lang.code().to_owned()), date: Some(date(2025, 3, 12)), ..Document::default() };
    coder.code(&document, &mut Scratch::default()).records
}

/// The event that a word tells.
fn found(coder: &Coder, lang: Lang, sentence: &str, word: &str) -> Record {
    let tells = |r: &Record| r.event_text.iter().any(|w| w == word);
    let all = records(coder, lang, sentence);
    all.iter().find(|r| tells(r)).cloned().unwrap_or_else(|| panic!("{word} tells no event: {sentence} {all:?}"))
}

/// The date of the event that a word tells, if it is the text that dates it.
fn told(coder: &Coder, lang: Lang, sentence: &str, word: &str) -> Option<String> {
    let event = found(coder, lang, sentence, word);
    event.date.filter(|_| event.date_source == Some(DateSource::Text))
}

#[test]
fn the_time_of_another_noun_dates_nothing() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (lang, sentence, word) in [
        (Lang::En, "France threatens to scrap the 1968 migration agreement.", "threatens"),
        (Lang::En, "France threatens to scrap the migration agreement of 1968.", "threatens"),
        (Lang::En, "Russia condemned Monday's attack on the embassy.", "condemned"),
        (Lang::En, "Police arrested a man who had fled to Syria in 2014.", "arrested"),
        (Lang::Ru, "Франция угрожает расторгнуть соглашение 1968 года о миграции.", "угрожает"),
        (Lang::Ru, "Суд в Москве приговорил активиста за участие в протестах 2012 года.", "приговорил"),
        (Lang::Ar, "هددت فرنسا بإلغاء اتفاق الهجرة لعام 1968.", "هددت"),
        (Lang::Ar, "هددت فرنسا بإلغاء اتفاق عام 1968 بشأن الهجرة.", "هددت"),
    ] {
        assert_eq!(told(&coder, lang, sentence, word), None, "{sentence}");
    }
}

#[test]
fn the_time_of_the_event_itself_dates_it() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (lang, sentence, word) in [
        (Lang::En, "Police investigated the arrest of Ivanov in 2014.", "arrest"),
        (Lang::En, "The 2014 annexation of Crimea was condemned by Ukraine.", "annexation"),
        (Lang::En, "Russia annexed Crimea at the start of 2014.", "annexed"),
        (Lang::Ru, "Украина осудила аннексию Крыма в 2014 году.", "аннексию"),
        (Lang::Ru, "Россия аннексировала Крым в начале 2014 года.", "аннексировала"),
        (Lang::Ar, "أدانت أوكرانيا ضم القرم عام 2014.", "ضم"),
        (Lang::Ar, "ضمت روسيا القرم مطلع عام 2014.", "ضمت"),
    ] {
        assert_eq!(told(&coder, lang, sentence, word).as_deref(), Some("2014-01-01"), "{sentence}");
    }
}

#[test]
fn what_the_present_tells_of_days_to_come_is_planned() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (lang, sentence, word, day) in [
        (Lang::En, "Leaders meet in Geneva next Tuesday.", "meet", "2025-03-18"),
        (Lang::Ru, "Министры встречаются в Женеве на следующей неделе.", "встречаются", "2025-03-17"),
        (Lang::Ar, "يلتقي الوزيران في جنيف الأسبوع المقبل.", "يلتقي", "2025-03-17"),
        (Lang::Ar, "يلتقي وزيرا خارجية روسيا وتركيا في موسكو الأحد المقبل.", "يلتقي", "2025-03-16"),
    ] {
        assert_eq!(told(&coder, lang, sentence, word).as_deref(), Some(day), "{sentence}");
        // A meeting to come is an agreement of today; elsewhere it would be `future`.
        assert_eq!(records(&coder, lang, sentence)[0].event[0].name(), "AGREE", "{sentence}");
    }
    for (lang, sentence) in [
        (Lang::En, "Turkish forces withdraw from Syria next month."),
        (Lang::Ru, "Рабочие проводят забастовку в Париже на следующей неделе."),
        (Lang::Ar, "يتظاهر العمال في باريس الأسبوع المقبل."),
    ] {
        let all = records(&coder, lang, sentence);
        assert!(!all.is_empty() && all.iter().all(|r| r.aux == Some(Aux::Future) || r.event[0].name() == "CONCEDE"), "{sentence} {all:?}");
    }
}

#[test]
fn what_is_told_as_past_has_no_date_to_come() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (lang, sentence) in [
        (Lang::En, "Russia threatened Ukraine with new strikes next week."),
        (Lang::Ru, "Россия пригрозила Украине новыми ударами на следующей неделе."),
        (Lang::Ar, "هددت روسيا أوكرانيا بضربات جديدة الأسبوع المقبل."),
    ] {
        let all = records(&coder, lang, sentence);
        let threat = all.iter().find(|r| r.event[0].name() == "THREATEN").expect(sentence);
        assert_eq!((threat.aux, threat.date.as_deref()), (None, Some("2025-03-12")), "{sentence}");
    }
}

#[test]
fn a_month_without_a_year_is_over_where_the_event_is() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (lang, sentence, word) in [
        (Lang::En, "Police arrested the editor in July.", "arrested"),
        (Lang::Ru, "Полиция арестовала редактора в июле.", "арестовала"),
        (Lang::Ar, "اعتقلت الشرطة رئيس التحرير في يوليو.", "اعتقلت"),
    ] {
        assert_eq!(told(&coder, lang, sentence, word).as_deref(), Some("2024-07-01"), "{sentence}");
    }
    // A noun does not say whether it is over.
    for (lang, sentence, word) in [
        (Lang::En, "Russia denied the poisoning of Skripal in July.", "poisoning"),
        (Lang::Ru, "Лондон осудил обстрел Харькова в июле.", "обстрел"),
        (Lang::Ar, "أدانت لندن قصف خاركيف في يوليو.", "قصف"),
    ] {
        assert_ne!(found(&coder, lang, sentence, word).aux, Some(Aux::Future), "{sentence}");
    }
    // What was promised for July may be to come.
    for (lang, sentence, word) in [
        (Lang::En, "The parties agreed to meet again in July.", "agreed"),
        (Lang::Ru, "Стороны договорились вновь встретиться в июле.", "договорились"),
        (Lang::Ar, "اتفق الطرفان على الاجتماع مجددا في يوليو.", "اتفق"),
    ] {
        assert_eq!(told(&coder, lang, sentence, word), None, "{sentence}");
    }
}

#[test]
fn a_bare_weekday_of_what_is_to_come_is_the_next() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (lang, sentence, word, day) in [
        (Lang::En, "Workers will strike in Athens for the weekend.", "strike", "2025-03-15"),
        (Lang::En, "Erdogan meets Putin in Sochi on Friday.", "meets", "2025-03-14"),
        (Lang::En, "The Turkish president arrives in Tashkent on Sunday.", "arrives", "2025-03-16"),
        (Lang::En, "Talks between Russia and Turkey are set for Friday.", "Talks", "2025-03-14"),
        (Lang::Ru, "Учителя проведут забастовку в выходные.", "забастовку", "2025-03-15"),
        (Lang::Ru, "Президент Турции посетит Москву в воскресенье.", "посетит", "2025-03-16"),
        (Lang::Ar, "سيتظاهر العمال في باريس نهاية الأسبوع.", "يتظاهر", "2025-03-14"),
        (Lang::Ar, "يزور الرئيس التركي موسكو الأحد.", "يزور", "2025-03-16"),
    ] {
        assert_eq!(told(&coder, lang, sentence, word).as_deref(), Some(day), "{sentence}");
    }
    for (lang, sentence, word, day) in [
        (Lang::En, "Erdogan met Putin in Sochi on Friday.", "met", "2025-03-07"),
        (Lang::En, "Police arrest the editor on Friday.", "arrest", "2025-03-07"),
        (Lang::Ru, "Президент Турции посетил Москву в воскресенье.", "посетил", "2025-03-09"),
        (Lang::Ar, "زار الرئيس التركي موسكو الأحد.", "زار", "2025-03-09"),
    ] {
        assert_eq!(told(&coder, lang, sentence, word).as_deref(), Some(day), "{sentence}");
    }
}

#[test]
fn the_day_before_is_no_preposition() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (sentence, word, day) in [
        ("Накануне Россия нанесла удар по Харькову.", "удар", Some("2025-03-11")),
        ("Полиция накануне задержала двух активистов.", "задержала", Some("2025-03-11")),
        ("Полиция разогнала митинг накануне выборов.", "разогнала", None),
        ("Полиция разогнала митинг накануне второго тура.", "разогнала", None),
    ] {
        assert_eq!(told(&coder, Lang::Ru, sentence, word).as_deref(), day, "{sentence}");
    }
}

#[test]
fn weeks_begin_with_their_first_day() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (lang, sentence, word, day) in [
        (Lang::En, "Russia attacked Ukraine last week.", "attacked", "2025-03-03"),
        (Lang::En, "Thousands protested in Paris over the weekend.", "protested", "2025-03-08"),
        (Lang::En, "Russian forces shelled Kharkiv on Mar. 3.", "shelled", "2025-03-03"),
        (Lang::Ru, "На прошлой неделе Россия обстреляла Харьков.", "обстреляла", "2025-03-03"),
        (Lang::Ru, "В минувшие выходные тысячи человек протестовали в Париже.", "протестовали", "2025-03-08"),
        (Lang::Ar, "قصفت روسيا خاركيف الأسبوع الماضي.", "قصفت", "2025-03-03"),
        (Lang::Ar, "تظاهر الآلاف في باريس نهاية الأسبوع.", "تظاهر", "2025-03-07"),
    ] {
        assert_eq!(told(&coder, lang, sentence, word).as_deref(), Some(day), "{sentence}");
    }
}
