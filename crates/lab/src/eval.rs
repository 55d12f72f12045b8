//! The CoNLL 2018 shared task's measures (Zeman et al. 2018), from raw text and from gold words.

use marsad_text::conllu::{GoldSentence, plain_text};
use marsad_text::{Analysis, Base, Parser, Scratch};

/// F1 scores in percent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    pub tokens: f64,
    pub sentences: f64,
    pub words: f64,
    pub upos: f64,
    pub feats: f64,
    pub lemma: f64,
    pub uas: f64,
    pub las: f64,
    pub clas: f64,
    /// F1 of the arcs nsubj, obj, obl, nmod, amod, iobj with label.
    pub core: f64,
}

/// Names of the columns in which scores print themselves, after a name of ten characters.
pub const HEADER: &str = "           Tokens  Sents  Words   UPOS  Feats  Lemma    UAS    LAS   CLAS   Core";

impl std::fmt::Display for Scores {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let row = [self.tokens, self.sentences, self.words, self.upos, self.feats, self.lemma, self.uas, self.las, self.clas, self.core];
        f.write_str(&row.map(|x| format!("{x:6.2}")).join(" "))
    }
}

/// A word as the measures see it. Characters are counted without white space.
#[derive(Clone, Debug)]
struct Seen {
    token: (usize, usize),
    form: String,
    lemma: String,
    upos: &'static str,
    feats: String,
    head: Option<usize>,
    rel: Base,
}

struct Side {
    tokens: Vec<(usize, usize)>,
    sentences: Vec<(usize, usize)>,
    words: Vec<Seen>,
}

/// Scores with gold sentences and words given.
pub fn gold_tokens(parser: &Parser, gold: &[GoldSentence], style: usize, scratch: &mut Scratch) -> Scores {
    let forms: Vec<Vec<&str>> = gold.iter().map(|s| s.words.iter().map(|w| w.form.as_str()).collect()).collect();
    let analysis = parser.parse_words(&forms, style, scratch);
    let want = gold_side(gold);
    let mut got = Side { tokens: want.tokens.clone(), sentences: want.sentences.clone(), words: Vec::new() };
    for (word, seen) in analysis.words().iter().zip(&want.words) {
        got.words.push(Seen { token: seen.token, ..system_word(&analysis, word, (0, 0)) });
    }
    score(&want, &got)
}

/// How far the model's confidences hold on gold words: for each tenth of confidence the number of words, the mean confidence and the share that is right, of
/// parts of speech and of heads.
pub fn calibration(parser: &Parser, gold: &[GoldSentence], style: usize, scratch: &mut Scratch) -> [[(usize, f64, f64); 10]; 2] {
    let forms: Vec<Vec<&str>> = gold.iter().map(|s| s.words.iter().map(|w| w.form.as_str()).collect()).collect();
    let analysis = parser.parse_words(&forms, style, scratch);
    let want = gold_side(gold);
    let mut bins = [[(0, 0.0, 0.0); 10]; 2];
    for (word, seen) in analysis.words().iter().zip(&want.words) {
        let heads = word.head.map(|h| h as usize) == seen.head;
        for (bins, (confidence, right)) in bins.iter_mut().zip([(word.tag_confidence, word.upos.name() == seen.upos), (word.head_confidence, heads)]) {
            let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
            bin.0 += 1;
            bin.1 += f64::from(confidence);
            bin.2 += f64::from(u8::from(right));
        }
    }
    for (n, said, was) in bins.iter_mut().flatten() {
        *said /= (*n).max(1) as f64;
        *was /= (*n).max(1) as f64;
    }
    bins
}

/// Scores from raw text.
pub fn raw_text(parser: &Parser, gold: &[GoldSentence], style: usize, scratch: &mut Scratch) -> Scores {
    let text = plain_text(gold);
    let mut analysis = parser.segment(&text);
    let all = 0..analysis.sentences().len();
    parser.parse_sentences_in_style(&mut analysis, all, style, scratch);
    score(&gold_side(gold), &system_side(&text, &analysis))
}

/// Scores of another parser's sentences.
pub fn sentences(gold: &[GoldSentence], system: &[GoldSentence]) -> Scores {
    score(&gold_side(gold), &gold_side(system))
}

fn gold_side(gold: &[GoldSentence]) -> Side {
    let mut side = Side { tokens: Vec::new(), sentences: Vec::new(), words: Vec::new() };
    let mut at = 0;
    for sentence in gold {
        let first_word = side.words.len();
        let start = at;
        for token in &sentence.tokens {
            let n = token.text.chars().filter(|c| !c.is_whitespace()).count();
            side.tokens.push((at, at + n));
            for word in &sentence.words[token.words.clone()] {
                side.words.push(Seen {
                    token: (at, at + n),
                    form: word.form.to_lowercase(),
                    lemma: word.lemma.clone(),
                    upos: word.upos.map_or("_", marsad_text::Upos::name),
                    feats: word.feats.unwrap_or_default().to_string(),
                    head: word.head.map(|h| first_word + h),
                    rel: word.rel.map_or(Base::Dep, |r| r.base),
                });
            }
            at += n;
        }
        side.sentences.push((start, at));
    }
    side
}

fn system_side(text: &str, analysis: &Analysis) -> Side {
    // Number of characters that are not white space before each byte.
    let mut count = vec![0; text.len() + 1];
    let mut n = 0;
    for (i, c) in text.char_indices() {
        count[i] = n;
        n += usize::from(!c.is_whitespace());
        count[i + 1..i + c.len_utf8()].fill(n);
    }
    count[text.len()] = n;
    let mut side = Side { tokens: Vec::new(), sentences: Vec::new(), words: Vec::new() };
    let words = analysis.words();
    let mut i = 0;
    while i < words.len() {
        let parts = words[i..].iter().take_while(|w| w.token == words[i].token).count();
        let token = (count[words[i].span.start as usize], count[words[i + parts - 1].span.end as usize]);
        side.tokens.push(token);
        for word in &words[i..i + parts] {
            side.words.push(system_word(analysis, word, token));
        }
        i += parts;
    }
    for sentence in analysis.sentences() {
        side.sentences.push((count[sentence.span.start as usize], count[sentence.span.end as usize]));
    }
    side
}

fn system_word(analysis: &Analysis, word: &marsad_text::Word, token: (usize, usize)) -> Seen {
    Seen {
        token,
        form: analysis.form(word).to_lowercase(),
        lemma: analysis.lemma(word).to_owned(),
        upos: word.upos.name(),
        feats: word.feats.to_string(),
        head: word.head.map(|h| h as usize),
        rel: word.rel.base,
    }
}

fn score(gold: &Side, system: &Side) -> Scores {
    let pairs = align(gold, system);
    let (g, s) = (gold.words.len(), system.words.len());
    let mut partner = vec![None; s];
    pairs.iter().for_each(|&(a, b)| partner[b] = Some(a));
    let count = |right: &dyn Fn(&Seen, &Seen) -> bool| pairs.iter().filter(|&&(a, b)| right(&gold.words[a], &system.words[b])).count();
    let attached = |a: &Seen, b: &Seen| match (a.head, b.head) {
        (None, None) => true,
        (Some(x), Some(y)) => partner[y] == Some(x),
        _ => false,
    };
    let labelled = |a: &Seen, b: &Seen| attached(a, b) && a.rel == b.rel;
    let of = |is: fn(Base) -> bool| {
        let right = count(&|a, b| is(a.rel) && labelled(a, b));
        f1(right, gold.words.iter().filter(|w| is(w.rel)).count(), system.words.iter().filter(|w| is(w.rel)).count())
    };
    Scores {
        tokens: overlap(&gold.tokens, &system.tokens),
        sentences: overlap(&gold.sentences, &system.sentences),
        words: f1(pairs.len(), g, s),
        upos: f1(count(&|a, b| a.upos == b.upos), g, s),
        feats: f1(count(&|a, b| a.feats == b.feats), g, s),
        lemma: f1(count(&|a, b| a.lemma == b.lemma || a.lemma == "_"), g, s),
        uas: f1(count(&attached), g, s),
        las: f1(count(&labelled), g, s),
        clas: of(|rel| !matches!(rel, Base::Aux | Base::Cop | Base::Mark | Base::Det | Base::Clf | Base::Case | Base::Cc | Base::Punct)),
        core: of(|rel| matches!(rel, Base::Nsubj | Base::Obj | Base::Iobj | Base::Obl | Base::Nmod | Base::Amod)),
    }
}

fn f1(right: usize, gold: usize, system: usize) -> f64 {
    if gold + system == 0 { 0.0 } else { 200.0 * right as f64 / (gold + system) as f64 }
}

fn overlap(gold: &[(usize, usize)], system: &[(usize, usize)]) -> f64 {
    let known: std::collections::HashSet<_> = gold.iter().collect();
    f1(system.iter().filter(|s| known.contains(s)).count(), gold.len(), system.len())
}

/// Pairs of words that are the same: equal forms in equal tokens; where tokens differ, the longest common subsequence of forms over the stretch in which they
/// overlap.
fn align(gold: &Side, system: &Side) -> Vec<(usize, usize)> {
    let (g, s) = (&gold.words, &system.words);
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < g.len() && j < s.len() {
        if g[i].token.1 <= s[j].token.0 {
            i += 1;
            continue;
        }
        if s[j].token.1 <= g[i].token.0 {
            j += 1;
            continue;
        }
        // Grow the stretch until both sides end together.
        let (mut a, mut b) = (i, j);
        let mut end = g[i].token.1.max(s[j].token.1);
        loop {
            while a < g.len() && g[a].token.0 < end {
                end = end.max(g[a].token.1);
                a += 1;
            }
            while b < s.len() && s[b].token.0 < end {
                end = end.max(s[b].token.1);
                b += 1;
            }
            if (a >= g.len() || g[a].token.0 >= end) && (b >= s.len() || s[b].token.0 >= end) {
                break;
            }
        }
        subsequence(&g[i..a], &s[j..b], (i, j), &mut pairs);
        (i, j) = (a, b);
    }
    pairs
}

fn subsequence(g: &[Seen], s: &[Seen], at: (usize, usize), pairs: &mut Vec<(usize, usize)>) {
    // Single-word tokens count by their place alone, as in the official script; words of multiword tokens by form.
    let same = |a: &Seen, b: &Seen| if g.len() == 1 && s.len() == 1 { a.token == b.token } else { a.form == b.form };
    let mut table = vec![vec![0u32; s.len() + 1]; g.len() + 1];
    for i in (0..g.len()).rev() {
        for j in (0..s.len()).rev() {
            table[i][j] = if same(&g[i], &s[j]) { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < g.len() && j < s.len() {
        if same(&g[i], &s[j]) && table[i][j] == table[i + 1][j + 1] + 1 {
            pairs.push((at.0 + i, at.1 + j));
            i += 1;
            j += 1;
        } else if table[i + 1][j] >= table[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}
