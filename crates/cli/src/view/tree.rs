//! A sentence's tree, set in by depth.

use super::{bidi, text};

/// The tree of a sentence in CoNLL-U, a word a line: number and word under its head, lemma, part of speech, relation.
pub fn shown(conllu: &str, indent: usize) -> String {
    let words: Vec<Word> = conllu.lines().filter_map(Word::read).collect();
    let placed = placed(&words);
    let first = placed.iter().map(|(branch, word)| text::width(branch) + text::width(&words[*word].label())).max();
    let lemma = words.iter().map(|word| text::width(word.lemma)).max();
    let (first, lemma) = (first.unwrap_or(0), lemma.unwrap_or(0));
    let mut shown = String::new();
    for (branch, word) in &placed {
        let word = &words[*word];
        let used = text::width(branch) + text::width(&word.label());
        let line = format!(
            "{}{branch}{} {}{}  {}{}  {:<5}  {}",
            " ".repeat(indent),
            word.id,
            bidi::isolated(word.form),
            " ".repeat(first - used),
            bidi::isolated(word.lemma),
            " ".repeat(lemma - text::width(word.lemma)),
            word.upos,
            word.rel,
        );
        shown.push_str(line.trim_end());
        shown.push('\n');
    }
    shown
}

struct Word<'a> {
    id: usize,
    form: &'a str,
    lemma: &'a str,
    upos: &'a str,
    head: usize,
    rel: &'a str,
}

impl<'a> Word<'a> {
    /// A word's line; comments and the ranges of tokens are none.
    fn read(line: &'a str) -> Option<Word<'a>> {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, _, _, head, rel, ..] = cells[..] else { return None };
        Some(Word { id: id.parse().ok()?, form, lemma, upos, head: head.parse().unwrap_or(0), rel })
    }

    fn label(&self) -> String {
        format!("{} {}", self.id, self.form)
    }
}

/// Words in the order of the tree, each with the branch that leads to it.
fn placed(words: &[Word]) -> Vec<(String, usize)> {
    let mut placed = Vec::new();
    // What is still to be placed, the next on top: the word, the branch before it, what stands before its own dependents.
    let mut rest: Vec<(usize, String, String)> = Vec::new();
    let below = |head: usize| (0..words.len()).filter(move |n| words[*n].head == head && words[*n].id != head).rev();
    rest.extend(below(0).map(|root| (root, String::new(), String::new())));
    while let Some((word, branch, before)) = rest.pop() {
        placed.push((branch, word));
        if placed.len() > words.len() {
            // Words that hang on one another in a circle are no tree.
            break;
        }
        for (n, child) in below(words[word].id).enumerate() {
            let (branch, further) = if n == 0 { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            rest.push((child, format!("{before}{branch}"), format!("{before}{further}")));
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn words_hang_under_their_heads() {
        let conllu = "\
# text = Послы встретились в Женеве
1\tПослы\tпосол\tNOUN\t_\t_\t2\tnsubj\t_\t_
2\tвстретились\tвстретиться\tVERB\t_\t_\t0\troot\t_\t_
3\tв\tв\tADP\t_\t_\t4\tcase\t_\t_
4\tЖеневе\tЖенева\tPROPN\t_\t_\t2\tobl\t_\t_
";
        let expected = "
  2 встретились  встретиться  VERB   root
  ├─ 1 Послы     посол        NOUN   nsubj
  └─ 4 Женеве    Женева       PROPN  obl
     └─ 3 в      в            ADP    case
";
        assert_eq!(format!("\n{}", shown(conllu, 2)), expected);
    }

    #[test]
    fn a_circle_ends() {
        assert_eq!(shown("1\ta\ta\tX\t_\t_\t2\tdep\n2\tb\tb\tX\t_\t_\t1\tdep\n", 0), "");
        assert_eq!(shown("no table", 0), "");
    }
}
