//! `buildMediaMessage`.

use crate::calls::build_media_message;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::emulator::{eval, failed, from_js, js, text};

fn build(options: &Value) -> Result<JsValue, JsValue> {
    build_media_message("m".into(), js(options))
}

fn button() -> Value {
    json!({"action": {"open_direct_link": "https://divar.ir"}, "caption": "دیوار"})
}

#[wasm_bindgen_test]
fn without_options_a_message_is_the_token_alone() {
    for none in [JsValue::UNDEFINED, JsValue::NULL] {
        let message = build_media_message("m".into(), none).expect("a message");
        assert_eq!(from_js(&message), json!({"media_token": "m"}));
    }
}

#[wasm_bindgen_test]
fn each_target_has_the_shape_of_its_route() {
    let built = |options: Value| from_js(&build(&options).expect("a message"));
    for target in ["chatbot", "user"] {
        let message = json!({"media_token": "m", "text_message": ""});
        assert_eq!(built(json!({"target": target})), message);
    }
    let message = json!({"media_token": "m", "message": ""});
    assert_eq!(built(json!({"target": "conversation"})), message);
}

#[wasm_bindgen_test]
fn all_five_actions_and_the_icon_are_kept() {
    let data = json!({"id": "۱", "n": [1, null]});
    let buttons = json!({"rows": [
        {"buttons": [
            {"action": {"open_direct_link": "https://divar.ir"}, "caption": "۱", "icon": "ADD"},
            {"action": {"open_server_link": {"data": data}}, "caption": "۲"},
            {"action": {"get_dynamic_action": {"data": data}}, "caption": "۳"},
        ]},
        {"buttons": [
            {"action": {"open_post_page": {"post_token": "p"}}, "caption": "۴"},
            {"action": {"open_post_manage_page": {"post_token": "p"}}, "caption": "۵"},
        ]},
    ]});
    let message = build(&json!({"target": "user", "buttons": buttons})).expect("a message");
    let expected = json!({"media_token": "m", "text_message": "", "buttons": buttons});
    assert_eq!(from_js(&message), expected);
}

#[wasm_bindgen_test]
fn unknown_fields_of_a_button_are_not_sent() {
    let mut extra = button();
    extra["icon_name"] = json!("OLD");
    let buttons = json!({"rows": [{"buttons": [extra], "color": "red"}]});
    let message = build(&json!({"target": "chatbot", "buttons": buttons, "type": "TEXT"}));
    let expected = json!({
        "media_token": "m", "text_message": "",
        "buttons": {"rows": [{"buttons": [button()]}]},
    });
    assert_eq!(from_js(&message.expect("a message")), expected);
}

#[wasm_bindgen_test]
fn a_grid_that_divar_would_not_take_is_refused() {
    let row = |count: usize| json!({"buttons": vec![button(); count]});
    let only = |button: Value| json!({"rows": [{"buttons": [button]}]});
    let two =
        json!({"open_direct_link": "https://divar.ir", "open_post_page": {"post_token": "p"}});
    let cases = [
        json!({"rows": vec![row(1); 4]}),
        json!({"rows": [row(4)]}),
        json!({"rows": "three"}),
        json!({"rows": [{"buttons": 3}]}),
        json!({"rows": [null]}),
        json!({}),
        json!(7),
        only(json!({"caption": "x"})),
        only(json!({"caption": "x", "action": {}})),
        only(json!({"caption": "x", "action": {"close": {}}})),
        only(json!({"caption": "x", "action": two})),
        only(json!({"action": {"open_direct_link": "https://divar.ir"}})),
        only(json!({"caption": "x", "action": {"open_direct_link": ""}})),
        only(json!({"caption": "x", "action": {"open_server_link": {}}})),
        only(json!({"caption": "x", "action": {"open_direct_link": "nonsense"}})),
        only(json!({"caption": "x", "action": {"open_direct_link": "/divar"}})),
        only(json!({"caption": "x", "action": {"open_server_link": {"data": "text"}}})),
        only(json!({"caption": "x", "action": {"open_server_link": {"data": [1]}}})),
        only(json!({"caption": "x", "action": {"get_dynamic_action": {"data": [1]}}})),
        only(json!({"caption": "x", "action": {"open_post_page": {"post_token": 7}}})),
        only(
            json!({"caption": "x", "icon": 7, "action": {"open_direct_link": "https://divar.ir"}}),
        ),
    ];
    for grid in cases {
        let outcome = build(&json!({"target": "chatbot", "buttons": grid}));
        let error = failed(outcome, "message", "invalid_argument");
        assert_eq!(text(&error, "mediaToken"), "m");
    }
}

#[wasm_bindgen_test]
fn each_side_of_a_conversation_has_its_limit() {
    let rows = json!({"rows": vec![json!({"buttons": [button()]}); 4]});
    for side in ["senderButtons", "receiverButtons"] {
        let mut options = json!({"target": "conversation"});
        options[side] = rows.clone();
        let error = failed(build(&options), "message", "invalid_argument");
        assert!(text(&error, "message").contains(side));
    }
}

#[wasm_bindgen_test]
fn rows_that_claim_billions_are_refused_at_once() {
    for rows in ["{ length: 4e9 }", "new Array(4e9)"] {
        let options = eval(&format!(
            "{{ target: 'chatbot', buttons: {{ rows: {rows} }} }}"
        ));
        failed(
            build_media_message("m".into(), options),
            "message",
            "invalid_argument",
        );
    }
}
