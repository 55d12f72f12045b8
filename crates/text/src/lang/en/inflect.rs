//! English inflection: -s, -ed, -ing, -er, -est, with consonant doubling, dropped e and y → i, in British and American spelling.
//!
//! Irregular verbs and nouns come from `irregular.tsv`, also under a prefix (overthrow, withdraw, rebuild) or as the last part of a
//! compound (policemen, airstrikes). Words spelled in two ways (`spelling.tsv`, -ise and -ize) give the forms of both.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::Lang;
use crate::inflect::{How, Inflect, irregular};

/// Adds the regular forms of `lemma`, those of its other spelling, and those of an irregular word that it ends in.
pub fn inflect(lemma: &str, pos: Inflect, out: &mut Vec<String>) {
    let spellings = spellings(lemma);
    out.extend(spellings.iter().skip(1).cloned());
    for word in &spellings {
        match pos {
            Inflect::Verb => verb(word, out),
            Inflect::Noun => noun(word, out),
            Inflect::Adjective => adjective(word, out),
            Inflect::Surname | Inflect::Name | Inflect::Particle => {}
        }
    }
}

/// -s, -ed, -ing of a verb, or the forms of the irregular verb behind its prefix.
fn verb(word: &str, out: &mut Vec<String>) {
    if compound(word, Inflect::Verb, &VERB_PREFIXES, out) {
        return;
    }
    out.push(with_s(word));
    for stem in stems_before_vowel(word) {
        out.push(with_ed(&stem));
        out.push(with_ing(&stem));
    }
}

/// The plural of a noun.
fn noun(word: &str, out: &mut Vec<String>) {
    if let Some((head, tail)) = word.split_once('-').filter(|(head, tail)| inflects_inside(head, tail)) {
        out.push(format!("{}-{tail}", with_s(head)));
        return;
    }
    if compound(word, Inflect::Noun, &[], out) {
        return;
    }
    out.push(with_s(word));
    if let Some(stem) = word.strip_suffix("sis").filter(|stem| stem.len() > 2) {
        out.push(format!("{stem}ses"));
    }
    if word.ends_with('o') && !ends_in_vowel_and(word, 1) || word.ends_with("arch") || word.ends_with("mach") {
        out.push(format!("{word}s"));
    }
}

/// -er and -est of a short adjective; longer ones have no forms.
fn adjective(word: &str, out: &mut Vec<String>) {
    let short = vowel_groups(word) == 1 || ["y", "le", "ow", "er"].iter().any(|end| word.ends_with(end)) && vowel_groups(word) <= 2;
    if !short {
        return;
    }
    for stem in stems_before_vowel(word) {
        let stem = match stem.strip_suffix('y') {
            Some(rest) if !ends_in_vowel_and(&stem, 1) => format!("{rest}i"),
            _ => stem.strip_suffix('e').unwrap_or(&stem).to_string(),
        };
        out.push(format!("{stem}er"));
        out.push(format!("{stem}est"));
    }
}

/// Prefixes under which a verb keeps its irregular forms. Others would find no verb: `become` is not `be` and `come`.
const VERB_PREFIXES: [&str; 12] = ["over", "under", "out", "up", "mis", "fore", "un", "with", "counter", "re", "pre", "inter"];

/// Whether a compound takes its -s inside: commander-in-chief, brother-in-law, passer-by, runner-up; not break-up.
fn inflects_inside(head: &str, tail: &str) -> bool {
    ["in-", "at-", "of-"].iter().any(|start| tail.starts_with(start)) || head.ends_with("er") && ["by", "up", "on"].contains(&tail)
}

/// Adds the forms of the irregular word at the end of `word`: after a prefix, a hyphen, or for nouns after any other word of
/// three letters or more (gun-men, grand-children). Says whether there was one.
fn compound(word: &str, pos: Inflect, prefixes: &[&str], out: &mut Vec<String>) -> bool {
    let table = irregular(Lang::En);
    for (at, _) in word.char_indices().skip(1) {
        let (first, last) = word.split_at(at);
        let joined = first.ends_with('-') || prefixes.contains(&first) || pos == Inflect::Noun && first.len() > 2 && last.len() > 2;
        let forms = table.forms(last, pos, How::Whole);
        if joined && !forms.is_empty() {
            out.extend(forms.iter().map(|form| format!("{first}{form}")));
            return true;
        }
    }
    false
}

/// `word` and its stems before -ed, -ing, -er: with the last consonant doubled after one short vowel (stop, plan), both ways after
/// a long word's -l (travelled, traveled); words stressed on the end (admit) stand in the table.
fn stems_before_vowel(word: &str) -> Vec<String> {
    let last = word.chars().last().unwrap_or(' ');
    let doubled = format!("{word}{last}");
    match (doubles(word, last), vowel_groups(unprefixed(word)) == 1) {
        (true, true) if last == 's' => vec![word.to_string(), doubled],
        (true, true) => vec![doubled],
        (true, false) if last == 'l' => vec![word.to_string(), doubled],
        _ => vec![word.to_string()],
    }
}

/// The verb behind a hyphen or a prefix that never bears the stress: co-star, underpin, unzip.
fn unprefixed(word: &str) -> &str {
    let last = word.rsplit('-').next().unwrap_or(word);
    let rest = ["over", "under", "un", "out"].iter().find_map(|prefix| last.strip_prefix(prefix));
    rest.filter(|rest| rest.len() > 2).unwrap_or(last)
}

/// Whether the word ends in consonant, one vowel, consonant.
fn doubles(word: &str, last: char) -> bool {
    let word = word.replace("qu", "qw");
    let mut back = word.chars().rev().skip(1);
    let (vowel, before) = (back.next(), back.next());
    !is_vowel(last) && last.is_ascii_lowercase() && !"wxyhck".contains(last) && vowel.is_some_and(is_vowel) && before.is_some_and(|c| !is_vowel(c))
}

/// Plural of a noun, third person of a verb.
fn with_s(word: &str) -> String {
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end));
    if hisses || word.ends_with('o') && !ends_in_vowel_and(word, 1) {
        return format!("{word}es");
    }
    match word.strip_suffix('y') {
        Some(stem) if !ends_in_vowel_and(word, 1) && !stem.is_empty() => format!("{stem}ies"),
        _ => format!("{word}s"),
    }
}

/// Past of a regular verb.
fn with_ed(stem: &str) -> String {
    if stem.ends_with('e') {
        return format!("{stem}d");
    }
    if stem.ends_with('c') {
        return format!("{stem}ked");
    }
    match stem.strip_suffix('y') {
        Some(rest) if !ends_in_vowel_and(stem, 1) => format!("{rest}ied"),
        _ => format!("{stem}ed"),
    }
}

/// Present participle.
fn with_ing(stem: &str) -> String {
    if let Some(rest) = stem.strip_suffix("ie") {
        return format!("{rest}ying");
    }
    if stem.ends_with('c') {
        return format!("{stem}king");
    }
    let keeps_e = ["ee", "oe", "ye"].iter().any(|end| stem.ends_with(end));
    match stem.strip_suffix('e') {
        Some(rest) if !keeps_e && rest.len() > 1 => format!("{rest}ing"),
        _ => format!("{stem}ing"),
    }
}

/// Whether the letter before the last `tail` letters is a vowel.
fn ends_in_vowel_and(word: &str, tail: usize) -> bool {
    word.chars().rev().nth(tail).is_some_and(is_vowel)
}

fn is_vowel(c: char) -> bool {
    "aeiou".contains(c)
}

/// Number of vowel groups, a measure of syllables: stop 1, visit 2. The u of qu is no vowel; y is one after a consonant; a silent
/// last e does not count.
fn vowel_groups(word: &str) -> usize {
    let word = word.replace("qu", "q");
    let word = word.strip_suffix('e').unwrap_or(&word);
    let (mut groups, mut inside) = (0, false);
    for (at, c) in word.char_indices() {
        let vowel = is_vowel(c) || c == 'y' && at > 0;
        groups += usize::from(vowel && !inside);
        inside = vowel;
    }
    groups
}

/// `spelling.tsv`: British and American spelling of a part of a word.
struct Spelling {
    pairs: Vec<(&'static str, &'static str)>,
    fixed: HashSet<&'static str>,
}

static SPELLING: LazyLock<Spelling> = LazyLock::new(|| {
    let rows = include_str!("spelling.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    let (fixed, pairs): (Vec<_>, Vec<_>) = rows.filter_map(|line| line.split_once('\t')).partition(|(british, american)| british == american);
    Spelling { pairs, fixed: fixed.into_iter().map(|(word, _)| word).collect() }
});

/// The word as given, and in the other spelling of English where it has one.
fn spellings(word: &str) -> Vec<String> {
    let mut all = vec![word.to_string()];
    for (british, american) in &SPELLING.pairs {
        if word.contains(british) {
            all.push(word.replacen(british, american, 1));
        } else if word.contains(american) {
            all.push(word.replacen(american, british, 1));
        }
    }
    all.extend(swapped_suffix(word));
    all
}

/// organise ↔ organize, analyse ↔ analyze and what is derived from them, but not advise, seize.
fn swapped_suffix(word: &str) -> Option<String> {
    let ends = [("ise", "ize"), ("yse", "yze"), ("isation", "ization"), ("iser", "izer"), ("ised", "ized"), ("ising", "izing")];
    ends.iter().flat_map(|(s, z)| [(*s, *z), (*z, *s)]).find_map(|(from, to)| {
        let stem = word.strip_suffix(from)?;
        let base = format!("{stem}{}", &from[..3].replace("isa", "ise").replace("iza", "ize").replace("isi", "ise").replace("izi", "ize"));
        let free = stem.len() > 2 && !SPELLING.fixed.contains(base.as_str());
        free.then(|| format!("{stem}{to}"))
    })
}

#[cfg(test)]
mod tests {
    use crate::Lang;
    use crate::inflect::tests::check;

    #[test]
    fn verbs() {
        check(
            Lang::En,
            "
            attack v | attacks attacked attacking
            stop v | stops stopped stopping | stoped
            visit v | visits visited visiting | visitted visitting
            admit v | admits admitted admitting
            plan v | planned planning
            bomb v | bombed bombing | bombbed
            invade v | invades invaded invading
            free v | frees freed freeing
            deny v | denies denied denying
            deploy v | deploys deployed deploying
            travel v | travels travelled traveled travelling traveling
            quit v | quits quitting
            panic v | panicked panicking
            die v | dies died dying
            organise v | organize organises organizes organised organized organising organizing
            organize v | organised organising
            advise v | advised advising | advized
            seize v | seized seizing | seised
            honour v | honours honors honoured honored honoring
            labor v | laboured labouring
            analyze v | analysed analysing
            overthrow v | overthrows overthrew overthrown overthrowing
            withdraw v | withdrew withdrawn withdrawing
            rebuild v | rebuilt
            be v | am is are was were been being
            strike v | struck striking stricken
            fight v | fought fighting
            veto v | vetoes vetoed vetoing
            refer v | referred referring
            kidnap v | kidnapped kidnapping
            offer v | offered offering | offerred
            focus v | focused focusing focussed
            march v | marches marched marching
            flee v | fled fleeing
            agree v | agrees agreed agreeing
            die v | | dieing
            tie v | tying
            sue v | sued suing
            hew v | hewed hewing
            tax v | taxes taxed taxing
            delay v | delays delayed delaying | delaid
            relay v | relayed relaying
            underpin v | underpinned underpinning
            co-star v | co-starred
            ",
        );
    }

    #[test]
    fn nouns() {
        check(
            Lang::En,
            "
            army n | armies
            attack n | attacks
            man n | men
            policeman n | policemen
            spokeswoman n | spokeswomen
            German n | Germans | Germen
            person n | people persons
            spokesperson n | spokespeople spokespersons
            child n | children
            crisis n | crises
            ceasefire n | ceasefires
            cease-fire n | cease-fires
            knife n | knives
            thief n | thieves
            belief n | beliefs
            chief n | chiefs
            hero n | heroes
            embargo n | embargoes embargos
            aircraft n | aircraft | aircrafts
            warplane n | warplanes
            passer-by n | passers-by
            runner-up n | runners-up
            oligarch n | oligarchs
            defence n | defense defenses defences
            neighbour n | neighbor neighbors neighbours
            organisation n | organization organizations organisations
            boss n | bosses
            box n | boxes
            day n | days
            memorandum n | memoranda memorandums
            coup n | coups
            break-up n | break-ups | breaks-up
            commander-in-chief n | commanders-in-chief
            analysis n | analyses
            ",
        );
    }

    #[test]
    fn adjectives_and_names() {
        check(
            Lang::En,
            "
            big a | bigger biggest
            large a | larger largest
            angry a | angrier angriest
            violent a | violent | violenter
            good a | better best
            Clinton s | Clinton | Clintons
            if p | if | ifs
            ",
        );
    }
}
