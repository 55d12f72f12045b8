//! Runs the program as a user would: what it prints, what it leaves behind, how it ends.

#![allow(clippy::unwrap_used, reason = "a test that fails here fails")]

mod bad_input;
mod browser;
mod commands;
mod interruption;
mod lexicon;
mod outputs;
mod rundown;
mod usage;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// What a run of the program came to.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    /// Checks that it said one line on standard error, and no more, with these words in it.
    #[track_caller]
    fn says_one_line(&self, words: &[&str]) {
        assert_eq!(self.err.trim_end().lines().count(), 1, "{self:?}");
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in {self:?}");
        }
    }
}

/// The program in a folder, free of what the tester's terminal says.
fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_marsad"));
    command.current_dir(home).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let ran = Ran { code: output.status.code(), out: String::from_utf8(output.stdout).unwrap(), err: String::from_utf8(output.stderr).unwrap() };
    assert!(!ran.err.contains("internal error") && !ran.err.contains("panicked"), "{ran:?}");
    ran
}

/// Runs the program with arguments in a folder.
fn marsad(home: &Path, arguments: &[&str]) -> Ran {
    ran(program(home).args(arguments))
}

/// Runs it with something on standard input.
fn marsad_fed(home: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = program(home);
    let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder with files in it.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    home
}

/// What is in a folder, sorted.
fn names(home: &Path) -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> = fs::read_dir(home).unwrap().map(|entry| entry.unwrap().file_name().into()).collect();
    names.sort();
    names
}

const ENGLISH: &str = "Russia and the United States held talks in Geneva on Monday. Police arrested four protesters in Almaty. \
    Kazakhstan denied that its army had attacked the village.";
const RUSSIAN: &str = "Президент России провёл переговоры с премьер-министром Армении. Полиция задержала участников протеста в Бишкеке. \
    Москва осудила решение Вашингтона ввести санкции против российских банков.";
const ARABIC: &str = "أجرى وزير الخارجية الروسي محادثات مع نظيره الأمريكي في جنيف يوم الاثنين. واعتقلت الشرطة عشرات المتظاهرين في العاصمة. \
    وأدانت مصر الهجوم على القرية.";
const PERSIAN: &str = "رئیس‌جمهور ایران امروز در تهران با وزیر خارجه ترکیه دیدار کرد و گفت که همکاری‌های دو کشور گسترش می‌یابد.";

/// So many documents as JSON lines, in three covered languages and one that is not.
fn wire(documents: usize) -> String {
    let texts = [ENGLISH, RUSSIAN, ARABIC, PERSIAN];
    let line = |n: usize| {
        let text = texts[n % texts.len()];
        format!("{{\"id\": \"w{n}\", \"date\": \"2022-01-12\", \"outlet\": \"Wire\", \"text\": \"{text}\"}}\n")
    };
    (0..documents).map(line).collect()
}
