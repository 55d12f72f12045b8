//! Running orders of the three bulletins in fixtures/rundown, and of what is none.

use std::path::PathBuf;

use serde_json::Value;

use super::{folder, marsad, program, ran};

fn fixtures() -> Vec<String> {
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

/// Clicks the second item, reads the sentences, and leaves what happened in an attribute.
const VISITOR: &str = "<script>const errors=[];window.addEventListener('error',e=>errors.push(e.message));</script>";
const CLICK: &str = "<script>window.addEventListener('load',()=>{const blocks=document.querySelectorAll('svg .item');blocks[1].dispatchEvent(new MouseEvent('click',{bubbles:true}));\
    document.documentElement.dataset.seen=[blocks.length>9,document.getElementById('item').open,document.querySelectorAll('#item-sentences li').length>0,errors.length].join(' ');});</script>";

#[test]
fn the_page_works_in_a_browser() {
    let Some(browser) = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|b| std::process::Command::new(b).arg("--version").output().is_ok_and(|o| o.status.success()))
    else {
        eprintln!("no Chromium here: the page was not looked at");
        return;
    };
    let home = folder(&[]);
    let files = fixtures();
    let arguments: Vec<&str> = ["rundown"].into_iter().chain(files.iter().map(String::as_str)).chain(["--html", "a.html"]).collect();
    marsad(home.path(), &arguments);
    let page = std::fs::read_to_string(home.path().join("a.html")).unwrap();
    let visited = page.replacen("<head>", &format!("<head>{VISITOR}"), 1).replace("</body>", &format!("{CLICK}</body>"));
    let path = home.path().join("visited.html");
    std::fs::write(&path, visited).unwrap();
    let shown = std::process::Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", home.path().join("profile").display()))
        .arg(format!("file://{}", path.display()))
        .output()
        .unwrap();
    let document = String::from_utf8_lossy(&shown.stdout);
    assert!(document.contains("data-seen=\"true true true 0\""), "{}", document.get(..400).unwrap_or_default());
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
