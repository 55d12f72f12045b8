//! In the steady state, parsing takes no memory for each word.

use crate::check::PARSERS;
use marsad_text::{Analysis, Lang, Scratch};

#[test]
fn a_text_read_again_allocates_next_to_nothing() {
    for (lang, sentence) in [
        (Lang::En, "The foreign minister of Norway met the rebels' envoy in Oslo on Monday. "),
        (Lang::Ru, "Министр иностранных дел Норвегии встретился с посланником повстанцев в Осло в понедельник. "),
        (Lang::Ar, "التقى وزير الخارجية النرويجي مبعوث المتمردين في أوسلو يوم الاثنين. "),
    ] {
        let text = sentence.repeat(500);
        let parser = &PARSERS[&lang];
        let (mut analysis, mut scratch) = (Analysis::default(), Scratch::default());
        let mut read = || {
            parser.segment_into(&text, &mut analysis);
            let all = 0..analysis.sentences().len();
            parser.parse_sentences(&mut analysis, all, &mut scratch);
            analysis.words().len()
        };
        let words = read();
        let counted = allocation_counter::measure(|| {
            read();
        });
        assert!(counted.count_total < words as u64 / 50, "{lang}: {} allocations for {words} words", counted.count_total);
    }
}
