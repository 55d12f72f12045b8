//! A user's folder of tables: what it adds, what it overrides, and what is said of its mistakes.

#![allow(clippy::unwrap_used, reason = "a test that fails here fails")]

use std::fs;
use std::path::Path;

use marsad::model::{Aux, Document, Record};
use marsad::pipeline::{Coder, Options, Scratch};
use marsad::tables::{Tables, check_folder};
use proptest::prelude::*;
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = home.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    home
}

/// The messages about a folder, without the folder's own path.
fn mistakes(files: &[(&str, &str)]) -> Vec<String> {
    let home = folder(files);
    let errors = check_folder(home.path()).err().map(|e| e.0).unwrap_or_default();
    errors.iter().map(|e| e.to_string().replace(&format!("{}/", home.path().display()), "")).collect()
}

fn coded(lexicon: &Path, text: &str) -> Vec<Record> {
    let coder = Coder::new(Options { lexicon: Some(lexicon.to_owned()), min_score: Some(0.0), ..Options::default() }).unwrap();
    coder.code(&Document { id: "d".to_owned(), text: text.to_owned(), ..Document::default() }, &mut Scratch::default()).records
}

const EVENTS: &str = "lemma\tpos\tframe\tmode\tsense\texample\n";
const PEOPLE: &str = "wikidata\ten\tru\tar\tcountry\toffices\n";

#[test]
fn every_mistake_is_told_with_its_line_and_a_guess() {
    let rows = format!(
        "{EVENTS}blitzkrieg\tv\tsubj>obj\tarial\tR\tThey blitzkrieged it.\nraze\tw\tsubj\tdestroy\tR\tThey razed it.\nraid\tv\tsubj>obj\n\
         \traid\tv\tsubj>obj\t-\tR\tx\nmaul\tv\tsubj>obj\t-\tobjj\tx\n"
    );
    let people = format!(
        "{PEOPLE}Q1x\tAnna Writ\tАнна Pит\t-\tEGP\tGOV minister 2014..2012\nQ2\tB C\t-\t-\tEGY\tGOVT minister 2014..\n\
         Q3\tC D\t-\t-\tEGY\tGOV minister 2000-257..2008-260-259\n"
    );
    let seen = mistakes(&[("events/types/assault/en.tsv", &rows), ("events/types/asault/ru.tsv", EVENTS), ("actors/people.tsv", &people), ("README.txt", "x")]);
    let expected = [
        ("actors/people.tsv:2", "«Pит» mixes alphabets, expected Cyrillic letters only: P is Latin"),
        ("actors/people.tsv:2", "office «GOV minister 2014..2012» ends before it begins"),
        ("actors/people.tsv:3", "sector of an office is GOVT, expected GOV,"),
        ("actors/people.tsv:4", "office is «GOV minister 2000-257..2008-260-259», expected «GOV president 2000-05-07..2008-05-07»"),
        ("events/types/asault/ru.tsv: no table", "did you mean events/types/assault/ru.tsv?"),
        ("events/types/assault/en.tsv:2", "mode of ASSAULT is arial, expected abduct"),
        ("events/types/assault/en.tsv:3", "pos is w, expected v, n or a"),
        ("events/types/assault/en.tsv:3", "frame «subj» has neither > nor +"),
        ("events/types/assault/en.tsv:4", "3 columns, expected 6: lemma, pos, frame, mode, sense, example"),
        ("events/types/assault/en.tsv:5", "7 columns, expected 6"),
        ("events/types/assault/en.tsv:6", "condition is objj, expected A, R"),
    ];
    for (place, message) in expected {
        assert!(seen.iter().any(|m| m.starts_with(place) && m.contains(message)), "{place} {message}\n{}", seen.join("\n"));
    }
    assert!(seen.iter().any(|m| m.contains("did you mean aerial?")) && seen.iter().any(|m| m.contains("did you mean obj?")));
    assert!(seen.iter().all(|m| m.lines().count() == 1));
}

#[test]
fn codes_headers_repetitions_and_encodings_are_checked() {
    let metonyms = "iso3\tsector\ten\tru\tar\nEGP\tGOV\tAbdeen Palace\t-\t-\nEGY\tGOV\tKubbeh Palace\t-\t-\nEGY\tGOV\tKubbeh Palace\t-\t-\n";
    let home = folder(&[("actors/metonyms.tsv", metonyms), ("actors/places.tsv", "kind\tiso3\ten\tar\tru\n"), ("events/types/aid/ar.tsv", "")]);
    fs::write(home.path().join("actors/people.tsv"), b"wikidata\ten\n\xff\xfe\n").unwrap();
    let seen = check_folder(home.path()).unwrap_err().to_string();
    for message in [
        "metonyms.tsv:2: iso3 is EGP, expected an ISO 3166-1 alpha-3 code or UNO, EUR, IGO, NGO, MNC or IMG; did you mean EGY?",
        "metonyms.tsv:4: EGY stands in line 3 already",
        "places.tsv:1: header is «kind iso3 en ar ru», expected «kind iso3 en ru ar» and perhaps «lat lon geonameid», separated by tabs",
        "people.tsv:2: not UTF-8",
    ] {
        assert!(seen.contains(message), "no {message} in\n{seen}");
    }
}

#[test]
fn a_place_has_all_of_its_coordinates_or_none() {
    let head = "kind\tiso3\ten\tru\tar\tlat\tlon\tgeonameid\n";
    let rows = "city\tEGY\tZagrum\t-\t-\t-\t-\t12\ncity\tEGY\tZagrim\t-\t-\t30.5\t-\t13\ncity\tEGY\tZagrem\t-\t-\t-\t-\t-\n";
    let seen = mistakes(&[("actors/places.tsv", &format!("{head}{rows}"))]);
    let expected = [
        "actors/places.tsv:2: geonameid stands without lat and lon, expected all three or none",
        "actors/places.tsv:3: one of lat and lon is empty, expected both or neither",
    ];
    assert_eq!(seen, expected);
}

#[test]
fn a_broken_folder_starts_nothing() {
    let home = folder(&[("actors/metonyms.tsv", "iso3\tsector\ten\tru\tar\nEGY\tGOVV\tAbdeen Palace\t-\t-\n")]);
    let told = check_folder(home.path()).unwrap_err().to_string();
    let error = Coder::new(Options { lexicon: Some(home.path().to_owned()), ..Options::default() }).unwrap_err();
    assert_eq!(error.to_string(), told);
    assert!(check_folder(&home.path().join("nowhere")).unwrap_err().to_string().contains("nowhere: cannot be read"));
}

#[test]
fn a_row_of_ones_own_is_added() {
    let rows = format!("{EVENTS}zorble\tv\tsubj>obj\taerial\tfree\tRussia zorbled Ukraine.\n");
    let people = format!("{PEOPLE}-\tZebulon Quartermain\t-\t-\tEGY\tMIL general 1990..\n");
    let home = folder(&[("events/types/assault/en.tsv", &rows), ("actors/people.tsv", &people)]);
    let records = coded(home.path(), "Zebulon Quartermain zorbled Ukraine on Monday.");
    let record = records.iter().find(|r| r.rule == "assault/en/zorble.v").expect("the row makes a record");
    assert_eq!(record.mode, ["aerial"]);
    assert_eq!(record.actor[0].code.as_deref(), Some("EGY"));
}

#[test]
fn a_row_takes_the_place_of_ours_and_one_with_an_exclamation_mark_takes_it_away() {
    let home = folder(&[("events/types/assault/en.tsv", &format!("{EVENTS}!bombard\tv\t-\t-\t-\t-\n"))]);
    assert!(coded(home.path(), "Russia bombarded Ukraine on Monday.").iter().all(|r| !r.rule.starts_with("assault/en/bombard")));
    let country = "iso3\twikidata\ten\ten_adj\ten_people\tru\tru_adj\tru_people\tar\tar_adj\tar_people\nFRA\tQ142\tGallia\tGallic\tGauls\t-\t-\t-\t-\t-\t-\n";
    let home = folder(&[("actors/countries.tsv", country)]);
    let actors = |text: &str| {
        let records = coded(home.path(), text);
        records.iter().flat_map(|r| r.actor.iter().filter_map(|a| a.code.clone())).collect::<Vec<_>>()
    };
    assert_eq!(actors("Troops of Gallia attacked Ukraine on Monday."), ["FRA"]);
    assert!(!actors("Troops of France attacked Ukraine on Monday.").contains(&"FRA".to_owned()));
}

#[test]
fn built_in_tables_have_no_mistakes_of_this_kind() {
    let tables = Tables::embedded();
    for lang in marsad::text::lang::LANGUAGES {
        marsad::actors::Actors::load(&tables, *lang).unwrap();
        marsad::events::Lexicon::load(&tables, *lang).unwrap();
    }
}

const FACTUALITY: &str = "lemma\tpos\tscope\teffect\texample\n";
const SIZE: &str = "lemma\tpos\tkind\tvalue\n";
const ROLES: &str = "lemma\tkind\tsector\texample\n";

/// One row under a header, and what is said of it; nothing where it is sound.
fn check(path: &str, rows: &str, expected: &str) {
    let header = match path {
        "actors/people.tsv" => PEOPLE,
        "actors/organisations.tsv" => "id\twikidata\tcode\tsector\ten\tru\tar\n",
        "actors/metonyms.tsv" => "iso3\tsector\ten\tru\tar\n",
        "actors/outlets.tsv" => "host\tiso3\n",
        _ if path.starts_with("actors/roles") => ROLES,
        _ if path.contains("/factuality/") => FACTUALITY,
        _ if path.contains("/size/") => SIZE,
        _ => EVENTS,
    };
    let seen = mistakes(&[(path, &format!("{header}{rows}\n"))]);
    if expected.is_empty() {
        assert_eq!(seen, [""; 0], "{rows}");
    } else {
        assert!(seen.len() == 1 && seen[0].starts_with(&format!("{path}:")) && seen[0].contains(expected), "{rows}: {expected}\n{}", seen.join("\n"));
    }
}

#[test]
fn rows_for_the_same_are_told() {
    let twice = "zorple\tv\tsubj>obj\t-\tobj A\tx\nzorple\tv\tsubj>on\taerial\tA obj\ty";
    check("events/types/assault/en.tsv", twice, "zorple stands in line 2 already");
    check("events/factuality/en.tsv", "zorp\tv\tclause\tnegation\tx\nzorp\tv\tclause\tfuture\ty", "zorp stands in line 2 already");
    check("events/size/en.tsv", "zorp\tv\tdead\t-\nzorp\tv\tinjured\t-", "zorp stands in line 2 already");
    // One whom two entities knew, and one who comes in the place of ours.
    check("actors/people.tsv", "-\tAnna Zorp\t-\t-\tEGY\t-\n-\tAnna Zorp\t-\t-\tUNO\t-", "");
    check("actors/people.tsv", "!Q7747\t-\t-\t-\t-\t-\nQ7747\tAnna Zorp\t-\t-\tEGY\t-", "");
}

#[test]
fn rows_that_take_nothing_away_are_told() {
    check("events/types/assault/en.tsv", "!bombrad\tv\t-\t-\t-\t-", "!bombrad takes nothing away, expected the key of a built-in row; did you mean !bombard?");
    check("events/types/assault/en.tsv", "!bombard\tv\t-\t-\t-\t-", "");
    check("actors/people.tsv", "!Chen Binhua\t-\t-\t-\t-\t-", "");
    // Numbers have no spelling that could be meant, and names are sought among no ids.
    let seen = mistakes(&[("actors/people.tsv", &format!("{PEOPLE}!Q774701\t-\t-\t-\t-\t-\n!Chen Binhoa\t-\t-\t-\t-\t-\n"))]);
    assert!(seen.len() == 2 && seen.iter().all(|m| m.ends_with("expected the key of a built-in row")), "{}", seen.join("\n"));
    let many: String = (0..60).map(|n| format!("!bombar{n}\tv\t-\t-\t-\t-\n")).collect();
    let seen = mistakes(&[("events/types/assault/en.tsv", &format!("{EVENTS}{many}"))]);
    assert_eq!((seen.len(), seen.iter().filter(|m| m.ends_with("; did you mean !bombard?")).count()), (60, 50), "{}", seen.join("\n"));
}

#[test]
fn words_that_no_text_can_have_are_told() {
    let assault = "events/types/assault/";
    let row = |lemma: &str, pos: &str| format!("{lemma}\t{pos}\tsubj>obj\t-\t-\t-");
    for (lang, lemma, pos, expected) in [
        ("ar", "القصف", "n", "lemma القصف has the article, expected قصف"),
        ("ar", "التجار", "n", "lemma التجار has the article, expected تجار"),
        ("ar", "أعمال الشغب*", "n", "lemma أعمال الشغب* has the article, expected أعمال شغب*;"),
        ("ar", "التزام", "n", ""),
        ("ar", "التفافي", "a", ""),
        ("ar", "الكتروني", "a", ""),
        ("ar", "الماس", "n", ""),
        ("ar", "الغاء اتفاق", "n", ""),
        ("ar", "الوية", "n", ""),
        ("ar", "التحق", "v", ""),
        ("en", "ZORPLE", "v", "lemma is ZORPLE, expected small letters: zorple"),
        ("en", "Zorple", "v", ""),
        ("en", "zor\u{a0}ple", "v", "column lemma holds U+00A0, expected an ordinary space"),
        ("en", "zor\0ple", "v", "column lemma holds U+0000"),
        ("en", "обстрелять", "v", "lemma is обстрелять, expected Latin letters"),
        ("ru", "bombard", "v", "lemma is bombard, expected Cyrillic letters"),
        ("ru", "ddos-удар", "n", ""),
    ] {
        check(&format!("{assault}{lang}.tsv"), &row(lemma, pos), expected);
    }
    check("events/size/en.tsv", "zorp toll\tn\tdead\t-", "lemma is zorp toll, expected one word");
    check("events/size/en.tsv", "zorp\tn\tdead\t4", "value is 4, expected -: only a number has one");
    check("actors/metonyms.tsv", "EGY\tGOV\tZorp Palace\tقصر\t-", "ru is قصر, expected Cyrillic letters; are two columns swapped?");
    check("actors/people.tsv", "Q99999\t-\t-\t-\tGBR\t-", "no name in en, ru or ar, expected one at least");
    check("actors/organisations.tsv", "-\t-\tNGO\t-\tZorp Aid\t-\t-", "column id is empty");
    check("actors/outlets.tsv", "https://zorp.example/\tGBR", "host is https://zorp.example/, expected the part of an address");
    check("actors/roles/en.tsv", "zorp\tperson\tARMY\tx", "ELI, AGR or ANY");
}

#[test]
fn conditions_frames_and_parts_of_speech_are_read_to_their_end() {
    for pos in ["adv", "noun", "verb", "particle"] {
        check("events/factuality/en.tsv", &format!("zorp\t{pos}\tclause\tnegation\tx"), &format!("pos is {pos}, expected v, n, a or p"));
    }
    let assault = |frame: &str, sense: &str, expected: &str| check("events/types/assault/en.tsv", &format!("zorple\tv\t{frame}\t-\t{sense}\tx"), expected);
    assault("subj>obj", "+w:", "condition is +w:, expected words behind it");
    assault("subj>obj", "obj noobj", "conditions are obj and noobj, expected one of the two");
    assault("subj>ins", "-", "slot of frame «subj>ins» is ins, expected a slot that en has");
    assault("subj>agianst", "-", "slot is agianst, expected a preposition; did you mean against?");
    assault("subj>athwart", "-", "");
    assault("-", "-", "column frame is empty, expected ACTOR>RECIPIENT");
    check("events/types/assault/ru.tsv", "зорпать\tv\tsubj>poss\t-\t-\tx", "slot of frame «subj>poss» is poss, expected a slot that ru has");
    check("events/types/none/en.tsv", "zorp it\tv\tsubj>obj\t-\t-\tx", "frame is subj>obj, expected -: the row is no event");
}

#[test]
fn every_cell_of_a_row_is_told() {
    let seen = mistakes(&[("actors/people.tsv", &format!("{PEOPLE}Q1x\tA Bc\t-\t-\tXXX\tGOO president 2005..2010;GOV x 2009..2008\n"))]);
    for message in ["wikidata is Q1x", "country is XXX", "sector of an office is GOO", "ends before it begins"] {
        assert!(seen.iter().any(|m| m.starts_with("actors/people.tsv:2: ") && m.contains(message)), "{message}\n{}", seen.join("\n"));
    }
    assert_eq!(seen.len(), 4);
}

#[test]
fn a_country_of_ones_own_has_people_and_seats() {
    let countries =
        "iso3\twikidata\ten\ten_adj\ten_people\tru\tru_adj\tru_people\tar\tar_adj\tar_people\nZOR\t-\tZorgonia\tZorgonian\tZorgonian\t-\t-\t-\t-\t-\t-\n";
    let people = format!("{PEOPLE}-\tAnna Zorp\t-\t-\tZOR\tGOV president 1990..\n");
    let home = folder(&[("actors/countries.tsv", countries), ("actors/people.tsv", &people), ("actors/outlets.tsv", "host\tiso3\nzor.example\tZOR\n")]);
    let records = coded(home.path(), "Anna Zorp bombed Ukraine on Monday.");
    assert_eq!(records[0].actor[0].code.as_deref(), Some("ZOR"));
}

#[test]
fn files_that_are_meant_as_tables_are_told() {
    let row = "zorple\tv\tsubj>obj\t-\t-\tx";
    let sound = format!("{EVENTS}{row}\n");
    for name in ["en.tsv.txt", "en.txt"] {
        let seen = mistakes(&[("events/types/assault/ru.tsv", EVENTS), (&format!("events/types/aid/{name}"), &sound)]);
        assert_eq!(seen, [format!("events/types/aid/{name}: no table ends so, expected en.tsv")]);
    }
    let seen = mistakes(&[("events/types/aid/en.tsv", &sound.replace('\n', "\r"))]);
    assert_eq!(seen, ["events/types/aid/en.tsv:1: a line ends with CR alone, expected LF or CR LF"]);
    let home = folder(&[("events/types/aid/en.tsv/x", "")]);
    let seen = check_folder(home.path()).unwrap_err().to_string();
    assert!(seen.ends_with("events/types/aid/en.tsv: is a directory, expected a table"), "{seen}");
}

#[cfg(unix)]
#[test]
fn pipes_in_a_folder_are_told_at_once() {
    for path in ["actors/people.tsv", "geonames/cities.txt"] {
        let home = folder(&[(path, "")]);
        let file = home.path().join(path);
        fs::remove_file(&file).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&file).status().unwrap().success());
        let seen = check_folder(home.path()).unwrap_err().to_string();
        assert!(seen.lines().count() == 1 && seen.contains(path) && seen.contains("is a named pipe") && seen.contains("expected a table"), "{seen}");
    }
}

/// Code, name and office of the first actor.
fn actor(people: &str, text: &str) -> Option<(String, Option<String>, Option<String>)> {
    let home = folder(&[("actors/people.tsv", &format!("{PEOPLE}{people}\n"))]);
    let records = coded(home.path(), text);
    let entity = records.iter().find_map(|r| r.actor.first())?;
    Some((entity.code.clone()?, entity.name.clone(), entity.office.clone()))
}

#[test]
fn a_users_person_adds_to_ours() {
    let who = |code: &str, name: &str, office: &str| Some((code.to_owned(), Some(name.to_owned()), Some(office.to_owned())));
    let short = "Putin bombed Ukraine on Monday.";
    assert_eq!(actor("Q7747\tWladimir Putin\t-\t-\tRUS\tGOV Q900102 2012-05-07..", short), who("RUS", "Wladimir Putin", "president"));
    assert_eq!(actor("Q7747\t-\tВладимир Путин\t-\tBLR\t-", short), who("BLR", "Vladimir Putin", "president"));
    let taken = actor("!Q7747\t-\t-\t-\t-\t-\nQ7747\tWladimir Putin\t-\t-\tBLR\tGOV king 1990..", "Wladimir Putin bombed Ukraine on Monday.");
    assert_eq!(taken, who("BLR", "Wladimir Putin", "king"));
    let gone = actor("!Q7747\t-\t-\t-\t-\t-\nQ7747\tWladimir Putin\t-\t-\tBLR\tGOV king 1990..", short);
    assert!(gone.is_none_or(|(_, name, _)| name.is_none()));
}

#[test]
fn a_person_of_ours_without_id_is_known_by_name_and_country() {
    let text = "Chen Binhua bombed Ukraine on Monday.";
    let office = |people: &str| actor(people, text).and_then(|(code, _, office)| Some((code, office?)));
    let ours = Some(("CHN".to_owned(), "Taiwan Affairs Office spokesman".to_owned()));
    assert_eq!(office("Q900001\tChen Binhua;Binhua Chen\t-\t-\tCHN\tGOV Q900002 2023-01-10.."), ours);
    assert_eq!(office("Q900001\tChen Binhua\t-\t-\tMYS\tGOV mayor 2020.."), Some(("MYS".to_owned(), "mayor".to_owned())));
    assert_eq!(office("!Chen Binhua\t-\t-\t-\t-\t-"), None);
}

#[test]
fn a_person_with_two_homes_is_ours_at_home() {
    let abroad = "-\tSékouba Konaté\t-\t-\tFRA\t-";
    let home = "-\tSékouba Konaté\t-\t-\tGIN\t-";
    for rows in [format!("{abroad}\n{home}"), format!("{home}\n{abroad}")] {
        let home = folder(&[("actors/people.tsv", &format!("{PEOPLE}{rows}\n"))]);
        let coder = Coder::new(Options { lexicon: Some(home.path().to_owned()), min_score: Some(0.0), ..Options::default() }).unwrap();
        let text = "Sékouba Konaté criticised Israel on Monday.".to_owned();
        let document = Document { id: "d".to_owned(), text, date: Some(jiff::civil::date(2010, 5, 4)), ..Document::default() };
        let records = coder.code(&document, &mut Scratch::default()).records;
        let actor = &records[0].actor[0];
        assert_eq!((actor.code.as_deref(), actor.office.as_deref()), (Some("GIN"), Some("interim president")));
    }
}

#[test]
fn who_served_two_has_the_offices_of_each() {
    let imported = "Q311440\tAntónio Guterres\t-\t-\tPRT\tGOV Secretary-General of the United Nations 2017-01-01..";
    let home = folder(&[("actors/people.tsv", &format!("{PEOPLE}{imported}\n"))]);
    let coder = Coder::new(Options { lexicon: Some(home.path().to_owned()), min_score: Some(0.0), ..Options::default() }).unwrap();
    let text = "António Guterres criticised Israel on Monday.".to_owned();
    let document = Document { id: "d".to_owned(), text, date: Some(jiff::civil::date(2020, 5, 4)), ..Document::default() };
    let records = coder.code(&document, &mut Scratch::default()).records;
    assert_eq!(records[0].actor[0].code.as_deref(), Some("UNO"));
}

const PATHS: &[&str] = &["events/types/aid/ar.tsv", "events/factuality/ru.tsv", "actors/people.tsv", "actors/places.tsv", "actors/roles/en.tsv"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_table_or_told_line_by_line(path in prop::sample::select(PATHS), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let home = folder(&[]);
        let file = home.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        if let Err(errors) = check_folder(home.path()) {
            for error in errors.0 {
                prop_assert_eq!(error.to_string().lines().count(), 1);
            }
        }
    }

    #[test]
    fn any_cells_are_a_row_or_told(path in prop::sample::select(PATHS), cells in prop::collection::vec("[^\t\n\r]{0,12}", 1..8)) {
        let headers = [EVENTS, "lemma\tpos\tscope\teffect\texample\n", PEOPLE, "kind\tiso3\ten\tru\tar\n", "lemma\tkind\tsector\texample\n"];
        let header = headers[PATHS.iter().position(|p| *p == path).unwrap()];
        let home = folder(&[(path, &format!("{header}{}\n", cells.join("\t")))]);
        if let Err(errors) = check_folder(home.path()) {
            for error in errors.0 {
                prop_assert_eq!(error.to_string().lines().count(), 1);
            }
        }
    }
}

#[test]
fn a_users_row_of_factuality_is_the_last_word() {
    let head = "lemma\tpos\tscope\teffect\texample\n";
    let cases =
        [("en", "mayhap", "Mayhap the army bombed the town."), ("ru", "поди", "Армия, поди, бомбила город."), ("ar", "مزاحا", "قصف الجيش مزاحا المدينة.")];
    for (lang, word, text) in cases {
        let aux = |rows: &str| {
            let home = folder(&[(&format!("events/factuality/{lang}.tsv"), &format!("{head}{rows}"))]);
            let records = coded(home.path(), text);
            records.iter().max_by(|a, b| a.score.total_cmp(&b.score)).map(|r| r.aux)
        };
        assert_eq!(aux(""), Some(None), "{text}");
        assert_eq!(aux(&format!("{word}\tp\tself\thypothetical\t{text}\n")), Some(Some(Aux::Hypothetical)), "{text}");
    }
}
