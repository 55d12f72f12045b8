//! The page: tracks, matrix, first mentions and findings, complete in one file, without any network.

use std::fmt::Write;

use marsad::model::{Cell, Comparison, KeyEvent, State};

use super::said::{length, sentences};
use super::svg::{colour, escaped, first_mentions, tracks};
use super::{called, data, period, shared};
use crate::view::bidi;

const PAGE: &str = include_str!("../../../web/rundown/page.html");
const STYLE: &str = include_str!("../../../web/rundown/style.css");
const SCRIPT: &str = include_str!("../../../web/rundown/script.js");

/// With more bulletins than this only so many stories have a row, the most prominent; the data has all.
const MANY: usize = 40;
const ROWS: usize = 60;
/// So many events of a story are shown under its headline.
const EVENTS: usize = 3;

/// The page of a comparison.
pub fn page(comparison: &Comparison) -> String {
    // Parts are put in one after the other, the data last, so that nothing in it is taken for a place to put something.
    let mut out = String::with_capacity(PAGE.len() + 200_000);
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, tail)) = after.split_once("}}") else { break };
        out.push_str(before);
        match name {
            "style" => out.push_str(STYLE),
            "script" => out.push_str(SCRIPT),
            "tracks" => out.push_str(&tracks(comparison, false)),
            "mentions" => out.push_str(&first_mentions(comparison)),
            "matrix" => out.push_str(&matrix(comparison)),
            "agendas" => out.push_str(&agendas(comparison)),
            "period" => out.push_str(&period::section(comparison)),
            "findings" => out.push_str(&findings(comparison)),
            // A `<` of the data could end the element that it stands in.
            "data" => out.push_str(&data::json(comparison).replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")),
            _ => {}
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// `dir` and `lang` of a piece of quoted text.
fn direction(text: &str, language: &str) -> String {
    format!("dir=\"{}\" lang=\"{}\"", if bidi::is_rtl(text) { "rtl" } else { "ltr" }, escaped(language))
}

fn findings(comparison: &Comparison) -> String {
    // The sentences are English with quotations between isolates; HTML has an element for those.
    let shown = |sentence: &String| {
        let mut out = String::new();
        for (i, part) in sentence.split(['\u{2068}', '\u{2069}']).enumerate() {
            let text = escaped(part);
            if i % 2 == 1 {
                let _ = write!(out, "<bdi>{text}</bdi>");
            } else {
                out.push_str(&text_between(part, &text));
            }
        }
        format!("<li>{out}</li>")
    };
    sentences(comparison).iter().map(shown).collect()
}

/// Escaping trims white space at the ends, which counts between quotations.
fn text_between(part: &str, text: &str) -> String {
    let space = |yes: bool| if yes { " " } else { "" };
    format!("{}{}{}", space(part.starts_with(' ') && !text.starts_with(' ')), text, space(part.ends_with(' ') && !text.ends_with(' ') && part.trim() != ""))
}

fn matrix(comparison: &Comparison) -> String {
    let mut out = String::from("<thead><tr><th scope=\"col\">Story</th>");
    for b in 0..comparison.rundowns.len() {
        let _ = write!(out, "<th scope=\"col\"><bdi>{}</bdi></th>", escaped(&called(comparison, b)));
    }
    out.push_str("</tr></thead><tbody>");
    let most = if comparison.rundowns.len() > MANY { ROWS } else { usize::MAX };
    for s in shared(comparison).into_iter().take(most) {
        let story = &comparison.stories[s];
        let _ = write!(
            out,
            "<tr><th scope=\"row\"><p {}><span class=\"chip\" style=\"background:{}\"></span>{}</p>{}</th>",
            direction(&story.headline, &story.language),
            colour(s),
            escaped(&story.headline),
            events(&story.events)
        );
        for b in 0..comparison.rundowns.len() {
            out.push_str(&shown(comparison, s, b, &story.cells[b]));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody>");
    out
}

/// The first events of a story; the sentence that tells each shows when it is pointed at.
fn events(events: &[KeyEvent]) -> String {
    let shown = |k: &KeyEvent| {
        let sides: Vec<&str> = [k.event.actor.as_deref(), Some(&k.event.event), k.event.recipient.as_deref()].into_iter().flatten().collect();
        format!("<small title=\"{}\">{} ({})</small>", escaped(&k.event.text), escaped(&sides.join(" ")), k.bulletins)
    };
    events.iter().take(EVENTS).map(shown).collect::<Vec<_>>().join(" ")
}

fn shown(comparison: &Comparison, s: usize, b: usize, cell: &Cell) -> String {
    match cell.state {
        State::Covered => {
            let item = comparison.rundowns[b].items.iter().position(|i| i.kind.is_news() && i.story == Some(s)).unwrap_or(0);
            let buried = cell.burial.filter(|burial| burial.buried);
            let mark = buried.map(|burial| format!(" <strong>buried</strong> <small>p {:.2}</small>", burial.p)).unwrap_or_default();
            format!(
                "<td class=\"covered{}\" tabindex=\"0\" role=\"button\" data-bulletin=\"{b}\" data-item=\"{item}\"><b>{}</b> {} <small>{}, {:.1} %</small>{mark}</td>",
                if buried.is_some() { " is-buried" } else { "" },
                cell.rank.unwrap_or(0),
                cell.first_mention.unwrap_or_default(),
                length(cell.airtime),
                100.0 * cell.share
            )
        }
        State::Omitted => format!("<td class=\"omitted\">✕ omitted <small>{:.1} bits</small></td>", cell.surprise.unwrap_or(0.0)),
        State::Absent => "<td class=\"absent\">–</td>".to_owned(),
        State::Unobserved => "<td class=\"unobserved\">not observed</td>".to_owned(),
    }
}

fn agendas(comparison: &Comparison) -> String {
    let n = comparison.rundowns.len();
    if !(2..=30).contains(&n) {
        return String::new();
    }
    let mut out = String::from("<thead><tr><th></th>");
    for b in 0..n {
        let _ = write!(out, "<th scope=\"col\"><bdi>{}</bdi></th>", escaped(&called(comparison, b)));
    }
    out.push_str("</tr></thead><tbody>");
    for a in 0..n {
        let _ = write!(out, "<tr><th scope=\"row\"><bdi>{}</bdi></th>", escaped(&called(comparison, a)));
        for b in 0..n {
            let value = comparison.similarity[a][b];
            let _ = write!(out, "<td style=\"--heat:{value:.2}\" class=\"heat\">{value:.2}</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody>");
    out
}

#[cfg(test)]
mod tests {
    use marsad::{
        analysis::rundown::Analyst,
        source::transcript::{programme_named, read},
    };

    use super::*;

    /// Cues of ten seconds with these texts.
    fn srt(texts: &[&str]) -> String {
        texts.iter().enumerate().map(|(i, text)| format!("{}\n00:{:02}:00,000 --> 00:{:02}:10,000\n{text}\n\n", i + 1, i, i)).collect()
    }

    #[test]
    fn hostile_markup_never_reaches_the_page_as_markup() {
        let hostile =
            "Talks &lt;script&gt;alert(1)&lt;/script&gt; & <img src=x onerror=alert(2)> \"quoted\" '{{data}}' </script><script>alert(3)</script> ]]> --> x";
        let analyst = Analyst::new().unwrap();
        let names = ["<b>A</b>_x.srt", "\"B\".srt"];
        let bulletins = names
            .iter()
            .map(|name| {
                analyst.bulletin(
                    &read(name, srt(&[hostile, "Talks in Geneva began again &lt;svg onload=alert(4)&gt; today"]).as_bytes()).unwrap(),
                    programme_named(name),
                )
            })
            .collect();
        let page = page(&analyst.compare(bulletins));
        let own = |tag: &str| page.matches(tag).count();
        assert_eq!((own("<script"), own("</script")), (2, 2), "the data and the page's own");
        // Within the page's data a sign that opens a tag is an escape, so that what follows it is text.
        for tag in ["<img", "<b>A", "<svg onload"] {
            assert!(!page.contains(tag), "{tag}");
        }
    }
}
