//! Which names the rows of the actors' tables give. `build.rs` reads this file too.

use marsad_text::Lang;

use super::vary::Vary;

/// A table with a name in each language.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The table, without `actors/` and `.tsv`.
    pub name: &'static str,
    /// The columns of the names: English, Russian, Arabic.
    columns: [usize; 3],
    /// How the names vary.
    pub vary: Vary,
}

/// These tables, in the order in which of two equal names the first is meant; countries stand before them.
pub const NAMED: [Named; 4] = [
    Named { name: "organisations", columns: [4, 5, 6], vary: Vary::Name },
    Named { name: "metonyms", columns: [2, 3, 4], vary: Vary::Name },
    Named { name: "people", columns: [1, 2, 3], vary: Vary::Surname },
    Named { name: "places", columns: [2, 3, 4], vary: Vary::Name },
];

impl Named {
    /// The column of the names in a language.
    pub fn column(&self, lang: Lang) -> usize {
        of(lang, self.columns)
    }
}

fn of<T>(lang: Lang, [en, ru, ar]: [T; 3]) -> T {
    match lang {
        Lang::En => en,
        Lang::Ru => ru,
        Lang::Ar => ar,
    }
}

/// A row of countries is three entities: the country, its adjective, its people.
pub const OF_A_COUNTRY: u32 = 3;

/// The column of a country's names; those of its adjectives and of its people follow.
pub fn country_column(lang: Lang) -> usize {
    of(lang, [2, 5, 8])
}

/// The names that a row of countries gives: how each varies, and which of the three entities it means. `variants` tells the variants of a column.
pub fn country_names<'r, V: Iterator<Item = &'r str>>(lang: Lang, code: &str, variants: impl Fn(usize) -> V, mut give: impl FnMut(&str, Vary, u32)) {
    let column = country_column(lang);
    for name in variants(column) {
        give(name, Vary::Name, 0);
    }
    for adjective in variants(column + 1) {
        give(adjective, Vary::Nationality, 1);
        // The first part of an adjective of several nations: «российский» gives «российско».
        if let Some(stem) = adjective.strip_suffix("ий").filter(|_| lang == Lang::Ru) {
            give(&format!("{stem}о"), Vary::Name, 1);
        }
    }
    for people in variants(column + 2) {
        give(people, Vary::Role, 2);
    }
    for &(joined, of) in JOINING {
        if of == code {
            give(joined, Vary::Name, 1);
        }
    }
}

/// The variants of a cell.
pub fn variants(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|variant| !variant.is_empty() && *variant != "-")
}

/// First parts of adjectives of several nations that no rule makes.
const JOINING: &[(&str, &str)] = &[
    ("Anglo", "GBR"),
    ("Franco", "FRA"),
    ("Sino", "CHN"),
    ("Russo", "RUS"),
    ("Indo", "IND"),
    ("Greco", "GRC"),
    ("Turco", "TUR"),
    ("Israelo", "ISR"),
    ("Iraqi", "IRQ"),
    ("англо", "GBR"),
    ("франко", "FRA"),
    ("германо", "DEU"),
    ("греко", "GRC"),
    ("итало", "ITA"),
    ("испано", "ESP"),
    ("японо", "JPN"),
    ("индо", "IND"),
    ("афгано", "AFG"),
    ("ирано", "IRN"),
    ("ирако", "IRQ"),
    ("арабо", "SAU"),
];
