//! Whether what teasers promise is delivered: a teaser and its story share their words.

use super::keys::{Class, Keys};
use crate::model::{Item, Kind};

/// So much of a teaser's stems, weighed by rarity, must be in the story that it promises.
const SHARED: f64 = 0.5;

/// Notes of each teaser whether its story follows; `story` holds the item's number until stories are known.
pub(super) fn keep(items: &mut [Item], keys: &[Keys]) {
    for i in 0..items.len() {
        if items[i].kind != Kind::Teaser {
            continue;
        }
        let best = (i + 1..items.len())
            .filter(|j| items[*j].kind.is_news())
            .map(|j| (shared(&keys[i], &keys[j], keys), j))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let delivered = best.filter(|(share, _)| *share >= SHARED);
        items[i].delivered = Some(delivered.is_some());
        items[i].story = delivered.map(|(_, j)| j);
    }
}

/// Points teasers at stories, once items have them.
pub(super) fn point(items: &mut [Item]) {
    for i in 0..items.len() {
        if items[i].kind == Kind::Teaser {
            items[i].story = items[i].story.and_then(|j| items.get(j)).and_then(|item| item.story);
        }
    }
}

/// The part of a teaser's stems that an item has, by rarity in the bulletin.
fn shared(teaser: &Keys, item: &Keys, all: &[Keys]) -> f64 {
    let (mut both, mut total) = (0.0, 1e-9);
    for key in teaser.keys.iter().filter(|k| k.class == Class::Stem) {
        let spread = all.iter().filter(|k| k.keys.binary_search(key).is_ok()).count();
        let worth = ((all.len() + 1) as f64 / (spread.max(1) as f64)).ln();
        total += worth;
        if item.keys.binary_search(key).is_ok() {
            both += worth;
        }
    }
    both / total
}
