//! Word vectors learned elsewhere, from text without trees: what a treebank's words have in common with words that it does not have.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use crate::Error;

/// Words with a vector each.
#[derive(Debug, Default)]
pub struct Vectors {
    origin: String,
    words: Vec<String>,
    numbers: Vec<f32>,
}

impl Vectors {
    /// Reads the first `most` vectors of a file in the text form of word2vec and GloVe: a word and its numbers a line, after an optional line of sizes. A first
    /// line `#` tells where they are from and their licence, which the model will repeat.
    ///
    /// Each vector has `length` numbers.
    pub fn read(path: &Path, length: usize, most: usize) -> Result<Vectors, Error> {
        let file = File::open(path).map_err(|e| Error::file(path, e))?;
        let mut vectors = Vectors::default();
        for (i, line) in BufReader::new(file).lines().enumerate() {
            let line = line.map_err(|e| Error::file(path, e))?;
            if let Some(origin) = line.strip_prefix("# ").filter(|_| i == 0) {
                origin.clone_into(&mut vectors.origin);
                continue;
            }
            let mut fields = line.split_ascii_whitespace();
            let Some(word) = fields.next() else { continue };
            let numbers: Vec<f32> = fields.filter_map(|f| f.parse().ok()).collect();
            if i == 0 && numbers.len() == 1 {
                continue;
            }
            if numbers.len() != length {
                return Err(Error::file(path, format!("line {}: {} numbers, expected {length}, as many as --embed", i + 1, numbers.len())));
            }
            vectors.words.push(word.to_owned());
            vectors.numbers.extend(numbers);
            if vectors.words.len() == most {
                break;
            }
        }
        Ok(vectors)
    }

    /// What the file says of its origin; empty where it says nothing.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }

    pub fn numbers(&self) -> &[f32] {
        &self.numbers
    }
}
