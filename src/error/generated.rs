//! Writes what other files say about the codes, and fails where one of them was out of date.

use std::fs;
use std::path::Path;

use super::Code;

const HEADER: &str = "// Generated from src/error/code.rs by `cargo test`; do not edit.\n";

#[test]
fn typescript_error_codes_are_current() {
    let member = |code: &Code| {
        let (description, name) = (code.description().trim(), code.name());
        format!("\n  /** {description} */\n  | \"{name}\"")
    };
    let members = per_code(member);
    let text =
        format!("{HEADER}\n/** What went wrong; stable. */\nexport type ErrorCode ={members};\n");
    ensure_contents("pkg/src/types/error-code.ts", &text);
}

#[test]
fn typescript_user_messages_are_current() {
    let constant = |code: &Code| {
        let (message, name) = (code.user_message(), camel_case(code.name()));
        format!(
            "\nexport const {name} = {{\n  fa: \"{}\",\n  en: \"{}\",\n}} as const;\n",
            message.fa, message.en
        )
    };
    let text = HEADER.to_owned() + &per_code(constant);
    ensure_contents("pkg/src/errors/user-messages.ts", &text);
}

#[test]
fn documented_error_codes_are_current() {
    const START: &str = "<!-- codes: generated from src/error/code.rs by `cargo test` -->\n";
    const END: &str = "<!-- end of codes -->";
    let path = "docs/errors.md";
    let document = fs::read_to_string(path).expect("the guide to errors");
    let (before, rest) = document.split_once(START).expect("the start of the table");
    let (_, after) = rest.split_once(END).expect("the end of the table");
    let row = |code: &Code| {
        let (description, message) = (code.description().trim(), code.user_message().en);
        format!("| `{}` | {description} | {message} |\n", code.name())
    };
    let table = "| `code` | meaning | `userMessage.en` |\n| --- | --- | --- |\n".to_owned();
    let table = table + &per_code(row);
    ensure_contents(path, &[before, START, &table, END, after].concat());
}

/// The meanings in Persian are written by hand; codes and sentences are not.
#[test]
fn persian_documentation_has_every_code_with_its_sentence() {
    let document = fs::read_to_string("docs/fa/errors.md").expect("the guide to errors in Persian");
    let (_, section) = document
        .split_once("\n## کدها\n")
        .expect("the section of codes");
    let documented: Vec<_> = section.lines().filter_map(code_and_sentence).collect();
    let sentence = |code: &Code| (code.name(), code.user_message().fa);
    let expected: Vec<_> = Code::ALL.iter().map(sentence).collect();
    assert_eq!(documented, expected);
}

/// The first and the last cell of a table's row about a code.
fn code_and_sentence(line: &str) -> Option<(&str, &str)> {
    let (code, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
    let (_, sentence) = rest.strip_suffix(" |")?.rsplit_once(" | ")?;
    (code != "code").then_some((code, sentence))
}

fn per_code(text: impl Fn(&Code) -> String) -> String {
    let texts: Vec<String> = Code::ALL.iter().map(text).collect();
    texts.concat()
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        text += &word[..1].to_uppercase();
        text += &word[1..];
    }
    text
}

/// Rewrites a file that differs, and fails so that the change is noticed and committed.
fn ensure_contents(path: &str, contents: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if fs::read_to_string(&path).is_ok_and(|present| present == contents) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, contents).expect("a file");
    panic!(
        "{} was out of date; it has been written again",
        path.display()
    );
}
