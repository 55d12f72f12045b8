//! What is wrong with a user's folder, all of it: what the loaders refuse, and what they would take though it cannot be meant.

use std::path::Path;

use marsad_text::lang::LANGUAGES;

use super::{File, Problems, TableError, TableErrors, Tables, read};

/// What a sound folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sound {
    /// Tables.
    pub tables: usize,
    /// Rows in them.
    pub rows: usize,
}

/// Checks a user's folder of tables against the built-in ones.
///
/// # Errors
/// Everything that is wrong, by file and line.
pub fn check_folder(folder: &Path) -> Result<Sound, TableErrors> {
    let tables = Tables::with(Some(folder), None)?;
    let own = || tables.files.iter().filter(|f| f.own);
    let rows: usize = own().map(|f| f.text.as_str().lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).count().saturating_sub(1)).sum();
    Ok(Sound { tables: own().count() + tables.gazetteers, rows: rows + tables.spots.len() })
}

impl Tables {
    /// The built-in tables with those of a user's folder and the places of a user's GeoNames file, all checked.
    ///
    /// # Errors
    /// Everything that is wrong, by file and line.
    pub fn with(folder: Option<&Path>, gazetteer: Option<&Path>) -> Result<Tables, TableErrors> {
        let mut tables = Tables::embedded();
        let mut problems = Problems::default();
        let added = [folder.map(|f| tables.add_folder(f)), gazetteer.map(|g| tables.add_gazetteer(g))];
        added.into_iter().flatten().filter_map(Result::err).for_each(|errors| problems.extend(errors));
        if folder.is_some() {
            check(&tables, &mut problems);
        }
        problems.done(tables)
    }
}

/// Notes what is wrong with the users' tables among these.
fn check(tables: &Tables, problems: &mut Problems) {
    for &lang in LANGUAGES {
        if let Err(errors) = crate::actors::Actors::load(tables, lang) {
            problems.extend(errors);
        }
        problems.extend(TableErrors(crate::events::check(tables, lang)));
    }
    for file in tables.files.iter().filter(|f| f.own) {
        repeated(file, problems);
        mixed_letters(file, problems);
    }
    if tables.has_own("analysis/") {
        problems.note(crate::analysis::rundown::Analyst::with(tables));
    }
}

/// Rows that stand twice. Event words may have several rows, for their senses; of those only whole rows are compared.
fn repeated(file: &File, problems: &mut Problems) {
    if let Some(shape) = crate::actors::shape(&file.path) {
        read::repeated(file, &shape, false, problems);
    } else if let Some(shape) = crate::events::shape(&file.path) {
        read::repeated(file, &shape, true, problems);
    }
}

/// Words in which Latin and Cyrillic letters that look the same are mixed: such a word is found in no text.
fn mixed_letters(file: &File, problems: &mut Problems) {
    for (i, line) in file.text.as_str().lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
        let words = line.split(|c: char| !c.is_alphabetic());
        for word in words.filter(|w| w.chars().any(is_cyrillic) && w.chars().any(|c| c.is_ascii_alphabetic())) {
            let latin: String = word.chars().filter(char::is_ascii_alphabetic).collect();
            let message = format!("«{word}» mixes alphabets, expected Cyrillic letters only: {latin} is Latin");
            problems.push(TableError { file: file.shown.clone(), line: i + 1, message });
        }
    }
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}
