//! Verbs: from the infinitive to present or future, past, imperative, gerunds and participles.
//!
//! A verb that no rule conjugates has its principal parts in `irregular.tsv`: first and third person singular of the present, masculine
//! past, short masculine passive participle, then any other forms; variants are joined by `/`, `-` is none. Such a row holds
//! under every prefix (`вести` for провести, `йти` for произойти) and with -ся. A row of kind `-` with the form `ся` says that
//! the imperfective verb has no passive in -ся, because that would be another verb (пытать, пытаться).

use super::participle::{decline, decline_passive};
use super::{add, cut, is_consonant, is_sibilant, is_vowel, last};
use crate::Lang;
use crate::inflect::{How, Inflect, irregular};

/// What the forms of a verb are made from.
#[derive(Default)]
struct Stems {
    infinitive: String,
    /// First and third person singular: несу, несет.
    presents: Vec<(String, String)>,
    /// Masculine past: нес.
    pasts: Vec<String>,
    /// Passive participle, short and masculine: несен.
    passives: Vec<String>,
    others: Vec<String>,
}

/// Forms in the groups that take -ся differently.
#[derive(Default)]
struct Forms {
    finite: Vec<String>,
    third_person: Vec<String>,
    gerunds: Vec<String>,
    /// Masculine nominatives: делающий, делавший.
    active_participles: Vec<String>,
    /// делаемый.
    present_passives: Vec<String>,
}

/// All forms of a verb, reflexive or not.
pub(super) fn verb(lemma: &str, out: &mut Vec<String>) {
    let active = lemma.strip_suffix("ся").or_else(|| lemma.strip_suffix("сь")).filter(|rest| is_infinitive(rest));
    let infinitive = active.unwrap_or(lemma);
    if !is_infinitive(infinitive) {
        return;
    }
    let (stems, regular) = match from_table(infinitive) {
        Some(stems) => (stems, false),
        None => (by_class(infinitive), true),
    };
    let forms = conjugate(&stems);
    if active.is_some() {
        reflexive(&forms, out);
    } else {
        non_reflexive(&forms, &stems, out);
        if regular && has_passive_in_sya(infinitive) {
            passive_in_sya(&forms, out);
        }
    }
}

fn is_infinitive(word: &str) -> bool {
    ["ть", "ти", "чь"].iter().any(|end| word.ends_with(end))
}

fn non_reflexive(forms: &Forms, stems: &Stems, out: &mut Vec<String>) {
    out.push(stems.infinitive.clone());
    out.extend(forms.finite.iter().chain(&forms.third_person).chain(&forms.gerunds).cloned());
    for participle in &forms.active_participles {
        decline(participle, out);
    }
    for passive in &stems.passives {
        decline_passive(passive, out);
    }
    for passive in &forms.present_passives {
        decline_passive(cut(passive, 2), out);
    }
}

fn reflexive(forms: &Forms, out: &mut Vec<String>) {
    let verbal = forms.finite.iter().chain(&forms.third_person).chain(&forms.gerunds);
    out.extend(verbal.map(|form| with_sya(form)));
    reflexive_participles(forms, out);
}

/// The passive of an imperfective verb: обсуждается, обсуждались, обсуждаться, обсуждающийся.
fn passive_in_sya(forms: &Forms, out: &mut Vec<String>) {
    out.push(with_sya(&out[0]));
    out.extend(forms.third_person.iter().map(|form| with_sya(form)));
    reflexive_participles(forms, out);
}

fn reflexive_participles(forms: &Forms, out: &mut Vec<String>) {
    let mut declined = Vec::new();
    for participle in &forms.active_participles {
        decline(participle, &mut declined);
    }
    out.extend(declined.iter().map(|form| format!("{form}ся")));
}

/// -сь after a vowel, -ся after a consonant.
fn with_sya(form: &str) -> String {
    format!("{form}{}", if is_vowel(last(form)) { "сь" } else { "ся" })
}

/// Whether a verb is imperfective by its suffix and its reflexive is no verb of its own.
fn has_passive_in_sya(infinitive: &str) -> bool {
    let imperfective = ["ать", "ять", "водить", "носить", "возить"].iter().any(|end| infinitive.ends_with(end));
    imperfective && !irregular(Lang::Ru).forms(infinitive, Inflect::Verb, How::Never).contains(&"ся")
}

/// All personal forms, gerunds and active participles that the stems give.
fn conjugate(stems: &Stems) -> Forms {
    let mut forms = Forms::default();
    for (first, third) in &stems.presents {
        present(first, third, &mut forms);
    }
    for masculine in &stems.pasts {
        past(masculine, &mut forms);
    }
    for other in &stems.others {
        match other {
            participle if participle.ends_with("щий") || participle.ends_with("ший") => forms.active_participles.push(participle.clone()),
            participle if participle.ends_with("мый") => forms.present_passives.push(participle.clone()),
            _ => forms.finite.push(other.clone()),
        }
    }
    forms
}

/// Present or future with the imperative, the gerund and the participles on its stem.
fn present(first: &str, third: &str, forms: &mut Forms) {
    let base = cut(third, 2);
    let second_conjugation = third.ends_with("ит");
    let plural = match second_conjugation {
        true if is_sibilant(last(base)) => format!("{base}ат"),
        true => format!("{base}ят"),
        false => format!("{first}т"),
    };
    forms.finite.push(first.to_string());
    add(&mut forms.finite, base, if second_conjugation { "ишь им ите" } else { "ешь ем ете" });
    forms.third_person.extend([third.to_string(), plural.clone()]);
    let stem = cut(&plural, 2);
    imperative(stem, second_conjugation, &mut forms.finite);
    forms.gerunds.push(format!("{stem}{}", if is_sibilant(last(stem)) { "а" } else { "я" }));
    forms.active_participles.push(format!("{}щий", cut(&plural, 1)));
    if !is_velar_or_n(last(stem)) {
        forms.present_passives.push(format!("{base}{}", if second_conjugation { "имый" } else { "емый" }));
    }
}

/// Stems in г, к, н form no passive participle of the present.
fn is_velar_or_n(c: char) -> bool {
    "гкн".contains(c)
}

/// делай, веди, готовь, стань.
fn imperative(stem: &str, second_conjugation: bool, out: &mut Vec<String>) {
    if is_vowel(last(stem)) {
        add(out, stem, "й йте");
        if !stem.ends_with(['а', 'е', 'у', 'ю', 'я']) {
            add(out, stem, "и ите");
        }
    } else {
        add(out, stem, "и ите");
        if second_conjugation || is_sibilant(last(stem)) || "нд".contains(last(stem)) && !stem.ends_with("ед") {
            add(out, stem, "ь ьте");
        }
    }
}

/// Past with the gerunds and the participle on its stem.
fn past(masculine: &str, forms: &mut Forms) {
    forms.third_person.push(masculine.to_string());
    let Some(stem) = masculine.strip_suffix('л') else {
        add(&mut forms.third_person, masculine, "ла ло ли");
        add(&mut forms.gerunds, masculine, "ши");
        forms.active_participles.push(format!("{masculine}ший"));
        return;
    };
    let feminine = match stem {
        _ if stem.ends_with("ше") || stem.ends_with("че") => cut(stem, 1),
        _ => stem,
    };
    add(&mut forms.third_person, feminine, "ла ло ли");
    add(&mut forms.gerunds, stem, "в вши");
    forms.active_participles.push(format!("{stem}вший"));
}

/// The stems of a verb whose last part has a row of principal parts.
fn from_table(infinitive: &str) -> Option<Stems> {
    infinitive.char_indices().find_map(|(at, _)| {
        let (prefix, base) = infinitive.split_at(at);
        let parts = irregular(Lang::Ru).forms(base, Inflect::Verb, How::Parts);
        (!parts.is_empty() && is_prefix(prefix)).then(|| stems_of_row(infinitive, prefix, parts))
    })
}

fn stems_of_row(infinitive: &str, prefix: &str, parts: &[&str]) -> Stems {
    let mut stems = Stems { infinitive: infinitive.to_string(), ..Stems::default() };
    let [first, third, past, passive, others @ ..] = parts else { return stems };
    let with = |prefix: &str, form: &str| format!("{prefix}{form}");
    for prefix in prefix_before(prefix, if *first == "-" { passive } else { first }) {
        if *first != "-" {
            let pairs = first.split('/').zip(third.split('/'));
            stems.presents.extend(pairs.map(|(first, third)| (with(&prefix, first), with(&prefix, third))));
        }
        if *passive != "-" {
            stems.passives.extend(passive.split('/').map(|form| with(&prefix, form)));
        }
        stems.others.extend(others.iter().map(|form| with(&prefix, form)));
    }
    stems.pasts.extend(past.split('/').map(|form| with(prefix, form)));
    stems
}

/// The shapes of a prefix before a form: отозвать, отзову; сжать, сожму.
fn prefix_before(prefix: &str, form: &str) -> Vec<String> {
    let mut shapes = vec![prefix.to_string()];
    let mut start = form.chars();
    let cluster = start.next().is_some_and(is_consonant) && start.next().is_some_and(|c| is_consonant(c) || c == 'ь');
    if let Some(short) = prefix.strip_suffix('о').filter(|short| is_prefix(short) && short.ends_with(is_consonant)) {
        shapes.push(short.to_string());
    } else if cluster && prefix.ends_with(is_consonant) {
        shapes.push(format!("{prefix}о"));
    }
    shapes
}

/// Verbal prefixes in all their shapes, and the usual double ones. Free chains would take обсуждать for об-с-у-ждать.
const PREFIXES: [&str; 71] = [
    "без",
    "бес",
    "в",
    "вз",
    "взаимо",
    "взо",
    "взъ",
    "во",
    "воз",
    "возо",
    "вос",
    "воспро",
    "воспроиз",
    "вс",
    "въ",
    "вы",
    "до",
    "за",
    "из",
    "изо",
    "изъ",
    "ис",
    "на",
    "над",
    "надо",
    "недо",
    "низ",
    "нис",
    "о",
    "об",
    "обо",
    "объ",
    "опро",
    "от",
    "ото",
    "отъ",
    "пере",
    "переза",
    "переиз",
    "перепро",
    "по",
    "под",
    "подо",
    "подъ",
    "пре",
    "превз",
    "превзо",
    "превоз",
    "пред",
    "предо",
    "предпо",
    "преду",
    "препо",
    "препод",
    "при",
    "припод",
    "про",
    "произ",
    "произо",
    "противо",
    "раз",
    "разо",
    "разъ",
    "рас",
    "распро",
    "с",
    "снизо",
    "со",
    "соот",
    "съ",
    "у",
];

fn is_prefix(text: &str) -> bool {
    text.is_empty() || PREFIXES.contains(&text)
}

/// The stems of a verb of a productive class.
fn by_class(infinitive: &str) -> Stems {
    let mut stems = Stems { infinitive: infinitive.to_string(), ..Stems::default() };
    let stem = cut(infinitive, 2);
    stems.pasts.push(format!("{stem}л"));
    let body = cut(stem, 1);
    match last(stem) {
        'и' => in_it(body, &mut stems),
        'у' if body.ends_with('н') => {
            stems.presents.push((format!("{body}у"), format!("{body}ет")));
            stems.passives.push(format!("{stem}т"));
        }
        'а' => in_at(stem, &mut stems),
        'я' if body.ends_with(['а', 'е']) => {
            stems.presents.push((format!("{body}ю"), format!("{body}ет")));
            stems.passives.push(format!("{stem}н"));
        }
        _ => in_vowel(stem, &mut stems),
    }
    stems
}

/// First conjugation with the vowel kept: делать, обстрелять, владеть.
fn in_vowel(stem: &str, stems: &mut Stems) {
    stems.presents.push((format!("{stem}ю"), format!("{stem}ет")));
    stems.passives.push(format!("{stem}н"));
}

/// -овать, -евать after a hushing sound, -давать, or any other verb in -ать.
fn in_at(stem: &str, stems: &mut Stems) {
    let ova = stem.strip_suffix("ова");
    let eva = stem.strip_suffix("ева").filter(|rest| is_sibilant(last(rest)) || rest.ends_with('ц'));
    if ["дава", "знава", "става"].iter().any(|end| stem.ends_with(end)) {
        let short = cut(stem, 2);
        stems.presents.push((format!("{short}ю"), format!("{short}ет")));
    }
    match ova.or(eva) {
        Some(rest) => {
            stems.presents.push((format!("{rest}ую"), format!("{rest}ует")));
            stems.passives.push(format!("{stem}н"));
        }
        None => in_vowel(stem, stems),
    }
}

/// Second conjugation: обвинить, осудить, запретить, бомбить.
fn in_it(body: &str, stems: &mut Stems) {
    for softened in softened(body) {
        let ending = if is_sibilant(last(&softened)) { 'у' } else { 'ю' };
        stems.presents.push((format!("{softened}{ending}"), format!("{body}ит")));
        stems.passives.push(format!("{softened}ен"));
    }
    if body.ends_with('д') {
        stems.passives.push(format!("{}жден", cut(body, 1)));
    }
}

/// The stem before -у and -ен: осужу, запрещу and плачу, прошу, бомблю.
fn softened(body: &str) -> Vec<String> {
    let stem = cut(body, 1);
    match last(body) {
        _ if body.ends_with("ст") => vec![format!("{}щ", cut(body, 2))],
        'д' | 'з' => vec![format!("{stem}ж")],
        'т' => vec![format!("{stem}ч"), format!("{stem}щ")],
        'с' => vec![format!("{stem}ш")],
        'б' | 'п' | 'в' | 'м' | 'ф' => vec![format!("{body}л")],
        _ => vec![body.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use crate::Lang;
    use crate::inflect::tests::check;

    #[test]
    fn productive_classes() {
        check(
            Lang::Ru,
            "
            обвинить v | обвиню обвинит обвинят обвинил обвинила обвинили обвинен обвинена обвинены обвиненный обвиненного обвинивший обвинив
            обвинять v | обвиняю обвиняет обвиняют обвинял обвиняемый обвиняемого обвиняющий обвиняется обвинялись обвиняя обвиняй
            осудить v | осужу осудит осужден осуждена осужденный осужденных осудив осудивший
            освободить v | освобожу освобожден освобождены освободили
            запретить v | запрещу запретит запрещен запрещена запрещенной запретили
            захватить v | захвачу захвачен захваченный захватили
            требовать v | требую требует требуют требовал требующий требуя требуется | требоваю
            арестовать v | арестую арестует арестован арестована арестованы арестованный арестованному
            бомбить v | бомблю бомбит бомбят бомбил бомбившие
            осуждать v | осуждает осуждают осуждая осуждается осуждаемый
            обсуждать v | обсуждают обсуждалось обсуждаются
            освобождать v | освобождает освобождают
            предупреждать v | предупреждает предупреждая
            сопровождать v | сопровождает сопровождаемый
            понадобиться v | понадобится понадобятся понадобилось
            нападать v | нападаю нападает нападали нападавший нападавших нападающий
            атаковать v | атакует атаковали атакован атакованы атакующие
            свергнуть v | свергнет сверг свергли свергнут свергнутый свергнутого
            погибнуть v | погиб погибла погибли погибнет погибший погибших погибшие
            вторгнуться v | вторгся вторглась вторглись вторгнется вторгшийся вторгшиеся
            обстрелять v | обстрелял обстреляли обстреляны обстрелян
            обстреливать v | обстреливает обстреливали обстреливаются
            создавать v | создает создают создавал создавая создаваемый создавай
            посетить v | посещу посетит посетил посещен
            допустить v | допущу допустит допущен
            построить v | построю построит построен построй
            уничтожить v | уничтожу уничтожат уничтожен уничтоженных
            воевать v | воюю воюет воюют воевал воюющий
            подозревать v | подозревает подозреваемый подозреваемых
            договориться v | договорюсь договорится договорятся договорился договорилась договорились договорившиеся договорившись
            встретиться v | встречусь встретится встретился встретились встретившись
            пытать v | пытают пытали | пытается пытаются
            ",
        );
    }

    #[test]
    fn verbs_of_the_table() {
        check(
            Lang::Ru,
            "
            напасть v | нападу нападет нападут напал напала напали напавший напавших
            провести v | проведу проведет провел провела провели проведен проведена проведенный проведя
            произойти v | произойдет произошел произошла произошли произошедший произойдя
            прийти v | приду придет пришел пришла пришли пришедший придя
            отозвать v | отзову отзовет отозвал отозван отозвала отозванный
            избить v | изобью изобьет избил избит избитый
            убить v | убью убьет убил убиты убит убитых убийте
            взять v | возьму возьмет взял взяли взят взяты взятый
            начать v | начну начнет начал начала начали начат | начнусь
            начаться v | начнется начался началась начались начавшийся
            передать v | передам передаст передадут передал передали передан переданы
            сжечь v | сожгу сожжет сожгут сжег сожгли сожжен сожженный
            умереть v | умру умрет умер умерла умерли умерший
            бежать v | бегу бежит бегут бежал бежали бежавший
            мочь v | могу может могут мог могла могли
            хотеть v | хочу хочет хотят хотел
            быть v | буду будет был была были есть будучи
            задержать v | задержу задержит задержат задержан задержаны задержанный задержали
            призвать v | призову призовет призвал призвали призван призванный
            принять v | приму примет принял принят принята
            предпринять v | предпримет предпринял предпринята
            отправить v | отправлю отправят отправлен отправлены
            найти v | найду нашел нашли найден найдены
            бороться v | борюсь борется борются боролся борющийся
            привлечь v | привлекут привлечет привлек привлекли привлечен привлечены
            высказать v | выскажет высказали высказанный | высказает
            отказать v | откажет отказали отказано
            взорвать v | взорвет взорвал взорван взорвали
            предпочесть v | предпочтут предпочтет предпочел предпочла
            воспроизвести v | воспроизведет воспроизведен
            предусмотреть v | предусмотрит предусмотрен предусмотрены
            отложить v | отложат отложен отложили
            усилить v | усилят усилен усилил
            рассыпать v | рассыплет рассыпает рассыпали рассыпан
            унести v | унес унесла унесли унесет
            ",
        );
    }
}
