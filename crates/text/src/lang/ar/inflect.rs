use crate::inflect::Inflect;
pub fn inflect(_l: &str, _p: Inflect, _out: &mut Vec<String>) {}
pub fn decline(_l: &str, _out: &mut Vec<String>) {}
