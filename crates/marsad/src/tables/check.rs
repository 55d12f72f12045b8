//! What is wrong with a user's folder, all of it: what the loaders refuse, and what they would take though it cannot be meant.

use std::path::Path;

use marsad_text::lang::LANGUAGES;

use super::{File, Problems, Shape, TableErrors, Tables, letters, read};

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
        letters::mixed(file, problems);
        if let Some(shape) = crate::actors::shape(&file.path).or_else(|| crate::events::shape(&file.path)) {
            check_rows(file, &shape, tables, problems);
        }
    }
    if tables.has_own("analysis/") {
        problems.note(crate::analysis::rundown::Analyst::with(tables));
    }
}

/// Notes what is wrong with rows beside each other, and with what no text can hold.
fn check_rows(file: &File, shape: &Shape, tables: &Tables, problems: &mut Problems) {
    let (mut rows, mut ours) = (Vec::new(), Vec::new());
    read::read(file, shape, &mut rows, &mut Problems::default());
    read::repeated(&rows, shape, problems);
    if rows.iter().any(read::removes) {
        let built_in = tables.files.iter().filter(|f| !f.own && f.path == file.path);
        built_in.for_each(|ours_too| read::read(ours_too, shape, &mut ours, &mut Problems::default()));
        read::idle(&rows, &ours, shape, problems);
    }
    let lang = LANGUAGES.iter().copied().find(|lang| file.path.ends_with(&format!("/{lang}.tsv")));
    for row in rows.iter().filter(|row| !read::removes(row)) {
        letters::check(row, shape, lang, problems);
    }
}
