//! Did it happen? Negation, modality, conditions, plans, demands; and who says so. Rows of `events/factuality/<lang>.tsv` over the tree.

mod climb;
mod forms;
mod governing;
mod particles;
mod rules;
mod saying;
mod shapes;

use marsad_text::Lang;

use super::finding::{Effect, Finding};
use crate::forms::{Inflected, Inflecting, Vary};
use crate::tables::{Key, Problems, Shape, TableErrors, Tables};
use crate::tree::Tree;

use forms::is_purpose;
pub(super) use rules::SHAPE;
use rules::{Rule, add};
pub use saying::speaker_of;

/// An event that is done by saying so, for which the first person's "would like to" is mere politeness: "I would appeal to anyone who…".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeechAct {
    /// Asking: what one would ask for is asked for.
    Asking,
    /// Thanking, praising, apologising: done where one would like to, while "I would support" supposes.
    Courtesy,
}

/// What is asked of the layer: an expression that tells an event.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The sentence.
    pub tree: &'a Tree<'a>,
    /// The words of the expression, the trigger first.
    pub words: &'a [usize],
    /// Whether a verb tells it.
    pub verbal: bool,
    /// Which speech act the event is, if it is one.
    pub act: Option<SpeechAct>,
    /// Whether a governing event word makes its clause (`true`) or noun mere content.
    pub makes_content: &'a dyn Fn(usize, bool) -> bool,
}

/// The table of verbs that have no present: what looks like one tells what will be («вышлет», «обсудят»).
pub(super) const PERFECTIVE: Shape = Shape { columns: &["lemma"], optional: &[], key: Key::All(&[0]), gone: Key::All(&[0]), apart: None };

/// The factuality rows of a language.
#[derive(Debug)]
pub struct Factuality {
    rules: Vec<Rule>,
    forms: Inflected,
    /// Verbs whose present tense tells the future, by their forms.
    perfective: Inflected,
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
            add(&row, &mut rules, &mut forms, &mut problems);
        }
        let mut perfective = Inflecting::new(lang);
        let verbs = tables.collect(&format!("events/perfective/{lang}.tsv"), &PERFECTIVE, &mut problems);
        verbs.iter().filter_map(|row| row.get(0)).for_each(|verb| perfective.add(Vary::Verb, verb, 0));
        problems.done(Factuality { rules, forms: forms.done(), perfective: perfective.done() })
    }

    fn rules_of(&self, form: &str) -> impl Iterator<Item = &Rule> {
        self.forms.of(form).iter().map(|&n| &self.rules[n as usize])
    }

    /// What is known of the event that an expression tells. Particles that belong to the expression ("not recognise") say nothing of it.
    ///
    /// # Panics
    /// If the expression has no words.
    #[must_use]
    pub fn find(&self, asked: Asked) -> Finding {
        let Asked { tree, words, verbal, act, .. } = asked;
        let trigger = words[0];
        let mut finding = Finding::default();
        let way = self.climb(asked, &mut finding);
        self.particles(tree, words, &way, act, &mut finding);
        if !verbal {
            self.modifiers(tree, words, &mut finding);
        }
        self.verb_forms(tree, &way.chain, verbal, &mut finding);
        if verbal && is_purpose(tree, trigger) && !self.is_done_by_saying(tree, trigger, act) {
            finding.see_form(tree, Effect::Hypothetical, trigger, "purpose", "infinitive of purpose");
        }
        // «وفق ما أعلنت الوزارة»: the source is the ministry.
        finding.source = finding.source.filter(|&s| tree.folded(s) != "ما");
        if finding.reporter.is_none() {
            finding.reporter = self.reporter_around(tree, trigger);
        }
        if tree.is_question() && verbal && finding.aux.is_none() && finding.reporter.is_none() {
            finding.see_form(tree, Effect::Hypothetical, tree.len() - 1, "question", "a question");
        }
        finding
    }

    /// How many rows there are.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_has_made_all_forms() {
        for &lang in marsad_text::LANGUAGES {
            let factuality = Factuality::load(&Tables::embedded(), lang).expect("sound");
            assert!(factuality.forms.is_made() && factuality.perfective.is_made(), "{lang}: build/forms.rs has missed a word");
        }
    }
}
