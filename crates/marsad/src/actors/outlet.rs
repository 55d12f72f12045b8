//! Where an outlet is at home: a story that names no country is most likely of its own.

use marsad_text::normal::fold;
use rustc_hash::FxHashMap;

use super::cells::code;
use crate::model::Code;
use crate::tables::{Row, TableError};

/// Endings of hosts of any country.
const GENERAL: &[&str] = &[".com", ".org", ".net", ".info"];

/// Homes of outlets by host: parts of an address, whole ends, top-level domains.
#[derive(Debug, Default)]
pub(super) struct Outlets {
    /// `None` for those that write for the whole world.
    homes: FxHashMap<Box<str>, Option<Code>>,
}

impl Outlets {
    /// Adds a row of the table.
    pub fn add(&mut self, row: &Row) -> Result<(), TableError> {
        let host = row.required(0, "host")?;
        if host.contains(|c: char| c == '/' || c == ':' || c.is_whitespace()) {
            return Err(row.error(format!("host is {host}, expected the part of an address between // and the next /, such as bbc.co.uk")));
        }
        let home = row.get(1).map(|_| code(row, 1, "iso3")).transpose()?;
        self.homes.insert(fold(host).into(), home);
        Ok(())
    }

    /// The home of a host: by its whole end, else by its national ending, else by one of its other parts. The outer `None` where no row speaks of it.
    pub fn of_host(&self, host: &str) -> Option<Option<Code>> {
        let host = fold(host);
        let ends = || host.match_indices('.').map(|(at, _)| &host[at..]);
        let whole = std::iter::once(host.as_str()).chain(ends().map(|end| &end[1..])).filter(|end| end.contains('.')).find_map(|end| self.get(end));
        whole.or_else(|| self.get(ends().next_back()?)).or_else(|| host.split('.').find_map(|part| self.get(part)))
    }

    /// The home of the outlet that an identifier names: an address, or a host or a part of one and a number ("bbc.381646"). Other identifiers, file names above
    /// all, say nothing of outlets.
    pub fn of_id(&self, id: &str) -> Option<Option<Code>> {
        if let Some(host) = host_of(id) {
            return self.of_host(host);
        }
        let id = fold(id);
        let name = id.trim_end_matches(|c: char| matches!(c, '.' | '-' | '_') || c.is_ascii_digit());
        if name.len() == id.len() || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-')) {
            return None;
        }
        match name.rfind('.') {
            Some(at) if GENERAL.contains(&&name[at..]) || self.get(&name[at..]).is_some() => self.of_host(name),
            Some(_) => None,
            None => self.get(name),
        }
    }

    /// The home of an outlet by its name without spaces ("The Guardian").
    pub fn of_name(&self, name: &str) -> Option<Option<Code>> {
        if name.contains('.') {
            return self.of_host(name.trim());
        }
        self.get(&fold(&name.split_whitespace().collect::<String>()))
    }

    fn get(&self, key: &str) -> Option<Option<Code>> {
        self.homes.get(key).copied()
    }
}

/// The host of an address, without user and port.
pub(super) fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outlets() -> Outlets {
        let code = |c: &str| Code::new(c);
        let homes = [
            ("bbc", code("GBR")),
            (".uk", code("GBR")),
            (".ng", code("NGA")),
            (".au", code("AUS")),
            ("guardian", code("GBR")),
            ("theguardian", code("GBR")),
            ("rt", code("RUS")),
            ("reuters", None),
            ("pravda.com.ua", code("UKR")),
            ("pravda", code("RUS")),
        ];
        Outlets { homes: homes.into_iter().map(|(host, home)| (host.into(), home)).collect() }
    }

    #[test]
    fn a_host_is_at_home_by_its_whole_end_its_national_ending_or_a_part() {
        let outlets = outlets();
        for (host, home) in [
            ("news.bbc.co.uk", Some("GBR")),
            ("www.bbc.com", Some("GBR")),
            ("guardian.ng", Some("NGA")),
            ("WWW.TheGuardian.com", Some("GBR")),
            ("www.pravda.com.ua", Some("UKR")),
            ("pravda.info", Some("RUS")),
            ("example.org", None),
            ("", None),
            ("..", None),
        ] {
            let code = outlets.of_host(host).flatten();
            assert_eq!(code.map(|c| c.to_string()).as_deref(), home, "{host}");
        }
        assert_eq!(outlets.of_host("www.reuters.com"), Some(None), "at home nowhere, and known to be");
    }

    #[test]
    fn identifiers_begin_with_addresses_or_with_outlets_and_numbers() {
        let outlets = outlets();
        for (id, home) in [
            ("bbc.381646", Some("GBR")),
            ("rt.com.91335", Some("RUS")),
            ("BBC.CO.UK-7", Some("GBR")),
            ("theage.com.au.17", Some("AUS")),
            ("https://user@www.bbc.com:443/news/1?x=rt.com", Some("GBR")),
            ("guardian/2018/1.txt", None),
            ("rt.txt", None),
            ("rt.txt.5", None),
            ("bbc", None),
            ("rtx.5", None),
            ("notes about bbc", None),
            ("://", None),
            ("", None),
        ] {
            let code = outlets.of_id(id).flatten();
            assert_eq!(code.map(|c| c.to_string()).as_deref(), home, "{id}");
        }
        assert_eq!(outlets.of_name("The Guardian").flatten().map(|c| c.to_string()).as_deref(), Some("GBR"));
    }
}
