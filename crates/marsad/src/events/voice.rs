//! Whether a verb is active or passive, which Arabic letters seldom show.

use marsad_text::normal::is_dropped;
use marsad_text::{Base, Lang, Upos};

use crate::tree::Tree;

/// Whether a verb is passive: by its tree, its features, the vowels it is written with.
pub(super) fn is_passive(tree: &Tree, w: usize) -> bool {
    let child = tree.children(w).iter().any(|&c| {
        let rel = tree.rel(c);
        (matches!(rel, Base::Nsubj | Base::Aux | Base::Csubj) && tree.sub(c) == "pass") || (rel == Base::Obl && tree.sub(c) == "agent")
    });
    // Of English past participles and pasts, which look alike, one with subject and object is a past.
    let active = || tree.lang == Lang::En && tree.children_by(w, &[Base::Nsubj]).next().is_some() && tree.children_by(w, &[Base::Obj]).next().is_some();
    if child || tree.feat(w, "Voice", "Pass") && !active() {
        return true;
    }
    match tree.lang {
        Lang::Ar => tree.upos(w) == Upos::Verb && is_vowelled_passive(tree.written(w), tree.vowelled_lemma(w)),
        // An English past participle that modifies a noun.
        Lang::En => matches!(tree.rel(w), Base::Acl | Base::Amod) && tree.sub(w) != "relcl" && !tree.folded(w).ends_with("ing"),
        Lang::Ru => false,
    }
}

/// The vowel u and the sign of a doubled letter.
const U: char = '\u{64f}';
const DOUBLED: char = '\u{651}';

/// Whether an Arabic verb is written with the vowel u where an active one has none: the news does so lest it be read as active («قُتل», «اعتُقل», «يُعتقل»). After the
/// prefix of the imperfect active verbs of the second, third and fourth form have it too («يُنفذ», «يُقاتل», «يُعلن»), which the lemma tells.
fn is_vowelled_passive(written: &str, lemma: &str) -> bool {
    let Some(at) = written.find(U) else { return false };
    let prefix = written[..at].chars().next_back().is_some_and(|c| matches!(c, 'ي' | 'ت' | 'ن')) && written[..at].chars().count() <= 2;
    let mut letters = lemma.chars().filter(|&c| !is_dropped(c));
    let (first, second) = (letters.next(), letters.next());
    let may_be_active = first == Some('أ') || second == Some('ا') || first != Some('ت') && lemma.contains(DOUBLED);
    !prefix || !may_be_active
}

#[cfg(test)]
mod tests {
    use super::is_vowelled_passive;

    #[test]
    fn the_vowel_u_tells_passives_but_not_on_prefixes_that_active_verbs_share() {
        for (written, lemma) in
            [("قُتل", "قَتَل"), ("اعتُقل", "اِعتَقَل"), ("أُفرج", "أَفرَج"), ("يُقتل", "قَتَل"), ("سيُعتقل", "اِعتَقَل"), ("تُستدعى", "اِستَدعَى"), ("وُجهت", "وَجَّه")]
        {
            assert!(is_vowelled_passive(written, lemma), "{written}");
        }
        for (written, lemma) in [("قتل", "قَتَل"), ("يُعلن", "أَعلَن"), ("تُنفذ", "نَفَّذ"), ("يُقاتل", "قَاتَل"), ("سيُلقي", "أَلقَى")]
        {
            assert!(!is_vowelled_passive(written, lemma), "{written}");
        }
    }
}
