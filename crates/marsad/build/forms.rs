//! The forms of the words of events, contexts, factuality, sizes and roles, as `src/forms/made.rs` reads them.
//!
//! Which words a table has, its loader in the program decides; a word that is missed here is inflected there, and a test tells.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use marsad_text::Lang;
use marsad_text::normal::fold;

use crate::cut::Cut;
use crate::each_row;
use crate::named::{country_names, variants};
use crate::vary::{Vary, word_hash};

type Words = BTreeSet<(Vary, String)>;

/// Writes the words of a language, the forms and which words have them.
pub fn write(lang: Lang) {
    let mut hashed: Vec<(u64, (Vary, String))> = words(lang).into_iter().map(|word| (word_hash(word.0, &word.1), word)).collect();
    hashed.sort();
    assert!(hashed.windows(2).all(|two| two[0].0 != two[1].0), "two words share a hash");
    let mut forms: BTreeMap<String, BTreeSet<u16>> = BTreeMap::new();
    for (n, (_, (vary, word))) in hashed.iter().enumerate() {
        let n = u16::try_from(n).expect("numbers of words have 16 bits");
        vary.forms(lang, word).into_iter().for_each(|form| _ = forms.entry(form).or_default().insert(n));
    }
    let mut sets: BTreeMap<&BTreeSet<u16>, u64> = BTreeMap::new();
    for words in forms.values() {
        let next = sets.len() as u64;
        sets.entry(words).or_insert(next);
    }
    // The program keeps a set's number plus one in 16 bits, all of them ones for nothing.
    assert!(sets.len() < 0xfffe, "{} sets of words", sets.len());
    let map = fst::Map::from_iter(forms.iter().map(|(form, words)| (form, sets[words]))).expect("they are sorted");
    let mut in_order: Vec<(&BTreeSet<u16>, u64)> = sets.into_iter().collect();
    in_order.sort_by_key(|(_, n)| *n);
    let mut starts = vec![0u32];
    for (words, _) in &in_order {
        starts.push(starts[starts.len() - 1] + words.len() as u32);
    }
    let file = |kind: &str, bytes: Vec<u8>| crate::write(&format!("{lang}.{kind}"), &bytes);
    file("words", hashed.iter().flat_map(|(hash, _)| hash.to_le_bytes()).collect());
    file("starts", starts.iter().flat_map(|n| n.to_le_bytes()).collect());
    file("members", in_order.iter().flat_map(|(words, _)| words.iter().flat_map(|n| n.to_le_bytes())).collect());
    file("fst", map.as_fst().as_bytes().to_vec());
}

fn words(lang: Lang) -> Words {
    let mut words = Words::new();
    for folder in fs::read_dir("src/events/types").expect("it is there").flatten().filter(|folder| folder.path().is_dir()) {
        each_row(&format!("{}/{lang}.tsv", folder.path().display()), |cells| {
            let parts: Vec<&str> = cells[0].split_whitespace().collect();
            let head = parts.iter().position(|w| w.ends_with('*')).unwrap_or(0);
            for (n, part) in parts.iter().enumerate() {
                words.insert(if n == head { (of_pos(cells[1]), part.trim_end_matches('*').to_owned()) } else { (Vary::Part, fold(part)) });
            }
        });
    }
    each_row(&format!("src/events/contexts/{lang}.tsv"), |cells| {
        for separators in [&[' ', '-'][..], &[' ']] {
            for (n, part) in cells[0].split(separators).filter(|w| !w.is_empty()).enumerate() {
                words.insert((if n == 0 { Vary::Topic } else { Vary::TopicPart }, part.to_owned()));
            }
        }
    });
    each_row(&format!("src/events/factuality/{lang}.tsv"), |cells| {
        let lemma = cells[0].replace('*', "");
        words.extend(lemma.split_whitespace().next().map(|head| (of_pos(cells[1]), head.to_owned())));
    });
    if lang == Lang::Ru {
        each_row("src/events/perfective/ru.tsv", |cells| _ = words.insert((Vary::Verb, cells[0].to_owned())));
    }
    each_row(&format!("src/events/size/{lang}.tsv"), |cells| {
        words.insert((of_pos(cells[1]), cells[0].to_owned()));
        if lang == Lang::Ru && cells[1] == "n" && (cells[0].ends_with("ий") || cells[0].ends_with("ый")) {
            words.insert((Vary::Adjective, cells[0].to_owned()));
        }
    });
    let mut cut = Cut::default();
    let mut atoms = |name: &str, vary| {
        cut.cut(lang, name.trim_end_matches('!').trim(), true);
        words.extend(cut.atoms().map(|atom| (vary, atom.to_owned())));
    };
    each_row(&format!("src/actors/roles/{lang}.tsv"), |cells| atoms(&cells[0].replace('*', ""), Vary::Role));
    each_row("src/actors/countries.tsv", |cells| {
        // Adjectives are declined in the program where a text has a word that begins so (Russian) or stand as they are (English).
        let inflected = |vary| vary == Vary::Role || vary == Vary::Nationality && lang == Lang::Ar;
        country_names(
            lang,
            cells[0],
            |column| variants(cells[column]),
            |name, vary, _| {
                if inflected(vary) {
                    atoms(name, vary)
                }
            },
        );
    });
    words
}

fn of_pos(letter: &str) -> Vary {
    Vary::of_letter(letter).unwrap_or_else(|| panic!("a part of speech is {letter}, expected v, n, a or p"))
}
