//! Where places lie: coordinates and numbers of GeoNames by name and country.

use marsad_text::Lang;
use rustc_hash::{FxHashMap, FxHashSet};

use super::inventory::{Actors, Known};
use super::names::Style;
use super::shapes::PLACES;
use crate::model::Code;
use crate::tables::{Problems, Row, Spot, TableError, Tables};
use crate::text::normal::fold;

/// Where a place lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geo {
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// Number in GeoNames.
    pub id: Option<u32>,
}

/// Places by folded English name and country.
pub(super) type Geos = FxHashMap<(String, Option<Code>), Geo>;

impl Actors {
    /// Where the place of that usual English name in that country lies, if it is known.
    #[must_use]
    pub fn geo(&self, name: &str, code: Option<Code>) -> Option<Geo> {
        self.geos.get(&(fold(name), code)).copied()
    }

    /// Takes the coordinates of a row of places.
    pub(super) fn add_geo(&mut self, row: &Row, name: &str, code: Option<Code>) -> Result<(), TableError> {
        let degrees = |column: usize, called: &str, most: f64| {
            let wrong = |text: &str| row.error(format!("{called} is {text}, expected degrees from -{most} to {most}"));
            row.get(column).map(|text| text.parse().ok().filter(|d: &f64| d.abs() <= most).ok_or_else(|| wrong(text))).transpose()
        };
        let id = row.get(7).map(|text| text.parse().map_err(|_| row.error(format!("geonameid is {text}, expected a number")))).transpose()?;
        match (degrees(5, "lat", 90.0)?, degrees(6, "lon", 180.0)?) {
            (Some(lat), Some(lon)) => {
                self.geos.entry((fold(name), code)).or_insert(Geo { lat, lon, id });
                Ok(())
            }
            (None, None) if id.is_none() => Ok(()),
            _ => Err(row.error("one of lat and lon is empty, expected both or neither")),
        }
    }

    /// Adds the places of GeoNames: to places that are known they lend coordinates, others are new names behind those known already.
    pub(super) fn add_spots(&mut self, spots: &[Spot]) {
        let mut known: FxHashSet<(String, Option<Code>)> = FxHashSet::default();
        for place in &self.known {
            match place {
                Known::Place { name, code, .. } => known.insert((fold(name), *code)),
                Known::Country { name, code, .. } => known.insert((fold(name), Some(*code))),
                _ => false,
            };
        }
        for spot in spots {
            let key = (fold(&spot.name), Some(spot.code));
            self.geos.entry(key.clone()).or_insert(Geo { lat: spot.lat, lon: spot.lon, id: Some(spot.id) });
            if spot.named && known.insert(key) {
                self.add_spot(spot);
            }
        }
    }

    fn add_spot(&mut self, spot: &Spot) {
        let id = self.push(Known::Place { code: Some(spot.code), name: spot.name.clone(), capital: spot.capital });
        let latin = [spot.name.clone()];
        let names: &[String] = match self.lang() {
            Lang::En => &latin,
            Lang::Ru => &spot.ru,
            Lang::Ar => &spot.ar,
        };
        // Among so many names are common words: they count only where a name may stand.
        for name in names.iter().filter(|n| n.chars().count() > 2) {
            self.add_name(&format!("{name}!"), Style::Name, id);
        }
    }
}

/// English names of the built-in and the user's places with their countries, folded: those to which GeoNames may lend coordinates.
pub(crate) fn known_places(tables: &Tables) -> FxHashSet<(String, Code)> {
    let rows = tables.collect("actors/places.tsv", &PLACES, &mut Problems::default());
    let keyed = rows.iter().filter_map(|row| Some((row, Code::new(row.get(1)?)?)));
    keyed.flat_map(|(row, code)| row.variants(2).map(move |name| (fold(name.trim_matches(['~', '!'])), code))).collect()
}
