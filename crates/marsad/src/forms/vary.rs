//! How a word of a table varies in texts. `build.rs` reads this file too: it inflects the built-in words once and for all (`made.rs`).

use marsad_text::normal::{bare, fold};
use marsad_text::{Inflect, Lang, inflect::inflect};

use super::hash::hash;

/// What a word of a table is, hence the forms in which a text may have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Vary {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// An adjective.
    Adjective,
    /// A word that has one form.
    Particle,
    /// A further word of an event expression: its part of speech is not told.
    Part,
    /// A word that tells what a text is about, of untold part of speech.
    Topic,
    /// The same as a further word of an expression, which in Arabic may carry clitics that are words of their own in the text.
    TopicPart,
    /// An atom of a proper name.
    Name,
    /// A family name.
    Surname,
    /// A nationality adjective or an adjective used as a noun.
    Nationality,
    /// An atom of a role or of a word for inhabitants: a noun or an adjective.
    Role,
}

impl Vary {
    const ALL: [Vary; 11] = [
        Vary::Verb,
        Vary::Noun,
        Vary::Adjective,
        Vary::Particle,
        Vary::Part,
        Vary::Topic,
        Vary::TopicPart,
        Vary::Name,
        Vary::Surname,
        Vary::Nationality,
        Vary::Role,
    ];

    /// The way to vary of a number.
    #[must_use]
    pub fn of_number(n: u8) -> Option<Vary> {
        Vary::ALL.get(usize::from(n)).copied()
    }

    /// How a word of that part of speech varies, as the tables' letters have it: v, n, a or p.
    #[must_use]
    pub fn of_letter(pos: &str) -> Option<Vary> {
        Some(match pos {
            "v" => Vary::Verb,
            "n" => Vary::Noun,
            "a" => Vary::Adjective,
            "p" => Vary::Particle,
            _ => return None,
        })
    }

    /// Whether words that vary so may carry the Arabic article whether or not the table writes it.
    #[must_use]
    pub fn takes_article(self) -> bool {
        matches!(self, Vary::Nationality | Vary::Role)
    }

    /// The folded forms of a word, some more than once.
    #[must_use]
    pub fn forms(self, lang: Lang, word: &str) -> Vec<String> {
        let folded = |paradigms: &[Inflect]| paradigms.iter().flat_map(|&p| inflect(lang, word, p)).map(|form| fold(&form)).collect();
        match self {
            Vary::Verb => folded(&[Inflect::Verb]),
            Vary::Noun => folded(&[Inflect::Noun]),
            Vary::Adjective => folded(&[Inflect::Adjective]),
            Vary::Particle => folded(&[Inflect::Particle]),
            Vary::Part => folded(part_paradigms(lang, word)),
            Vary::Topic => topic_forms(lang, word),
            Vary::TopicPart => topic_part_forms(lang, word),
            Vary::Name | Vary::Surname | Vary::Nationality | Vary::Role => self.atom_forms(lang, word),
        }
    }

    /// The forms of a folded atom of a name or role.
    fn atom_forms(self, lang: Lang, atom: &str) -> Vec<String> {
        let mut forms = vec![atom.to_owned()];
        let mut add = |paradigm: Inflect| {
            for form in inflect(lang, atom, paradigm) {
                let folded = fold(&form);
                if !forms.contains(&folded) {
                    forms.push(folded);
                }
            }
        };
        let short = atom.chars().count() < 3;
        match (lang, self) {
            // Ким Чен Ын, Ким Чен Ына.
            (Lang::Ru, Vary::Surname) if short && atom.ends_with(|c: char| !"аеиоуыэюяйь".contains(c)) => add(Inflect::Noun),
            _ if short => {}
            (Lang::En, Vary::Role) => add(Inflect::Noun),
            (Lang::En, _) | (Lang::Ar, Vary::Name | Vary::Surname) => {}
            (Lang::Ar, Vary::Nationality) => add(Inflect::Adjective),
            (Lang::Ar, _) => {
                add(Inflect::Noun);
                add(Inflect::Adjective);
            }
            (Lang::Ru, _) if is_russian_adjective(atom) => {
                add(Inflect::Adjective);
                if self == Vary::Surname {
                    add(Inflect::Surname);
                }
            }
            (Lang::Ru, Vary::Surname) => add(Inflect::Surname),
            // Foreign names in other vowels are not declined (Рио, Осло, Сочи, Баку); declined they would be other words.
            (Lang::Ru, Vary::Name) if ends_in_fixed_vowel(atom) => {}
            (Lang::Ru, Vary::Name) => add(Inflect::Name),
            (Lang::Ru, Vary::Nationality) => add(Inflect::Adjective),
            (Lang::Ru, _) => add(Inflect::Noun),
        }
        forms
    }
}

/// A word with its way to vary as a number.
#[must_use]
pub fn word_hash(vary: Vary, word: &str) -> u64 {
    hash(word).wrapping_add(vary as u64)
}

fn ends_in_fixed_vowel(atom: &str) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|e| atom.ends_with(e));
    // Мытищи and Барановичи are plurals; Сочи and Поти are not.
    let slavic = ends(&["ово", "ево", "ино", "ыно", "ье", "ие", "ки", "ищи", "ичи"]);
    // Names in -ы are plurals (Нидерланды, Эмираты, Мальдивы, Апатиты), but for those of Turkic, Iranian, Chinese and Czech places and people.
    let foreign = ends(&["маты", "лды", "гды", "цзы", "йты", "тны", "аксы", "дасы", "асы", "ньы", "кки", "рры", "спы", "сары"])
        && !ends(&["боксары", "убоссары"])
        || atom.ends_with("лы") && !ends(&["еллы", "рилы", "шелы", "холмы"]);
    !slavic && (atom.ends_with(['о', 'е', 'и', 'у', 'ю', 'э']) || atom.ends_with('ы') && foreign)
}

/// Whether a Russian atom looks like an adjective in the nominative.
fn is_russian_adjective(atom: &str) -> bool {
    ["ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"].iter().any(|e| atom.ends_with(e)) && atom.chars().count() > 4
}

fn part_paradigms(lang: Lang, word: &str) -> &'static [Inflect] {
    let ends = |endings: &[&str]| endings.iter().any(|e| word.ends_with(e));
    if word.chars().count() < 3 {
        return &[Inflect::Particle];
    }
    match lang {
        Lang::En => &[Inflect::Noun, Inflect::Verb],
        Lang::Ru if ends(&["ть", "ться", "ти", "чь"]) => &[Inflect::Verb],
        Lang::Ru if ends(&["ый", "ий", "ой"]) => &[Inflect::Adjective],
        Lang::Ru => &[Inflect::Noun],
        Lang::Ar => &[Inflect::Noun, Inflect::Adjective],
    }
}

fn topic_forms(lang: Lang, word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    if word.chars().count() > 2 {
        for (word, paradigm) in topic_paradigms(lang, word) {
            all.extend(inflect(lang, &word, paradigm));
        }
    }
    let folded = all.iter().map(|f| fold(f));
    if lang == Lang::Ar { folded.map(|f| bare(&f).to_owned()).collect() } else { folded.collect() }
}

fn topic_part_forms(lang: Lang, word: &str) -> Vec<String> {
    let mut out = topic_forms(lang, word);
    if lang == Lang::Ar {
        let cut = ["لل", "بال", "وال", "و", "ب"].iter().filter_map(|p| word.strip_prefix(p)).filter(|rest| rest.chars().count() > 2);
        out.extend(cut.flat_map(|rest| topic_forms(lang, rest)));
    }
    out
}

fn topic_paradigms(lang: Lang, word: &str) -> Vec<(String, Inflect)> {
    let one = |paradigm| (word.to_owned(), paradigm);
    match lang {
        Lang::En => vec![one(Inflect::Noun), one(Inflect::Verb)],
        // Of nouns the adjective's forms are others' words.
        Lang::Ar if word.ends_with('ي') => vec![one(Inflect::Noun), one(Inflect::Adjective)],
        Lang::Ar => vec![one(Inflect::Noun)],
        Lang::Ru => russian_topic(word),
    }
}

fn russian_topic(word: &str) -> Vec<(String, Inflect)> {
    let ends = |endings: &[&str]| endings.iter().any(|e| word.ends_with(e));
    let one = |paradigm| vec![(word.to_owned(), paradigm)];
    if ends(&["ть", "ться", "ти"]) && !ends(&["ость", "сть"]) {
        return [one(Inflect::Verb), one(Inflect::Noun)].concat();
    }
    // «литий» and «рабочий» are told apart by nobody here.
    if ends(&["ый", "ий", "ой"]) {
        return [one(Inflect::Adjective), one(Inflect::Noun)].concat();
    }
    // Adjectives in expressions agree: «вооружённые силы», «подводная лодка». «Бедствие» ends like one.
    let stem = ["ая", "ое", "ые", "ие", "яя", "ее"].iter().find_map(|e| word.strip_suffix(e)).filter(|s| s.chars().count() > 2);
    match stem {
        Some(stem) => {
            let soft = stem.ends_with(['г', 'к', 'х', 'ж', 'ш', 'щ', 'ч']) || ends(&["яя", "ее", "ие"]);
            let adjective = (format!("{stem}{}", if soft { "ий" } else { "ый" }), Inflect::Adjective);
            if ends(&["ие"]) { [vec![adjective], one(Inflect::Noun)].concat() } else { vec![adjective] }
        }
        None => one(Inflect::Noun),
    }
}
