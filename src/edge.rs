//! Request in, Response out: the secret side of an app's own routes.

mod arrival;
mod permission;
mod reply;
mod route;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::contract::message::Target;
use crate::contract::route as divar;
use crate::error::{Code, Error, Failure, Stage};
use crate::future::Settled;
use crate::js;
use crate::net::answer;
use crate::net::stream::{self, Body};
use crate::options;
use crate::steps::upload::{HEADERS, media};
use crate::task::{self, Goal};
use crate::work::Work;
use arrival::{Arrival, Origin};
use divar_media::accepted::{Format, MediaType};
use divar_media::signature::HEAD_BYTES;
use permission::Permission;
use reply::{Problem, Reply};
use route::Route;

/// The largest body of a message's route: a grid of nine buttons with their data.
const LARGEST_JSON: u64 = 64 * 1024;

/// An app's handler, as it answers one request.
pub struct Handler {
    /// The options as they were given, for the calls that it makes.
    pub options: JsValue,
    /// The same, read.
    pub work: Work,
    /// The origins, beside the handler's own, whose pages may call.
    pub allowed_origins: Vec<String>,
}

impl Handler {
    /// Answers a request, whatever it is.
    ///
    /// # Errors
    ///
    /// Where the platform makes no `Response`.
    pub async fn answer(&self, request: &JsValue) -> Result<JsValue, JsValue> {
        let Some(arrival) = Arrival::read(request) else {
            let words = "the handler must be given a Request";
            return Err(Error::new(Stage::Token, Code::InvalidArgument, words).into());
        };
        let origin = arrival.origin(&self.allowed_origins);
        let reply = match self.reply(&arrival, &origin).await {
            Ok(reply) => reply,
            Err(problem) => {
                let (reply, told) = problem.explain();
                self.log(told, request);
                reply
            }
        };
        reply.response(&origin)
    }

    async fn reply(&self, arrival: &Arrival, origin: &Origin) -> Result<Reply, Problem> {
        let route = Route::of(&arrival.path(), js::number(&self.work, "relay") > 0.0)
            .ok_or_else(|| Problem::refused(404, Stage::Token, "there is no such route"))?;
        let stage = route.stage();
        self.work.at(stage);
        if matches!(origin, Origin::Foreign) {
            let words = "this origin may not call";
            return Err(Problem::refused(403, stage, words));
        }
        match arrival.method().as_str() {
            "OPTIONS" => return Ok(Reply::pre_flight()),
            "POST" => {}
            _ => return Err(Problem::refused(405, stage, "the route takes POST only")),
        }
        if !route.takes(&arrival.content_type()) {
            let words = "the body must come with the route's own Content-Type";
            return Err(Problem::refused(415, stage, words));
        }
        let permission = self.authorized(arrival, stage).await?;
        match route {
            Route::Token => self.mint(arrival).await,
            Route::Messages => self.send(arrival, &permission).await,
            Route::Upload(media_type) => self.relay(arrival, &permission, media_type).await,
        }
    }

    async fn authorized(&self, arrival: &Arrival, stage: Stage) -> Result<Permission, Problem> {
        let given = ask(&self.function("authorize"), arrival.request()).await?;
        if !given.is_truthy() {
            return Err(Problem::refused(401, stage, "who asks is not known"));
        }
        Permission::read(given).ok_or_else(|| {
            let words = "authorize must give an object, or nothing for who is not known";
            Failure::from(Error::new(stage, Code::InvalidArgument, words)).into()
        })
    }

    async fn mint(&self, arrival: &Arrival) -> Result<Reply, Problem> {
        // Nothing stands in it yet; what is sent must be JSON all the same.
        arrival.json(Stage::Token, &self.work, LARGEST_JSON).await?;
        let token = self.token(&js::get(&self.work, "signal")).await?;
        Ok(Reply::of("token", &token))
    }

    async fn token(&self, signal: &JsValue) -> Result<String, Failure> {
        let work = task::call(Goal::Token, self.options.clone());
        // Who asked tries again, if at all.
        work.give("retries", JsValue::from_f64(0.0));
        work.give("endpoint", JsValue::UNDEFINED);
        work.give("signal", signal.clone());
        let token = Settled::of(&task::run(work)).await;
        Ok(token.map_err(Failure::of)?.as_string().unwrap_or_default())
    }

    async fn send(&self, arrival: &Arrival, permission: &Permission) -> Result<Reply, Problem> {
        let json = arrival
            .json(Stage::Message, &self.work, LARGEST_JSON)
            .await?;
        let (target, id) = handed_over(&json)?;
        if !permission.allows_message(target, &id) {
            let words = "this user may not write there";
            return Err(Problem::refused(403, Stage::Message, words));
        }
        let work = task::call(Goal::Message, self.options.clone());
        options::message::give(&work, target, &json);
        work.give("accessToken", self.consent(arrival, target, &id).await?);
        let sent = Settled::of(&task::run(work)).await;
        let sent = sent.map_err(Failure::of)?;
        Ok(Reply::of(
            "conversation_id",
            &js::try_text(&sent, "conversationId"),
        ))
    }

    /// The user's consent, where the target needs it.
    async fn consent(
        &self,
        arrival: &Arrival,
        target: Target,
        id: &str,
    ) -> Result<JsValue, Problem> {
        if target == Target::Chatbot {
            return Ok(JsValue::UNDEFINED);
        }
        let refuse = |words: &str| {
            let error = Error::new(Stage::Message, Code::InvalidArgument, words);
            Failure::from(error)
        };
        let access_token = self.function("accessToken");
        if access_token.is_undefined() {
            return Err(refuse("this target needs the option accessToken").into());
        }
        let context = js::empty();
        js::set_text(&context, "target", target.name());
        js::set_text(&context, target.option_name(), id);
        js::set(&context, "request", arrival.request());
        let given = ask(&access_token, &context).await?;
        if is_header_value(&given) {
            return Ok(given);
        }
        Err(refuse("accessToken gave no string that a header can carry").into())
    }

    /// Streams a file through to Divar: it is looked at and counted, and not held.
    async fn relay(
        &self,
        arrival: &Arrival,
        permission: &Permission,
        media_type: MediaType,
    ) -> Result<Reply, Problem> {
        if !permission.allows_type(media_type) {
            let words = "this user may not send this type";
            return Err(Problem::refused(403, Stage::Upload, words));
        }
        let size = arrival.content_length();
        if size.is_some_and(|size| size > media_type.max_bytes()) {
            let words = "the file is longer than its type allows";
            return Err(Problem::refused(413, Stage::Upload, words));
        }
        // Who goes away in the middle of a file ends its way to Divar too.
        js::set(&self.work, "signal", &arrival.signal());
        let file = arrival.file(Stage::Upload, &self.work, media_type.max_bytes())?;
        let head = file.head(HEAD_BYTES).await?;
        if head.is_empty() {
            return Err(Problem::refused(400, Stage::Upload, "the file is empty"));
        }
        let (given, mime) = (arrival.query("name"), arrival.content_type());
        let format =
            Format::of(media_type, &head, &(given.as_str(), mime.as_str())).ok_or_else(|| {
                let words = "the file is of no format that its type takes";
                Problem::refused(415, Stage::Upload, words)
            })?;
        #[expect(clippy::cast_precision_loss, reason = "at most 50 MB")]
        let size = size.map(|size| size as f64);
        let body = Body::Relayed {
            file,
            size,
            name: format.file_name(media_type, &given),
            mime: format.mime(),
        };
        let id = self.pass_on(media_type, body).await?;
        Ok(Reply::of("id", &id).and("status", "ok"))
    }

    async fn pass_on(&self, media_type: MediaType, body: Body) -> Result<String, Failure> {
        let token = self.token(&js::get(&self.work, "signal")).await?;
        js::set_text(&self.work, "uploadToken", &token);
        js::set_text(&self.work, "authScheme", "Bearer");
        js::set_text(&self.work, "type", media_type.name());
        let outcome = stream::send(&self.work, divar::UPLOAD, HEADERS, body).await?;
        let failed = answer::judged(&self.work, Some(Stage::Upload), &outcome);
        match failed.or_else(|| media(&self.work, &outcome)) {
            Some(_) => Err(Failure::of(js::get(&self.work, "error"))),
            None => Ok(js::try_text(&self.work, "mediaToken")),
        }
    }

    fn function(&self, name: &str) -> Function {
        js::get(&self.work, name).unchecked_into()
    }

    fn log(&self, told: Option<JsValue>, request: &JsValue) {
        let log = self.function("onError");
        if let Some(error) = told.filter(|_| !log.is_undefined()) {
            // What the app's log throws must not cost the answer.
            let _ = log.call2(&JsValue::UNDEFINED, &error, request);
        }
    }
}

#[wasm_bindgen(module = "/pkg/platform/options.js")]
extern "C" {
    #[wasm_bindgen(js_name = isHeaderValue)]
    fn is_header_value(value: &JsValue) -> bool;
}

/// To whom a message goes that a page handed over.
fn handed_over(json: &JsValue) -> Result<(Target, String), Problem> {
    let draft = Work::new(json.clone(), Stage::Message as u32, 0.0);
    options::message::read_handed_over(&draft);
    if let Err(error) = draft.settled() {
        return Err(match Failure::of(error) {
            Failure::Error(error) => Problem::of_request(400, error),
            theirs @ Failure::Theirs(_) => theirs.into(),
        });
    }
    let target = options::message::target(&draft);
    Ok((target, js::try_text(&draft, target.id_name())))
}

/// What a function of the app's gives, or promises.
async fn ask(function: &Function, argument: &JsValue) -> Result<JsValue, Failure> {
    let given = function
        .call1(&JsValue::UNDEFINED, argument)
        .map_err(Failure::Theirs)?;
    Settled::of(&given).await.map_err(Failure::Theirs)
}
