//! How likely a candidate is right: a logistic model over what rows, frames, tree and actors say of it. Rows propose, the judge disposes.

use marsad_text::{Base, Lang, Upos};
use rustc_hash::FxHashMap;

use super::feature::{Feature, Sink, Sum, Weights};
use super::finding::Finding;
use super::lexicon::{EventRow, Needs, Pos};
use super::reader::Insight;
use crate::actors::resolve::{Basis, Resolved};
use crate::model::{Aux, EventType, Sector};
use crate::tree::Tree;

/// Weights of a judge by feature name: `judge.tsv` or `twins.tsv` of `learned`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judge {
    weights: Weights<1>,
}

impl Judge {
    /// Reads a table of feature names and weights; `None` where a line is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Judge> {
        Weights::parse(text).map(|weights| Judge { weights })
    }

    /// Reads what the build makes of such a table.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Judge> {
        Weights::from_bytes(bytes).map(|weights| Judge { weights })
    }

    /// Probability, 0 to 1, of what `tell` tells the features of.
    #[must_use]
    pub(super) fn probability(&self, tell: impl FnOnce(&mut Sum<1>)) -> f32 {
        let mut sum = self.weights.sum();
        tell(&mut sum);
        sum.probabilities()[0]
    }

    /// What each feature adds to the log odds, largest first; features without weight are left out.
    #[must_use]
    pub fn contributions(&self, features: &[Feature]) -> Vec<Feature> {
        let mut out: Vec<Feature> = features.iter().filter_map(|(name, value)| self.weights.get(name).map(|[w]| (name.clone(), w * value))).collect();
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
    /// The trigger and the other words of the expression.
    pub words: &'a [usize],
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
    /// What the encoder says of the sentence.
    pub insight: Option<Insight<'a>>,
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

/// Tells the features of a candidate.
pub fn features(case: &Case, out: &mut impl Sink) {
    let Case { tree, row, kind, trigger, .. } = *case;
    let word = tree.word(trigger);
    let (pos, share) = (row.pos.name(), share_name(row.share));
    at_a_glance(tree, row, kind, (trigger, case.meant), case.setting, out);
    out.flag(format_args!("words {}", case.words.len().min(3)));
    out.flag(format_args!("rivals {}", case.rivals.min(3)));
    out.flag(format_args!("actor {}", basis(case.actors)));
    out.flag(format_args!("recipient {}", basis(case.recipients)));
    out.flag(format_args!("sides {} {}", known(case.actors), known(case.recipients)));
    out.flag(format_args!("sides {} {} {kind}", known(case.actors), known(case.recipients)));
    out.flag(format_args!("sides {} {} {pos}", known(case.actors), known(case.recipients)));
    if let Some(sector) = case.actors.first().and_then(|a| a.sector) {
        out.flag(format_args!("actor sector {}", sector_class(sector)));
    }
    if let Some(sector) = case.recipients.first().and_then(|r| r.sector) {
        out.flag(format_args!("recipient sector {}", sector_class(sector)));
    }
    out.flag(format_args!("aux {}", case.finding.aux.map_or("none", Aux::name)));
    if case.finding.content {
        let above = case.above.map_or("none", EventType::name);
        out.flag(format_args!("content"));
        out.flag(format_args!("content {pos} {}", tree.lang));
        out.flag(format_args!("content {kind}"));
        out.flag(format_args!("content of {above} {pos}"));
        out.flag(format_args!("content of {above} {kind}"));
        out.flag(format_args!("content sides {} {}", known(case.actors), known(case.recipients)));
        out.flag(format_args!("content share {share}"));
    }
    if !case.needs_met {
        let explicit = matches!(row.needs, Needs::Actor | Needs::Recipient | Needs::Both);
        out.flag(format_args!("needs unmet"));
        out.flag(format_args!("needs unmet {pos} {}", if explicit { "explicit" } else { "default" }));
        out.flag(format_args!("needs unmet {kind}"));
    }
    if case.finding.reporter.is_some() || case.finding.source.is_some() {
        out.flag(format_args!("reported"));
    }
    if case.finding.light.is_some() {
        out.flag(format_args!("light verb"));
    }
    if case.finding.ended {
        out.flag(format_args!("ended"));
    }
    if tree.lang == Lang::Ar && row.pos == Pos::Noun && !tree.folded(trigger).starts_with("ال") && tree.children(trigger).is_empty() {
        out.flag(format_args!("bare noun"));
    }
    if case.setting.running {
        out.flag(format_args!("sentence {}", case.setting.sentence.min(2)));
        out.flag(format_args!("running {kind}"));
    }
    for name in ["Tense", "VerbForm", "Number", "Definite", "Aspect", "Voice"] {
        if let Some(value) = word.feats.get(name) {
            out.flag(format_args!("{name} {value} {pos}"));
        }
    }
    if let Some(mode) = &row.mode {
        out.flag(format_args!("mode {kind} {mode}"));
    }
    clause_features(case, pos, out);
    if tree.head(trigger).is_none() {
        out.flag(format_args!("is root"));
    }
    if let Some(first) = case.actors.first().filter(|a| tree.upos(a.head) == Upos::Pron) {
        out.flag(format_args!("actor pronoun person {}", tree.word(first.head).feats.get("Person").unwrap_or("none")));
    }
    if tree.is_quoted(trigger) {
        out.flag(format_args!("quoted"));
    }
    if pos == "noun" {
        let article = tree.children(trigger).iter().any(|&c| tree.rel(c) == Base::Det);
        out.flag(format_args!("noun article {article} governor {}", tree.head(trigger).map_or("none", |h| tree.upos(h).name())));
    }
    if let Some(insight) = case.insight {
        insight.tell(tree, case.words, kind, pos, out);
    }
    context_features(case, out);
    out.tell(format_args!("head confidence"), word.head_confidence);
    out.tell(format_args!("sentence length"), (tree.len() as f32 / 40.0).min(2.0));
}

/// Tells what is known of a trigger before its frame is filled: [`super::glance`] sees no more. The features' names begin with words that no other's do.
pub(super) fn at_a_glance(tree: &Tree, row: &EventRow, kind: EventType, (trigger, meant): (usize, bool), setting: &Setting, out: &mut impl Sink) {
    let (lang, pos, share, rel) = (tree.lang, row.pos.name(), share_name(row.share), tree.rel(trigger));
    out.flag(format_args!("bias"));
    out.flag(format_args!("lang {lang}"));
    out.flag(format_args!("type {kind}"));
    out.flag(format_args!("type {kind} {lang}"));
    out.flag(format_args!("pos {pos}"));
    out.flag(format_args!("pos {pos} {lang}"));
    out.flag(format_args!("tag {} {pos} {lang}", tree.upos(trigger).name()));
    out.tell(format_args!("tag confidence"), tree.word(trigger).tag_confidence);
    out.flag(format_args!("relation {rel}"));
    out.flag(format_args!("relation {rel} {pos} {lang}"));
    out.flag(format_args!("relation {rel} {kind}"));
    out.flag(format_args!("share {share}"));
    out.flag(format_args!("share {share} {pos}"));
    out.flag(format_args!("share {share} {lang}"));
    if !row.sense.with.is_empty() || !row.sense.under.is_empty() {
        out.flag(format_args!("sense confirmed"));
    }
    if !row.sense.without.is_empty() {
        out.flag(format_args!("sense guarded"));
    }
    if !meant {
        out.flag(format_args!("sense doubtful"));
        out.flag(format_args!("sense doubtful {pos} {lang}"));
        out.flag(format_args!("sense doubtful {kind}"));
        out.flag(format_args!("sense doubtful by {}", if row.sense.with.is_empty() && row.sense.under.is_empty() { "guard" } else { "want" }));
    }
    out.flag(format_args!("names {}", setting.names.min(3)));
    out.flag(format_args!("political {}", setting.political.min(3)));
    out.flag(format_args!("density {}", bucket(setting.density, &[0.5, 1.5, 3.0, 5.0, 8.0])));
    out.flag(format_args!("density {} {kind}", bucket(setting.density, &[1.5, 4.0])));
    out.flag(format_args!("decoys {}", bucket(setting.decoys, &[0.01, 0.3, 0.8])));
    out.flag(format_args!("lemma {kind} {}", lemma_key(row)));
    out.flag(format_args!("row {}", row.id));
}

/// The part of a word's uses that are events, as its row estimates it.
fn share_name(share: Option<u8>) -> &'static str {
    share.map_or("unknown", |n| ["1", "2", "3", "4", "5"][usize::from(n - 1)])
}

/// How the trigger stands in its sentence: what is mentioned in passing hangs deep, under other events, as a definite noun.
fn clause_features(case: &Case, pos: &str, out: &mut impl Sink) {
    let Case { tree, kind, trigger, .. } = *case;
    let above = case.above.map_or("none", EventType::name);
    let rel = tree.rel(trigger);
    out.flag(format_args!("above {above} {pos}"));
    out.flag(format_args!("above {above} {kind}"));
    out.flag(format_args!("above {} {rel} {pos}", case.above.is_some()));
    out.flag(format_args!("depth {} {pos}", tree.ancestors(trigger).take(6).count()));
    out.flag(format_args!("candidates {}", bucket(case.candidates as f32, &[2.0, 3.0, 5.0, 8.0])));
    if let Some(head) = tree.head(trigger) {
        out.flag(format_args!("governor {} {rel} {pos}", tree.upos(head).name()));
    }
    for below in [Base::Obj, Base::Xcomp, Base::Ccomp, Base::Advcl, Base::Obl, Base::Nmod, Base::Amod, Base::Nsubj, Base::Acl, Base::Mark, Base::Cop] {
        if tree.children(trigger).iter().any(|&c| tree.rel(c) == below) {
            out.flag(format_args!("child {below} {pos} {}", tree.lang));
            out.flag(format_args!("child {below} {kind}"));
        }
    }
    if pos == "noun" {
        let article = tree.children(trigger).iter().any(|&c| tree.rel(c) == Base::Det && matches!(tree.folded(c), "the" | "this" | "that"));
        let definite = article || tree.feat(trigger, "Definite", "Def") || tree.folded(trigger).starts_with("ال");
        out.flag(format_args!("definite {definite} {rel} {}", tree.lang));
        out.flag(format_args!("definite {definite} {kind}"));
    }
}

/// The words around the trigger: what it hangs on, what hangs on it, and what the sentence is about.
fn context_features(case: &Case, out: &mut impl Sink) {
    let Case { tree, kind, trigger, .. } = *case;
    if let Some(head) = tree.head(trigger).filter(|&h| is_content(tree, h)) {
        out.flag(format_args!("under {}", tree.lemma(head)));
    }
    for &c in tree.children(trigger) {
        if is_content(tree, c) {
            out.flag(format_args!("over {}", tree.lemma(c)));
            if matches!(tree.rel(c), Base::Obj | Base::Nsubj | Base::Nmod | Base::Obl | Base::Amod | Base::Compound) {
                out.flag(format_args!("over {} {kind}", tree.lemma(c)));
            }
        }
    }
    // The trigger's own lemma is near only where it stands a second time.
    let own = is_content(tree, trigger).then(|| tree.lemma(trigger));
    for (lemma, _) in case.lemmas.iter().filter(|(lemma, n)| Some(*lemma) != own || *n > 1) {
        out.flag(format_args!("near {lemma}"));
    }
}

pub(super) fn is_content(tree: &Tree, w: usize) -> bool {
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
