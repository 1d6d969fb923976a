use crate::common::signpost;
use crate::signpost_reading;

#[test]
fn a_code_is_explained_as_text_and_as_json() {
    let run = signpost(&["explain", "AADSTS50105", "--json"]);
    let document = run.json();
    let best = &document["matches"][0];
    assert_eq!((run.status, best["row"]["id"].as_str()), (0, Some("I04")), "{document}");
    assert_eq!(best["row"]["step"], "users");
    assert_eq!(best["why"][0], "AADSTS50105");
    let text = signpost(&["explain", "AADSTS50105"]);
    assert_eq!(text.status, 0);
    assert!(text.out.starts_with("I04: ") && text.out.contains("\n  What to do: Assign "), "{}", text.out);
    assert!(text.out.contains(best["row"]["fix"].as_str().unwrap()), "{}", text.out);
}

#[test]
fn the_code_of_a_finding_is_known() {
    let run = signpost(&["explain", "txt-wrong-value", "--json"]);
    assert_eq!((run.status, run.json()["matches"][0]["row"]["id"].as_str()), (0, Some("D05")));
}

#[test]
fn a_sentence_needs_no_quotes() {
    let run = signpost(&["explain", "All", "admins", "are", "locked", "out", "--json"]);
    assert_eq!((run.status, run.json()["matches"][0]["row"]["id"].as_str()), (0, Some("P02")));
}

#[test]
fn a_log_on_standard_input_is_explained_and_never_printed() {
    let log = b"2026-11-22 token=geheim123 error=AADSTS700016%3A+Application\n\xff\xfe broken bytes\n";
    for more in [&[][..], &["--json"]] {
        let run = signpost_reading(&[&["explain", "-"], more].concat(), log);
        assert_eq!(run.status, 0);
        assert!(run.out.contains("I01") && !run.out.contains("geheim123"), "{}", run.out);
    }
}

#[test]
fn what_nobody_knows_ends_with_1_and_no_text_with_2() {
    let run = signpost(&["explain", "hello world", "--json"]);
    assert_eq!((run.status, run.json()), (1, serde_json::json!({ "matches": [] })));
    let text = signpost(&["explain", "hello world"]);
    assert!(text.status == 1 && text.out.starts_with("Nothing that is known here fits"), "{text:?}");
    assert_eq!(signpost(&["explain"]).status, 2);
    let code = |input: &[u8]| {
        let run = signpost_reading(&["explain", "-", "--json"], input);
        assert_eq!(run.status, 2, "{run:?}");
        run.json()["error"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code(b" \n"), "explain-nothing-given");
    assert_eq!(code(&vec![b'a'; 1024 * 1024 + 1]), "explain-too-long");
}
