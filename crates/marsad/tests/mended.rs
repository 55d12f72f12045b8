//! Trees that grammar and the tables of names mend: Arabic nouns that stand side by side, Russian sentences that begin with the object.

use marsad::pipeline::{Coder, Options};
use marsad::text::Lang;

/// The relation of a word to its head, as the coder sees the sentence.
fn relation(coder: &Coder, lang: Lang, sentence: &str, word: &str) -> String {
    let tree = coder.diagnose(sentence, lang).pop().expect("one sentence has a tree");
    let cells = tree.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    cells.into_iter().find(|c| c[1] == word).map_or_else(String::new, |c| c[7].to_owned())
}

#[test]
fn what_cannot_belong_to_the_subject_is_the_object() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (sentence, object) in [
        ("اتهمت روسيا أوكرانيا بقصف المحطة.", "أوكرانيا"),
        ("وعد الرئيس الأميركي أوكرانيا بالمساعدة.", "أوكرانيا"),
        ("قد تسلح واشنطن تايوان.", "تايوان"),
        ("حملت حركة حماس إسرائيل المسؤولية عن القصف.", "إسرائيل"),
        ("زار وزير خارجية إيران دمشق أمس.", "دمشق"),
        ("قتل مسلحون مجهولون شرطيا في كراتشي يوم الأحد.", "شرطيا"),
        ("خطف متمردون صحافيا فرنسيا.", "صحافيا"),
        ("دعا ناشطون الحكومة إلى الإفراج عن الباقين.", "الحكومة"),
        ("التقى مسؤولون أميركيون الرئيس السوري أمس.", "الرئيس"),
        ("ناشد رئيس البلدية كارل فيرنر الحكومة يوم الخميس.", "الحكومة"),
        ("حث الزعيم القبرصي مصطفى أقينجي الرئيس نيكوس أناستاسيادس على التراجع.", "الرئيس"),
    ] {
        assert_eq!(relation(&coder, Lang::Ar, sentence, object), "obj", "{sentence}");
    }
}

#[test]
fn what_stands_behind_a_closed_phrase_is_the_object() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (sentence, object) in [
        ("دعت وزيرة الزراعة المجلس إلى التصويت.", "المجلس"),
        ("حذرت الشرطة السائقين من الثلوج.", "السائقين"),
        ("حث رئيس الاتحاد في الإقليم الوزراء على التراجع.", "الوزراء"),
        ("ناشد رئيس البلدية إيفان ساركوف السائقين التزام الهدوء.", "السائقين"),
        ("اعتقلت شرطة العاصمة ستة منهم.", "ستة"),
        ("أنقذت سفينة تابعة للبحرية ثلاثة جنود من الغرق.", "جنود"),
        ("اتهمت متحدثة باسم وزارة الزراعة اللجنة بالتقصير.", "اللجنة"),
        ("طالبت نقابة الصيادين وزارة الزراعة بالتعويض.", "وزارة"),
    ] {
        assert_eq!(relation(&coder, Lang::Ar, sentence, object), "obj", "{sentence}");
    }
}

#[test]
fn what_agrees_with_a_closed_phrase_stays_with_it() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (sentence, part) in [
        ("استعادت القوات الحكومية المدينة يوم السبت.", "الحكومية"),
        ("أعلنت الدول الأعضاء موقفها أمس.", "الأعضاء"),
        ("قال مدير المركز المحامي مراد فؤاد إن الحكم جائر.", "المحامي"),
        ("أعلن عدد من النواب الديمقراطيين موقفهم.", "الديمقراطيين"),
        ("تضاعفت صادرات البلاد ثلاث مرات.", "مرات"),
        ("انتقد حزب العمال المعارض الميزانية.", "المعارض"),
    ] {
        assert_ne!(relation(&coder, Lang::Ar, sentence, part), "obj", "{sentence}");
    }
}

#[test]
fn what_belongs_to_the_subject_stays_with_it() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (sentence, part) in [
        ("أعلن رئيس وزراء إثيوبيا موقفه أمس.", "إثيوبيا"),
        ("أعلن الرئيس السوري بشار الأسد موقفه أمس.", "بشار"),
        ("شهدت العاصمة باريس مظاهرات أمس.", "باريس"),
        ("نقلت وكالة الأنباء رويترز الخبر.", "رويترز"),
        ("وصل رئيس الحكومة مساء أمس.", "مساء"),
        ("تظاهر محتجون الأحد في العاصمة.", "الأحد"),
        ("قال وزير شؤون اللاجئين ذلك.", "اللاجئين"),
        ("صادق البرلمان على قانون العفو.", "العفو"),
        ("وصل إيمانويل ماكرون الرئيس الفرنسي إلى برلين.", "الرئيس"),
    ] {
        assert_ne!(relation(&coder, Lang::Ar, sentence, part), "obj", "{sentence}");
    }
}

#[test]
fn a_letter_of_a_name_is_no_preposition() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    let sentence = "واتفقت كوستاريكا وبنما في سان خوسيه يوم الأربعاء على تبادل بيانات المهاجرين.";
    assert_eq!(relation(&coder, Lang::Ar, sentence, "نما"), "conj", "{sentence}");
}

#[test]
fn and_the_comes_off_names_that_nobody_saw() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (sentence, name) in [("أرسلت كندا والبرازيل سفنا.", "البرازيل"), ("وصل وفدا السعودية والإمارات.", "الإمارات")]
    {
        assert_eq!(relation(&coder, Lang::Ar, sentence, name), "conj", "{sentence}");
    }
    assert!(!relation(&coder, Lang::Ar, "زار والدته في بيروت.", "والدة").is_empty());
}

#[test]
fn what_does_not_agree_is_the_object() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (sentence, object, subject) in [
        ("Удар осудили представители Евросоюза.", "Удар", "представители"),
        ("Документ приняли депутаты парламента.", "Документ", "депутаты"),
        ("Договор подписали президенты двух стран.", "Договор", "президенты"),
        ("Лагерь обстреляли боевики.", "Лагерь", "боевики"),
        ("Аэропорт захватили повстанцы.", "Аэропорт", "повстанцы"),
        ("Закон подписал президент Франции.", "Закон", "президент"),
        ("Визит отменил Трамп.", "Визит", "Трамп"),
        ("Решение поддержала Москва.", "Решение", "Москва"),
        ("Соглашение нарушила Россия.", "Соглашение", "Россия"),
        ("Митинг разогнала полиция.", "Митинг", "полиция"),
        ("Пхеньян осудила Южная Корея.", "Пхеньян", "Корея"),
        ("Этот удар осудила ООН.", "удар", "ООН"),
    ] {
        assert_eq!(relation(&coder, Lang::Ru, sentence, object), "obj", "{sentence}");
        assert_eq!(relation(&coder, Lang::Ru, sentence, subject), "nsubj", "{sentence}");
    }
}

#[test]
fn a_plural_without_a_subject_has_an_object() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (sentence, object) in
        [("Иран обвинили в нападении на танкер.", "Иран"), ("Посольство закрыли после угроз.", "Посольство"), ("Мост взорвали ночью.", "Мост")]
    {
        assert_eq!(relation(&coder, Lang::Ru, sentence, object), "obj", "{sentence}");
    }
}

#[test]
fn what_agrees_stays_the_subject() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (sentence, subject) in [
        ("США осудили удар.", "США"),
        ("Министр и его заместитель осудили удар.", "Министр"),
        ("Путин с Лукашенко обсудили договор.", "Путин"),
        ("Большинство депутатов поддержали закон.", "Большинство"),
        ("Ряд стран осудили удар.", "Ряд"),
        ("Министр обороны заявила о потерях.", "Министр"),
        ("Кризис охватил Иран.", "Кризис"),
        ("Президент Франции посетил Киев.", "Президент"),
        ("Полиция задержала демонстрантов.", "Полиция"),
        ("Сенат поддержит Трампа.", "Сенат"),
        ("Россия и Китай осудили санкции.", "Россия"),
    ] {
        assert_eq!(relation(&coder, Lang::Ru, sentence, subject), "nsubj", "{sentence}");
    }
}

#[test]
fn endings_tell_objects() {
    let coder = Coder::new(Options::default()).expect("built-in tables");
    for (sentence, word, relation_to_verb) in [
        ("Советника Марка Дювалье уволили в понедельник.", "Советника", "obj"),
        ("Начальнику тюрьмы велели подать рапорт.", "Начальнику", "iobj"),
        ("Коллегия велела больнице вернуть деньги.", "больнице", "iobj"),
        ("Пограничники задержали на перевале 14 туристов.", "туристов", "obj"),
        ("Патруль снял с крыши девочку.", "девочку", "obj"),
    ] {
        assert_eq!(relation(&coder, Lang::Ru, sentence, word), relation_to_verb, "{sentence}");
    }
    for (sentence, word) in [
        ("Учителя объявили забастовку.", "Учителя"),
        ("Хозяева атаковали с первых минут.", "Хозяева"),
        ("Министр сообщил о гибели 23 бойцов.", "бойцов"),
        ("Президент и премьер прибыли в столицу.", "Президент"),
        ("Большинство депутатов поддержали закон.", "Большинство"),
    ] {
        assert!(!relation(&coder, Lang::Ru, sentence, word).ends_with("obj"), "{sentence}");
    }
}
