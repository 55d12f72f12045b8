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
        ("events/types/asault/ru.tsv:0", "did you mean events/types/assault/ru.tsv?"),
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
    assert!(check_folder(&home.path().join("nowhere")).unwrap_err().to_string().contains("nowhere:0: cannot be read"));
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
