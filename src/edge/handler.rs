//! From a request to its answer.

use std::time::Duration;

use divar_media::MediaType;
use divar_media::upload_check::{HEAD_BYTES, Label, SIGNATURE_BYTES, check_head};
use js_sys::{Date, Function, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::buttons::{ButtonRule, has_only_https_links};
use super::client::{ask, is_gone, log};
use super::config::HandlerConfig;
use super::file_name;
use super::message::{HandedOverMessage, parse_object};
use super::origin::CallOrigin;
use super::permission::Permission;
use super::rejection::Rejection;
use super::reply::Reply;
use super::request::MediaRequest;
use super::route::Route;
use crate::divar::message::Target;
use crate::divar::routes;
use crate::error::{Error, Failure, Stage};
use crate::header::is_header_value;
use crate::http::{CallSettings, Redirects, RequestHead, RetryPolicy, incoming::Incoming, relay};
use crate::plain_data;
use crate::steps::message::{SendMessage, Sender};
use crate::steps::token::{MintToken, Minter};
use crate::steps::upload::{AuthScheme, authorised, media_token};

/// The largest JSON body, in bytes: a message with nine buttons and their data.
const MAX_JSON_BYTES: u64 = 64 * 1024;

/// An app's handler.
pub struct Handler {
    /// What it was made with.
    pub config: HandlerConfig,
}

/// A request with what was found out about it.
struct Context<'a> {
    request: &'a MediaRequest,
    permission: Permission,
    /// The limits of what is done for it; it ends when the client is gone.
    call: CallSettings,
}

#[derive(Serialize)]
struct TokenReply {
    token: String,
}

#[derive(Serialize)]
struct MessageReply {
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation_id: Option<String>,
}

#[derive(Serialize)]
struct UploadReply {
    id: String,
    status: &'static str,
}

impl Handler {
    /// Answers a request, whatever it is.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for what is no request; what the platform throws where it makes no `Response`.
    pub async fn respond(&self, value: &JsValue) -> Result<JsValue, JsValue> {
        let Some(request) = MediaRequest::read(value) else {
            let message = "the handler must be given a Request";
            return Err(Error::invalid_argument(Stage::Token, message).into());
        };
        let own_origin = request.own_origin();
        let origin = self
            .config
            .origins
            .judge(request.origin_headers(&own_origin));
        let route = self.config.routes.find(&request.path());
        let outcome = match route {
            Some(route) => self.answer(&request, route, &origin).await,
            None => Err(Rejection::not_found()),
        };
        let reply = outcome.unwrap_or_else(|rejection| {
            let stage = route.map_or(Stage::Token, Route::stage);
            self.reject(rejection, stage, &request)
        });
        reply.into_response(&origin)
    }

    fn reject(&self, rejection: Rejection, stage: Stage, request: &MediaRequest) -> Reply {
        let rejection = match rejection {
            Rejection::Upstream(_) if is_gone(request.signal.as_ref()) => Rejection::ClientGone,
            rejection => rejection,
        };
        let (reply, logged) = rejection.into_reply(stage);
        if let Some(error) = logged {
            log(
                self.config.callbacks.on_error.as_ref(),
                &error,
                request.value(),
            );
        }
        reply
    }

    async fn answer(
        &self,
        request: &MediaRequest,
        route: Route,
        origin: &CallOrigin,
    ) -> Result<Reply, Rejection> {
        let stage = route.stage();
        if *origin == CallOrigin::Foreign {
            let origin = request.header("origin");
            return Err(Rejection::foreign_origin(stage, origin.as_deref()));
        }
        match request.method.as_str() {
            "OPTIONS" => {
                let requested = request.header("access-control-request-headers");
                return Ok(Reply::preflight(requested));
            }
            "POST" => {}
            _ => return Err(Rejection::wrong_method(stage)),
        }
        if !route.takes(&request.content_type()) {
            return Err(Rejection::wrong_content_type(stage));
        }
        let context = self.authorize(request, stage).await?;
        match route {
            Route::Token => self.mint(&context).await,
            Route::Messages => self.send(&context).await,
            Route::Upload(media_type) => self.relay(&context, media_type).await,
        }
    }

    /// Asks the app who this is and what they may do.
    async fn authorize<'a>(
        &self,
        request: &'a MediaRequest,
        stage: Stage,
    ) -> Result<Context<'a>, Rejection> {
        let call = CallSettings {
            signal: request.signal.clone(),
            ..self.config.call.clone()
        };
        let authorize = &self.config.callbacks.authorize;
        let given = self.ask(authorize, request.value(), stage, &call).await?;
        if !given.is_truthy() {
            return Err(Rejection::unauthorized(stage));
        }
        let permission = Permission::read(given).ok_or_else(|| {
            let message =
                "authorize must return an object, or undefined for a user who is not signed in";
            Failure::from(Error::invalid_argument(stage, message))
        })?;
        Ok(Context {
            request,
            permission,
            call,
        })
    }

    async fn ask(
        &self,
        function: &Function,
        argument: &JsValue,
        stage: Stage,
        call: &CallSettings,
    ) -> Result<JsValue, Failure> {
        ask(
            function,
            argument,
            stage,
            call,
            self.config.authorize_timeout,
        )
        .await
    }

    /// `POST …/token`.
    async fn mint(&self, context: &Context<'_>) -> Result<Reply, Rejection> {
        if !context.permission.allows_token() {
            let message =
                "this user may not send files of every type, which an upload token allows";
            return Err(Rejection::forbidden(Stage::Token, message));
        }
        let body = context
            .request
            .text(Stage::Token, &context.call, MAX_JSON_BYTES)
            .await?;
        parse_object(&body).map_err(|problem| Rejection::bad_request(Stage::Token, &problem))?;
        let token = self.token(&context.call).await?;
        Ok(Reply::ok(&TokenReply { token }))
    }

    async fn token(&self, call: &CallSettings) -> Result<String, Failure> {
        let mint = MintToken {
            by: Minter::Divar(self.config.key.clone()),
            call: call.clone(),
            // The page tries again, if at all.
            retry: RetryPolicy { retries: 0 },
        };
        mint.run().await
    }

    /// `POST …/messages`.
    async fn send(&self, context: &Context<'_>) -> Result<Reply, Rejection> {
        let json = context
            .request
            .text(Stage::Message, &context.call, MAX_JSON_BYTES)
            .await?;
        let message = HandedOverMessage::parse(&json);
        let message =
            message.map_err(|problem| Rejection::bad_request(Stage::Message, &problem))?;
        if !context
            .permission
            .allows_recipient(message.target, &message.id)
        {
            let message = "this user may not write there";
            return Err(Rejection::forbidden(Stage::Message, message));
        }
        self.check_buttons(context, &message).await?;
        let access_token = self.access_token(context, &message).await?;
        let sending = SendMessage {
            by: Sender::Divar {
                key: self.config.key.clone(),
                access_token,
            },
            target: message.target,
            id: message.id,
            buttons: message.buttons,
            // A message that is on its way is not ended when the client is gone: nobody would know
            // whether it was delivered.
            call: self.config.call.clone(),
        };
        let sent = sending.run(message.media_token).await?;
        Ok(Reply::ok(&MessageReply {
            conversation_id: sent.conversation_id,
        }))
    }

    async fn check_buttons(
        &self,
        context: &Context<'_>,
        message: &HandedOverMessage,
    ) -> Result<(), Rejection> {
        let stage = Stage::Message;
        if message
            .grids()
            .all(|grid| grid.rows.iter().all(|row| row.buttons.is_empty()))
        {
            return Ok(());
        }
        if !message.grids().all(has_only_https_links) {
            let problem = "open_direct_link must be an https address";
            return Err(Rejection::bad_request(stage, problem));
        }
        let is_allowed = match context.permission.buttons() {
            ButtonRule::None => false,
            ButtonRule::All => true,
            ButtonRule::Listed(permission) => message.grids().all(|grid| permission.allows(grid)),
            ButtonRule::Function(function) => {
                let described = plain_data::to_js(&message.described());
                let given = self
                    .ask(&function, &described, stage, &context.call)
                    .await?;
                given.is_truthy()
            }
        };
        if is_allowed {
            return Ok(());
        }
        let problem = "this user may not send these buttons; authorize says which they may send";
        Err(Rejection::forbidden(stage, problem))
    }

    /// The user's OAuth access token, where the target needs one.
    async fn access_token(
        &self,
        context: &Context<'_>,
        message: &HandedOverMessage,
    ) -> Result<Option<String>, Failure> {
        if !message.target.needs_access_token() {
            return Ok(None);
        }
        let refuse = |problem: &str| Error::invalid_argument(Stage::Message, problem);
        let Some(function) = &self.config.callbacks.access_token else {
            return Err(refuse("this target needs the option accessToken").into());
        };
        let address = address(context.request, message);
        let given = self
            .ask(function, &address, Stage::Message, &context.call)
            .await?;
        let token = given.as_string().filter(|token| is_header_value(token));
        let refused = || refuse("accessToken gave no string that a header can carry").into();
        token.map(Some).ok_or_else(refused)
    }

    /// `POST …/upload/{type}`: streams a file through to Divar. It is inspected and counted, and not
    /// held in memory.
    async fn relay(
        &self,
        context: &Context<'_>,
        media_type: MediaType,
    ) -> Result<Reply, Rejection> {
        if !context.permission.allows_type(media_type) {
            let message = "this user may not send files of this type";
            return Err(Rejection::forbidden(Stage::Upload, message));
        }
        let size = context.request.content_length();
        let most = media_type.max_bytes();
        if size.is_some_and(|size| size > most) {
            let message = "the file is larger than its type allows";
            return Err(Rejection::too_large(Stage::Upload, message));
        }
        let call = relay_limits(&context.call, size.unwrap_or(most));
        let mut file = context.request.file(&call, most)?;
        let head = file.peek(SIGNATURE_BYTES).await?;
        if head.is_empty() {
            return Err(Rejection::bad_request(Stage::Upload, "the file is empty"));
        }
        let name = file_name::cleaned(&context.request.query("name"));
        let mime = context.request.content_type();
        let label = Label {
            name: &name,
            mime: &mime,
        };
        let format = match check_head(&head, label, media_type) {
            Ok(format) => Ok(format),
            // Only formats whose signature may come later are worth the wait for more.
            Err(_) => check_head(&file.peek(HEAD_BYTES).await?, label, media_type),
        };
        let format = format.map_err(|_| Rejection::unsupported_format())?;
        let file = RelayedFile {
            file,
            size,
            name: format.file_name(media_type, &name),
            media_type,
            mime: format.mime(),
        };
        let id = self.pass_on(file, &call).await?;
        Ok(Reply::ok(&UploadReply { id, status: "ok" }))
    }

    async fn pass_on(&self, file: RelayedFile, call: &CallSettings) -> Result<String, Failure> {
        let token = self.token(call).await?;
        let head = RequestHead {
            stage: Stage::Upload,
            url: routes::upload(&self.config.chat_host, file.media_type),
            headers: authorised(AuthScheme::Bearer, &token),
            redirects: Redirects::Refused,
        };
        let answer = relay(&head, call, file.file, file.size, &file.name, file.mime).await?;
        Ok(media_token(&answer)?)
    }
}

/// A file on its way through.
struct RelayedFile {
    file: Incoming,
    size: Option<u64>,
    name: String,
    media_type: MediaType,
    mime: &'static str,
}

/// The limits of a relay. The whole of it is bounded, too: a byte now and then passes every stall limit.
fn relay_limits(call: &CallSettings, bytes: u64) -> CallSettings {
    let longest: Duration = call.unseen_upload_timeout(bytes);
    CallSettings {
        ends_at: Some(Date::now() + longest.as_secs_f64() * 1000.0),
        ..call.clone()
    }
}

/// `MessageAddress` of the package's types.
fn address(request: &MediaRequest, message: &HandedOverMessage) -> JsValue {
    let id_name = match message.target {
        Target::User => "userId",
        Target::Chatbot | Target::Conversation => "conversationId",
    };
    let address = Object::new();
    for (name, value) in [
        ("target", &message.target.name().into()),
        (id_name, &JsValue::from(&message.id)),
        ("request", request.value()),
    ] {
        let _ = Reflect::set(&address, &name.into(), value);
    }
    address.into()
}
