//! What was learned from gold, the same for all languages: tables of weights that `marsad-lab judge` writes, one folder for coding with the encoder, one for
//! coding without. The glance, which comes before both, and the verdict on factuality, which sees nothing of the encoder, are the same.

use super::glance::Glance;
use super::judge::Judge;
use super::linker::Linker;
use super::verdict::Verdict;

/// The built-in judge, judge of twins, linker, verdict and glance.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// How likely a candidate is right.
    pub judge: Judge,
    /// Whether two events of a type in a sentence are two.
    pub twins: Judge,
    /// Who takes part.
    pub linker: Linker,
    /// Whether what shows signs of being unreal is so.
    pub verdict: Verdict,
    /// Which sentences are worth a close look.
    pub glance: Glance,
}

/// The bytes of a table as the build has made them.
macro_rules! table {
    ($name:expr) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".weights"))
    };
}

/// The tables of a folder: judge, twins, linker.
macro_rules! folder {
    ($folder:literal) => {
        [table!(concat!($folder, "/judge")).as_slice(), table!(concat!($folder, "/twins")), table!(concat!($folder, "/linker"))]
    };
}

impl Weighed {
    /// The tables for coding with the encoder, or without.
    ///
    /// # Panics
    /// If an embedded table is broken, which a test rules out.
    #[must_use]
    pub fn embedded(fast: bool) -> Weighed {
        let [judge, twins, linker] = if fast { folder!("fast") } else { folder!("careful") };
        let read = || {
            Some(Weighed {
                judge: Judge::from_bytes(judge)?,
                twins: Judge::from_bytes(twins)?,
                linker: Linker::from_bytes(linker)?,
                verdict: Verdict::from_bytes(table!("verdict"))?,
                glance: Glance::from_bytes(table!("glance"))?,
            })
        };
        read().expect("the embedded tables are sound")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_loses_nothing_of_the_tables() {
        let folders = [
            (true, [include_str!("learned/fast/judge.tsv"), include_str!("learned/fast/twins.tsv"), include_str!("learned/fast/linker.tsv")]),
            (false, [include_str!("learned/careful/judge.tsv"), include_str!("learned/careful/twins.tsv"), include_str!("learned/careful/linker.tsv")]),
        ];
        for (fast, [judge, twins, linker]) in folders {
            let weighed = Weighed::embedded(fast);
            assert!(!weighed.linker.is_empty());
            assert_eq!(Judge::parse(judge), Some(weighed.judge));
            assert_eq!(Judge::parse(twins), Some(weighed.twins));
            assert_eq!(Linker::parse(linker), Some(weighed.linker));
            assert_eq!(Verdict::parse(include_str!("learned/verdict.tsv")), Some(weighed.verdict));
            assert_eq!(Glance::parse(include_str!("learned/glance.tsv")), Some(weighed.glance));
        }
    }
}
