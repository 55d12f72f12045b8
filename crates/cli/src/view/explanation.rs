//! Why a record is what it is.

use marsad::{model::Entity, pipeline::Explanation};

use super::{Screen, bidi, events, evidence, styles, text, tree};

/// Columns of the names at the left.
const NAMES: usize = 12;

/// The record, its evidence, and under names everything that made it so.
pub fn shown(explanation: &Explanation, screen: &Screen) -> String {
    let record = &explanation.record;
    let title = format!("{}  {}", bidi::isolated(&text::clean(&record.id)), events::event(record).join(" "));
    let mut shown = screen.paint(styles::STRONG, &title) + "\n";
    shown += &evidence::shown(record, 4, screen);
    let mut fact = |name: &str, lines: &[String]| shown += &section(name, lines, screen);
    fact("Row", &[format!("{}:{}", explanation.file, explanation.line), record.rule.clone()]);
    fact("Frame", std::slice::from_ref(&explanation.frame));
    fact("Words", &explanation.slots);
    fact("Actors", &record.actor.iter().map(participant).collect::<Vec<_>>());
    fact("Recipients", &record.recipient.iter().map(participant).collect::<Vec<_>>());
    fact("Speaker", &record.speaker.iter().map(participant).collect::<Vec<_>>());
    fact("Factuality", &[vec![record.aux.map_or("fact", |aux| aux.name()).to_owned()], explanation.factuality.clone()].concat());
    fact("Notes", &explanation.notes);
    fact("Score", &score(explanation));
    shown += &format!("  {}\n", screen.paint(styles::FAINT, "Tree"));
    shown + &tree::shown(&explanation.tree, 4)
}

/// `RUS GOV he: Vladimir Putin, president`.
fn participant(entity: &Entity) -> String {
    let sector = entity.sector.map(|sector| sector.name().to_owned());
    let whom = [entity.code.clone(), sector, Some(entity.entity_text.clone())];
    let whom = whom.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let known = [&entity.name, &entity.office, &entity.identifier_text];
    let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
    if known.is_empty() { whom } else { format!("{whom}: {}", known.join(", ")) }
}

/// A name and its lines; nothing where there are none.
fn section(name: &str, lines: &[String], screen: &Screen) -> String {
    let columns = screen.width.saturating_sub(NAMES + 2).max(20);
    let lines = lines.iter().flat_map(|line| text::lines(text::clean(line).trim(), columns)).filter(|line| !line.is_empty());
    let mut shown = String::new();
    for (n, line) in lines.enumerate() {
        let name = screen.paint(styles::FAINT, &format!("{:<NAMES$}", if n == 0 { name } else { "" }));
        shown += &format!("  {name}{}\n", bidi::isolated(&line));
    }
    shown
}

/// The score and what each feature contributed, the weightiest first.
fn score(explanation: &Explanation) -> Vec<String> {
    let mut features = explanation.score.clone();
    features.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
    let features = features.iter().map(|(feature, weight)| format!("{weight:+.2} {feature}"));
    std::iter::once(format!("{:.2}", explanation.record.score)).chain(features).collect()
}

#[cfg(test)]
mod tests {
    use marsad::pipeline::Explanation;

    use super::shown;
    use crate::view::{Screen, samples::russian};

    #[test]
    fn everything_that_made_the_record() {
        let explanation = Explanation {
            record: russian(),
            file: "events/types/assault/ru.tsv".to_owned(),
            line: 12,
            frame: "subj > в".to_owned(),
            slots: vec!["subj: полиция".to_owned()],
            factuality: vec!["отрицать: negation of its clause".to_owned()],
            notes: vec!["date: January 2022".to_owned()],
            score: vec![("two sides".to_owned(), 0.5), ("denied".to_owned(), -1.25)],
            tree: "1\tстреляла\tстрелять\tVERB\t_\t_\t0\troot\t_\t_\n".to_owned(),
        };
        let expected = "\
wire-7#e2  ASSAULT
    В Астане отрицают, что полиция »стреляла« в митингующих.
  Row         events/types/assault/ru.tsv:12
              assault/xx/word.v
  Frame       subj > в
  Words       subj: полиция
  Actors      KAZ COP полиция
  Recipients  KAZ CVL митингующих
  Speaker     KAZ GOV Астане
  Factuality  negation
              отрицать: negation of its clause
  Notes       date: January 2022
  Score       0.75
              -1.25 denied
              +0.50 two sides
  Tree
    1 стреляла  стрелять  VERB   root
";
        let all = shown(&explanation, &Screen { width: 80, styled: false });
        assert_eq!(all, expected, "\n{all}");
    }
}
