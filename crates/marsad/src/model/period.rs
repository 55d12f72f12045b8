use super::Code;

/// What outlets do over several days, measured against each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Period {
    /// On how many days bulletins were compared.
    pub days: usize,
    /// How often each outlet did something, outlet by outlet, in the order of [`Habit`].
    pub rates: Vec<Rate>,
    /// Which countries each outlet gives more or less time than the others do, outlet by outlet, the most told countries first; empty
    /// for fewer than five days.
    pub biases: Vec<Bias>,
    /// Stories that an outlet puts deeper than the others on several days, the surest first.
    pub running: Vec<Running>,
}

/// What an outlet may do or not at each opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Habit {
    /// Leave out a story that more than half of the others tell; an opportunity is such a story.
    Omission,
    /// Bury a story that the others put up; an opportunity is a story told here that others led with or have in their first third by the median.
    Burial,
    /// Lead with what at least half of the others lead with; an opportunity is a day.
    LeadShared,
    /// Promise a story and not deliver it; an opportunity is a teaser.
    BrokenPromise,
}

impl Habit {
    /// All of them.
    pub const ALL: [Habit; 4] = [Habit::Omission, Habit::Burial, Habit::LeadShared, Habit::BrokenPromise];

    /// The name in data and on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Habit::Omission => "omission",
            Habit::Burial => "burial",
            Habit::LeadShared => "lead shared",
            Habit::BrokenPromise => "broken promise",
        }
    }
}

/// How often an outlet did something, against the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// The outlet.
    pub outlet: String,
    /// What it did.
    pub habit: Habit,
    /// How often.
    pub count: u32,
    /// Of how many opportunities, at least 1.
    pub of: u32,
    /// Wilson's interval of 95 % for the rate, 0 to 1.
    pub interval: (f64, f64),
    /// How often the other outlets together did it, and of how many opportunities.
    pub others: (u32, u32),
    /// The odds here by the odds of the others, a half added to every count; above 1 is more often than they.
    pub odds_ratio: f64,
    /// Probability of a difference as great if all did it alike (Fisher's exact test, two-sided).
    pub p: f64,
    /// The least rate of false discoveries at which this one counts (Benjamini and Hochberg 1995), over all rates of the period.
    pub q: f64,
}

/// What part of its news an outlet gives to items about a country, against the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Bias {
    /// The outlet.
    pub outlet: String,
    /// The country.
    pub country: Code,
    /// Part of the outlet's news time, 0 to 1; an item that names several countries is parted among them by how often it names each.
    pub share: f64,
    /// Mean part in the other outlets.
    pub others: f64,
    /// Interval of 95 % of the difference, from resampling days.
    pub interval: (f64, f64),
    /// Logarithm of the share by the share in all outlets, drawn towards 0 where there is little news.
    pub log_ratio: f64,
    /// Probability of a difference as far from 0 by chance, two-sided, from resampling days; no smaller than the number of samples can tell.
    pub p: f64,
    /// The least rate of false discoveries at which this one counts, over all outlets and countries.
    pub q: f64,
}

impl Bias {
    /// Coverage bias: the outlet's share less the mean share of the others, -1 to 1.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.share - self.others
    }
}

/// A story of several days in one outlet.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    /// The story, as an index of [`super::Comparison::stories`].
    pub story: usize,
    /// The outlet.
    pub outlet: String,
    /// In how many bulletins it is told here and by others.
    pub bulletins: u32,
    /// In how many of those it is buried, at least 1.
    pub buried: u32,
    /// Probability of standing so deep in all of them if orders were random: the single ones put together by Fisher's method.
    pub p: f64,
    /// The least rate of false discoveries at which this one counts, over all stories told in several bulletins of an outlet.
    pub q: f64,
}
