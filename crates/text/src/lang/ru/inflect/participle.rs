//! Participles are declined like adjectives; passive ones have short forms too.

use super::{add, adjective};

/// The long forms of a participle in -ий or -ый.
pub(super) fn decline(masculine: &str, out: &mut Vec<String>) {
    adjective::long(masculine, out);
}

/// All forms of a passive participle, from its short masculine: арестован, арестована, арестованный; взят, взятый; обвиняем, обвиняемый.
pub(super) fn decline_passive(short: &str, out: &mut Vec<String>) {
    add(out, short, "_ а о ы");
    let double = if short.ends_with('н') { "нный" } else { "" };
    match double {
        "" => decline(&format!("{short}ый"), out),
        _ => decline(&format!("{}{double}", super::cut(short, 1)), out),
    }
}
