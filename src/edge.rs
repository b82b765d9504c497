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
use crate::net::body::Body;
use crate::net::call::Call;
use crate::net::request::Post;
use crate::options;
use crate::steps::message::{self, Send};
use crate::steps::token::{self, Mint};
use crate::steps::upload::media;
use crate::task::Settled;
use arrival::{Arrival, Origin};
use divar_media::accepted::{Format, MediaType};
use divar_media::signature::HEAD_BYTES;
use permission::Permission;
use reply::{Problem, Reply};
use route::Route;

/// The largest body of a message's route: a grid of nine buttons with their data.
const LARGEST_JSON: u64 = 64 * 1024;

/// An app's handler.
pub struct Handler {
    /// The app's key.
    pub key: String,
    /// Says what who asks may do.
    pub authorize: Function,
    /// The origins, beside the handler's own, whose pages may call.
    pub allowed_origins: Vec<String>,
    /// Whether files are relayed.
    pub relays: bool,
    /// Gets the user's consent, for the targets that need it.
    pub access_token: Option<Function>,
    /// The app's log.
    pub on_error: Option<Function>,
    /// Divar's open API.
    pub open_api: String,
    /// Divar's chat host.
    pub chat: String,
    /// What holds for the requests to Divar.
    pub call: Call,
}

impl Handler {
    /// Answers a request, whatever it is.
    ///
    /// # Errors
    ///
    /// Where the platform makes no `Response`.
    pub async fn answer(&self, request: &JsValue) -> Result<JsValue, JsValue> {
        let Some(arrival) = Arrival::read(request) else {
            let words = ["the handler must be given a Request"];
            return Err(Error::new(Stage::Token, Code::InvalidArgument, &words).into());
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
        let route = Route::of(&arrival.path(), self.relays)
            .ok_or_else(|| Problem::refused(404, Stage::Token, "there is no such route"))?;
        let stage = route.stage();
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
        let given = ask(&self.authorize, arrival.request()).await?;
        if !given.is_truthy() {
            return Err(Problem::refused(401, stage, "who asks is not known"));
        }
        Permission::read(given).ok_or_else(|| {
            let words = ["authorize must give an object, or nothing for who is not known"];
            Failure::from(Error::new(stage, Code::InvalidArgument, &words)).into()
        })
    }

    async fn mint(&self, arrival: &Arrival) -> Result<Reply, Problem> {
        // Nothing stands in it yet; what is sent must be JSON all the same.
        arrival.json(Stage::Token, &self.call, LARGEST_JSON).await?;
        let token = self.token(&self.call).await?;
        Ok(Reply::of("token", &token))
    }

    async fn token(&self, call: &Call) -> Result<String, Failure> {
        let mint = Mint {
            way: token::Way::Key {
                key: self.key.clone(),
                base: self.open_api.clone(),
            },
            call: call.clone(),
            // Who asked tries again, if at all.
            retries: 0,
        };
        mint.run().await
    }

    async fn send(&self, arrival: &Arrival, permission: &Permission) -> Result<Reply, Problem> {
        let json = arrival
            .json(Stage::Message, &self.call, LARGEST_JSON)
            .await?;
        let draft = options::message::handed_over(&json)
            .map_err(|error| Problem::of_request(400, error))?;
        if !permission.allows_message(draft.target, &draft.id) {
            let words = "this user may not write there";
            return Err(Problem::refused(403, Stage::Message, words));
        }
        let access_token = self.consent(arrival, draft.target, &draft.id).await?;
        let outgoing = Send {
            way: message::Way::Key {
                key: self.key.clone(),
                access_token,
                base: self.open_api.clone(),
            },
            target: draft.target,
            id: draft.id,
            body: draft.body,
            call: self.call.clone(),
        };
        let sent = outgoing.run(draft.media_token).await?;
        Ok(Reply::of("conversation_id", &sent))
    }

    /// The user's consent, where the target needs it.
    async fn consent(
        &self,
        arrival: &Arrival,
        target: Target,
        id: &str,
    ) -> Result<Option<String>, Problem> {
        if target == Target::Chatbot {
            return Ok(None);
        }
        let refuse = |words: &str| {
            let error = Error::new(Stage::Message, Code::InvalidArgument, &[words]);
            Failure::from(error)
        };
        let Some(access_token) = &self.access_token else {
            return Err(refuse("this target needs the option accessToken").into());
        };
        let context = crate::js::object(vec![
            ("target", target.name().into()),
            (target.option_name(), id.into()),
            ("request", arrival.request().clone()),
        ]);
        let given = ask(access_token, &context).await?.as_string();
        given
            .filter(|token| divar::is_header_value(token))
            .map(Some)
            .ok_or_else(|| refuse("accessToken gave no string that a header can carry").into())
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
        let call = Call {
            signal: arrival.signal(),
            ..self.call.clone()
        };
        let file = arrival.file(Stage::Upload, &call, media_type.max_bytes())?;
        let head = file.head(HEAD_BYTES).await?;
        if head.is_empty() {
            return Err(Problem::refused(400, Stage::Upload, "the file is empty"));
        }
        let (given, mime) = (arrival.query("name"), arrival.content_type());
        let format = Format::of(media_type, &head, &given, &mime).ok_or_else(|| {
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
        let id = self.pass_on(media_type, body, &call).await?;
        Ok(Reply::of("id", &id).and("status", "ok"))
    }

    async fn pass_on(
        &self,
        media_type: MediaType,
        body: Body,
        call: &Call,
    ) -> Result<String, Failure> {
        let authorization = ["Bearer ", &self.token(call).await?].concat();
        let url = [self.chat.as_str(), &divar::upload(media_type)].concat();
        let post = Post {
            stage: Stage::Upload,
            url: &url,
            headers: crate::js::object(vec![
                ("Authorization", authorization.into()),
                ("Accept", "*/*".into()),
            ]),
            body,
            call,
        };
        Ok(media(&post.relay().await?)?)
    }

    fn log(&self, told: Option<JsValue>, request: &JsValue) {
        if let (Some(log), Some(error)) = (&self.on_error, told) {
            // What the app's log throws must not cost the answer.
            let _ = log.call2(&JsValue::UNDEFINED, &error, request);
        }
    }
}

/// What a function of the app's gives, or promises.
async fn ask(function: &Function, argument: &JsValue) -> Result<JsValue, Failure> {
    let given = function
        .call1(&JsValue::UNDEFINED, argument)
        .map_err(Failure::Theirs)?;
    Settled::of(&given).await.map_err(Failure::Theirs)
}
