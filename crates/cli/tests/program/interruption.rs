#![cfg(unix)]

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use crate::{folder, marsad, names, program, ran, wire};

/// Documents of the wire.
const DOCUMENTS: usize = 250;

fn interrupted(child: &Child) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
}

fn wait_for(condition: impl Fn() -> bool) {
    for _ in 0..6000 {
        if condition() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("waited for a minute");
}

/// Feeds so many bytes of the wire through the pipe `wire.jsonl` and interrupts the program while it waits for more.
fn interrupted_after(home: &Path, bytes: usize, out: &str) -> crate::Ran {
    let lines = wire(DOCUMENTS);
    let arguments = ["code", "wire.jsonl", "-o", out, "--resume", "--threads", "2"];
    let child = program(home).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = fs::File::options().write(true).open(home.join("wire.jsonl")).unwrap();
    pipe.write_all(&lines.as_bytes()[..bytes]).unwrap();
    wait_for(|| home.join(format!("{out}.part")).exists());
    interrupted(&child);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    crate::Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn piped_folder() -> tempfile::TempDir {
    let home = folder(&[]);
    assert!(Command::new("mkfifo").arg(home.path().join("wire.jsonl")).status().unwrap().success());
    home
}

#[test]
fn an_interrupted_run_is_resumed_to_the_same_bytes() {
    let whole = folder(&[("wire.jsonl", wire(DOCUMENTS).as_bytes())]);
    for out in ["out.jsonl", "out.csv"] {
        assert_eq!(marsad(whole.path(), &["code", "wire.jsonl", "-o", out, "-q"]).code, Some(0));
        let home = piped_folder();
        for bytes in [60_000, 90_000] {
            let stopped = interrupted_after(home.path(), bytes, out);
            assert_eq!(stopped.code, Some(130), "{stopped:?}");
            assert!(stopped.err.contains("interrupted; the same command with --resume goes on"), "{stopped:?}");
            assert!(!home.path().join(out).exists());
            assert_eq!(names(home.path()).len(), 3, "{:?}", names(home.path()));
        }
        // Without being told to go on or to begin anew, nothing is touched.
        let refused = marsad(home.path(), &["code", "wire.jsonl", "-o", out]);
        assert_eq!(refused.code, Some(2));
        refused.says_one_line(&["left by an interrupted run", "--resume", "--restart"]);
        let other = marsad(home.path(), &["code", "wire.jsonl", "-o", out, "--resume", "--min-score", "0.9"]);
        assert_eq!(other.code, Some(2));
        other.says_one_line(&["other inputs, options", "--restart"]);

        let path = home.path().join("wire.jsonl");
        let feeder = thread::spawn(move || fs::write(path, wire(DOCUMENTS)));
        let resumed = ran(program(home.path()).args(["code", "wire.jsonl", "-o", out, "--resume"]));
        feeder.join().unwrap().unwrap();
        assert_eq!(resumed.code, Some(0), "{resumed:?}");
        assert!(resumed.err.contains("Read         250 documents"), "{resumed:?}");
        assert!(fs::read(home.path().join(out)).unwrap() == fs::read(whole.path().join(out)).unwrap());
        assert_eq!(names(home.path()).len(), 2, "{:?}", names(home.path()));
    }
}

#[test]
fn interrupted_parquet_leaves_nothing() {
    let home = piped_folder();
    let stopped = interrupted_after(home.path(), 60_000, "out.parquet");
    assert_eq!(stopped.code, Some(130), "{stopped:?}");
    assert!(stopped.err.contains("parquet cannot be continued") && stopped.err.contains("interrupted; no output"), "{stopped:?}");
    assert_eq!(names(home.path()).len(), 1);
}
