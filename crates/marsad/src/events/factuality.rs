//! Did it happen? Negation, modality, conditions, plans, demands; and who says so. Rows of `events/factuality/<lang>.tsv` over the tree.

use std::cmp::Reverse;

use marsad_text::normal::fold;
use marsad_text::{Base, Lang, Upos};

use super::finding::{Effect, Finding};
use crate::forms::{Inflected, Inflecting, Vary};
use crate::tables::{Key, Problems, Row, Shape, TableError, TableErrors, Tables};
use crate::tree::Tree;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Clause,
    Noun,
    Both,
    Own,
    Below,
}

#[derive(Clone, Debug)]
struct Rule {
    pos: char,
    reach: Reach,
    effect: Effect,
    /// Further words of a multiword row, as folded forms; empty for single words.
    rest: Vec<String>,
    /// Part of speech and words, by which [`super::verdict`] knows the row.
    name: String,
    /// Whether the row is a user's.
    own: bool,
    place: String,
}

impl Rule {
    /// Tells what the row makes of an event, at this word.
    fn tell(&self, tree: &Tree, word: usize, sort: &'static str, finding: &mut Finding) {
        finding.see(tree, self.effect, word, sort, (&self.name, &self.place, self.own));
    }
}

/// The factuality rows of a language.
#[derive(Debug)]
pub struct Factuality {
    rules: Vec<Rule>,
    forms: Inflected,
}

pub(super) const SHAPE: Shape =
    Shape { columns: &["lemma", "pos", "scope", "effect", "example"], optional: &[], key: Key::All(&[0, 1, 2]), gone: Key::All(&[0, 1]) };

const EFFECTS: &[&str] = &["negation", "future", "hypothetical", "content", "report", "light", "suffer", "begin", "end"];

fn reach(row: &Row) -> Result<Reach, TableError> {
    Ok(match row.required(2, "scope")? {
        "clause" => Reach::Clause,
        "noun" => Reach::Noun,
        "both" => Reach::Both,
        "self" => Reach::Own,
        "below" => Reach::Below,
        other => return Err(row.wrong("scope", other, &["clause", "noun", "both", "self", "below"])),
    })
}

fn effect(row: &Row) -> Result<Effect, TableError> {
    Ok(match row.required(3, "effect")? {
        "negation" => Effect::Negation,
        "future" => Effect::Future,
        "hypothetical" => Effect::Hypothetical,
        "content" => Effect::Content,
        "report" => Effect::Report,
        "light" => Effect::Light,
        "suffer" => Effect::Suffer,
        "begin" => Effect::Begin,
        "end" => Effect::End,
        other => return Err(row.wrong("effect", other, EFFECTS)),
    })
}

/// Adds the rule of a row, with its head's forms.
fn add(row: &Row, rules: &mut Vec<Rule>, forms: &mut Inflecting) -> Result<(), TableError> {
    let lemma = row.required(0, "lemma")?.replace('*', "");
    let pos = row.required(1, "pos")?;
    let pos = pos.chars().next().filter(|c| "vnap".contains(*c)).ok_or_else(|| row.wrong("pos", pos, &["v", "n", "a", "p"]))?;
    let (reach, effect) = (reach(row)?, effect(row)?);
    let mut words = lemma.split_whitespace();
    let Some(head) = words.next() else { return Ok(()) };
    let rest = words.map(fold).collect();
    let vary = match pos {
        'v' => Vary::Verb,
        'n' => Vary::Noun,
        'a' => Vary::Adjective,
        _ => Vary::Particle,
    };
    forms.add(vary, head, rules.len() as u32);
    rules.push(Rule { pos, reach, effect, rest, name: format!("{pos} {lemma}"), own: row.own, place: format!("{}:{}", row.file, row.line) });
    Ok(())
}

impl Factuality {
    /// Loads the rows of a language.
    ///
    /// # Errors
    /// Every row that is wrong.
    pub fn load(tables: &Tables, lang: Lang) -> Result<Factuality, TableErrors> {
        let (mut rules, mut forms) = (Vec::new(), Inflecting::new(lang));
        let mut problems = Problems::default();
        for row in tables.collect(&format!("events/factuality/{lang}.tsv"), &SHAPE, &mut problems) {
            problems.note(add(&row, &mut rules, &mut forms));
        }
        problems.done(Factuality { rules, forms: forms.done() })
    }

    fn rules_of(&self, form: &str) -> impl Iterator<Item = &Rule> {
        self.forms.of(form).iter().map(|&n| &self.rules[n as usize])
    }

    /// Effect of a governing word on what hangs on it: as a clause, or as a noun.
    fn governing(&self, tree: &Tree, word: usize, clause: bool) -> Option<&Rule> {
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

    /// The particle rows that begin at a word, the longest first.
    fn particle(&self, tree: &Tree, word: usize) -> Option<(&Rule, usize)> {
        let fits = |rule: &&Rule| {
            rule.pos == 'p'
                && rule.rest.iter().enumerate().all(|(i, r)| word + 1 + i < tree.len() && (tree.folded(word + 1 + i) == r || tree.lemma(word + 1 + i) == r))
        };
        let rule = self.rules_of(tree.folded(word)).filter(fits).min_by_key(|r| Reverse(r.rest.len()))?;
        Some((rule, word + rule.rest.len()))
    }

    /// What is known of the event that an expression tells, its trigger first. `makes_content` tells whether a governing event word makes its clause or noun
    /// mere content. Particles that belong to the expression ("not recognise") say nothing of it. `act` says which speech act the event is, if it is one.
    ///
    /// # Panics
    /// If the expression has no words.
    #[must_use]
    pub fn find(&self, tree: &Tree, words: &[usize], verbal: bool, act: Option<SpeechAct>, makes_content: &dyn Fn(usize, bool) -> bool) -> Finding {
        let trigger = words[0];
        let mut finding = Finding::default();
        // Words that stand for the event itself: the trigger and the empty verbs above it.
        let mut chain = vec![trigger];
        let mut at = trigger;
        // Words whose introducing particles ("if") reach down to the event.
        let mut reached = vec![trigger];
        for _ in 0..8 {
            let Some(governor) = tree.head(at) else { break };
            let step = self.climb(tree, at, governor, verbal || at != trigger, act, makes_content, &mut finding);
            match step {
                Step::Through => {
                    chain.push(governor);
                    reached.push(governor);
                }
                Step::Under => reached.push(governor),
                Step::Stop => break,
            }
            at = governor;
        }
        self.particles(tree, words, &chain, &reached, act, &mut finding);
        verb_forms(tree, &chain, verbal, &mut finding);
        if verbal && is_purpose(tree, trigger) && !self.is_done_by_saying(tree, trigger, act) {
            finding.see_form(tree, Effect::Hypothetical, trigger, "purpose", "infinitive of purpose");
        }
        if finding.reporter.is_none() {
            finding.reporter = self.reporter_beside(tree, &reached);
        }
        if tree.is_question() && verbal && finding.aux.is_none() && finding.reporter.is_none() {
            finding.see_form(tree, Effect::Hypothetical, tree.len() - 1, "question", "a question");
        }
        finding
    }

    /// One step up from `at` to its governor.
    #[expect(clippy::too_many_arguments, reason = "one step of `find`, with all that it knows")]
    fn climb(
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
            Base::Obj | Base::Nsubj | Base::Iobj | Base::Obl | Base::Nmod | Base::Compound | Base::Dep => false,
            Base::Conj => return Step::Under,
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
            // What is denied or refused is content, and did not happen.
            if let Some(rule) = self.governing(tree, governor, clause).filter(|r| r.effect == Effect::Negation) {
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
        let Some(rule) = self.governing(tree, governor, clause) else {
            // An infinitive under a verb that nothing is known of shares its fate.
            return if rel == Base::Xcomp { Step::Through } else { Step::Stop };
        };
        let noun = !clause && !verbal;
        match rule.effect {
            Effect::Report => {
                if clause {
                    finding.reporter.get_or_insert(governor);
                    finding.seen.push(format!("«{}» reports it ({})", tree.form(governor), rule.place));
                }
                return Step::Stop;
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

    fn particles(&self, tree: &Tree, words: &[usize], chain: &[usize], reached: &[usize], act: Option<SpeechAct>, finding: &mut Finding) {
        let mut word = 0;
        while word < tree.len() {
            let Some((rule, last)) = self.particle(tree, word) else {
                word += 1;
                continue;
            };
            let span = word..last + 1;
            word = last + 1;
            if !speech_of_particle_fits(tree, span.start, rule) || span.clone().any(|w| words.contains(&w)) {
                continue;
            }
            // What the particle hangs on, outside its own words.
            let mut target = tree.head(span.start);
            while let Some(t) = target.filter(|t| span.contains(t)) {
                target = tree.head(t);
            }
            let Some(target) = target else { continue };
            let own = chain.contains(&target) || (is_determiner(tree, span.start) && chain.iter().any(|&c| is_argument(tree, target, c)));
            match rule.effect {
                Effect::Report if finding.source.is_none() => {
                    if let Some(source) = source_of(tree, &span, target)
                        && tree.ancestors(source).any(|a| reached.contains(&a))
                    {
                        finding.source = Some(source);
                        finding.seen.push(format!("«{}» names the source ({})", tree.form(span.start), rule.place));
                    }
                }
                Effect::Light | Effect::Begin | Effect::End | Effect::Report | Effect::Suffer => {}
                _ => {
                    let reaches = match rule.reach {
                        // «في حال فرض عقوبات» hangs on the words of the particle itself.
                        Reach::Below if rule.effect == Effect::Hypothetical && span.clone().any(|s| tree.is_under(chain[0], s)) => true,
                        Reach::Below => {
                            reached.contains(&target) && { span.start < *chain.first().unwrap_or(&0) || (chain.contains(&target) && span.start < target) }
                        }
                        _ => own,
                    };
                    let polite = || act.is_some_and(|a| is_polite(tree, span.start, chain, a));
                    if reaches && !polite() {
                        rule.tell(tree, span.start, "particle", finding);
                    }
                }
            }
        }
    }

    /// Whether a speech act is the purpose of saying or writing something, and thereby done: "wrote to thank them".
    fn is_done_by_saying(&self, tree: &Tree, infinitive: usize, act: Option<SpeechAct>) -> bool {
        act.is_some() && tree.head(infinitive).is_some_and(|w| self.says(tree, w))
    }

    /// Whether a word is a verb of saying.
    fn says(&self, tree: &Tree, word: usize) -> bool {
        self.governing(tree, word, true).is_some_and(|r| r.effect == Effect::Report)
    }

    /// Heads of the subjects of a sentence's verbs of saying.
    #[must_use]
    pub fn speakers(&self, tree: &Tree) -> Vec<usize> {
        let speaks = |w: &usize| tree.rel(*w) == Base::Nsubj && tree.head(*w).is_some_and(|verb| self.says(tree, verb));
        (0..tree.len()).filter(speaks).collect()
    }

    /// A verb of saying beside the clause: "…, he said".
    fn reporter_beside(&self, tree: &Tree, reached: &[usize]) -> Option<usize> {
        let says = |w: usize| self.says(tree, w);
        let top = *reached.last()?;
        // Trees take «…, сообщил Песков» for a coordination.
        let aside = |c: usize| tree.rel(c) == Base::Parataxis || tree.lang == Lang::Ru && is_aside(tree, c);
        let below = reached.iter().flat_map(|&r| tree.children_by(r, &[Base::Parataxis, Base::Conj])).find(|&c| aside(c) && says(c));
        below.or_else(|| tree.head(top).filter(|&h| matches!(tree.rel(top), Base::Parataxis | Base::Ccomp | Base::Dep) && says(h)))
    }

    /// Whether the word may be an empty verb or other governor of nouns with that effect; for the tests of tables.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}

/// An event that is done by saying so, for which the first person's "would like to" is mere politeness: "I would appeal to anyone who…".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeechAct {
    /// Asking: what one would ask for is asked for.
    Asking,
    /// Thanking, praising, apologising: done where one would like to, while "I would support" supposes.
    Courtesy,
}

const WISHES: &[(Lang, &[&str])] =
    &[(Lang::En, &["like", "want", "wish"]), (Lang::Ru, &["хотеть", "хотеться", "желать"]), (Lang::Ar, &["ود", "أراد", "اراد", "أحب", "احب"])];

impl Rule {
    /// Whether the row is that of a verb whose subject says that something is not so.
    fn says_no(&self, lang: Lang) -> bool {
        let verb = self.name.strip_prefix("v ");
        verb.is_some_and(|verb| DENIALS.iter().any(|(of, words)| *of == lang && words.contains(&verb)))
    }
}

/// Verbs whose subject says that something is not so.
const DENIALS: &[(Lang, &[&str])] = &[
    (Lang::En, &["deny", "refute", "dispute", "reject", "dismiss"]),
    (Lang::Ru, &["отрицать", "опровергнуть", "опровергать", "отвергнуть", "отвергать"]),
    (Lang::Ar, &["نفى", "أنكر", "كذب", "دحض"]),
];

/// Whether a verb is the first person's polite wish.
fn is_politely_wished(tree: &Tree, verb: usize) -> bool {
    let wish = WISHES.iter().any(|(lang, list)| *lang == tree.lang && list.contains(&tree.lemma(verb)));
    wish && tree.upos(verb) == Upos::Verb && is_first_person(tree, verb)
}

/// Whether a verb is an infinitive of purpose. "Only to" tells what came of it.
fn is_purpose(tree: &Tree, verb: usize) -> bool {
    let infinitive = tree.lang != Lang::Ar && tree.upos(verb) == Upos::Verb && tree.feat(verb, "VerbForm", "Inf");
    infinitive && matches!(tree.rel(verb), Base::Advcl | Base::Acl) && !tree.children(verb).iter().any(|&c| tree.folded(c) == "only")
}

/// Whether a particle makes a speech act of the first person polite rather than supposed.
fn is_polite(tree: &Tree, particle: usize, chain: &[usize], act: SpeechAct) -> bool {
    let conditional = matches!((tree.lang, tree.folded(particle)), (Lang::En, "would" | "'d") | (Lang::Ru, "бы"));
    let wished = chain.iter().any(|&w| is_politely_wished(tree, w));
    conditional && (wished || act == SpeechAct::Asking && chain.iter().any(|&w| is_first_person(tree, w)))
}

fn is_first_person(tree: &Tree, verb: usize) -> bool {
    tree.feat(verb, "Person", "1") || tree.children_by(verb, &[Base::Nsubj]).any(|s| tree.feat(s, "Person", "1"))
}

enum Step {
    /// The governor stands for the event.
    Through,
    /// The event lies below the governor.
    Under,
    /// Nothing above matters.
    Stop,
}

fn speech_fits(tree: &Tree, word: usize, pos: char) -> bool {
    match pos {
        'v' => matches!(tree.upos(word), Upos::Verb | Upos::Aux) || (tree.upos(word) == Upos::Adj && tree.lang == Lang::Ru),
        'n' => matches!(tree.upos(word), Upos::Noun | Upos::Propn | Upos::X),
        'a' => matches!(tree.upos(word), Upos::Adj | Upos::Verb | Upos::Adv | Upos::Noun),
        _ => false,
    }
}

/// Words that are particles only in one of their uses.
fn speech_of_particle_fits(tree: &Tree, word: usize, rule: &Rule) -> bool {
    if tree.lang != Lang::Ar || !rule.rest.is_empty() {
        return true;
    }
    let next_is = |name, value| word + 1 < tree.len() && tree.upos(word + 1) == Upos::Verb && tree.feat(word + 1, name, value);
    match tree.folded(word) {
        // قد makes an imperfect uncertain and a perfect certain.
        "قد" => next_is("Aspect", "Imp"),
        // ما denies a perfect; elsewhere it is mostly a relative.
        "ما" => next_is("Aspect", "Perf") && !(word > 0 && matches!(tree.upos(word - 1), Upos::Adp | Upos::Noun)),
        "حتي" => next_is("Aspect", "Imp"),
        _ => true,
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
    let marked = tree.children_by(clause, &[Base::Mark]).next().is_some();
    !marked && !tree.feat(clause, "VerbForm", "Inf")
}

fn is_determiner(tree: &Tree, word: usize) -> bool {
    tree.rel(word) == Base::Det || (tree.rel(word) == Base::Advmod && matches!(tree.upos(word), Upos::Det | Upos::Part))
}

/// Whether `word` is subject or object of the event at `top`.
fn is_argument(tree: &Tree, word: usize, top: usize) -> bool {
    tree.head(word) == Some(top) && matches!(tree.rel(word), Base::Nsubj | Base::Obj)
}

/// Whom a phrase such as "according to X", «по словам X», «وفقا ل X» names.
fn source_of(tree: &Tree, span: &std::ops::Range<usize>, target: usize) -> Option<usize> {
    let inner = span
        .clone()
        .rev()
        .find_map(|w| tree.children(w).iter().copied().find(|c| !span.contains(c) && matches!(tree.rel(*c), Base::Nmod | Base::Obl | Base::Obj)));
    inner.or_else(|| (target > span.start && matches!(tree.upos(target), Upos::Noun | Upos::Propn | Upos::X | Upos::Pron)).then_some(target))
}

/// What the verbs themselves say: future tense, conditional, imperative.
fn verb_forms(tree: &Tree, chain: &[usize], verbal: bool, finding: &mut Finding) {
    for (i, &w) in chain.iter().enumerate() {
        if (i == 0 && !verbal) || tree.upos(w) != Upos::Verb {
            continue;
        }
        if tree.feat(w, "Tense", "Fut") {
            finding.see_form(tree, Effect::Future, w, "form", "future tense");
        }
        if is_bare_infinitive(tree, w) {
            finding.see_form(tree, Effect::Future, w, "form", "infinitive of a headline");
        }
        if tree.feat(w, "Mood", "Cnd") {
            finding.see_form(tree, Effect::Hypothetical, w, "form", "conditional mood");
        }
        if tree.lang != Lang::En && tree.feat(w, "Mood", "Imp") {
            finding.see_form(tree, Effect::Hypothetical, w, "form", "imperative");
        }
    }
}

/// Whether a coordinated verb stands behind a comma without conjunction, its subject behind it.
fn is_aside(tree: &Tree, verb: usize) -> bool {
    let comma = verb.checked_sub(1).is_some_and(|w| tree.form(w) == ",");
    let joined = || tree.children_by(verb, &[Base::Cc]).next().is_some();
    tree.rel(verb) == Base::Conj && comma && !joined() && tree.children_by(verb, &[Base::Nsubj]).any(|s| s > verb)
}

/// Whether an English gerund is what its governor is about though trees call it an adverbial clause: "refrained from criticising", "denied shelling".
fn is_gerund_of(tree: &Tree, verb: usize, governor: usize) -> bool {
    let behind = || tree.children_by(verb, &[Base::Mark, Base::Case]).all(|m| matches!(tree.folded(m), "from" | "of" | "against" | "into"));
    let close = || governor < verb && !(governor..verb).any(|w| tree.upos(w) == Upos::Punct) && behind();
    tree.lang == Lang::En && tree.upos(verb) == Upos::Verb && tree.folded(verb).ends_with("ing") && close()
}

/// Whether an infinitive is what a headline says of its subject, "France to withdraw troops", or stands under a form of "be" that says no more: "are to sign".
fn is_bare_infinitive(tree: &Tree, verb: usize) -> bool {
    let to = || tree.children(verb).iter().any(|&c| c < verb && tree.folded(c) == "to" && matches!(tree.rel(c), Base::Mark | Base::Aux));
    let subject = || tree.children_by(verb, &[Base::Nsubj]).any(|s| s < verb);
    let under_be = || tree.rel(verb) == Base::Xcomp && tree.head(verb).is_some_and(|h| tree.lemma(h) == "be" && tree.upos(h) != Upos::Noun);
    let of_headline = || tree.rel(verb) == Base::Acl && tree.head(verb).is_some_and(|h| tree.upos(h) == Upos::Propn && tree.head(h).is_none());
    tree.lang == Lang::En && tree.feat(verb, "VerbForm", "Inf") && to() && (tree.head(verb).is_none() && subject() || under_be() || of_headline())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_has_made_all_forms() {
        for &lang in marsad_text::LANGUAGES {
            let factuality = Factuality::load(&Tables::embedded(), lang).expect("sound");
            assert!(factuality.forms.is_made(), "{lang}: build/forms.rs has missed a word");
        }
    }
}
