use std::fmt;

/// A time or a length of time in a programme: milliseconds, from the programme's start where it is a point.
///
/// ```
/// use marsad::model::Time;
///
/// let first_mention = Time::from_seconds(664.2);
/// assert_eq!(first_mention.to_string(), "11:04");
/// assert_eq!(Time(3_725_000).to_string(), "1:02:05");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

impl Time {
    /// The nearest millisecond; what is negative or no number is 0.
    #[must_use]
    pub fn from_seconds(seconds: f64) -> Time {
        Time((seconds.max(0.0) * 1000.0).round() as u64)
    }

    /// In seconds.
    #[must_use]
    pub fn seconds(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// From `earlier` to this; 0 where `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Time) -> Time {
        Time(self.0.saturating_sub(earlier.0))
    }

    /// Later by so much.
    #[must_use]
    pub fn plus(self, length: Time) -> Time {
        Time(self.0.saturating_add(length.0))
    }
}

/// Minutes and seconds as on a stopwatch, with hours where there are any: `11:04`, `1:02:05`. Parts of a second are cut off.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0 / 1000;
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let text = if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") };
        f.pad(&text)
    }
}

/// A word with its times.
#[derive(Clone, Debug, PartialEq)]
pub struct TimedWord {
    /// The word as written, with its punctuation.
    pub text: String,
    /// When it begins.
    pub start: Time,
    /// When it ends; `None` where the format does not say.
    pub end: Option<Time>,
    /// How sure speech recognition was, 0 to 1; `None` where the format does not say.
    pub confidence: Option<f32>,
}

/// A piece of a transcript with its times: a caption, or a segment of speech recognition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cue {
    /// When it begins.
    pub start: Time,
    /// When it ends; never before it begins.
    pub end: Time,
    /// What is said, without markup, on one line; never blank.
    pub text: String,
    /// Who speaks, as the transcript names them; `None` where it does not say.
    pub speaker: Option<String>,
    /// Whether the transcript marks that another person begins to speak here (`>>`, a dash, another name).
    pub turn: bool,
    /// Whether the transcript itself says that an item begins here (`>>>`, a numbered line of a summary).
    pub opens_item: bool,
    /// The words with their own times; empty where the format has none.
    pub words: Vec<TimedWord>,
    /// Line of the file, from 1; `None` where lines mean nothing.
    pub line: Option<u64>,
}

/// The words of a programme with their times, in order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transcript {
    /// The file, as the user named it.
    pub name: String,
    /// Name of the format it was in.
    pub format: String,
    /// Language that the transcript states, as a code; `None` where it does not.
    pub language: Option<String>,
    /// The cues, none overlapping the next.
    pub cues: Vec<Cue>,
    /// What could not be read and what was repaired.
    pub notes: Vec<TranscriptNote>,
}

impl Transcript {
    /// When the last cue ends; 0 where there is none.
    #[must_use]
    pub fn end(&self) -> Time {
        self.cues.iter().map(|c| c.end).max().unwrap_or_default()
    }
}

/// Something about a transcript that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranscriptNote {
    /// Line of the file, from 1; `None` where the whole file is meant.
    pub line: Option<u64>,
    /// What it is.
    pub what: Oddity,
}

/// What may be odd about a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Oddity {
    /// A cue that could not be read, with what was expected; it was left out.
    Broken(String),
    /// This cue began before the one in front of it ended; that one was cut short.
    Overlap,
    /// This cue stands after later ones; it was put where its time says.
    Backwards,
    /// Times begin again from the start here, as in files put together; what follows was moved after what went before.
    Restart,
    /// Speech recognition said the same again and again; all but the first were left out.
    Loop {
        /// How many cues or phrases were left out.
        left_out: usize,
    },
    /// Nothing is said for long.
    Hole {
        /// For how many seconds.
        seconds: u64,
    },
    /// Something about the bytes: the encoding was guessed, characters were replaced.
    Bytes(String),
}

impl fmt::Display for TranscriptNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        match &self.what {
            Oddity::Broken(expected) => write!(f, "cue left out: {expected}"),
            Oddity::Overlap => write!(f, "begins before the cue in front of it ends; that one cut short"),
            Oddity::Backwards => write!(f, "stands after later cues; put where its time says"),
            Oddity::Restart => write!(f, "times begin again; moved after what went before"),
            Oddity::Loop { left_out } => write!(f, "the same again and again, left out ({left_out} times)"),
            Oddity::Hole { seconds } => write!(f, "nothing said for {seconds} s"),
            Oddity::Bytes(what) => write!(f, "{what}"),
        }
    }
}
