//! Arabic nouns that stand side by side: which of them is the object.

use marsad::pipeline::{Coder, Options};
use marsad::text::Lang;

/// The relation of a word to its head, as the coder sees the sentence.
fn relation(coder: &Coder, sentence: &str, word: &str) -> String {
    let tree = coder.diagnose(sentence, Lang::Ar).pop().expect("one sentence has a tree");
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
    ] {
        assert_eq!(relation(&coder, sentence, object), "obj", "{sentence}");
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
    ] {
        assert_ne!(relation(&coder, sentence, part), "obj", "{sentence}");
    }
}
