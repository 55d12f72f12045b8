//! Rows of `events/factuality/<lang>.tsv`.

use marsad_text::Lang;
use marsad_text::normal::fold;

use super::super::finding::{Effect, Finding};
use crate::forms::{Inflecting, Vary};
use crate::tables::{Key, Problems, Row, Shape, TableError};
use crate::tree::Tree;

/// What a row bears on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Clause,
    Noun,
    Both,
    Own,
    Below,
}

#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) pos: char,
    pub(super) reach: Reach,
    pub(super) effect: Effect,
    /// Further words of a multiword row, as folded forms; empty for single words.
    pub(super) rest: Vec<String>,
    /// Part of speech and words, by which [`super::verdict`] knows the row.
    name: String,
    /// Whether the row is a user's.
    own: bool,
    pub(super) place: String,
}

impl Rule {
    /// Tells what the row makes of an event, at this word.
    pub(super) fn tell(&self, tree: &Tree, word: usize, sort: &'static str, finding: &mut Finding) {
        finding.see(tree, self.effect, word, sort, (&self.name, &self.place, self.own));
    }
}

pub(in crate::events) const SHAPE: Shape =
    Shape { columns: &["lemma", "pos", "scope", "effect", "example"], optional: &[], key: Key::All(&[0, 1, 2]), gone: Key::All(&[0, 1]), apart: None };

const EFFECTS: &[&str] = &["negation", "future", "hypothetical", "content", "report", "light", "suffer", "begin", "end"];

fn reach(row: &Row) -> Result<Reach, TableError> {
    Ok(match row.required(2, "scope")? {
        "clause" => Reach::Clause,
        "noun" => Reach::Noun,
        "both" => Reach::Both,
        "self" => Reach::Own,
        "below" => Reach::Below,
        other => return Err(row.wrong("scope", other, &["clause", "noun", "both", "self", "below"])),
    })
}

fn effect(row: &Row) -> Result<Effect, TableError> {
    Ok(match row.required(3, "effect")? {
        "negation" => Effect::Negation,
        "future" => Effect::Future,
        "hypothetical" => Effect::Hypothetical,
        "content" => Effect::Content,
        "report" => Effect::Report,
        "light" => Effect::Light,
        "suffer" => Effect::Suffer,
        "begin" => Effect::Begin,
        "end" => Effect::End,
        other => return Err(row.wrong("effect", other, EFFECTS)),
    })
}

/// Adds the rule of a row, with its head's forms.
pub(super) fn add(row: &Row, rules: &mut Vec<Rule>, forms: &mut Inflecting, problems: &mut Problems) {
    let cells = (problems.note(row.required(0, "lemma")), problems.note(pos(row)), problems.note(reach(row)), problems.note(effect(row)));
    let (Some(lemma), Some((pos, vary)), Some(reach), Some(effect)) = cells else { return };
    let lemma = lemma.replace('*', "");
    let mut words = lemma.split_whitespace();
    let Some(head) = words.next() else { return };
    let rest = words.map(fold).collect();
    forms.add(vary, head, rules.len() as u32);
    rules.push(Rule { pos, reach, effect, rest, name: format!("{pos} {lemma}"), own: row.own, place: format!("{}:{}", row.file, row.line) });
}

/// The part of speech of a row in one letter, and how its words vary.
fn pos(row: &Row) -> Result<(char, Vary), TableError> {
    let pos = row.required(1, "pos")?;
    let mut letters = pos.chars();
    let letter = letters.next().filter(|_| letters.next().is_none());
    letter.zip(Vary::of_letter(pos)).ok_or_else(|| row.wrong("pos", pos, &["v", "n", "a", "p"]))
}

impl Rule {
    /// Whether the row is that of a verb whose subject says that something is not so.
    pub(super) fn says_no(&self, lang: Lang) -> bool {
        let verb = self.name.strip_prefix("v ");
        verb.is_some_and(|verb| DENIALS.iter().any(|(of, words)| *of == lang && words.contains(&verb)))
    }
}

/// Verbs whose subject says that something is not so.
const DENIALS: &[(Lang, &[&str])] = &[
    (Lang::En, &["deny", "refute", "dispute", "reject", "dismiss"]),
    (Lang::Ru, &["отрицать", "опровергнуть", "опровергать", "отвергнуть", "отвергать"]),
    (Lang::Ar, &["نفى", "أنكر", "كذب", "دحض"]),
];
