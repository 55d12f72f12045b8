//! Running orders of the three bulletins in fixtures/rundown, and of what is none.

use std::path::PathBuf;

use serde_json::Value;

use super::{folder, marsad, program, ran};

pub fn fixtures() -> Vec<String> {
    let home = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/rundown");
    let files = std::fs::read_dir(home).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<String> = files.filter(|p| p.extension().is_some_and(|e| e != "md")).map(|p| p.to_string_lossy().into_owned()).collect();
    files.sort();
    files
}

fn run(more: &[&str]) -> super::Ran {
    let home = folder(&[]);
    let files = fixtures();
    let arguments: Vec<&str> = ["rundown"].into_iter().chain(files.iter().map(String::as_str)).chain(more.iter().copied()).collect();
    marsad(home.path(), &arguments)
}

fn json() -> Value {
    let ran = run(&["--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

/// The cells of the story with this in an item's headline, by outlet's language.
fn cell<'j>(json: &'j Value, headline: &str, language: &str) -> &'j Value {
    let items = || json["bulletins"].as_array().unwrap().iter().flat_map(|b| b["items"].as_array().unwrap());
    let item = items().find(|i| i["kind"] == "story" && i["headline"].as_str().unwrap().contains(headline)).unwrap();
    let story = json["stories"].as_array().unwrap().iter().find(|s| s["id"] == item["story"]).unwrap();
    let bulletin = json["bulletins"].as_array().unwrap().iter().find(|b| b["language"] == language).unwrap();
    &story["bulletins"][bulletin["file"].as_str().unwrap()]
}

#[test]
fn what_was_planted_is_found() {
    let json = json();
    let ranks: Vec<usize> =
        json["bulletins"].as_array().unwrap().iter().map(|b| b["items"].as_array().unwrap().iter().filter(|i| i["kind"] == "story").count()).collect();
    assert_eq!(ranks, [6, 6, 5], "stories of each bulletin");
    for language in ["en", "ar"] {
        assert_eq!(cell(&json, "nuclear talks", language)["rank"], 1, "{language} leads with the talks");
    }
    let buried = cell(&json, "nuclear talks", "ru");
    assert_eq!((&buried["buried"], &buried["rank"]), (&Value::Bool(true), &Value::from(6)));
    assert_eq!(cell(&json, "Dockers", "ar")["state"], "omitted");
    let broken = json["bulletins"].as_array().unwrap().iter().flat_map(|b| b["items"].as_array().unwrap()).filter(|i| i["delivered"] == false).count();
    assert_eq!(broken, 1, "a promise is not kept");
}

#[test]
fn findings_can_be_quoted() {
    let text = run(&[]).out;
    for part in ["first mentions", "item 6 of 6", "does not mention", "does not deliver it", "0000"] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
}

#[test]
fn tables_and_pictures_are_written() {
    let csv = run(&["--csv"]).out;
    assert!(csv.lines().next().unwrap().starts_with("file,outlet,date,language,item,part"));
    assert!(csv.contains(",omitted,"));
    let home = folder(&[]);
    let files = fixtures();
    let arguments: Vec<&str> = ["rundown"].into_iter().chain(files.iter().map(String::as_str)).chain(["--html", "a.html", "--svg", "a.svg"]).collect();
    assert_eq!(marsad(home.path(), &arguments).code, Some(0));
    let svg = std::fs::read_to_string(home.path().join("a.svg")).unwrap();
    assert!(svg.starts_with("<svg xmlns") && svg.contains("class=\"ribbon\"") && svg.contains("direction=\"rtl\""));
    let page = std::fs::read_to_string(home.path().join("a.html")).unwrap();
    assert!(!page.contains("http://") || page.matches("http://").count() == page.matches("http://www.w3.org/2000/svg").count(), "no address is fetched");
}

#[test]
fn bad_input_is_told() {
    let home = folder(&[
        ("essay.txt", b"No times at all.\n"),
        ("a.srt", b"1\n00:00:01,000 --> 00:00:03,000\nTalks began in Geneva.\n"),
        ("b.srt", b"1\n00:00:01,000 --> 00:00:03,000\nTalks began in Geneva.\n"),
    ]);
    let none = ran(program(home.path()).args(["rundown", "essay.txt"]));
    assert_eq!(none.code, Some(2));
    none.says_one_line(&["essay.txt: no readable cue", "expected a transcript"]);
    let twice = ran(program(home.path()).args(["rundown", "a.srt", "b.srt"]));
    assert_eq!(twice.code, Some(1));
    assert!(twice.err.contains("b.srt: the same words as a.srt"), "{twice:?}");
    assert_eq!(ran(program(home.path()).args(["rundown"])).code, Some(2));
}

#[test]
fn a_manifest_tells_outlets_and_days() {
    let home = folder(&[
        ("one.srt", b"1\n00:00:01,000 --> 00:00:03,000\nTalks began in Geneva.\n"),
        ("week.csv", b"file,outlet,start,language,duration\none.srt,Channel Nine,2031-05-14T20:00,en,30:00\n"),
        ("bad.csv", b"file,start\none.srt,yesterday\n"),
    ]);
    let told = ran(program(home.path()).args(["rundown", "--manifest", "week.csv", "--json"]));
    let json: Value = serde_json::from_str(&told.out).unwrap();
    let bulletin = &json["bulletins"][0];
    assert_eq!(
        (&bulletin["outlet"], &bulletin["date"], &bulletin["duration"]),
        (&Value::from("Channel Nine"), &Value::from("2031-05-14"), &Value::from(1800.0))
    );
    let bad = ran(program(home.path()).args(["rundown", "--manifest", "bad.csv"]));
    bad.says_one_line(&["bad.csv:2", "expected 2024-03-11T21:00"]);
}

/// Three days of four outlets, of which one never tells what three others lead with.
#[test]
fn several_days_come_to_rates() {
    let home = folder(&[]);
    let mut manifest = String::from("file,outlet,start,language\n");
    let stories = [
        "The parliament of Norway votes on the budget of the army today. The army of Norway wants ships.",
        "Floods in Pakistan drive thousands from their homes in Sindh. The floods in Pakistan broke dams.",
        "Dockers in Rotterdam go on strike over wages. The strike in Rotterdam stops all ships.",
    ];
    for day in 1..=3 {
        for (outlet, order) in [("One", vec![0, 1, 2]), ("Two", vec![0, 2, 1]), ("Three", vec![0, 1, 2]), ("Four", vec![1, 2])] {
            let mut srt = String::from("1\n00:00:00,000 --> 00:00:02,000\nGood evening. Here is the news.\n\n");
            for (n, story) in order.iter().enumerate() {
                let (first, second) = stories[*story].split_once(". ").unwrap();
                let at = 5 + 30 * n;
                for (i, text) in [format!(">>> {first} on day {day} for {outlet}."), second.to_owned()].into_iter().enumerate() {
                    let begin = at + 12 * i;
                    srt += &format!("9\n00:{:02}:{:02},000 --> 00:{:02}:{:02},000\n{text}\n\n", begin / 60, begin % 60, (begin + 12) / 60, (begin + 12) % 60);
                }
            }
            // A bulletin that was seen to its end may be blamed for what it lacks.
            srt += "9\n00:01:40,000 --> 00:01:43,000\nThat is the news. Good night.\n\n";
            let file = format!("{outlet}{day}.srt");
            std::fs::write(home.path().join(&file), srt).unwrap();
            manifest += &format!("{file},{outlet},2031-05-0{day},en\n");
        }
    }
    std::fs::write(home.path().join("days.csv"), manifest).unwrap();
    let told = ran(program(home.path()).args(["rundown", "--manifest", "days.csv", "--json", "--html", "days.html"]));
    let json: Value = serde_json::from_str(&told.out).unwrap();
    let period = &json["period"];
    assert_eq!(period["days"], 3);
    let rate = |outlet: &str, measure: &str| period["rates"].as_array().unwrap().iter().find(|r| r["outlet"] == outlet && r["measure"] == measure).unwrap();
    assert_eq!((&rate("Four", "omission")["count"], &rate("One", "omission")["count"]), (&Value::from(3), &Value::from(0)), "{period}");
    assert_eq!(rate("Four", "lead shared")["count"], 0);
    for rate in period["rates"].as_array().unwrap() {
        let number = |name: &str| rate[name].as_f64().unwrap();
        assert!(number("low") <= number("rate") && number("rate") <= number("high") && number("p") <= number("q"), "{rate}");
    }
    assert!(std::fs::read_to_string(home.path().join("days.html")).unwrap().contains("Over 3 days"));
    let csv = ran(program(home.path()).args(["rundown", "--manifest", "days.csv", "--csv"])).out;
    let widths: std::collections::BTreeSet<usize> = csv.lines().filter(|l| !l.contains('"')).map(|l| l.split(',').count()).collect();
    assert!(csv.contains(",period,") && widths.len() == 1, "{widths:?}");
    assert!(ran(program(home.path()).args(["rundown", "--manifest", "days.csv"])).out.contains("Over 3 days"));
}
