//! Frames: where actor and recipient of an event word stand (docs/LEXICON.md, "Frames").

use std::fmt;

use marsad_text::normal::fold;

/// A place in the tree relative to the trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Logical subject.
    Subj,
    /// Logical object.
    Obj,
    /// Second object or bare dative.
    Iobj,
    /// Bare genitive, idafa, attached pronoun, of-phrase or possessive.
    Gen,
    /// English possessive.
    Poss,
    /// English of-phrase.
    Of,
    /// Bare instrumental.
    Ins,
    /// Agent phrase.
    Agt,
    /// Adjective of nationality, compound noun.
    Adj,
    /// Subject of the content clause.
    Clause,
    /// The trigger itself, a word for those who act: "protesters".
    Own,
    /// Phrase with this folded preposition.
    With(String),
}

/// One way in which a word takes its participants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Where the actor stands, in order of preference.
    pub actor: Vec<Slot>,
    /// Where the recipient stands, or the other side.
    pub recipient: Vec<Slot>,
    /// Whether all sides are actors of one reciprocal event.
    pub reciprocal: bool,
}

/// Slots that are no prepositions, as tables write them.
const SLOTS: &[&str] = &["subj", "obj", "iobj", "gen", "poss", "of", "ins", "agt", "adj", "clause", "self"];

/// Whether a slot is meant for one of [`SLOTS`] but is written in another way: `subject`, `OBJ`, `dobj`. Prepositions have no capitals.
fn is_misspelt(slot: &str) -> bool {
    let small = slot.to_lowercase();
    let begins =
        ["subj", "obj", "dobj", "iobj", "nsubj", "agent", "recip", "actor", "claus", "poss", "adj", "genit"].iter().any(|name| small.starts_with(name));
    !SLOTS.contains(&slot) && (begins || slot.chars().any(char::is_uppercase))
}

impl Slot {
    fn parse(text: &str) -> Slot {
        match text {
            "subj" => Slot::Subj,
            "obj" => Slot::Obj,
            "iobj" => Slot::Iobj,
            "gen" => Slot::Gen,
            "poss" => Slot::Poss,
            "of" => Slot::Of,
            "ins" => Slot::Ins,
            "agt" => Slot::Agt,
            "adj" => Slot::Adj,
            "clause" => Slot::Clause,
            "self" => Slot::Own,
            preposition => Slot::With(fold(preposition)),
        }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Slot::Subj => "subj",
            Slot::Obj => "obj",
            Slot::Iobj => "iobj",
            Slot::Gen => "gen",
            Slot::Poss => "poss",
            Slot::Of => "of",
            Slot::Ins => "ins",
            Slot::Agt => "agt",
            Slot::Adj => "adj",
            Slot::Clause => "clause",
            Slot::Own => "self",
            Slot::With(preposition) => preposition,
        })
    }
}

/// Reads the alternatives of a frame cell, `ACTOR > RECIPIENT ; …`.
///
/// # Errors
/// What was expected, for a side that is not a list of slots or an alternative without `>` or `+`.
pub fn parse(cell: &str) -> Result<Vec<Frame>, String> {
    cell.split(';').map(|alternative| parse_one(alternative.trim())).collect()
}

fn parse_one(text: &str) -> Result<Frame, String> {
    let reciprocal = text.contains('+');
    let (actor, recipient) =
        text.split_once(['>', '+']).ok_or_else(|| format!("frame «{text}» has neither > nor +, expected ACTOR>RECIPIENT or ACTOR+OTHER"))?;
    if recipient.contains(['>', '+']) {
        return Err(format!("frame «{text}» has more than two sides"));
    }
    let side = |side: &str| -> Result<Vec<Slot>, String> {
        let side = side.trim();
        if side.is_empty() {
            return Ok(Vec::new());
        }
        side.split('|')
            .map(|slot| match slot.trim() {
                "" => Err(format!("frame «{text}» has an empty slot")),
                slot if slot.contains(char::is_whitespace) => Err(format!("slot «{slot}» holds a space, join the words of a preposition with _")),
                slot if is_misspelt(slot) => Err(format!("slot «{slot}» is no preposition, expected {}", SLOTS.join(", "))),
                slot => Ok(Slot::parse(slot)),
            })
            .collect()
    };
    Ok(Frame { actor: side(actor)?, recipient: side(recipient)?, reciprocal })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_with_their_alternatives() {
        let frames = parse("agt|gen>على ; subj+with|obj ; >obj").expect("sound");
        assert_eq!(frames.len(), 3);
        assert_eq!(frames[0].recipient, [Slot::With("علي".to_owned())]);
        assert!(frames[1].reciprocal && frames[1].recipient.len() == 2);
        assert!(frames[2].actor.is_empty());
        for wrong in ["subj", "subj>obj>to", "subj|>obj", "subj>with the", "subject>obj", "subj>OBJ", "subj>dobj|on"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
