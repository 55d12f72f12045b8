use serde::{Deserialize, Serialize};

macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$vdoc:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $type { $($(#[$vdoc])* #[serde(rename = $name)] $variant,)+ }

        impl $type {
            /// All values, in the order of the ontology.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The name as PLOVER writes it.
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

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.name()) }
        }
    };
}

names! {
    /// The sixteen event types of PLOVER 2.0.
    EventType {
        /// Agrees, promises, offers, commits to cooperate.
        Agree = "AGREE",
        /// Meets, visits, phones, negotiates, mediates.
        Consult = "CONSULT",
        /// Praises, endorses, recognises, ratifies, joins.
        Support = "SUPPORT",
        /// Apologises, pardons, lifts a restriction, accepts a demand.
        Concede = "CONCEDE",
        /// Cooperates materially, to the benefit of both sides.
        Cooperate = "COOPERATE",
        /// Gives money, arms, relief, asylum.
        Aid = "AID",
        /// Withdraws, releases, disarms, resigns.
        Retreat = "RETREAT",
        /// Asks, appeals, demands.
        Request = "REQUEST",
        /// Criticises, accuses, sues, investigates.
        Accuse = "ACCUSE",
        /// Refuses, vetoes, bars.
        Reject = "REJECT",
        /// Threatens, warns of force or sanctions.
        Threaten = "THREATEN",
        /// Demonstrates, riots, strikes, boycotts.
        Protest = "PROTEST",
        /// Convicts, expels, breaks off relations, imposes sanctions.
        Sanction = "SANCTION",
        /// Deploys or readies forces without using them.
        Mobilize = "MOBILIZE",
        /// Arrests, bans, censors, seizes.
        Coerce = "COERCE",
        /// Uses force.
        Assault = "ASSAULT",
    }
}

names! {
    /// Factuality of an event that is not simply reported to have happened (PLOVER's auxiliary modes).
    Aux {
        /// The text says that it did not happen.
        Negation = "negation",
        /// It is planned or announced.
        Future = "future",
        /// It is conditional, possible, wished or feared.
        Hypothetical = "hypothetical",
        /// It lies more than about a year before the text.
        Historical = "historical",
    }
}

names! {
    /// Quad class of an event type.
    Quad {
        /// Words that bring nearer.
        VerbalCooperation = "verbal cooperation",
        /// Deeds that bring nearer.
        MaterialCooperation = "material cooperation",
        /// Words of conflict.
        VerbalConflict = "verbal conflict",
        /// Deeds of conflict.
        MaterialConflict = "material conflict",
    }
}

names! {
    /// What part of a society an actor belongs to (PLOVER 2.0, table of sectors).
    Sector {
        /// The executive.
        Gov = "GOV",
        /// Armed forces.
        Mil = "MIL",
        /// Police.
        Cop = "COP",
        /// Courts and prosecutors.
        Jud = "JUD",
        /// Legislature.
        Leg = "LEG",
        /// Political party.
        Pty = "PTY",
        /// Opposition.
        Opp = "OPP",
        /// Rebels.
        Reb = "REB",
        /// Pro-government militia.
        Prm = "PRM",
        /// Intelligence services.
        Spy = "SPY",
        /// Unidentified armed force.
        Uaf = "UAF",
        /// Civilians.
        Cvl = "CVL",
        /// Business.
        Bus = "BUS",
        /// Journalists and media.
        Jrn = "JRN",
        /// Education.
        Edu = "EDU",
        /// Medicine.
        Med = "MED",
        /// Refugees and migrants.
        Ref = "REF",
        /// Religion.
        Rel = "REL",
        /// Labour.
        Lab = "LAB",
        /// Social groups.
        Soc = "SOC",
        /// Criminals.
        Crm = "CRM",
        /// Former officials, celebrities.
        Eli = "ELI",
        /// Farming.
        Agr = "AGR",
        /// Cannot be told.
        Unk = "UNK",
    }
}

names! {
    /// The 37 contexts of PLOVER 2.0: what an event is about.
    Context {
        /// State armed forces.
        Military = "military",
        /// State intelligence services.
        Intelligence = "intelligence",
        /// Heads of state and government, cabinets.
        Executive = "executive",
        /// Parliaments and lawmaking.
        Legislative = "legislative",
        /// Elections and campaigns.
        Election = "election",
        /// Change of institutions and parties.
        PoliticalInstitutions = "political_institutions",
        /// Towards democracy.
        ProDemocracy = "pro_democracy",
        /// Towards autocracy.
        ProAutocracy = "pro_autocracy",
        /// Economy, trade, finance.
        Economic = "economic",
        /// Courts and law.
        Legal = "legal",
        /// Compensation for past harm.
        Reparations = "reparations",
        /// Human rights in general.
        HumanRights = "human_rights",
        /// Political rights and freedoms.
        RightsFreedoms = "rights_freedoms",
        /// Force of the state against people.
        Repression = "repression",
        /// Access to food, water, housing, energy, land.
        HumanSecurity = "human_security",
        /// Women and gender.
        Gender = "gender",
        /// Sexual minorities.
        Lgbt = "lgbt",
        /// Religion, ethnicity, caste, language.
        ReligionEthnicity = "religion_ethnicity",
        /// Unequal resources and opportunities.
        Inequality = "inequality",
        /// Diplomacy.
        Diplomatic = "diplomatic",
        /// Territory, borders, independence.
        Territory = "territory",
        /// Peacekeeping.
        Peacekeeping = "peacekeeping",
        /// Public health, disease.
        Health = "health",
        /// Asylum.
        Asylum = "asylum",
        /// Migration, refugees, displaced people.
        Migration = "migration",
        /// Natural disasters and accidents.
        Disasters = "disasters",
        /// Natural resources.
        NaturalResource = "natural_resource",
        /// Environment and climate.
        Environment = "environment",
        /// Technology.
        Technology = "technology",
        /// Terrorism.
        Terrorism = "terrorism",
        /// Chemical, biological, radiological, nuclear weapons.
        Cbrn = "cbrn",
        /// Attacks on computers.
        Cyber = "cyber",
        /// Misinformation and influence.
        Misinformation = "misinformation",
        /// Crime.
        Crime = "crime",
        /// Corruption.
        Corruption = "corruption",
        /// Illegal drugs.
        IllegalDrugs = "illegal_drugs",
        /// Trafficking and smuggling.
        Trafficking = "trafficking",
    }
}

impl EventType {
    /// The quad class that PLOVER assigns to the type.
    #[must_use]
    pub const fn quad(self) -> Quad {
        use EventType as T;
        match self {
            T::Agree | T::Consult | T::Support | T::Concede => Quad::VerbalCooperation,
            T::Cooperate | T::Aid | T::Retreat => Quad::MaterialCooperation,
            T::Request | T::Accuse | T::Reject | T::Threaten => Quad::VerbalConflict,
            T::Protest | T::Sanction | T::Mobilize | T::Coerce | T::Assault => Quad::MaterialConflict,
        }
    }

    /// Name of the type's folder of rows.
    #[must_use]
    pub fn folder(self) -> String {
        self.name().to_ascii_lowercase()
    }
}

impl Quad {
    /// PLOVER's number of the class, 1 to 4.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }
}
