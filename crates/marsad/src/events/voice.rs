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
        Lang::Ar if tree.upos(w) == Upos::Verb => {
            is_vowelled_passive(tree.written(w), tree.vowelled_lemma(w)) || is_lettered_passive(tree.folded(w)) || has_agent_phrase(tree, w)
        }
        Lang::Ar => false,
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

/// Whether the letters of an Arabic verb are those of a passive: the perfect of the third form («هوجم», «حوكمت») and of hollow verbs («أصيب», «اغتيل», «استعيد»).
fn is_lettered_passive(folded: &str) -> bool {
    let stem = ["تا", "وا", "ت", "ا"].iter().find_map(|ending| folded.strip_suffix(ending)).filter(|stem| stem.chars().count() >= 4).unwrap_or(folded);
    let letters: Vec<char> = stem.chars().collect();
    match letters[..] {
        // «طوقت» is the feminine of three letters.
        [first, 'و', _, last] => !matches!(first, 'ا' | 'ت' | 'ي' | 'ن') && !matches!(last, 'ت' | 'ا' | 'و'),
        ['ا', second, 'ي', _] => second != 'ن',
        ['ا', _, 'ت', 'ي', _] | ['ا', 'س', 'ت', _, 'ي', _] => true,
        _ => false,
    }
}

/// Whether an Arabic preposition leads to who did what a passive tells.
pub(super) fn names_agent(preposition: &str) -> bool {
    matches!(preposition, "من_قبل" | "من_جانب" | "علي_يد" | "علي_ايدي" | "بواسطة" | "من_طرف")
}

/// Whether an Arabic preposition and the noun behind it, which a tree takes for the head of the phrase, lead to who did it: «على أيدي مسلحين».
pub(super) fn is_hand(preposition: &str, noun: &str) -> bool {
    matches!((preposition, noun), ("من", "قبل" | "جانب" | "طرف") | ("علي", "يد" | "ايدي" | "يدي"))
}

/// Whether a verb with no object of its own names its agent in a phrase: «طُرد السفير من قبل السلطات», «على أيدي مسلحين».
fn has_agent_phrase(tree: &Tree, w: usize) -> bool {
    // «من جانبها» is "for her part".
    let somebody = |c: usize| tree.upos(c) != Upos::Pron;
    let by = |c: usize| {
        let inside = |p: &str| is_hand(p, tree.folded(c)) && tree.children_by(c, &[Base::Nmod]).next().is_some_and(somebody);
        tree.preposition(c).is_some_and(|p| names_agent(&p) && somebody(c) || inside(&p))
    };
    tree.children_by(w, &[Base::Obj]).next().is_none() && tree.children_by(w, &[Base::Obl]).any(by)
}

#[cfg(test)]
mod tests {
    use super::{is_lettered_passive, is_vowelled_passive};

    #[test]
    fn letters_tell_passives_of_the_third_form_and_of_hollow_verbs() {
        for verb in ["هوجمت", "حوكم", "قوطعوا", "اصيب", "اغتيل", "اختيرت", "استعيد", "اعيدت"] {
            assert!(is_lettered_passive(verb), "{verb}");
        }
        for verb in ["قتل", "هاجم", "تعاون", "ينوي", "اعلن", "اغتال", "اصاب", "استقبل", "صوت", "انهار", "وقع", ""]
        {
            assert!(!is_lettered_passive(verb), "{verb}");
        }
    }

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
