//! What is made of what was read: running orders and their comparison.

pub mod rundown;
