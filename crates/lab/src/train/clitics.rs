//! Training of the Arabic clitic splitter: what tokens were seen, what hosts there are, how they are spelt, and a ranking perceptron for what is unseen or ambiguous.

mod spelling;

use marsad_text::conllu::{GoldSentence, GoldToken};
use marsad_text::lang::ar::{Candidate, Clitics, Context, Letters, Seen, Sight, all_seen, candidate_for, candidates, key, sure};
use marsad_text::normal::fold;
use rustc_hash::FxHashMap;

use super::random::Random;
use crate::data::Part;

const BITS: u32 = 17;
const ROUNDS: usize = 8;

/// A token to learn from.
struct Item<'a> {
    letters: Letters,
    token: u32,
    context: Context,
    right: Candidate,
    words: Vec<&'a str>,
}

type Hosts = FxHashMap<String, [u32; 18]>;

/// Learns from every part whose tokens are split; parts that write clitics as tokens of their own teach hosts only.
pub fn train(parts: &[Part], random: &mut Random) -> Clitics {
    let sentences = || parts.iter().flat_map(|p| &p.sentences);
    let mut hosts = Hosts::default();
    sentences().for_each(|s| count_hosts(s, &mut hosts));
    let fused = fused(sentences());
    let mut items = Vec::new();
    sentences().filter(|s| s.tokens.iter().any(|t| t.words.len() > 1)).for_each(|s| collect(s, &fused, &mut items));
    let seen = seen(&items);
    let weights = rank(&items, &seen, &hosts, random);
    let spelling = spelling::learn(&items, sentences());
    let classes = hosts.iter().map(|(host, counts)| (key(host), class(counts, 0))).filter(|(_, c)| *c > 0).collect();
    let seen = seen.into_iter().filter(|(_, s)| s.len() > 1 || s[0].0 != Candidate::WHOLE || s[0].1 >= 2).collect();
    Clitics::new(sorted(seen), fused, sorted(classes), spelling, weights)
}

/// The same entries, inserted in key order, so that the file is the same every time.
fn sorted<K: Ord + std::hash::Hash, V>(map: FxHashMap<K, V>) -> FxHashMap<K, V> {
    let mut entries: Vec<(K, V)> = map.into_iter().collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries.into_iter().collect()
}

fn count_hosts(sentence: &GoldSentence, hosts: &mut Hosts) {
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

fn words_of<'a>(sentence: &'a GoldSentence, token: &GoldToken) -> Vec<&'a str> {
    sentence.words[token.words.clone()].iter().map(|w| w.form.as_str()).collect()
}

fn is_arabic_word(token: &str) -> bool {
    token.chars().next().is_some_and(char::is_alphabetic) && !token.is_ascii()
}

/// Whether the words can be the token's: some tokens of the derived treebank got words of their neighbours, or themselves as each of their words.
fn is_sound(token: &str, words: &[&str]) -> bool {
    let folded = fold(token);
    let parts: Vec<String> = words.iter().map(|w| fold(w)).collect();
    let length: usize = parts.iter().map(|p| p.chars().count()).sum();
    let starts = parts[0].chars().next() == folded.chars().next();
    words.len() == 1 || (starts && length <= folded.chars().count() + 2 && !parts.contains(&folded))
}

/// The tokens of a sentence whose words are to be believed: the sound ones but for those whose words a neighbour got.
fn believed(sentence: &GoldSentence) -> Vec<bool> {
    let mut good: Vec<bool> = sentence.tokens.iter().map(|t| is_sound(&t.text, &words_of(sentence, t))).collect();
    for (t, token) in sentence.tokens.iter().enumerate() {
        if is_sound(&token.text, &words_of(sentence, token)) {
            continue;
        }
        for word in words_of(sentence, token) {
            let near = t.saturating_sub(3)..(t + 4).min(sentence.tokens.len());
            near.filter(|&n| sentence.tokens[n].text == word).for_each(|n| good[n] = false);
        }
    }
    good
}

/// The function words that no table of clitics takes apart, and that were seen so at least twice.
fn fused<'a>(sentences: impl Iterator<Item = &'a GoldSentence>) -> Vec<Vec<String>> {
    let mut counts: FxHashMap<(String, Vec<String>), usize> = FxHashMap::default();
    for sentence in sentences {
        for token in sentence.tokens.iter().filter(|t| t.words.len() > 1 && is_arabic_word(&t.text)) {
            let words = words_of(sentence, token);
            if is_sound(&token.text, &words) && candidate_for(&Letters::of(&token.text), &words).is_none() {
                let parts = words.iter().map(|w| w.chars().filter(|&c| !marsad_text::normal::is_dropped(c)).collect()).collect();
                *counts.entry((fold(&token.text), parts)).or_default() += 1;
            }
        }
    }
    let mut all: Vec<Vec<String>> = counts.into_iter().filter(|(_, n)| *n >= 2).map(|((_, parts), _)| parts).collect();
    all.sort();
    all.dedup();
    all.truncate(128);
    all
}

fn collect<'a>(sentence: &'a GoldSentence, fused: &[Vec<String>], items: &mut Vec<Item<'a>>) {
    let good = believed(sentence);
    let mut buffer = String::new();
    for (t, token) in sentence.tokens.iter().enumerate() {
        if !good[t] || !is_arabic_word(&token.text) {
            continue;
        }
        let words = words_of(sentence, token);
        let letters = Letters::of(&token.text);
        let number = || fused.iter().position(|parts| parts.iter().zip(&words).all(|(p, w)| fold(p) == fold(w)) && parts.len() == words.len());
        let Some(right) = candidate_for(&letters, &words).or_else(|| Candidate::fused(number()?)) else { continue };
        let near = |i: Option<usize>| i.and_then(|i| sentence.tokens.get(i)).map_or("", |t| t.text.as_str());
        let context = Context::new(near(t.checked_sub(1)), near(Some(t + 1)), &mut buffer);
        items.push(Item { letters, token: key(&fold(&token.text)), context, right, words });
    }
}

/// How each token that could be split was split, the commonest way first.
fn seen(items: &[Item]) -> FxHashMap<u32, Seen> {
    let mut seen: FxHashMap<u32, Seen> = FxHashMap::default();
    let mut all = Vec::new();
    for item in items {
        candidates(&item.letters, &mut all);
        if all.len() == 1 && item.right == Candidate::WHOLE {
            continue;
        }
        let entry = seen.entry(item.token).or_default();
        match entry.iter_mut().find(|s| s.0 == item.right) {
            Some(known) => known.1 = known.1.saturating_add(1),
            None => entry.push((item.right, 1)),
        }
    }
    seen.values_mut().for_each(|s| s.sort_by_key(|&(c, n)| (std::cmp::Reverse(n), c)));
    seen
}

/// What was seen of the item's token elsewhere: its own occurrence taken off.
fn elsewhere(seen: &FxHashMap<u32, Seen>, item: &Item) -> Seen {
    let mut seen = seen.get(&item.token).cloned().unwrap_or_default();
    seen.iter_mut().filter(|s| s.0 == item.right).for_each(|s| s.1 -= 1);
    seen.retain(|s| s.1 > 0);
    seen.sort_by_key(|&(c, n)| (std::cmp::Reverse(n), c));
    seen
}

/// A ranking by an averaged perceptron with margin, in bytes.
fn rank(items: &[Item], seen: &FxHashMap<u32, Seen>, hosts: &Hosts, random: &mut Random) -> Vec<i8> {
    let size = 1usize << BITS;
    let (mut w, mut sum) = (vec![0.0f32; size], vec![0.0f64; size]);
    // Sure tokens are looked up; the ranking learns from the others, and from the rare ones as those that it will meet.
    let total = |item: &Item| seen.get(&item.token).map_or(0, |s| s.iter().map(|s| u32::from(s.1)).sum::<u32>());
    let mut order: Vec<usize> =
        (0..items.len()).filter(|&i| (1..=6).contains(&total(&items[i])) || (total(&items[i]) > 0 && sure(&seen[&items[i].token]).is_none())).collect();
    let mut buffers = Buffers::default();
    let mut t = 1.0f64;
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        for &i in &order {
            let item = &items[i];
            // What is known of the token and of hosts must not come from this very token.
            let own = total(item);
            let class = |host: &str| hosts.get(host).map_or(0, |c| class(c, own.min(6)));
            let seen = elsewhere(seen, item);
            let sight = Sight { letters: &item.letters, token: item.token, context: item.context, seen: &seen, class: &class };
            if buffers.find_mistake(&sight, item, &w) {
                for (features, sign) in [(&buffers.right, 1.0f32), (&buffers.wrong, -1.0)] {
                    for &f in features {
                        w[f as usize & (size - 1)] += sign;
                        sum[f as usize & (size - 1)] += f64::from(sign) * t;
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

/// Memory of the perceptron's steps.
#[derive(Default)]
struct Buffers {
    all: Vec<Candidate>,
    host: String,
    features: Vec<u32>,
    right: Vec<u32>,
    wrong: Vec<u32>,
}

impl Buffers {
    /// Whether some other candidate scores within the margin of the right one; then the features of both are `right` and `wrong`.
    fn find_mistake(&mut self, sight: &Sight, item: &Item, w: &[f32]) -> bool {
        candidates(&item.letters, &mut self.all);
        all_seen(sight.seen, &item.letters, &mut self.all);
        let mut best: Option<(f32, Candidate)> = None;
        let mut found = false;
        for &candidate in &self.all {
            sight.features(candidate, &mut self.host, &mut self.features);
            let margin = if candidate == item.right { 0.0 } else { 1.0 };
            let score = margin + self.features.iter().map(|&f| w[f as usize & (w.len() - 1)]).sum::<f32>();
            if candidate == item.right {
                self.right.clone_from(&self.features);
                found = true;
            }
            if best.is_none_or(|b| score > b.0) {
                best = Some((score, candidate));
                self.wrong.clone_from(&self.features);
            }
        }
        found && best.is_some_and(|b| b.1 != item.right)
    }
}
