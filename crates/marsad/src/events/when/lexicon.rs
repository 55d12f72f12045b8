//! The table of a language in matching form: what its words of time are, and the phrases in which they tell a time.
//!
//! Columns: `kind value forms example`. Rows of a word kind give forms, separated by `;`, and their value; rows of kind `phrase` give a meaning
//! ([`Meaning`], with captures that are given: `date rel=0 unit=year`) and a phrase ([`super::phrase`]). In a phrase a word in capitals is a [`Class`], `@name` a
//! list of kind `class`, `^word` a word written with a capital, `~word` one that is no preposition, anything else itself.

use std::sync::LazyLock;

use marsad_text::Lang;
use marsad_text::normal::fold;
use rustc_hash::FxHashMap;

use super::atoms::{Atom, Shape, pieces};
use super::kinds::{CLASSES, Class, KINDS, Kind, UNITS};
use super::meaning::{Found, Meaning};
use super::phrase;

/// One thing that may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    Class(Class),
    /// A word or list.
    Word(u16, Mark),
}

/// What a phrase asks of a word beside its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Nothing,
    /// `^`: it has a capital.
    Capital,
    /// `~`: it governs no noun.
    Adverb,
}

/// One place of a rule.
#[derive(Clone, Debug)]
pub struct Item {
    pub tests: Vec<Test>,
    /// Whether it is outside the expression.
    pub context: bool,
}

/// A phrase without options.
#[derive(Clone, Debug)]
pub struct Rule {
    pub items: Vec<Item>,
    pub meaning: Meaning,
    /// What is captured from the start.
    pub given: Found,
}

/// One thing that a word can be.
#[derive(Clone, Debug)]
pub struct Sense {
    pub kind: Kind,
    pub value: i32,
    /// Whether the word means little else.
    pub clear: bool,
    /// The atoms that follow, in entries of several.
    pub rest: Vec<Box<str>>,
}

/// All that the table knows of a word.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub senses: Vec<Sense>,
    /// Rules that may begin with it, and those among them of one place.
    pub rules: Vec<u16>,
    pub short_rules: Vec<u16>,
}

impl Entry {
    /// Whether it is a word of time by itself.
    pub fn is_time(&self) -> bool {
        use Kind as K;
        let is_time = |k: Kind| matches!(k, K::Month | K::Weekday | K::Oblique | K::Unit | K::Span | K::Season | K::Decade | K::Time);
        self.senses.iter().any(|s| s.clear && is_time(s.kind))
    }

    /// Whether it has a sense of that kind of one atom.
    pub fn is(&self, kind: Kind) -> bool {
        self.senses.iter().any(|s| s.kind == kind && s.rest.is_empty())
    }
}

/// A language's table.
#[derive(Debug, Default)]
pub struct Lexicon {
    entries: FxHashMap<Box<str>, Entry>,
    rules: Vec<Rule>,
    digit_rules: Vec<u16>,
}

static ARABIC: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::built_in("ar", include_str!("ar.tsv")));
static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::built_in("en", include_str!("en.tsv")));
static RUSSIAN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::built_in("ru", include_str!("ru.tsv")));

impl Lexicon {
    /// The built-in table of a language.
    pub fn of(lang: Lang) -> &'static Lexicon {
        match lang {
            Lang::Ar => &ARABIC,
            Lang::En => &ENGLISH,
            Lang::Ru => &RUSSIAN,
        }
    }

    fn built_in(name: &str, text: &str) -> Lexicon {
        Lexicon::parse(text).unwrap_or_else(|e| panic!("events/when/{name}.tsv:{e}"))
    }

    /// What is known of a folded word.
    pub fn entry(&self, folded: &str) -> Option<&Entry> {
        self.entries.get(folded)
    }

    /// The rules that may begin with an atom, with their numbers. After it stands `next`: where the table does not know that, rules of one place only.
    pub fn rules_at(&self, atom: &Atom<'_>, next: Option<&Atom<'_>>) -> impl Iterator<Item = (u16, &Rule)> {
        let digits = if atom.shape == Shape::Digits { self.digit_rules.as_slice() } else { &[] };
        let is_last = next.is_none_or(|n| n.shape == Shape::Letters && n.entry.is_none());
        let own = atom.entry.map_or(&[][..], |e| if is_last { &e.short_rules } else { &e.rules });
        digits.iter().chain(own).map(|&n| (n, &self.rules[usize::from(n)]))
    }

    /// Reads a table.
    ///
    /// # Errors
    /// The first row that is wrong: its line and why.
    pub fn parse(text: &str) -> Result<Lexicon, String> {
        let mut builder = Builder::default();
        // Phrases name lists, wherever these stand.
        for phrases in [false, true] {
            for (line, row) in rows(text) {
                row.and_then(|r| if (r[0] == "phrase") == phrases { builder.add(r) } else { Ok(()) }).map_err(|e| format!("{line}: {e}"))?;
            }
        }
        Ok(builder.finish())
    }
}

/// The rows of a table with their lines; the header is checked and left out.
fn rows(text: &str) -> impl Iterator<Item = (usize, Result<[&str; 4], String>)> {
    let lines = text.lines().enumerate().map(|(i, l)| (i + 1, l)).filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    lines.enumerate().filter_map(|(n, (line, text))| {
        let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
        let row = <[&str; 4]>::try_from(cells).map_err(|c| format!("{} columns, expected kind, value, forms, example", c.len()));
        match row {
            Ok(["kind", "value", "forms", "example"]) if n == 0 => None,
            Ok(_) if n == 0 => Some((line, Err("the header is missing".to_owned()))),
            row => Some((line, row)),
        }
    })
}

#[derive(Default)]
struct Builder {
    lexicon: Lexicon,
    /// Numbers of words and lists that phrases name; lists with their `@`.
    names: FxHashMap<String, u16>,
}

impl Builder {
    fn add(&mut self, [kind, value, forms, _]: [&str; 4]) -> Result<(), String> {
        match kind {
            "phrase" => self.add_phrase(value, forms),
            "class" => {
                let kind = Kind::Word(self.name(&format!("@{value}")));
                self.add_words(kind, 0, true, forms)
            }
            _ => {
                let (name, clear) = kind.strip_suffix('?').map_or((kind, true), |k| (k, false));
                let kind = KINDS.iter().find(|(n, _)| *n == name).ok_or_else(|| format!("no kind {kind}"))?.1;
                self.add_words(kind, number(kind, value)?, clear, forms)
            }
        }
    }

    fn name(&mut self, name: &str) -> u16 {
        let next = self.names.len() as u16;
        *self.names.entry(name.to_owned()).or_insert(next)
    }

    fn add_words(&mut self, kind: Kind, value: i32, clear: bool, forms: &str) -> Result<(), String> {
        for form in forms.split(';') {
            let folded = fold(form);
            let mut parts = pieces(&folded).map(|(_, text)| Box::from(text));
            let first: Box<str> = parts.next().ok_or("an empty form")?;
            let rest: Vec<Box<str>> = parts.collect();
            for word in &rest {
                // Known, so that rules are tried before it.
                self.lexicon.entries.entry(word.clone()).or_default();
            }
            self.lexicon.entries.entry(first).or_default().senses.push(Sense { kind, value, clear, rest });
        }
        Ok(())
    }

    fn add_phrase(&mut self, meaning: &str, forms: &str) -> Result<(), String> {
        let (meaning, given) = Meaning::parse(meaning)?;
        for places in phrase::expand(forms)? {
            let items = places.iter().map(|p| self.item(p)).collect::<Result<Vec<Item>, String>>()?;
            if items.iter().all(|i| i.context) {
                return Err("nothing of the phrase is the expression".to_owned());
            }
            if items[0].tests.iter().any(|t| matches!(t, Test::Class(c) if c.is_punctuation())) {
                return Err("a phrase cannot begin with punctuation".to_owned());
            }
            self.lexicon.rules.push(Rule { items, meaning, given });
        }
        if self.lexicon.rules.len() > usize::from(u16::MAX) {
            return Err("too many phrases".to_owned());
        }
        Ok(())
    }

    fn item(&mut self, place: &phrase::Place<'_>) -> Result<Item, String> {
        let tests = place.alternatives.split('|').map(|a| self.test(a)).collect::<Result<_, _>>()?;
        Ok(Item { tests, context: place.context })
    }

    fn test(&mut self, name: &str) -> Result<Test, String> {
        let (mark, name) = match name.split_at_checked(1) {
            Some(("^", word)) => (Mark::Capital, word),
            Some(("~", word)) => (Mark::Adverb, word),
            _ => (Mark::Nothing, name),
        };
        if name.starts_with('@') {
            return self.names.get(name).map(|n| Test::Word(*n, mark)).ok_or_else(|| format!("no list {name}"));
        }
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase()) {
            return CLASSES.iter().find(|(n, _)| *n == name).map(|(_, c)| Test::Class(*c)).ok_or_else(|| format!("no class {name}"));
        }
        let word = fold(name);
        if pieces(&word).count() != 1 {
            return Err(format!("«{name}» is not one word, number or sign"));
        }
        let known = self.names.contains_key(&word);
        let number = self.name(&word);
        if !known {
            self.add_words(Kind::Word(number), 0, true, &word)?;
        }
        Ok(Test::Word(number, mark))
    }

    /// Notes at every word which rules may begin with it.
    fn finish(mut self) -> Lexicon {
        let Lexicon { entries, rules, digit_rules } = &mut self.lexicon;
        let mut by_test: Vec<(Test, Vec<u16>)> = CLASSES.iter().map(|(_, c)| (Test::Class(*c), Vec::new())).collect();
        let classes = by_test.len();
        by_test.extend((0..self.names.len()).map(|n| (Test::Word(n as u16, Mark::Nothing), Vec::new())));
        for (n, rule) in rules.iter().enumerate() {
            for test in &rule.items[0].tests {
                let at = match test {
                    Test::Class(class) => CLASSES.iter().position(|(_, c)| c == class).expect("every class is listed"),
                    Test::Word(word, _) => classes + usize::from(*word),
                };
                by_test[at].1.push(n as u16);
            }
        }
        let sorted = |lists: &mut dyn Iterator<Item = &(Test, Vec<u16>)>| {
            let mut all: Vec<u16> = lists.flat_map(|(_, rules)| rules).copied().collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        *digit_rules = sorted(&mut by_test.iter().filter(|(t, _)| matches!(t, Test::Class(c) if c.begins_with_digits())));
        for entry in entries.values_mut() {
            let begins = |kind: Kind| {
                let word = if let Kind::Word(n) = kind { Some(&by_test[classes + usize::from(n)]) } else { None };
                by_test[..classes].iter().filter(move |(t, _)| matches!(t, Test::Class(c) if c.begins_with(kind))).chain(word)
            };
            entry.rules = sorted(&mut entry.senses.iter().flat_map(|s| begins(s.kind)));
            entry.short_rules = entry.rules.iter().copied().filter(|n| rules[usize::from(*n)].items.len() == 1).collect();
        }
        self.lexicon
    }
}

/// The value of a row as a number.
fn number(kind: Kind, value: &str) -> Result<i32, String> {
    if matches!(kind, Kind::Unit | Kind::Span) {
        return UNITS.iter().position(|u| *u == value).map(|n| n as i32).ok_or_else(|| format!("no unit {value}"));
    }
    if value == "-" { Ok(0) } else { value.parse().map_err(|_| format!("«{value}» is no number")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "kind\tvalue\tforms\texample\n";

    #[test]
    fn wrong_rows_are_reported_with_their_line() {
        for (row, message) in [
            ("month\tx\tjan\t-", "2: «x» is no number"),
            ("moon\t1\tjan\t-", "2: no kind moon"),
            ("unit\tfortnight\tfortnight\t-", "2: no unit fortnight"),
            ("phrase\tdate\tDAYS MONTH\t-", "2: no class DAYS"),
            ("phrase\tdate\t@in YEAR\t-", "2: no list @in"),
            ("phrase\tdate\tCOMMA YEAR\t-", "2: a phrase cannot begin with punctuation"),
            ("phrase\tnever\tYEAR\t-", "2: no meaning never"),
            ("month\t1", "2: 2 columns, expected kind, value, forms, example"),
        ] {
            assert_eq!(Lexicon::parse(&format!("{HEADER}{row}")).err().as_deref(), Some(message));
        }
    }
}
