//! Training of lemmas: what form and part of speech became, and which endings foretell it.

use marsad_text::normal::fold;
use marsad_text::parse::lemma::{LONGEST_ENDING, Lemmas, Script, apply, ending_key, form_key};
use marsad_text::{Lang, Upos};
use rustc_hash::FxHashMap;

use crate::data::Corpus;

type Counts<K> = FxHashMap<K, FxHashMap<Script, u32>>;

pub fn train(corpus: &Corpus) -> Lemmas {
    let mut forms: Counts<(String, Upos)> = FxHashMap::default();
    let mut add = |form: &str, upos: Upos, lemma: &str, n: u32| {
        if form.chars().count() <= 40 {
            *forms.entry((fold(form), upos)).or_default().entry(script(corpus.lang, form, lemma)).or_default() += n;
        }
    };
    for part in &corpus.train {
        for word in part.sentences.iter().flat_map(|s| &s.words) {
            if let Some(upos) = word.upos.filter(|_| !word.lemma.is_empty()) {
                add(&word.form, upos, &word.lemma, 2);
            }
        }
    }
    for (form, upos, lemma) in &corpus.lemmas {
        add(form, *upos, lemma, 1);
    }
    let mut endings: Counts<(String, Upos)> = FxHashMap::default();
    for ((form, upos), scripts) in &forms {
        let Some(best) = most(scripts) else { continue };
        if matches!(best, Script::Whole(_)) {
            continue;
        }
        for ending in endings_of(form) {
            *endings.entry((ending.to_owned(), *upos)).or_default().entry(best.clone()).or_default() += 1;
        }
    }
    compile(forms, endings)
}

fn compile(forms: Counts<(String, Upos)>, endings: Counts<(String, Upos)>) -> Lemmas {
    let mut numbers: FxHashMap<Script, u16> = FxHashMap::default();
    let mut scripts = Vec::new();
    let mut number = |script: &Script| {
        if let Some(&n) = numbers.get(script) {
            return Some(n);
        }
        let n = u16::try_from(scripts.len()).ok()?;
        numbers.insert(script.clone(), n);
        scripts.push(script.clone());
        Some(n)
    };
    let mut ending_rules = FxHashMap::default();
    for ((ending, upos), counts) in sorted(endings) {
        // One witness is not a rule, except for the shortest endings, which are the fallback.
        let witnessed = counts.values().sum::<u32>() >= 2 || ending.is_empty();
        if let Some(n) = most(&counts).filter(|_| witnessed).and_then(&mut number) {
            ending_rules.insert(ending_key(&ending, upos), n);
        }
    }
    let by_rule = |folded: &str, upos: Upos| endings_of(folded).find_map(|e| ending_rules.get(&ending_key(e, upos)).copied());
    let mut exact = FxHashMap::default();
    for ((form, upos), counts) in sorted(forms) {
        let Some(best) = most(&counts) else { continue };
        let Some(n) = number(best) else { continue };
        // What the rules get right needs no entry of its own.
        if by_rule(&form, upos) != Some(n) {
            exact.insert(form_key(&form, upos), n);
        }
    }
    Lemmas::new(scripts, exact, ending_rules)
}

fn sorted<K: Ord, V>(map: FxHashMap<K, V>) -> Vec<(K, V)> {
    let mut entries: Vec<(K, V)> = map.into_iter().collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries
}

fn most(scripts: &FxHashMap<Script, u32>) -> Option<&Script> {
    scripts.iter().max_by_key(|(s, n)| (**n, std::cmp::Reverse(format!("{s:?}")))).map(|(s, _)| s)
}

/// Endings, longest first, down to the empty one.
fn endings_of(folded: &str) -> impl Iterator<Item = &str> {
    let mut starts: Vec<usize> = folded.char_indices().map(|(i, _)| i).collect();
    starts.drain(..starts.len().saturating_sub(LONGEST_ENDING));
    starts.into_iter().chain([folded.len()]).map(move |i| &folded[i..])
}

/// The shortest edit from form to lemma that keeps a common middle; Arabic lemmas are vocalised and kept whole.
fn script(lang: Lang, form: &str, lemma: &str) -> Script {
    let folded = fold(form);
    if lang == Lang::Ar {
        return Script::Whole(lemma.to_owned());
    }
    let keep_case = lemma.chars().any(char::is_uppercase);
    let base: Vec<char> = if keep_case { form.chars().collect() } else { folded.chars().collect() };
    let target: Vec<char> = lemma.chars().collect();
    let common = base.iter().zip(&target).take_while(|(a, b)| a == b).count();
    let edit =
        Script::Edit { drop_start: 0, drop_end: (base.len() - common).min(255) as u8, start: String::new(), end: target[common..].iter().collect(), keep_case };
    if apply(&edit, form, &folded) == lemma && (common > 0 || base.is_empty()) { edit } else { Script::Whole(lemma.to_owned()) }
}
