//! Numbers of words by any of their forms.

use marsad_text::Lang;

use super::Forms;
use super::made::Made;
use super::vary::Vary;

/// Numbers by a form of their words. Of the built-in tables' words the forms are made already ([`Made`]); those of a user's are made when they are added.
#[derive(Debug)]
pub struct Inflected {
    made: &'static Made,
    /// Where the numbers of each set of words begin among `numbers`, and the end of the last; nothing where no word has a number.
    starts: Vec<u32>,
    numbers: Vec<u32>,
    /// All numbers of forms that other words have too.
    own: Forms,
}

/// An index that is being made.
#[derive(Debug)]
pub struct Inflecting {
    lang: Lang,
    /// Numbers of built-in words.
    made: Vec<(u32, u32)>,
    own: Vec<(Vary, Box<str>, u32)>,
}

impl Inflecting {
    /// An index without words.
    #[must_use]
    pub fn new(lang: Lang) -> Inflecting {
        Inflecting { lang, made: Vec::new(), own: Vec::new() }
    }

    /// Gives a word a number.
    pub fn add(&mut self, vary: Vary, word: &str, number: u32) {
        match Made::of(self.lang).word(vary, word) {
            Some(made) => self.made.push((made, number)),
            None => self.own.push((vary, word.into(), number)),
        }
    }

    /// The index.
    #[must_use]
    pub fn done(self) -> Inflected {
        let made = Made::of(self.lang);
        let (starts, numbers) = if self.made.is_empty() { (Vec::new(), Vec::new()) } else { by_set(made, &self.made) };
        let mut index = Inflected { made, starts, numbers, own: Forms::default() };
        let mut own = Forms::default();
        for (vary, word, number) in &self.own {
            for form in vary.forms(self.lang, word) {
                if !own.knows(&form) {
                    index.of(&form).iter().for_each(|&n| own.add(&form, n));
                }
                own.add(&form, *number);
            }
        }
        own.sort();
        index.own = own;
        index
    }
}

/// The numbers of the words of each set, sorted.
fn by_set(made: &Made, numbered: &[(u32, u32)]) -> (Vec<u32>, Vec<u32>) {
    // By word first: how many numbers each has, then where they stand.
    let mut ends = vec![0u32; made.words() + 1];
    numbered.iter().for_each(|(word, _)| ends[*word as usize + 1] += 1);
    for n in 1..ends.len() {
        ends[n] += ends[n - 1];
    }
    let mut of_words = vec![0; numbered.len()];
    let mut next = ends.clone();
    for (word, number) in numbered {
        let at = &mut next[*word as usize];
        of_words[*at as usize] = *number;
        *at += 1;
    }
    let mut starts = Vec::with_capacity(made.sets() + 1);
    let mut numbers = Vec::new();
    for set in 0..made.sets() {
        let start = numbers.len();
        starts.push(start as u32);
        for word in made.members(set) {
            numbers.extend_from_slice(&of_words[ends[word as usize] as usize..ends[word as usize + 1] as usize]);
        }
        if numbers.len() > start + 1 {
            numbers[start..].sort_unstable();
            let distinct = start + distinct(&mut numbers[start..]);
            numbers.truncate(distinct);
        }
    }
    starts.push(numbers.len() as u32);
    (starts, numbers)
}

/// Moves the distinct numbers of a sorted slice to its beginning and says how many there are.
fn distinct(sorted: &mut [u32]) -> usize {
    let mut count = 0;
    for n in 0..sorted.len() {
        if n == 0 || sorted[n] != sorted[count - 1] {
            sorted[count] = sorted[n];
            count += 1;
        }
    }
    count
}

impl Inflected {
    /// The numbers of the words that have a form, in ascending order.
    #[must_use]
    pub fn of(&self, form: &str) -> &[u32] {
        let own = if self.own.is_empty() { &[] } else { self.own.of(form) };
        if !own.is_empty() {
            return own;
        }
        if self.starts.is_empty() {
            return &[];
        }
        self.made.set(form).map_or(&[], |set| &self.numbers[self.starts[set] as usize..self.starts[set + 1] as usize])
    }

    /// Whether a word with a number has a form.
    #[must_use]
    pub fn knows(&self, form: &str) -> bool {
        !self.of(form).is_empty()
    }

    /// Whether the build has made the forms of all words.
    #[cfg(test)]
    pub fn is_made(&self) -> bool {
        self.own.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_by_their_forms_whoever_made_them() {
        let mut gathering = Inflecting::new(Lang::En);
        for (vary, word, number) in [(Vary::Verb, "attack", 9), (Vary::Verb, "zorbify", 1), (Vary::Noun, "attacked", 4), (Vary::Verb, "attack", 7)] {
            gathering.add(vary, word, number);
        }
        let index = gathering.done();
        assert!(!index.is_made());
        for (form, numbers) in [("attacks", &[7, 9][..]), ("attacked", &[4, 7, 9]), ("zorbified", &[1]), ("attackeds", &[4]), ("attacker", &[]), ("", &[])] {
            assert_eq!(index.of(form), numbers, "{form}");
            assert_eq!(index.knows(form), !numbers.is_empty());
        }
    }

    #[test]
    fn what_the_build_has_made_is_what_inflection_gives() {
        for (lang, vary, word) in [
            (Lang::Ar, Vary::Verb, "هاجم"),
            (Lang::Ru, Vary::Noun, "переговоры"),
            (Lang::En, Vary::Verb, "bomb"),
            (Lang::Ru, Vary::Role, "министр"),
            (Lang::Ar, Vary::Role, "وزير"),
        ] {
            let mut gathering = Inflecting::new(lang);
            gathering.add(vary, word, 3);
            let index = gathering.done();
            assert!(index.is_made(), "{word}");
            for form in vary.forms(lang, word) {
                assert_eq!(index.of(&form), [3], "{form}");
            }
            assert!(!index.knows(&format!("{word}{word}")));
        }
    }
}
