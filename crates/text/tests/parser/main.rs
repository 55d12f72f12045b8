//! Promises of segmentation and parsing, with the models that the program embeds.

mod allocation;
mod check;
mod robustness;
mod splitting;
