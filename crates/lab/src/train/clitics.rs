//! Training of the Arabic clitic splitter: what tokens were seen, what hosts there are, and a ranking perceptron for the unseen.

use marsad_text::Upos;
use marsad_text::conllu::GoldSentence;
use marsad_text::lang::ar::{Candidate, Clitics, Context, Letters, candidate_for, candidates, key};
use marsad_text::normal::fold;
use rustc_hash::FxHashMap;

use super::random::Random;
use crate::data::Part;

const BITS: u32 = 16;

struct Item {
    letters: Letters,
    folded: String,
    context: Context,
    right: Candidate,
}

/// Learns from every part whose tokens are split; parts that write clitics as tokens of their own teach hosts only.
pub fn train(parts: &[Part], random: &mut Random) -> Clitics {
    let mut items = Vec::new();
    let mut fused: FxHashMap<String, FxHashMap<Vec<String>, usize>> = FxHashMap::default();
    let mut hosts: FxHashMap<String, [u32; 18]> = FxHashMap::default();
    let mut spelling: FxHashMap<String, FxHashMap<String, usize>> = FxHashMap::default();
    for sentence in parts.iter().flat_map(|p| &p.sentences) {
        let splits = sentence.tokens.iter().any(|t| t.words.len() > 1);
        count_hosts(sentence, &mut hosts);
        if splits {
            collect(sentence, &mut items, &mut fused, &mut spelling);
        }
    }
    let seen = majority(&items);
    let fused = fused
        .into_iter()
        .filter_map(|(token, counts)| counts.into_iter().filter(|(_, n)| *n >= 2).max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0))).map(|(parts, _)| (token, parts)))
        .collect();
    let spelling = spelling
        .into_iter()
        .filter_map(|(host, counts)| counts.into_iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0))).map(|(form, _)| (host, form)))
        .filter(|(host, form)| host != form)
        .collect();
    let weights = rank(&items, &hosts, random);
    let classes = hosts.iter().map(|(host, counts)| (key(host), class(counts, 0))).filter(|(_, c)| *c > 0).collect();
    Clitics::new(sorted(seen), sorted(fused), sorted(classes), sorted(spelling), weights)
}

/// The same entries, inserted in key order, so that the file is the same every time.
fn sorted<K: Ord + std::hash::Hash, V>(map: FxHashMap<K, V>) -> FxHashMap<K, V> {
    let mut entries: Vec<(K, V)> = map.into_iter().collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries.into_iter().collect()
}

fn count_hosts(sentence: &GoldSentence, hosts: &mut FxHashMap<String, [u32; 18]>) {
    for word in &sentence.words {
        let folded = fold(&word.form);
        if folded.chars().count() > 1 {
            let tag = word.upos.map_or(17, |t| t as usize);
            hosts.entry(folded).or_default()[tag] += 1;
        }
    }
}

/// 1 + the commonest part of speech of a host, 18 where it is known without one; 0 where it was seen `without` times or less.
fn class(counts: &[u32; 18], without: u32) -> u8 {
    if counts.iter().sum::<u32>() <= without {
        return 0;
    }
    let best = (0..17).max_by_key(|&t| (counts[t], 17 - t)).unwrap_or(0);
    if counts[best] == 0 { 18 } else { best as u8 + 1 }
}

fn collect(
    sentence: &GoldSentence,
    items: &mut Vec<Item>,
    fused: &mut FxHashMap<String, FxHashMap<Vec<String>, usize>>,
    spelling: &mut FxHashMap<String, FxHashMap<String, usize>>,
) {
    for (t, token) in sentence.tokens.iter().enumerate() {
        if !token.text.chars().next().is_some_and(char::is_alphabetic) || token.text.is_ascii() {
            continue;
        }
        let words: Vec<&str> = sentence.words[token.words.clone()].iter().map(|w| w.form.as_str()).collect();
        // Some multiword tokens of the derived treebank repeat the token as each of its words: they say nothing.
        if words.len() > 1 && words.iter().all(|w| *w == token.text) {
            continue;
        }
        let letters = Letters::of(&token.text);
        let folded = fold(&token.text);
        let Some(right) = candidate_for(&letters, &words) else {
            *fused.entry(folded).or_default().entry(words.iter().map(|w| (*w).to_owned()).collect()).or_default() += 1;
            continue;
        };
        if words.len() > 1 {
            for word in sentence.words[token.words.clone()]
                .iter()
                .filter(|w| w.form.chars().count() > 1 && !matches!(w.upos, Some(Upos::Adp | Upos::Pron | Upos::Cconj)))
            {
                *spelling.entry(fold(&word.form)).or_default().entry(word.form.clone()).or_default() += 1;
            }
        }
        let near = |i: Option<usize>| i.and_then(|i| sentence.tokens.get(i)).map_or("", |t| t.text.as_str());
        items.push(Item { letters, folded, context: Context::new(near(t.checked_sub(1)), near(Some(t + 1))), right });
    }
}

/// The split that each token type mostly takes; types seen once are left to the ranking, unless they are long enough to be sure of.
fn majority(items: &[Item]) -> FxHashMap<u32, Candidate> {
    let mut counts: FxHashMap<u32, FxHashMap<Candidate, usize>> = FxHashMap::default();
    for item in items {
        *counts.entry(key(&item.folded)).or_default().entry(item.right).or_default() += 1;
    }
    counts
        .into_iter()
        .filter_map(|(token, by)| {
            let total: usize = by.values().sum();
            let (best, n) = by.into_iter().max_by_key(|(c, n)| (*n, std::cmp::Reverse(format!("{c:?}"))))?;
            (n * 10 >= total * 7).then_some((token, best))
        })
        .collect()
}

fn rank(items: &[Item], hosts: &FxHashMap<String, [u32; 18]>, random: &mut Random) -> Vec<i8> {
    let size = 1usize << BITS;
    let mask = size - 1;
    let (mut w, mut sum) = (vec![0.0f32; size], vec![0.0f64; size]);
    let mut types: FxHashMap<&str, u32> = FxHashMap::default();
    items.iter().for_each(|i| *types.entry(&i.folded).or_default() += 1);
    // Common tokens are looked up; the ranking learns from the rare ones, as those that it will meet.
    let mut order: Vec<usize> = (0..items.len()).filter(|&i| types[items[i].folded.as_str()] <= 6).collect();
    let splitter = Clitics::default();
    let mut t = 1.0f64;
    for _ in 0..6 {
        random.shuffle(&mut order);
        for &i in &order {
            let item = &items[i];
            // What is known of hosts must not come from this very token.
            let own = types[item.folded.as_str()];
            let known = |host: &str| hosts.get(host).map_or(0, |c| class(c, own));
            let all = candidates(&item.letters);
            let mut best: Option<(f32, Vec<u32>, Candidate)> = None;
            let mut right = Vec::new();
            for &candidate in &all {
                let mut features = Vec::new();
                splitter.features(&item.letters, candidate, &item.context, &known, &mut features);
                let margin = if candidate == item.right { 0.0 } else { 1.0 };
                let score = margin + features.iter().map(|&f| w[f as usize & mask]).sum::<f32>();
                if candidate == item.right {
                    right.clone_from(&features);
                }
                if best.as_ref().is_none_or(|b| score > b.0) {
                    best = Some((score, features, candidate));
                }
            }
            if let Some((_, wrong, candidate)) = best
                && candidate != item.right
                && !right.is_empty()
            {
                for (features, sign) in [(&right, 1.0f32), (&wrong, -1.0)] {
                    for &f in features {
                        w[f as usize & mask] += sign;
                        sum[f as usize & mask] += f64::from(sign) * t;
                    }
                }
            }
            t += 1.0;
        }
    }
    let average: Vec<f64> = w.iter().zip(&sum).map(|(&w, s)| f64::from(w) - s / t).collect();
    let largest = average.iter().fold(1e-9f64, |m, x| m.max(x.abs()));
    average.iter().map(|x| (x * 127.0 / largest).round() as i8).collect()
}
