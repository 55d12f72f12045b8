//! Agents: roles with the part of a code that they add to a country's.

use super::codes::coded;
use super::known;
use super::lines::{Line, Lines};
use crate::actors::shape;
use crate::import::{Folder, ImportError, Progress};

const PATH: &str = "actors/roles/en.tsv";

/// Words at the end of a phrase that name institutions.
const BODIES: &[&str] = &[
    "ministry",
    "department",
    "committee",
    "commission",
    "party",
    "force",
    "forces",
    "army",
    "navy",
    "police",
    "court",
    "bank",
    "company",
    "agency",
    "council",
    "bureau",
    "office",
    "union",
    "association",
    "parliament",
    "congress",
    "senate",
    "government",
    "cabinet",
    "administration",
    "authority",
    "university",
    "school",
    "college",
    "hospital",
    "newspaper",
    "television",
    "radio",
    "corporation",
    "industry",
    "organization",
    "organisation",
    "institution",
    "church",
    "embassy",
    "consulate",
    "board",
    "service",
    "delegation",
    "militia",
    "gang",
    "cartel",
    "group",
    "movement",
    "front",
    "airline",
    "prison",
    "legislature",
    "assembly",
    "tribunal",
    "patrol",
];

/// A set of words to be put in the place of `!MARK!`.
type Sets = Vec<(String, Vec<String>)>;

pub fn import(lines: &mut Lines, folder: &mut Folder, watch: &mut dyn FnMut(Progress) -> bool) -> Result<(), ImportError> {
    let known = &*known::ROLES;
    let mut sets: Sets = Vec::new();
    let mut read = 0;
    while let Some(line) = lines.next() {
        read += 1;
        if read % 1000 == 0 && !watch(Progress { read, rows: folder.rows() }) {
            break;
        }
        let text = line.text.trim();
        if let Some((mark, words)) = text.split_once('=').filter(|(mark, _)| mark.trim().starts_with('!')) {
            sets.push((mark.trim().to_owned(), words.split(',').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect()));
            continue;
        }
        let place = lines.place(line.number);
        let Some((phrase, code)) = parts(&line) else {
            folder.leave(&place, text, "no agent: expected PHRASE {plural} [~CODE]")?;
            continue;
        };
        let coded = coded(code);
        for lost in &coded.lost {
            folder.leave(&place, text, &format!("part {lost} of a code has no counterpart"))?;
        }
        let Some(sector) = coded.sector else {
            folder.leave(&place, text, "code without a sector that marsad has")?;
            continue;
        };
        if phrase.contains('{') && !phrase.contains("{}") {
            folder.count_left("irregular plural, which marsad makes itself");
        }
        for lemma in lemmas(phrase, &sets) {
            add(folder, known, &lemma, sector, &place)?;
        }
    }
    watch(Progress { read, rows: folder.rows() });
    Ok(())
}

fn parts(line: &Line) -> Option<(&str, &str)> {
    let (phrase, code) = line.text.split_once('[')?;
    let code = code.split([']', '}']).next()?.trim();
    (code.contains('~') && !phrase.trim().is_empty()).then_some((phrase.trim(), code))
}

/// The phrase as lemmas in small letters: without the plural in braces, sets put in. Plurals that a set adds are forms of what it adds beside them.
fn lemmas(phrase: &str, sets: &Sets) -> Vec<String> {
    let phrase = phrase.split('{').next().unwrap_or_default();
    let mut out = vec![phrase.to_owned()];
    for (mark, words) in sets {
        let singular = |w: &&String| {
            !words.iter().any(|other| *w == &format!("{other}S") || (w.ends_with("IES") && other.ends_with('Y') && w.starts_with(&other[..other.len() - 1])))
        };
        let words: Vec<&String> = words.iter().filter(singular).filter(|w| !w.ends_with("MEN")).collect();
        out = out.iter().flat_map(|p| if p.contains(mark) { words.iter().map(|w| p.replace(mark, w)).collect() } else { vec![p.clone()] }).collect();
    }
    let small = |p: String| p.trim().trim_matches('_').replace(['_', '*', '!'], " ").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    out.into_iter().map(small).filter(|p| !p.is_empty()).collect()
}

fn add(folder: &mut Folder, known: &rustc_hash::FxHashSet<String>, lemma: &str, sector: &str, place: &str) -> Result<(), ImportError> {
    if known.contains(lemma) {
        folder.count_left("known to the built-in tables already");
        return Ok(());
    }
    let Some(shape) = shape(PATH) else { return Ok(()) };
    let words: Vec<&str> = lemma.split(' ').collect();
    let head = words.iter().position(|w| ["of", "for", "to", "at", "in"].contains(w)).filter(|at| *at > 0).map_or(words.len() - 1, |at| at - 1);
    let starred: Vec<String> = words.iter().enumerate().map(|(i, w)| if i == head && head > 0 { format!("{w}*") } else { (*w).to_owned() }).collect();
    let kind = if BODIES.contains(&words[head]) {
        "body"
    } else if words[head].ends_with('s') && !words[head].ends_with("ss") {
        "group"
    } else {
        "person"
    };
    let cells = [starred.join(" "), kind.to_owned(), sector.to_owned(), "-".to_owned()];
    if !folder.add(PATH, &shape, "", &cells)? {
        folder.leave(place, lemma, "stands in the table already")?;
    }
    Ok(())
}
