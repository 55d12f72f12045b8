//! Whom and what names mean, by number.

use std::sync::{Arc, OnceLock};

use super::inventory::Known;
use crate::tables::{Packed, Problems, Row};

/// Reads what a row of a table is about; what is wrong is noted.
pub(super) type Make = fn(&Row, &mut Problems) -> Option<Known>;

/// Everything that has a name or is a role. Rows of the large built-in tables are read when they are first asked for: a text names few of them.
#[derive(Debug, Default)]
pub(super) struct Entities {
    rooms: Vec<Room>,
    len: u32,
}

/// Numbers that follow each other.
#[derive(Debug)]
struct Room {
    first: u32,
    what: What,
}

#[derive(Debug)]
enum What {
    Made(Vec<Known>),
    /// The rows of a packed table; `told` are the columns that are read.
    Packed {
        table: Arc<Packed>,
        told: &'static [usize],
        make: Make,
        rows: Vec<OnceLock<Box<Known>>>,
    },
}

impl Entities {
    /// How many there are.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Adds one and gives its number.
    pub fn push(&mut self, known: Known) -> u32 {
        match self.rooms.last_mut() {
            Some(Room { what: What::Made(all), .. }) => all.push(known),
            _ => self.rooms.push(Room { first: self.len, what: What::Made(vec![known]) }),
        }
        self.len += 1;
        self.len - 1
    }

    /// Adds the rows of a packed table.
    pub fn push_packed(&mut self, table: &Arc<Packed>, told: &'static [usize], make: Make) {
        let rows = (0..table.rows()).map(|_| OnceLock::new()).collect();
        self.rooms.push(Room { first: self.len, what: What::Packed { table: Arc::clone(table), told, make, rows } });
        self.len += table.rows() as u32;
    }

    /// The one of a number.
    ///
    /// # Panics
    /// If there is none of that number; if a built-in table is broken, which a test rules out.
    pub fn get(&self, id: u32) -> &Known {
        let room = &self.rooms[self.rooms.partition_point(|room| room.first <= id) - 1];
        let at = (id - room.first) as usize;
        match &room.what {
            What::Made(all) => &all[at],
            What::Packed { table, told, make, rows } => rows[at].get_or_init(|| {
                let mut problems = Problems::default();
                let known = make(&table.row(at, told), &mut problems);
                Box::new(known.unwrap_or_else(|| panic!("a test reads every built-in row: {:?}", problems.done(()))))
            }),
        }
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Known> {
        (0..self.len).map(|id| self.get(id))
    }

    /// Those of the small tables, countries and roles among them.
    pub fn small(&self) -> impl Iterator<Item = &Known> {
        self.rooms.iter().flat_map(|room| if let What::Made(all) = &room.what { all.as_slice() } else { &[] })
    }
}
