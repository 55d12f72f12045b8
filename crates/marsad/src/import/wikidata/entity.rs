//! An entity of the dump: only what is needed of it is taken, all else is skipped while reading.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An item or property.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Entity {
    pub id: String,
    #[serde(deserialize_with = "or_empty")]
    pub labels: Texts<Text>,
    #[serde(deserialize_with = "or_empty")]
    pub aliases: Texts<Vec<Text>>,
    #[serde(deserialize_with = "or_empty")]
    pub claims: Claims,
    pub sitelinks: Count,
}

/// Several entities in an object, by id.
#[derive(Debug, Deserialize)]
pub struct Entities {
    #[serde(default)]
    pub entities: BTreeMap<String, Entity>,
}

/// Texts in the covered languages.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Texts<T: Default> {
    pub en: T,
    pub ru: T,
    pub ar: T,
}

/// A text in one language.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Text {
    pub value: String,
}

/// Statements by property.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[allow(non_snake_case, reason = "the names are Wikidata's")]
pub struct Claims {
    /// Instance of.
    pub P31: Vec<Statement>,
    /// Subclass of.
    pub P279: Vec<Statement>,
    /// Country of citizenship.
    pub P27: Vec<Statement>,
    /// Country.
    pub P17: Vec<Statement>,
    /// Country of origin.
    pub P495: Vec<Statement>,
    /// Position held.
    pub P39: Vec<Statement>,
    /// Occupation.
    pub P106: Vec<Statement>,
    /// Date of death.
    pub P570: Vec<Statement>,
    /// Capital of.
    pub P1376: Vec<Statement>,
    /// Coordinates.
    pub P625: Vec<Statement>,
    /// GeoNames id.
    pub P1566: Vec<Statement>,
}

/// One statement.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Statement {
    pub mainsnak: Snak,
    #[serde(deserialize_with = "or_empty")]
    pub qualifiers: Qualifiers,
    pub rank: Rank,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Snak {
    /// `value`, `somevalue` where there is one that nobody knows, `novalue` where there is none.
    pub snaktype: String,
    pub datavalue: Option<DataValue>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DataValue {
    pub value: Value,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[allow(non_snake_case, reason = "the names are Wikidata's")]
pub struct Qualifiers {
    /// Start.
    pub P580: Vec<Snak>,
    /// End.
    pub P582: Vec<Snak>,
}

/// How much a statement counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rank {
    Preferred,
    #[default]
    Normal,
    #[serde(other)]
    Deprecated,
}

/// How many members a map has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count(pub u64);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Count, D::Error> {
        struct Counter;
        impl<'de> Visitor<'de> for Counter {
            type Value = Count;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Count, A::Error> {
                let mut count = 0;
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(Count(count))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Count, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Count(0))
            }
        }
        deserializer.deserialize_any(Counter)
    }
}

/// An object; the dump writes an empty one as an empty array.
fn or_empty<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    struct OrEmpty<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for OrEmpty<T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map))
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<T, A::Error> {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            Ok(T::default())
        }
        fn visit_unit<E>(self) -> Result<T, E> {
            Ok(T::default())
        }
    }
    deserializer.deserialize_any(OrEmpty(PhantomData))
}

impl Statement {
    /// The id of the item it points to.
    pub fn item(&self) -> Option<&str> {
        self.value()?.get("id")?.as_str()
    }

    pub fn value(&self) -> Option<&Value> {
        self.mainsnak.datavalue.as_ref().map(|d| &d.value)
    }
}

/// The items of a property, the preferred first, those that are over last; none that is deprecated.
pub fn items(statements: &[Statement]) -> Vec<&str> {
    let mut sound: Vec<&Statement> = statements.iter().filter(|s| s.rank != Rank::Deprecated).collect();
    sound.sort_by_key(|s| (s.rank, told(&s.qualifiers.P582) != Told::Nothing));
    sound.into_iter().filter_map(Statement::item).collect()
}

/// What is told of when something began or ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nothing, or that it did not.
    Nothing,
    /// The day, month or year, as our tables write it.
    On(String),
    /// That it did, before our era.
    Ancient,
    /// That it did, but not when, or no closer than a decade.
    Sometime,
}

/// What the first of some values tells.
pub fn told<'a>(snaks: impl IntoIterator<Item = &'a Snak>) -> Told {
    let Some(snak) = snaks.into_iter().next().filter(|s| s.snaktype != "novalue") else { return Told::Nothing };
    let value = snak.datavalue.as_ref().map(|d| &d.value);
    let time = value.and_then(|v| v.get("time")).and_then(Value::as_str);
    match (time, value.and_then(date)) {
        (_, Some(date)) => Told::On(date),
        (Some(time), None) if time.starts_with('-') => Told::Ancient,
        _ => Told::Sometime,
    }
}

/// A day, month or year as our tables write it; `None` for what is vague or before our era.
fn date(value: &Value) -> Option<String> {
    let time = value.get("time")?.as_str()?.strip_prefix('+')?;
    let precision = value.get("precision").and_then(Value::as_u64).unwrap_or(11);
    let day = time.get(..10)?;
    day.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() }).then_some(())?;
    let (year, month) = (&day[..4], &day[5..7]);
    match precision {
        11.. if day.parse::<jiff::civil::Date>().is_ok() => Some(day.to_owned()),
        10.. if (1..=12).contains(&month.parse::<u8>().ok()?) => Some(format!("{year}-{month}")),
        9.. if year != "0000" => Some(year.to_owned()),
        _ => None,
    }
}
