//! What a page states about itself for machines: JSON-LD, OpenGraph and other `meta` elements, microdata, `time`.

use dom_query::{Document as Page, NodeRef};
use jiff::civil::Date;

use super::{
    super::date::{self, Stated},
    linked::Linked,
};
use crate::model::Document;

/// Names under which `meta` elements state the day of publication, most reliable first.
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publication_date",
    "publish_date",
    "publishdate",
    "publish-date",
    "published",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "datecreated",
    "date",
];
const TITLES: &[&str] = &["og:title", "twitter:title", "dc.title", "dcterms.title"];
const AUTHORS: &[&str] = &["author", "article:author", "mediator_author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl"];
const OUTLETS: &[&str] = &["og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "source"];

/// What stands before a name in a byline, in small letters.
const BYLINES: &[&str] = &["by ", "author:", "автор:", "авторы:", "текст:", "بقلم:", "بقلم ", "كتب:", "الكاتب:"];

/// What stands between headline and outlet.
const SEPARATORS: &[&str] = &[" | ", " — ", " – ", " - ", " :: ", " • ", " » "];

/// Everything but id and text.
pub(super) fn document(page: &Page) -> Document {
    let page = Statements::of(page);
    let outlet = page.outlet();
    Document {
        title: page.title(outlet.as_deref()),
        date: page.date(),
        author: page.author(),
        lang: page.lang(),
        url: page.url(),
        outlet,
        ..Document::default()
    }
}

struct Statements<'a> {
    page: &'a Page,
    /// Names, in small letters, and contents of the `meta` elements.
    meta: Vec<(String, String)>,
    linked: Linked,
}

impl<'a> Statements<'a> {
    fn of(page: &'a Page) -> Statements<'a> {
        let meta = page.select("meta[content]").nodes().iter().filter_map(meta).collect();
        let linked = Linked::of(page);
        Statements { page, meta, linked }
    }

    fn title(&self, outlet: Option<&str>) -> Option<String> {
        let heading = || self.marked("[itemprop=headline]").or_else(|| self.only_heading());
        let title = self.linked.headline().or_else(|| self.meta(TITLES)).or_else(heading).or_else(|| self.marked("title"))?;
        Some(without_outlet(&title, outlet).to_owned())
    }

    /// The page's `h1`, if it has one only.
    fn only_heading(&self) -> Option<String> {
        let headings = self.page.select("h1");
        let mut texts = headings.nodes().iter().filter_map(|node| line(&node.text()));
        texts.next().filter(|_| texts.next().is_none())
    }

    /// The day of publication in the page's own offset. Where the first statement is in UTC and another names the same moment in the outlet's own
    /// time, the other is right about the day.
    fn date(&self) -> Option<Date> {
        let stated = self.dates();
        let first = *stated.first()?;
        let (second, offset) = first.moment.unzip();
        if offset.is_some_and(|offset| offset.is_zero()) {
            let local = |other: &&Stated| {
                let (moment, offset) = other.moment.unzip();
                moment == second && offset.is_some_and(|offset| !offset.is_zero())
            };
            return Some(stated.iter().find(local).unwrap_or(&first).date);
        }
        Some(first.date)
    }

    /// All statements of the day, most reliable first, without those of careless software ("0001-01-01").
    fn dates(&self) -> Vec<Stated> {
        let time = |node: &NodeRef| node.attr("datetime").or_else(|| node.attr("content"));
        let marked = |selector: &str| -> Vec<String> {
            let nodes = self.page.select(selector);
            nodes.nodes().iter().filter_map(time).map(String::from).collect()
        };
        let metas = DATES.iter().flat_map(|name| self.metas(name)).map(str::to_owned);
        let texts = self.linked.published().into_iter().chain(metas);
        let texts = texts
            .chain(marked("[itemprop=datePublished]"))
            .chain(marked("time[pubdate]"))
            .chain(marked("article time[datetime]"))
            .chain(marked("time[datetime]"));
        let dates = texts.filter_map(|text| date::stated(&text));
        dates.filter(|stated| stated.date.year() >= 1900).collect()
    }

    fn author(&self) -> Option<String> {
        let named = |selector: &str| {
            let nodes = self.page.select(selector);
            let mut names: Vec<_> = nodes.nodes().iter().filter_map(|node| person(&node.text())).collect();
            names.dedup();
            (!names.is_empty() && names.len() <= 5).then(|| names.join(", "))
        };
        let metas = || AUTHORS.iter().flat_map(|name| self.metas(name)).find_map(person);
        self.linked
            .author()
            .and_then(|author| person(&author))
            .or_else(metas)
            .or_else(|| named("[itemprop=author] [itemprop=name]"))
            .or_else(|| named("[itemprop=author]"))
            .or_else(|| named("[rel=author]"))
            .or_else(|| named("a[href*='/author/'], a[href*='/authors/']"))
    }

    fn outlet(&self) -> Option<String> {
        self.meta(OUTLETS).or_else(|| self.linked.outlet())
    }

    fn lang(&self) -> Option<String> {
        let attribute = || self.page.select("html").attr("lang").map(String::from);
        let lang = self.linked.lang().or_else(attribute)?;
        let code = lang.split(['-', '_']).next()?.trim().to_ascii_lowercase();
        let plausible = matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase());
        plausible.then_some(code)
    }

    fn url(&self) -> Option<String> {
        let canonical = self.page.select("link[rel=canonical]").attr("href").map(String::from);
        let absolute = |url: &String| url.starts_with("http://") || url.starts_with("https://");
        canonical.filter(absolute).or_else(|| self.meta(&["og:url"]).filter(absolute)).or_else(|| self.linked.url().filter(absolute))
    }

    fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().flat_map(|name| self.metas(name)).find_map(line)
    }

    fn metas<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b str> {
        let named = self.meta.iter().filter(move |(found, _)| found == name);
        named.map(|(_, content)| content.as_str())
    }

    fn marked(&self, selector: &str) -> Option<String> {
        line(&self.page.select_single(selector).text())
    }
}

/// Whether a text may be in the language that its page states, going by its script. Unknown languages may.
pub(super) fn may_be(lang: &str, text: &str) -> bool {
    let script = match lang {
        "ar" | "fa" | "ur" | "ps" | "ckb" | "ara" | "fas" | "urd" => 0,
        "ru" | "uk" | "be" | "bg" | "mk" | "rus" | "ukr" => 1,
        "en" | "fr" | "de" | "es" | "it" | "pt" | "tr" | "eng" | "fra" | "deu" => 2,
        _ => return true,
    };
    let mut letters = [0; 3];
    for c in text.chars() {
        match c {
            '\u{620}'..='\u{6ff}' => letters[0] += 1,
            'Ѐ'..='ӿ' => letters[1] += 1,
            'a'..='z' | 'A'..='Z' | 'À'..='ɏ' => letters[2] += 1,
            _ => {}
        }
    }
    letters.iter().all(|other| letters[script] >= *other)
}

fn meta(node: &NodeRef) -> Option<(String, String)> {
    let name = ["property", "name", "itemprop"].iter().find_map(|key| node.attr(key))?;
    Some((name.to_ascii_lowercase(), node.attr("content")?.into()))
}

/// Text as one line, or `None` if there is none.
fn line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// A name without what introduces it; `None` for addresses and whole sentences.
fn person(text: &str) -> Option<String> {
    let name = line(text)?;
    let introduced = |before: &&&str| {
        let start = name.chars().take(before.chars().count());
        start.flat_map(char::to_lowercase).eq(before.chars())
    };
    let before = BYLINES.iter().find(introduced).map_or(0, |before| before.chars().count());
    let name: String = name.chars().skip(before).collect();
    let name = name.trim();
    let plausible = !name.is_empty() && name.chars().count() <= 120 && !name.contains("://");
    plausible.then(|| name.to_owned())
}

fn without_outlet<'a>(title: &'a str, outlet: Option<&str>) -> &'a str {
    let cut = |separator: &&str| {
        let (headline, last) = title.rsplit_once(*separator)?;
        let is_outlet = outlet.is_some_and(|outlet| outlet.contains(last) || last.contains(outlet));
        (is_outlet && !headline.trim().is_empty()).then_some(headline.trim())
    };
    SEPARATORS.iter().find_map(cut).unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use dom_query::Document as Page;

    use super::{document, may_be};

    /// Title, date, author and outlet of a page, `-` where unknown.
    fn check(html: &str, expected: [&str; 4]) {
        let found = document(&Page::from(html));
        let date = found.date.map(|date| date.to_string());
        let found = [found.title, date, found.author, found.outlet];
        let found = found.map(|value| value.unwrap_or("-".to_owned()));
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn statements() {
        check("<p>x", ["-", "-", "-", "-"]);
        let outlet = "<meta property=og:site_name content='Вестник'>";
        let title = format!("{outlet}<title>Войска вошли в город - Вестник</title>");
        check(&title, ["Войска вошли в город", "-", "-", "Вестник"]);
        check("<title>Moscow - Kyiv</title>", ["Moscow - Kyiv", "-", "-", "-"]);
        let dates = "<meta name=date content=0001-01-01><article><time datetime='2020-05-01T10:00Z'>";
        check(dates, ["-", "2020-05-01", "-", "-"]);
        let byline = "<h1>A</h1><a rel=author>By Ann Lee</a><meta name=author content='https://x.example/a'>";
        check(byline, ["A", "-", "Ann Lee", "-"]);
    }

    #[test]
    fn the_day_is_that_of_the_outlet() {
        let meta = |time| format!("<meta property=article:published_time content={time}>");
        let time = |time| format!("<time datetime={time}>");
        let (utc, local) = ("2024-03-10T22:40:00Z", "2024-03-11T01:40:00+03:00");
        check(&(meta(utc) + &time(local)), ["-", "2024-03-11", "-", "-"]);
        check(&(meta(local) + &time(utc)), ["-", "2024-03-11", "-", "-"]);
        let other = "2024-03-12T09:00:00+03:00";
        check(&(meta(utc) + &time(other)), ["-", "2024-03-10", "-", "-"]);
    }

    #[test]
    fn linked_data() {
        let script = |json| format!("<script type='application/ld+json'>{json}</script>");
        let graph = r##"{"@graph": [{"@type": "Organization", "@id": "#o", "name": "Дозор"},
            {"@type": ["NewsArticle"], "headline": "A &amp; B", "author": [{"name": "X"}, "Y"], "publisher": {"@id": "#o"}}]}"##;
        check(&script(graph), ["A & B", "-", "X, Y", "Дозор"]);
        let broken = script(r#"{"@type": "Article", "headline": "A",}"#);
        check(&broken, ["-", "-", "-", "-"]);
    }

    #[test]
    fn the_language_of_a_template_is_not_believed() {
        assert!(may_be("ar", "نص عربي (NATO)"));
        assert!(!may_be("en", "نص عربي (NATO)"));
        assert!(!may_be("ar", "Русский текст"));
        assert!(may_be("ka", "ქართული"));
    }
}
