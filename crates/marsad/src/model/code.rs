use std::fmt;

/// Home of an actor: an ISO 3166-1 alpha-3 country code, or `UNO`, `EUR`, `IGO`, `NGO`, `MNC`, `IMG` for what has no one country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; 3]);

impl Code {
    /// The code of three capital ASCII letters, or `None`.
    #[must_use]
    pub fn new(code: &str) -> Option<Code> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Code(bytes))
    }

    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Whether it names a country rather than an organisation without one.
    #[must_use]
    pub fn is_country(&self) -> bool {
        !matches!(self.as_str(), "UNO" | "EUR" | "IGO" | "NGO" | "MNC" | "IMG")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
