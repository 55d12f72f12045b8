use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::Stdio,
};

use crate::{folder, marsad, marsad_fed, names, program, wire};

const ENDINGS: &[&str] = &["jsonl", "csv", "parquet"];

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let home = folder(&[("wire.jsonl", wire(150).as_bytes()), ("news/a.txt", b"Workers struck on Monday."), ("news/b.txt", b"")]);
    for ending in ENDINGS {
        let write = |threads: &str| {
            let out = format!("{threads}.{ending}");
            let ran = marsad(home.path(), &["code", "wire.jsonl", "news", "-o", &out, "--threads", threads, "-q"]);
            assert_eq!(ran.code, Some(1), "{ran:?}");
            (fs::read(home.path().join(out)).unwrap(), ran.err)
        };
        let one = write("1");
        assert!(one == write("2") && one == write("4"), "{ending}");
    }
    assert_eq!(names(home.path()).len(), 2 + 3 * ENDINGS.len(), "{:?}", names(home.path()));
}

#[test]
fn files_and_standard_output_hold_the_same() {
    let home = folder(&[("wire.jsonl", wire(20).as_bytes())]);
    for format in ["jsonl", "csv", "excel"] {
        marsad(home.path(), &["code", "wire.jsonl", "-o", "out", "--to", format, "-q"]);
        let file = fs::read_to_string(home.path().join("out")).unwrap();
        assert_eq!(marsad(home.path(), &["code", "wire.jsonl", "--to", format]).out, file);
        assert_eq!(marsad_fed(home.path(), &["code", "-", "-o", "-", "--to", format], wire(20).as_bytes()).out, file);
    }
}

#[test]
fn an_output_that_cannot_be_made_ends_with_2() {
    let home = folder(&[("a.txt", b"Workers struck on Monday."), ("taken.csv/inside", b"x")]);
    for out in ["no/such/folder.jsonl", "taken.csv"] {
        let ran = marsad(home.path(), &["code", "a.txt", "-o", out]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        ran.says_one_line(&[out, "cannot be created"]);
    }
    assert_eq!(names(home.path()).len(), 2);
}

#[test]
fn an_input_is_not_overwritten() {
    let text = wire(3);
    let home = folder(&[("in.jsonl", text.as_bytes()), ("news/a.txt", b"Workers struck on Monday.")]);
    for out in ["in.jsonl", "./in.jsonl", "news/../in.jsonl"] {
        let ran = marsad(home.path(), &["code", "news", "in.jsonl", "-o", out]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        ran.says_one_line(&["in.jsonl", "another file"]);
        assert_eq!(fs::read(home.path().join("in.jsonl")).unwrap(), text.as_bytes());
    }
}

#[test]
fn numbers_stay_numbers_for_excel() {
    let home = folder(&[("a.txt", b"Rebels attacked a base in Kenya on Monday."), ("b.txt", b"-- Rebels attacked a base in Kenya on Monday.")]);
    let out = marsad(home.path(), &["code", "a.txt", "b.txt", "--to", "excel"]).out;
    assert!(out.contains(",-") && !out.contains(",'-1") && !out.contains(",'-9"), "{out}");
}

#[test]
fn an_earlier_output_stays_until_the_new_one_is_complete() {
    let home = folder(&[("a.txt", b"Workers struck on Monday."), ("out.csv", b"yesterday")]);
    marsad(home.path(), &["code", "missing.txt", "-o", "out.csv"]);
    assert_eq!(fs::read(home.path().join("out.csv")).unwrap(), b"yesterday");
    marsad(home.path(), &["code", "a.txt", "-o", "out.csv"]);
    assert_ne!(fs::read(home.path().join("out.csv")).unwrap(), b"yesterday");
    assert_eq!(names(home.path()).len(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_with_2_and_one_line() {
    let home = folder(&[("wire.jsonl", wire(40).as_bytes())]);
    for arguments in [&["read", "wire.jsonl"][..], &["read", "wire.jsonl", "--json"], &["code", "wire.jsonl", "--to", "csv"]] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let ran = crate::ran(program(home.path()).args(arguments).stdout(full));
        assert_eq!(ran.code, Some(2), "{ran:?}");
        ran.says_one_line(&["stdout: cannot be written: No space left on device"]);
    }
    for format in ["csv", "parquet"] {
        let ran = marsad(home.path(), &["code", "wire.jsonl", "-o", "/dev/full", "--to", format]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        ran.says_one_line(&["/dev/full: cannot be written: No space left on device"]);
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let home = folder(&[("wire.jsonl", wire(600).as_bytes())]);
    for arguments in [&["read", "wire.jsonl"][..], &["read", "wire.jsonl", "--json"], &["code", "wire.jsonl", "--to", "csv", "-q"], &["--help"]] {
        let mut child = program(home.path()).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty(), "{arguments:?}");
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}: {err}");
        assert_eq!(err, "", "{arguments:?}");
    }
}

#[test]
fn a_link_stays_a_link() {
    let home = folder(&[("a.txt", b"Workers struck on Monday."), ("real/out.csv", b"yesterday")]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("real/out.csv", home.path().join("out.csv")).unwrap();
        assert_eq!(marsad(home.path(), &["code", "a.txt", "-o", "out.csv"]).code, Some(0));
        assert!(home.path().join("out.csv").is_symlink());
        assert_ne!(fs::read(home.path().join("real/out.csv")).unwrap(), b"yesterday");
    }
}

#[test]
fn an_output_among_the_inputs_is_not_read() {
    let home = folder(&[("news/a.jsonl", wire(3).as_bytes()), ("news/out.jsonl", wire(9).as_bytes())]);
    let ran = marsad(home.path(), &["code", "news", "-o", "./news/out.jsonl"]);
    assert!(ran.err.contains("Read         3 documents"), "{ran:?}");
}
