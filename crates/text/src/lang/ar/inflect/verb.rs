//! The form of a verb, and the stems of its perfect, imperfect, passives and participles.
//!
//! Principal parts of a verb in `irregular.tsv` are its imperfects, third person masculine singular: قال `يقول`, رأى `يرى`.
//! They take the place of those that the letters suggest.

use super::conjugation::{Persons, Stem, imperfect, perfect};
use super::participle;
use super::{letters, split_last};
use crate::Lang;
use crate::inflect::{How, Inflect, irregular};

/// What the forms of a verb are made from.
#[derive(Default)]
struct Stems {
    perfects: Vec<Stem>,
    imperfects: Vec<Stem>,
    /// Imperfects of the passive where it is written otherwise: يقال, يدعى.
    passives: Vec<Stem>,
    /// Stems behind the م of participles.
    participles: Vec<Stem>,
}

/// All forms of a verb but the imperative.
pub(super) fn verb(word: &str, out: &mut Vec<String>) {
    let c = letters(word);
    let mut participles = Vec::new();
    let mut stems = match c.as_slice() {
        [] | [_] => return,
        [_, _] => doubled(word),
        ['آ', ..] => hamzated_four(word),
        [a, b, d] => three(word, &[*a, *b, *d], &mut participles),
        _ => derived(word, &c),
    };
    let known = irregular(Lang::Ar).forms(word, Inflect::Verb, How::Parts);
    if !known.is_empty() {
        stems.imperfects = known.iter().map(|form| stem_of_imperfect(form, &c)).collect();
    }
    let persons = if c.len() < 4 && c[0] != 'آ' { Persons::NoI } else { Persons::All };
    stems.perfects.iter().for_each(|stem| perfect(stem, out));
    stems.imperfects.iter().for_each(|stem| imperfect(stem, persons, out));
    stems.passives.iter().for_each(|stem| imperfect(stem, Persons::Third, out));
    stems.participles.iter().for_each(|stem| participle::derived(stem, &mut participles));
    participles.retain(|form| !irregular(Lang::Ar).forbids_participle(form));
    out.append(&mut participles);
}

/// The stem in an imperfect of the table.
fn stem_of_imperfect(form: &str, verb: &[char]) -> Stem {
    let stem: String = form.chars().skip(1).collect();
    let c = letters(&stem);
    let (base, end) = split_last(&stem);
    match c.as_slice() {
        _ if end == 'ا' => Stem::Weak(base.to_string(), 'ى'),
        _ if "ويى".contains(end) => Stem::Weak(base.to_string(), end),
        [first, 'و' | 'ي' | 'ا', 'ء'] => Stem::Hollow(stem.clone(), format!("{first}{}", seat_after(c[1]))),
        [first, 'و' | 'ي' | 'ا', third] if verb.len() == 3 && verb[1] == 'ا' => Stem::Hollow(stem.clone(), format!("{first}{third}")),
        [_, _] if verb[0] != 'و' => Stem::Doubled(stem),
        _ => Stem::Sound(stem),
    }
}

/// The seat of a hamza whose long vowel is shortened: يشأ, يجئ, يسؤ.
fn seat_after(vowel: char) -> char {
    match vowel {
        'و' => 'ؤ',
        'ي' => 'ئ',
        _ => 'أ',
    }
}

/// رد, شن: form I with two like radicals.
fn doubled(word: &str) -> Stems {
    let stem = Stem::Doubled(word.to_string());
    let (first, last) = split_last(word);
    let passive = Stem::Sound(format!("{word}و{last}"));
    let participles = if first == "ه" { vec![] } else { vec![passive] };
    Stems { perfects: vec![stem.clone()], imperfects: vec![stem], participles, ..Stems::default() }
}

/// آمن, آخذ, آوى: forms IV and III of a root that begins with hamza.
fn hamzated_four(word: &str) -> Stems {
    let rest: String = word.chars().skip(1).collect();
    let mut stems = Stems { perfects: active_perfects(word, &rest), ..Stems::default() };
    for start in ["ؤ", "ؤا"] {
        let active = with_kasra(&format!("{start}{rest}"), false);
        let passive = with_fatha(&format!("{start}{rest}"));
        stems.participles.extend([active.clone(), passive.clone()]);
        stems.imperfects.push(active);
        stems.passives.push(passive);
    }
    let (base, end) = split_last(&rest);
    stems.perfects.push(if end == 'ى' { Stem::Weak(format!("أو{base}"), 'ي') } else { Stem::Sound(format!("أو{rest}")) });
    stems
}

fn active_perfects(word: &str, rest: &str) -> Vec<Stem> {
    let (base, end) = split_last(word);
    if end == 'ى' && rest.chars().count() > 1 { vec![Stem::Weak(base.to_string(), 'ى')] } else { vec![Stem::Sound(word.to_string())] }
}

/// Three letters: form I, form II, form IV of a doubled root.
fn three(word: &str, root: &[char; 3], out: &mut Vec<String>) -> Stems {
    match *root {
        [_, _, 'ا' | 'ى' | 'ي'] => defective(root, out),
        [_, 'ا', _] => hollow(root, out),
        ['أ', second, third] => hamzated_first(word, second, third, out),
        ['و', second, third] => assimilated(word, second, third, out),
        [first, second, 'أ'] => hamzated_last(word, first, second, out),
        [first, 'أ', third] => hamzated_middle(word, first, third),
        _ => sound(word, root, out),
    }
}

/// كتب, قتل, هدد: forms I and II are written alike.
fn sound(word: &str, root: &[char; 3], out: &mut Vec<String>) -> Stems {
    let [first, second, third] = *root;
    let imperfect = match (second, third) {
        (_, 'ئ') => format!("{first}{second}أ"),
        ('ئ', _) => format!("{first}أ{third}"),
        _ => word.to_string(),
    };
    if second != third {
        participle::active_of_one(root, out);
        participle::passive_of_one(root, out);
    }
    let stem = Stem::Sound(word.to_string());
    Stems { perfects: vec![stem.clone()], imperfects: vec![Stem::Sound(imperfect)], participles: vec![stem], ..Stems::default() }
}

/// دعا, رمى, بقي; also form II (أدى, سمى).
fn defective(root: &[char; 3], out: &mut Vec<String>) -> Stems {
    let [first, second, third] = *root;
    let base = format!("{first}{second}");
    let mut stems = Stems::default();
    let passive = if second == 'أ' { format!("{first}ئ") } else { base.clone() };
    stems.perfects = vec![Stem::Weak(base.clone(), third), Stem::Weak(passive, 'ي')];
    let letter = if third == 'ا' { 'و' } else { 'ي' };
    stems.imperfects = vec![Stem::Weak(base.clone(), letter)];
    stems.passives = vec![Stem::Weak(base.clone(), 'ى')];
    match first {
        'و' => stems.imperfects.push(Stem::Weak(second.to_string(), 'ي')),
        'أ' => stems.imperfects.push(Stem::Weak(format!("ؤ{second}"), 'ي')),
        _ => {}
    }
    if first == 'أ' {
        stems.participles.push(Stem::Weak(format!("ؤ{second}"), 'ي'));
        return stems;
    }
    participle::active_of_one(root, out);
    participle::passive_of_one(root, out);
    stems
}

/// قال, سار, خاف, جاء.
fn hollow(root: &[char; 3], out: &mut Vec<String>) -> Stems {
    let [first, _, third] = *root;
    let short = |vowel| if third == 'ء' { format!("{first}{}", seat_after(vowel)) } else { format!("{first}{third}") };
    let long = |vowel| format!("{first}{vowel}{third}");
    let hollow = |vowel| Stem::Hollow(long(vowel), short(vowel));
    participle::active_of_one(root, out);
    Stems {
        perfects: vec![Stem::Hollow(long('ا'), short('ي')), hollow('ي')],
        imperfects: vec![hollow('و'), hollow('ي')],
        passives: vec![hollow('ا')],
        participles: vec![],
    }
}

/// أخذ (I), أكد (II), أصر (IV doubled).
fn hamzated_first(word: &str, second: char, third: char, out: &mut Vec<String>) -> Stems {
    let rest = format!("{second}{third}");
    let four = irregular(Lang::Ar).forms(word, Inflect::Verb, How::Parts).iter().any(|form| form.chars().count() == 3);
    if four {
        let mut endings = Vec::new();
        super::add(&mut endings, &format!("م{rest}"), "ا ة ون ين");
        out.extend(endings);
        return Stems { perfects: vec![Stem::Doubled(word.to_string())], imperfects: vec![Stem::Doubled(rest)], ..Stems::default() };
    }
    participle::active_of_one(&['أ', second, third], out);
    participle::passive_of_one(&['أ', second, third], out);
    let imperfects = vec![Stem::Sound(word.to_string()), Stem::Sound(format!("ؤ{rest}")), Stem::Doubled(rest.clone())];
    let perfects = vec![Stem::Doubled(word.to_string()), Stem::Sound(word.to_string())];
    Stems { perfects, imperfects, participles: vec![Stem::Sound(format!("ؤ{rest}"))], ..Stems::default() }
}

/// وصل يصل (I), وقع يوقع (II). The participles of II are left out but for two endings: موقع, موقف, موعد are common nouns.
fn assimilated(word: &str, second: char, third: char, out: &mut Vec<String>) -> Stems {
    participle::active_of_one(&['و', second, third], out);
    participle::passive_of_one(&['و', second, third], out);
    super::add(out, &format!("م{word}"), "ة ون");
    let imperfects = match third {
        'ئ' | 'أ' => vec![Stem::Sound(format!("{second}أ")), Stem::Sound(format!("و{second}ئ"))],
        _ => vec![Stem::Sound(format!("{second}{third}")), Stem::Sound(word.to_string())],
    };
    Stems { perfects: vec![Stem::Sound(word.to_string())], imperfects, ..Stems::default() }
}

/// بدأ يبدأ (I), هنأ يهنئ (II).
fn hamzated_last(word: &str, first: char, second: char, out: &mut Vec<String>) -> Stems {
    let kasra = format!("{first}{second}ئ");
    participle::active_of_one(&[first, second, 'أ'], out);
    participle::passive_of_one(&[first, second, 'أ'], out);
    let both = vec![Stem::Sound(word.to_string()), Stem::Sound(kasra)];
    Stems { perfects: both.clone(), imperfects: both.clone(), participles: both, ..Stems::default() }
}

/// سأل يسأل, passive سئل; رأس also II يرئس. مسؤول is a noun.
fn hamzated_middle(word: &str, first: char, third: char) -> Stems {
    let both = vec![Stem::Sound(word.to_string()), Stem::Sound(format!("{first}ئ{third}"))];
    Stems { perfects: both.clone(), imperfects: both, ..Stems::default() }
}

/// Forms III to X and quadriliterals.
fn derived(word: &str, c: &[char]) -> Stems {
    let rest: String = match c {
        ['ا', 'ئ' | 'ؤ', tail @ ..] => std::iter::once(&'أ').chain(tail).collect(),
        ['أ' | 'ا' | 'إ', tail @ ..] => tail.iter().collect(),
        _ => word.to_string(),
    };
    let fatha = c[0] == 'ت' && c[1] != 'ا' && !is_quadriliteral_in_t(c);
    let lengthens = c[0] == 'أ' || word.starts_with("است") && c.len() == 6;
    let (active, passive) = match (fatha, ends_doubled(c)) {
        (_, true) => (Stem::Doubled(rest.clone()), Stem::Doubled(rest.clone())),
        (true, _) => (with_fatha(&rest), with_fatha(&rest)),
        _ => (with_kasra(&rest, lengthens), with_fatha(&rest)),
    };
    let mut stems =
        Stems { perfects: perfects(word, c), imperfects: vec![active.clone()], passives: vec![passive.clone()], participles: vec![active, passive] };
    if fatha {
        stems.participles.push(with_kasra(&rest, false));
    }
    stems
}

/// ترجم: quadriliterals that begin with ت have no own rule, for their letters conjugate like form V; only the vowel differs.
fn is_quadriliteral_in_t(c: &[char]) -> bool {
    c == ['ت', 'ر', 'ج', 'م']
}

/// احتل, انضم, استعد, اضطر: VII, VIII, X of a doubled root. استمع and اتهم look alike and get the doubled forms on top.
fn ends_doubled(c: &[char]) -> bool {
    match c {
        ['ا', 'ت' | 'د' | 'ط' | 'ذ', ..] if c.len() == 4 => false,
        ['ا', _, _, 'ى' | 'ا' | 'أ'] => false,
        ['ا', _, _, _] => true,
        ['ا', 'س', 'ت', _, last] => !"ىاأ".contains(*last),
        ['ا', 'ط', 'م', 'أ', 'ن'] | ['ا', 'ش', 'م', 'أ', 'ز'] => false,
        _ => false,
    }
}

/// The perfects of a derived form, active and passive.
fn perfects(word: &str, c: &[char]) -> Vec<Stem> {
    let (base, end) = split_last(word);
    let (front, middle) = split_last(base);
    let hollow = middle == 'ا' && matches!((c[0], c.len()), ('أ', 4) | ('ا', 5 | 6));
    match end {
        'ى' | 'ا' => vec![Stem::Weak(base.to_string(), 'ى'), Stem::Weak(passive_front(base, c), 'ي')],
        _ if hollow => {
            let short = format!("{front}{}", if end == 'ء' { 'أ' } else { end });
            vec![Stem::Hollow(word.to_string(), short.clone()), Stem::Hollow(format!("{front}ي{end}"), short)]
        }
        _ if ends_doubled(c) => vec![Stem::Doubled(word.to_string()), Stem::Sound(word.to_string())],
        'أ' => vec![Stem::Sound(word.to_string()), Stem::Sound(format!("{}ئ", passive_front(base, c)))],
        _ => vec![Stem::Sound(word.to_string()), Stem::Sound(passive_front(word, c))],
    }
}

/// هوجم, تبودل: in the passive of III and VI the alef is و.
fn passive_front(word: &str, c: &[char]) -> String {
    let at = if c[0] == 'ت' && c.get(2) == Some(&'ا') { 2 } else { 1 };
    word.char_indices().enumerate().map(|(n, (_, letter))| if n == at && letter == 'ا' { 'و' } else { letter }).collect()
}

/// The stem with i before the last radical: يعلن, يجري, يرجئ, يكتئب; `lengthens` makes of alef ya, as IV and X do (يدين), others keep it (يختار).
fn with_kasra(rest: &str, lengthens: bool) -> Stem {
    let (base, end) = split_last(rest);
    let (front, middle) = split_last(base);
    match (middle, end) {
        ('أ', 'ى') => Stem::Weak(format!("{front}ئ"), 'ي'),
        (_, 'ى' | 'ا') => Stem::Weak(base.to_string(), 'ي'),
        ('ا', _) if lengthens => Stem::Hollow(format!("{front}ي{end}"), format!("{front}{end}")),
        ('ا', _) => Stem::Hollow(rest.to_string(), format!("{front}{end}")),
        (_, 'أ') => Stem::Sound(format!("{base}ئ")),
        ('أ' | 'ء', _) => Stem::Sound(format!("{front}ئ{end}")),
        _ => Stem::Sound(rest.to_string()),
    }
}

/// The stem with a before the last radical: the passive, and V and VI.
fn with_fatha(rest: &str) -> Stem {
    let (base, end) = split_last(rest);
    let (front, middle) = split_last(base);
    match (middle, end) {
        (_, 'ى' | 'ا') => Stem::Weak(base.to_string(), 'ى'),
        ('ا', _) => Stem::Hollow(rest.to_string(), format!("{front}{end}")),
        _ => Stem::Sound(rest.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use crate::Lang;
    use crate::inflect::tests::check;

    #[test]
    fn sound_verbs() {
        check(
            Lang::Ar,
            "
            قتل v | قتلت قتلوا قتلا قتلنا يقتل تقتل يقتلون يقتلوا يقتلان نقتل مقتول قتلو | أقتل
            هاجم v | هاجمت هاجموا يهاجم تهاجم يهاجمون يهاجموا مهاجمين مهاجمة هوجم هوجمت | مهاجم
            أعلن v | أعلنت أعلنوا أعلنا يعلن تعلن أعلن نعلن يعلنون معلنا معلنة
            اعتقل v | اعتقلت اعتقلوا يعتقل تعتقل يعتقلون معتقل معتقلين
            انسحب v | انسحبت انسحبوا ينسحب تنسحب منسحبة
            تظاهر v | تظاهروا تظاهرت يتظاهر يتظاهرون | متظاهر متظاهرين
            تقدم v | تقدمت يتقدم تتقدم
            هدد v | هددت يهدد تهدد يهددون مهددا هددوا | هادد
            استخدم v | استخدمت يستخدم تستخدم استخدموا مستخدمة
            سيطر v | سيطرت يسيطر سيطروا تسيطر مسيطرا
            اتهم v | اتهمت يتهم تتهم اتهموا متهما متهمة متهمين
            أثبت v | أثبت أثبتت أثبتنا يثبت
            ترجم v | يترجم ترجمت
            ",
        );
    }

    #[test]
    fn doubled_and_hamzated_verbs() {
        check(
            Lang::Ar,
            "
            رد v | ردت ردوا رددت رددنا يرد ترد يردون يردوا
            شن v | شنت شنوا يشن تشن يشنون
            احتل v | احتلت احتلوا احتللنا يحتل تحتل محتلة
            استعد v | استعدت يستعد يستعدون استعددنا مستعدا
            أصر v | أصرت يصر تصر أصروا مصرون | مصر
            أكد v | أكدت يؤكد تؤكد أكدوا مؤكدا مؤكدة | يكد
            أخذ v | أخذت يأخذ تأخذ | يخذ
            بدأ v | بدأت بدأوا بدؤوا يبدأ تبدأ يبدؤون
            هنأ v | هنأت يهنئ تهنئ هنأوا مهنئا
            أرجأ v | أرجأت يرجئ ترجئ أرجئ أرجأوا
            أنشأ v | أنشئت تنشئ أنشأت
            سأل v | سأل يسأل سئل سألوا
            آخذ v | يؤاخذ تؤاخذ
            أيد v | يؤيد أيدت مؤيدة مؤيدا | ييد
            فاجأ v | فاجأت يفاجئ فوجئ فوجئت
            ترأس v | ترأس يترأس ترأست
            اطمأن v | يطمئن
            تآمر v | يتآمر تآمروا
            اختطف v | يختطف اختطفت
            ",
        );
    }

    #[test]
    fn weak_verbs() {
        check(
            Lang::Ar,
            "
            قال v | قالت قالوا قلت قلنا يقول تقول يقولون يقل قيل يقال قائلا | يقيل
            سار v | سارت يسير تسير يسر ساروا سرنا | يسور
            خاف v | يخاف يخافون خافوا | يخوف
            دعا v | دعت دعوا دعونا يدعو تدعو يدع يدعون دعي دعيت يدعى داعيا داعية أدعو مدعو | يدعي
            رمى v | رمت رموا رميت يرمي ترمي يرم يرمون رمي
            سعى v | سعت يسعى تسعى يسعون يسع سعوا ساعيا
            بقي v | بقيت بقوا يبقى تبقى يبق بقينا
            نفى v | نفت نفوا ينفي تنفي ينف نافيا نفي
            أدان v | أدانت أدنا يدين تدين يدينون يدن أدين أدينت يدان أدانوا
            أجرى v | أجرت أجروا يجري تجري يجر أجريت أجري يجريان أجرا مجريا
            استقال v | استقالت استقلت يستقيل تستقيل يستقل مستقيل
            اغتال v | اغتالت يغتال اغتيل اغتيلت تغتال
            اختار v | اختارت اختير يختار
            التقى v | التقت التقوا يلتقي تلتقي يلتق التقيا
            تبنى v | تبنت تبنوا يتبنى تتبنى يتبن تبنا
            نادى v | نادت نادوا ينادي نودي مناديا
            تفادى v | يتفادى تفادت
            وصل v | وصلت يصل تصل وصلوا يصلون
            وقع v | وقعت يقع يوقع وقعوا توقع
            أساء v | أساءت أسأنا أساؤوا يسيء تسيء
            أوقف v | أوقفت يوقف أوقفوا
            أدى v | أدت يؤدي تؤدي أدوا يؤد
            كان v | كانت كانوا كنا يكون تكون يكونوا يكن
            رأى v | رأت رأوا يرى ترى يرون
            جاء v | جاءت جاؤوا جاءوا يجيء جئنا
            استولى v | استولت استولوا يستولي تستولي
            ادعى v | ادعت يدعي ادعوا
            عاد v | عادت عادوا يعود تعود عدنا عائدا | يعيد
            ",
        );
    }
}
