//! Arabic clitics: «وبمدرستهم» is و + ب + مدرسة + هم.
//!
//! Every way in which proclitics and an enclitic may come off a token is a candidate ([`super::candidates`]); tokens that training saw split in one way only take that
//! way, among the candidates of the others a linear ranking decides, which knows what training saw of the token, its possible hosts and its neighbours. The host is
//! restored: teh marbuta before a pronoun, alef maqsura, hamza ([`super::spelling`]), the article's alef after ل; vowel signs are dropped from what was split.
//! Conventions are those of UD_Arabic-PADT: the article stays on its noun.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::candidates::{Candidate, Ending, candidates, restore};
use super::letters::Letters;
use super::spelling::{Place, Spelling};
use crate::Upos;
use crate::linear::{feature, text_feature};
use crate::normal::{fold, fold_into, is_dropped};

/// What stands around a token, for ranking its candidates.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    previous: u32,
    previous_end: u32,
    next: u32,
    next_start: u32,
    next_article: u32,
}

impl Context {
    /// The context between two tokens; empty strings at the ends of a text. `folded` is scratch memory.
    #[must_use]
    pub fn new(previous: &str, next: &str, folded: &mut String) -> Context {
        let mut hashes = |token: &str, ends: fn(&str) -> u32| {
            folded.clear();
            if token.len() <= 24 {
                fold_into(token, folded);
            }
            (text_feature(98, folded), ends(folded))
        };
        let (previous, previous_end) = hashes(previous, |s| s.chars().rev().take(2).fold(7, |h, c| h * 31 + c as u32));
        let next_article = u32::from(next.starts_with("ال")) + 2 * u32::from(next.starts_with("لل"));
        let (next, next_start) = hashes(next, |s| s.chars().take(2).fold(7, |h, c| h * 31 + c as u32));
        Context { previous, previous_end, next, next_start, next_article }
    }

    /// Hash of the token before.
    #[must_use]
    pub fn previous(&self) -> u32 {
        self.previous
    }
}

/// How often training saw a token split in some way.
pub type Seen = Vec<(Candidate, u16)>;

/// What has been learned about clitics.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Clitics {
    /// Tokens seen in training that could be split, by hash of their folded letters, the commonest way first.
    seen: FxHashMap<u32, Seen>,
    /// Parts of fused function words («ممن» is من + من).
    fused: Vec<Vec<String>>,
    /// Hosts seen in training, by hash: 1 + the number of their commonest part of speech.
    hosts: FxHashMap<u32, u8>,
    spelling: Spelling,
    weights: Vec<i8>,
}

/// Memory that splitting uses again and again.
#[derive(Clone, Debug, Default)]
pub struct Buffers {
    letters: Letters,
    folded: String,
    host: String,
    surface: String,
    candidates: Vec<Candidate>,
    features: Vec<u32>,
}

impl Clitics {
    /// Puts the trained parts together. `weights` has a power of two of entries.
    #[must_use]
    pub fn new(seen: FxHashMap<u32, Seen>, fused: Vec<Vec<String>>, hosts: FxHashMap<u32, u8>, spelling: Spelling, weights: Vec<i8>) -> Clitics {
        Clitics { seen, fused, hosts, spelling, weights }
    }

    /// Calls `part` for each word of `token`, in order, with its bytes within the token and its form.
    pub fn split(&self, token: &str, previous: &str, next: &str, buffers: &mut Buffers, mut part: impl FnMut(Range<usize>, &str)) {
        // A word of letters only, and of a length that words have.
        if token.len() > 60 || !token.chars().next().is_some_and(char::is_alphabetic) || token.is_ascii() {
            return part(0..token.len(), token);
        }
        buffers.letters.read(token);
        // A ligature's letters share its bytes, so that no word could begin within them.
        if buffers.letters.places.iter().any(Range::is_empty) {
            return part(0..token.len(), token);
        }
        buffers.folded.clear();
        buffers.folded.extend(&buffers.letters.folded);
        let token_key = key(&buffers.folded);
        let seen = self.seen.get(&token_key).map_or(&[][..], Vec::as_slice);
        let sure = sure(seen).filter(|c| c.fits(&buffers.letters));
        if sure == Some(Candidate::WHOLE) {
            return part(0..token.len(), token);
        }
        let context = Context::new(previous, next, &mut buffers.folded);
        let candidate = sure.unwrap_or_else(|| self.best(token_key, seen, context, buffers));
        self.emit(token, candidate, context, buffers, &mut part);
    }

    fn emit(&self, token: &str, candidate: Candidate, context: Context, buffers: &mut Buffers, part: &mut impl FnMut(Range<usize>, &str)) {
        if candidate == Candidate::WHOLE {
            return part(0..token.len(), token);
        }
        if let Some(number) = candidate.fused_number() {
            return fused_parts(token, &buffers.letters, &self.fused[number], part);
        }
        let Buffers { letters, host, surface, .. } = buffers;
        for (i, c) in candidate.proclitics().chars().enumerate() {
            let written = if c == 'ا' { 'أ' } else { c };
            part(letters.places[i].clone(), written.encode_utf8(&mut [0; 4]));
        }
        let range = candidate.host_range(letters);
        let bytes = letters.places[range.start].start..letters.places[range.end - 1].end;
        candidate.host(letters, host);
        surface.clear();
        surface.push_str(if candidate.article { "ا" } else { "" });
        surface.extend(token[bytes.clone()].chars().filter(|&c| !is_dropped(c)));
        restore(surface, candidate.ending, 'ى');
        let place = Place { proclitics: candidate.proclitic_number(), previous: context.previous, at_end: candidate.enclitic().is_empty() };
        let spelt = self.spelling.correct(host, place, surface);
        if !spelt && place.at_end && surface.ends_with('ى') && self.hosts.contains_key(&key(host)) {
            // Egyptian papers write yeh without dots; that a known host ends in alef maqsura is among the spellings.
            surface.pop();
            surface.push('ي');
        }
        part(bytes, surface);
        if !candidate.enclitic().is_empty() {
            part(letters.places[range.end].start..token.len(), candidate.enclitic());
        }
    }

    fn best(&self, token: u32, seen: &[(Candidate, u16)], context: Context, buffers: &mut Buffers) -> Candidate {
        let Buffers { letters, host, candidates: all, features, .. } = buffers;
        candidates(letters, all);
        all_seen(seen, letters, all);
        if all.len() == 1 || self.weights.is_empty() {
            return Candidate::WHOLE;
        }
        let mask = self.weights.len() - 1;
        let mut best = (Candidate::WHOLE, i32::MIN);
        for &candidate in all.iter() {
            let sight = Sight { letters, token, context, seen, class: &|host| self.hosts.get(&key(host)).copied().unwrap_or(0) };
            sight.features(candidate, host, features);
            let score = features.iter().map(|&f| i32::from(self.weights[f as usize & mask])).sum();
            if score > best.1 {
                best = (candidate, score);
            }
        }
        if best.0 == Candidate::WHOLE && begins_with_and_the(letters) {
            let and = |c: &&Candidate| c.proclitics() == "و" && c.enclitic().is_empty() && c.ending == Ending::Same && !c.article && !c.is_fused();
            return all.iter().find(and).copied().unwrap_or(best.0);
        }
        self.with_teh_marbuta(best.0, letters, host, all)
    }

    /// A host that is known with ة, and with ت not as a verb, had a ة before its pronoun, whatever the ranking says: حكومتهم is حكومة + هم. (Treebanks that write
    /// clitics as tokens have a noun حكومت.)
    fn with_teh_marbuta(&self, candidate: Candidate, letters: &Letters, host: &mut String, all: &[Candidate]) -> Candidate {
        let restored = Candidate { ending: Ending::TehMarbuta, ..candidate };
        if candidate.ending != Ending::Same || candidate.fused_number().is_some() || !all.contains(&restored) {
            return candidate;
        }
        let mut class = |candidate: Candidate| {
            candidate.host(letters, host);
            self.hosts.get(&key(host)).or_else(|| self.hosts.get(&key(crate::normal::bare(host)))).copied()
        };
        let verb = Some(1 + Upos::Verb as u8);
        if class(candidate) != verb && class(restored).is_some() { restored } else { candidate }
    }

    pub(crate) fn is_sound(&self) -> bool {
        let fused = self.fused.iter().all(|parts| !parts.is_empty() && parts.iter().all(|p| !p.is_empty()));
        fused && (self.weights.is_empty() || self.weights.len().is_power_of_two()) && self.seen.values().flatten().all(|(c, _)| c.is_sound(self.fused.len()))
    }
}

/// Whether a token that training did not see begins with "and the", as names of countries do («والإمارات», «واليابان»); but for parents («والديه») and names from
/// English («والتون»), hardly any word begins with these letters otherwise.
fn begins_with_and_the(letters: &Letters) -> bool {
    let others = ["والد", "والتر", "والتون", "والاس", "والينب", "والينس", "والتز"];
    letters.len() >= 6 && letters.starts_with("وال") && !others.iter().any(|other| letters.starts_with(other))
}

/// Adds the ways that training saw to those that the tables give: fused function words, the interrogative أ.
pub fn all_seen(seen: &[(Candidate, u16)], letters: &Letters, all: &mut Vec<Candidate>) {
    for &(candidate, _) in seen {
        if candidate.fits(letters) && !all.contains(&candidate) {
            all.push(candidate);
        }
    }
}

/// The way that a token is always split, if training saw it often enough to say so.
#[must_use]
pub fn sure(seen: &[(Candidate, u16)]) -> Option<Candidate> {
    let &(first, n) = seen.first()?;
    let total: u32 = seen.iter().map(|s| u32::from(s.1)).sum();
    (total >= 4 && u32::from(n) * 20 >= total * 19).then_some(first)
}

/// What the ranking sees of a token.
pub struct Sight<'a> {
    /// Its letters.
    pub letters: &'a Letters,
    /// Hash of its folded form.
    pub token: u32,
    /// Its neighbours.
    pub context: Context,
    /// How training saw it split elsewhere.
    pub seen: &'a [(Candidate, u16)],
    /// What is known of a host: 1 + its commonest part of speech; 0 unknown.
    pub class: &'a dyn Fn(&str) -> u8,
}

impl Sight<'_> {
    /// Features of a candidate. `host` is scratch memory.
    pub fn features(&self, candidate: Candidate, host: &mut String, out: &mut Vec<u32>) {
        out.clear();
        let (pro, enc) = (candidate.proclitic_number(), candidate.enc());
        let affixes = pro * 16 + enc;
        self.seen_features(candidate, affixes, out);
        if candidate.fused_number().is_some() {
            return;
        }
        candidate.host(self.letters, host);
        let context = self.context;
        let bare = crate::normal::bare(host);
        let article = u32::from(bare.len() < host.len());
        let class = u32::from((self.class)(host).max(if article == 1 { (self.class)(bare) } else { 0 }));
        let ending = candidate.ending as u32;
        let length = host.chars().take(8).count() as u32;
        let first = |n: usize| host.chars().take(n).fold(7u32, |h, c| h.wrapping_mul(31).wrapping_add(c as u32));
        let last = |n: usize| host.chars().rev().take(n).fold(7u32, |h, c| h.wrapping_mul(31).wrapping_add(c as u32));
        let unsplit = u32::from(affixes == 0);
        out.extend([
            feature(1, [affixes]),
            feature(2, [affixes, ending, u32::from(candidate.article)]),
            feature(3, [affixes, class]),
            feature(4, [pro, class, article]),
            feature(5, [enc, class, article, ending]),
            feature(6, [affixes, length]),
            feature(7, [pro, first(1)]),
            feature(8, [pro, first(2)]),
            feature(9, [pro, first(3), length]),
            feature(10, [enc, last(1), ending]),
            feature(11, [enc, last(2), ending]),
            feature(12, [enc, last(3), ending]),
            feature(13, [pro, context.previous]),
            feature(14, [enc, context.previous]),
            feature(15, [affixes, context.next_article]),
            feature(16, [class, unsplit]),
            feature(17, [pro, first(3), last(2)]),
            feature(18, [article, affixes]),
            feature(19, [pro, first(4)]),
            feature(20, [affixes, first(1), last(1), length]),
            feature(21, [pro, class, context.previous_end]),
            feature(22, [affixes, class, context.next_start]),
            feature(23, [pro, enc, last(4), ending]),
        ]);
    }

    /// Features of what training saw of the token, and of the token in its context.
    fn seen_features(&self, candidate: Candidate, affixes: u32, out: &mut Vec<u32>) {
        let total: u32 = self.seen.iter().map(|s| u32::from(s.1)).sum();
        let own = self.seen.iter().find(|s| s.0 == candidate).map_or(0, |s| u32::from(s.1));
        let share = (own * 8).checked_div(total).unwrap_or(9);
        let context = self.context;
        let this = feature(40, [self.token, affixes, candidate.ending as u32]);
        out.extend([
            feature(30, [share]),
            feature(31, [share, (total.min(12) + 1).ilog2(), u32::from(affixes == 0)]),
            feature(32, [this]),
            feature(33, [this, context.previous]),
            feature(34, [this, context.previous_end]),
            feature(35, [this, context.next]),
            feature(36, [this, context.next_start]),
            feature(37, [this, self.letters.first as u32]),
        ]);
    }
}

/// Hash of a folded form, the key of what training saw.
#[must_use]
pub fn key(folded: &str) -> u32 {
    text_feature(97, folded)
}

fn fused_parts(token: &str, letters: &Letters, parts: &[String], part: &mut impl FnMut(Range<usize>, &str)) {
    // The parts share the letters as far as they go; what is left belongs to the last.
    let mut at = 0;
    for (i, form) in parts.iter().enumerate() {
        let n = fold(form).chars().count();
        let from = at.min(letters.len() - 1);
        let to = if i + 1 == parts.len() { letters.len() } else { (at + n).clamp(from + 1, letters.len()) };
        let end = if i + 1 == parts.len() { token.len() } else { letters.places[to - 1].end };
        part(letters.places[from].start..end, form);
        at = to;
    }
}
