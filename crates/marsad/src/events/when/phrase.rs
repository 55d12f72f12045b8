//! The notation of phrases in the tables, and its expansion into plain sequences.
//!
//! `a b` one after the other, `a|b` either, `[a b]` may be missing, `(a b)` must be there but is not part of the expression (only at its ends).

/// One place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'t> {
    /// What may stand there, separated by `|`.
    pub alternatives: &'t str,
    /// Whether it is outside the expression.
    pub context: bool,
}

/// Every sequence that a phrase allows, the fullest first.
///
/// # Errors
/// What is wrong with the brackets.
pub fn expand(phrase: &str) -> Result<Vec<Vec<Place<'_>>>, String> {
    let mut at = tokens(phrase);
    let all = sequence(&mut at, false, None)?;
    match at.next() {
        None => Ok(all.into_iter().filter(|s| !s.is_empty()).collect()),
        Some(t) => Err(format!("{t} closes nothing")),
    }
}

/// Brackets and words of a phrase.
fn tokens(phrase: &str) -> std::iter::Peekable<std::vec::IntoIter<&str>> {
    let mut out = Vec::new();
    for mut word in phrase.split_whitespace() {
        while !word.is_empty() {
            let end = match word.find(['[', ']', '(', ')']) {
                Some(0) => 1,
                Some(n) => n,
                None => word.len(),
            };
            out.push(&word[..end]);
            word = &word[end..];
        }
    }
    out.into_iter().peekable()
}

type Tokens<'t> = std::iter::Peekable<std::vec::IntoIter<&'t str>>;

/// Reads up to the closing bracket that is expected.
fn sequence<'t>(at: &mut Tokens<'t>, context: bool, close: Option<&str>) -> Result<Vec<Vec<Place<'t>>>, String> {
    let mut all = vec![Vec::new()];
    while let Some(&token) = at.peek() {
        if matches!(token, "]" | ")") {
            break;
        }
        at.next();
        let tails = match token {
            "[" => {
                let mut inner = sequence(at, context, Some("]"))?;
                inner.push(Vec::new());
                inner
            }
            "(" => sequence(at, true, Some(")"))?,
            alternatives => vec![vec![Place { alternatives, context }]],
        };
        all = all.iter().flat_map(|head| tails.iter().map(move |tail| [head.as_slice(), tail].concat())).collect();
    }
    match close {
        Some(bracket) if at.next() != Some(bracket) => Err(format!("{bracket} is missing")),
        _ => Ok(all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(phrase: &str) -> Vec<String> {
        let place = |p: &Place<'_>| if p.context { format!("({})", p.alternatives) } else { p.alternatives.to_owned() };
        expand(phrase).expect(phrase).iter().map(|s| s.iter().map(place).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn optional_places_are_there_or_not() {
        assert_eq!(shown("(in|on) [the [very]] a|b"), ["(in|on) the very a|b", "(in|on) the a|b", "(in|on) a|b"]);
        assert_eq!(shown("[a] b [c]"), ["a b c", "a b", "b c", "b"]);
    }

    #[test]
    fn brackets_must_close() {
        assert!(expand("a [b").is_err());
        assert!(expand("a b)").is_err());
        assert!(expand("(a [b)").is_err());
    }
}
