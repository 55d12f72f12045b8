//! Any text gives an analysis that keeps its promises; any file that is not a sound model is refused and says why.

use crate::check::{PARSERS, check, model};
use marsad_text::{Analysis, LANGUAGES, Lang, ModelError, Parser, Scratch};
use proptest::prelude::*;

fn parse(lang: Lang, text: &str) -> Analysis {
    PARSERS[&lang].parse(text, &mut Scratch::default())
}

/// Everything of an analysis, for comparing.
fn everything(analysis: &Analysis) -> String {
    let words = analysis.words().iter().map(|w| format!("{} {} {w:?}\n", analysis.form(w), analysis.lemma(w)));
    words.chain([format!("{:?}", analysis.sentences())]).collect()
}

/// Pieces of what the world writes, and of what it does not.
const PIECES: &[&str] = &[
    "The",
    "ministers'",
    "don’t",
    "U.S.",
    "Inc.",
    "Путин",
    "г.",
    "«",
    "»",
    "т. д.",
    "ёлка",
    "وبمدرستهم",
    "للبيت",
    "قالـــت",
    "مُحَادَثَات",
    "٢٠١٤",
    "،",
    "؟",
    "ﷺ",
    "ﻼ",
    "ل",
    "ه",
    "وو",
    "\u{202E}",
    "\u{2067}",
    "\u{200F}",
    "\u{0301}",
    "\u{064B}",
    "\u{FEFF}",
    "\u{200D}",
    "👨‍👩‍👧",
    "🇷🇺",
    "漢字",
    "Ⅷ",
    "½",
    "ß",
    "İ",
    "ǅ",
    "ﬃ",
    "𝔄",
    "e\u{0301}",
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\n",
    "\n\n",
    "\t",
    " ",
    "\u{a0}",
    ".",
    "...",
    "…",
    "!",
    "?",
    ":",
    ";",
    "—",
    "-",
    "'",
    "\"",
    "(",
    ")",
    "[",
    "]",
    "@",
    "#",
    "$",
    "%",
    "1,000.50",
    "12:30",
    "http://example.org/a?b=c",
    "a@b.org",
];

/// Letters beyond the first plane have numbers that the hashes of Arabic hosts must hold.
#[test]
fn letters_of_all_planes_are_analysed() {
    let text = "ف\u{1D49E}\u{1171D}\u{31350}";
    check(text, &parse(Lang::Ar, text));
    let text = "\u{FED1}\u{1D49E}\u{1171D}\u{31350}";
    check(text, &parse(Lang::Ar, text));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_analysed(text in any::<String>()) {
        for &lang in LANGUAGES {
            check(&text, &parse(lang, &text));
        }
    }

    #[test]
    fn any_mixture_is_analysed(picks in prop::collection::vec((0..PIECES.len(), any::<bool>()), 0..120)) {
        let text: String = picks.iter().flat_map(|&(i, space)| [PIECES[i], if space { " " } else { "" }]).collect();
        for &lang in LANGUAGES {
            check(&text, &parse(lang, &text));
        }
    }

    #[test]
    fn scratch_memory_leaves_no_trace(texts in prop::collection::vec(prop::collection::vec(0..PIECES.len(), 0..60), 1..4)) {
        let (mut scratch, mut reused) = (Scratch::default(), Analysis::default());
        for picks in texts {
            let text = picks.iter().map(|&i| PIECES[i]).collect::<Vec<_>>().join(" ");
            for &lang in LANGUAGES {
                let parser = &PARSERS[&lang];
                parser.segment_into(&text, &mut reused);
                let all = 0..reused.sentences().len();
                parser.parse_sentences(&mut reused, all, &mut scratch);
                prop_assert_eq!(everything(&reused), everything(&parse(lang, &text)));
            }
        }
    }
}

#[test]
fn texts_of_one_kind_are_analysed() {
    let cases = [
        "",
        " ",
        "\n\n\n",
        "!",
        "!?!?!?",
        "…",
        "😀",
        "\u{301}\u{302}",
        "\u{64B}",
        "\u{202E}\u{202E}",
        "\u{200D}",
        "ـ",
        "ـــ",
        "و",
        "ال",
        "لل",
        "'",
        "’s",
        "n't",
        ".",
        "\u{FEFF}word",
        "12",
        "\0\0",
    ];
    for case in cases {
        for repeat in [1, 2, 700] {
            for glue in ["", " ", "\n"] {
                let text = vec![case; repeat].join(glue);
                for &lang in LANGUAGES {
                    check(&text, &parse(lang, &text));
                }
            }
        }
    }
}

/// The cost of a text is bounded by its size because sentences are: `check` asserts that none is longer than the longest allowed.
#[test]
fn a_sentence_of_a_million_words_is_cut() {
    let text = "и ".repeat(1_000_000);
    let analysis = parse(Lang::Ru, &text);
    assert_eq!(analysis.words().len(), 1_000_000);
    check(&text, &analysis);
}

/// A word costs no more than its letters, whatever they are.
#[test]
fn words_of_ten_thousand_letters_are_words() {
    for letter in ["a", "Ж", "و", "ل", "7", "é", "😀", "\u{301}", "."] {
        let text = format!("{0} {0}. {0}", letter.repeat(10_000));
        for &lang in LANGUAGES {
            check(&text, &parse(lang, &text));
        }
    }
}

#[test]
fn a_hundred_thousand_marks_are_analysed() {
    for mark in [".", "!", "(", "\"", "،", "😀", "'", "-"] {
        let text = mark.repeat(100_000);
        check(&text, &parse(Lang::Ar, &text));
    }
}

#[test]
fn threads_agree() {
    let text = "The envoys met in Geneva. They signed nothing, and both sides said that talks would go on.\n".repeat(40);
    let want = everything(&parse(Lang::En, &text));
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| everything(&parse(Lang::En, &text)))).collect();
        for one in all {
            assert_eq!(one.join().expect("the thread does not panic"), want);
        }
    });
}

#[test]
fn parts_of_a_text_are_parsed_as_the_whole() {
    let text = "The envoys met in Geneva. They signed nothing. Talks will go on, the spokesman said.";
    let whole = parse(Lang::En, text);
    let mut part = PARSERS[&Lang::En].segment(text);
    assert!(part.words().iter().all(|w| w.head.is_none()));
    PARSERS[&Lang::En].parse_sentences(&mut part, [1], &mut Scratch::default());
    assert_eq!(
        part.words_of(&part.sentences()[1]).iter().map(|w| (w.upos, w.head, w.rel)).collect::<Vec<_>>(),
        whole.words_of(&whole.sentences()[1]).iter().map(|w| (w.upos, w.head, w.rel)).collect::<Vec<_>>()
    );
    assert!(!part.sentences()[0].parsed);
}

/// Length of a model file's header: magic, version, checksum, length.
const HEADER: usize = 22;

fn refusal(bytes: &[u8]) -> ModelError {
    Parser::from_bytes(bytes).expect_err("a broken model is refused")
}

#[test]
fn a_cut_model_is_refused_as_cut() {
    let bytes = model(Lang::Ru);
    for n in [0, 1, HEADER - 1] {
        assert_eq!(refusal(&bytes[..n]), ModelError::NotAModel);
    }
    let expected = (bytes.len() - HEADER) as u64;
    for n in [HEADER, HEADER + 1, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(refusal(&bytes[..n]), ModelError::Truncated { found: (n - HEADER) as u64, expected });
    }
}

#[test]
fn a_model_of_another_version_is_refused_as_such() {
    let mut bytes = model(Lang::Ru);
    bytes[8] ^= 0x40;
    let found = u16::from_le_bytes([bytes[8], bytes[9]]);
    assert_eq!(refusal(&bytes), ModelError::Version { found });
}

#[test]
fn a_flipped_byte_is_found_wherever_it_is() {
    let good = model(Lang::Ru);
    let places = (0..HEADER).chain((HEADER..good.len()).step_by(good.len() / 50));
    for place in places {
        let mut bytes = good.clone();
        bytes[place] ^= 0x10;
        let error = refusal(&bytes);
        let right = match (place, &error) {
            (0..8, e) => *e == ModelError::NotAModel,
            (8..10, e) => matches!(e, ModelError::Version { .. }),
            (14..HEADER, e) => matches!(e, ModelError::Truncated { .. } | ModelError::Unsound(_)),
            (_, e) => matches!(e, ModelError::Corrupted { .. }),
        };
        assert!(right, "byte {place}: {error}");
    }
}

#[test]
fn a_longer_file_is_refused() {
    let mut bytes = model(Lang::Ru);
    bytes.push(0);
    assert!(matches!(refusal(&bytes), ModelError::Unsound(_)));
}
