use std::fs;

use crate::{ENGLISH, folder, marsad, marsad_fed, names, wire};

/// What no command can read, and words that its message must have.
fn unreadable() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    vec![
        ("empty.txt", Vec::new(), "empty"),
        ("blank.txt", b" \n\t\n".to_vec(), "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00".to_vec(), "image"),
        ("program", b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00".to_vec(), "expected text"),
        ("noise.txt", (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect(), "expected"),
        ("broken.jsonl", b"{\"id\": \"a\", \"text\": 7}\n".to_vec(), "line 1"),
    ]
}

#[test]
fn one_line_names_the_file_and_what_was_expected() {
    let home = folder(&[]);
    for (name, bytes, words) in unreadable() {
        fs::write(home.path().join(name), bytes).unwrap();
        for command in ["read", "explain"] {
            let ran = marsad(home.path(), &[command, name]);
            assert_eq!(ran.code, Some(2), "{command} {name}: {ran:?}");
            ran.says_one_line(&[name, words]);
            assert!(ran.out.is_empty());
        }
        let ran = marsad(home.path(), &["code", name, "-o", "out.jsonl"]);
        assert_eq!(ran.code, Some(2), "{name}: {ran:?}");
        assert!(ran.err.starts_with(&format!("marsad: {name}")), "{ran:?}");
    }
    assert_eq!(names(home.path()).len(), unreadable().len(), "nothing is left behind");
}

#[test]
fn what_is_not_there_is_named() {
    let home = folder(&[]);
    fs::create_dir_all(home.path().join("news/deep")).unwrap();
    for command in ["read", "explain", "code"] {
        let ran = marsad(home.path(), &[command, "missing.txt"]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.starts_with("marsad: missing.txt: cannot be opened: No such file"), "{ran:?}");
        let ran = marsad(home.path(), &[command, "news"]);
        assert_eq!(ran.code, Some(2));
        ran.says_one_line(&["news: no readable files in this directory"]);
    }
}

#[test]
fn one_bad_document_does_not_stop_a_run() {
    let lines = wire(4).replacen("\"id\": \"w1\"", "\"id\": w1", 1);
    let home = folder(&[("wire.jsonl", lines.as_bytes()), ("empty.txt", b""), ("a.txt", ENGLISH.as_bytes())]);
    let inputs = ["wire.jsonl", "empty.txt", "missing.txt", "a.txt"];
    let read = marsad(home.path(), &[&["read", "--json"][..], &inputs].concat());
    assert_eq!(read.code, Some(1), "{read:?}");
    assert_eq!(read.out.lines().count(), 4);
    assert_eq!(read.err.lines().count(), 3);
    assert!(read.err.contains("wire.jsonl, line 2: not valid JSON"), "{}", read.err);

    let code = marsad(home.path(), &[&["code", "-o", "out.csv"][..], &inputs].concat());
    assert_eq!(code.code, Some(1), "{code:?}");
    assert!(code.err.contains("wire.jsonl, line 2: not valid JSON"), "{}", code.err);
    assert!(code.err.contains("Read         4 documents") && code.err.contains("Not read     3"), "{}", code.err);
    assert!(home.path().join("out.csv").exists());
}

#[test]
fn errors_are_counted_past_the_twentieth() {
    let home = folder(&[("wire.jsonl", format!("{}{}", "nothing\n".repeat(50), wire(1)).as_bytes())]);
    let ran = marsad(home.path(), &["code", "wire.jsonl", "--quiet"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.err.lines().count(), 21, "{}", ran.err);
    assert!(ran.err.ends_with("... and 30 more that could not be read\n"), "{}", ran.err);
}

#[test]
fn odd_text_is_read() {
    let nested = format!("<!doctype html><title>Deep</title>{}<p>{ENGLISH}</p>", "<div>".repeat(10_000));
    let files: &[(&str, &[u8])] = &[
        ("nul.txt", b"Workers\0 struck on Monday.\0"),
        ("cut.txt", &"Рабочие бастуют.".as_bytes()[..28]),
        ("deep.html", nested.as_bytes()),
        ("long.txt", &b"Workers struck and marched and sang. ".repeat(3000)),
        ("wordless.txt", &b"x".repeat(300_000)),
        ("steering.txt", "Workers \u{1b}[2J\u{202e}struck on Monday.".as_bytes()),
    ];
    let home = folder(files);
    for (name, _) in files {
        for command in ["read", "explain", "code"] {
            let ran = marsad(home.path(), &[command, name]);
            assert!(matches!(ran.code, Some(0 | 2)), "{command} {name}: {ran:?}");
            assert!(!ran.out.contains('\0') && !ran.err.contains('\0'));
            if command != "code" {
                assert!(!ran.out.contains('\u{1b}') && !ran.out.contains('\u{202e}'), "{command} {name}");
            }
        }
    }
}

#[test]
fn standard_input_can_be_bad_too() {
    let home = folder(&[]);
    for command in ["read", "explain", "code"] {
        let ran = marsad_fed(home.path(), &[command, "-"], b"");
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.starts_with("marsad: stdin: empty"), "{ran:?}");
    }
}

#[test]
fn a_bad_lexicon_is_told() {
    let home = folder(&[("a.txt", ENGLISH.as_bytes())]);
    let ran = marsad(home.path(), &["read", "a.txt", "--lexicon", "no-such-folder"]);
    if ran.code != Some(0) {
        assert_eq!(ran.code, Some(2));
        ran.says_one_line(&["no-such-folder"]);
    }
}
