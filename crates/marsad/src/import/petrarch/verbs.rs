//! Verbs: blocks of synonyms with a code, and patterns of more words with codes of their own.

use marsad_text::Lang;
use rustc_hash::FxHashSet;

use super::cameo::{Event, event, frame};
use super::known;
use super::lines::{Line, Lines};
use super::patterns::{Pattern, Sets, pattern, phrase};
use crate::forms::Vary;
use crate::import::{Folder, ImportError, Progress};

/// A block: verbs that are alike, and patterns that hold for all of them.
#[derive(Default)]
struct Block {
    code: String,
    verbs: Vec<Verb>,
    /// Whether patterns have begun, so that a verb begins the next block where no head does.
    patterns: bool,
}

/// A verb as its row has it, and its word alone in capitals, as comments name it.
struct Verb {
    lemma: String,
    capitals: String,
}

struct Import<'a> {
    folder: &'a mut Folder,
    sets: Sets,
    set: Option<String>,
    block: Block,
    /// All verbs so far and the built-in ones, in small letters.
    verbs: FxHashSet<String>,
    /// Where and why something was left out last: a pattern of many verbs is told once.
    last: (String, String),
}

pub fn import(lines: &mut Lines, folder: &mut Folder, watch: &mut dyn FnMut(Progress) -> bool) -> Result<(), ImportError> {
    let mut import = Import { folder, sets: Sets::new(), set: None, block: Block::default(), verbs: known::VERBS.clone(), last: Default::default() };
    let mut read = 0;
    while let Some(line) = lines.next() {
        read += 1;
        if read % 1000 == 0 && !watch(Progress { read, rows: import.folder.rows() }) {
            break;
        }
        let place = lines.place(line.number);
        import.folder.end_entry();
        import.line(&line, &place)?;
    }
    watch(Progress { read, rows: import.folder.rows() });
    Ok(())
}

impl Import<'_> {
    fn line(&mut self, line: &Line, place: &str) -> Result<(), ImportError> {
        let text = line.text.trim();
        if text.starts_with("---") || text.starts_with("###") {
            self.set = None;
            self.block = Block { code: bracket(text).unwrap_or_default(), ..Block::default() };
            return Ok(());
        }
        if let Some(name) = text.strip_prefix('&') {
            let name = format!("&{}", name.trim_end_matches('_').trim());
            self.sets.insert(name.clone(), Vec::new());
            self.set = Some(name);
            return Ok(());
        }
        if let Some(rest) = text.strip_prefix('-').or_else(|| text.strip_prefix('~')) {
            self.set = None;
            self.block.patterns = true;
            return self.pattern(rest, line, place);
        }
        // In a set a line with a plus is a synonym; in a block it is a verb whose starred word comes first.
        if let Some(set) = self.set.as_ref().filter(|_| text.starts_with('+')) {
            self.sets.entry(set.clone()).or_default().extend(phrase(&text[1..]));
            return Ok(());
        }
        self.set = None;
        self.verb(text, place)
    }

    fn verb(&mut self, text: &str, place: &str) -> Result<(), ImportError> {
        if self.block.patterns {
            self.block = Block::default();
        }
        let word = text.split(['{', '[']).next().unwrap_or_default().trim().trim_end_matches('_');
        let Some(lemma) = lemma(word) else { return self.folder.leave(place, text, "no verb: expected letters, perhaps joined by _") };
        let unknown = unknown_forms(&lemma, text);
        if !unknown.is_empty() {
            self.folder.leave(place, &format!("{text} ({})", unknown.join(" ")), "forms of a verb that marsad does not make")?;
        }
        let own = bracket(text);
        if self.block.verbs.is_empty() && self.block.code.is_empty() {
            self.block.code = own.clone().unwrap_or_default();
        }
        self.verbs.extend(lemma.split(' ').map(|w| w.trim_end_matches('*').to_owned()));
        let code = own.unwrap_or_else(|| self.block.code.clone());
        self.block.verbs.push(Verb { lemma: lemma.clone(), capitals: word.trim_start_matches('+').to_uppercase() });
        // A verb without a code, or with the empty one, only carries patterns.
        if code.is_empty() || code.starts_with("---") {
            return Ok(());
        }
        self.row(&lemma, &Pattern::default(), &code, text, place)
    }

    fn pattern(&mut self, text: &str, line: &Line, place: &str) -> Result<(), ImportError> {
        let whole = line.text.trim();
        let Some(code) = bracket(text) else { return self.folder.leave(place, whole, "a pattern without a code") };
        let pattern = match pattern(text.split('[').next().unwrap_or_default(), &self.sets) {
            Ok(pattern) => pattern,
            Err(reason) => return self.leave(place, whole, &reason),
        };
        if let Some(governor) = pattern.governed_by(&|w| self.verbs.contains(w)) {
            let governor = governor.to_owned();
            return self.leave(place, whole, &format!("words before the verb that govern it: {governor}"));
        }
        // The comment names the verbs in whose news the pattern was found; without it the pattern holds for all of the block.
        let named: Vec<&str> = line.comment.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        let in_comment: Vec<String> = self.block.verbs.iter().filter(|v| named.contains(&v.capitals.as_str())).map(|v| v.lemma.clone()).collect();
        let verbs = if in_comment.is_empty() { self.block.verbs.iter().map(|v| v.lemma.clone()).collect() } else { in_comment };
        if verbs.is_empty() {
            return self.folder.leave(place, whole, "a pattern before any verb");
        }
        verbs.iter().try_for_each(|verb| self.row(verb, &pattern, &code, whole, place))
    }

    /// Leaves out with a reason whose details after the colon are not counted apart.
    fn leave(&mut self, place: &str, what: &str, reason: &str) -> Result<(), ImportError> {
        let (reason, detail) = reason.split_once(": ").map_or((reason, ""), |(reason, detail)| (reason, detail));
        let this = (place.to_owned(), reason.to_owned());
        if std::mem::replace(&mut self.last, this.clone()) == this {
            return Ok(());
        }
        let what = if detail.is_empty() { what.to_owned() } else { format!("{what} ({detail})") };
        self.folder.leave(place, &what, reason)
    }

    fn row(&mut self, lemma: &str, pattern: &Pattern, code: &str, text: &str, place: &str) -> Result<(), ImportError> {
        let (first, second) = code.split_once(':').map_or((code, None), |(a, b)| (a, Some(b)));
        let one_sided = first.is_empty();
        let first = if one_sided { second.unwrap_or_default() } else { first };
        let (kind, mode) = match event(first) {
            Event::Is(kind, mode) => (kind, mode),
            Event::Nothing => return self.no_event(lemma, pattern, text, place),
            Event::Without => return self.leave(place, text, "a CAMEO code that PLOVER has no type for (comments 01, appeals 02)"),
        };
        let paired = second.filter(|_| !one_sided);
        if paired.is_some_and(|other| !matches!(event(other), Event::Is(other, _) if other == kind)) {
            self.leave(place, text, "the second code of a pair of another type")?;
        }
        let condition = match pattern.condition() {
            Ok(condition) => condition,
            Err(reason) => return self.leave(place, text, &reason),
        };
        let frame = if one_sided { ">subj".to_owned() } else { pattern.frame(frame(kind), paired.is_some()) };
        // What the words tell needs no second proof; a bare verb needs somebody known.
        let sense = if condition.is_empty() { "A/R".to_owned() } else { format!("A/R {condition}") };
        let mode = mode.unwrap_or("-").to_owned();
        let path = format!("events/types/{}/en.tsv", kind.folder());
        self.write(&path, [lemma.to_owned(), "v".to_owned(), frame, mode, sense, "-".to_owned()], text, place)
    }

    /// A pattern whose code is `---`: an expression that keeps other rows from firing.
    fn no_event(&mut self, lemma: &str, pattern: &Pattern, text: &str, place: &str) -> Result<(), ImportError> {
        let condition = match pattern.condition() {
            Ok(condition) if condition.is_empty() => return self.leave(place, text, "the empty code without a further word"),
            Ok(condition) => condition,
            Err(reason) => return self.leave(place, text, &reason),
        };
        let cells = [lemma.to_owned(), "v".to_owned(), "-".to_owned(), "-".to_owned(), condition, "-".to_owned()];
        self.write("events/types/none/en.tsv", cells, text, place)
    }

    fn write(&mut self, path: &str, cells: [String; 6], text: &str, place: &str) -> Result<(), ImportError> {
        let Some(shape) = crate::events::shape(path) else { return Ok(()) };
        if !self.folder.add(path, &shape, &cells)? {
            self.leave(place, text, "stands in the table already")?;
        }
        Ok(())
    }
}

/// The forms in braces behind a verb that are not among those of its row.
fn unknown_forms(lemma: &str, text: &str) -> Vec<String> {
    let Some(inner) = text.split_once('{').and_then(|(_, rest)| rest.split('}').next()) else { return Vec::new() };
    let words: Vec<&str> = lemma.split(' ').collect();
    let head = words.iter().position(|w| w.ends_with('*')).unwrap_or(0);
    let known = Vary::Verb.forms(Lang::En, words[head].trim_end_matches('*'));
    let form = |given: &str| given.split(['_', '+']).filter(|p| !p.is_empty()).nth(head).map(str::to_lowercase);
    inner.split_whitespace().filter_map(form).filter(|form| !known.contains(form)).collect()
}

fn bracket(text: &str) -> Option<String> {
    let (_, rest) = text.split_once('[')?;
    let code = rest.split(']').next()?.trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// `CLEAR_UP` as `clear up`, `SHOT_+DOWN` with the word behind the plus as head; words of letters only.
fn lemma(word: &str) -> Option<String> {
    let parts: Vec<&str> = word.split(['_', ' ']).filter(|p| !p.is_empty() && *p != "+").collect();
    let head = parts.iter().position(|p| p.starts_with('+')).unwrap_or(0);
    let clean: Vec<String> = parts.iter().map(|p| p.trim_matches('+').to_lowercase()).collect();
    if clean.is_empty() || clean.iter().any(|p| p.is_empty() || !p.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '/'))) {
        return None;
    }
    let starred = clean.iter().enumerate().map(|(i, p)| if i == head && head > 0 { format!("{p}*") } else { p.clone() });
    Some(starred.collect::<Vec<_>>().join(" "))
}
