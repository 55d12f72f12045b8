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

/// The tables of a folder.
macro_rules! folder {
    ($folder:literal) => {
        [
            include_str!(concat!("learned/", $folder, "/judge.tsv")),
            include_str!(concat!("learned/", $folder, "/twins.tsv")),
            include_str!(concat!("learned/", $folder, "/linker.tsv")),
        ]
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
                judge: Judge::parse(judge)?,
                twins: Judge::parse(twins)?,
                linker: Linker::parse(linker)?,
                verdict: Verdict::parse(include_str!("learned/verdict.tsv"))?,
                glance: Glance::parse(include_str!("learned/glance.tsv"))?,
            })
        };
        read().expect("the embedded tables are sound")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_folders_are_sound() {
        for fast in [false, true] {
            assert!(!Weighed::embedded(fast).linker.is_empty());
        }
    }
}
