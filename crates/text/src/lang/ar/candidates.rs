//! Every way in which clitics may come off a token.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::letters::Letters;
use crate::normal::fold;

/// Chains of proclitics, as letters; each letter is a word.
const PROCLITICS: &[&str] = &["", "و", "ف", "ب", "ل", "ك", "س", "وب", "ول", "وك", "وس", "فب", "فل", "فس", "فك", "ال", "اب", "او", "اف", "ا"];
/// Chains that only a few function words carry (the interrogative أ): never guessed, only taken where training saw them.
const FIRST_RARE: usize = 15;
const ENCLITICS: &[&str] = &["", "ه", "ها", "هم", "هما", "هن", "ك", "كم", "كما", "كن", "نا", "ي", "ني"];
/// From this number of a proclitic chain on a candidate stands for one of the fused function words.
const FIRST_FUSED: u8 = 64;

/// How the host's end is restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) enum Ending {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Candidate {
    pub(super) pro: u8,
    pub(super) enc: u8,
    /// The host got its article back: «للبيت» is ل + البيت.
    pub(super) article: bool,
    pub(super) ending: Ending,
}

impl Candidate {
    /// The token as one word.
    pub const WHOLE: Candidate = Candidate { pro: 0, enc: 0, article: false, ending: Ending::Same };

    /// The fused function word of that number; `None` where there are too many.
    #[must_use]
    pub fn fused(number: usize) -> Option<Candidate> {
        let pro = u8::try_from(number).ok()?.checked_add(FIRST_FUSED)?;
        Some(Candidate { pro, ..Candidate::WHOLE })
    }

    /// Whether it stands for a fused function word.
    #[must_use]
    pub fn is_fused(self) -> bool {
        self.fused_number().is_some()
    }

    /// Which of the words is the host.
    #[must_use]
    pub fn host_place(self) -> usize {
        self.proclitics().chars().count()
    }

    /// Number of the chain of proclitics.
    #[must_use]
    pub fn proclitic_number(self) -> u32 {
        u32::from(self.pro)
    }

    pub(super) fn fused_number(self) -> Option<usize> {
        self.pro.checked_sub(FIRST_FUSED).map(usize::from)
    }

    pub(super) fn proclitics(self) -> &'static str {
        PROCLITICS.get(self.pro as usize).copied().unwrap_or_default()
    }

    pub(super) fn enclitic(self) -> &'static str {
        ENCLITICS.get(self.enc as usize).copied().unwrap_or_default()
    }

    /// Number of the enclitic.
    pub(super) fn enc(self) -> u32 {
        u32::from(self.enc)
    }

    pub(super) fn is_sound(self, fused: usize) -> bool {
        let pro = match self.fused_number() {
            Some(number) => number < fused,
            None => (self.pro as usize) < PROCLITICS.len(),
        };
        pro && (self.enc as usize) < ENCLITICS.len()
    }

    /// Whether the token is long enough to be split like this.
    pub(super) fn fits(self, letters: &Letters) -> bool {
        self.proclitics().chars().count() + self.enclitic().chars().count() < letters.len()
    }

    pub(super) fn host_range(self, letters: &Letters) -> Range<usize> {
        self.proclitics().chars().count()..letters.len() - self.enclitic().chars().count()
    }

    /// The host's letters, folded and restored.
    pub(super) fn host(self, letters: &Letters, out: &mut String) {
        out.clear();
        if self.article {
            out.push('ا');
        }
        out.extend(&letters.folded[self.host_range(letters)]);
        restore(out, self.ending, 'ي');
    }
}

/// Gives a host its own end back; `maqsura` is how alef maqsura is written.
pub(super) fn restore(host: &mut String, ending: Ending, maqsura: char) {
    let last = match ending {
        Ending::Same => return,
        Ending::SilentAlef => return host.push('ا'),
        Ending::TehMarbuta => 'ة',
        Ending::Maqsura => maqsura,
        Ending::Hamza => 'ء',
    };
    host.pop();
    host.push(last);
}

/// All ways to split a token that keep a host of at least two letters; the whole token is the first.
pub fn candidates(letters: &Letters, out: &mut Vec<Candidate>) {
    out.clear();
    out.push(Candidate::WHOLE);
    for (pro, prefix) in PROCLITICS.iter().enumerate().take(FIRST_RARE) {
        if !letters.starts_with(prefix) {
            continue;
        }
        for (enc, suffix) in ENCLITICS.iter().enumerate() {
            let (p, e) = (prefix.chars().count(), suffix.chars().count());
            if p + e + 2 <= letters.len() && letters.ends_with(suffix) && p + e > 0 {
                push_variants(letters, pro as u8, enc as u8, out);
            }
        }
    }
}

fn push_variants(letters: &Letters, pro: u8, enc: u8, out: &mut Vec<Candidate>) {
    let plain = Candidate { pro, enc, article: false, ending: Ending::Same };
    let host = &letters.folded[plain.host_range(letters)];
    let article = plain.proclitics().ends_with('ل') && host.first() == Some(&'ل');
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
    if words.len() == 1 {
        return Some(Candidate::WHOLE);
    }
    let folded: Vec<String> = words.iter().map(|w| fold(w)).collect();
    let mut host = String::new();
    let mut all = Vec::new();
    candidates(letters, &mut all);
    let with_rare = PROCLITICS.iter().enumerate().skip(FIRST_RARE).filter(|(_, p)| letters.starts_with(p));
    all.extend(with_rare.map(|(pro, _)| Candidate { pro: pro as u8, ..Candidate::WHOLE }).filter(|c| c.fits(letters)));
    all.into_iter().find(|&c| {
        c.host(letters, &mut host);
        let pro: Vec<String> = c.proclitics().chars().map(String::from).collect();
        let enc = Some(c.enclitic()).filter(|e| !e.is_empty());
        let made = pro.iter().map(String::as_str).chain([host.as_str()]).chain(enc);
        made.eq(folded.iter().map(String::as_str))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gold_splits_are_among_the_candidates() {
        for (token, words) in [
            ("وبمدرستهم", "و ب مدرسة هم"),
            ("للبيت", "ل البيت"),
            ("مستشفاها", "مستشفى ها"),
            ("اعضاؤه", "اعضاء ه"),
            ("سيقولون", "س يقولون"),
            ("أليس", "أ ليس"),
            ("بيت", "بيت"),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            assert!(candidate_for(&Letters::of(token), &words).is_some(), "{token}");
        }
        assert_eq!(candidate_for(&Letters::of("ممن"), &["من", "من"]), None);
    }
}
