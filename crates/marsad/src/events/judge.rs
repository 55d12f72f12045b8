//! How likely a candidate is right: a logistic model over what rows, frames, tree and actors say of it. Rows propose, the judge disposes.

use marsad_text::{Base, Lang, Upos};
use rustc_hash::FxHashMap;

use super::factuality::Finding;
use super::lexicon::{EventRow, Needs, Pos};
use crate::actors::resolve::{Basis, Resolved};
use crate::model::{Aux, EventType, Sector};
use crate::tree::Tree;

/// Weights of the judge by feature name: `events/judge.tsv`, written by `marsad-lab judge`.
#[derive(Clone, Debug, Default)]
pub struct Judge {
    weights: FxHashMap<String, f32>,
}

/// A feature of a candidate with its value.
pub type Feature = (String, f32);

impl Judge {
    /// The built-in judge.
    ///
    /// # Panics
    /// If the embedded table is broken, which a test rules out.
    #[must_use]
    pub fn embedded() -> Judge {
        Judge::parse(include_str!("judge.tsv")).expect("the embedded judge is sound")
    }

    /// The built-in judge of whether two events of a type in a sentence are two: `events/twins.tsv`, written by `marsad-lab judge`.
    ///
    /// # Panics
    /// If the embedded table is broken, which a test rules out.
    #[must_use]
    pub fn of_twins() -> Judge {
        Judge::parse(include_str!("twins.tsv")).expect("the embedded judge of twins is sound")
    }

    /// Reads a table of feature names and weights; `None` where a line is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Judge> {
        let lines = text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1);
        let weights = lines.map(|l| l.split_once('\t').and_then(|(name, w)| Some((name.to_owned(), w.trim().parse().ok()?)))).collect::<Option<_>>()?;
        Some(Judge { weights })
    }

    /// Probability that a candidate is right, 0 to 1.
    #[must_use]
    pub fn probability(&self, features: &[Feature]) -> f32 {
        let sum: f32 = features.iter().map(|(name, value)| self.weights.get(name).copied().unwrap_or(0.0) * value).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    /// What each feature adds to the log odds, largest first; features without weight are left out.
    #[must_use]
    pub fn contributions(&self, features: &[Feature]) -> Vec<Feature> {
        let mut out: Vec<Feature> = features.iter().filter_map(|(name, value)| self.weights.get(name).map(|w| (name.clone(), w * value))).collect();
        out.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        out
    }
}

/// What the judge looks at.
#[derive(Debug)]
pub struct Case<'a> {
    /// The sentence.
    pub tree: &'a Tree<'a>,
    /// The row that proposes.
    pub row: &'a EventRow,
    /// Type after factuality was considered.
    pub kind: EventType,
    /// The trigger.
    pub trigger: usize,
    /// Number of words of the expression.
    pub words: usize,
    /// Whether the row's conditions on its sense hold.
    pub meant: bool,
    /// Rows that fit the word as well as this one.
    pub rivals: usize,
    /// Actors.
    pub actors: &'a [Resolved],
    /// Recipients.
    pub recipients: &'a [Resolved],
    /// Factuality.
    pub finding: &'a Finding,
    /// Whether the sides that the row needs are known.
    pub needs_met: bool,
    /// What is around.
    pub setting: &'a Setting,
    /// Type of the nearest word above the trigger that an event row fits.
    pub above: Option<EventType>,
    /// Words of the sentence that event rows fit.
    pub candidates: usize,
    /// The distinct lemmas of the sentence's content words, each with the number of its words.
    pub lemmas: &'a [(&'a str, usize)],
}

/// What a sentence and its document are like, whatever the event.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Setting {
    /// Names with a code in the sentence.
    pub names: usize,
    /// Roles of state, force, party and armed groups in the sentence.
    pub political: usize,
    /// Political names and roles per hundred words of the document.
    pub density: f32,
    /// Expressions in the document that hold an event word and are no event (sport, accidents…), per hundred words.
    pub decoys: f32,
    /// Number of the sentence in the document, from 0.
    pub sentence: usize,
    /// Whether the document has more than one sentence.
    pub running: bool,
}

/// Features of a candidate.
#[must_use]
pub fn features(case: &Case) -> Vec<Feature> {
    let Case { tree, row, kind, trigger, .. } = *case;
    let word = tree.word(trigger);
    let pos = match row.pos {
        Pos::Verb => "verb",
        Pos::Noun => "noun",
        Pos::Adjective => "adjective",
    };
    let mut out: Vec<Feature> = Vec::with_capacity(32);
    let mut flag = |name: String| out.push((name, 1.0));
    flag("bias".to_owned());
    flag(format!("lang {}", tree.lang));
    flag(format!("type {kind}"));
    flag(format!("type {kind} {}", tree.lang));
    flag(format!("pos {pos}"));
    flag(format!("pos {pos} {}", tree.lang));
    flag(format!("tag {} {pos} {}", word.upos.name(), tree.lang));
    flag(format!("words {}", case.words.min(3)));
    flag(format!("rivals {}", case.rivals.min(3)));
    flag(format!("relation {}", tree.word(trigger).rel.base));
    flag(format!("actor {}", basis(case.actors)));
    flag(format!("recipient {}", basis(case.recipients)));
    flag(format!("sides {} {}", known(case.actors), known(case.recipients)));
    flag(format!("type {kind} sides {} {}", known(case.actors), known(case.recipients)));
    flag(format!("{pos} sides {} {}", known(case.actors), known(case.recipients)));
    if let Some(sector) = case.actors.first().and_then(|a| a.sector) {
        flag(format!("actor sector {}", sector_class(sector)));
    }
    if let Some(sector) = case.recipients.first().and_then(|r| r.sector) {
        flag(format!("recipient sector {}", sector_class(sector)));
    }
    flag(format!("aux {}", case.finding.aux.map_or("none", Aux::name)));
    let share = row.share.map_or("unknown".to_owned(), |n| n.to_string());
    flag(format!("share {share}"));
    flag(format!("share {share} {pos}"));
    flag(format!("share {share} {}", tree.lang));
    if !row.sense.with.is_empty() || !row.sense.under.is_empty() {
        flag("sense confirmed".to_owned());
    }
    if !row.sense.without.is_empty() {
        flag("sense guarded".to_owned());
    }
    if !case.meant {
        flag("sense doubtful".to_owned());
        flag(format!("sense doubtful {pos} {}", tree.lang));
        flag(format!("sense doubtful {kind}"));
        flag(format!("sense doubtful by {}", if row.sense.with.is_empty() && row.sense.under.is_empty() { "guard" } else { "want" }));
    }
    if case.finding.content {
        let above = case.above.map_or("none", EventType::name);
        flag("content".to_owned());
        flag(format!("content {pos} {}", tree.lang));
        flag(format!("content {kind}"));
        flag(format!("content of {above} {pos}"));
        flag(format!("content of {above} {kind}"));
        flag(format!("content sides {} {}", known(case.actors), known(case.recipients)));
        flag(format!("content share {share}"));
    }
    if !case.needs_met {
        let explicit = matches!(row.needs, Needs::Actor | Needs::Recipient | Needs::Both);
        flag("needs unmet".to_owned());
        flag(format!("needs unmet {pos} {}", if explicit { "explicit" } else { "default" }));
        flag(format!("needs unmet {kind}"));
    }
    if case.finding.reporter.is_some() || case.finding.source.is_some() {
        flag("reported".to_owned());
    }
    if case.finding.light.is_some() {
        flag("light verb".to_owned());
    }
    if case.finding.ended {
        flag("ended".to_owned());
    }
    if tree.lang == Lang::Ar && row.pos == Pos::Noun && !tree.folded(trigger).starts_with("ال") && tree.children(trigger).is_empty() {
        flag("bare noun".to_owned());
    }
    let setting = case.setting;
    flag(format!("names {}", setting.names.min(3)));
    flag(format!("political {}", setting.political.min(3)));
    flag(format!("density {}", bucket(setting.density, &[0.5, 1.5, 3.0, 5.0, 8.0])));
    flag(format!("density {} {kind}", bucket(setting.density, &[1.5, 4.0])));
    flag(format!("decoys {}", bucket(setting.decoys, &[0.01, 0.3, 0.8])));
    if setting.running {
        flag(format!("sentence {}", setting.sentence.min(2)));
        flag(format!("running {kind}"));
    }
    for name in ["Tense", "VerbForm", "Number", "Definite", "Aspect", "Voice"] {
        if let Some(value) = word.feats.get(name) {
            flag(format!("{name} {value} {pos}"));
        }
    }
    if let Some(mode) = &row.mode {
        flag(format!("mode {kind} {mode}"));
    }
    clause_features(case, pos, &mut flag);
    if tree.head(trigger).is_none() {
        flag("is root".to_owned());
    }
    if let Some(first) = case.actors.first().filter(|a| tree.upos(a.head) == Upos::Pron) {
        flag(format!("actor pronoun person {}", tree.word(first.head).feats.get("Person").unwrap_or("none")));
    }
    let quotes = (0..trigger).filter(|&w| matches!(tree.form(w), "\"" | "«" | "»" | "“" | "”" | "``" | "''")).count();
    if quotes % 2 == 1 {
        flag("quoted".to_owned());
    }
    if pos == "noun" {
        let article = tree.children(trigger).iter().any(|&c| tree.rel(c) == Base::Det);
        flag(format!("noun article {article} governor {}", tree.head(trigger).map_or("none", |h| tree.upos(h).name())));
    }
    context_features(case, &mut flag);
    flag(format!("lemma {} {}", kind, lemma_key(row)));
    flag(format!("row {}", row.id));
    out.push(("tag confidence".to_owned(), word.tag_confidence));
    out.push(("head confidence".to_owned(), word.head_confidence));
    out.push(("sentence length".to_owned(), (tree.len() as f32 / 40.0).min(2.0)));
    out
}

/// How the trigger stands in its sentence: what is mentioned in passing hangs deep, under other events, as a definite noun.
fn clause_features(case: &Case, pos: &str, flag: &mut impl FnMut(String)) {
    let Case { tree, kind, trigger, .. } = *case;
    let above = case.above.map_or("none", EventType::name);
    let rel = tree.rel(trigger);
    flag(format!("above {above} {pos}"));
    flag(format!("above {above} {kind}"));
    flag(format!("above {} {rel} {pos}", case.above.is_some()));
    flag(format!("depth {} {pos}", tree.ancestors(trigger).take(6).count()));
    flag(format!("candidates {}", bucket(case.candidates as f32, &[2.0, 3.0, 5.0, 8.0])));
    flag(format!("relation {rel} {pos} {}", tree.lang));
    flag(format!("relation {rel} {kind}"));
    if let Some(head) = tree.head(trigger) {
        flag(format!("governor {} {rel} {pos}", tree.upos(head).name()));
    }
    for below in [Base::Obj, Base::Xcomp, Base::Ccomp, Base::Advcl, Base::Obl, Base::Nmod, Base::Amod, Base::Nsubj, Base::Acl, Base::Mark, Base::Cop] {
        if tree.children(trigger).iter().any(|&c| tree.rel(c) == below) {
            flag(format!("child {below} {pos} {}", tree.lang));
            flag(format!("child {below} {kind}"));
        }
    }
    if pos == "noun" {
        let article = tree.children(trigger).iter().any(|&c| tree.rel(c) == Base::Det && matches!(tree.folded(c), "the" | "this" | "that"));
        let definite = article || tree.feat(trigger, "Definite", "Def") || tree.folded(trigger).starts_with("ال");
        flag(format!("definite {definite} {rel} {}", tree.lang));
        flag(format!("definite {definite} {kind}"));
    }
}

/// The words around the trigger: what it hangs on, what hangs on it, and what the sentence is about.
fn context_features(case: &Case, flag: &mut impl FnMut(String)) {
    let Case { tree, kind, trigger, .. } = *case;
    if let Some(head) = tree.head(trigger).filter(|&h| is_content(tree, h)) {
        flag(format!("under {}", tree.lemma(head)));
    }
    for &c in tree.children(trigger) {
        if is_content(tree, c) {
            flag(format!("over {}", tree.lemma(c)));
            if matches!(tree.rel(c), Base::Obj | Base::Nsubj | Base::Nmod | Base::Obl | Base::Amod | Base::Compound) {
                flag(format!("over {} {kind}", tree.lemma(c)));
            }
        }
    }
    // The trigger's own lemma is near only where it stands a second time.
    let own = is_content(tree, trigger).then(|| tree.lemma(trigger));
    for (lemma, _) in case.lemmas.iter().filter(|(lemma, n)| Some(*lemma) != own || *n > 1) {
        flag(format!("near {lemma}"));
    }
}

fn is_content(tree: &Tree, w: usize) -> bool {
    matches!(tree.upos(w), Upos::Noun | Upos::Verb | Upos::Adj | Upos::Propn | Upos::Adv | Upos::X)
}

/// The distinct lemmas of a sentence's content words in order, each with the number of its words; once a sentence, for all its candidates.
pub(super) fn content_lemmas<'a>(tree: &'a Tree) -> Vec<(&'a str, usize)> {
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    let mut out: Vec<(&str, usize)> = Vec::new();
    for lemma in (0..tree.len()).filter(|&w| is_content(tree, w)).map(|w| tree.lemma(w)) {
        let place = *places.entry(lemma).or_insert(out.len());
        if place == out.len() {
            out.push((lemma, 0));
        }
        out[place].1 += 1;
    }
    out
}

/// The row's lemma without mode and number: rows of one word share what is learned of it.
fn lemma_key(row: &EventRow) -> &str {
    let end = row.id.rfind('/').map_or(0, |i| i + 1);
    let name = &row.id[end..];
    name.split('.').next().unwrap_or(name)
}

fn bucket(x: f32, bounds: &[f32]) -> usize {
    bounds.iter().filter(|b| x >= **b).count()
}

fn basis(side: &[Resolved]) -> &'static str {
    match side.iter().map(|r| r.basis).min() {
        None => "missing",
        Some(Basis::Name) => "name",
        Some(Basis::Composed) => "composed",
        Some(Basis::Context) => "context",
        Some(Basis::Anaphor) => "anaphor",
        Some(Basis::Role) => "role",
        Some(Basis::Attached) => "attached",
        Some(Basis::Nothing) => "unknown",
    }
}

fn known(side: &[Resolved]) -> &'static str {
    match side.iter().map(|r| r.basis).min() {
        None => "none",
        Some(b) if b < Basis::Role => "coded",
        Some(Basis::Role | Basis::Attached) => "role",
        Some(_) => "unknown",
    }
}

fn sector_class(sector: Sector) -> &'static str {
    match sector {
        Sector::Gov | Sector::Leg | Sector::Jud | Sector::Spy => "state",
        Sector::Mil | Sector::Cop | Sector::Prm => "force",
        Sector::Reb | Sector::Uaf | Sector::Crm => "armed",
        Sector::Pty | Sector::Opp => "party",
        Sector::Bus | Sector::Lab | Sector::Agr => "economy",
        Sector::Jrn => "media",
        _ => "society",
    }
}
