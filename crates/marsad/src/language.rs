//! Which language a document is in, and which of its lines are not its text.
//!
//! Only Arabic, Russian and English are coded; neighbours that share their scripts (Persian, Urdu, Ukrainian, Bulgarian…) are told apart and left alone, because
//! a coder for one of them would misread the others.

use marsad_text::{Lang, Span};

use crate::model::Document;
use crate::pipeline::Language;

/// Characters that are looked at.
const SAMPLE: usize = 20_000;

/// The language of a document: what its source states, if that is covered or plausible, else what its text shows.
#[must_use]
pub fn tell(document: &Document) -> Language {
    if let Some(code) = &document.lang {
        return match Lang::from_code(code) {
            Some(lang) => Language::Covered(lang),
            None => Language::NotCovered(code.clone()),
        };
    }
    tell_text(&document.text)
}

/// The language of a text.
#[must_use]
pub fn tell_text(text: &str) -> Language {
    let mut scripts = [0usize; 4];
    for c in text.chars().take(SAMPLE) {
        match c {
            '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' => scripts[0] += 1,
            '\u{0400}'..='\u{052F}' => scripts[1] += 1,
            'A'..='Z' | 'a'..='z' | '\u{00C0}'..='\u{024F}' => scripts[2] += 1,
            _ if c.is_alphabetic() => scripts[3] += 1,
            _ => {}
        }
    }
    let total: usize = scripts.iter().sum();
    let Some((script, &n)) = scripts.iter().enumerate().max_by_key(|(_, n)| **n) else { return unknown() };
    if total == 0 || n * 2 < total {
        return unknown();
    }
    match script {
        0 => best(text, ARABIC_SCRIPT),
        1 => best(text, CYRILLIC),
        2 => best(text, LATIN),
        _ => unknown(),
    }
}

fn unknown() -> Language {
    Language::NotCovered("unknown".to_owned())
}

/// A language by the letters that only it has among its neighbours and by its commonest words.
struct Profile {
    name: &'static str,
    lang: Option<Lang>,
    letters: &'static str,
    words: &'static str,
}

const ARABIC_SCRIPT: &[Profile] = &[
    Profile {
        name: "Arabic",
        lang: Some(Lang::Ar),
        letters: "ةىأإ",
        words: "في من على أن إلى التي الذي عن مع هذا هذه ما لا كان قد بعد أو بين كما لم الى ان على وفي ومن",
    },
    Profile {
        name: "Persian", lang: None, letters: "پچژگی", words: "در از به که این است را با برای آن یک خود تا شد می بر های کرد شده نیز وی ها اما"
    },
    Profile {
        name: "Urdu", lang: None, letters: "ٹڈڑںےھہ", words: "کے کی میں ہے کا سے نے کو اور پر ہیں کہ کر بھی ایک اس یہ تھا گیا"
    },
    Profile { name: "Pashto", lang: None, letters: "ټډړښځڅږېۍ", words: "د په چې او دی له کې سره ته یې هم دا" },
    Profile { name: "Kurdish", lang: None, letters: "ێۆڵڕەۊ", words: "لە بە بۆ کە ئەو ئەم هەر دەکات و" },
    Profile { name: "Uyghur", lang: None, letters: "ېۇۆۈەڭ", words: "ۋە بىلەن بۇ بىر ئۈچۈن" },
];

const CYRILLIC: &[Profile] = &[
    Profile {
        name: "Russian",
        lang: Some(Lang::Ru),
        letters: "ыэё",
        words: "и в не на что с по как это из для от он к о его но за был также было она они которые",
    },
    Profile {
        name: "Ukrainian", lang: None, letters: "іїєґ", words: "і в на що не з та у до як це за від про він або для але його також було"
    },
    Profile {
        name: "Belarusian", lang: None, letters: "ўі", words: "і ў на што не з да як гэта за ад пра ён або для але яго таксама было"
    },
    Profile {
        name: "Bulgarian", lang: None, letters: "ъ", words: "и на в да се от за с е не че са по като до ще при това който беше"
    },
    Profile { name: "Serbian", lang: None, letters: "ђјљњћџ", words: "и у је да се на за су од са што као не који би" },
    Profile { name: "Macedonian", lang: None, letters: "ѓќѕјљњџ", words: "и на во да се од за со е не дека што ќе како" },
    Profile { name: "Kazakh", lang: None, letters: "әғқңөұүһі", words: "және мен бұл үшін деп бір болып" },
    Profile { name: "Kyrgyz", lang: None, letters: "ңөү", words: "жана менен бул үчүн деп бир болгон" },
    Profile { name: "Tajik", lang: None, letters: "ғӣқӯҳҷ", words: "ва дар ба аз ки ин бо барои" },
    Profile { name: "Mongolian", lang: None, letters: "өү", words: "нь байна гэж энэ болон юм" },
];

const LATIN: &[Profile] = &[
    Profile {
        name: "English",
        lang: Some(Lang::En),
        letters: "",
        words: "the of and to in that is for on was with as it by from has he at his are be have said an",
    },
    Profile {
        name: "French", lang: None, letters: "éèêàçùœ", words: "le la les de des et à en un une du que qui dans pour est sur au par plus pas il"
    },
    Profile { name: "Spanish", lang: None, letters: "ñóáíú", words: "el la los las de que y en un una del por con para se es su al lo como más" },
    Profile {
        name: "German", lang: None, letters: "äöüß", words: "der die das und in den von zu mit ist des auf für im dem nicht ein eine sich als auch"
    },
    Profile { name: "Turkish", lang: None, letters: "ışğç", words: "ve bir bu da de için ile olarak olan daha çok en gibi sonra" },
    Profile { name: "Italian", lang: None, letters: "òàùì", words: "il la di che e in un una del per con non è della sono si da alla gli" },
    Profile { name: "Portuguese", lang: None, letters: "ãõçáê", words: "o a os as de que e do da em um uma para com não por no na se mais" },
    Profile { name: "Polish", lang: None, letters: "łąęśżźćń", words: "i w na z do nie się że jest o jak po to za od przez" },
    Profile { name: "Indonesian", lang: None, letters: "", words: "yang dan di ke dari untuk dengan ini itu dalam pada tidak akan oleh juga" },
    Profile { name: "Dutch", lang: None, letters: "", words: "de het een van en in is dat op te voor met zijn niet aan er om ook" },
    Profile { name: "Swedish", lang: None, letters: "åäö", words: "och att det i en som är av för på den med till har de inte" },
    Profile { name: "Romanian", lang: None, letters: "ăâîșț", words: "și în de la a cu pe că este nu din pentru mai un o" },
];

fn best(text: &str, profiles: &[Profile]) -> Language {
    let sample: String = text.chars().take(SAMPLE).collect::<String>().to_lowercase();
    let words: Vec<&str> = sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count().max(1) as f32;
    let score = |p: &Profile| {
        let known: Vec<&str> = p.words.split(' ').collect();
        let common = words.iter().filter(|w| known.contains(w)).count() as f32 / words.len().max(1) as f32;
        let own = sample.chars().filter(|&c| p.letters.contains(c)).count() as f32 / letters;
        common + own * 3.0
    };
    let scored: Vec<f32> = profiles.iter().map(score).collect();
    // Words that languages share leave equals; the covered language stands first and `max_by` takes the last.
    let (winner, &top) = scored.iter().enumerate().rev().max_by(|a, b| a.1.total_cmp(b.1)).expect("every script has a language");
    // A headline may have none of a language's commonest words; then the covered language is presumed, if nothing speaks for another.
    match (top < 0.01, profiles[winner].lang, profiles[0].lang) {
        (true, _, Some(lang)) | (false, Some(lang), _) => Language::Covered(lang),
        _ => Language::NotCovered(profiles[winner].name.to_owned()),
    }
}

/// Lines that are about the text rather than of it: rights, author's notes.
const RIGHTS: &[&str] = &["©", "حقوق النشر", "جميع الحقوق محفوظة", "copyright", "all rights reserved", "все права защищены", "перепечатка материалов"];

/// The lines of a text that are about it: notices of rights, and notes that begin with an asterisk.
#[derive(Clone, Debug)]
pub struct Boilerplate(Vec<Span>);

impl Boilerplate {
    /// Those of a text, which is walked once.
    #[must_use]
    pub fn of(text: &str) -> Boilerplate {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            if is_boilerplate(line.lines().next().unwrap_or_default()) {
                lines.push(Span::new(start, end));
            }
            start = end;
        }
        Boilerplate(lines)
    }

    /// Whether a sentence begins in such a line.
    #[must_use]
    pub fn holds(&self, sentence: Span) -> bool {
        let begun = self.0.partition_point(|line| line.start <= sentence.start);
        self.0[..begun].last().is_some_and(|line| sentence.start < line.end)
    }
}

fn is_boilerplate(line: &str) -> bool {
    let line = line.trim_start();
    if line.len() > 2000 {
        return false;
    }
    let lower: String = line.chars().take(120).collect::<String>().to_lowercase();
    line.starts_with('*') || RIGHTS.iter().any(|r| lower.starts_with(r)) || (line.len() < 300 && lower.contains("rights reserved"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_profile_claims_letters_of_the_covered_language() {
        for profiles in [ARABIC_SCRIPT, CYRILLIC, LATIN] {
            for profile in &profiles[1..] {
                assert!(profile.letters.chars().all(|c| !c.is_ascii()), "{}: every text in the script has such letters", profile.name);
            }
        }
    }

    #[test]
    fn lines_about_the_text_are_told_by_where_sentences_begin() {
        let long = format!("* {}END of the long one.", "word ".repeat(500));
        let lines = [
            ("Talks began in Geneva.", false),
            ("  * The author is a journalist. He lives in Cairo.", true),
            ("", false),
            ("They ended on Monday. All sides left.", false),
            ("© 2020 Harbour TV.", true),
            ("Все права защищены. Перепечатка запрещена.", true),
            ("All content of the site: rights reserved.", true),
            ("جميع الحقوق محفوظة.", true),
            (long.as_str(), false),
            ("It is signed.", false),
            ("* The last line has no break.", true),
        ];
        for between in ["\n", "\r\n"] {
            let text = lines.map(|(line, _)| line).join(between);
            let aside = Boilerplate::of(&text);
            let mut start = 0;
            for (line, about) in lines {
                for (at, _) in line.match_indices(char::is_alphanumeric) {
                    let sentence = Span::new(start + at, start + line.len());
                    assert_eq!(aside.holds(sentence), about, "{line}");
                }
                start += line.len() + between.len();
            }
        }
    }

    #[test]
    fn articles_are_told() {
        for (text, want) in [
            (include_str!("../../../fixtures/articles/evening-ar.txt"), Lang::Ar),
            (include_str!("../../../fixtures/articles/evening-en.txt"), Lang::En),
            (include_str!("../../../fixtures/articles/evening-ru.txt"), Lang::Ru),
        ] {
            assert_eq!(tell_text(text), Language::Covered(want));
        }
    }

    #[test]
    fn neighbours_are_told_apart() {
        for (text, want) in [
            ("أعلنت الحكومة أمس أن المفاوضات مع صندوق النقد الدولي ستبدأ في الأسبوع المقبل.", "Arabic"),
            ("دولت اعلام کرد که مذاکرات با صندوق بین‌المللی پول هفته آینده آغاز می‌شود.", "Persian"),
            ("حکومت نے کہا ہے کہ عالمی مالیاتی فنڈ کے ساتھ مذاکرات اگلے ہفتے شروع ہوں گے۔", "Urdu"),
            ("Правительство сообщило, что переговоры с фондом начнутся на следующей неделе.", "Russian"),
            ("Уряд повідомив, що переговори з фондом розпочнуться наступного тижня.", "Ukrainian"),
            ("Правителството съобщи, че преговорите с фонда ще започнат следващата седмица.", "Bulgarian"),
            ("Урад паведаміў, што перамовы з фондам пачнуцца на наступным тыдні.", "Belarusian"),
            ("Влада је саопштила да ће преговори са фондом почети следеће недеље.", "Serbian"),
            ("The government said that talks with the fund would begin next week.", "English"),
            ("Police arrested four protesters in Kiribati; Fiji's justice minister is visiting in Nadi.", "English"),
            ("De regering zei dat de besprekingen met het fonds volgende week zullen beginnen.", "Dutch"),
            ("Le gouvernement a annoncé que les négociations avec le fonds commenceraient la semaine prochaine.", "French"),
            ("Hükümet, fonla görüşmelerin gelecek hafta başlayacağını ve bir heyetin geleceğini açıkladı.", "Turkish"),
            ("12345 67890", "unknown"),
        ] {
            let got = match tell_text(text) {
                Language::Covered(lang) => lang.name().to_owned(),
                Language::NotCovered(name) => name,
            };
            assert_eq!(got, want, "{text}");
        }
    }
}
