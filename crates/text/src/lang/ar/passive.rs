//! Verbs that are written with the vowel u so that nobody reads them as active: «قُتل», «اعتُقل», «استُهدفت»; and those whose letters nothing else has: «اغتيل».

/// The vowel u.
const U: char = '\u{64f}';

/// Fractions, and the commonest of what else is written with the vowel: names, diminutives of "before" and "after".
const OTHERS: &[&str] = &["خُمس", "سُدس", "ثُمن", "عُشر", "رُبع", "ثُلث", "بُعد", "بُعيد", "قُبيل", "عُمان", "دُبي", "أُخرى", "أُم", "كُل"];

/// Whether a form as it is written looks like a passive verb: its first root letter has the vowel u, with nothing before it but what verbs of derived forms or of the
/// imperfect begin with. Participles («مُضاد») and words with article are none.
#[must_use]
pub fn looks_passive(form: &str) -> bool {
    let Some(at) = form.find(U) else { return is_hollow(form) };
    let before = &form[..at];
    let letters = before.chars().count();
    let prefix =
        letters == 1 && !before.starts_with('م') || ["ا", "است", "س"].iter().any(|p| before.strip_prefix(p).is_some_and(|rest| rest.chars().count() <= 2));
    prefix && !before.starts_with("ال") && !OTHERS.iter().any(|o| form.starts_with(o))
}

/// Whether a form has the letters of a hollow verb's passive in the eighth form: «اغتيل», «اختيرت».
fn is_hollow(form: &str) -> bool {
    let stem = form.strip_suffix('ت').or_else(|| form.strip_suffix("وا")).unwrap_or(form);
    let mut letters = stem.chars();
    let begins = letters.next() == Some('ا') && letters.next().is_some_and(|c| c != 'ل');
    begins && letters.next() == Some('ت') && letters.next() == Some('ي') && letters.next().is_some() && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::looks_passive;

    #[test]
    fn passives_are_told_by_their_vowel() {
        for form in ["قُتل", "اعتُقل", "استُهدفت", "أُعلن", "يُقتل", "نُقلوا", "سيُحاكم", "اغتيل", "اختيرت"]
        {
            assert!(looks_passive(form), "{form}");
        }
        for form in ["قتل", "مُضاد", "الكُتب", "خُمس", "عُمان", "جمُعة", "اغتيال", "التين", "", "ُ"] {
            assert!(!looks_passive(form), "{form}");
        }
    }
}
