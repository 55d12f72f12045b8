use std::fs;

use crate::{ENGLISH, folder, marsad, names};

const BROKEN: &str = "iso3\tsector\ten\tru\tar\nEGY\tGOVV\tAbdeen Palace\t-\t-\nEGX\tGOV\tKubbeh Palace\t-\t-\n";
const SOUND: &str = "iso3\tsector\ten\tru\tar\nEGY\tGOV\tAbdeen Palace\t-\t-\n";

#[test]
fn mistakes_are_told_and_nothing_starts_with_them() {
    let home = folder(&[("a.txt", ENGLISH.as_bytes()), ("own/actors/metonyms.tsv", BROKEN.as_bytes())]);
    let lint = marsad(home.path(), &["lint-lexicon", "own"]);
    assert_eq!(lint.code, Some(1), "{lint:?}");
    let mistakes: Vec<&str> = lint.out.lines().collect();
    assert_eq!((mistakes.len(), lint.err.as_str()), (2, "2 mistakes\n"), "{lint:?}");
    assert!(mistakes[0].starts_with("own/actors/metonyms.tsv:2: sector is GOVV") && mistakes[0].ends_with("did you mean GOV?"), "{lint:?}");
    assert!(mistakes[1].starts_with("own/actors/metonyms.tsv:3: iso3 is EGX") && mistakes[1].contains("did you mean EG"), "{lint:?}");
    for command in [&["code", "a.txt", "-o", "out.jsonl"][..], &["explain", "a.txt"], &["read", "a.txt"]] {
        let ran = marsad(home.path(), &[command, &["--lexicon", "own"]].concat());
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(mistakes[..2].iter().all(|m| ran.err.contains(m)) && ran.out.is_empty(), "{ran:?}");
    }
    assert_eq!(names(home.path()).len(), 2, "nothing is written");
}

#[test]
fn a_sound_folder_is_called_sound() {
    let home = folder(&[("own/actors/metonyms.tsv", SOUND.as_bytes())]);
    let ran = marsad(home.path(), &["lint-lexicon", "own"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), "own: 1 table with 1 row, no mistakes\n"));
    let nowhere = marsad(home.path(), &["lint-lexicon", "nowhere"]);
    assert_eq!(nowhere.code, Some(2));
    nowhere.says_one_line(&["nowhere: is no folder"]);
}

#[test]
fn imports_write_tables_that_pass() {
    let files: &[(&str, &[u8])] = &[
        ("actors.txt", b"ZORAN_TESTIC_\n\t[SRBGOV 050101-081231]\n"),
        ("agents.txt", b"ZEPPELIN_PILOT [~MIL]\n"),
        ("verbs.txt", b"--- FROBNICATE [190] ---\nFROBNICATE\n- * COMMENTS [012]\n"),
        ("dump.json", b"[\n{\"id\":\"Q1\",\"labels\":{\"en\":{\"value\":\"Testville\"}},\"claims\":{\"P31\":[{\"mainsnak\":{\"datavalue\":{\"value\":{\"id\":\"Q515\"}}}}],\"P17\":[{\"mainsnak\":{\"datavalue\":{\"value\":{\"id\":\"Q79\"}}}}]}},\n"),
    ];
    let home = folder(files);
    for (command, file) in [("actors", "actors.txt"), ("actors", "agents.txt"), ("lexicon", "verbs.txt")] {
        let ran = marsad(home.path(), &[command, "import", file, "-o", "own"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.err.contains("        1  ") && ran.err.contains("carried over"), "{ran:?}");
    }
    let cut = marsad(home.path(), &["actors", "import", "dump.json", "-o", "own"]);
    assert_eq!(cut.code, Some(1), "{cut:?}");
    assert!(cut.err.contains("dump.json, line 2: expected a whole dump") && cut.err.contains("is kept"), "{cut:?}");
    let lint = marsad(home.path(), &["lint-lexicon", "own"]);
    assert_eq!(lint.code, Some(0), "{lint:?}");
    assert!(lint.err.contains("4 tables with 4 rows"), "{lint:?}");
    assert!(fs::read_to_string(home.path().join("own/left-out.txt")).is_ok());
    let missing = marsad(home.path(), &["actors", "import", "missing.json", "-o", "own"]);
    assert_eq!(missing.code, Some(2));
    missing.says_one_line(&["missing.json: cannot be opened"]);
}
