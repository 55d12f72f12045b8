//! Agents: roles with the part of a code that they add to a country's.

use marsad_text::Lang;
use rustc_hash::{FxHashMap, FxHashSet};

use super::codes::coded;
use super::known;
use super::lines::{Line, Lines};
use super::patterns::MOST;
use crate::actors::shape;
use crate::forms::Vary;
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

/// Sets of words, each to be put in the place of its `!MARK!`.
type Sets = FxHashMap<String, Vec<String>>;

pub fn import(lines: &mut Lines, folder: &mut Folder, watch: &mut dyn FnMut(Progress) -> bool) -> Result<(), ImportError> {
    let known = &*known::ROLES;
    let mut sets = Sets::default();
    let mut read = 0;
    while let Some(line) = lines.next() {
        folder.end_entry();
        read += 1;
        if read % 1000 == 0 && !watch(Progress { read, rows: folder.rows() }) {
            break;
        }
        let text = line.text.trim();
        if let Some((mark, words)) = text.split_once('=').filter(|(mark, _)| mark.trim().starts_with('!')) {
            sets.insert(mark.trim().to_owned(), singulars(words));
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
        if let Some(plural) = unknown_plural(phrase) {
            folder.leave(&place, &format!("{text} ({plural})"), "a plural that marsad does not make")?;
        }
        match lemmas(phrase, &sets) {
            Ok(lemmas) => lemmas.iter().try_for_each(|lemma| add(folder, known, lemma, sector, &place))?,
            Err(reason) => folder.leave(&place, text, &reason)?,
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

/// The plural in braces behind a phrase, if it is not among the forms of the phrase's last word.
fn unknown_plural(phrase: &str) -> Option<String> {
    let (one, rest) = phrase.split_once('{')?;
    let last = |phrase: &str| phrase.trim().trim_end_matches('_').rsplit(['_', ' ']).next().unwrap_or_default().to_lowercase();
    let (one, many) = (last(one), last(rest.split('}').next()?));
    let known = many.is_empty() || one.contains('!') || Vary::Role.forms(Lang::En, &one).contains(&many);
    (!known).then_some(many)
}

/// The words of a set without plurals, which are forms of what stands beside them.
fn singulars(words: &str) -> Vec<String> {
    let words: Vec<&str> = words.split(',').map(str::trim).filter(|w| !w.is_empty()).collect();
    let all: FxHashSet<&str> = words.iter().copied().collect();
    let plural = |w: &str| {
        w.ends_with("MEN")
            || w.strip_suffix('S').is_some_and(|one| all.contains(one))
            || w.strip_suffix("IES").is_some_and(|stem| all.contains(format!("{stem}Y").as_str()))
    };
    words.iter().filter(|w| !plural(w)).map(|w| (*w).to_owned()).collect()
}

/// The phrase as lemmas in small letters: without the plural in braces, each way to choose a word of its sets put in.
fn lemmas(phrase: &str, sets: &Sets) -> Result<Vec<String>, String> {
    let phrase = phrase.split('{').next().unwrap_or_default();
    let mut out = vec![String::new()];
    // Between two marks of exclamation stands a set's name, elsewhere text; a mark that no set has is text too.
    let mut rest = phrase;
    while let Some(at) = rest.find('!') {
        let end = rest[at + 1..].find('!').map(|length| at + length + 2);
        let (text, words) = match end.and_then(|end| Some((end, sets.get(&rest[at..end])?))) {
            Some((end, words)) => {
                let text = &rest[..at];
                rest = &rest[end..];
                (text, words.as_slice())
            }
            None => {
                let text = &rest[..=at];
                rest = &rest[at + 1..];
                (text, [].as_slice())
            }
        };
        if out.len() * words.len() > MOST {
            return Err(format!("more than {MOST} combinations of its sets of words"));
        }
        out.iter_mut().for_each(|o| o.push_str(text));
        if !words.is_empty() {
            out = out.iter().flat_map(|o| words.iter().map(move |w| format!("{o}{w}"))).collect();
        }
    }
    let small = |p: String| (p + rest).trim().trim_matches('_').replace(['_', '*', '!'], " ").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    Ok(out.into_iter().map(small).filter(|p| !p.is_empty()).collect())
}

fn add(folder: &mut Folder, known: &FxHashSet<String>, lemma: &str, sector: &str, place: &str) -> Result<(), ImportError> {
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
    if !folder.add(PATH, &shape, &cells)? {
        folder.leave(place, lemma, "stands in the table already")?;
    }
    Ok(())
}
