use std::{fs, num::NonZeroUsize, path::Path};

use super::{Ended, Job, Resume, RunError, Target, Watch, code_with};
use crate::{
    bulk::{code::Failure, tally::Tally},
    model::{Document, EventType, Record},
    pipeline::{Coded, Language},
    source::{Input, ReadOptions},
    store::{self, Output, format_for},
    text::Lang,
};

/// A record for every third document, none for what begins with a question mark, which is in no language that it knows.
fn code(document: &Document, seen: &mut usize) -> Coded {
    *seen += 1;
    let number: usize = document.id.trim_start_matches('d').parse().unwrap_or(0);
    let covered = !document.text.starts_with('?');
    let language = if covered { Language::Covered(Lang::En) } else { Language::NotCovered("Persian".to_owned()) };
    let mut records = Vec::new();
    if covered && number.is_multiple_of(3) {
        records.push(Record { doc: document.id.clone(), id: format!("{}#e1", document.id), ..store::sample() });
    }
    Coded { language, sentences: 1, words: document.text.split(' ').count(), records }
}

fn input(documents: usize) -> Input {
    let mut lines = String::new();
    for n in 0..documents {
        match n % 100 {
            98 => lines.push_str("no JSON\n"),
            99 => lines.push_str(&format!("{{\"id\": \"d{n}\", \"text\": \"? {n}\"}}\n")),
            _ => lines.push_str(&format!("{{\"id\": \"d{n}\", \"text\": \"{}\"}}\n", "The envoys met. ".repeat(n % 50 + 1))),
        }
    }
    Input::bytes("wire.jsonl", lines.into_bytes())
}

fn job(path: &Path, threads: usize) -> Job {
    Job {
        inputs: vec![input(3000), Input::bytes("empty.txt", *b""), input(50)],
        read: ReadOptions::default(),
        date: None,
        threads: NonZeroUsize::new(threads).unwrap(),
        target: Target::File(path.to_owned()),
        format: format_for(path).unwrap(),
        resume: Resume::Refuse,
        settings: String::new(),
    }
}

#[derive(Default)]
struct Seen {
    failures: Vec<String>,
    began: u64,
    stop_after: Option<u64>,
    documents: u64,
}

impl Watch for Seen {
    fn began(&mut self, tally: &Tally, _bytes: u64) {
        self.began = tally.documents;
    }

    fn failed(&mut self, failure: &Failure) {
        self.failures.push(failure.to_string());
    }

    fn progressed(&mut self, tally: &Tally, _bytes: u64) {
        self.documents = tally.documents;
    }

    fn stop(&mut self) -> bool {
        self.stop_after.is_some_and(|enough| self.documents >= enough)
    }
}

fn names() -> Vec<&'static str> {
    store::FORMATS.iter().filter_map(|format| format.extensions().first()).copied().collect()
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    for extension in names() {
        let mut first = None;
        for threads in [1, 2, 5] {
            let path = home.path().join(format!("{threads}.{extension}"));
            let mut seen = Seen::default();
            let Ended::Complete(tally) = code_with(code, job(&path, threads), &mut seen).unwrap() else { panic!() };
            assert_eq!((tally.documents, tally.failed, tally.not_covered["Persian"]), (3020, 31, 30));
            assert_eq!(tally.by_type[&EventType::Consult], tally.records);
            assert_eq!(seen.failures.len(), 31);
            let result = (fs::read(&path).unwrap(), tally, seen.failures);
            assert!(*first.get_or_insert(result.clone()) == result, "{extension}, {threads} threads");
        }
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 3 * names().len());
}

#[test]
fn a_stopped_run_is_continued_to_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    for extension in ["jsonl", "csv"] {
        let whole = home.path().join(format!("whole.{extension}"));
        let ended = code_with(code, job(&whole, 2), &mut Seen::default()).unwrap();
        let path = home.path().join(format!("resumed.{extension}"));
        for enough in [400, 1500, 2900] {
            let mut seen = Seen { stop_after: Some(enough), ..Seen::default() };
            let stopped = code_with(code, Job { resume: Resume::Continue, ..job(&path, 3) }, &mut seen).unwrap();
            assert!(matches!(stopped, Ended::Interrupted { resumable: true, .. }));
            assert!(!path.exists());
            assert!(matches!(code_with(code, job(&path, 1), &mut Seen::default()), Err(RunError::Unfinished { .. })));
        }
        let mut seen = Seen::default();
        let resumed = code_with(code, Job { resume: Resume::Continue, ..job(&path, 1) }, &mut seen).unwrap();
        assert!(seen.began >= 2900);
        assert_eq!(resumed, ended);
        assert!(fs::read(&path).unwrap() == fs::read(&whole).unwrap());
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 4);
}

#[test]
fn what_was_written_after_the_last_note_is_written_again() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("events.csv");
    let mut seen = Seen { stop_after: Some(1000), ..Seen::default() };
    code_with(code, job(&path, 2), &mut seen).unwrap();
    let part = Output::part_of(&path);
    let mut torn = fs::read(&part).unwrap();
    torn.extend_from_slice(b"wire-7,half a row");
    fs::write(&part, torn).unwrap();
    code_with(code, Job { resume: Resume::Continue, ..job(&path, 2) }, &mut Seen::default()).unwrap();
    let whole = home.path().join("whole.csv");
    code_with(code, job(&whole, 2), &mut Seen::default()).unwrap();
    assert!(fs::read(&path).unwrap() == fs::read(&whole).unwrap());
}

#[test]
fn another_run_is_not_continued() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("events.jsonl");
    let mut seen = Seen { stop_after: Some(100), ..Seen::default() };
    code_with(code, job(&path, 1), &mut seen).unwrap();
    let other = Job { resume: Resume::Continue, settings: "min_score 0.9".to_owned(), ..job(&path, 1) };
    assert!(matches!(code_with(code, other, &mut Seen::default()), Err(RunError::OtherRun { .. })));
    let anew = Job { resume: Resume::Restart, settings: "min_score 0.9".to_owned(), ..job(&path, 1) };
    assert!(matches!(code_with(code, anew, &mut Seen::default()), Ok(Ended::Complete(_))));
}

#[test]
fn a_stopped_run_without_a_note_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("events.parquet");
    let mut seen = Seen { stop_after: Some(100), ..Seen::default() };
    let stopped = code_with(code, job(&path, 1), &mut seen).unwrap();
    assert!(matches!(stopped, Ended::Interrupted { resumable: false, .. }));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn nothing_to_read_is_no_output() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("events.jsonl");
    let nothing = Job { inputs: vec![Input::named(home.path().join("missing.txt"))], ..job(&path, 2) };
    let ended = code_with(code, nothing, &mut Seen::default()).unwrap();
    assert!(matches!(ended, Ended::Nothing(tally) if tally.failed == 1));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}
