//! One folder a language: segmentation, tables, inflection. Everything above the tree is the same for all.

pub mod ar;
pub mod en;
pub mod ru;

use std::fmt;

/// A language that marsad covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Arabic.
    Ar,
    /// English.
    En,
    /// Russian.
    Ru,
}

/// Every language that marsad covers. A new one is one line here and one folder beside this file.
pub const LANGUAGES: &[Lang] = &[Lang::Ar, Lang::En, Lang::Ru];

impl Lang {
    /// ISO 639-1 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Ar => "ar",
            Lang::En => "en",
            Lang::Ru => "ru",
        }
    }

    /// English name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Lang::Ar => "Arabic",
            Lang::En => "English",
            Lang::Ru => "Russian",
        }
    }

    /// The language of an ISO 639-1 or 639-3 code or BCP 47 tag (`ar`, `ara`, `arb`, `ru-RU`), or `None` where it is not covered.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Lang> {
        let primary = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "ar" | "ara" | "arb" => Some(Lang::Ar),
            "en" | "eng" => Some(Lang::En),
            "ru" | "rus" => Some(Lang::Ru),
            _ => None,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}
