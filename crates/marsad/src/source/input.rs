use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Chain, Cursor, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    binary, encoding,
    error::{EXPECTED, Problem, SourceError},
};

/// How much of an input is looked at before it is read, in bytes.
const START: u64 = 64 << 10;

/// Something to read documents from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file.
    Path(PathBuf),
    /// Standard input, named `stdin` in ids and messages.
    Stdin,
    /// Bytes in memory.
    Bytes {
        /// The name for ids and messages; its ending helps to tell the format.
        name: String,
        /// The bytes.
        bytes: Arc<[u8]>,
    },
}

impl Input {
    /// The input a command line names: `-` is standard input, everything else a file.
    ///
    /// ```
    /// use marsad::source::Input;
    ///
    /// assert_eq!(Input::named("-"), Input::Stdin);
    /// assert_eq!(Input::named("day.jsonl.gz").name(), "day.jsonl.gz");
    /// ```
    #[must_use]
    pub fn named(path: impl Into<PathBuf>) -> Input {
        let path = path.into();
        if path == Path::new("-") { Input::Stdin } else { Input::Path(path) }
    }

    /// Bytes in memory under a name.
    #[must_use]
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Input {
        Input::Bytes { name: name.into(), bytes: bytes.into().into() }
    }

    /// The name that ids and messages use.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Input::Path(path) => path.display().to_string(),
            Input::Stdin => "stdin".to_owned(),
            Input::Bytes { name, .. } => name.clone(),
        }
    }

    /// Opens the input, sees through compression, and refuses what is empty or no text.
    pub(super) fn open(&self) -> Result<Source, SourceError> {
        self.open_as(EXPECTED)
    }

    /// Opens a table, a dump or a dictionary, at once or not at all: a named pipe would wait for whoever writes into it, which may be nobody.
    pub(crate) fn open_table(&self, expected: &'static str) -> Result<Source, SourceError> {
        if let Input::Path(path) = self
            && let Some(found) = special(path)
        {
            return Err(SourceError::file(&self.name(), Problem::NoFile { found, expected }));
        }
        self.open_as(expected)
    }

    /// The same as [`Input::open`] for an input that is no document; `expected` says in messages what it should be.
    fn open_as(&self, expected: &'static str) -> Result<Source, SourceError> {
        let name = self.name();
        let file = |problem| SourceError::file(&name, problem);
        let bytes: Box<dyn Read + Send> = match self {
            Input::Path(path) => Box::new(File::open(path).map_err(|e| file(Problem::Open(e)))?),
            Input::Stdin => Box::new(io::stdin()),
            Input::Bytes { bytes, .. } => Box::new(Cursor::new(Arc::clone(bytes))),
        };
        let source = Source::peek(name.clone(), bytes).and_then(Source::unpacked).map_err(|e| file(Problem::Read(e)))?;
        source.check(expected)?;
        Ok(source)
    }
}

/// The end of an input that broke.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// What stands at a path that is there but is no file to read from beginning to end. What a shell hands over as `<(command)` is one.
pub(crate) fn special(path: &Path) -> Option<&'static str> {
    let kind = fs::metadata(path).ok()?.file_type();
    if kind.is_dir() {
        return Some("a directory");
    }
    if kind.is_file() { None } else { unix(path, kind) }
}

#[cfg(unix)]
fn unix(path: &Path, kind: fs::FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    // A pipe that a shell has opened has no path of its own.
    let is_open = || fs::canonicalize(path).is_err();
    match () {
        () if kind.is_fifo() => (!is_open()).then_some("a named pipe"),
        () if kind.is_socket() => Some("a socket"),
        () => Some("a device"),
    }
}

#[cfg(not(unix))]
fn unix(_: &Path, _: fs::FileType) -> Option<&'static str> {
    None
}

/// An opened input: its name, its first bytes, and all its bytes to read, unpacked.
pub struct Source {
    name: String,
    start: Vec<u8>,
    bytes: Peeked,
}

type Peeked = Chain<Cursor<Vec<u8>>, BufReader<Box<dyn Read + Send>>>;

impl Source {
    /// The input's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first bytes of the input, at most 64 KiB.
    #[must_use]
    pub fn start(&self) -> &[u8] {
        &self.start
    }

    /// All bytes, the first ones included.
    pub fn reader(self) -> impl BufRead + Send {
        self.bytes
    }

    /// Whether it seems to be in UTF-16.
    pub(crate) fn is_utf16(&self) -> bool {
        encoding::is_utf16(&self.start)
    }

    pub(super) fn error(&self, problem: Problem) -> SourceError {
        SourceError::file(&self.name, problem)
    }

    /// All bytes at once, if they are no more than `limit`.
    pub(super) fn whole(self, what: &'static str, limit: u64) -> Result<Vec<u8>, SourceError> {
        let mut whole = Vec::new();
        let read = self.bytes.take(limit.saturating_add(1)).read_to_end(&mut whole);
        let file = |problem| SourceError::file(&self.name, problem);
        read.map_err(|e| file(Problem::Read(e)))?;
        if whole.len() as u64 > limit {
            return Err(file(Problem::TooLarge { what, limit }));
        }
        Ok(whole)
    }

    fn peek(name: String, mut bytes: Box<dyn Read + Send>) -> io::Result<Source> {
        let mut start = Vec::new();
        // What breaks off early is read up to there; who reads on meets the error.
        let bytes: Box<dyn Read + Send> = match bytes.by_ref().take(START).read_to_end(&mut start) {
            Err(error) if start.is_empty() => return Err(error),
            Err(error) => Box::new(Broken(Some(error))),
            Ok(_) => bytes,
        };
        let bytes = Cursor::new(start.clone()).chain(BufReader::new(bytes));
        Ok(Source { name, start, bytes })
    }

    /// One layer of gzip or zstd is taken off, told by its first bytes: a file's name may lie.
    fn unpacked(self) -> io::Result<Source> {
        let bytes: Box<dyn Read + Send> = match self.start.as_slice() {
            [0x1f, 0x8b, 8, ..] => Box::new(flate2::bufread::MultiGzDecoder::new(self.bytes)),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(zstd::Decoder::with_buffer(self.bytes)?),
            _ => return Ok(self),
        };
        Source::peek(self.name, bytes)
    }

    fn check(&self, expected: &'static str) -> Result<(), SourceError> {
        if let Some(looks_like) = binary::looks_like(&self.start) {
            return Err(self.error(Problem::Foreign { looks_like, expected }));
        }
        let blank = (self.start.len() as u64) < START && encoding::start(&self.start, None).trim().is_empty();
        if blank {
            return Err(self.error(Problem::Empty { expected }));
        }
        Ok(())
    }
}

/// The ending of a file's name in lower case, without that of a compressed file: `jsonl` for `Day.JSONL.gz`.
pub(super) fn extension(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let name = ["gz", "zst"].iter().find_map(|packed| name.strip_suffix(packed)?.strip_suffix('.')).unwrap_or(&name);
    Path::new(name).extension().unwrap_or_default().to_string_lossy().into_owned()
}
