//! stub
use std::ops::Range;
use crate::model::EventDate;
/// w
#[derive(Clone, Copy, Debug)]
pub struct When<'a> { /// f
pub form: &'a str, /// f
pub folded: &'a str }
/// t
#[derive(Clone, Debug)]
pub struct Time { /// w
pub words: Range<usize>, /// d
pub date: EventDate, /// h
pub historical: Option<bool> }
/// times
pub fn times(_w: &[When], _l: marsad_text::Lang, _d: Option<jiff::civil::Date>) -> Vec<Time> { Vec::new() }
