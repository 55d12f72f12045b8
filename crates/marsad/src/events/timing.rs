//! Which of a sentence's times dates an event, and whether it is still to come then. What times there are is told by [`super::when`].
//!
//! A time dates the event below which it stands, else the one that shares its clause. It dates nothing else where it belongs to a noun that is no event above
//! ("scrap the 1968 agreement", «соглашение 1968 года», «اتفاق لعام 1968»), nor where it lies after the document and the event is told as past: then a month
//! without a year is the one before.

use jiff::civil::Date;
use marsad_text::{Base, Lang, Upos};

use super::when::{Bound, Period, Time, leads_to_time};
use crate::model::{Aux, EventType};
use crate::tree::Tree;

/// What is known of an event before it is dated.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) tree: &'a Tree<'a>,
    /// The trigger and the other words of the expression.
    pub(super) words: &'a [usize],
    /// An empty verb that carries it.
    pub(super) light: Option<usize>,
    pub(super) kind: EventType,
    pub(super) aux: Option<Aux>,
    /// The document's day.
    pub(super) day: Option<Date>,
    /// Whether a word tells of an event.
    pub(super) is_event: &'a dyn Fn(usize) -> bool,
}

/// Whose a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// Nobody's but the clause's.
    Event,
    /// Another noun's, which tells when the event was: "during the 2014 war".
    Circumstance,
    /// Another noun's.
    Other,
}

impl Told<'_> {
    /// The time expression that belongs to the event: below it, else below the nearest ancestor that has one.
    pub(super) fn time<'t>(&self, times: &'t [Time]) -> Option<&'t Time> {
        let tree = self.tree;
        let owned: Vec<(Owner, &Time)> = times.iter().filter_map(|t| self.of_event(t)).collect();
        let under = |top: usize| {
            let of = |owner: Owner| owned.iter().find(|(o, t)| *o == owner && t.words.clone().any(|w| tree.is_under(w, top)));
            of(Owner::Event).or_else(|| of(Owner::Circumstance)).map(|(_, time)| *time)
        };
        under(self.words[0]).or_else(|| tree.ancestors(self.words[0]).take(4).find_map(under))
    }

    /// Whether what is told as a fact is planned: it lies after the document's day. Of a month without a year only the present tense says so, "the hearings begin
    /// in June": "the poisoning in March" may be over.
    pub(super) fn is_planned(&self, time: &Time) -> bool {
        let (tree, trigger) = (self.tree, self.words[0]);
        let predicate = tree.head(trigger).filter(|_| tree.rel(trigger) == Base::Nsubj && !tree.is_under(time.words.start, trigger));
        let present = || self.words.iter().chain(&self.light).chain(&predicate).any(|&w| is_present(tree, w));
        self.aux.is_none() && is_after(time, self.day) && (time.earlier.is_none() || present())
    }

    /// What a time means of the event, if it may date it.
    fn of_event<'t>(&self, time: &'t Time) -> Option<(Owner, &'t Time)> {
        let top = phrase(self.tree, self.tree.head_of(&time.words)?);
        let time = time.later.as_deref().filter(|_| self.is_ahead(top)).unwrap_or(time);
        let owner = self.owner(time, top);
        // Russian has one word for "since" and "from": «с февраля» is of the last one, whatever the tense.
        let goes_on = self.tree.lang == Lang::Ru && time.bound == Bound::From && time.earlier.is_some();
        let fits = self.aux.is_some() || !is_after(time, self.day) || !goes_on && self.may_be_planned(top);
        let meant = if fits { Some(time) } else { time.earlier.as_deref().filter(|_| self.is_over(time, top)) };
        meant.filter(|_| owner != Owner::Other).map(|time| (owner, time))
    }

    /// Whose a time is: the noun's that it modifies ("the 1968 agreement"), or in whose clause it stands ("a man who had fled in 2014"), unless that is one of
    /// the event's words or above them in a phrase of nouns ("the 2014 wave of arrests"). Days are left out of the clauses: parsers hang those of the main verb
    /// there.
    fn owner(&self, time: &Time, top: usize) -> Owner {
        let tree = self.tree;
        let below = std::iter::once(top).chain(tree.ancestors(top)).take_while(|&w| !tree.is_under(self.words[0], w));
        let clause = |&w: &usize| tree.rel(w) == Base::Acl && !tree.feat(w, "VerbForm", "Inf") && length(time) > DAYS_OF_MONTH;
        let in_clause = below.filter(clause).filter_map(|w| tree.head(w)).map(|noun| (noun, true));
        let nouns = self.modified(time, top).map(|noun| (noun, false)).into_iter().chain(in_clause);
        let others: Vec<(usize, bool)> = nouns.filter(|(noun, _)| !self.has(*noun)).collect();
        match others.iter().all(|&(noun, clause)| self.is_circumstance(noun, clause)) {
            true if others.is_empty() => Owner::Event,
            true => Owner::Circumstance,
            false => Owner::Other,
        }
    }

    fn has(&self, noun: usize) -> bool {
        let (tree, trigger) = (self.tree, self.words[0]);
        let mut above = std::iter::once(trigger).chain(tree.ancestors(trigger)).take_while(|&w| is_noun(tree, w));
        self.words.contains(&noun) || above.any(|w| w == noun)
    }

    /// Whether a noun beside the event tells when it was. What is told of a place in a `clause` is no time of what happened there.
    fn is_circumstance(&self, noun: usize, clause: bool) -> bool {
        let (tree, trigger) = (self.tree, self.words[0]);
        let beside = || tree.head(noun).is_some_and(|h| tree.is_under(trigger, h)) && !tree.is_under(trigger, noun);
        let [temporal, local] = circumstances(tree.lang);
        let preposition = tree.preposition(noun).unwrap_or_default();
        let tells = temporal.contains(&&*preposition) || local.contains(&&*preposition) && (!clause || (self.is_event)(noun));
        tells && tree.rel(noun) == Base::Obl && beside()
    }

    /// The noun that a time modifies as an attribute. Phrases with other prepositions, and what Arabic and Russian put anywhere without one, may belong to the
    /// verb wherever the tree hangs them.
    fn modified(&self, time: &Time, top: usize) -> Option<usize> {
        let tree = self.tree;
        let noun = compound(tree, tree.head(top).filter(|&h| is_noun(tree, h))?);
        let preposition = tree.preposition(top);
        let bare = preposition.is_none();
        let attribute = match (tree.lang, preposition.as_deref()) {
            (Lang::En, Some("of")) | (Lang::Ru, Some("от")) | (Lang::Ar, Some("ل")) => true,
            (Lang::En, _) => bare && tree.upos(noun) == Upos::Noun && is_inside(tree, time, noun),
            (Lang::Ru, _) => is_adjective(tree, time) || bare && top > noun && length(time) > 1 && tree.feat(top, "Case", "Gen"),
            // «اتفاق عام 1968», but «قتل ضابط عام 2014».
            (Lang::Ar, _) => bare && length(time) > DAYS_OF_MONTH && noun + 1 == time.words.start && ((self.is_event)(noun) || is_law(tree, noun)),
        };
        attribute.then_some(noun)
    }

    /// Whether a time to come, whose phrase ends at `top`, says of the event that it is planned: no other event has it, and nothing of it is told as past. In
    /// demands, threats, promises and refusals it belongs to what they are about.
    fn may_be_planned(&self, top: usize) -> bool {
        !self.speaks() && self.is_dated(top)
    }

    /// Whether a time whose phrase ends at `top` is the event's and no other's, and nothing of the event is told as past.
    fn is_dated(&self, top: usize) -> bool {
        let tree = self.tree;
        !self.is_past() && self.meets(top, |meeting| is_noun(tree, self.words[0]) && !(self.is_event)(meeting) && !is_past(tree, meeting))
    }

    /// Whether a weekday or weekend, whose phrase ends at `top`, is the next: the event is to come by its words, has been set for that day, or is a meeting or
    /// visit of which the present tells. Headlines tell all else of yesterday in the present, and Russian what is going on.
    fn is_ahead(&self, top: usize) -> bool {
        let tree = self.tree;
        let present = || self.words.iter().chain(&self.light).any(|&w| is_present(tree, w));
        let by_tense = || self.kind == EventType::Consult && tree.lang != Lang::Ru && present();
        match self.aux {
            Some(Aux::Future) => self.is_dated(top),
            Some(_) => false,
            None => (by_tense() || is_set(tree, top)) && self.may_be_planned(top),
        }
    }

    /// Whether a month or day, whose phrase ends at `top`, is that of an event told as past: "had been charged in November", but not "postponed to November".
    fn is_over(&self, time: &Time, top: usize) -> bool {
        let adjoins = (self.words[0] + 1..self.words[0] + 3).contains(&time.words.start);
        let dates = self.tree.preposition(top).is_none_or(|p| matches!(&*p, "in" | "on" | "during" | "в" | "во" | "في" | "خلال"));
        let hangs = || !self.speaks() && self.meets(top, |_| false);
        if time.bound == Bound::From { hangs() } else { dates && self.is_past() && (adjoins || hangs()) }
    }

    fn speaks(&self) -> bool {
        use EventType as T;
        matches!(self.kind, T::Request | T::Threaten | T::Agree | T::Reject)
    }

    fn is_past(&self) -> bool {
        self.words.iter().chain(&self.light).any(|&w| is_past(self.tree, w))
    }

    /// Whether a time hangs on the event by no other event and no clause, or shares with it a word for which `shared` holds.
    fn meets(&self, top: usize, shared: impl Fn(usize) -> bool) -> bool {
        let tree = self.tree;
        let own = |w: usize| self.words.contains(&w) || self.light == Some(w);
        let above = |w: usize| tree.is_under(self.words[0], w);
        let meeting = std::iter::once(top).chain(tree.ancestors(top)).find(|&w| above(w));
        let mut between = tree.ancestors(top).take_while(|&w| !above(w));
        meeting.is_some_and(|w| own(w) || shared(w)) && between.all(|w| own(w) || is_noun(tree, w) && !(self.is_event)(w))
    }
}

/// Longest month. What is longer is no day or week to which news is dated.
const DAYS_OF_MONTH: i64 = 31;

fn length(time: &Time) -> i64 {
    time.period.map_or(i64::MAX, |Period { first, last }| i64::from(first.until(last).map_or(0, |span| span.get_days())) + 1)
}

fn is_after(time: &Time, day: Option<Date>) -> bool {
    time.bound != Bound::Until && time.period.zip(day).is_some_and(|(period, day)| period.first > day)
}

/// The head of the whole phrase of a time: "start" of "the start of 2014".
fn phrase(tree: &Tree, head: usize) -> usize {
    let above = std::iter::successors(Some(head), |&w| tree.head(w).filter(|&h| is_noun(tree, h) && leads_to_time(tree.folded(h), tree.lang)));
    above.take(tree.len()).last().unwrap_or(head)
}

/// Whether a time is that for which something is set: "talks are set for Friday".
fn is_set(tree: &Tree, top: usize) -> bool {
    let (preposition, words): (_, &[&str]) = match tree.lang {
        Lang::En => ("for", &["set", "schedule", "slate", "plan", "call", "due", "arrange"]),
        Lang::Ru => ("на", &["назначить", "запланировать", "наметить"]),
        Lang::Ar => return false,
    };
    tree.preposition(top).is_some_and(|p| p == preposition) && tree.head(top).is_some_and(|h| words.iter().any(|word| tree.is_word(h, word)))
}

/// The noun that a part of a compound belongs to.
fn compound(tree: &Tree, noun: usize) -> usize {
    let whole = std::iter::successors(Some(noun), |&w| tree.head(w).filter(|_| matches!(tree.rel(w), Base::Compound | Base::Flat)));
    whole.take(tree.len()).last().unwrap_or(noun)
}

/// Whether a time stands within the phrase of a noun: "the 1968 agreement", but not "in 1968 the agreement".
fn is_inside(tree: &Tree, time: &Time, noun: usize) -> bool {
    time.words.start < noun && !(time.words.end..noun).any(|w| matches!(tree.upos(w), Upos::Det | Upos::Punct | Upos::Pron))
}

/// «вчерашний».
fn is_adjective(tree: &Tree, time: &Time) -> bool {
    let word = time.words.start;
    time.words.len() == 1 && length(time) == 1 && tree.upos(word) == Upos::Adj && !tree.form(word).starts_with(|c: char| c.is_ascii_digit())
}

/// What is called by its year though it is no event.
fn is_law(tree: &Tree, noun: usize) -> bool {
    ["اتفاق", "اتفاقية", "معاهدة", "قانون", "دستور", "قرار", "ميثاق"].iter().any(|law| tree.is_word(noun, law))
}

/// Prepositions that tell when, and those that tell when or where.
fn circumstances(lang: Lang) -> [&'static [&'static str]; 2] {
    match lang {
        Lang::En => [&["during", "after", "before", "since"], &["in", "at", "under"]],
        Lang::Ru => [&["после", "до", "с", "во_время", "в_ходе", "в_течение"], &["в", "во", "на", "при"]],
        Lang::Ar => [&["خلال", "بعد", "قبل", "منذ", "اثناء", "ابان", "عقب"], &["في"]],
    }
}

/// Whether a verb tells of what is over: not "is to be signed", "will be signed".
fn is_past(tree: &Tree, word: usize) -> bool {
    let past = |w: usize| tree.feat(w, "Tense", "Past") && tree.feat(w, "VerbForm", "Fin");
    if tree.upos(word) != Upos::Verb {
        return false;
    }
    match tree.lang {
        Lang::Ar => tree.feat(word, "Aspect", "Perf"),
        _ => {
            past(word)
                || is_reduced_clause(tree, word)
                || tree.children_by(word, &[Base::Aux]).any(|a| past(a) || tree.is_word(a, "have"))
                || is_short_participle(tree, word)
        }
    }
}

/// "A nurse arrested in August".
fn is_reduced_clause(tree: &Tree, word: usize) -> bool {
    tree.rel(word) == Base::Acl && tree.feat(word, "VerbForm", "Part") && tree.feat(word, "Tense", "Past")
}

fn is_present(tree: &Tree, word: usize) -> bool {
    match tree.lang {
        Lang::Ar => tree.feat(word, "Aspect", "Imp"),
        _ => tree.feat(word, "Tense", "Pres") && tree.feat(word, "VerbForm", "Fin"),
    }
}

/// «задержан», without «будет».
fn is_short_participle(tree: &Tree, word: usize) -> bool {
    tree.lang == Lang::Ru && tree.feat(word, "VerbForm", "Part") && tree.feat(word, "Tense", "Past") && tree.children_by(word, &[Base::Aux]).next().is_none()
}

fn is_noun(tree: &Tree, word: usize) -> bool {
    matches!(tree.upos(word), Upos::Noun | Upos::Propn)
}
