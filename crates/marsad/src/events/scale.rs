//! Intensity: PLOVER's conflict-cooperation scores (`scale.tsv`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::EventType;

static SCALE: LazyLock<FxHashMap<(&str, &str), f32>> = LazyLock::new(|| {
    let rows = include_str!("scale.tsv").lines().filter(|l| !l.starts_with('#')).skip(1).map(|l| l.split('\t').collect::<Vec<_>>());
    rows.filter_map(|c| Some(((*c.first()?, *c.get(1)?), c.get(2)?.parse().ok()?))).collect()
});

/// The intensity of a type in a mode, from -10 (conflict) to 10 (cooperation); that of the type where the mode has none of its own.
///
/// ```
/// use marsad::{events::intensity, model::EventType};
///
/// assert_eq!(intensity(EventType::Assault, Some("drone")), -9.5);
/// assert_eq!(intensity(EventType::Aid, None), 10.0);
/// ```
#[must_use]
pub fn intensity(kind: EventType, mode: Option<&str>) -> f32 {
    let of = |mode: &str| SCALE.get(&(kind.name(), mode)).copied();
    mode.and_then(of).or_else(|| of("-")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_score_on_its_side() {
        for &kind in EventType::ALL {
            let score = intensity(kind, None);
            assert!(SCALE.contains_key(&(kind.name(), "-")), "{kind}");
            assert!((-10.0..=10.0).contains(&score));
            assert_eq!(score > 0.0, kind.quad().number() <= 2, "{kind}");
        }
        assert!(SCALE.keys().all(|(kind, _)| EventType::from_name(kind).is_some()));
    }
}
