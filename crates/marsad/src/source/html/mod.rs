//! Article text, title, date, author and outlet of an HTML page.
//!
//! What the article is, dom_smoothie decides (a port of Mozilla's Readability, the reader view of Firefox). How its text is set into paragraphs
//! (`prose`) and what the page states about itself (`stated`) is ours, because offsets count in the one and events are dated by the other.
//!
//! Chosen among three on the fourteen articles of `fixtures/source/html`: precision, recall and F1 of the words against what an editor would call
//! the article, paragraphs kept apart, packages and CPU-seconds of a first build, seconds for 10,000 nested `div`s and for 20 MB of `br`.
//!
//! | crate | P | R | F1 | paragraphs | packages | build | nested | 20 MB |
//! |---|---|---|---|---|---|---|---|---|
//! | dom_smoothie 0.19, threshold 100 | .954 | 1.000 | .976 | 64 of 64 | 60 | 94 | 3.4 | 6.0 |
//! | legible 0.5, threshold 100 | .949 | .983 | .966 | 0 of 64 in its text | 81 | 115 | .9 | 1.1 |
//! | dom_smoothie 0.19 | .730 | .980 | .837 | 62 of 64 | | | | |
//! | legible 0.5 | .732 | .961 | .831 | 0 of 64 in its text | | | | |
//! | rs-trafilatura 0.2 | .712 | .999 | .831 | 49 of 64 | 117 | 178 | 15.1 | 15.9, cut at 1 MB |
//! | this module | .978 | 1.000 | .989 | 64 of 64 | | | .01 | 4.7 |
//!
//! dom_smoothie also lets us read what the page states, and take out what is no prose, on the one tree it then searches. legible is four times as
//! fast on huge pages. Fourteen pages of our own are few, and the threshold was set on them; the order of the three is what they can show.
//!
//! The threshold is how many characters an article must have before a laxer search is tried. Readability's 500 suits essays; half of the news is
//! agency items of two sentences, for which it fetches the comments and the neighbours' teasers as well.
//!
//! All three take time that grows with the square of the nesting, and so does HTML's own parsing algorithm, so `nesting` bounds it first.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document as Page;
use dom_smoothie::{Config, Readability};

use super::{Format, Note, Problem, ReadOptions, Reading, Readings, Source, SourceError, encoding};
use crate::model::Document;

mod linked;
mod nesting;
mod prose;
mod stated;

/// HTML pages: the article of each page is one document.
///
/// The text is the article's, paragraphs separated by blank lines, without navigation, comments, related links and captions, and without its
/// headline, which is the title. Date, author, outlet and address are what the page states for machines; `lang` is left out where its script is
/// not that of the text, because many sites keep the language of their template.
#[derive(Debug)]
pub struct Html;

/// What certainly begins a page; looked for in small letters.
const OPENINGS: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<meta",
    "<title",
    "<link",
    "<script",
    "<style",
    "<article",
    "<section",
    "<main",
    "<div",
    "<table",
    "<p>",
    "<p ",
    "<h1",
    "<h2",
    "<span",
    "<br",
];

/// Characters an article must have before a laxer search is tried.
const SHORTEST: usize = 100;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml", "shtml"]
    }

    fn claims(&self, start: &str) -> bool {
        let start = after_prologue(start);
        let length = start.chars().take(16).map(char::len_utf8).sum();
        let opening = start[..length].to_ascii_lowercase();
        OPENINGS.iter().any(|tag| opening.starts_with(tag))
    }

    fn readings(&self, source: Source, options: &ReadOptions) -> Readings {
        Box::new(std::iter::once(reading(source, options)))
    }
}

/// What follows XML declaration, comments and white space.
fn after_prologue(mut start: &str) -> &str {
    loop {
        start = start.trim_start();
        let rest = if start.starts_with("<!--") {
            start.split_once("-->")
        } else if start.starts_with("<?") {
            start.split_once("?>")
        } else {
            None
        };
        match rest {
            Some((_, rest)) => start = rest,
            None => return start,
        }
    }
}

fn reading(source: Source, options: &ReadOptions) -> Result<Reading, SourceError> {
    let id = source.name().to_owned();
    let file = |problem| SourceError::file(&id, problem);
    let bytes = source.whole("a page", options.max_page)?;
    let declared = encoding::declared(&bytes);
    let decoded = encoding::decode_declared(&bytes, options.encoding, declared);
    decoded.check("an HTML page").map_err(file)?;
    let mut notes = decoded.notes;
    let (html, flattened) = nesting::flatten(&decoded.text);
    if flattened {
        let depth = nesting::DEPTH;
        notes.push(Note::Flattened { depth });
    }
    // The extractor is foreign code on foreign bytes: whatever it trips over, the run goes on.
    let article = catch_unwind(AssertUnwindSafe(|| article(&html)));
    let article = article.ok().flatten();
    let document = article.ok_or_else(|| file(Problem::NoArticle))?;
    let document = Document { id, ..document };
    Ok(Reading { document, notes })
}

fn article(html: &str) -> Option<Document> {
    let page = Page::from(html);
    let mut document = stated::document(&page);
    clean(&page);
    let config = Config { char_threshold: SHORTEST, disable_json_ld: true, ..Config::default() };
    let mut readability = Readability::with_document(page, None, Some(config)).ok()?;
    let content = readability.parse().ok()?.content;
    document.text = prose::text(&Page::from(content), document.title.as_deref());
    if document.text.is_empty() {
        return None;
    }
    document.lang = document.lang.filter(|lang| stated::may_be(lang, &document.text));
    Some(document)
}

/// Takes out what is no prose of the article but stands in its midst: captions, forms, the line with the time, paragraphs that only link elsewhere.
fn clean(page: &Page) {
    page.select("nav, [role=navigation], figure, figcaption, form, button, dialog, template, article > time, header time").remove();
    for link in page.select("p > a:only-child, p > strong:only-child > a:only-child, li > a:only-child").nodes() {
        let mut paragraph = link.parent();
        while let Some(node) = paragraph.filter(|node| !node.has_name("p") && !node.has_name("li")) {
            paragraph = node.parent();
        }
        if let Some(paragraph) = paragraph
            && paragraph.text().trim() == link.text().trim()
        {
            paragraph.remove_from_parent();
        }
    }
}
