//! Reading: fixtures with their expected documents, limits, compression, directories, and what must hold for any bytes.
//!
//! `BLESS=1 cargo test -p marsad --test source` writes what is read now beside the fixtures; review it like code.

#![allow(clippy::unwrap_used, reason = "a test that fails here fails")]

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use marsad::source::{Input, ReadOptions, SourceError, documents, format_named, paths};
use proptest::prelude::*;

#[path = "../../../fuzz/fuzz_targets/read_as.rs"]
mod read_as;
use read_as::read_as;

fn fixtures(format: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/source").join(format)
}

/// Everything an input gives, written for people: fields, text, notes; or the error.
fn shown(input: &Input, options: &ReadOptions) -> String {
    let mut out = String::new();
    for item in documents(input, options) {
        match item {
            Ok(reading) => {
                let document = &reading.document;
                let date = document.date.map(|date| date.to_string());
                let fields = [
                    ("lang", &document.lang),
                    ("date", &date),
                    ("title", &document.title),
                    ("author", &document.author),
                    ("outlet", &document.outlet),
                    ("url", &document.url),
                ];
                writeln!(out, "id: {}", document.id).unwrap();
                for (name, value) in fields {
                    if let Some(value) = value {
                        writeln!(out, "{name}: {value}").unwrap();
                    }
                }
                for note in &reading.notes {
                    writeln!(out, "note: {note}").unwrap();
                }
                writeln!(out, "{}", document.text.replace('\r', "<CR>")).unwrap();
            }
            Err(error) => writeln!(out, "error: {error}").unwrap(),
        }
        writeln!(out, "----").unwrap();
    }
    out
}

/// Every fixture of a format is read as the file beside it says.
fn check(format: &str) {
    let dir = fixtures(format);
    let files = paths(std::slice::from_ref(&dir)).unwrap();
    let inputs = files.iter().filter(|path| path.extension().is_none_or(|e| e != "expected"));
    for path in inputs {
        let name = path.file_name().unwrap().to_str().unwrap();
        let input = Input::bytes(name, fs::read(path).unwrap());
        let found = shown(&input, &ReadOptions::default());
        let beside = dir.join(format!("{name}.expected"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&beside, &found).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        assert!(found == expected, "{name} is read as\n{found}\ninstead of\n{expected}");
    }
}

#[test]
fn text_fixtures() {
    check("text");
}

#[test]
fn html_fixtures() {
    check("html");
}

#[test]
fn jsonl_fixtures() {
    check("jsonl");
}

fn outcome(name: &str, bytes: &[u8]) -> String {
    outcome_with(name, bytes, &ReadOptions::default())
}

/// The texts of an input's documents and its errors, one a line.
fn outcome_with(name: &str, bytes: &[u8], options: &ReadOptions) -> String {
    let items = documents(&Input::bytes(name, bytes), options);
    let lines = items.map(|item| match item {
        Ok(reading) => reading.document.text,
        Err(error) => format!("error: {error}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

const PAGE: &str = "<title>Quake</title><p>Rescuers reached the last village on Sunday and found forty people alive.</p>";
const PROSE: &str = "Rescuers reached the last village on Sunday and found forty people alive.";
const LINE: &str = "{\"text\": \"Rescuers reached the village.\"}";

#[test]
fn the_format_is_told_by_content_then_name() {
    assert_eq!(outcome("page.txt", PAGE.as_bytes()), PROSE);
    let commented = format!("\u{feff}<?xml version='1.0'?>\n<!-- saved --> <!DOCTYPE html>{PAGE}");
    assert_eq!(outcome("page", commented.as_bytes()), PROSE);
    assert_eq!(outcome("line.html", LINE.as_bytes()), "Rescuers reached the village.");
    assert_eq!(outcome("a.jsonl", b"\n"), "error: a.jsonl: empty: expected text, HTML or JSON lines");
    assert!(outcome("a.JSONL", b"plain").starts_with("error: a.JSONL, line 1: not valid JSON"));
    assert_eq!(outcome("a", b"[Music] The anthem."), "[Music] The anthem.");
    assert_eq!(outcome("a.txt", b"{curly} words"), "{curly} words");
    let text = format_named("text");
    let options = ReadOptions { format: text, ..ReadOptions::default() };
    assert_eq!(outcome_with("a.html", PAGE.as_bytes(), &options), PAGE);
}

#[test]
fn what_is_no_text_is_refused_by_its_name() {
    let check = |bytes: &[u8], looks_like: &str| {
        let expected = format!("error: x.txt: looks like {looks_like}: expected text, HTML or JSON lines");
        assert_eq!(outcome("x.txt", bytes), expected);
    };
    check(b"%PDF-1.7\n%\xe2\xe3", "a PDF document");
    check(b"\x7fELF\x02\x01\x01\0\0\0", "a program");
    check(b"PK\x03\x04\x14\0\0\0word/document.xml", "a Word document");
    check(b"PK\x03\x04\x14\0\0\0a.txt", "a ZIP archive");
    check(b"MZ\x90\0\x03", "a program");
    check(b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image");
    check(b"{\\rtf1\\ansi Text}", "an RTF document");
    check(b"<rss version='2.0'></rss>", "a feed");
    check(b"\x01\x02\x9f\x07\x88\x11\x05\x06", "binary data (it is full of control characters)");
    assert_eq!(outcome("x.txt", b"ID3 is a tag format, BZh is not."), "ID3 is a tag format, BZh is not.");
    let late = [&b"word ".repeat(20_000)[..], b"\0\0"].concat();
    assert!(outcome("x.txt", &late).contains("looks like binary data (it has NUL bytes): expected plain text"));
    let options = ReadOptions { encoding: marsad::source::Encoding::named("ascii"), ..ReadOptions::default() };
    assert_eq!(outcome_with("x", b"caf\xe9", &options), "café");
}

#[test]
fn everything_has_a_limit() {
    let options = ReadOptions { max_text: 2048, max_page: 1024, max_line: 64, ..ReadOptions::default() };
    let text = outcome_with("x.txt", &b"word ".repeat(500), &options);
    assert_eq!(text, "error: x.txt: larger than the limit: expected a text file of at most 2 KiB");
    let page = outcome_with("x.html", PAGE.repeat(20).as_bytes(), &options);
    assert_eq!(page, "error: x.html: larger than the limit: expected a page of at most 1 KiB");
    let long = "x".repeat(100);
    let line = format!("{LINE}\n{{\"text\": \"{long}\"}}\n{LINE}");
    let error = "larger than the limit: expected a line of at most 64 bytes";
    let expected = format!("Rescuers reached the village.\nerror: x, line 2: {error}\nRescuers reached the village.");
    assert_eq!(outcome_with("x", line.as_bytes(), &options), expected);
    let array = format!("[{LINE},\n{{\"text\": \"{long}\"}},\n{LINE}]");
    let expected = expected.replace("a line", "an object");
    assert_eq!(outcome_with("x", array.as_bytes(), &options), expected);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn gzip_and_zstd_are_seen_through() {
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 0).unwrap();
    for (ending, packed) in [("gz", gzip(LINE.as_bytes())), ("zst", zstd(LINE.as_bytes()))] {
        assert_eq!(outcome(&format!("a.jsonl.{ending}"), &packed), "Rescuers reached the village.");
    }
    assert_eq!(outcome("a", &zstd(PAGE.as_bytes())), PROSE);
    let members = [gzip(b"One. "), gzip(b"Two.")].concat();
    assert_eq!(outcome("a.txt.gz", &members), "One. Two.");
    let twice = outcome("a.gz", &gzip(&gzip(b"One.")));
    assert_eq!(twice, "error: a.gz: looks like a gzip file inside another: expected text, HTML or JSON lines");
    let packed = gzip(&LINE.repeat(5).into_bytes());
    let cut = outcome("a.gz", &packed[..packed.len() - 9]);
    assert!(cut.starts_with("error: a.gz, line 1: cannot be read: "), "{cut}");
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = gzip(&vec![b'a'; 8 << 20]);
    let options = ReadOptions { max_text: 1 << 20, max_line: 1 << 20, ..ReadOptions::default() };
    let text = outcome_with("a.txt", &bomb, &options);
    assert_eq!(text, "error: a.txt: larger than the limit: expected a text file of at most 1 MiB");
    let line = outcome_with("a.jsonl", &bomb, &options);
    assert_eq!(line, "error: a.jsonl, line 1: larger than the limit: expected a line of at most 1 MiB");
}

#[test]
fn files_and_directories() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path();
    let write = |name: &str| {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "Troops left.").unwrap();
        path
    };
    let (b, deep, a) = (write("b.txt"), write("a/deep/c.txt"), write("a.txt"));
    write(".hidden.txt");
    write(".git/config");
    write("style.css");
    #[cfg(unix)]
    std::os::unix::fs::symlink(dir, dir.join("a/loop")).unwrap();
    assert_eq!(paths(&[dir.to_owned()]).unwrap(), [deep, a, b.clone()]);
    let missing = dir.join("missing.txt");
    assert_eq!(paths(&[missing.clone(), b.clone()]).unwrap(), [missing.clone(), b.clone()]);
    let first = |path: &Path| documents(&Input::named(path), &ReadOptions::default()).next().unwrap();
    assert_eq!(first(&b).unwrap().document.id, b.display().to_string());
    let error: SourceError = first(&missing).unwrap_err();
    assert!(error.to_string().ends_with("missing.txt: cannot be opened: No such file or directory (os error 2)"));
    assert!(std::error::Error::source(&error).is_some());
    assert!(first(dir).unwrap_err().to_string().contains("cannot be read: "));
    fs::create_dir(dir.join("void")).unwrap();
    let error = paths(&[dir.join("void")]).unwrap_err().to_string();
    assert!(error.ends_with("void: no readable files in this directory: expected text, HTML or JSON lines"));
}

#[test]
fn deep_pages_are_read() {
    let inside = PAGE.replace("<title>", "<title>x</title><title>");
    for tags in ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<svg>", "<blockquote><p>", "<p><font size=1><a>x"] {
        let page = format!("<html>{}{inside}", tags.repeat(10_000));
        assert!(outcome("deep.html", page.as_bytes()).contains(PROSE), "{tags}");
    }
}

#[test]
fn a_long_line_is_a_text() {
    let line = "слово ".repeat(1_000_000);
    assert_eq!(outcome("long.txt", line.as_bytes()), line);
}

/// The fixtures, whole and cut, are the seeds of the fuzz targets.
#[test]
fn seeds_do_not_panic() {
    for format in ["text", "html", "jsonl"] {
        for path in paths(&[fixtures(format)]).unwrap() {
            let bytes = fs::read(path).unwrap();
            for cut in [bytes.len(), bytes.len() / 2, 7] {
                let bytes = &bytes[..cut.min(bytes.len())];
                read_as(format, bytes);
            }
        }
    }
}

fn markup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<br>",
        "<li>",
        "<table>",
        "<td>",
        "<svg>",
        "</svg>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<a href='",
        "'>",
        "<title>",
        "</",
        "<",
        ">",
        "&nbsp;",
        "&#0;",
        " слово ",
        " كلمة ",
        "\u{301}",
        "\n",
        "<meta property=og:title content=",
        "<script type='application/ld+json'>{\"@type\":\"Article\"",
        "}",
        "<time datetime=2024>",
        "A sentence that is long enough to be taken for the prose of an article, with commas, and more, and an end. ",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in ["text", "html", "jsonl"] {
            read_as(format, &bytes);
        }
    }

    #[test]
    fn no_markup_panics(page in markup()) {
        read_as("html", page.as_bytes());
    }

    #[test]
    fn no_json_panics(text in "(\\{|\\[|\\}|\\]|\"|,|:|\"id\"|\"text\"|\"date\"|\\\\|\n| |1|x|null){0,60}") {
        read_as("jsonl", text.as_bytes());
    }

    #[test]
    fn unicode_text_comes_back_identical(text in "[\u{20}-\u{10ffff}\r\n\t]{1,200}") {
        prop_assume!(!text.starts_with('\u{feff}'));
        let decoded = marsad::source::decode(text.as_bytes(), None);
        prop_assert_eq!(&decoded.text, &text);
        prop_assert!(decoded.notes.is_empty());
    }

    #[test]
    fn a_cut_text_is_a_beginning(text in "[ а-яا-ي😀]{1,80}", cut in 0usize..200) {
        let bytes = &text.as_bytes()[..cut.min(text.len())];
        let decoded = marsad::source::decode(bytes, Some(marsad::source::Encoding::UTF_8));
        prop_assert!(text.starts_with(&decoded.text));
        prop_assert!(bytes.len() - decoded.text.len() < 4);
    }
}
