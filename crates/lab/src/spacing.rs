//! How well missing white space is found in Arabic text: words of sentences are run together and looked for, and words as they stand are left alone or not.

use std::path::Path;

use marsad_text::Spacing;
use marsad_text::conllu::plain_text;

use crate::{Error, data};

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Places where white space was taken out, those of them found, and other places found among them.
    pub taken: usize,
    pub right: usize,
    pub wrong: usize,
    /// Words as they stand, and those of them that came apart.
    pub words: usize,
    pub parted: usize,
}

static EVENTS: &[u8] = include_bytes!("../../../models/events.marsad");

/// Runs two to six words of every sentence together and looks for them, without any table to ask.
pub fn measure(ud: &Path) -> Result<Found, Error> {
    let spacing = Spacing::from_bytes(EVENTS).map_err(|e| Error::Argument(e.to_string()))?;
    let mut found = Found::default();
    for (n, sentence) in data::read(&ud.join("UD_Arabic-PADT-derived/ar_padtlite-test.conllu"))?.iter().enumerate() {
        let text = plain_text(std::slice::from_ref(sentence));
        let words: Vec<&str> = text.split_whitespace().collect();
        found.words += words.len();
        found.parted += spacing.breaks(&text, &|_| false).len();
        let length = 2 + n % 5;
        let letters = |run: &[&str]| run.iter().all(|w| w.chars().all(char::is_alphabetic));
        let Some(run) = words.windows(length).skip(n % 3).find(|run| letters(run)) else { continue };
        let ends = run.iter().scan(0, |end, word| {
            *end += word.len();
            Some(*end)
        });
        let gone: Vec<usize> = ends.take(length - 1).collect();
        let seen = spacing.breaks(&run.concat(), &|_| false);
        let right = seen.iter().filter(|b| gone.contains(b)).count();
        found.taken += gone.len();
        found.right += right;
        found.wrong += seen.len() - right;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_is_found_and_little_else() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/ud");
        if !folder.is_dir() {
            println!("skipped: the treebanks are not beside the project ({} is absent)", folder.display());
            return;
        }
        let found = measure(&folder).expect("a sound treebank");
        assert!(found.right * 10 >= found.taken * 6, "{found:?}");
        assert!(found.wrong * 10 <= found.right, "{found:?}");
        assert!(found.parted * 2000 <= found.words, "{found:?}");
    }
}
