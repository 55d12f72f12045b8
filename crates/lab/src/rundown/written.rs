//! Weights as the tables of the room.

use marsad::analysis::rundown::{boundary, matching};

const ORIGIN: &str = "# Origin: trained by `marsad-lab rundown` on 72 bulletins, clean and as speech recognition gives them, made from NTREX-128 (CC BY-SA 4.0). Licence: MIT OR Apache-2.0.\n";

pub fn boundary_table(weights: &boundary::Weights) -> String {
    let mut out = String::from(
        "# Weights of what is seen at a unit, for an item beginning there, by what the transcript has: silences and punctuation, one of them, neither.\n",
    );
    out += ORIGIN;
    out += "feature\tboth\tpauses\tpunctuation\tneither\n";
    for (f, name) in boundary::FEATURES.iter().enumerate() {
        let cells: Vec<String> = weights.0.iter().map(|set| format!("{:.3}", set[f])).collect();
        out += &format!("{name}\t{}\n", cells.join("\t"));
    }
    out
}

pub fn matching_table(weights: &matching::Weights) -> String {
    let mut out = String::from(
        "# Weights of what two items share, for their telling one story, in different languages and in one; the threshold is the least average log odds of a cluster.\n",
    );
    out += ORIGIN;
    out += "feature\tacross\twithin\n";
    for (f, name) in matching::FEATURES.iter().enumerate() {
        out += &format!("{name}\t{:.3}\t{:.3}\n", weights.across[f], weights.within[f]);
    }
    for (name, value) in [("threshold", weights.threshold), ("left-over", weights.left_over), ("affinity", weights.affinity), ("chance", weights.chance)] {
        out += &format!("{name}\t{value:.2}\t{value:.2}\n");
    }
    out
}
