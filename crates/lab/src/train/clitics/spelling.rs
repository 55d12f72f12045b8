//! Training of the spelling of hosts.

use marsad_text::conllu::GoldSentence;
use marsad_text::lang::ar::{Candidate, Spelling, beginnings, host_key, place_key};
use marsad_text::normal::{bare, fold, is_dropped};
use rustc_hash::FxHashMap;

use super::Item;

type Counts = FxHashMap<String, usize>;

/// Spellings of hosts from split tokens; first letters from all words that write hamza.
pub fn learn<'a>(items: &[Item], sentences: impl Iterator<Item = &'a GoldSentence>) -> Spelling {
    let mut counts: FxHashMap<String, Counts> = FxHashMap::default();
    for (form, item) in hosts(items) {
        *counts.entry(fold(&form)).or_default().entry(form).or_default() += item;
    }
    let known = counts.clone();
    let mut firsts: FxHashMap<u32, FxHashMap<char, usize>> = FxHashMap::default();
    for (folded, forms) in &known {
        count_beginnings(folded, forms, &mut firsts);
    }
    for word in sentences.flat_map(|s| &s.words) {
        let form = plain(&word.form);
        let folded = fold(&form);
        // Whole tokens are spelt as they came: only a hamza says something.
        if form.contains(['أ', 'إ', 'آ']) && !known.contains_key(&folded) {
            *counts.entry(folded).or_default().entry(form).or_default() += 1;
        }
    }
    let forms = sorted_forms(counts);
    let places = places(items, &forms);
    let table = forms.into_iter().filter(|(host, forms)| forms.len() > 1 || *host != forms[0]).map(|(host, forms)| (host_key(&host), forms)).collect();
    let firsts = firsts.into_iter().filter_map(|(b, counts)| majority(&counts).map(|first| (b, first))).collect();
    Spelling::new(super::sorted(table), super::sorted(places), super::sorted(firsts))
}

fn plain(form: &str) -> String {
    form.chars().filter(|&c| !is_dropped(c)).collect()
}

/// The hosts of split tokens, and how often.
fn hosts<'a>(items: &'a [Item]) -> impl Iterator<Item = (String, usize)> + 'a {
    items.iter().filter_map(host_of).map(|form| (form, 1))
}

/// The host of a split token: its longest word.
fn host_of(item: &Item) -> Option<String> {
    if item.right == Candidate::WHOLE || item.right.is_fused() {
        return None;
    }
    item.words.get(item.right.host_place()).map(|w| plain(w)).filter(|w| w.chars().count() > 1)
}

fn count_beginnings(folded: &str, forms: &Counts, firsts: &mut FxHashMap<u32, FxHashMap<char, usize>>) {
    let Some(form) = forms.iter().max_by_key(|(f, n)| (**n, (*f).clone())).map(|(f, _)| f) else { return };
    let first = if bare(folded).len() < folded.len() { form.chars().nth(2) } else { form.chars().next() };
    if let Some(first) = first {
        beginnings(folded).for_each(|b| *firsts.entry(host_key(b)).or_default().entry(first).or_default() += 1);
    }
}

/// The first letter that nearly all words share, where there are enough of them.
fn majority(counts: &FxHashMap<char, usize>) -> Option<char> {
    let total: usize = counts.values().sum();
    let (&first, &n) = counts.iter().max_by_key(|(c, n)| (**n, **c))?;
    (total >= 2 && n * 10 >= total * 9).then_some(first)
}

/// Spellings of each host, the commonest first.
fn sorted_forms(counts: FxHashMap<String, Counts>) -> FxHashMap<String, Vec<String>> {
    let list = |counts: Counts| {
        let mut forms: Vec<(String, usize)> = counts.into_iter().collect();
        forms.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        forms.into_iter().take(4).map(|(form, _)| form).collect()
    };
    counts.into_iter().map(|(host, counts)| (host, list(counts))).collect()
}

/// The places that ask for another spelling than the one before them in order: host; host and proclitics; host, proclitics and the word before.
fn places(items: &[Item], forms: &FxHashMap<String, Vec<String>>) -> FxHashMap<u32, u8> {
    let mut out: FxHashMap<u32, u8> = FxHashMap::default();
    for with_previous in [false, true] {
        let mut counts: FxHashMap<u32, (u8, [usize; 4])> = FxHashMap::default();
        for item in items {
            let Some(form) = host_of(item) else { continue };
            let folded = fold(&form);
            let Some(list) = forms.get(&folded).filter(|l| l.len() > 1) else { continue };
            let Some(place) = list.iter().position(|f| *f == form) else { continue };
            let wide = place_key(&folded, item.right.proclitic_number(), 0);
            let narrow = place_key(&folded, item.right.proclitic_number(), item.context.previous());
            let (key, before) = if with_previous { (narrow, out.get(&wide).copied().unwrap_or(0)) } else { (wide, 0) };
            let entry = counts.entry(key).or_insert((before, [0; 4]));
            entry.1[place] += 1;
        }
        for (key, (before, counts)) in counts {
            let best = (0..4).max_by_key(|&i| (counts[i], 4 - i)).unwrap_or(0);
            let total: usize = counts.iter().sum();
            if counts[best] >= 2 && counts[best] * 10 >= total * 6 && best as u8 != before {
                out.insert(key, best as u8);
            }
        }
    }
    out
}
