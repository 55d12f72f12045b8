//! What the layer of factuality found of an event, and the cues that it found it by.

use crate::model::Aux;
use crate::tree::Tree;

/// What a governing word or particle does to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It did not happen.
    Negation,
    /// It is planned.
    Future,
    /// It is possible, wished, feared, conditional.
    Hypothetical,
    /// It is demanded, promised, alleged: no event of its own.
    Content,
    /// Somebody says so.
    Report,
    /// An empty verb: its subject acts.
    Light,
    /// An empty verb: its subject suffers.
    Suffer,
    /// It begins or goes on.
    Begin,
    /// It ends.
    End,
}

impl Effect {
    /// Whether it says that the event did not happen, or not yet.
    pub(super) fn is_unreal(self) -> bool {
        matches!(self, Effect::Negation | Effect::Future | Effect::Hypothetical)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Effect::Negation => "negation",
            Effect::Future => "future",
            Effect::Hypothetical => "hypothetical",
            Effect::Content => "content",
            Effect::Report => "report",
            Effect::Light => "light",
            Effect::Suffer => "suffer",
            Effect::Begin => "begin",
            Effect::End => "end",
        }
    }
}

/// A sign that an event did not happen, or not yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// What it would make of the event.
    pub aux: Aux,
    /// What sort of sign it is: `clause` and `noun`, a word that governs one; `particle`; `modifier`, an adjective; `form`, of the verb itself; `purpose`; `question`;
    /// `time`, a date to come.
    pub sort: &'static str,
    /// Where it stands.
    pub word: usize,
    /// Part of speech and words of its row, or the form.
    pub name: String,
    /// Whether a user's row says so: then it is the last word.
    pub own: bool,
}

/// What was found of an event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finding {
    /// Whether it happened, by the weightiest cue.
    pub aux: Option<Aux>,
    /// The cues, nearest first.
    pub cues: Vec<Cue>,
    /// It is the content of a demand, promise, threat or accusation.
    pub content: bool,
    /// The verb whose subject says so.
    pub reporter: Option<usize>,
    /// The phrase that is named as a source ("according to X").
    pub source: Option<usize>,
    /// The empty verb that governs an event noun.
    pub light: Option<usize>,
    /// Whether the subject of that verb suffers the event.
    pub suffers: bool,
    /// Whether the text tells of its end.
    pub ended: bool,
    /// What was seen, nearest first: word, effect, row.
    pub seen: Vec<String>,
}

impl Finding {
    /// Takes what a row says of a word: the row's name and place, and whether it is a user's.
    pub(super) fn see(&mut self, tree: &Tree, effect: Effect, word: usize, sort: &'static str, row: (&str, &str, bool)) {
        let (name, place, own) = row;
        self.seen.push(format!("«{}»: {} ({place})", tree.form(word), effect.name()));
        self.take(effect, |aux| Cue { aux, sort, word, name: name.to_owned(), own });
    }

    /// Takes what the form of a word or sentence says.
    pub(super) fn see_form(&mut self, tree: &Tree, effect: Effect, word: usize, sort: &'static str, form: &str) {
        self.seen.push(format!("«{}»: {} ({form})", tree.form(word), effect.name()));
        self.take(effect, |aux| Cue { aux, sort, word, name: form.to_owned(), own: false });
    }

    /// Takes back that a word denies or doubts the event, where it is denied itself: "did not hesitate to", "no doubt". Says whether it did.
    pub(super) fn cancel(&mut self, word: usize) -> bool {
        let before = self.cues.len();
        let doubts = |cue: &Cue| DOUBTS.contains(&cue.name.as_str());
        self.cues.retain(|cue| !(cue.word == word && (cue.aux == Aux::Negation || doubts(cue))));
        self.aux = self.cues.iter().map(|cue| cue.aux).max_by_key(|&aux| weight(Some(aux)));
        self.cues.len() < before
    }

    /// Takes an effect.
    fn take(&mut self, effect: Effect, cue: impl FnOnce(Aux) -> Cue) {
        let aux = match effect {
            Effect::Negation => Aux::Negation,
            Effect::Hypothetical => Aux::Hypothetical,
            Effect::Future => Aux::Future,
            Effect::Content => {
                self.content = true;
                return;
            }
            _ => return,
        };
        self.cues.push(cue(aux));
        if weight(Some(aux)) > weight(self.aux) {
            self.aux = Some(aux);
        }
    }
}

/// Rows of words whose denial leaves no doubt.
const DOUBTS: &[&str] = &["n doubt", "v doubt", "n сомнение", "n شك"];

/// What denies outweighs what supposes, and that what plans.
fn weight(aux: Option<Aux>) -> u8 {
    match aux {
        Some(Aux::Negation) => 3,
        Some(Aux::Hypothetical) => 2,
        Some(Aux::Future) => 1,
        _ => 0,
    }
}
