//! CAMEO's event codes.

use std::sync::LazyLock;

use crate::model::EventType;

/// What a code is in PLOVER.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A type and perhaps a mode.
    Is(EventType, Option<&'static str>),
    /// `---`: the words are no event.
    Nothing,
    /// A code without a type.
    Without,
}

static CODES: LazyLock<Vec<(&str, EventType, Option<&str>)>> = LazyLock::new(|| {
    let lines = include_str!("cameo.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
    let row = |l: &'static str| {
        let c: Vec<&str> = l.split('\t').collect();
        Some((*c.first()?, EventType::from_name(c.get(1)?)?, c.get(2).copied().filter(|m| *m != "-")))
    };
    lines.filter_map(row).collect()
});

/// The type and mode of a code: the longest code of the table that it begins with.
pub fn event(code: &str) -> Event {
    if code.starts_with("---") {
        return Event::Nothing;
    }
    let fitting = CODES.iter().filter(|(c, ..)| code.starts_with(c)).max_by_key(|(c, ..)| c.len());
    fitting.map_or(Event::Without, |(_, kind, mode)| Event::Is(*kind, *mode))
}

/// The frame of a type's verbs where a pattern tells none.
pub fn frame(kind: EventType) -> &'static str {
    use EventType as T;
    match kind {
        T::Agree => "subj>with|obj|to",
        T::Consult => "subj+with|obj",
        T::Cooperate => "subj+with|obj",
        T::Aid => "subj>obj|to|iobj",
        T::Support | T::Accuse => "subj>obj|of",
        T::Concede | T::Retreat => "subj>to|from|obj",
        T::Request => "subj>obj|from|to",
        T::Reject => "subj>obj|of|from",
        T::Threaten | T::Protest => "subj>obj|against",
        T::Sanction | T::Mobilize | T::Coerce | T::Assault => "subj>obj|against|on",
    }
}
