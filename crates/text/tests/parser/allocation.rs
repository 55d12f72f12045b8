//! In the steady state, parsing takes memory for each batch of sentences only, and segmentation at the places where a sentence may end: none for each word.

use crate::check::PARSERS;
use marsad_text::{Analysis, Lang, Scratch};

#[test]
fn a_text_read_again_allocates_nothing_for_its_words() {
    for (lang, sentence) in [
        (Lang::En, "The foreign minister of Norway met the rebels' envoy in Oslo on Monday. "),
        (Lang::Ru, "Министр иностранных дел Норвегии встретился с посланником повстанцев в Осло в понедельник. "),
        (Lang::Ar, "التقى وزير الخارجية النرويجي مبعوث المتمردين في أوسلو يوم الاثنين. "),
    ] {
        let text = sentence.repeat(500);
        let parser = &PARSERS[&lang];
        let (mut analysis, mut scratch) = (Analysis::default(), Scratch::default());
        let segment = |analysis: &mut Analysis| parser.segment_into(&text, analysis);
        let parse = |analysis: &mut Analysis, scratch: &mut Scratch| {
            let all = 0..analysis.sentences().len();
            parser.parse_sentences(analysis, all, scratch);
        };
        segment(&mut analysis);
        parse(&mut analysis, &mut scratch);
        let segmenting = allocation_counter::measure(|| segment(&mut analysis)).count_total;
        let parsing = allocation_counter::measure(|| parse(&mut analysis, &mut scratch)).count_total;
        let sentences = analysis.sentences().len() as u64;
        assert!(segmenting < sentences * 12 + 50, "{lang}: {segmenting} allocations for {sentences} sentences");
        // A few for each batch of sentences.
        let words = analysis.words().len() as u64;
        assert!(parsing < words / 25, "{lang}: {parsing} allocations to parse {words} words");
    }
}
