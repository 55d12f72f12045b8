//! What stands above an event and bears on it, step by step up the tree.

use marsad_text::{Base, Lang, Upos};

use super::super::finding::{Effect, Finding};
use super::rules::{Reach, Rule};
use super::{Factuality, SpeechAct};
use crate::tree::Tree;

/// The way up from an event.
pub(super) struct Way {
    /// Words that stand for the event itself: the trigger, the rest of its expression above it, the empty verbs above these.
    pub(super) chain: Vec<usize>,
    /// Words whose introducing particles ("if") reach down to the event, the chain among them.
    pub(super) reached: Vec<usize>,
    /// Words that are not the event but what bears on them bears on it: the first of coordinated verbs ("will suspend and charge"), the report of it ("no
    /// evidence of an attack").
    pub(super) sharing: Vec<usize>,
}

enum Step {
    /// The governor stands for the event.
    Through,
    /// The event lies below the governor.
    Under,
    /// The event lies below the governor and shares its fate.
    Shared,
    /// Nothing above matters.
    Stop,
}

impl Factuality {
    /// Effect of a governing word on what hangs on it: as a clause, or as a noun.
    pub(super) fn governing(&self, tree: &Tree, word: usize, clause: bool) -> Option<&Rule> {
        let mut forms = vec![tree.folded(word)];
        if tree.bare(word) != tree.folded(word) {
            forms.push(tree.bare(word));
        }
        // Rare Russian pasts without -л pass for nouns; but no noun has a clause for its object («опроверг, что…»).
        let mistaken = clause && tree.lang == Lang::Ru && tree.upos(word) == Upos::Noun && tree.children_by(word, &[Base::Ccomp]).next().is_some();
        let fits = |rule: &&Rule| {
            let reach = match rule.reach {
                Reach::Clause => clause,
                Reach::Noun => !clause,
                Reach::Both => true,
                Reach::Own | Reach::Below => false,
            };
            reach && (speech_fits(tree, word, rule.pos) || (rule.pos == 'v' && mistaken)) && rule.rest.iter().all(|r| has_near(tree, word, r))
        };
        forms.into_iter().flat_map(|f| self.rules_of(f)).filter(fits).max_by_key(|r| r.rest.len())
    }

    /// The row of an adjective that tells of what it describes whether it is real: "planned", «возможен», «المقترحة».
    fn describing(&self, tree: &Tree, word: usize) -> Option<&Rule> {
        let fits = |rule: &&Rule| rule.pos == 'a' && matches!(rule.reach, Reach::Own) && rule.rest.iter().all(|r| has_near(tree, word, r));
        let by = |form| self.rules_of(form).filter(fits).max_by_key(|r| r.rest.len());
        by(tree.folded(word)).or_else(|| by(tree.bare(word)))
    }

    /// The row of an adjective that is what the governor says of its subject: "is possible", "proved false", «оказались ложными».
    fn predicate(&self, tree: &Tree, governor: usize) -> Option<&Rule> {
        let adjective = |w: usize| self.describing(tree, w).or_else(|| self.governing(tree, w, true).filter(|rule| rule.pos == 'a'));
        let further = || tree.children_by(governor, &[Base::Xcomp]).filter(|&c| tree.upos(c) == Upos::Adj).find_map(adjective);
        adjective(governor).or_else(further)
    }

    /// Whether a noun is what an action noun under a governor of unreal things is about: «تعتزم النقابة إقامة اعتصام», «отменил проведение марша».
    fn is_of_action(&self, tree: &Tree, noun: usize, action: usize) -> bool {
        let bare = || tree.children_by(noun, &[Base::Case]).all(|c| tree.folded(c) == "of");
        let object = matches!(tree.rel(action), Base::Obj | Base::Obl | Base::Xcomp);
        let unreal = |rule: &Rule| matches!(rule.effect, Effect::Negation | Effect::Future | Effect::Hypothetical);
        let governed = || tree.head(action).and_then(|verb| self.governing(tree, verb, false)).is_some_and(unreal);
        object && tree.upos(action) == Upos::Noun && is_action_noun(tree, action) && bare() && governed()
    }

    /// What adjectives and participles say of an event noun.
    pub(super) fn modifiers(&self, tree: &Tree, words: &[usize], finding: &mut Finding) {
        let describes =
            |&c: &usize| !words.contains(&c) && (matches!(tree.upos(c), Upos::Adj) || matches!(tree.rel(c), Base::Amod) || tree.feat(c, "VerbForm", "Part"));
        for word in words.iter().flat_map(|&w| tree.children(w)).copied().filter(describes) {
            if let Some(rule) = self.describing(tree, word) {
                rule.tell(tree, word, "modifier", finding);
            }
        }
    }

    /// Goes up from an expression and notes what governs it.
    pub(super) fn climb(
        &self,
        tree: &Tree,
        words: &[usize],
        verbal: bool,
        act: Option<SpeechAct>,
        makes_content: &dyn Fn(usize, bool) -> bool,
        finding: &mut Finding,
    ) -> Way {
        let trigger = words[0];
        let mut way = Way { chain: vec![trigger], reached: vec![trigger], sharing: Vec::new() };
        let mut at = trigger;
        for _ in 0..STEPS {
            let Some(head) = tree.head(at) else { break };
            let governor = self.plan_before(tree, at, head).or_else(|| beyond_pronoun(tree, head)).unwrap_or(head);
            let step =
                if words.contains(&governor) { Step::Through } else { self.step(tree, at, governor, verbal || at != trigger, act, makes_content, finding) };
            match step {
                Step::Through => way.chain.push(governor),
                Step::Under => {}
                Step::Shared => way.sharing.push(governor),
                Step::Stop => break,
            }
            way.reached.push(governor);
            at = governor;
        }
        way
    }

    /// The noun that an infinitive fills though trees hang it on the noun's verb: «предотвратила попытку взорвать».
    fn plan_before(&self, tree: &Tree, infinitive: usize, verb: usize) -> Option<usize> {
        let fills = tree.rel(infinitive) == Base::Xcomp && tree.upos(verb) == Upos::Verb;
        let between = |&o: &usize| o > verb && o < infinitive && self.governing(tree, o, true).is_some_and(|rule| rule.pos == 'n');
        tree.children_by(verb, &[Base::Obj]).find(between).filter(|_| fills)
    }

    /// One step up from `at` to its governor.
    #[expect(clippy::too_many_arguments, reason = "one step of `climb`, with all that it knows")]
    fn step(
        &self,
        tree: &Tree,
        at: usize,
        governor: usize,
        verbal: bool,
        act: Option<SpeechAct>,
        makes_content: &dyn Fn(usize, bool) -> bool,
        finding: &mut Finding,
    ) -> Step {
        let rel = tree.rel(at);
        let clause = match rel {
            Base::Ccomp | Base::Xcomp | Base::Csubj => true,
            Base::Acl => !is_relative_clause(tree, at),
            Base::Advcl => is_gerund_of(tree, at, governor),
            // "A search operation": what bears on the head bears on what it is made of.
            Base::Compound if self.governing(tree, governor, false).is_none() => return Step::Shared,
            Base::Obj | Base::Nsubj | Base::Iobj | Base::Obl | Base::Nmod | Base::Compound | Base::Dep => false,
            Base::Conj => return if shares_auxiliaries(tree, at, governor) { Step::Shared } else { Step::Under },
            _ => return Step::Stop,
        };
        // What somebody's plan or decision is of does not stand as its possessor: "the army's plan".
        if (rel == Base::Acl && !clause) || (rel == Base::Nmod && tree.is_possessive(at)) {
            return Step::Stop;
        }
        if act.is_some() && clause && is_politely_wished(tree, governor) {
            return Step::Through;
        }
        if makes_content(governor, clause) && !(rel == Base::Advcl || rel == Base::Nsubj) {
            finding.content = true;
            finding.seen.push(format!("«{}» makes it content", tree.form(governor)));
            // What is denied, refused or planned is content, and did not happen.
            let unreal = |rule: &&Rule| matches!(rule.effect, Effect::Negation | Effect::Future | Effect::Hypothetical);
            if let Some(rule) = self.governing(tree, governor, clause).filter(unreal) {
                if rule.says_no(tree.lang) {
                    finding.reporter.get_or_insert(governor);
                }
                rule.tell(tree, governor, if clause { "clause" } else { "noun" }, finding);
            }
            return Step::Stop;
        }
        if rel == Base::Advcl && !clause {
            return Step::Stop;
        }
        let described = || self.predicate(tree, governor).filter(|_| rel == Base::Nsubj);
        let Some(rule) = self.governing(tree, governor, clause).or_else(described) else {
            // An infinitive under a verb that nothing is known of shares its fate, and what an action noun is about that of the action.
            return match rel {
                Base::Xcomp => Step::Through,
                Base::Csubj => Step::Shared,
                _ if !clause && has_polarity_item(tree, at) => Step::Shared,
                Base::Nmod if self.is_of_action(tree, at, governor) => Step::Shared,
                _ => Step::Stop,
            };
        };
        let noun = !clause && !verbal;
        match rule.effect {
            Effect::Report => {
                if clause {
                    finding.reporter.get_or_insert(governor);
                    finding.seen.push(format!("«{}» reports it ({})", tree.form(governor), rule.place));
                }
                // Of a report it may be said that there is none, or that it is false; and no arrests may be reported.
                let denied_with_it = tree.upos(governor) == Upos::Noun || !clause && (rel == Base::Nsubj || has_polarity_item(tree, at));
                return if denied_with_it { Step::Shared } else { Step::Stop };
            }
            Effect::Light | Effect::Suffer => {
                if noun && tree.upos(governor) == Upos::Verb && rel != Base::Nsubj && finding.light.is_none() {
                    finding.light = Some(governor);
                    finding.suffers = rule.effect == Effect::Suffer;
                }
                finding.seen.push(format!("«{}» carries it ({})", tree.form(governor), rule.place));
                return Step::Through;
            }
            Effect::Begin => {
                if noun && tree.upos(governor) == Upos::Verb && rel == Base::Obj && finding.light.is_none() {
                    finding.light = Some(governor);
                }
                return Step::Through;
            }
            Effect::End => {
                finding.ended = true;
                finding.seen.push(format!("«{}» ends it ({})", tree.form(governor), rule.place));
                return Step::Through;
            }
            _ => rule.tell(tree, governor, if clause { "clause" } else { "noun" }, finding),
        }
        if rule.says_no(tree.lang) {
            finding.reporter.get_or_insert(governor);
        }
        if clause { Step::Through } else { Step::Under }
    }
}

/// What stands above the pronoun that a Russian clause hangs on: «сообщения о том, что…».
fn beyond_pronoun(tree: &Tree, word: usize) -> Option<usize> {
    let is_that = tree.lang == Lang::Ru && matches!(tree.folded(word), "том" | "того" | "тому" | "тем" | "то");
    tree.head(word).filter(|_| is_that)
}

/// Whether a noun has a determiner that stands where something is denied: "no army used any force", «никаких», «أي».
fn has_polarity_item(tree: &Tree, noun: usize) -> bool {
    let item = |c: usize| match tree.lang {
        Lang::En => tree.folded(c) == "any",
        Lang::Ru => matches!(tree.lemma(c), "никакой" | "какой-либо"),
        Lang::Ar => matches!(tree.folded(c), "اي" | "ايه"),
    };
    tree.children(noun).iter().any(|&c| c < noun && item(c))
}

/// Whether a noun has the shape of one that is made from a verb: «تنظيم», «إقامة», «مهاجمة», «проведение», "holding".
fn is_action_noun(tree: &Tree, noun: usize) -> bool {
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

/// So far up the words that bear on an event are looked for.
const STEPS: usize = 8;

/// Whether a coordinated verb has the auxiliaries and negation of the first, for it has none and no subject of its own, and the same form: "has not been suspended
/// or charged", «سيفرض عقوبات ويطرد», but not "did not fire and arrested". Russian repeats «не» behind «и».
fn shares_auxiliaries(tree: &Tree, verb: usize, first: usize) -> bool {
    let own = |&c: &usize| c < verb && matches!(tree.rel(c), Base::Aux | Base::Nsubj | Base::Mark) || tree.rel(c) == Base::Advmod && tree.upos(c) == Upos::Part;
    let alike = ["VerbForm", "Tense", "Aspect"].iter().all(|name| tree.word(verb).feats.get(name) == tree.word(first).feats.get(name));
    let joined = |words: &[&str]| tree.children_by(verb, &[Base::Cc]).any(|c| words.contains(&tree.folded(c)));
    let both_verbs = tree.upos(verb) == Upos::Verb && tree.upos(first) == Upos::Verb;
    let by = match tree.lang {
        Lang::En => joined(&["and", "or", "nor"]) && !tree.feat(first, "VerbForm", "Fin"),
        Lang::Ru => joined(&["или", "либо"]),
        Lang::Ar => joined(&["و", "او", "ف"]) && tree.feat(verb, "Aspect", "Imp"),
    };
    both_verbs && alike && by && !tree.children(verb).iter().any(own)
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

fn speech_fits(tree: &Tree, word: usize, pos: char) -> bool {
    match pos {
        'v' => matches!(tree.upos(word), Upos::Verb | Upos::Aux) || (tree.upos(word) == Upos::Adj && tree.lang == Lang::Ru),
        'n' => matches!(tree.upos(word), Upos::Noun | Upos::Propn | Upos::X),
        'a' => matches!(tree.upos(word), Upos::Adj | Upos::Verb | Upos::Adv | Upos::Noun),
        _ => false,
    }
}

/// Whether a word of a multiword row stands near its head: below it, or within three words.
fn has_near(tree: &Tree, head: usize, word: &str) -> bool {
    (head.saturating_sub(6)..(head + 7).min(tree.len())).any(|w| w != head && tree.is_word(w, word) && (tree.is_under(w, head) || w.abs_diff(head) <= 2))
}

/// An infinitive or clause that fills a noun ("a plan to attack") is no relative clause.
fn is_relative_clause(tree: &Tree, clause: usize) -> bool {
    if tree.sub(clause) == "relcl" {
        return true;
    }
    // "Reports that Moscow had bombed the hospital": one of two objects is none.
    let objects: Vec<usize> = tree.children_by(clause, &[Base::Obj]).collect();
    let marked = tree.children_by(clause, &[Base::Mark]).next().is_some() || objects.len() > 1 && tree.folded(objects[0]) == "that";
    !marked && !tree.feat(clause, "VerbForm", "Inf")
}

/// Whether an English gerund is what its governor is about though trees call it an adverbial clause: "refrained from criticising", "denied shelling".
fn is_gerund_of(tree: &Tree, verb: usize, governor: usize) -> bool {
    let behind = || tree.children_by(verb, &[Base::Mark, Base::Case]).all(|m| matches!(tree.folded(m), "from" | "of" | "against" | "into"));
    let close = || governor < verb && !(governor..verb).any(|w| tree.upos(w) == Upos::Punct) && behind();
    tree.lang == Lang::En && tree.upos(verb) == Upos::Verb && tree.folded(verb).ends_with("ing") && close()
}
