//! Dictionary forms: by look-up of the form and its part of speech, else by the rule of the longest known ending.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::Upos;
use crate::linear::feature;
use crate::normal::fold_into;

/// How a folded form becomes its lemma.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Script {
    /// Drop characters at the start and end, put others there.
    Edit {
        /// Characters to drop at the start.
        drop_start: u8,
        /// Characters to drop at the end.
        drop_end: u8,
        /// What to put at the start.
        start: String,
        /// What to put at the end.
        end: String,
        /// Whether the form's own case is kept (names).
        keep_case: bool,
    },
    /// The lemma itself.
    Whole(String),
}

/// What has been learned about dictionary forms.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Lemmas {
    scripts: Vec<Script>,
    /// Number of the script for a form with its part of speech, by hash.
    forms: FxHashMap<u32, u16>,
    /// Number of the script for an ending with a part of speech, by hash.
    endings: FxHashMap<u32, u16>,
}

/// The longest ending that is learned, in characters.
pub const LONGEST_ENDING: usize = 6;

impl Lemmas {
    /// Puts the trained parts together.
    #[must_use]
    pub fn new(scripts: Vec<Script>, forms: FxHashMap<u32, u16>, endings: FxHashMap<u32, u16>) -> Lemmas {
        Lemmas { scripts, forms, endings }
    }

    /// The lemma of a form, appended to `out`: the form itself where no letter is left. `folded` is scratch memory.
    pub fn lemma_into(&self, form: &str, upos: Upos, folded: &mut String, out: &mut String) {
        let from = out.len();
        folded.clear();
        fold_into(form, folded);
        let number = self.forms.get(&form_key(folded, upos)).or_else(|| self.by_ending(folded, upos));
        match number.and_then(|&n| self.scripts.get(n as usize)) {
            Some(script) => apply_into(script, form, folded, out),
            None => out.push_str(folded),
        }
        if out.len() == from {
            out.push_str(form);
        }
    }

    /// The script of the longest known ending.
    fn by_ending(&self, folded: &str, upos: Upos) -> Option<&u16> {
        let longest = folded.char_indices().rev().take(LONGEST_ENDING).last().map_or(0, |(at, _)| at);
        let starts = folded[longest..].char_indices().map(|(i, _)| longest + i);
        starts.chain([folded.len()]).find_map(|i| self.endings.get(&ending_key(&folded[i..], upos)))
    }
}

/// Key of a form.
#[must_use]
pub fn form_key(folded: &str, upos: Upos) -> u32 {
    feature(40 + upos as u32, folded.chars().map(|c| c as u32))
}

/// Key of an ending.
#[must_use]
pub fn ending_key(ending: &str, upos: Upos) -> u32 {
    feature(60 + upos as u32, ending.chars().map(|c| c as u32))
}

/// Applies a script to a form.
#[must_use]
pub fn apply(script: &Script, form: &str, folded: &str) -> String {
    let mut out = String::new();
    apply_into(script, form, folded, &mut out);
    out
}

fn apply_into(script: &Script, form: &str, folded: &str, out: &mut String) {
    match script {
        Script::Whole(lemma) => out.push_str(lemma),
        Script::Edit { drop_start, drop_end, start, end, keep_case } => {
            let base = if *keep_case { form } else { folded };
            out.push_str(start);
            out.push_str(inner(base, *drop_start as usize, *drop_end as usize));
            out.push_str(end);
        }
    }
}

/// A text without so many characters at its start and end.
fn inner(text: &str, start: usize, end: usize) -> &str {
    let mut chars = text.chars();
    if start > 0 {
        chars.nth(start - 1);
    }
    if end > 0 {
        chars.nth_back(end - 1);
    }
    chars.as_str()
}
