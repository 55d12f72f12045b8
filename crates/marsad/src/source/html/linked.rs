//! The article among a page's JSON-LD (schema.org), as far as it is valid JSON.

use dom_query::Document as Page;
use serde_json::Value;

/// All objects of the page's JSON-LD, the article first.
pub(super) struct Linked(Vec<Value>);

impl Linked {
    pub(super) fn of(page: &Page) -> Linked {
        let mut objects = Vec::new();
        for script in page.select("script[type='application/ld+json']").nodes() {
            let text = script.text();
            let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
            if let Ok(value) = serde_json::from_str(text) {
                unfold(value, &mut objects);
            }
        }
        objects.sort_by_key(|object| !is_article(object));
        Linked(objects)
    }

    pub(super) fn headline(&self) -> Option<String> {
        plain(self.article()?.get("headline")?)
    }

    /// Times of publication as they stand there.
    pub(super) fn published(&self) -> Vec<String> {
        let dates = self.article().into_iter().flat_map(|article| {
            let fields = ["datePublished", "dateCreated"];
            fields.into_iter().filter_map(|field| plain(article.get(field)?))
        });
        dates.collect()
    }

    pub(super) fn author(&self) -> Option<String> {
        let article = self.article()?;
        self.names(article.get("author").or_else(|| article.get("creator"))?)
    }

    pub(super) fn outlet(&self) -> Option<String> {
        let publisher = self.article().and_then(|article| article.get("publisher"));
        let site = || self.0.iter().find(|object| has_type(object, &|name| name == "WebSite"));
        publisher.and_then(|publisher| self.names(publisher)).or_else(|| plain(site()?.get("name")?))
    }

    pub(super) fn lang(&self) -> Option<String> {
        plain(self.article()?.get("inLanguage")?)
    }

    pub(super) fn url(&self) -> Option<String> {
        let article = self.article()?;
        let page = article.get("mainEntityOfPage");
        let address = page.and_then(|page| page.get("@id").or(Some(page)));
        article.get("url").and_then(plain).or_else(|| plain(address?))
    }

    fn article(&self) -> Option<&Value> {
        self.0.first().filter(|object| is_article(object))
    }

    /// The name, or names, of a person or organisation: a string, an object, a reference to an object elsewhere on the page, or a list of these.
    fn names(&self, value: &Value) -> Option<String> {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        let names: Vec<_> = values.iter().filter_map(|value| self.name(value)).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    fn name(&self, value: &Value) -> Option<String> {
        if let Some(name) = value.get("name") {
            return plain(name);
        }
        let Some(id) = value.get("@id") else {
            return plain(value);
        };
        let same = |object: &&Value| object.get("@id") == Some(id) && object.get("name").is_some();
        plain(self.0.iter().find(same)?.get("name")?)
    }
}

/// Arrays and `@graph`s opened up.
fn unfold(value: Value, objects: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| unfold(value, objects)),
        Value::Object(mut object) => {
            if let Some(graph) = object.remove("@graph") {
                unfold(graph, objects);
            }
            objects.push(Value::Object(object));
        }
        _ => {}
    }
}

/// `NewsArticle`, `ReportageNewsArticle`, `BlogPosting`, `Report` and their like.
fn is_article(object: &Value) -> bool {
    has_type(object, &|name| name.ends_with("Article") || name.ends_with("Posting") || name == "Report")
}

fn has_type(object: &Value, is: &dyn Fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(name)) => is(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// A string as one line; many sites escape it twice, as JSON and as HTML.
fn plain(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let text = if text.contains('&') { Page::fragment(text).text().to_string() } else { text.to_owned() };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}
