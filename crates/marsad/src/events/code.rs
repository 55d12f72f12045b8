//! One sentence's events: trigger words, rows, frames, actors, factuality and score put together.

use std::ops::Range;

use marsad_text::{Base, Lang, Upos};

use super::factuality::{Asked, Factuality, SpeechAct, speaker_of};
use super::feature::Feature;
use super::finding::{Effect, Finding};
use super::judge::{Case, Judge, Setting, content_lemmas, features};
use super::lexicon::{EventRow, Lexicon, Needs, Pos};
use super::linker::{Framed, Link, Linker, links};
use super::place::place_of;
use super::reader::Insight;
use super::sides::{localise, sides, spare_reporters};
use super::silent::silent_subject;
use super::slots::{Filled, Place, agents, fill};
use super::timing::Told;
use super::trigger::{Fit, Sightings};
use super::twins;
use super::verdict::{Ruling, Signs, Verdict};
use super::voice::is_passive;
use super::when::{Time, is_time_word, may_be_month};
use crate::actors::resolve::{Basis, Resolved, Scene};
use crate::model::{Aux, Code, EventType};
use crate::tree::Tree;

/// An event in a sentence, with all that explains it.
#[derive(Clone, Debug)]
pub struct Event {
    /// Number of the row.
    pub row: u32,
    /// Type.
    pub kind: EventType,
    /// Mode.
    pub mode: Option<String>,
    /// Factuality.
    pub aux: Option<Aux>,
    /// The trigger and the other words of the expression.
    pub words: Vec<usize>,
    /// Who acted.
    pub actors: Vec<Resolved>,
    /// Who was acted upon.
    pub recipients: Vec<Resolved>,
    /// Whose claim it is.
    pub speaker: Option<Resolved>,
    /// Where: words, English name, country.
    pub place: Option<(Range<usize>, String, Option<Code>)>,
    /// When, as the sentence tells.
    pub time: Option<Time>,
    /// Which of the row's frames was taken.
    pub frame: usize,
    /// Which slots were filled by which words.
    pub slots: Vec<(String, usize)>,
    /// What factuality saw.
    pub finding: Finding,
    /// Features for the judge; empty where nobody wants to keep them.
    pub features: Vec<Feature>,
    /// What weighed on its factuality; empty where nobody wants to keep it.
    pub signs: Vec<Feature>,
    /// Probability that it is right.
    pub score: f32,
    /// Whether all sides act, so that nobody is acted upon.
    pub reciprocal: bool,
    /// The phrases that were considered as participants.
    pub links: Vec<Link>,
    /// Triggers of the sentence that tell of it again.
    pub retold: Vec<usize>,
    /// For training: the other events of its type in the sentence by number, with what tells the two apart if the other is kept.
    pub rivals: Vec<(usize, Vec<Feature>)>,
}

/// The tables that coding needs.
#[derive(Clone, Copy, Debug)]
pub struct Knowledge<'a> {
    /// Event rows.
    pub lexicon: &'a Lexicon,
    /// Factuality rows.
    pub factuality: &'a Factuality,
    /// The judge.
    pub judge: &'a Judge,
    /// The linker.
    pub linker: &'a Linker,
    /// What weighs the signs of factuality.
    pub verdict: &'a Verdict,
    /// The judge of whether two events of a type are two; `None` to keep all, with what tells them apart: for training.
    pub twins: Option<&'a Judge>,
    /// Whether events keep the features that they were judged by: for training and explaining.
    pub keep: bool,
}

/// What is known of a sentence beside its tree.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its time expressions.
    pub times: &'a [Time],
    /// What it and its document are like.
    pub setting: &'a Setting,
    /// What the encoder says of it.
    pub insight: Option<Insight<'a>>,
}

/// The words of a sentence that rows fit, with these rows.
#[must_use]
pub fn proposals(tree: &Tree, lexicon: &Lexicon) -> Vec<(usize, Vec<Fit>)> {
    Sightings::new(tree, lexicon).all()
}

/// All events that rows propose in a sentence, in text order, each word at most one.
#[must_use]
pub fn code_sentence(scene: Scene, knowledge: Knowledge, mut proposals: Vec<(usize, Vec<Fit>)>, seen: Seen) -> Vec<Event> {
    let Seen { times, setting, insight } = seen;
    let tree = scene.tree;
    proposals.retain(|(word, _)| may_trigger(&scene, *word, times));
    // Longer expressions first: their words are no triggers of their own.
    proposals.sort_by_key(|(w, f)| (std::cmp::Reverse(f[0].words.len()), *w));
    let candidates = proposals.iter().filter(|(_, fits)| fits[0].meant).count();
    let lemmas = content_lemmas(tree);
    let speakers = knowledge.factuality.speakers(tree);
    let around = Around { times, setting, insight, proposals: &proposals, candidates, lemmas: &lemmas, speakers: &speakers };
    let mut taken = vec![false; tree.len()];
    let mut events = Vec::new();
    for (word, fits) in &proposals {
        if taken[*word] {
            continue;
        }
        let event = best(&scene, knowledge, fits, &around);
        let expression = fits[0].words.len() > 1 && fits[0].meant;
        match &event {
            Some(event) => event.words.iter().for_each(|&w| taken[w] = true),
            None if expression => fits[0].words.iter().for_each(|&w| taken[w] = true),
            None => {}
        }
        events.extend(event);
    }
    events.sort_by_key(|e| e.words[0]);
    match knowledge.twins {
        Some(apart) => twins::merge(events, tree, knowledge.lexicon, apart),
        None => with_rivals(events, tree, knowledge.lexicon),
    }
}

fn with_rivals(mut events: Vec<Event>, tree: &Tree, lexicon: &Lexicon) -> Vec<Event> {
    let rivals = |b: usize| {
        let others = (0..events.len()).filter(|&a| a != b && events[a].kind == events[b].kind);
        others
            .map(|a| {
                let mut features = Vec::new();
                twins::features(tree, lexicon, &events[a], &events[b], &mut features);
                (a, features)
            })
            .collect::<Vec<_>>()
    };
    let all: Vec<_> = (0..events.len()).map(rivals).collect();
    events.iter_mut().zip(all).for_each(|(event, rivals)| event.rivals = rivals);
    events
}

/// How many words of a sentence begin an expression that is no event.
#[must_use]
pub fn decoys(proposals: &[(usize, Vec<Fit>)], lexicon: &Lexicon) -> usize {
    proposals.iter().filter(|(_, fits)| fits.iter().any(|f| lexicon.row(f.row).kind.is_none())).count()
}

/// Which rows were considered for each word of a sentence and what became of them, a line a row: for those who write tables.
#[must_use]
pub fn diagnose(scene: Scene, knowledge: Knowledge) -> Vec<String> {
    let tree = scene.tree;
    let sightings = Sightings::new(tree, knowledge.lexicon);
    let proposals = sightings.all();
    let (lemmas, speakers) = (content_lemmas(tree), knowledge.factuality.speakers(tree));
    let mut out = Vec::new();
    for word in 0..tree.len() {
        let reasons = sightings.reasons(word);
        if reasons.is_empty() {
            continue;
        }
        out.extend(reasons);
        if !may_trigger(&scene, word, &[]) {
            out.push(format!("{}\t\tbelongs to a name or role", tree.form(word)));
        }
        for fit in sightings.fits(word) {
            let row = knowledge.lexicon.row(fit.row);
            let content = |governor: usize, clause: bool| makes_content(knowledge.lexicon, &proposals, governor, clause);
            let asked = Asked { tree, words: &fit.words, verbal: row.pos == Pos::Verb, act: speech_act(row), makes_content: &content };
            let finding = knowledge.factuality.find(asked);
            let verdict = if row.kind.is_none() {
                "no event".to_owned()
            } else {
                let around = Around {
                    times: &[],
                    setting: &Setting::default(),
                    insight: None,
                    proposals: &proposals,
                    candidates: proposals.len(),
                    lemmas: &lemmas,
                    speakers: &speakers,
                };
                propose(&scene, knowledge, row, &fit, 1, &around).map_or("no event".to_owned(), |e| format!("{} with score {:.2}", e.kind, e.score))
            };
            out.push(format!("{}\t{}\t-> {verdict} {}", tree.form(word), row.id, finding.seen.join("; ")));
        }
    }
    out
}

/// Whether a word may be a trigger: it is not part of a name or of a longer role.
fn may_trigger(scene: &Scene, word: usize, times: &[Time]) -> bool {
    // A month is no march, also where no date of the document tells its year: "in March".
    let tree = scene.tree;
    let after_adposition = word > 0 && tree.upos(word - 1) == Upos::Adp;
    let month = tree.upos(word) == Upos::Propn && after_adposition && may_be_month(tree.folded(word), tree.lang);
    let time = month || tree.upos(word) == Upos::Propn && is_time_word(tree.folded(word), tree.lang);
    if time || times.iter().any(|t| t.words.contains(&word)) {
        return false;
    }
    let named = scene.mentions.names.iter().any(|f| f.words.contains(&word));
    let in_role = scene.mentions.roles.iter().any(|f| f.words.contains(&word) && f.words.len() > 1);
    !named && !in_role && !matches!(scene.tree.upos(word), Upos::Punct | Upos::Adp | Upos::Pron | Upos::Det | Upos::Num)
}

/// The best of the rows that fit a word, as an event; of equals the first row stays.
fn best(scene: &Scene, knowledge: Knowledge, fits: &[Fit], around: &Around) -> Option<Event> {
    let mut best: Option<Event> = None;
    for fit in fits {
        let row = knowledge.lexicon.row(fit.row);
        let Some(event) = propose(scene, knowledge, row, fit, fits.len(), around) else { continue };
        if best.as_ref().is_none_or(|b| event.score > b.score) {
            best = Some(event);
        }
    }
    best
}

/// What a proposal needs beside its own words.
struct Around<'a> {
    times: &'a [Time],
    setting: &'a Setting,
    insight: Option<Insight<'a>>,
    /// Every word's fitting rows.
    proposals: &'a [(usize, Vec<Fit>)],
    /// How many words have rows that are meant.
    candidates: usize,
    /// The distinct lemmas of the sentence's content words, each with the number of its words.
    lemmas: &'a [(&'a str, usize)],
    /// Heads of the subjects of verbs of saying.
    speakers: &'a [usize],
}

fn propose(scene: &Scene, knowledge: Knowledge, row: &EventRow, fit: &Fit, rivals: usize, around: &Around) -> Option<Event> {
    let kind = row.kind?;
    let tree = scene.tree;
    let trigger = fit.words[0];
    let verbal = row.pos == Pos::Verb;
    let content = |governor: usize, clause: bool| makes_content(knowledge.lexicon, around.proposals, governor, clause);
    let mut finding = knowledge.factuality.find(Asked { tree, words: &fit.words, verbal, act: speech_act(row), makes_content: &content });
    let is_event = |w: usize| kind_of(knowledge.lexicon, around.proposals, w).is_some();
    let told = Told { tree, words: &fit.words, light: finding.light, kind, aux: finding.aux, day: scene.day, is_event: &is_event };
    let time = told.time(around.times);
    if let Some(ahead) = time.filter(|t| told.is_planned(t)) {
        finding.see_form(tree, Effect::Future, ahead.words.start, "time", "after the document");
    }
    let above = above(tree, knowledge.lexicon, around.proposals, trigger);
    let (ruling, signs) = knowledge.verdict.on(&Signs { tree, row, kind, trigger, finding: &finding, above }, knowledge.keep);
    if let Some(Ruling { aux, note }) = ruling {
        finding.aux = aux;
        finding.seen.extend(note);
    }
    let around_trigger = Place { scene: *scene, trigger, words: &fit.words, verbal, light: finding.light.filter(|_| !verbal), suffers: finding.suffers };
    let (frame, Filled { actors, recipients, slots }) = fill(&around_trigger, &row.frames);
    let is_time = |w: usize| around.times.iter().any(|t| t.words.contains(&w)) || is_time(tree, w) || is_for_his_part(tree, w);
    let timeless = |heads: Vec<usize>| heads.into_iter().filter(|&h| !is_time(h)).collect::<Vec<_>>();
    let (actors, recipients) = (timeless(actors), timeless(recipients));
    let reciprocal = row.frames.get(frame).is_some_and(|f| f.reciprocal);
    let accusers = accusers(scene, knowledge.lexicon, around.proposals, trigger);
    let framed = Framed {
        actors: &actors,
        recipients: &recipients,
        slots: &slots,
        reciprocal,
        light: finding.light,
        speakers: around.speakers,
        accusers: &accusers,
        insight: around.insight,
    };
    let links = links(scene, knowledge.linker, row, &fit.words, framed, &is_time, knowledge.keep);
    let [mut actors, mut recipients] = sides(scene, knowledge.linker, &links, framed);
    if kind == EventType::Assault && tree.upos(trigger) != Upos::Verb {
        spare_reporters(&mut actors, &recipients, around.speakers);
    }
    if actors.is_empty() || reciprocal {
        let silent = row.frames.get(frame).and_then(|f| silent_subject(&around_trigger, f, kind));
        match silent {
            Some(r) if finding.suffers && !verbal => recipients.extend(Some(r).filter(|_| recipients.is_empty())),
            silent => actors.extend(silent),
        }
    }
    // A phrase does not hold the event that it takes part in.
    for r in actors.iter_mut().chain(&mut recipients).filter(|r| r.head != trigger && r.words.contains(&trigger)) {
        r.words = r.head..r.head + 1;
    }
    let place = place_of(scene, kind, &fit.words, finding.light, [&actors, &recipients]);
    if let Some((_, _, Some(code))) = &place {
        actors.iter_mut().chain(&mut recipients).for_each(|r| localise(r, *code));
    }
    let needs_met = needs_hold(row, frame, &actors, &recipients);
    let (kind, mode, aux) = settle(kind, row.mode.clone(), finding.aux);
    let case = Case {
        tree,
        row,
        kind,
        trigger,
        words: &fit.words,
        meant: fit.meant,
        rivals,
        actors: &actors,
        recipients: &recipients,
        finding: &finding,
        needs_met,
        setting: around.setting,
        above,
        candidates: around.candidates,
        lemmas: around.lemmas,
        insight: around.insight,
    };
    let mut kept = Vec::new();
    if knowledge.keep {
        features(&case, &mut kept);
    }
    let score = knowledge.judge.probability(|sum| features(&case, sum));
    Some(Event {
        row: fit.row,
        kind,
        mode,
        aux,
        speaker: speaker(scene, &finding),
        place,
        time: time.cloned(),
        words: fit.words.clone(),
        actors,
        recipients,
        frame,
        slots,
        finding,
        features: kept,
        signs,
        score,
        reciprocal,
        links,
        retold: Vec::new(),
        rivals: Vec::new(),
    })
}

/// Whether a word is one of time, in Arabic also with the article: «في المساء».
fn is_time(tree: &Tree, word: usize) -> bool {
    is_time_word(tree.folded(word), tree.lang) || is_time_word(tree.bare(word), tree.lang)
}

/// Whether a word stands in «من جهته», "for his part", and is nobody's side.
fn is_for_his_part(tree: &Tree, word: usize) -> bool {
    let own = || tree.children_by(word, &[Base::Nmod]).any(|c| tree.upos(c) == Upos::Pron) && tree.preposition(word).as_deref() == Some("من");
    tree.lang == Lang::Ar && matches!(tree.folded(word), "جهة" | "جهت" | "جانب" | "ناحية" | "ناحيت" | "طرف") && own()
}

/// Type of the nearest word above a trigger that an event row fits.
fn above(tree: &Tree, lexicon: &Lexicon, proposals: &[(usize, Vec<Fit>)], trigger: usize) -> Option<EventType> {
    tree.ancestors(trigger).take(ABOVE).find_map(|w| kind_of(lexicon, proposals, w))
}

/// Type of the event that a word is most likely meant to tell.
fn kind_of(lexicon: &Lexicon, proposals: &[(usize, Vec<Fit>)], word: usize) -> Option<EventType> {
    proposals.iter().find(|(p, _)| *p == word)?.1.iter().filter(|f| f.meant).find_map(|f| lexicon.row(f.row).kind)
}

/// Who condemns what a noun tells: the subjects of the accusing verb that the noun, or the noun above it, is the object of ("condemned the shelling"), bare or
/// behind a preposition, but not «اعترضوا الشاحنات احتجاجا», which says why; the agents where it is the subject ("the shelling was condemned by"). Whoever was
/// accused of a deed may well have done it.
fn accusers(scene: &Scene, lexicon: &Lexicon, proposals: &[(usize, Vec<Fit>)], trigger: usize) -> Vec<usize> {
    let tree = scene.tree;
    let nominal = |w: usize| matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::X);
    let above = std::iter::once(trigger).chain(tree.ancestors(trigger)).take(ABOVE);
    let Some(governed) = above.take_while(|&w| nominal(w)).last() else { return Vec::new() };
    let accuses = |verb: &usize| tree.upos(*verb) == Upos::Verb && kind_of(lexicon, proposals, *verb) == Some(EventType::Accuse);
    let Some(verb) = tree.head(governed).filter(accuses) else { return Vec::new() };
    let after_preposition = || tree.children_by(governed, &[Base::Case]).next().is_some();
    let heads = match (tree.rel(governed), is_passive(tree, verb)) {
        (Base::Nsubj, true) => agents(scene, verb),
        (Base::Obj | Base::Iobj, false) => tree.children_by(verb, &[Base::Nsubj]).take(1).collect(),
        (Base::Obl, false) if after_preposition() => tree.children_by(verb, &[Base::Nsubj]).take(1).collect(),
        _ => Vec::new(),
    };
    heads.into_iter().flat_map(|head| tree.coordinated(head)).collect()
}

/// How far up the tree another event is looked for.
const ABOVE: usize = 6;

/// PLOVER's rules where a plan is an event of its own: an announced meeting, aid or support is AGREE, an announced retreat CONCEDE.
fn settle(kind: EventType, mode: Option<String>, aux: Option<Aux>) -> (EventType, Option<String>, Option<Aux>) {
    use EventType as T;
    match (kind, aux) {
        (T::Consult | T::Cooperate | T::Aid | T::Support, Some(Aux::Future)) => (T::Agree, None, None),
        (T::Retreat, Some(Aux::Future)) => (T::Concede, None, None),
        _ => (kind, mode, aux),
    }
}

/// Which speech act the event of a row is, if it is one.
fn speech_act(row: &EventRow) -> Option<SpeechAct> {
    match row.kind {
        Some(EventType::Request) => Some(SpeechAct::Asking),
        Some(EventType::Support | EventType::Concede) if row.pos == Pos::Verb => Some(SpeechAct::Courtesy),
        _ => None,
    }
}

/// Whether a governing event word makes what hangs on it mere content: demands, promises, threats, refusals, allegations.
fn makes_content(lexicon: &Lexicon, proposals: &[(usize, Vec<Fit>)], governor: usize, clause: bool) -> bool {
    use EventType as T;
    let Some((_, fits)) = proposals.iter().find(|(w, _)| *w == governor) else { return false };
    fits.iter().filter(|f| f.meant).any(|f| {
        let row = lexicon.row(f.row);
        match row.kind {
            Some(T::Request | T::Threaten | T::Agree | T::Reject) => true,
            Some(T::Accuse) => clause || row.mode.as_deref() == Some("allege"),
            _ => false,
        }
    })
}

fn needs_hold(row: &EventRow, frame: usize, actors: &[Resolved], recipients: &[Resolved]) -> bool {
    let political = |side: &[Resolved]| side.iter().any(|r| r.basis < Basis::Nothing && (r.code.is_some() || r.sector.is_some()));
    let (a, r) = (political(actors), political(recipients));
    let reciprocal = row.frames.get(frame).is_some_and(|f| f.reciprocal);
    match row.needs {
        Needs::Free => true,
        Needs::Actor => a,
        Needs::Recipient => r || (reciprocal && a),
        Needs::Both if reciprocal => actors.len() >= 2 && a,
        Needs::Both => a && r,
        Needs::Either => a || r,
    }
}

fn speaker(scene: &Scene, finding: &Finding) -> Option<Resolved> {
    let tree = scene.tree;
    let head = match (finding.source, finding.reporter) {
        (Some(source), _) => source,
        (None, Some(verb)) => speaker_of(tree, verb, &|house| scene.resolve(house).basis <= Basis::Role)?,
        (None, None) => return None,
    };
    Some(scene.resolve(head))
}
