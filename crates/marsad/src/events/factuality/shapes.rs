//! Shapes of trees and words that the layer of factuality asks for.

use marsad_text::{Base, Lang, Upos};

use crate::tree::Tree;

/// What stands above the pronoun that a Russian clause hangs on: «сообщения о том, что…».
pub(super) fn beyond_pronoun(tree: &Tree, word: usize) -> Option<usize> {
    let is_that = tree.lang == Lang::Ru && matches!(tree.folded(word), "том" | "того" | "тому" | "тем" | "то");
    tree.head(word).filter(|_| is_that)
}

/// Whether a noun has a determiner that stands where something is denied: "no army used any force", «никаких», «أي».
pub(super) fn has_polarity_item(tree: &Tree, noun: usize) -> bool {
    let item = |c: usize| match tree.lang {
        Lang::En => tree.folded(c) == "any",
        Lang::Ru => matches!(tree.lemma(c), "никакой" | "какой-либо"),
        Lang::Ar => matches!(tree.folded(c), "اي" | "اية"),
    };
    tree.children(noun).iter().any(|&c| c < noun && item(c))
}

/// Whether a noun has the shape of one that is made from a verb: «تنظيم», «إقامة», «مهاجمة», «проведение», "holding".
pub(super) fn is_action_noun(tree: &Tree, noun: usize) -> bool {
    let word = tree.folded(noun);
    match tree.lang {
        Lang::En => word.ends_with("ing") || word.ends_with("tion") || word.ends_with("ment"),
        Lang::Ru => ["ние", "ния", "нию", "нием", "нии", "тие", "тия", "тию", "тием"].iter().any(|end| word.ends_with(end)),
        Lang::Ar => {
            let letters: Vec<char> = tree.lemma(noun).chars().map(|c| if matches!(c, 'أ' | 'إ' | 'آ') { 'ا' } else { c }).collect();
            matches!(
                letters[..],
                ['ت', _, _, 'ي', _]
                    | ['ت', _, _, 'ي' | 'ا', _, 'ة']
                    | ['ا', _, _, 'ا', _]
                    | ['ا', _, 'ا', _, 'ة']
                    | ['ا', _, 'ت' | 'ن', _, 'ا', _]
                    | ['ا', 'ن' | 'ت' | 'س', _, _, 'ا', _]
                    | ['ا', 'س', 'ت', .., 'ا', _]
                    | ['ا', 'س', 'ت', .., 'ة']
                    | ['م', _, 'ا', _, _, 'ة']
            )
        }
    }
}

/// Whether a coordinated verb has the auxiliaries and negation of the first, for it has none and no subject of its own, and the same form: "has not been suspended
/// or charged", «سيفرض عقوبات ويطرد», but not "did not fire and arrested". Russian repeats «не» behind «и».
pub(super) fn shares_auxiliaries(tree: &Tree, verb: usize, first: usize) -> bool {
    let own = |&c: &usize| c < verb && matches!(tree.rel(c), Base::Aux | Base::Nsubj | Base::Mark) || tree.rel(c) == Base::Advmod && tree.upos(c) == Upos::Part;
    let alike = ["VerbForm", "Tense", "Aspect"].iter().all(|name| tree.word(verb).feats.get(name) == tree.word(first).feats.get(name));
    let joined = |words: &[&str]| tree.children(verb).iter().any(|&c| c < verb && words.contains(&tree.folded(c)));
    let both_verbs = tree.upos(verb) == Upos::Verb && tree.upos(first) == Upos::Verb;
    let by = match tree.lang {
        Lang::En => joined(&["or", "nor"]) || joined(&["and"]) && !tree.feat(first, "VerbForm", "Fin"),
        Lang::Ru => joined(&["или", "либо"]),
        Lang::Ar => joined(&["و", "او", "ف"]) && tree.feat(verb, "Aspect", "Imp"),
    };
    let either = joined(&["or", "nor", "или", "либо", "او"]);
    both_verbs && (alike || either) && by && !tree.children(verb).iter().any(own)
}

const WISHES: &[(Lang, &[&str])] =
    &[(Lang::En, &["like", "want", "wish"]), (Lang::Ru, &["хотеть", "хотеться", "желать"]), (Lang::Ar, &["ود", "أراد", "اراد", "أحب", "احب"])];

/// Whether a verb is the first person's polite wish.
pub(super) fn is_politely_wished(tree: &Tree, verb: usize) -> bool {
    let wish = WISHES.iter().any(|(lang, list)| *lang == tree.lang && list.contains(&tree.lemma(verb)));
    wish && tree.upos(verb) == Upos::Verb && is_first_person(tree, verb)
}

pub(super) fn is_first_person(tree: &Tree, verb: usize) -> bool {
    tree.feat(verb, "Person", "1") || tree.children_by(verb, &[Base::Nsubj]).any(|s| tree.feat(s, "Person", "1"))
}

pub(super) fn speech_fits(tree: &Tree, word: usize, pos: char) -> bool {
    match pos {
        'v' => matches!(tree.upos(word), Upos::Verb | Upos::Aux) || (tree.upos(word) == Upos::Adj && tree.lang == Lang::Ru),
        'n' => matches!(tree.upos(word), Upos::Noun | Upos::Propn | Upos::X),
        'a' => matches!(tree.upos(word), Upos::Adj | Upos::Verb | Upos::Adv | Upos::Noun),
        _ => false,
    }
}

/// Whether a word of a multiword row stands near its head: below it, or within three words.
pub(super) fn has_near(tree: &Tree, head: usize, word: &str) -> bool {
    (head.saturating_sub(6)..(head + 7).min(tree.len())).any(|w| w != head && tree.is_word(w, word) && (tree.is_under(w, head) || w.abs_diff(head) <= 2))
}

/// An infinitive or clause that fills a noun ("a plan to attack") is no relative clause.
pub(super) fn is_relative_clause(tree: &Tree, clause: usize) -> bool {
    if tree.lang == Lang::En && is_content_clause(tree, clause) {
        return false;
    }
    let marked = || tree.children_by(clause, &[Base::Mark]).next().is_some();
    tree.sub(clause) == "relcl" || !marked() && !tree.feat(clause, "VerbForm", "Inf")
}

/// Whether an English clause behind "that" leaves nothing out, so that it is no relative one: "that the army had bombed the camp".
pub(super) fn is_content_clause(tree: &Tree, clause: usize) -> bool {
    let own = |rel: Base| tree.children(clause).iter().any(|&c| tree.rel(c) == rel && tree.folded(c) != "that");
    let that = tree.children(clause).iter().any(|&c| c < clause && tree.folded(c) == "that");
    let passive = || tree.feat(clause, "Voice", "Pass");
    that && own(Base::Nsubj) && (own(Base::Obj) || passive())
}

/// Whether a verb that may be empty has another object than the event beside it, or the event for its subject: "the killing drew no reaction".
pub(super) fn is_beside_object(tree: &Tree, event: usize, verb: usize) -> bool {
    let other = || tree.children_by(verb, &[Base::Obj]).any(|o| o != event);
    let passive = || tree.children_by(verb, &[Base::Nsubj]).any(|s| s != event && tree.sub(s) == "pass");
    match tree.rel(event) {
        Base::Nsubj => other(),
        Base::Obl => passive() || tree.lang == Lang::En && other(),
        _ => false,
    }
}

/// Whether an English gerund is what its governor is about though trees call it an adverbial clause: "refrained from criticising", "denied shelling".
pub(super) fn is_gerund_of(tree: &Tree, verb: usize, governor: usize) -> bool {
    let behind = || tree.children_by(verb, &[Base::Mark, Base::Case]).all(|m| matches!(tree.folded(m), "from" | "of" | "against" | "into"));
    let close = || governor < verb && !(governor..verb).any(|w| tree.upos(w) == Upos::Punct) && behind();
    tree.lang == Lang::En && tree.upos(verb) == Upos::Verb && tree.folded(verb).ends_with("ing") && close()
}
