//! CAMEO's actor codes: three letters a part, the country or kind of organisation first.

use std::sync::LazyLock;

use crate::actors::codes::is_known;

/// What a code is in marsad.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coded {
    /// Home code.
    pub code: Option<String>,
    /// Sector.
    pub sector: Option<&'static str>,
    /// Parts that have no counterpart.
    pub lost: Vec<String>,
}

struct Role {
    cameo: &'static str,
    code: Option<&'static str>,
    sector: Option<&'static str>,
}

static ROLES: LazyLock<Vec<Role>> = LazyLock::new(|| {
    let lines = include_str!("roles.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
    let some = |c: &'static str| Some(c).filter(|c| *c != "-");
    lines.map(|l| l.split('\t').collect::<Vec<_>>()).map(|c| Role { cameo: c[0], code: some(c[1]), sector: some(c[2]) }).collect()
});

/// What a code such as `AFGGOVMIL` is. Of several sectors the last that has a counterpart counts, as it is the narrowest: a defence minister is MIL to CAMEO, but a
/// minister is the government's, so GOV stays before others.
pub fn coded(code: &str) -> Coded {
    let code = code.trim_matches('~');
    let mut out = Coded::default();
    let threes = |piece: &str| piece.chars().collect::<Vec<_>>().chunks(3).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>();
    for part in code.split('/').flat_map(threes) {
        let role = ROLES.iter().find(|r| r.cameo == part);
        match role {
            Some(role) => {
                let new = out.code.is_none() && role.code.is_some();
                if new {
                    out.code = role.code.map(str::to_owned);
                }
                if out.sector.is_none() {
                    out.sector = role.sector;
                } else if role.sector.is_some() && role.sector != out.sector {
                    out.lost.push(part.clone());
                }
                if role.code.is_none() && role.sector.is_none() {
                    out.lost.push(part);
                } else if role.code == Some("UNO") || (role.code == Some("EUR") && out.code.as_deref() == Some("IGO")) {
                    out.code = role.code.map(str::to_owned);
                }
            }
            None if out.code.is_none() && is_known(&part) && part != "EUR" => out.code = Some(part),
            None => out.lost.push(part),
        }
    }
    out
}

/// A title for offices of a sector, since the dictionaries tell none.
pub fn title(sector: &str) -> &'static str {
    match sector {
        "GOV" => "official",
        "MIL" => "officer",
        "LEG" => "legislator",
        "JUD" => "judge",
        "COP" => "police official",
        "SPY" => "intelligence official",
        "OPP" => "opposition leader",
        "PTY" => "party leader",
        "REB" => "rebel leader",
        "ELI" => "public figure",
        _ => "leader",
    }
}
