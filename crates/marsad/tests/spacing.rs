//! Arabic words that are written together are read as the words that they are, and what is shown stays as it was written.

use marsad::model::{Document, Record};
use marsad::pipeline::{Coder, Options, Scratch};

/// Whether types, codes and trigger are the same.
fn what(record: &Record) -> (String, Vec<String>, Vec<String>) {
    let codes = |side: &[marsad::model::Entity]| side.iter().filter_map(|e| e.code.clone()).collect::<Vec<_>>();
    (record.event.iter().map(ToString::to_string).collect(), codes(&record.actor), codes(&record.recipient))
}

fn code(coder: &Coder, text: &str) -> Vec<Record> {
    let document = Document { id: "one".to_owned(), text: text.to_owned(), lang: Some("ar".to_owned()), ..Document::default() };
    coder.code(&document, &mut Scratch::default()).records
}

#[test]
fn missing_white_space_changes_no_event() {
    let sentences = [
        "التقى وزير الخارجية الروسي نظيره الإيراني في جنيف يوم الخميس.",
        "أدانت فرنسا الهجوم على السفارة في بغداد.",
        "فرضت الولايات المتحدة عقوبات جديدة على كوريا الشمالية.",
        "وصل الرئيس التركي إلى الدوحة في زيارة رسمية.",
    ];
    let mut coders = vec![Coder::new(Options::default()).expect("the built-in tables are sound")];
    coders.push(Coder::new(Options { fast: true, ..Options::default() }).expect("the built-in tables are sound"));
    for coder in &coders {
        for sentence in sentences {
            let spaced = code(coder, sentence);
            assert!(!spaced.is_empty(), "{sentence}");
            let together = sentence.replace(' ', "");
            let read = code(coder, &together);
            assert_eq!(read.iter().map(what).collect::<Vec<_>>(), spaced.iter().map(what).collect::<Vec<_>>(), "{together}");
            // Texts and offsets are those of the text as it was written.
            for record in &read {
                assert_eq!(record.text, together);
                for entity in record.actor.iter().chain(&record.recipient) {
                    let shown: String = together.chars().skip(entity.start).take(entity.end - entity.start).collect();
                    assert_eq!(shown, entity.entity_text);
                }
            }
        }
    }
}
