//! Where places lie: coordinates and numbers of GeoNames by name and country.

use std::sync::{Arc, OnceLock};

use marsad_text::Lang;
use rustc_hash::{FxHashMap, FxHashSet};

use super::cells::{code, english};
use super::inventory::{Actors, Known};
use super::load::Loader;
use super::shapes::PLACES;
use crate::forms::Vary;
use crate::model::Code;
use crate::tables::{Packed, Problems, Row, Spot, TableError, Tables};
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

/// A folded English name and a country.
type Key = (String, Option<Code>);

/// Where places lie; those of the packed table are read when a place is first looked up.
#[derive(Debug, Default)]
pub(super) struct Geos {
    packed: Option<Arc<Packed>>,
    known: OnceLock<FxHashMap<Key, Geo>>,
}

impl Geos {
    /// The places of the built-in table.
    pub fn packed(table: &Arc<Packed>) -> Geos {
        Geos { packed: Some(Arc::clone(table)), known: OnceLock::new() }
    }

    /// Adds a place, unless it is known.
    pub fn add(&mut self, key: Key, geo: Geo) {
        self.known();
        if let Some(known) = self.known.get_mut() {
            known.entry(key).or_insert(geo);
        }
    }

    fn known(&self) -> &FxHashMap<Key, Geo> {
        self.known.get_or_init(|| {
            let mut known = FxHashMap::default();
            if let Some(packed) = &self.packed {
                let rows = (0..packed.rows()).map(|n| packed.row(n, &[ISO3, ENGLISH, LATITUDE, LONGITUDE, GEONAMES]));
                let geo = |row: Row| geo(&row).unwrap_or_else(|e| panic!("a test reads every built-in row: {e}"));
                // Of two rows the first counts.
                rows.filter_map(geo).for_each(|(key, geo)| _ = known.entry(key).or_insert(geo));
            }
            known
        })
    }
}

/// Columns of the table of places.
const ISO3: usize = 1;
const ENGLISH: usize = 2;
const LATITUDE: usize = 5;
const LONGITUDE: usize = 6;
const GEONAMES: usize = 7;

/// The coordinates in a row of places, if it has any.
pub(super) fn geo(row: &Row) -> Result<Option<(Key, Geo)>, TableError> {
    let degrees = |column: usize, called: &str, most: f64| {
        let wrong = |text: &str| row.error(format!("{called} is {text}, expected degrees from -{most} to {most}"));
        row.get(column).map(|text| text.parse().ok().filter(|d: &f64| d.abs() <= most).ok_or_else(|| wrong(text))).transpose()
    };
    let number = |text: &str| text.parse().map_err(|_| row.error(format!("geonameid is {text}, expected a number")));
    let id = row.get(GEONAMES).map(number).transpose()?;
    match (degrees(LATITUDE, "lat", 90.0)?, degrees(LONGITUDE, "lon", 180.0)?) {
        (Some(lat), Some(lon)) => {
            let code = row.get(ISO3).map(|_| code(row, ISO3, "iso3")).transpose()?;
            Ok(Some(((fold(&english(row, ENGLISH)), code), Geo { lat, lon, id })))
        }
        (None, None) if id.is_none() => Ok(None),
        (None, None) => Err(row.error("geonameid stands without lat and lon, expected all three or none")),
        _ => Err(row.error("one of lat and lon is empty, expected both or neither")),
    }
}

impl Actors {
    /// Where the place of that usual English name in that country lies, if it is known.
    #[must_use]
    pub fn geo(&self, name: &str, code: Option<Code>) -> Option<Geo> {
        self.geos.known().get(&(fold(name), code)).copied()
    }
}

impl Loader {
    /// Adds the places of GeoNames: to places that are known they lend coordinates, others are new names behind those known already.
    pub(super) fn add_spots(&mut self, spots: &[Spot]) {
        if spots.is_empty() {
            return;
        }
        let mut known: FxHashSet<Key> = FxHashSet::default();
        for place in self.entities.iter() {
            match place {
                Known::Place { name, code, .. } => known.insert((fold(name), *code)),
                Known::Country { name, code, .. } => known.insert((fold(name), Some(*code))),
                _ => false,
            };
        }
        for spot in spots {
            let key = (fold(&spot.name), Some(spot.code));
            self.geos.add(key.clone(), Geo { lat: spot.lat, lon: spot.lon, id: Some(spot.id) });
            if spot.named && known.insert(key) {
                self.add_spot(spot);
            }
        }
    }

    fn add_spot(&mut self, spot: &Spot) {
        let id = self.entities.push(Known::Place { code: Some(spot.code), name: spot.name.clone(), capital: spot.capital });
        let latin = [spot.name.clone()];
        let names: &[String] = match self.lang {
            Lang::En => &latin,
            Lang::Ru => &spot.ru,
            Lang::Ar => &spot.ar,
        };
        // Among so many names are common words: they count only where a name may stand.
        for name in names.iter().filter(|n| n.chars().count() > 2) {
            if let Some(names) = &mut self.names {
                names.add(&format!("{name}!"), Vary::Name, id, false);
            }
        }
    }
}

/// English names of the built-in and the user's places with their countries, folded: those to which GeoNames may lend coordinates.
pub(crate) fn known_places(tables: &Tables) -> FxHashSet<(String, Code)> {
    let rows = tables.collect("actors/places.tsv", &PLACES, &mut Problems::default());
    let keyed = rows.iter().filter_map(|row| Some((row, Code::new(row.get(1)?)?)));
    keyed.flat_map(|(row, code)| row.variants(2).map(move |name| (fold(name.trim_matches(['~', '!'])), code))).collect()
}
