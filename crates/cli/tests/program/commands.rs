use serde_json::Value;

use crate::{ARABIC, ENGLISH, PERSIAN, folder, marsad, marsad_fed, wire};

#[test]
fn read_shows_a_header_and_json_the_same_as_data() {
    let home = folder(&[("wire.jsonl", wire(3).as_bytes())]);
    let shown = marsad(home.path(), &["read", "wire.jsonl", "--lang", "ru"]);
    assert_eq!(shown.code, Some(0), "{shown:?}");
    assert!(shown.out.starts_with("w0 · Wire · 2022-01-12\nRussian · "), "{}", shown.out);
    assert!(shown.err.contains("3 documents, "), "{}", shown.err);

    let data = marsad(home.path(), &["read", "wire.jsonl", "--lang", "ru", "--json"]);
    let documents: Vec<Value> = data.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[2]["id"], "w2");
    assert_eq!(documents[2]["language_name"], "Russian");
    assert_eq!(documents[2]["events"].as_u64().unwrap() as usize, documents[2]["records"].as_array().unwrap().len());
    assert!(data.err.is_empty(), "{}", data.err);
}

#[test]
fn uncovered_languages_say_so_and_are_counted() {
    let home = folder(&[("fa.txt", PERSIAN.as_bytes()), ("b.txt", PERSIAN.as_bytes())]);
    let read = marsad(home.path(), &["read", "fa.txt", "b.txt"]);
    assert_eq!(read.code, Some(0));
    assert!(read.out.contains("Language not covered ("), "{}", read.out);
    assert!(read.err.contains("2 in a language that is not covered"), "{}", read.err);
    let code = marsad(home.path(), &["code", "fa.txt", "b.txt"]);
    assert_eq!((code.code, code.out.as_str()), (Some(0), ""));
    assert!(code.err.contains("Coded        0\nNot covered  2: "), "{}", code.err);
}

#[test]
fn standard_input_is_a_dash() {
    let home = folder(&[]);
    let read = marsad_fed(home.path(), &["read", "-", "--lang", "en"], ENGLISH.as_bytes());
    assert!(read.out.starts_with("stdin · undated\nEnglish · "), "{read:?}");
    let code = marsad_fed(home.path(), &["code", "-", "--quiet"], wire(3).as_bytes());
    assert_eq!((code.code, code.err.as_str()), (Some(0), ""), "{code:?}");
}

#[test]
fn records_are_explained_one_by_one() {
    let home = folder(&[("ar.txt", ARABIC.as_bytes())]);
    let data = marsad(home.path(), &["read", "ar.txt", "--json"]);
    let document: Value = serde_json::from_str(&data.out).unwrap();
    let records = document["records"].as_array().unwrap();
    let all = marsad(home.path(), &["explain", "ar.txt", "--json"]);
    assert_eq!(all.code, Some(0), "{all:?}");
    assert_eq!(all.out.lines().count(), records.len());
    for (n, record) in records.iter().enumerate() {
        let id = record["id"].as_str().unwrap();
        let by_id = marsad(home.path(), &["explain", "ar.txt", "--record", id]);
        let by_number = marsad(home.path(), &["explain", "ar.txt", "--record", &(n + 1).to_string()]);
        assert!(by_id.out.starts_with(id), "{by_id:?}");
        assert_eq!(by_id.out, by_number.out);
    }
}

#[test]
fn a_record_that_is_not_there_is_named() {
    let home = folder(&[("ar.txt", ARABIC.as_bytes())]);
    for record in ["99", "ar.txt#e99", "other.txt#e1"] {
        let ran = marsad(home.path(), &["explain", "ar.txt", "--record", record]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        ran.says_one_line(&["ar.txt", record, "marsad read"]);
    }
}

#[test]
fn a_date_goes_to_documents_that_have_none() {
    let home = folder(&[("a.txt", ENGLISH.as_bytes()), ("wire.jsonl", wire(1).as_bytes())]);
    let ran = marsad(home.path(), &["read", "a.txt", "wire.jsonl", "--date", "2020-02-29"]);
    assert!(ran.out.contains("a.txt · 2020-02-29\n") && ran.out.contains("w0 · Wire · 2022-01-12\n"), "{ran:?}");
    let code = marsad(home.path(), &["code", "a.txt", "--date", "2020-02-29", "-q"]);
    for line in code.out.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        assert_eq!(record["cite_info"]["date"], "2020-02-29");
    }
}
