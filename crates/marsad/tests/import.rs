//! What Wikidata and the dictionaries of PETRARCH become, and what is said of the rest.

#![allow(clippy::unwrap_used, reason = "a test that fails here fails")]

use std::fs;
use std::io::Write;

use marsad::import::petrarch::{self, Dictionary};
use marsad::import::wikidata::{self, Classes, Wanted};
use marsad::import::{Folder, Outcome};
use marsad::source::Input;
use marsad::tables::check_folder;
use proptest::prelude::*;
use tempfile::TempDir;

fn dump(input: &Input, wanted: &Wanted) -> (TempDir, Outcome) {
    let home = tempfile::tempdir().unwrap();
    let outcome = wikidata::import(input, &Classes::embedded(), wanted, Folder::new(home.path(), "from a test"), &mut |_| true).unwrap();
    (home, outcome)
}

fn dictionary(what: Dictionary, text: &str) -> (TempDir, Outcome) {
    let home = tempfile::tempdir().unwrap();
    let outcome = petrarch::import(&Input::bytes("x.txt", text), Some(what), Folder::new(home.path(), "from a test"), &mut |_| true).unwrap();
    (home, outcome)
}

/// The rows of a table that was written, and that it is sound.
fn rows(home: &TempDir, path: &str) -> Vec<String> {
    if let Err(errors) = check_folder(home.path()) {
        panic!("{errors}");
    }
    lines(home, path)
}

/// The rows of a table.
fn lines(home: &TempDir, path: &str) -> Vec<String> {
    let text = fs::read_to_string(home.path().join(path)).unwrap_or_default();
    text.lines().filter(|l| !l.starts_with('#')).skip(1).map(str::to_owned).collect()
}

fn item(id: &str, labels: &str, aliases: &str, claims: &str) -> String {
    format!(
        r#"{{"type":"item","id":"{id}","labels":{labels},"descriptions":[],"aliases":{aliases},"claims":{claims},"sitelinks":{{"enwiki":{{"title":"x"}}}}}}"#
    )
}

fn points(property: &str, ids: &[&str]) -> String {
    let one = |id: &&str| {
        format!(
            r#"{{"mainsnak":{{"snaktype":"value","property":"{property}","datavalue":{{"value":{{"entity-type":"item","id":"{id}"}},"type":"wikibase-entityid"}}}},"type":"statement","rank":"normal"}}"#
        )
    };
    format!("\"{property}\":[{}]", ids.iter().map(one).collect::<Vec<_>>().join(","))
}

fn held(id: &str, from: &str, to: &str) -> String {
    let time = |t: &str| format!(r#"[{{"snaktype":"value","datavalue":{{"value":{{"time":"+{t}T00:00:00Z","precision":11}},"type":"time"}}}}]"#);
    format!(
        r#""P39":[{{"mainsnak":{{"snaktype":"value","datavalue":{{"value":{{"id":"{id}"}}}}}},"qualifiers":{{"P580":{},"P582":{}}},"rank":"normal"}}]"#,
        time(from),
        time(to)
    )
}

fn entities() -> Vec<String> {
    vec![
        item(
            "Q900001",
            r#"{"en":{"value":"Ivan Testov"},"ru":{"value":"Тестов, Иван Петрович"},"ar":{"value":"إيفان تستوف"}}"#,
            r#"{"en":[{"value":"Ivan P. Testov"},{"value":"Vanya"},{"value":"Иван"}]}"#,
            &format!(
                "{{{},{},{},{}}}",
                points("P31", &["Q5"]),
                points("P27", &["Q15180", "Q159"]),
                points("P106", &["Q82955"]),
                held("Q900002", "2012-05-21", "2018-05-07")
            ),
        ),
        item("Q900002", r#"{"en":{"value":"Minister of Energy of Testland"}}"#, "[]", &format!("{{{}}}", points("P31", &["Q294414"]))),
        item(
            "Q900003",
            r#"{"en":{"value":"Test Workers Party"},"ar":{"value":"حزب عمال الاختبار"}}"#,
            r#"{"en":[{"value":"TWP"},{"value":"Workers"}]}"#,
            &format!("{{{},{}}}", points("P31", &["Q7278"]), points("P17", &["Q79"])),
        ),
        item(
            "Q900004",
            r#"{"en":{"value":"Testabad"},"ru":{"value":"Тестабад"}}"#,
            "[]",
            &format!(
                "{{{},{},{},{}}}",
                points("P31", &["Q515"]),
                points("P17", &["Q794"]),
                r#""P625":[{"mainsnak":{"datavalue":{"value":{"latitude":35.5,"longitude":51.25,"globe":"http://www.wikidata.org/entity/Q2"}}},"rank":"normal"}]"#,
                r#""P1566":[{"mainsnak":{"datavalue":{"value":"112931"}},"rank":"normal"}]"#
            ),
        ),
        item("Q900005", r#"{"en":{"value":"Stateless Person"}}"#, "[]", &format!("{{{},{}}}", points("P31", &["Q5"]), points("P106", &["Q1930187"]))),
    ]
}

#[test]
fn a_dump_becomes_people_organisations_and_places() {
    let lines = format!("[\n{}\n]\n", entities().join(",\n"));
    let (home, outcome) = dump(&Input::bytes("dump.json", lines), &Wanted::default());
    assert!(outcome.broken.is_none());
    assert_eq!(
        rows(&home, "actors/people.tsv"),
        [
            "Q900001\tIvan Testov;Ivan P. Testov\tИван Тестов;Иван Петрович Тестов\tإيفان تستوف\tRUS\tPTY politician ..;GOV Minister of Energy of Testland 2012-05-21..2018-05-07"
        ]
    );
    assert_eq!(rows(&home, "actors/organisations.tsv"), ["q900003\tQ900003\tEGY\tPTY\tTest Workers Party;TWP;Workers!\t-\tحزب عمال الاختبار"]);
    assert_eq!(rows(&home, "actors/places.tsv"), ["city\tIRN\tTestabad\tТестабад\t-\t35.50000\t51.25000\t112931"]);
    let report = fs::read_to_string(home.path().join("left-out.txt")).unwrap();
    assert_eq!(report, "dump.json:6\tQ900005 Stateless Person\tperson without citizenship\n");
}

#[test]
fn every_layout_of_a_dump_is_read() {
    let all = entities();
    let pretty = all.iter().map(|e| e.replace(r#","labels""#, ",\n  \"labels\"")).collect::<Vec<_>>().join(",\n");
    for text in [all.join("\n"), format!("[{}]", all.join(",")), format!("[{pretty}]"), format!("{{\"entities\":{{\"Q900001\":{}}}}}", all[0])] {
        let (home, outcome) = dump(&Input::bytes("d", text), &Wanted::default());
        assert!(outcome.broken.is_none(), "{:?}", outcome.broken);
        assert_eq!(rows(&home, "actors/people.tsv").len(), 1);
    }
}

#[test]
fn a_cut_dump_keeps_what_was_read_and_says_where() {
    let whole = format!("[\n{}\n]\n", entities().join(",\n"));
    let cut = &whole[..whole.find("Testabad").unwrap()];
    let (home, outcome) = dump(&Input::bytes("dump.json", cut), &Wanted::default());
    assert_eq!(rows(&home, "actors/organisations.tsv").len(), 1);
    assert_eq!(outcome.broken.unwrap().to_string(), "dump.json, line 5: expected a whole dump, found an end inside an entity");
    let (_, outcome) = dump(&Input::bytes("dump.json", whole.trim_end().trim_end_matches(']')), &Wanted::default());
    assert!(outcome.broken.unwrap().to_string().contains("line 6: expected a whole dump, found an end before the bracket"));

    // Noise, so that a cut stream holds whole entities before its end.
    let many: String = (0..400).map(|n| format!("{},\n", entities()[0].replace("Q900001", &format!("Q{}", 1_000_003 * (n + 7) % 99_999_989)))).collect();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(format!("[\n{many}").as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let (home, outcome) = dump(&Input::bytes("dump.json.gz", &packed[..packed.len() * 2 / 3]), &Wanted::default());
    let kept = rows(&home, "actors/people.tsv").len();
    assert!(kept > 20 && kept < 400, "{kept}");
    let broken = outcome.broken.unwrap().to_string();
    assert!(broken.starts_with("dump.json.gz, line ") && broken.lines().count() == 1, "{broken}");
}

#[test]
fn what_is_wanted_can_be_said() {
    let lines = entities().join("\n");
    let (home, _) = dump(&Input::bytes("d", lines.clone()), &Wanted { countries: vec!["EGY".to_owned()], ..Wanted::default() });
    assert!(rows(&home, "actors/people.tsv").is_empty() && rows(&home, "actors/organisations.tsv").len() == 1);
    let (home, _) = dump(&Input::bytes("d", lines.clone()), &Wanted { kinds: vec!["place".to_owned()], ..Wanted::default() });
    assert!(rows(&home, "actors/organisations.tsv").is_empty() && rows(&home, "actors/places.tsv").len() == 1);
    let (_, outcome) = dump(&Input::bytes("d", lines), &Wanted { sitelinks: 2, ..Wanted::default() });
    assert!(outcome.imported.rows.is_empty());
}

#[test]
fn an_import_adds_to_tables_that_are_there() {
    let home = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let input = Input::bytes("d", entities().join("\n"));
        wikidata::import(&input, &Classes::embedded(), &Wanted::default(), Folder::new(home.path(), "from a test"), &mut |_| true).unwrap();
    }
    assert_eq!(rows(&home, "actors/people.tsv").len(), 1);
    fs::write(home.path().join("actors/people.tsv"), "name\tcountry\n").unwrap();
    let input = Input::bytes("d", entities().join("\n"));
    let error = wikidata::import(&input, &Classes::embedded(), &Wanted::default(), Folder::new(home.path(), "x"), &mut |_| true).unwrap_err();
    assert!(error.to_string().contains("people.tsv:1: header"), "{error}");
}

#[test]
fn actors_with_dates_are_people_and_others_bodies() {
    let text = "# actors\nZEDLAND_NATIONAL_GUARD_ ; a body\n+ZNG\n\t[AFGMIL]\nJOHN_Q._TESTER_  # somebody\n+TESTER_THE_ELDER_\n\t[USAELI 450101-610120]\n\
        \t[USAGOV 19610120-690120]\n\t[USAELI >690120]\n\t[USAGOV 99-]\nTEST_RELIEF_AGENCY_ [IGOUNOREFHLH]\nFARAWAY_VALE [AFG]\nNOWHERE_ [ZZZGOV]\nFRANCE_ [FRA]\n";
    let (home, outcome) = dictionary(Dictionary::Actors, text);
    assert_eq!(rows(&home, "actors/metonyms.tsv"), ["AFG\tMIL\tZedland National Guard;ZNG\t-\t-"]);
    assert_eq!(
        rows(&home, "actors/people.tsv"),
        [
            "-\tJohn Q. Tester;Tester the Elder\t-\t-\tUSA\tELI public figure 1945-01-01..1961-01-20;GOV official 1961-01-20..1969-01-20;ELI public figure 1969-01-20.."
        ]
    );
    assert_eq!(rows(&home, "actors/organisations.tsv"), ["uno_test_relief_agency\t-\tUNO\tREF\tTest Relief Agency\t-\t-"]);
    assert_eq!(rows(&home, "actors/places.tsv"), ["region\tAFG\tFaraway Vale\t-\t-\t-\t-\t-"]);
    let (left, unlisted) = (outcome.imported.left, outcome.imported.unlisted);
    assert_eq!(unlisted.get("known to the built-in tables already"), Some(&1), "{unlisted:?}");
    assert_eq!(left.get("part ZZZ of a code has no counterpart"), Some(&1));
    assert_eq!(left.get("code without a country or organisation that marsad has"), Some(&1));
    assert!(left.keys().any(|k| k.starts_with("date that cannot be read")));
    assert!(fs::read_to_string(home.path().join("left-out.txt")).unwrap().contains("x.txt:10\tJOHN_Q._TESTER_ [USAGOV 99-]\tdate"));
}

#[test]
fn agents_are_roles() {
    let text = "!PERSON! = MAN, MEN, WOMAN, WOMEN, PERSON\nZEPPELIN!PERSON! [~MIL]\nMINISTRY_OF_ZEPPELINS {} [~GOVMIL]\nZEPPELIN_NURSE [~HLH]\nHERALDS_GUILD [~MED]\nDRUID [~PAG]\nPOLICE {} [~COP]\nbroken\n\
        !PERSON!!PERSON!!PERSON!!PERSON!!PERSON!!PERSON! [~MIL]\nSKY!UNHEARD!GUARD [~MIL]\n";
    let (home, outcome) = dictionary(Dictionary::Agents, text);
    let expected = [
        "zeppelinman\tperson\tMIL\t-",
        "zeppelinwoman\tperson\tMIL\t-",
        "zeppelinperson\tperson\tMIL\t-",
        "ministry of zeppelins\tbody\tGOV\t-",
        "zeppelin nurse*\tperson\tMED\t-",
        "heralds guild*\tperson\tJRN\t-",
        "sky unheard guard*\tperson\tMIL\t-",
    ];
    assert_eq!(rows(&home, "actors/roles/en.tsv"), expected);
    let left = outcome.imported.left;
    assert_eq!(left.get("part PAG of a code has no counterpart"), Some(&1), "{left:?}");
    assert_eq!(outcome.imported.unlisted.get("known to the built-in tables already"), Some(&1));
    assert_eq!(left.get("no agent: expected PHRASE {plural} [~CODE]"), Some(&1));
    assert_eq!(left.get("more than 400 combinations of its sets of words"), Some(&1));
}

#[test]
fn verbs_and_patterns_are_rows() {
    let text = "&WEAPON\n+ROCKET\n+CAR_BOMB\n\n--- FROBNICATE [190] ---\nFROBNICATE {FROBNICATES FROBNICATED}\nGRONK [111]\n+BLAST_AWAY {}\n\
        - * &WEAPON [194]  # FROBNICATE\n- * WITH + [190:190]\n- * (AT {NEW SANCTIONS}) [1312]\n- * CANCER [---] # GRONK\n- VOW TO * [138]\n- * &UNKNOWN [190]\n\
        - * COMMENTS [012]\n- BLASTED * { NAVY | ARMY } [190]\n- ROCKET* * [190]\n";
    let (home, outcome) = dictionary(Dictionary::Verbs, text);
    let assault = rows(&home, "events/types/assault/en.tsv");
    for row in [
        "frobnicate\tv\tsubj>obj|against|on\t-\tA/R\t-\t-",
        "blast away\tv\tsubj>obj|against|on\t-\tA/R\t-\t-",
        "frobnicate\tv\tsubj>obj|against|on\theavy-weapons\tA/R +w:rocket,car_bomb\t-\t-",
        "gronk\tv\tsubj+with|obj\t-\tA/R +w:with\t-\t-",
    ] {
        assert!(assault.contains(&row.to_owned()), "{row}\n{}", assault.join("\n"));
    }
    assert_eq!(rows(&home, "events/types/accuse/en.tsv"), ["gronk\tv\tsubj>obj|of\tdisapprove\tA/R\t-\t-"]);
    assert!(rows(&home, "events/types/threaten/en.tsv").contains(&"gronk\tv\tsubj>obj|against\trestrict\tA/R +w:new_sanctions\t-\t-".to_owned()));
    assert_eq!(rows(&home, "events/types/none/en.tsv"), ["gronk\tv\t-\t-\t+w:cancer\t-\t-"]);
    let left = outcome.imported.left;
    for reason in
        ["words before the verb that govern it", "a set of words that is not defined", "a choice of words in the pattern", "a star that is no word of its own"]
    {
        assert_eq!(left.get(reason), Some(&1), "{reason} {left:?}");
    }
    assert_eq!(left.get("a CAMEO code that PLOVER has no type for (comments 01, appeals 02)"), Some(&1));
}

/// A person who held a position, with the qualifiers of the statement and further claims.
fn in_office(qualifiers: &str, claims: &str) -> String {
    let position = format!(r#""P39":[{{"mainsnak":{{"datavalue":{{"value":{{"id":"Q900002"}}}}}},"qualifiers":{{{qualifiers}}}}}]"#);
    item("Q900001", r#"{"en":{"value":"Ivan Testov"}}"#, "[]", &format!("{{{},{},{position}{claims}}}", points("P31", &["Q5"]), points("P27", &["Q159"])))
}

fn time(property: &str, time: &str, precision: u8) -> String {
    format!(r#""{property}":[{{"snaktype":"value","datavalue":{{"value":{{"time":"{time}T00:00:00Z","precision":{precision}}}}}}}]"#)
}

#[test]
fn an_end_that_nobody_tells_is_an_end() {
    let none = |property: &str, kind: &str| format!(r#""{property}":[{{"snaktype":"{kind}"}}]"#);
    let began = time("P580", "+2020-01-01", 11);
    let check = |qualifiers: &[&str], claims: &str, expected: &str, doubt: &str| {
        let (home, outcome) = dump(&Input::bytes("d", in_office(&qualifiers.join(","), claims)), &Wanted::default());
        assert_eq!(lines(&home, "actors/people.tsv"), [format!("Q900001\tIvan Testov\t-\t-\tRUS\tGOV Q900002 {expected}")]);
        let left: Vec<&String> = outcome.imported.left.keys().collect();
        assert!(if doubt.is_empty() { left.is_empty() } else { left.len() == 1 && left[0].starts_with(doubt) }, "{left:?}");
    };
    check(&[&began], "", "2020-01-01..", "");
    check(&[&began, &none("P582", "somevalue")], "", "2020-01-01..?", "");
    check(&[&began, &none("P582", "novalue")], "", "2020-01-01..", "");
    check(&[&none("P580", "somevalue"), &time("P582", "+2021-00-00", 9)], "", "..2021", "");
    check(&[&none("P580", "novalue")], "", "..", "");
    check(&[&none("P580", "somevalue")], "", "..", "a term whose beginning is unknown or too vague");
    check(&[&began, &time("P582", "+2010-01-01", 11)], "", "2020-01-01..?", "a term that ends before it begins");
    check(&[&began, &time("P582", "+2100-00-00", 7)], "", "2020-01-01..?", "");
    check(&[&time("P580", "-1300-01-01", 11), &time("P582", "-1250-01-01", 11)], "", "..?", "a term before our era");
    check(&[&time("P580", "-1300-01-01", 11)], "", "..?", "a term before our era");
    let died = |snak: &str| format!(r#","P570":[{{"mainsnak":{snak}}}]"#);
    let day = r#"{"snaktype":"value","datavalue":{"value":{"time":"+2022-03-04T00:00:00Z","precision":11}}}"#;
    check(&[&began], &died(day), "2020-01-01..2022-03-04", "");
    check(&[&began], &died(r#"{"snaktype":"somevalue"}"#), "2020-01-01..?", "");
    check(&[&began], &died(r#"{"snaktype":"novalue"}"#), "2020-01-01..", "");
    let (home, _) = dump(&Input::bytes("d", in_office(&none("P582", "somevalue"), "")), &Wanted::default());
    assert_eq!(rows(&home, "actors/people.tsv"), ["Q900001\tIvan Testov\t-\t-\tRUS\tGOV Q900002 ..?"]);
}

#[test]
fn whose_offices_are_known_is_no_politician_after_them() {
    let person = |id: &str, name: &str| {
        let claims = [points("P31", &["Q5"]), points("P27", &["Q159"]), points("P106", &["Q82955"])].join(",");
        item(id, &format!(r#"{{"en":{{"value":"{name}"}}}}"#), "[]", &format!("{{{claims}}}"))
    };
    let (home, outcome) = dump(&Input::bytes("d", [person("Q7747", "Vladimir Putin"), person("Q900001", "Ivan Testov")].join("\n")), &Wanted::default());
    assert_eq!(rows(&home, "actors/people.tsv"), ["Q7747\tVladimir Putin\t-\t-\tRUS\t-", "Q900001\tIvan Testov\t-\t-\tRUS\tPTY politician .."]);
    let left = "occupation of a person whose offices the built-in tables have";
    assert_eq!(outcome.imported.unlisted.get(left), Some(&1));
    // One of the same name and country with another id is another.
    let (home, _) = dump(&Input::bytes("d", person("Q900001", "Vladimir Putin")), &Wanted::default());
    assert_eq!(rows(&home, "actors/people.tsv"), ["Q900001\tVladimir Putin\t-\t-\tRUS\tPTY politician .."]);
}

#[test]
fn a_report_stays_until_another_is_whole() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("left-out.txt");
    let report = || fs::read_to_string(&path).unwrap();
    fs::write(&path, "of the last import\n").unwrap();
    let mut broken = Folder::new(home.path(), "from a test");
    broken.leave("x:1", "ZORP", "no reason").unwrap();
    drop(broken);
    assert_eq!(report(), "of the last import\n");
    let mut whole = Folder::new(home.path(), "from a test");
    whole.leave("x:1", "ZORP", "no reason").unwrap();
    whole.finish(&|_| None).unwrap();
    assert_eq!(report(), "x:1\tZORP\tno reason\n");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
}

#[test]
fn entries_add_up_and_every_line_is_counted() {
    let check = |home: &TempDir, outcome: &Outcome, [whole, part, out]: [u64; 3]| {
        let entries = outcome.imported.entries;
        assert_eq!([entries.whole, entries.part, entries.out], [whole, part, out], "{:?}", outcome.imported);
        let lines = fs::read_to_string(home.path().join("left-out.txt")).unwrap_or_default().lines().count() as u64;
        assert_eq!(lines, outcome.imported.left.values().sum::<u64>());
    };
    let verbs =
        "&WEAPON\n+GUN\n\n--- ZORPLE [190] ---\nZORPLE {ZORPLES ZORPLED}\nHAMZORP {HAMZURP}\n- * &WEAPON [194]\n- * COMMENTS [012]\n- * FIRE|SHOTS [190]\n";
    let (home, outcome) = dictionary(Dictionary::Verbs, verbs);
    check(&home, &outcome, [2, 1, 2]);
    assert_eq!(outcome.imported.left.get("forms of a verb that marsad does not make"), Some(&1));
    assert!(fs::read_to_string(home.path().join("left-out.txt")).unwrap().contains("HAMZORP {HAMZURP} (hamzurp)"));
    let actors = "ZORP_FRONT_ [AFGREB]\nZORP_CHURCH_ [AFGCTH]\nFRANCE_ [FRA]\nZORP_MAN_ [AFGGOV 180101-150101]\nNOBODY_\n";
    let (home, outcome) = dictionary(Dictionary::Actors, actors);
    check(&home, &outcome, [1, 1, 3]);
    assert_eq!(outcome.imported.left.get("a term that ends before it begins"), Some(&1));
    let (home, outcome) = dictionary(Dictionary::Agents, "ZORPSTER {ZORPSTERS} [~MIL]\nZORPUS {ZORPI} [~CVL]\nDRUID [~PAG]\nPOLICE {} [~COP]\n");
    check(&home, &outcome, [1, 1, 2]);
    let (home, outcome) = dump(&Input::bytes("d", entities().join("\n")), &Wanted::default());
    check(&home, &outcome, [3, 0, 1]);
}

#[test]
fn every_code_of_a_line_counts_and_who_served_two_passes() {
    let text = "ZORAN_TESTIC_ [SRBGOV <20110211][UNO 20110212-20200101][SRBGOV >20200102]\nZORP_UNION_ [KEN/EGY]\n";
    let home = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        petrarch::import(&Input::bytes("x.txt", text), Some(Dictionary::Actors), Folder::new(home.path(), "from a test"), &mut |_| true).unwrap();
    }
    let expected = ["-\tZoran Testic\t-\t-\tSRB\tGOV official ..2011-02-11;GOV official 2020-01-02..", "-\tZoran Testic\t-\t-\tUNO\t-"];
    assert_eq!(rows(&home, "actors/people.tsv"), expected);
    assert!(fs::read_to_string(home.path().join("left-out.txt")).unwrap().contains("part EGY of a code"));
}

#[test]
fn phrases_of_sets_are_conditions_that_can_hold() {
    let text = "&GAS\n+MORTAR_ROUND\n+CLOUD_OF_GAS_\n+OF\n+THE\n\n--- ZORPLE [190] ---\nZORPLE\n- * &GAS [194]\n";
    let (home, _) = dictionary(Dictionary::Verbs, text);
    let row = "zorple\tv\tsubj>obj|against|on\theavy-weapons\tA/R +w:mortar_round,cloud_gas,of\t-\t-";
    assert!(rows(&home, "events/types/assault/en.tsv").contains(&row.to_owned()));
}

#[test]
fn what_is_no_dump_and_no_dictionary_is_refused() {
    let folder = || Folder::new(tempfile::tempdir().unwrap().path(), "x");
    let utf16: Vec<u8> = "[{\"id\":\"Q1\"}]".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for text in [b"[]".to_vec(), b"<html><body>not found</body></html>".to_vec(), b"[{\"name\":\"x\"}]".to_vec(), utf16.clone()] {
        let error = wikidata::import(&Input::bytes("d", text.clone()), &Classes::embedded(), &Wanted::default(), folder(), &mut |_| true).unwrap_err();
        assert!(error.to_string().contains("expected a Wikidata JSON dump"), "{error}");
        let error = petrarch::import(&Input::bytes("d", text), Some(Dictionary::Verbs), folder(), &mut |_| true).unwrap_err();
        assert!(error.to_string().contains("expected a dictionary"), "{error}");
    }
}

#[test]
fn a_file_is_told_by_its_content() {
    let home = tempfile::tempdir().unwrap();
    for (text, expected) in [("\u{feff} [\n{}", true), ("{\"id\"", true), ("CZAR_ [RUSGOV]\n", false)] {
        let file = home.path().join("noending");
        fs::write(&file, text).unwrap();
        assert_eq!(marsad::import::is_dump(&Input::named(file)), expected, "{text}");
    }
}

#[test]
fn a_short_stream_that_breaks_keeps_what_was_read() {
    // Noise, so that the stream is not one block.
    let many: String = (0..40).map(|n| format!("{},\n", entities()[0].replace("Q900001", &format!("Q{}", 1_000_003 * (n + 7) % 99_999_989)))).collect();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    packed.write_all(format!("[\n{many}").as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 64 << 10);
    let (home, outcome) = dump(&Input::bytes("dump.json.gz", &packed[..packed.len() / 2]), &Wanted::default());
    assert!(outcome.broken.is_some() && !rows(&home, "actors/people.tsv").is_empty());
}

#[test]
fn an_import_that_fails_leaves_nothing_half_written() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("actors/places.tsv")).unwrap();
    let input = Input::bytes("d", entities().join("\n"));
    let error = wikidata::import(&input, &Classes::embedded(), &Wanted::default(), Folder::new(home.path(), "x"), &mut |_| true).unwrap_err();
    assert!(error.to_string().contains("places.tsv: is a directory, expected a table to add to"), "{error}");
    let left: Vec<_> = fs::read_dir(home.path().join("actors")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["places.tsv"]);
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_told_at_once() {
    let home = tempfile::tempdir().unwrap();
    let pipe = home.path().join("verbs.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for (path, found) in [(pipe.as_path(), "a named pipe"), (std::path::Path::new("/dev/zero"), "a device"), (home.path(), "a directory")] {
        let error = petrarch::import(&Input::named(path), Some(Dictionary::Verbs), Folder::new(home.path(), "x"), &mut |_| true).unwrap_err();
        assert!(error.to_string().ends_with(&format!("is {found}: expected a PETRARCH dictionary in a file")), "{error}");
    }
}

#[test]
fn dictionaries_are_told_apart() {
    assert_eq!(petrarch::tell("# x\nCZAR_ [RUSGOV]\n"), Some(Dictionary::Actors));
    assert_eq!(petrarch::tell("CZAR [~GOV]\n"), Some(Dictionary::Agents));
    assert_eq!(petrarch::tell("--- RULE [010] ---\nRULE\n"), Some(Dictionary::Verbs));
    assert_eq!(petrarch::tell("Once upon a time\n"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_dump_or_told(bytes in prop::collection::vec(any::<u8>(), 1..300)) {
        let home = tempfile::tempdir().unwrap();
        match wikidata::import(&Input::bytes("d", bytes), &Classes::embedded(), &Wanted::default(), Folder::new(home.path(), "x"), &mut |_| true) {
            Ok(outcome) => prop_assert!(outcome.broken.is_none_or(|b| b.to_string().lines().count() == 1)),
            Err(error) => prop_assert_eq!(error.to_string().lines().count(), 1),
        }
    }

    #[test]
    fn a_dump_cut_anywhere_is_read_up_to_there(at in 0usize..3000) {
        let whole = format!("[\n{}\n]\n", entities().join(",\n"));
        let at = (0..=at.min(whole.len() - 3)).rev().find(|&at| whole.is_char_boundary(at)).unwrap_or(0);
        let home = tempfile::tempdir().unwrap();
        let outcome = wikidata::import(&Input::bytes("d", &whole.as_bytes()[..at]), &Classes::embedded(), &Wanted::default(), Folder::new(home.path(), "x"), &mut |_| true);
        prop_assert!(outcome.is_err() || outcome.unwrap().broken.is_some());
    }

    #[test]
    fn any_text_is_a_dictionary_or_told(text in "([A-Z_&+*$%{}()\\[\\]~!=<>:;#0-9\t \n-]|---|\n- ){1,120}", what in 0usize..3) {
        let what = [Dictionary::Actors, Dictionary::Agents, Dictionary::Verbs][what];
        let home = tempfile::tempdir().unwrap();
        if let Err(error) = petrarch::import(&Input::bytes("d", text), Some(what), Folder::new(home.path(), "x"), &mut |_| true) {
            prop_assert_eq!(error.to_string().lines().count(), 1);
        }
    }
}
