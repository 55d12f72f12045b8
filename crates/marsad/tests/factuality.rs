//! How far words reach that say whether an event happened, and who says so.

use marsad::model::{Aux, Document, EventType, Record};
use marsad::pipeline::{Coder, Options, Scratch};

fn records(coder: &Coder, lang: &str, text: &str) -> Vec<Record> {
    let document = Document { id: "one".to_owned(), text: text.to_owned(), lang: Some(lang.to_owned()), ..Document::default() };
    coder.code(&document, &mut Scratch::default()).records
}

/// Checks the factuality of the event of a type in each sentence.
fn check(cases: &[(&str, &str, EventType, Option<Aux>)]) {
    let coder = Coder::new(Options { min_score: Some(0.05), ..Options::default() }).expect("the built-in tables are sound");
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|&(lang, text, kind, aux)| {
            let told: Vec<_> = records(&coder, lang, text).iter().filter(|r| r.event == [kind]).map(|r| r.aux).collect();
            (!told.contains(&aux)).then(|| format!("{text}: {told:?}, expected {aux:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

use EventType as T;
const NO: Option<Aux> = Some(Aux::Negation);
const PLAN: Option<Aux> = Some(Aux::Future);
const MAYBE: Option<Aux> = Some(Aux::Hypothetical);

#[test]
fn adjectives_tell_of_event_nouns_whether_they_are_real() {
    check(&[
        ("en", "The planned march in Cairo drew criticism.", T::Protest, PLAN),
        ("en", "A summit between Putin and Macron is possible this month.", T::Consult, MAYBE),
        ("en", "The violent march in Cairo drew criticism.", T::Protest, None),
        ("ru", "Запланированный митинг в Москве вызвал критику.", T::Protest, PLAN),
        ("ru", "Возможен новый обстрел Харькова.", T::Assault, MAYBE),
        ("ar", "وأثارت المسيرة المقررة في القاهرة انتقادات.", T::Protest, PLAN),
    ]);
}

#[test]
fn a_present_of_a_perfective_verb_is_a_future() {
    check(&[
        ("ru", "Эквадор вышлет венесуэльского дипломата.", T::Sanction, PLAN),
        ("ru", "Эквадор высылает венесуэльского дипломата.", T::Sanction, None),
        ("ru", "Полиция арестует протестующих.", T::Coerce, PLAN),
        ("ru", "США разместят войска в Норвегии.", T::Mobilize, PLAN),
        ("ru", "США разместили войска в Норвегии.", T::Mobilize, None),
    ]);
}

#[test]
fn coordinated_verbs_share_auxiliaries_and_negation() {
    check(&[
        ("en", "The court will suspend and charge the officer.", T::Accuse, PLAN),
        ("en", "No officer has been suspended or charged by the court.", T::Accuse, NO),
        ("en", "The police did not shoot and arrested the leader.", T::Coerce, None),
        ("ar", "سيفرض مجلس الأمن عقوبات على كوريا الشمالية ويطرد دبلوماسييها.", T::Sanction, PLAN),
        ("ar", "لن يعتقل أو يحتجز أحد من المتظاهرين.", T::Coerce, NO),
        ("ru", "Полиция не задерживала или высылала активистов.", T::Coerce, NO),
    ]);
}

#[test]
fn what_an_action_noun_is_about_shares_its_fate() {
    check(&[
        ("ar", "وينوي الاتحاد تنظيم مسيرة في باريس.", T::Protest, PLAN),
        ("ar", "وتعتزم نقابات الصحفيين في أنقرة إقامة اعتصام.", T::Protest, PLAN),
        ("ar", "ونظم الاتحاد مسيرة في باريس.", T::Protest, None),
        ("ru", "Оппозиция планирует проведение митинга в Минске.", T::Protest, PLAN),
        ("en", "The union cancelled the holding of the strike in the port.", T::Protest, NO),
    ]);
}

#[test]
fn reports_may_be_denied_or_false() {
    check(&[
        ("en", "The ministry denied reports that Moscow had bombed the hospital.", T::Assault, NO),
        ("ru", "Полиция опровергла сообщения о том, что армия обстреляла больницу.", T::Assault, NO),
        ("ru", "Слухи о похищении губернатора оказались ложными.", T::Assault, NO),
        ("ar", "لا صحة للأنباء عن قصف روسيا للمستشفى.", T::Assault, NO),
        ("en", "The ministry confirmed reports that Moscow had bombed the hospital.", T::Assault, None),
    ]);
}

#[test]
fn a_determiner_of_denial_tells_of_a_negation_further_up() {
    check(&[
        ("ar", "ولم تشهد المدينة أي اشتباكات مع الجيش.", T::Assault, NO),
        ("ar", "وشهدت المدينة اشتباكات مع الجيش.", T::Assault, None),
        ("ru", "Никаких переговоров с повстанцами министр не вёл.", T::Consult, NO),
        ("en", "Neither the president nor the minister condemned the attack.", T::Accuse, NO),
    ]);
}

#[test]
fn an_expression_is_governed_by_what_stands_above_all_of_it() {
    check(&[("en", "The Azerbaijani military denied opening fire.", T::Assault, NO), ("ar", "وكان من المقرر أن تبدأ محاكمة الرئيس الثلاثاء.", T::Accuse, PLAN)]);
}

#[test]
fn who_says_so_in_passing_is_the_speaker() {
    let coder = Coder::new(Options::default()).expect("the built-in tables are sound");
    for (lang, text, kind, speaker) in [
        ("en", "As the ministry reported, rebels shelled the camp.", T::Assault, "ministry"),
        ("ru", "В Минобороны Украины заявили, что армия обстреляла больницу.", T::Assault, "Минобороны Украины"),
        ("ru", "Как рассказали в пресс-службе полиции, мэра арестовали утром.", T::Coerce, "пресс-службе полиции"),
        ("ar", "قصفت طائرات تركية مواقع كردية، وفق ما أعلنت وزارة الدفاع.", T::Assault, "وزارة الدفاع"),
        ("ar", "اعتقلت الشرطة المحافظ، حسبما أفادت وكالة رويترز.", T::Coerce, "وكالة رويترز"),
    ] {
        let told = records(&coder, lang, text);
        let event = told.iter().find(|r| r.event == [kind]).expect(text);
        assert_eq!(event.speaker.as_ref().map(|s| s.entity_text.as_str()), Some(speaker), "{text}");
    }
}

#[test]
fn a_town_that_is_hit_is_where_it_happens() {
    let coder = Coder::new(Options::default()).expect("the built-in tables are sound");
    for (lang, text, kind, place) in [
        ("en", "Israeli troops raided Jenin.", T::Assault, Some("Jenin")),
        ("ru", "Российские войска обстреляли Одессу.", T::Assault, Some("Odesa")),
        ("ar", "قصفت طائرات إسرائيلية بيروت.", T::Assault, Some("Beirut")),
        ("en", "Moscow accused Washington of spying.", T::Accuse, None),
    ] {
        let told = records(&coder, lang, text);
        let event = told.iter().find(|r| r.event == [kind]).expect(text);
        assert_eq!(event.event_loc.as_ref().and_then(|p| p.resolved_place.as_deref()), place, "{text}");
    }
}
