//! Filling slots: which words stand where a frame says, passives turned round, shared and relative subjects found, light verbs seen through.

use marsad_text::{Base, Lang, Upos};

use super::frame::{Frame, Slot};
use super::voice::{is_hand, is_passive, names_agent};
use crate::actors::resolve::Scene;
use crate::tree::Tree;

/// How far up shared subjects are looked for.
const DEEPEST: usize = 4;

/// Words behind a verb's subject that are looked through for its prepositions.
const NEAR: usize = 12;

/// What surrounds a trigger, as far as slots need it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The sentence.
    pub scene: Scene<'a>,
    /// The trigger.
    pub trigger: usize,
    /// The words of its expression.
    pub words: &'a [usize],
    /// Whether the row is a verb's.
    pub verbal: bool,
    /// The empty verb that governs an event noun, if one does.
    pub light: Option<usize>,
    /// Whether that verb's subject suffers the event.
    pub suffers: bool,
}

/// Participants that a frame found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Heads of the actors' phrases.
    pub actors: Vec<usize>,
    /// Heads of the recipients' phrases.
    pub recipients: Vec<usize>,
    /// Slots that were filled, actor's first, as the frame names them.
    pub slots: Vec<(String, usize)>,
}

/// The best filling of some alternatives: the first of those that fill most sides. Returns its number too.
#[must_use]
pub fn fill(place: &Place, frames: &[Frame]) -> (usize, Filled) {
    let mut best: Option<(usize, usize, Filled)> = None;
    for (n, frame) in frames.iter().enumerate() {
        let filled = fill_one(place, frame);
        let sides = usize::from(!filled.actors.is_empty()) + usize::from(!filled.recipients.is_empty());
        if best.as_ref().is_none_or(|b| sides > b.1) {
            best = Some((n, sides, filled));
        }
    }
    best.map_or((0, Filled::default()), |(n, _, filled)| (n, filled))
}

fn fill_one(place: &Place, frame: &Frame) -> Filled {
    let mut out = Filled::default();
    if frame.reciprocal {
        for slot in frame.actor.iter().chain(&frame.recipient) {
            let found = place.slot(slot, &out.actors);
            out.slots.extend(found.iter().map(|&w| (slot.to_string(), w)));
            out.actors.extend(found);
        }
    } else {
        out.actors = first_filled(place, &frame.actor, &[], &mut out.slots);
        out.recipients = first_filled(place, &frame.recipient, &out.actors, &mut out.slots);
    }
    place.add_light_subject(frame, &mut out);
    place.add_inner_adjectives(frame, &mut out);
    out
}

fn first_filled(place: &Place, slots: &[Slot], taken: &[usize], names: &mut Vec<(String, usize)>) -> Vec<usize> {
    for slot in slots {
        let found = place.slot(slot, taken);
        if !found.is_empty() {
            names.extend(found.iter().map(|&w| (slot.to_string(), w)));
            return found;
        }
    }
    Vec::new()
}

impl Place<'_> {
    fn tree(&self) -> &Tree<'_> {
        self.scene.tree
    }

    /// The fillers of a slot, coordinated ones included, without the words that are taken or belong to the expression.
    fn slot(&self, slot: &Slot, taken: &[usize]) -> Vec<usize> {
        let mut heads = Vec::new();
        // In an expression the participants may hang on its other words too («выйти из переговоров с Киевом»).
        for &w in self.words {
            heads.extend(self.slot_of(w, slot).into_iter().filter(|h| *slot == Slot::Own || !self.words.contains(h)));
            if !heads.is_empty() {
                break;
            }
        }
        if heads.is_empty()
            && let Some(light) = self.light
            && let Slot::With(_) = slot
        {
            heads.extend(self.slot_of(light, slot));
        }
        let mut out: Vec<usize> = Vec::new();
        for head in heads {
            for word in self.tree().coordinated(head) {
                let word = self.antecedent(word);
                let own = (self.words.contains(&word) && *slot != Slot::Own) || taken.contains(&word) || out.contains(&word);
                if !own && self.can_act(word) {
                    out.push(word);
                }
            }
        }
        out
    }

    /// Whether a word may stand for a participant at all.
    fn can_act(&self, word: usize) -> bool {
        let tree = self.tree();
        match tree.upos(word) {
            Upos::Punct | Upos::Adv | Upos::Cconj | Upos::Sconj | Upos::Part | Upos::Sym | Upos::Intj | Upos::Aux => false,
            Upos::Adp => false,
            Upos::Verb => self.scene.is_named(word) || self.scene.is_role(word),
            // "Two were detained", «задержали двоих».
            Upos::Num => {
                let people = || matches!(tree.rel(word), Base::Nsubj | Base::Obj) && !is_year(tree.form(word));
                tree.children(word).iter().any(|&c| tree.rel(c) == Base::Nmod) || people()
            }
            // «Между тем» is no pair of anybody.
            Upos::Pron | Upos::Det => !(tree.lang == Lang::Ru && matches!(tree.folded(word), "то" | "тем" | "том" | "того")),
            Upos::Adj => self.scene.is_named(word) || self.scene.is_role(word) || tree.rel(word) == Base::Nsubj,
            _ => true,
        }
    }

    /// A relative pronoun's noun.
    fn antecedent(&self, word: usize) -> usize {
        let tree = self.tree();
        let relative = tree.upos(word) == Upos::Pron && (tree.feat(word, "PronType", "Rel") || is_relative(tree.lang, tree.folded(word)));
        if !relative {
            return word;
        }
        tree.ancestors(word)
            .zip(std::iter::once(word).chain(tree.ancestors(word)))
            .find(|&(_, below)| tree.rel(below) == Base::Acl)
            .map_or(word, |(noun, _)| noun)
    }

    fn slot_of(&self, w: usize, slot: &Slot) -> Vec<usize> {
        let tree = self.tree();
        match slot {
            Slot::Subj if self.verbal && w == self.trigger => self.subject(w, 0),
            Slot::Subj => Vec::new(),
            Slot::Obj => self.object(w),
            Slot::Iobj => self.indirect(w),
            Slot::Gen => self.genitive(w),
            Slot::Poss => tree.children(w).iter().copied().filter(|&c| self.is_possessor(c)).collect(),
            Slot::Of => self.with(w, "of"),
            Slot::Ins => self.bare_case(w, "Ins"),
            Slot::Agt => self.agent(w),
            Slot::Adj => self.adjectives(w),
            Slot::Clause => self.clause_subject(w),
            Slot::Own => vec![self.trigger],
            Slot::With(preposition) => self.with(w, preposition),
        }
    }

    /// The logical subject.
    fn subject(&self, w: usize, depth: usize) -> Vec<usize> {
        if depth > DEEPEST {
            return Vec::new();
        }
        if is_passive(self.tree(), w) {
            return self.agent(w);
        }
        self.grammatical_subject(w, depth)
    }

    fn grammatical_subject(&self, w: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree();
        let own: Vec<usize> = tree.children_by(w, &[Base::Nsubj]).collect();
        if !own.is_empty() {
            return own;
        }
        let Some(head) = tree.head(w) else { return Vec::new() };
        match tree.rel(w) {
            Base::Acl | Base::Amod => {
                // A relative clause whose pronoun is object or oblique has another subject.
                let relative_elsewhere = tree.children(w).iter().any(|&c| matches!(tree.rel(c), Base::Obj | Base::Obl) && tree.feat(c, "PronType", "Rel"));
                if relative_elsewhere || !is_nominal(tree, head) { Vec::new() } else { vec![head] }
            }
            Base::Conj if tree.upos(head) == Upos::Verb || tree.upos(head) == Upos::Aux => self.any_subject(head, depth + 1),
            Base::Xcomp => {
                let object: Vec<usize> = tree.children_by(head, &[Base::Obj, Base::Iobj]).filter(|&c| is_nominal(tree, c)).collect();
                if object.is_empty() { self.any_subject(head, depth + 1) } else { object }
            }
            Base::Advcl | Base::Ccomp if !self.has_own_finite_subject(w) => self.any_subject(head, depth + 1),
            Base::Parataxis if tree.lang == Lang::Ar => self.any_subject(head, depth + 1),
            _ => Vec::new(),
        }
    }

    /// Arabic and Russian finite verbs may drop a subject that is not the governing verb's; only clauses that agree with it share it.
    fn has_own_finite_subject(&self, w: usize) -> bool {
        let tree = self.tree();
        match (tree.lang, tree.head(w)) {
            (Lang::Ar, Some(h)) => {
                let differ = |name| {
                    tree.word(w).feats.get(name).is_some()
                        && tree.word(h).feats.get(name).is_some()
                        && tree.word(w).feats.get(name) != tree.word(h).feats.get(name)
                };
                differ("Gender") || differ("Person")
            }
            _ => tree.feat(w, "VerbForm", "Fin") && tree.lang == Lang::Ru && tree.feat(w, "Number", "Plur"),
        }
    }

    /// The subject of a verb for those that share it: of a passive, what stands as its subject.
    fn any_subject(&self, w: usize, depth: usize) -> Vec<usize> {
        if depth > DEEPEST {
            return Vec::new();
        }
        self.grammatical_subject(w, depth)
    }

    fn object(&self, w: usize) -> Vec<usize> {
        let tree = self.tree();
        if self.verbal && w == self.trigger && is_passive(self.tree(), w) {
            return self.grammatical_subject(w, 0);
        }
        let own: Vec<usize> = tree.children_by(w, &[Base::Obj]).collect();
        if !own.is_empty() {
            return own;
        }
        // A relative clause with a subject of its own takes the noun as object.
        let relative = tree.rel(w) == Base::Acl && tree.children_by(w, &[Base::Nsubj]).any(|c| !tree.feat(c, "PronType", "Rel"));
        let bound = tree.children(w).iter().any(|&c| tree.rel(c) == Base::Obl && tree.feat(c, "PronType", "Rel"));
        match tree.head(w) {
            Some(head) if relative && !bound && self.verbal && w == self.trigger && is_nominal(tree, head) => vec![head],
            _ => Vec::new(),
        }
    }

    fn indirect(&self, w: usize) -> Vec<usize> {
        let tree = self.tree();
        let own: Vec<usize> = tree.children_by(w, &[Base::Iobj]).filter(|&c| tree.preposition(c).is_none()).collect();
        if own.is_empty() { self.bare_case(w, "Dat") } else { own }
    }

    fn bare_case(&self, w: usize, case: &'static str) -> Vec<usize> {
        let tree = self.tree();
        tree.children_by(w, &[Base::Obl, Base::Nmod, Base::Iobj, Base::Obj]).filter(|&c| tree.feat(c, "Case", case) && tree.preposition(c).is_none()).collect()
    }

    fn is_possessor(&self, c: usize) -> bool {
        let tree = self.tree();
        (tree.rel(c) == Base::Nmod && (tree.sub(c) == "poss" || tree.is_possessive(c))) || (tree.rel(c) == Base::Det && tree.feat(c, "Poss", "Yes"))
    }

    fn genitive(&self, w: usize) -> Vec<usize> {
        let tree = self.tree();
        let bare = |c: usize| match tree.lang {
            Lang::En => self.is_possessor(c) || (tree.rel(c) == Base::Nmod && tree.preposition(c).as_deref() == Some("of")),
            Lang::Ru => {
                let case = tree.feat(c, "Case", "Gen") || tree.word(c).feats.get("Case").is_none();
                (matches!(tree.rel(c), Base::Nmod | Base::Obl | Base::Obj | Base::Iobj) && case && tree.preposition(c).is_none()) || self.is_possessor(c)
            }
            Lang::Ar => matches!(tree.rel(c), Base::Nmod | Base::Obj) && tree.preposition(c).is_none() && c > w && (tree.rel(c) == Base::Nmod || !self.verbal),
        };
        tree.children(w).iter().copied().filter(|&c| bare(c)).take(1).collect()
    }

    /// The agent phrase of a passive or of an event noun.
    fn agent(&self, w: usize) -> Vec<usize> {
        let tree = self.tree();
        let mut out = Vec::new();
        for &c in tree.children(w) {
            if !matches!(tree.rel(c), Base::Obl | Base::Nmod | Base::Obj | Base::Iobj | Base::Xcomp | Base::Advmod | Base::Dep) {
                continue;
            }
            let preposition = tree.preposition(c);
            let is_agent = tree.sub(c) == "agent"
                || match (tree.lang, preposition.as_deref()) {
                    (Lang::En, Some("by")) => true,
                    (Lang::Ru, None) => tree.feat(c, "Case", "Ins") && self.is_participant(c),
                    (Lang::Ru, Some("со_стороны" | "с_стороны")) => true,
                    (Lang::Ar, Some(p)) => names_agent(p),
                    _ => false,
                };
            if is_agent {
                out.push(c);
            } else if let Some(inner) = self.agent_inside(c, preposition.as_deref()) {
                out.push(inner);
            }
        }
        out
    }

    /// The agent inside a phrase such as «من قبل القوات» or «со стороны полиции», where the side or hand is the head.
    fn agent_inside(&self, c: usize, preposition: Option<&str>) -> Option<usize> {
        let tree = self.tree();
        let side = match (tree.lang, preposition?) {
            (Lang::Ar, p) => is_hand(p, tree.folded(c)),
            (Lang::Ru, "с" | "со") => tree.folded(c) == "стороны",
            _ => false,
        };
        if !side {
            return None;
        }
        tree.children_by(c, &[Base::Nmod, Base::Obj]).find(|&n| tree.preposition(n).is_none())
    }

    fn is_participant(&self, c: usize) -> bool {
        self.scene.resolve(c).basis < crate::actors::resolve::Basis::Attached
    }

    /// Names and roles that modify a noun as adjectives or compounds.
    fn adjectives(&self, w: usize) -> Vec<usize> {
        let tree = self.tree();
        let mut out = Vec::new();
        let mut open = vec![w];
        while let Some(at) = open.pop() {
            for &c in tree.children(at) {
                let modifies = match tree.rel(c) {
                    Base::Amod | Base::Compound => true,
                    Base::Nmod => tree.lang == Lang::En && c < w && tree.preposition(c).is_none() && !self.is_possessor(c),
                    Base::Conj => at != w,
                    _ => false,
                };
                if !modifies {
                    continue;
                }
                if self.scene.is_named(c) || (tree.rel(c) != Base::Amod && self.scene.is_role(c)) {
                    out.push(c);
                }
                open.push(c);
            }
        }
        out.sort_unstable();
        out
    }

    fn clause_subject(&self, w: usize) -> Vec<usize> {
        let tree = self.tree();
        let clause = tree.children_by(w, &[Base::Ccomp, Base::Xcomp, Base::Advcl, Base::Acl]).next();
        clause.map_or_else(Vec::new, |c| {
            let subject: Vec<usize> = tree.children_by(c, &[Base::Nsubj]).filter(|&s| tree.sub(s) != "pass").collect();
            subject
        })
    }

    /// Phrases with this preposition, on a word or run into its subject.
    fn with(&self, w: usize, preposition: &str) -> Vec<usize> {
        let out = self.with_own(w, preposition);
        if out.is_empty() && self.verbal && w == self.trigger { self.behind_subject(w, preposition).into_iter().collect() } else { out }
    }

    /// What a verb's preposition governs behind an Arabic subject, which a tree takes for the subject's: «طلب الوزير من النواب». A name or a noun with the article has
    /// such a phrase of its own only with «ل» behind an adjective («الأمين العام للحزب») or with «في», which says where.
    fn behind_subject(&self, verb: usize, preposition: &str) -> Option<usize> {
        let tree = self.tree();
        if tree.lang != Lang::Ar || preposition == "في" {
            return None;
        }
        let subject = tree.children_by(verb, &[Base::Nsubj]).next().filter(|&s| s > verb)?;
        let near = (subject + 1..tree.len()).take(NEAR).take_while(|&c| tree.is_under(c, subject) && tree.upos(c) != Upos::Punct);
        let governed = |c: usize| tree.may_have_preposition(c, preposition) && tree.preposition(c).as_deref() == Some(preposition);
        near.filter(|&c| tree.rel(c) == Base::Nmod && governed(c)).find(|&c| {
            let Some(before) = tree.children_by(c, &[Base::Case]).next().and_then(|case| case.checked_sub(1)) else { return false };
            let definite = tree.has_article(before) || self.scene.is_named(before) || tree.upos(before) == Upos::Propn;
            definite && !(preposition == "ل" && tree.upos(before) == Upos::Adj)
        })
    }

    fn with_own(&self, w: usize, preposition: &str) -> Vec<usize> {
        let tree = self.tree();
        let mut out = Vec::new();
        for &c in tree.children(w) {
            let phrase =
                matches!(tree.rel(c), Base::Obl | Base::Nmod | Base::Obj | Base::Iobj | Base::Advmod | Base::Advcl | Base::Xcomp | Base::Dep | Base::Acl);
            if !phrase {
                continue;
            }
            // «بين» and "between" may be nouns or adverbs to a parser.
            if tree.folded(c) == preposition && tree.preposition(c).is_none() {
                out.extend(tree.children_by(c, &[Base::Nmod, Base::Obj]));
            } else if tree.may_have_preposition(c, preposition) {
                match tree.preposition(c) {
                    Some(p) if p == preposition => out.push(c),
                    // «في وجه السفير»: the second word may be a noun to a parser.
                    Some(p) if preposition.strip_prefix(&p).and_then(|rest| rest.strip_prefix('_')) == Some(tree.folded(c)) => {
                        out.extend(self.governed(w, c));
                    }
                    _ => {}
                }
            }
        }
        out
    }

    /// What a noun governs that is part of a preposition, or what stands behind it and hangs with it on the same word: «критика в адрес Анкары».
    fn governed(&self, w: usize, noun: usize) -> Option<usize> {
        let tree = self.tree();
        let bare = |&c: &usize| c > noun && tree.preposition(c).is_none();
        let behind = || tree.children_by(w, &[Base::Nmod]).filter(bare).find(|&c| (noun + 1..c).all(|w| tree.is_under(w, c)));
        tree.children_by(noun, &[Base::Nmod]).find(bare).or_else(behind)
    }

    /// An adjective of nationality inside an expression tells the side that is missing: «نشر قوات روسية», "expelled two Russian diplomats".
    fn add_inner_adjectives(&self, frame: &Frame, out: &mut Filled) {
        if frame.reciprocal || self.words.len() < 2 || (!out.actors.is_empty() && !out.recipients.is_empty()) {
            return;
        }
        // The expression's own words too: «غارة إسرائيلية».
        let own = |w: usize| (self.tree().upos(w) == Upos::Adj && self.scene.is_named(w)).then_some(w);
        let all = self.words[1..].iter().flat_map(|&w| own(w).into_iter().chain(self.adjectives(w)));
        let inner: Vec<usize> = all.filter(|w| !out.actors.contains(w) && !out.recipients.contains(w)).collect();
        let side = if out.actors.is_empty() { &mut out.actors } else { &mut out.recipients };
        out.slots.extend(inner.iter().map(|&w| ("adjective inside the expression".to_owned(), w)));
        side.extend(inner);
    }

    /// The subject of a light verb acts in the event noun, or suffers it.
    fn add_light_subject(&self, frame: &Frame, out: &mut Filled) {
        let Some(light) = self.light else { return };
        let subjects: Vec<usize> = self.subject(light, 0).into_iter().filter(|s| !self.words.contains(s)).collect();
        let mut add = |side: &mut Vec<usize>, name: &str| {
            for s in subjects.iter().flat_map(|&s| self.tree().coordinated(s)).map(|s| self.antecedent(s)) {
                if !side.contains(&s) && !self.words.contains(&s) && self.can_act(s) {
                    side.push(s);
                    out.slots.push((name.to_owned(), s));
                }
            }
        };
        if self.suffers {
            if out.recipients.is_empty() && !frame.reciprocal {
                add(&mut out.recipients, "subject of the governing verb, which suffers");
            }
        } else if frame.reciprocal {
            add(&mut out.actors, "subject of the light verb");
        } else if out.actors.is_empty() || out.actors.iter().all(|a| !self.is_participant(*a)) {
            let moved = std::mem::take(&mut out.actors);
            if out.recipients.is_empty() {
                out.recipients = moved;
            }
            add(&mut out.actors, "subject of the light verb");
        }
    }
}

/// Who is said to do what a verb tells in the passive.
pub(super) fn agents(scene: &Scene, verb: usize) -> Vec<usize> {
    Place { scene: *scene, trigger: verb, words: &[], verbal: true, light: None, suffers: false }.agent(verb)
}

/// Whether a verb has a subject, its own or one that it shares.
pub(super) fn has_subject(place: &Place, verb: usize) -> bool {
    !place.grammatical_subject(verb, 0).is_empty()
}

fn is_nominal(tree: &Tree, w: usize) -> bool {
    matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::Pron | Upos::X | Upos::Adj | Upos::Num | Upos::Det)
}

/// Whether a number may be a year.
fn is_year(form: &str) -> bool {
    form.len() == 4 && form.bytes().all(|b| b.is_ascii_digit())
}

fn is_relative(lang: Lang, folded: &str) -> bool {
    match lang {
        Lang::Ar => matches!(folded, "الذي" | "التي" | "الذين" | "اللذان" | "اللذين" | "اللتان" | "اللتين" | "اللواتي" | "اللاتي"),
        Lang::En => matches!(folded, "who" | "which" | "whom"),
        Lang::Ru => folded.starts_with("котор"),
    }
}
