//! Arabic clitics: «وبمدرستهم» is و + ب + مدرسة + هم.
//!
//! Every way in which proclitics and an enclitic may come off a token is a candidate; tokens that training saw take the split they had there, the others the
//! candidate that a linear ranking prefers. The host is restored: teh marbuta before a pronoun, alef maqsura, hamza, the article's alef after ل.
//! Conventions are those of UD_Arabic-PADT: the article stays on its noun.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::linear::{feature, text_feature};
use crate::normal::{fold, fold_into};

/// Chains of proclitics, as letters; each letter is a word.
const PROCLITICS: &[&str] = &["", "و", "ف", "ب", "ل", "ك", "س", "ا", "وب", "ول", "وك", "وس", "فب", "فل", "فس", "فك", "ال", "اب", "او", "اف"];
/// Chains that only a few function words carry (the interrogative أ): never guessed, only taken where training saw them.
const FIRST_RARE: usize = 16;
const ENCLITICS: &[&str] = &["", "ه", "ها", "هم", "هما", "هن", "ك", "كم", "كما", "كن", "نا", "ي", "ني"];

/// How the host's end is restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Ending {
    Same,
    /// ت was ة.
    TehMarbuta,
    /// ا was ى.
    Maqsura,
    /// ئ or ؤ was ء.
    Hamza,
    /// A silent alef follows و.
    SilentAlef,
}

const ENDINGS: &[Ending] = &[Ending::Same, Ending::TehMarbuta, Ending::Maqsura, Ending::Hamza, Ending::SilentAlef];

/// One way to split a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Candidate {
    pro: u8,
    enc: u8,
    /// The host got its article back: «للبيت» is ل + البيت.
    article: bool,
    ending: Ending,
}

const WHOLE: Candidate = Candidate { pro: 0, enc: 0, article: false, ending: Ending::Same };

/// A token as folded letters with the bytes they stand on.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    folded: Vec<char>,
    places: Vec<Range<usize>>,
}

impl Letters {
    /// The letters of a token; marks belong to the letter before them.
    #[must_use]
    pub fn of(token: &str) -> Letters {
        let mut letters = Letters::default();
        let mut buffer = String::new();
        for (at, c) in token.char_indices() {
            buffer.clear();
            fold_into(c.encode_utf8(&mut [0; 4]), &mut buffer);
            let end = at + c.len_utf8();
            for (n, f) in buffer.chars().enumerate() {
                letters.folded.push(f);
                letters.places.push(if n == 0 { at..end } else { end..end });
            }
            if buffer.is_empty()
                && let Some(last) = letters.places.last_mut()
            {
                last.end = end;
            }
        }
        if let Some(first) = letters.places.first_mut() {
            first.start = 0;
        }
        letters
    }

    fn starts_with(&self, prefix: &str) -> bool {
        prefix.chars().enumerate().all(|(i, c)| self.folded.get(i) == Some(&c))
    }

    fn ends_with(&self, suffix: &str) -> bool {
        let n = suffix.chars().count();
        self.folded.len() >= n && suffix.chars().eq(self.folded[self.folded.len() - n..].iter().copied())
    }

    /// The host's letters under a candidate, folded and restored.
    fn host(&self, candidate: Candidate, out: &mut String) {
        out.clear();
        let range = self.host_range(candidate);
        if candidate.article {
            out.push('ا');
        }
        out.extend(&self.folded[range]);
        restore(out, candidate.ending);
    }

    fn host_range(&self, candidate: Candidate) -> Range<usize> {
        let pro = PROCLITICS[candidate.pro as usize].chars().count();
        let enc = ENCLITICS[candidate.enc as usize].chars().count();
        pro..self.folded.len() - enc
    }
}

fn restore(host: &mut String, ending: Ending) {
    let last = match ending {
        Ending::Same => return,
        Ending::SilentAlef => return host.push('ا'),
        Ending::TehMarbuta => 'ة',
        Ending::Maqsura => 'ي',
        Ending::Hamza => 'ء',
    };
    host.pop();
    host.push(last);
}

/// What stands around a token, for ranking its candidates.
#[derive(Clone, Debug, Default)]
pub struct Context {
    previous: u32,
    next_article: u32,
}

impl Context {
    /// The context between two tokens; empty strings at the ends of a text.
    #[must_use]
    pub fn new(previous: &str, next: &str) -> Context {
        let previous = if previous.len() <= 24 { text_feature(98, &fold(previous)) } else { 0 };
        Context { previous, next_article: u32::from(next.starts_with("ال")) + 2 * u32::from(next.starts_with("لل")) }
    }
}

/// What has been learned about clitics.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Clitics {
    /// Tokens seen in training, by hash of their folded letters, with the split they take.
    seen: FxHashMap<u32, Candidate>,
    /// Fused function words: folded letters and parts.
    fused: FxHashMap<String, Vec<String>>,
    /// Hosts seen in training, by hash: 1 + the number of their commonest part of speech.
    hosts: FxHashMap<u32, u8>,
    /// Spelling of hosts whose hamza the token does not write.
    spelling: FxHashMap<String, String>,
    weights: Vec<i8>,
}

impl Clitics {
    /// Puts the trained parts together. `weights` has a power of two of entries.
    #[must_use]
    pub fn new(
        seen: FxHashMap<u32, Candidate>,
        fused: FxHashMap<String, Vec<String>>,
        hosts: FxHashMap<u32, u8>,
        spelling: FxHashMap<String, String>,
        weights: Vec<i8>,
    ) -> Clitics {
        Clitics { seen, fused, hosts, spelling, weights }
    }

    /// Calls `part` for each word of `token`, in order, with its bytes within the token and its form.
    pub fn split(&self, token: &str, previous: &str, next: &str, mut part: impl FnMut(Range<usize>, &str)) {
        // A word of letters only, and of a length that words have.
        if token.len() > 60 || !token.chars().next().is_some_and(char::is_alphabetic) || token.is_ascii() {
            return part(0..token.len(), token);
        }
        let letters = Letters::of(token);
        let folded: String = letters.folded.iter().collect();
        if let Some(parts) = self.fused.get(&folded) {
            return fused_parts(token, &letters, parts, part);
        }
        let candidate =
            self.seen.get(&key(&folded)).copied().filter(|&c| possible(&letters, c)).unwrap_or_else(|| self.best(&letters, &Context::new(previous, next)));
        if candidate == WHOLE {
            return part(0..token.len(), token);
        }
        self.emit(token, &letters, candidate, &mut part);
    }

    fn emit(&self, token: &str, letters: &Letters, candidate: Candidate, part: &mut impl FnMut(Range<usize>, &str)) {
        let host_range = letters.host_range(candidate);
        for (i, c) in PROCLITICS[candidate.pro as usize].chars().enumerate() {
            let written = if c == 'ا' { 'أ' } else { c };
            part(letters.places[i].clone(), written.encode_utf8(&mut [0; 4]));
        }
        let bytes = letters.places[host_range.start].start..letters.places[host_range.end - 1].end;
        let mut host = String::new();
        letters.host(candidate, &mut host);
        match self.spelling.get(&host) {
            Some(spelt) => part(bytes, spelt),
            None => {
                let mut surface = if candidate.article { "ا".to_owned() } else { String::new() };
                surface.push_str(&token[bytes.clone()]);
                match candidate.ending {
                    Ending::Maqsura => {
                        surface.pop();
                        surface.push('ى');
                    }
                    ending => restore(&mut surface, ending),
                }
                part(bytes, &surface);
            }
        }
        let enclitic = ENCLITICS[candidate.enc as usize];
        if !enclitic.is_empty() {
            part(letters.places[host_range.end].start..token.len(), enclitic);
        }
    }

    fn best(&self, letters: &Letters, context: &Context) -> Candidate {
        let mut features = Vec::new();
        let mut best = (WHOLE, i32::MIN);
        for candidate in candidates(letters) {
            self.features(letters, candidate, context, &|host| self.hosts.get(&key(host)).copied().unwrap_or(0), &mut features);
            let score =
                if self.weights.is_empty() { 0 } else { features.iter().map(|&f| i32::from(self.weights[f as usize & (self.weights.len() - 1)])).sum() };
            if score > best.1 {
                best = (candidate, score);
            }
        }
        best.0
    }

    /// Features of a candidate; `host_class` tells what is known of a host (0 unknown).
    pub fn features(&self, letters: &Letters, candidate: Candidate, context: &Context, host_class: &dyn Fn(&str) -> u8, out: &mut Vec<u32>) {
        out.clear();
        let (pro, enc) = (u32::from(candidate.pro), u32::from(candidate.enc));
        let mut host = String::new();
        letters.host(candidate, &mut host);
        let bare = crate::normal::bare(&host);
        let article = u32::from(bare.len() < host.len());
        let class = u32::from(host_class(&host).max(if article == 1 { host_class(bare) } else { 0 }));
        let ending = candidate.ending as u32;
        let length = (host.chars().count() as u32).min(8);
        let chars: Vec<u32> = host.chars().map(|c| c as u32).collect();
        let first = |n: usize| chars.iter().take(n).fold(7, |h, &c| h * 31 + c);
        let last = |n: usize| chars.iter().rev().take(n).fold(7, |h, &c| h * 31 + c);
        let affixes = pro * 16 + enc;
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
            feature(16, [class, u32::from(affixes == 0)]),
            feature(17, [pro, first(3), last(2)]),
            feature(18, [article, affixes]),
            feature(19, [pro, first(4)]),
            feature(20, [affixes, first(1), last(1), length]),
        ]);
    }

    pub(crate) fn is_sound(&self) -> bool {
        let known = |c: &Candidate| (c.pro as usize) < PROCLITICS.len() && (c.enc as usize) < ENCLITICS.len();
        (self.weights.is_empty() || self.weights.len().is_power_of_two()) && self.seen.values().all(known)
    }
}

/// Hash of a folded form, the key of what training saw.
#[must_use]
pub fn key(folded: &str) -> u32 {
    text_feature(97, folded)
}

fn fused_parts(token: &str, letters: &Letters, parts: &[String], mut part: impl FnMut(Range<usize>, &str)) {
    // The parts share the letters as far as they go; what is left belongs to the last.
    let mut at = 0;
    for (i, form) in parts.iter().enumerate() {
        let n = fold(form).chars().count();
        let from = at.min(letters.places.len() - 1);
        let to = if i + 1 == parts.len() { letters.places.len() } else { (at + n).clamp(from + 1, letters.places.len()) };
        let to = to.max(from + 1);
        let end = if i + 1 == parts.len() { token.len() } else { letters.places[to - 1].end };
        part(letters.places[from].start..end, form);
        at = to;
    }
}

fn possible(letters: &Letters, candidate: Candidate) -> bool {
    let pro = PROCLITICS[candidate.pro as usize].chars().count();
    let enc = ENCLITICS[candidate.enc as usize].chars().count();
    pro + enc < letters.folded.len()
}

/// All ways to split a token that keep a host of at least two letters.
pub fn candidates(letters: &Letters) -> Vec<Candidate> {
    let n = letters.folded.len();
    let mut out = vec![WHOLE];
    for (pro, prefix) in PROCLITICS.iter().enumerate().take(FIRST_RARE) {
        if *prefix == "ا" || !letters.starts_with(prefix) {
            continue;
        }
        for (enc, suffix) in ENCLITICS.iter().enumerate() {
            let (p, e) = (prefix.chars().count(), suffix.chars().count());
            if p + e + 2 > n || !letters.ends_with(suffix) || (p + e == 0) {
                continue;
            }
            push_variants(letters, pro as u8, enc as u8, &mut out);
        }
    }
    out
}

fn push_variants(letters: &Letters, pro: u8, enc: u8, out: &mut Vec<Candidate>) {
    let plain = Candidate { pro, enc, article: false, ending: Ending::Same };
    let host = &letters.folded[letters.host_range(plain)];
    let article = PROCLITICS[pro as usize].ends_with('ل') && host.first() == Some(&'ل');
    for &ending in ENDINGS {
        let fits = match ending {
            Ending::Same => true,
            Ending::TehMarbuta => host.last() == Some(&'ت'),
            Ending::Maqsura => host.last() == Some(&'ا'),
            Ending::Hamza => matches!(host.last(), Some('ئ' | 'ؤ')),
            Ending::SilentAlef => host.last() == Some(&'و'),
        };
        if fits && (ending == Ending::Same || enc > 0) {
            out.push(Candidate { ending, ..plain });
            if article {
                out.push(Candidate { ending, article: true, ..plain });
            }
        }
    }
}

/// The candidate that yields these words, if one does. Words are compared folded.
#[must_use]
pub fn candidate_for(letters: &Letters, words: &[&str]) -> Option<Candidate> {
    let folded: Vec<String> = words.iter().map(|w| fold(w)).collect();
    if words.len() == 1 {
        return Some(WHOLE);
    }
    let mut host = String::new();
    let with_rare = PROCLITICS.iter().enumerate().skip(FIRST_RARE).filter(|(_, p)| letters.starts_with(p));
    let rare = with_rare.map(|(pro, _)| Candidate { pro: pro as u8, ..WHOLE }).filter(|c| possible(letters, *c));
    candidates(letters).into_iter().chain(rare).find(|&c| {
        letters.host(c, &mut host);
        let pro: Vec<String> = PROCLITICS[c.pro as usize].chars().map(String::from).collect();
        let enc = Some(ENCLITICS[c.enc as usize]).filter(|e| !e.is_empty());
        let made = pro.iter().map(String::as_str).chain([host.as_str()]).chain(enc);
        made.eq(folded.iter().map(String::as_str))
    })
}
