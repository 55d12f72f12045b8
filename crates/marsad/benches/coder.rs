//! Words a second of each stage and of the whole way, in each language, on a short and a long text. `cargo bench -p marsad`

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use marsad::model::Document;
use marsad::pipeline::{Coder, Options, Scratch};
use marsad::text::Parser;

const TEXTS: &[(&str, &str, &[u8])] = &[
    ("ar", include_str!("../../../fixtures/articles/evening-ar.txt"), include_bytes!("../../../models/ar.marsad")),
    ("en", include_str!("../../../fixtures/articles/evening-en.txt"), include_bytes!("../../../models/en.marsad")),
    ("ru", include_str!("../../../fixtures/articles/evening-ru.txt"), include_bytes!("../../../models/ru.marsad")),
];

fn stages(c: &mut Criterion) {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for &(lang, article, model) in TEXTS {
        let parser = Parser::from_bytes(model).expect("a sound model");
        for (length, text) in [("short", article.to_owned()), ("long", article.repeat(50))] {
            let words = parser.segment(&text).words().len() as u64;
            let mut group = c.benchmark_group(format!("{lang} {length}"));
            group.throughput(Throughput::Elements(words)).sample_size(10);
            group.bench_function(BenchmarkId::from_parameter("segment"), |b| b.iter(|| parser.segment(&text)));
            let mut scratch = marsad::text::Scratch::default();
            group.bench_function(BenchmarkId::from_parameter("segment and parse"), |b| b.iter(|| parser.parse(&text, &mut scratch)));
            let document = Document { id: "bench".to_owned(), text: text.clone(), lang: Some(lang.to_owned()), ..Document::default() };
            let mut scratch = Scratch::default();
            group.bench_function(BenchmarkId::from_parameter("whole way"), |b| b.iter(|| coder.code(&document, &mut scratch)));
            group.finish();
        }
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
