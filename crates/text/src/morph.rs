//! The closed inventories of Universal Dependencies v2: parts of speech, the universal features, relations.

use std::fmt;

macro_rules! inventory {
    ($(#[$doc:meta])* $type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[allow(missing_docs, reason = "the names are those of the UD guidelines")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[repr(u8)]
        pub enum $type { $($variant),+ }

        impl $type {
            /// All values, in the order of their numbers.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The name as CoNLL-U writes it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            /// The value of that name, or `None`.
            #[must_use]
            pub fn from_name(name: &str) -> Option<$type> {
                match name { $($name => Some($type::$variant),)+ _ => None }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.name()) }
        }
    };
}

inventory! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN", Num = "NUM",
        Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

inventory! {
    /// Universal dependency relation without its subtype.
    Base {
        Acl = "acl", Advcl = "advcl", Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux", Case = "case", Cc = "cc", Ccomp = "ccomp",
        Clf = "clf", Compound = "compound", Conj = "conj", Cop = "cop", Csubj = "csubj", Dep = "dep", Det = "det", Discourse = "discourse",
        Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list",
        Mark = "mark", Nmod = "nmod", Nsubj = "nsubj", Nummod = "nummod", Obj = "obj", Obl = "obl", Orphan = "orphan", Parataxis = "parataxis",
        Punct = "punct", Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

/// Relation subtypes that the treebanks use; the first is none.
const SUBTYPES: &[&str] =
    &["", "agent", "desc", "emph", "entity", "foreign", "gov", "name", "outer", "pass", "poss", "preconj", "predet", "prt", "relcl", "tmod", "unmarked"];

/// A dependency relation: the universal part and a subtype, as in `nsubj:pass`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rel {
    /// The universal relation.
    pub base: Base,
    sub: u8,
}

impl Rel {
    /// The relation without a subtype.
    #[must_use]
    pub const fn of(base: Base) -> Rel {
        Rel { base, sub: 0 }
    }

    /// Reads `nsubj:pass`; an unknown subtype is dropped, an unknown relation is `None`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Rel> {
        let (base, sub) = name.split_once(':').unwrap_or((name, ""));
        let sub = SUBTYPES.iter().position(|&s| s == sub).unwrap_or(0) as u8;
        Base::from_name(base).map(|base| Rel { base, sub })
    }

    /// The subtype, empty where there is none.
    #[must_use]
    pub fn subtype(self) -> &'static str {
        SUBTYPES[self.sub as usize]
    }
}

impl fmt::Display for Rel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.subtype() {
            "" => f.pad(self.base.name()),
            sub => f.pad(&format!("{}:{sub}", self.base)),
        }
    }
}

/// The universal features and their values, sorted by name as CoNLL-U wants them.
pub const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("Abbr", &["Yes"]),
    ("Animacy", &["Anim", "Inan"]),
    ("Aspect", &["Imp", "Perf"]),
    ("Case", &["Acc", "Dat", "Gen", "Ins", "Loc", "Nom", "Par", "Voc"]),
    ("Definite", &["Com", "Cons", "Def", "Ind"]),
    ("Degree", &["Cmp", "Pos", "Sup"]),
    ("Foreign", &["Yes"]),
    ("Gender", &["Fem", "Masc", "Neut"]),
    ("Mood", &["Cnd", "Imp", "Ind", "Jus", "Sub"]),
    ("Number", &["Dual", "Plur", "Ptan", "Sing"]),
    ("NumType", &["Card", "Frac", "Mult", "Ord", "Sets"]),
    ("Person", &["1", "2", "3"]),
    ("Polarity", &["Neg", "Pos"]),
    ("Poss", &["Yes"]),
    ("PronType", &["Art", "Dem", "Emp", "Exc", "Ind", "Int", "Neg", "Prs", "Rcp", "Rel", "Tot"]),
    ("Reflex", &["Yes"]),
    ("Tense", &["Fut", "Past", "Pres"]),
    ("VerbForm", &["Conv", "Fin", "Ger", "Inf", "Part"]),
    ("Voice", &["Act", "Mid", "Pass"]),
];

/// Morphological features of a word: one value, or none, for each of [`ATTRIBUTES`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Feats([u8; ATTRIBUTES.len()]);

impl Feats {
    /// Reads a CoNLL-U FEATS field; what the inventory does not have is dropped.
    #[must_use]
    pub fn from_conllu(field: &str) -> Feats {
        let mut feats = Feats::default();
        for (name, value) in field.split('|').filter_map(|pair| pair.split_once('=')) {
            let Some(a) = attribute(name) else { continue };
            if let Some(v) = ATTRIBUTES[a].1.iter().position(|&known| known == value) {
                feats.0[a] = v as u8 + 1;
            }
        }
        feats
    }

    /// The value of an attribute by name, or `None`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'static str> {
        let a = attribute(name)?;
        self.0[a].checked_sub(1).map(|v| ATTRIBUTES[a].1[v as usize])
    }

    /// Whether the attribute has this value.
    #[must_use]
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }

    /// Numbers of the values in the order of [`ATTRIBUTES`]; 0 is none.
    #[must_use]
    pub const fn indices(&self) -> &[u8; ATTRIBUTES.len()] {
        &self.0
    }

    /// The features of these value numbers.
    ///
    /// # Panics
    /// If a number is out of its attribute's range.
    #[must_use]
    pub fn from_indices(indices: [u8; ATTRIBUTES.len()]) -> Feats {
        assert!(indices.iter().zip(ATTRIBUTES).all(|(&i, a)| i as usize <= a.1.len()), "feature value out of range");
        Feats(indices)
    }
}

impl fmt::Display for Feats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pairs = self.0.iter().zip(ATTRIBUTES).filter(|(v, _)| **v > 0).peekable();
        if pairs.peek().is_none() {
            return f.write_str("_");
        }
        for (i, (v, (name, values))) in pairs.enumerate() {
            write!(f, "{}{name}={}", if i > 0 { "|" } else { "" }, values[*v as usize - 1])?;
        }
        Ok(())
    }
}

fn attribute(name: &str) -> Option<usize> {
    ATTRIBUTES.iter().position(|a| a.0 == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conllu_fields_survive_the_way_in_and_out() {
        for field in ["_", "Case=Gen|Definite=Def|Gender=Fem|Number=Sing", "Number=Sing|Person=3|Tense=Past|VerbForm=Fin"] {
            assert_eq!(Feats::from_conllu(field).to_string(), field);
        }
        for name in ["nsubj:pass", "root", "acl:relcl"] {
            assert_eq!(Rel::from_name(name).expect("known").to_string(), name);
        }
        assert_eq!(Rel::from_name("nmod:unheardof"), Some(Rel::of(Base::Nmod)));
    }

    #[test]
    fn inventories_are_sorted_for_lookup_and_output() {
        assert!(ATTRIBUTES.windows(2).all(|w| w[0].0.to_lowercase() < w[1].0.to_lowercase()));
        assert!(SUBTYPES.windows(2).all(|w| w[0] < w[1]));
    }
}
