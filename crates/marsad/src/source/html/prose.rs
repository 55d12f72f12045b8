//! The text of an article's elements, set in paragraphs.

use dom_query::{Document as Page, NodeRef};

/// Elements that are no part of the running text.
const SKIPPED: &[&str] = &["script", "style", "noscript", "template", "svg", "math", "head"];

/// Elements that run on inside a paragraph; every other element is set apart.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// The text, paragraphs separated by a blank line and lines broken by `br` by a line end; a first paragraph that is the title is left out.
pub(super) fn text(article: &Page, title: Option<&str>) -> String {
    let mut prose = Prose::default();
    prose.element(&article.root());
    let text = prose.text;
    let headline = title.and_then(|title| text.strip_prefix(title));
    match headline {
        Some(rest) if rest.starts_with('\n') => rest.trim_start().to_owned(),
        _ => text,
    }
}

#[derive(Clone, Copy, Default, PartialEq, PartialOrd)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

#[derive(Default)]
struct Prose {
    text: String,
    /// What must come between the text so far and the next word.
    gap: Gap,
    /// Inside `pre`, where line ends count.
    kept_lines: bool,
}

impl Prose {
    // The page's depth is bounded before it is parsed, so this does not run out of stack.
    fn element(&mut self, element: &NodeRef) {
        for node in element.children_it(false) {
            if node.is_text() {
                self.words(&node.text());
                continue;
            }
            let Some(name) = node.node_name() else {
                continue;
            };
            match &*name {
                "br" => self.widen(Gap::Line),
                "pre" => self.preformatted(&node),
                name if SKIPPED.contains(&name) => {}
                name if INLINE.contains(&name) => self.element(&node),
                _ => self.block(&node),
            }
        }
    }

    fn block(&mut self, element: &NodeRef) {
        self.widen(Gap::Paragraph);
        self.element(element);
        self.widen(Gap::Paragraph);
    }

    fn preformatted(&mut self, element: &NodeRef) {
        let outside = std::mem::replace(&mut self.kept_lines, true);
        self.block(element);
        self.kept_lines = outside;
    }

    fn words(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.kept_lines && self.gap == Gap::Line => self.widen(Gap::Paragraph),
                '\n' if self.kept_lines => self.widen(Gap::Line),
                c if c.is_whitespace() => self.widen(Gap::Space),
                // Soft hyphens and other hints to the typesetter would split words.
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                c => self.sign(c),
            }
        }
    }

    fn sign(&mut self, c: char) {
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
        self.text.push(c);
    }

    fn widen(&mut self, gap: Gap) {
        if gap > self.gap {
            self.gap = gap;
        }
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document as Page;

    use super::text;

    fn check(html: &str, expected: &str) {
        assert_eq!(text(&Page::from(html), Some("Title")), expected, "{html}");
    }

    #[test]
    fn paragraphs() {
        check("<p>One <b>two</b>, <i>three</i>.</p><p>Four.</p>", "One two, three.\n\nFour.");
        check("<div>One<div>Two</div>Three</div>", "One\n\nTwo\n\nThree");
        check("<p>One<br>two<br>\n<br>three", "One\ntwo\nthree");
        check("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo");
        check("<p>  a&nbsp;b \n c\u{ad}d  </p>", "a b cd");
        check("<pre>One\ntwo\n\nThree</pre>", "One\ntwo\n\nThree");
        check("<p>a<script>x</script>b", "ab");
    }

    #[test]
    fn the_headline_is_no_paragraph() {
        check("<h1>Title</h1><p>Text.</p>", "Text.");
        check("<p>Title of the book.</p>", "Title of the book.");
        check("<p>Title</p>", "Title");
    }
}
