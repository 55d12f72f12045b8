use super::{formats, read, read_as};
use crate::model::{Oddity, Transcript};

fn transcript(name: &str, text: &str) -> Transcript {
    read(name, text.as_bytes()).expect("it has cues")
}

/// `start-end speaker| text` of each cue, times in milliseconds.
fn shown(read: &Transcript) -> Vec<String> {
    let speaker = |s: &Option<String>| s.as_ref().map(|s| format!("{s}| ")).unwrap_or_default();
    read.cues.iter().map(|c| format!("{}-{} {}{}", c.start.0, c.end.0, speaker(&c.speaker), c.text)).collect()
}

fn check(name: &str, text: &str, format: &str, cues: &[&str]) {
    let read = transcript(name, text);
    assert_eq!(read.format, format, "{name}");
    assert_eq!(shown(&read), cues, "{name}");
}

#[test]
fn subrip_as_it_comes() {
    check(
        "plain.srt",
        "1\n00:00:01,000 --> 00:00:02,500\nGood <i>evening</i>.\n\n2\n00:00:03,000 --> 00:00:04,000 X1:10 Y1:20\n{\\an8}Two\nlines\n",
        "SubRip",
        &["1000-2500 Good evening.", "3000-4000 Two lines"],
    );
    check(
        "no blank lines, no hours, full stops",
        "1\r00:01.000 --> 00:02.000\rA b\r2\r00:03.000 --> 00:04.000\rC d\r",
        "SubRip",
        &["1000-2000 A b", "3000-4000 C d"],
    );
    check(
        "a number that is said",
        "1\n00:00:01,000 --> 00:00:02,000\n1945\n\n2\n00:00:03,000 --> 00:00:04,000\nYes\n",
        "SubRip",
        &["1000-2000 1945", "3000-4000 Yes"],
    );
}

#[test]
fn subrip_in_old_encodings() {
    let text = "1\n00:00:01,000 --> 00:00:05,000\nДобрый вечер, в эфире новости. Президент встретился с министром обороны\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    assert_eq!(read("a.srt", &bytes).unwrap().cues[0].text, "Добрый вечер, в эфире новости. Президент встретился с министром обороны");
    let text = "1\n00:00:01,000 --> 00:00:05,000\nمساء الخير وأهلا بكم في نشرة الأخبار من العاصمة\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(text);
    assert_eq!(read("a.srt", &bytes).unwrap().cues[0].text, "مساء الخير وأهلا بكم في نشرة الأخبار من العاصمة");
}

#[test]
fn webvtt_with_everything() {
    let text = "\u{feff}WEBVTT Kind: captions; Language: en\n\nNOTE a --> b\n\nSTYLE\n::cue { color: red }\n\nid-1\n00:01.000 --> 00:02.000 align:start\n<v Anna>Talks &amp; more\n\n00:00:03.000 --> 00:00:04.000\n- Yes.\n";
    check("all.vtt", text, "WebVTT", &["1000-2000 Anna| Talks & more", "3000-4000 Yes."]);
    assert!(transcript("x", text).cues[1].turn);
}

#[test]
fn rolling_captions_say_each_line_once() {
    let text = "WEBVTT\nKind: captions\nLanguage: ru\n\n00:00:01.000 --> 00:00:03.000\n \nдобрый<00:00:01.500><c> вечер</c>\n\n00:00:03.000 --> 00:00:03.010\nдобрый вечер\n \n\n00:00:03.010 --> 00:00:05.000\nдобрый вечер\nв<00:00:03.500><c> эфире</c>\n\n00:00:05.000 --> 00:00:05.010\nв эфире\n \n\n00:00:05.010 --> 00:00:07.000\nв эфире\nновости<00:00:05.600><c> дня</c>\n";
    let read = transcript("auto.vtt", text);
    assert_eq!(read.language.as_deref(), Some("ru"));
    assert_eq!(shown(&read), ["1000-3000 добрый вечер", "3010-5000 в эфире", "5010-7000 новости дня"]);
    assert_eq!(read.cues[0].words[1].start.0, 1500);
}

#[test]
fn json_of_the_recognisers() {
    check(
        "whisper",
        r#"{"text":"x","segments":[{"id":0,"start":0.5,"end":2.0,"text":" Hello all","words":[{"word":" Hello","start":0.5,"end":1.0,"probability":0.9},{"word":" all","start":1.0,"end":2.0}]},{"start":"3","end":"4.5","text":"Bye"}],"language":"en"}"#,
        "whisper JSON",
        &["500-2000 Hello all", "3000-4500 Bye"],
    );
    check(
        "whisperx",
        r#"{"segments":[{"start":1,"end":2,"text":"In 2024","words":[{"word":"In","start":1,"end":1.2,"score":0.8},{"word":"2024"}],"speaker":"SPEAKER_01"}]}"#,
        "whisper JSON",
        &["1000-2000 SPEAKER_01| In 2024"],
    );
    check(
        "whisper.cpp",
        r#"{"result":{"language":"ar"},"transcription":[{"timestamps":{"from":"00:00:01,000","to":"00:00:02,580"},"offsets":{"from":1000,"to":2580},"text":" مساء الخير"}]}"#,
        "whisper.cpp JSON",
        &["1000-2580 مساء الخير"],
    );
    check(
        "json3",
        r#"{"wireMagic":"pb3","events":[{"tStartMs":0,"dDurationMs":9,"id":1},{"tStartMs":"1000","dDurationMs":2000,"segs":[{"utf8":"good","acAsrConf":255},{"utf8":" evening","tOffsetMs":"400"}]},{"tStartMs":2900,"aAppend":1,"segs":[{"utf8":"\n"}]},{"tStartMs":4000,"segs":[{"utf8":"news"}, {"utf8":" now","tOffsetMs":200}]}]}"#,
        "YouTube json3",
        &["1000-1700 good evening", "4000-4500 news now"],
    );
    check(
        "google",
        r#"{"results":[{"alternatives":[{"transcript":"a","words":[{"startTime":"1.300s","endTime":"1.600s","word":"Talks","speakerTag":1},{"startTime":"1.600s","endTime":"2s","word":"began","speakerTag":1},{"startTime":"2.100s","endTime":"3s","word":"today","speakerTag":2}]}]}]}"#,
        "Google speech JSON",
        &["1300-2000 1| Talks began", "2100-3000 2| today"],
    );
}

#[test]
fn xml_captions() {
    let ttml = r#"<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" xml:lang="en"><body begin="10s"><div><p begin="1s" end="2s">One<br/>two</p><p begin="00:00:03:05" dur="500ms">Three &amp; four</p></div></body></tt>"#;
    check("ttml", ttml, "TTML", &["11000-12000 One two", "13200-13700 Three & four"]);
    let seq = r#"<tt><body><div timeContainer="seq"><p dur="1s">A b</p><p dur="2s">C d</p></div></body></tt>"#;
    check("seq", seq, "TTML", &["0-1000 A b", "1000-3000 C d"]);
    check("srv1", r#"<transcript><text start="0.5" dur="1.5">Good &amp;amp; evening</text></transcript>"#, "YouTube srv1", &["500-2000 Good & evening"]);
    check(
        "srv3",
        r#"<timedtext format="3"><body><p t="1000" d="1500"><s>Good</s><s t="300"> evening</s></p></body></timedtext>"#,
        "YouTube srv3",
        &["1000-2500 Good evening"],
    );
}

#[test]
fn text_with_times() {
    check(
        "brackets",
        "Title\n[00:05] Good evening\n[01:10.5] Talks began\nin Geneva\n",
        "text with times",
        &["5000-6200 Good evening", "70500-72600 Talks began in Geneva"],
    );
    check("seconds", "[12.56s] Good evening\n[14s] All\n", "text with times", &["12560-13760 Good evening", "14000-14300 All"]);
    check(
        "whisper's screen",
        "[00:00:01.000 --> 00:00:03.000]  Good evening\n[00:00:03.000 --> 00:00:04.000]  All\n",
        "text with times",
        &["1000-3000 Good evening", "3000-4000 All"],
    );
    check("subsaga", ":00:16. > :00:20.Good evening.\n:00:20. > :00:23.All.\n", "text with times", &["16000-20000 Good evening.", "20000-23000 All."]);
    check("alone", "0:05\ngood evening\n0:09\nall of you\n", "text with times", &["5000-6200 good evening", "9000-10000 all of you"]);
}

#[test]
fn programme_summaries() {
    let read = transcript("summary", "Channel One, 2100 gmt\n\n1. 0035 President receives minister\nin the Kremlin.\n2. 0155 Floods.\n\nEnd\n");
    assert_eq!(read.format, "programme summary");
    assert_eq!(shown(&read), ["35000-115000 President receives minister in the Kremlin.", "115000-115700 Floods."]);
    assert!(read.cues.iter().all(|c| c.opens_item));
}

#[test]
fn ebu_stl_in_three_alphabets() {
    for (table, text, bytes) in
        [("00", "Élysée", &b"\xC2Elys\xC2ee"[..]), ("01", "Новости", b"\xBD\xDE\xD2\xDE\xE1\xE2\xD8"), ("02", "اخبار", b"\xC7\xCE\xC8\xC7\xD1")]
    {
        let mut file = vec![b' '; 1024];
        file[..14].copy_from_slice(&[b"850STL25.01 ", table.as_bytes()].concat()[..14]);
        let mut block = vec![0x8F; 128];
        block[..16].copy_from_slice(&[0, 1, 0, 0xFF, 0, 10, 0, 1, 5, 10, 0, 2, 0, 0, 0, 0]);
        block[16..16 + bytes.len()].copy_from_slice(bytes);
        file.extend(block);
        let read = read("a.stl", &file).unwrap();
        assert_eq!(shown(&read), [format!("1200-2000 {text}")]);
    }
}

#[test]
fn what_is_repaired_is_noted() {
    let srt = |cues: &[(&str, &str, &str)]| cues.iter().map(|(a, b, t)| format!("00:{a},000 --> 00:{b},000\n{t}\n\n")).collect::<String>();
    let oddities = |text: &str| transcript("x.srt", text).notes.into_iter().map(|n| n.what).collect::<Vec<_>>();
    assert_eq!(oddities(&srt(&[("00:01", "00:05", "a"), ("00:03", "00:06", "b")])), [Oddity::Overlap]);
    assert_eq!(oddities(&srt(&[("00:01", "00:02", "a"), ("00:07", "00:08", "c"), ("00:03", "00:04", "b")])), [Oddity::Backwards]);
    assert_eq!(oddities(&srt(&[("00:01", "00:02", "a"), ("02:07", "02:08", "c")])), [Oddity::Hole { seconds: 125 }]);
    let looped =
        srt(&[("00:01", "00:02", "thank you"), ("00:02", "00:03", "thank you"), ("00:03", "00:04", "thank you"), ("00:05", "00:06", "and and and and and on")]);
    assert_eq!(shown(&transcript("x", &looped)), ["1000-2000 thank you", "5000-6000 and on"]);
    let parts = srt(&[("00:01", "00:02", "a"), ("01:30", "01:40", "b"), ("00:01", "00:02", "c"), ("00:30", "00:32", "d")]);
    let read = transcript("x", &parts);
    assert!(read.notes.iter().any(|n| n.what == Oddity::Restart));
    assert_eq!(shown(&read)[2..], ["101000-102000 c", "130000-132000 d"]);
}

#[test]
fn broken_cues_have_a_line_and_files_without_cues_are_refused() {
    let read = transcript("x.srt", "1\n00:00:01,000 --> 00:00:02,000\nA b\n\n2\n00:00:99,000 --> 00:00:04,000\nC d\n\n3\n00:00:05,000 --> 00:00:06,000\nE f\n");
    assert_eq!(shown(&read), ["1000-2000 A b", "5000-6000 E f"]);
    assert_eq!(read.notes[0].line, Some(6));
    assert!(read.notes[0].to_string().starts_with("line 6: cue left out: expected times such as"));
    let error = super::read("essay.txt", b"There are no times in this text.\n").unwrap_err().to_string();
    assert!(error.starts_with("essay.txt: no readable cue: expected a transcript with times"), "{error}");
}

#[test]
fn every_format_has_a_fuzz_target() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/fuzz_targets");
    let targets: String = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    for format in formats() {
        assert!(targets.contains(&format!("transcript_as(Some(\"{format}\")")), "no target feeds {format}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_survived_and_order_holds(text in "(WEBVTT\n\n|<tt>|\\[|)([0-9:,. >\\-\n\\[\\]<a-zа-яء-ي]{0,40}|00:0[0-9]:[0-9]{2},[0-9]{3} --> 00:0[0-9]:[0-9]{2},[0-9]{3}\n[a-z ]{0,12}\n\n){0,12}") {
        if let Ok(read) = read("x", text.as_bytes()) {
            for pair in read.cues.windows(2) {
                proptest::prop_assert!(pair[0].start <= pair[0].end && pair[0].end <= pair[1].start);
            }
            proptest::prop_assert!(read.cues.iter().all(|c| !c.text.trim().is_empty() && c.start <= c.end));
        }
        for format in formats() {
            let _ = read_as("x", text.as_bytes(), Some(format));
        }
    }

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let _ = read("x", &bytes);
        for format in formats() {
            let _ = read_as("x", &bytes, Some(format));
        }
        let _ = read("x", &[b"850STL25.01".as_slice(), &vec![b' '; 1013], &bytes].concat());
    }

    #[test]
    fn any_json_and_xml_are_survived(text in "\\{\"(segments|events|transcription|results)\":\\[(\\{\"(start|tStartMs|text|segs|words|offsets)\":(\"[a-z0-9.]{0,3}\"|-?[0-9]{1,20}|\\[\\]|null)\\},?){0,3}\\]\\}|<tt[ a-z=\"0-9]{0,10}>(<(p|span|div)( begin=\"[0-9:smf]{0,6}\")?/?>|</(p|span|tt)>|[a-z]{0,4}){0,9}") {
        let _ = read("x", text.as_bytes());
    }
}
