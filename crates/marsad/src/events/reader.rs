//! What a network that has read much says of a sentence: which event a word tells of, and who takes part. One more witness for judge and linker, who
//! decide: it proposes phrases that may take part, but no event, so that every record still has a row that made it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Mutex;

use marsad_text::encode::Scratch;
use marsad_text::{Encoder, ModelError, Reading, Spacing, Upos};
use rustc_hash::FxHashMap;

use super::feature::Sink;
use crate::model::EventType;
use crate::tree::Tree;

/// The encoder `models/events.marsad`, its classes understood as types of events.
#[derive(Debug)]
pub struct Reader {
    encoder: Encoder,
    /// Number of each type's class, in the order of [`EventType::ALL`].
    class_of: Vec<usize>,
    /// Readings by sentence, where they are kept.
    kept: Option<Mutex<FxHashMap<String, Reading>>>,
}

/// What it says of one sentence.
#[derive(Clone, Copy, Debug)]
pub struct Insight<'a> {
    reader: &'a Reader,
    reading: &'a Reading,
}

const UNBROKEN: &str = "reading does not panic";

/// The class of words that tell of no event.
const NONE: usize = 0;

impl Reader {
    /// Takes an encoder's file.
    ///
    /// # Errors
    /// [`ModelError`] where it is no sound encoder, or its classes are not `none` and the types of events.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Reader, ModelError> {
        let encoder = Encoder::from_bytes(bytes)?;
        let classes = encoder.classes();
        let class_of: Vec<usize> = EventType::ALL.iter().filter_map(|t| classes.iter().position(|c| *c == t.name())).collect();
        let sound = classes.len() == class_of.len() + 1 && class_of.len() == EventType::ALL.len() && classes.first() == Some(&"none");
        sound.then_some(()).ok_or(ModelError::Unsound("its classes are not the types of events"))?;
        Ok(Reader { encoder, class_of, kept: None })
    }

    /// The same, keeping every reading: for training, which codes the same sentences again and again. A million words take about a gigabyte.
    #[must_use]
    pub fn keeping(self) -> Reader {
        Reader { kept: Some(Mutex::default()), ..self }
    }

    /// What the encoder was made from and its licence.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.encoder.origin()
    }

    /// What its pieces tell of missing white space.
    #[must_use]
    pub fn spacing(&self) -> Spacing {
        self.encoder.spacing()
    }

    /// Reads sentences of a text.
    #[must_use]
    pub fn read<'t>(&self, text: &str, sentences: impl Iterator<Item = &'t Tree<'t>>, scratch: &mut Scratch) -> Vec<Reading> {
        let (texts, words): (Vec<Cow<str>>, Vec<Vec<Option<usize>>>) = sentences.map(|tree| asked_words(text, tree)).unzip();
        let cut: Vec<(&str, Vec<Option<usize>>)> = texts.iter().map(|sentence| &**sentence).zip(words).collect();
        let Some(kept) = &self.kept else { return self.encoder.read(&cut, scratch) };
        let mut known: Vec<Option<Reading>> = {
            let kept = kept.lock().expect(UNBROKEN);
            cut.iter().map(|(sentence, _)| kept.get(*sentence).cloned()).collect()
        };
        let new: Vec<_> = cut.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(cut, _)| cut.clone()).collect();
        let read = self.encoder.read(&new, scratch);
        let mut kept = kept.lock().expect(UNBROKEN);
        for (place, ((sentence, _), reading)) in known.iter_mut().filter(|k| k.is_none()).zip(new.into_iter().zip(read)) {
            kept.insert(sentence.to_owned(), reading.clone());
            *place = Some(reading);
        }
        known.into_iter().flatten().collect()
    }

    /// What a reading says.
    #[must_use]
    pub fn insight<'a>(&'a self, reading: &'a Reading) -> Insight<'a> {
        Insight { reader: self, reading }
    }
}

/// A sentence's text, white space put in where words are written together, and where those of its words begin in it that may be triggers or participants.
fn asked_words<'t>(text: &'t str, tree: &Tree) -> (Cow<'t, str>, Vec<Option<usize>>) {
    let span = tree.span(0..tree.len());
    let asked = |w: usize| !matches!(tree.upos(w), Upos::Punct | Upos::Adp | Upos::Det | Upos::Cconj | Upos::Sconj | Upos::Part | Upos::Sym);
    let start = |w: usize| (tree.word(w).span.start - span.start) as usize;
    let mut sentence = Cow::Borrowed(&text[span.range()]);
    let mut put_in = 0;
    let words = (0..tree.len()).map(|w| {
        if tree.is_written_together(w) {
            sentence.to_mut().insert(start(w) + put_in, ' ');
            put_in += 1;
        }
        asked(w).then(|| start(w) + put_in)
    });
    let words = words.collect();
    (sentence, words)
}

/// Log odds are kept within this.
const CERTAIN: f32 = 6.0;

/// The log odds of what has this log probability, within [`CERTAIN`].
fn odds(log_probability: f32) -> f32 {
    let p = log_probability.exp();
    (log_probability - (1.0 - p).max(1e-6).ln()).clamp(-CERTAIN, CERTAIN)
}

/// Log odds in words, so that they need not weigh in proportion.
fn degree(odds: f32) -> &'static str {
    const BOUNDS: [f32; 7] = [-5.0, -3.5, -2.0, -0.7, 0.7, 2.0, 4.0];
    const NAMES: [&str; 8] = ["never", "hardly", "unlikely", "doubtful", "even", "likely", "surely", "certainly"];
    NAMES[BOUNDS.iter().filter(|&&b| odds >= b).count()]
}

impl Insight<'_> {
    fn class(&self, kind: EventType) -> usize {
        self.reader.class_of[kind as usize]
    }

    /// Log odds that an expression tells of an event of a type: of its word that most probably does.
    fn of(&self, words: &[usize], kind: EventType) -> Option<f32> {
        let class = self.class(kind);
        words.iter().filter_map(|&w| Some(self.reading.classes(w)?[class])).max_by(f32::total_cmp).map(odds)
    }

    /// Tells what speaks for an event of this type at these words of the tree.
    pub(super) fn tell(&self, tree: &Tree, words: &[usize], kind: EventType, pos: &str, out: &mut impl Sink) {
        let lang = tree.lang;
        let Some(here) = self.of(words, kind) else { return out.flag(format_args!("reader silent")) };
        let anywhere = (0..tree.len()).filter_map(|w| Some(self.reading.classes(w)?[self.class(kind)])).max_by(f32::total_cmp).map_or(here, odds);
        out.flag(format_args!("reader read"));
        out.tell(format_args!("reader here"), here / 2.0);
        out.tell(format_args!("reader here {lang}"), here / 2.0);
        out.tell(format_args!("reader here {kind}"), here / 2.0);
        out.tell(format_args!("reader here {pos}"), here / 2.0);
        out.flag(format_args!("reader here {}", degree(here)));
        out.flag(format_args!("reader here {} {lang}", degree(here)));
        out.tell(format_args!("reader anywhere"), anywhere / 2.0);
        out.tell(format_args!("reader anywhere {lang}"), anywhere / 2.0);
        out.flag(format_args!("reader anywhere {}", degree(anywhere)));
        if let Some(classes) = self.reading.classes(words[0]) {
            let some = odds((1.0 - classes[NONE].exp()).max(1e-6).ln());
            out.tell(format_args!("reader some event"), some / 2.0);
            let best = (0..classes.len()).max_by(|&a, &b| classes[a].total_cmp(&classes[b]).then(b.cmp(&a))).unwrap_or(NONE);
            if best != NONE && best != self.class(kind) {
                out.flag(format_args!("reader another type"));
                out.flag(format_args!("reader {} for {kind}", self.reader.encoder.classes()[best]));
            }
        }
    }

    /// Log odds that a phrase with this head acts and that it is acted upon, in an event of a type at these words.
    pub(super) fn sides(&self, words: &[usize], kind: EventType, head: usize) -> Option<[f32; 2]> {
        self.pair(self.likeliest(words, kind)?, kind, head)
    }

    /// The means of these log odds over the words of a phrase that were read: the encoder learned of all words of a participant that they are its.
    pub(super) fn sides_of_phrase(&self, words: &[usize], kind: EventType, phrase: Range<usize>) -> Option<[f32; 2]> {
        let trigger = self.likeliest(words, kind)?;
        let all: Vec<[f32; 2]> = phrase.filter(|w| !words.contains(w)).filter_map(|w| self.pair(trigger, kind, w)).collect();
        let mean = |side: usize| all.iter().map(|odds| odds[side]).sum::<f32>() / all.len() as f32;
        (!all.is_empty()).then(|| [mean(0), mean(1)])
    }

    /// The word of an expression that most probably tells of an event of a type.
    fn likeliest(&self, words: &[usize], kind: EventType) -> Option<usize> {
        let class = self.class(kind);
        let chance = |w: usize| self.reading.classes(w).map_or(f32::NEG_INFINITY, |c| c[class]);
        words.iter().copied().max_by(|&a, &b| chance(a).total_cmp(&chance(b)).then(b.cmp(&a)))
    }

    fn pair(&self, trigger: usize, kind: EventType, other: usize) -> Option<[f32; 2]> {
        self.reader.encoder.pair(self.reading, trigger, self.class(kind), other).map(|pair| pair.map(|x| x.clamp(-CERTAIN, CERTAIN)))
    }

    /// Tells what speaks for the words of a phrase together.
    pub(super) fn tell_phrase([actor, recipient]: [f32; 2], lang: impl std::fmt::Display, frame: &str, out: &mut impl Sink) {
        out.tell(format_args!("reader phrase actor"), actor / 2.0);
        out.tell(format_args!("reader phrase recipient"), recipient / 2.0);
        out.tell(format_args!("reader phrase actor {lang}"), actor / 2.0);
        out.tell(format_args!("reader phrase recipient {lang}"), recipient / 2.0);
        out.flag(format_args!("reader phrase {} {}", degree(actor), degree(recipient)));
        out.flag(format_args!("reader phrase actor {} {frame}", degree(actor)));
        out.flag(format_args!("reader phrase recipient {} {frame}", degree(recipient)));
    }

    /// Tells what speaks for a phrase as actor and as recipient.
    pub(super) fn tell_sides([actor, recipient]: [f32; 2], lang: impl std::fmt::Display, frame: &str, what: &str, kind: &str, out: &mut impl Sink) {
        let (most, least) = (degree(actor), degree(recipient));
        out.flag(format_args!("reader read"));
        out.tell(format_args!("reader actor"), actor / 2.0);
        out.tell(format_args!("reader recipient"), recipient / 2.0);
        out.tell(format_args!("reader actor {lang}"), actor / 2.0);
        out.tell(format_args!("reader recipient {lang}"), recipient / 2.0);
        out.tell(format_args!("reader actor {kind}"), actor / 2.0);
        out.tell(format_args!("reader recipient {kind}"), recipient / 2.0);
        out.flag(format_args!("reader {most} {least}"));
        out.flag(format_args!("reader actor {most} {frame}"));
        out.flag(format_args!("reader recipient {least} {frame}"));
        out.flag(format_args!("reader actor {most} {what}"));
        out.flag(format_args!("reader recipient {least} {what}"));
    }
}
