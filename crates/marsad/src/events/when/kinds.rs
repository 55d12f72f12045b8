//! The vocabulary of the tables: kinds of words, and the classes that stand in phrases in capitals.

/// What a word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Month, 1 to 12.
    Month,
    /// Short form of a month that needs a day or a year beside it.
    Abbreviated,
    /// Month of the Islamic calendar, 1 (Muharram) to 12.
    Hijri,
    /// Weekday, 1 (Monday) to 7.
    Weekday,
    /// Weekday in a form that needs company: the oblique cases of Russian.
    Oblique,
    /// Cardinal number word.
    Number,
    /// Ordinal number word.
    Ordinal,
    /// Roman number.
    Roman,
    /// Unit that is only counted: day, hour.
    Unit,
    /// Unit that can be pointed at: "last week".
    Span,
    /// Spring 1, summer 2, autumn 3, winter 4.
    Season,
    /// Last -1, this 0, next 1.
    Relative,
    /// Decade of a century, 20 to 90.
    Decade,
    /// What may hang on a day, a year, a decade in digits: -rd, -го, -s.
    DayEnd,
    YearEnd,
    DecadeEnd,
    /// Words before an expression: since (past), from, until, and those that may stand between.
    Since,
    From,
    Until,
    Skip,
    /// An adverb of time, for [`super::is_time_word`] only.
    Time,
    /// A word or list that phrases name.
    Word(u16),
}

/// Kinds by their name in the tables.
pub const KINDS: &[(&str, Kind)] = &[
    ("month", Kind::Month),
    ("abbr", Kind::Abbreviated),
    ("hijri", Kind::Hijri),
    ("weekday", Kind::Weekday),
    ("oblique", Kind::Oblique),
    ("num", Kind::Number),
    ("nth", Kind::Ordinal),
    ("roman", Kind::Roman),
    ("unit", Kind::Unit),
    ("span", Kind::Span),
    ("season", Kind::Season),
    ("rel", Kind::Relative),
    ("decade", Kind::Decade),
    ("day-end", Kind::DayEnd),
    ("year-end", Kind::YearEnd),
    ("decade-end", Kind::DecadeEnd),
    ("since", Kind::Since),
    ("from", Kind::From),
    ("until", Kind::Until),
    ("skip", Kind::Skip),
    ("time", Kind::Time),
];

/// Units by their name in the tables; a row's value is its place here.
pub const UNITS: &[&str] = &["minute", "hour", "day", "week", "weekend", "long-weekend", "month", "year", "decade", "century"];

/// What a place of a phrase reads, and captures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Day of the month in digits: 3, 3rd, 3-го.
    Day,
    /// Ordinal in words.
    Nth,
    /// Any month / none abbreviated / only a name that means little else.
    Month,
    Name,
    Clear,
    /// Month of the Islamic calendar.
    Hijri,
    /// Year in digits, 1000 to 2100 / 1900 to 2060.
    Year,
    Recent,
    /// Year in words.
    Spelled,
    /// Year in two digits, 1940 to 1999 / with an ending on it.
    Yy,
    YyTh,
    /// Date in digits / day and month in digits.
    Date,
    Dm,
    /// Cardinal in digits or words / none that is written like a year, 1900 to 2060.
    Num,
    Count,
    Unit,
    Span,
    Rel,
    /// Weekday / weekday in any form.
    Weekday,
    Anyday,
    Season,
    /// Decade in four digits / in two digits or words.
    Decade,
    Short,
    /// Number of a century.
    Century,
    Dash,
    Comma,
    Slash,
    Dot,
    Open,
    Close,
    Quote,
    Apostrophe,
}

pub const CLASSES: &[(&str, Class)] = &[
    ("DAY", Class::Day),
    ("NTH", Class::Nth),
    ("MONTH", Class::Month),
    ("NAME", Class::Name),
    ("CLEAR", Class::Clear),
    ("HIJRI", Class::Hijri),
    ("YEAR", Class::Year),
    ("RECENT", Class::Recent),
    ("SPELLED", Class::Spelled),
    ("YY", Class::Yy),
    ("YYTH", Class::YyTh),
    ("DATE", Class::Date),
    ("DM", Class::Dm),
    ("NUM", Class::Num),
    ("COUNT", Class::Count),
    ("UNIT", Class::Unit),
    ("SPAN", Class::Span),
    ("REL", Class::Rel),
    ("WEEKDAY", Class::Weekday),
    ("ANYDAY", Class::Anyday),
    ("SEASON", Class::Season),
    ("DECADE", Class::Decade),
    ("SHORT", Class::Short),
    ("CENTURY", Class::Century),
    ("DASH", Class::Dash),
    ("COMMA", Class::Comma),
    ("SLASH", Class::Slash),
    ("DOT", Class::Dot),
    ("OPEN", Class::Open),
    ("CLOSE", Class::Close),
    ("QUOTE", Class::Quote),
    ("APOS", Class::Apostrophe),
];

impl Class {
    /// Whether something of the class may begin with a word of that kind.
    pub fn begins_with(self, kind: Kind) -> bool {
        match self {
            Class::Nth | Class::Spelled => matches!(kind, Kind::Ordinal | Kind::Number),
            Class::Month => matches!(kind, Kind::Month | Kind::Abbreviated),
            Class::Name | Class::Clear => kind == Kind::Month,
            Class::Hijri => kind == Kind::Hijri,
            Class::Num | Class::Count => kind == Kind::Number,
            Class::Unit => matches!(kind, Kind::Unit | Kind::Span),
            Class::Span => kind == Kind::Span,
            Class::Rel => kind == Kind::Relative,
            Class::Weekday => kind == Kind::Weekday,
            Class::Anyday => matches!(kind, Kind::Weekday | Kind::Oblique),
            Class::Season => kind == Kind::Season,
            Class::Short => kind == Kind::Decade,
            Class::Century => matches!(kind, Kind::Ordinal | Kind::Number | Kind::Roman),
            _ => false,
        }
    }

    /// Whether something of the class may begin with digits.
    pub fn begins_with_digits(self) -> bool {
        use Class as C;
        matches!(self, C::Day | C::Year | C::Recent | C::Yy | C::YyTh | C::Date | C::Dm | C::Num | C::Count | C::Decade | C::Short | C::Century)
    }

    pub fn is_punctuation(self) -> bool {
        use Class as C;
        matches!(self, C::Dash | C::Comma | C::Slash | C::Dot | C::Open | C::Close | C::Quote | C::Apostrophe)
    }
}
