//! The names and the roles of a language as tries, as `src/actors/load.rs` reads them.

use marsad_text::Lang;

use crate::named::{NAMED, OF_A_COUNTRY, country_names, variants};
use crate::trie::{Growing, Trie};
use crate::vary::Vary;
use crate::{LEVEL, each_row};

/// Writes both.
pub fn write(lang: Lang) {
    let mut names = Growing::new(lang);
    let mut id = 0;
    each_row("src/actors/countries.tsv", |cells| {
        country_names(lang, cells[0], |column| variants(cells[column]), |name, vary, of| names.add(name, vary, id + of, false));
        id += OF_A_COUNTRY;
    });
    for table in NAMED {
        each_row(&format!("src/actors/{}.tsv", table.name), |cells| {
            variants(cells[table.column(lang)]).for_each(|name| names.add(name, table.vary, id, false));
            id += 1;
        });
    }
    let mut roles = Growing::new(lang);
    let mut id = 0;
    each_row(&format!("src/actors/roles/{lang}.tsv"), |cells| {
        roles.add(&cells[0].replace('*', ""), Vary::Role, id, false);
        id += 1;
    });
    for (kind, trie) in [("names", names), ("roles", roles)] {
        let bytes = Trie::to_bytes(&trie.done());
        crate::write(&format!("{lang}.{kind}"), &zstd::encode_all(bytes.as_slice(), LEVEL).expect("it fits into memory"));
    }
}
