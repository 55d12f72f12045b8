use crate::{folder, marsad};

#[test]
fn help_teaches_with_examples() {
    let home = folder(&[]);
    for arguments in [
        &["--help"][..],
        &["read", "--help"],
        &["code", "--help"],
        &["explain", "--help"],
        &["help", "code"],
        &["lint-lexicon", "--help"],
        &["actors", "import", "--help"],
        &["lexicon", "import", "--help"],
        &["-h"],
    ] {
        let ran = marsad(home.path(), arguments);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.out.contains("Examples:\n  marsad "), "{}", ran.out);
        assert!(ran.err.is_empty());
    }
}

#[test]
fn help_has_no_colours_in_a_pipe() {
    assert!(!marsad(folder(&[]).path(), &["--help"]).out.contains('\u{1b}'));
}

#[test]
fn the_version_is_told() {
    let ran = marsad(folder(&[]).path(), &["--version"]);
    assert_eq!(ran.out, concat!("marsad ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn wrong_usage_ends_with_2() {
    let home = folder(&[("a.txt", b"Workers struck.")]);
    let wrong: &[&[&str]] = &[
        &[],
        &["reed", "a.txt"],
        &["read"],
        &["code"],
        &["read", "a.txt", "--lang", "fa"],
        &["read", "a.txt", "--format", "pdf"],
        &["read", "a.txt", "--encoding", "utf-9"],
        &["read", "a.txt", "--date", "31.1.2022"],
        &["code", "a.txt", "--min-score", "2"],
        &["code", "a.txt", "--threads", "0"],
        &["code", "a.txt", "--to", "xlsx"],
        &["code", "a.txt", "-o", "a.xlsx"],
        &["code", "a.txt", "-o", "a.csv", "--resume", "--restart"],
    ];
    for arguments in wrong {
        let ran = marsad(home.path(), arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
        assert!(!ran.err.is_empty() && ran.out.is_empty(), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn what_was_expected_is_said() {
    let home = folder(&[("a.txt", b"Workers struck.")]);
    let ran = marsad(home.path(), &["code", "a.txt", "-o", "a.xlsx"]);
    ran.says_one_line(&["a.xlsx", ".csv", ".jsonl", "--to"]);
    assert!(marsad(home.path(), &["read", "a.txt", "--lang", "fa"]).err.contains("expected one of ar (Arabic)"));
}
