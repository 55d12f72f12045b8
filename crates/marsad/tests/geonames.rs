//! Places of a user's GeoNames file: found in texts, with coordinates, and mistakes told by line.

#![allow(clippy::unwrap_used, reason = "a test that fails here fails")]

use std::fs;

use marsad::model::{Document, Place};
use marsad::pipeline::{Coder, Options, Scratch};
use marsad::source::{Input, geonames::spots};
use marsad::tables::check_folder;
use proptest::prelude::*;

fn line(id: u32, name: &str, other: &str, lat: &str, kind: &str, country: &str, population: &str) -> String {
    format!("{id}\t{name}\t{name}\t{other}\t{lat}\t31.5\tP\t{kind}\t{country}\t\t11\t\t\t\t{population}\t\t23\tAfrica/Cairo\t2024-01-01\n")
}

fn places(options: Options, text: &str) -> Vec<Place> {
    let coder = Coder::new(Options { min_score: Some(0.0), ..options }).unwrap();
    let lang = if text.contains('о') {
        "ru"
    } else if text.contains('ا') {
        "ar"
    } else {
        "en"
    };
    let document = Document { id: "d".to_owned(), text: text.to_owned(), lang: Some(lang.to_owned()), ..Document::default() };
    coder.code(&document, &mut Scratch::default()).records.into_iter().filter_map(|r| r.event_loc).collect()
}

#[test]
fn built_in_cities_have_coordinates() {
    let place = &places(Options::default(), "Police arrested four protesters in Aleppo on Monday.")[0];
    assert_eq!((place.resolved_place.as_deref(), place.country_code.as_deref(), place.geonameid), (Some("Aleppo"), Some("SYR"), Some(170_063)));
    assert!((place.lat.unwrap() - 36.2).abs() < 0.1 && (place.lon.unwrap() - 37.1).abs() < 0.1);
}

#[test]
fn a_users_places_are_found_in_all_languages() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("cities15000.txt");
    fs::write(&file, line(7_000_001, "Zefrabad", "Зефрабад,زفراباد,زفراباد پ", "29.5", "PPL", "EG", "50000")).unwrap();
    for text in [
        "Police arrested four protesters in Zefrabad on Monday.",
        "В Зефрабаде полиция задержала четырёх демонстрантов.",
        "اعتقلت الشرطة أربعة متظاهرين في زفراباد.",
    ] {
        let found = places(Options { geonames: Some(file.clone()), ..Options::default() }, text);
        assert!(found.iter().any(|p| p.geonameid == Some(7_000_001) && p.country_code.as_deref() == Some("EGY") && p.lat == Some(29.5)), "{text} {found:?}");
    }
    // The same in a folder of tables.
    fs::create_dir_all(home.path().join("own/geonames")).unwrap();
    fs::rename(&file, home.path().join("own/geonames/cities15000.txt")).unwrap();
    let found = places(Options { lexicon: Some(home.path().join("own")), ..Options::default() }, "Police arrested four protesters in Zefrabad on Monday.");
    assert_eq!(found[0].geonameid, Some(7_000_001));
}

#[test]
fn small_places_lend_coordinates_only_to_known_names() {
    let text = line(1, "Hamletton", "", "29.5", "PPL", "EG", "300") + &line(2, "Rafah", "", "31.28", "PPL", "EG", "300");
    let known = [("rafah".to_owned(), marsad::model::Code::new("EGY").unwrap())].into_iter().collect();
    let read = spots(&Input::bytes("x", text), &known);
    assert_eq!(read.spots.iter().map(|s| (s.id, s.named)).collect::<Vec<_>>(), [(2, false)]);
}

#[test]
fn mistakes_are_told_by_line() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("geonames")).unwrap();
    let text = line(1, "A", "", "95", "PPL", "EG", "50000") + "one\ttwo\n" + &line(2, "B", "", "29.5", "PPL", "EG", "many");
    fs::write(home.path().join("geonames/cities.txt"), text).unwrap();
    let seen = check_folder(home.path()).unwrap_err().to_string();
    for message in [
        "cities.txt:1: expected degrees from -90 to 90 in column latitude, found 95",
        "cities.txt:2: expected 19 columns separated by tabs, found 2 columns",
        "cities.txt:3: expected a number in column population, found many",
    ] {
        assert!(seen.contains(message), "{message}\n{seen}");
    }
    let many = spots(&Input::bytes("x", "bad line\n".repeat(100)), &Default::default());
    assert_eq!(many.mistakes.len(), 21);
    assert!(many.mistakes[20].to_string().contains("80 more"), "{}", many.mistakes[20]);
}

proptest! {
    #[test]
    fn any_bytes_are_places_or_told_in_one_line_each(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for mistake in spots(&Input::bytes("x", bytes), &Default::default()).mistakes {
            prop_assert_eq!(mistake.to_string().lines().count(), 1);
        }
    }

    #[test]
    fn any_cells_are_a_place_or_told(cells in prop::collection::vec("[^\t\n\r]{0,6}", 19)) {
        let read = spots(&Input::bytes("x", format!("x{}\n", cells.join("\t"))), &Default::default());
        prop_assert!(read.spots.len() + read.mistakes.len() <= 1);
    }
}
