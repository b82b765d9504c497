//! A call on its way: what is to be done next, after what came of the last.
//!
//! Rust decides and JavaScript does. A task is never moved and never waits: it begins one effect
//! after the other, and JavaScript comes back with the outcome of each.

use wasm_bindgen::prelude::*;

use crate::error::Stage;
use crate::js;
use crate::net::answer::{self, Failed};
use crate::net::retry;
use crate::options;
use crate::steps::file::Look;
use crate::work::Work;

#[cfg(feature = "secret")]
pub use js_sys::Promise;
/// A promise is only handed on, and that needs no type of its own.
#[cfg(not(feature = "secret"))]
pub type Promise = JsValue;

#[wasm_bindgen(module = "/pkg/platform/task.js")]
extern "C" {
    fn drive(task: Task, work: &Work) -> Promise;
}

/// What is called for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// An upload token.
    Token,
    /// A media token.
    Upload,
    /// A message with a file.
    Delivery,
    /// A message with a media token.
    #[cfg(feature = "secret")]
    Message,
}

/// What comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// To read the options.
    Options,
    /// To look at the file.
    File,
    /// To see its ends.
    Ends,
    /// To see more of it.
    More,
    /// To try the step: the pause before is over, and the network is there.
    Try,
    /// To upload, with the token that was asked for.
    Asked,
    /// To hear what was answered.
    Answer,
}

/// A call on its way.
#[wasm_bindgen(skip_typescript)]
pub struct Task {
    /// What it carries.
    pub(crate) work: Work,
    /// Where the file goes.
    pub(crate) way: Way,
    /// The message's body, but for what is known at its step only.
    pub(crate) message: JsValue,
    /// What is known of the file.
    pub(crate) look: Look,
    /// What comes next.
    pub(crate) phase: Phase,
    goal: Goal,
    stage: Stage,
    /// How often a token, and how often an upload, was tried again.
    tried: [u32; 2],
    /// Whether a refused token is still to be replaced.
    renews: bool,
    /// The failure before the last.
    before: JsValue,
}

/// Where a file goes, and where the token for that comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the app's own server, which needs none.
    Relay,
    /// To Divar, with the one that the caller gave.
    Given,
    /// To Divar, with one from the caller's function.
    Asked,
    /// To Divar, with one that is minted.
    Minted,
}

/// Runs a call.
pub fn run(goal: Goal, work: Work) -> Promise {
    let task = Task::new(goal, work.clone());
    drive(task, &work)
}

#[wasm_bindgen]
impl Task {
    /// Begins what is to be done after `outcome`, and gives what promises the next; undefined where
    /// nothing is left to be done.
    ///
    /// # Errors
    ///
    /// How the call ends, if not well.
    pub fn next(&mut self, outcome: JsValue) -> Result<JsValue, JsValue> {
        if self.phase == Phase::Answer {
            return match self.judged(&outcome) {
                Some(failed) => self.failed(failed, &outcome),
                None => Ok(self.succeeded()),
            };
        }
        // The signal and the deadlines end whatever is waited for.
        if let Some(failed) = answer::missing(&self.work, None, &outcome) {
            return Err(failed.error);
        }
        match self.phase {
            Phase::Options => self.begin(),
            Phase::File => self.open(),
            Phase::Ends => self.saw_ends(&outcome),
            Phase::More => self.saw_more(&outcome),
            Phase::Asked => Ok(self.upload()),
            Phase::Try | Phase::Answer => Ok(self.attempt()),
        }
    }
}

impl Task {
    /// A call whose options are to be read.
    pub(crate) fn new(goal: Goal, work: Work) -> Self {
        Self {
            work,
            way: Way::Relay,
            message: JsValue::UNDEFINED,
            look: Look::default(),
            phase: Phase::Options,
            goal,
            stage: Stage::Token,
            tried: [0; 2],
            renews: false,
            before: JsValue::UNDEFINED,
        }
    }

    fn begin(&mut self) -> Result<JsValue, JsValue> {
        match self.goal {
            Goal::Token => options::token::read(&self.work)?,
            Goal::Upload => options::upload::read(self),
            Goal::Delivery => options::delivery::read(self),
            #[cfg(feature = "secret")]
            Goal::Message => self.message = options::message::sending(&self.work)?,
        }
        self.work.check()?;
        if self.goal == Goal::Token {
            return Ok(self.begin_step(Stage::Token));
        }
        if js::get(&self.work, "mediaToken").is_undefined() {
            self.work.at(Stage::Upload);
            self.work.open();
            return Ok(self.then(Phase::File, self.work.wait(f64::NAN)));
        }
        Ok(self.begin_message())
    }

    /// Goes on with what `effect` promises.
    pub(crate) fn then(&mut self, phase: Phase, effect: JsValue) -> JsValue {
        self.phase = phase;
        effect
    }

    /// Goes to a step that is tried until it goes well, or trying again would not help.
    pub(crate) fn begin_step(&mut self, stage: Stage) -> JsValue {
        self.stage = stage;
        self.work.at(stage);
        if let Some(tried) = self.tried.get_mut(stage as usize) {
            *tried = 0;
        }
        self.then(Phase::Try, self.work.wait(-1.0))
    }

    /// From here on an error has the media token. A signal's reason has none: whoever may abort
    /// learns it now.
    fn begin_message(&mut self) -> JsValue {
        self.work.tell(Stage::Message);
        self.begin_step(Stage::Message)
    }

    fn attempt(&mut self) -> JsValue {
        match self.stage {
            Stage::Token => self.mint(),
            Stage::Upload => {
                self.renews = matches!(self.way, Way::Asked | Way::Minted);
                self.fetch_token()
            }
            Stage::Message => self.send(),
        }
    }

    /// Gets what an upload needs, and uploads.
    fn fetch_token(&mut self) -> JsValue {
        match self.way {
            Way::Relay | Way::Given => self.upload(),
            Way::Asked => self.then(Phase::Asked, self.work.ask()),
            Way::Minted => {
                self.work.tell(Stage::Token);
                self.begin_step(Stage::Token)
            }
        }
    }

    fn judged(&self, outcome: &JsValue) -> Option<Failed> {
        answer::judged(&self.work, Some(self.stage), outcome).or_else(|| match self.stage {
            Stage::Token => self.minted(outcome),
            Stage::Upload => self.uploaded(outcome),
            Stage::Message => self.sent(outcome),
        })
    }

    fn succeeded(&mut self) -> JsValue {
        if self.stage != Stage::Message {
            retry::refund();
        }
        let (value, name) = match (self.stage, self.goal) {
            (Stage::Token, Goal::Token) => ("uploadToken", ""),
            (Stage::Token, _) => {
                self.stage = Stage::Upload;
                self.work.at(Stage::Upload);
                return self.upload();
            }
            (Stage::Upload, Goal::Delivery) => return self.begin_message(),
            (Stage::Upload, _) => ("mediaToken", "id"),
            (Stage::Message, _) => ("conversationId", "conversationId"),
        };
        self.work.end(value, name);
        JsValue::UNDEFINED
    }

    fn failed(&mut self, failed: Failed, outcome: &JsValue) -> Result<JsValue, JsValue> {
        let is_refused = failed.is_unauthorized();
        if self.stage == Stage::Upload && is_refused && self.renews {
            self.renews = false;
            return Ok(self.fetch_token());
        }
        // A message whose fate is unknown is not sent again.
        let Some(tried) = self.tried.get_mut(self.stage as usize) else {
            return Err(failed.error);
        };
        // Waiting costs no retry: it is not the server that failed.
        let mut pause = -1.0;
        if !(failed.retryable && self.work.waits()) {
            let after = js::number(outcome, "retryAfterMs");
            let may = failed.retryable && f64::from(*tried) < js::number(&self.work, "retries");
            let Some(wait) = retry::pause(after, *tried).filter(|_| may && retry::take()) else {
                // A token that the caller gave cannot be renewed: a 401 after another failure says
                // only that the try before used it up.
                let tells_less = is_refused && self.way == Way::Given;
                let before = self.before.clone();
                return Err(if tells_less && !before.is_undefined() {
                    before
                } else {
                    failed.error
                });
            };
            pause = wait;
            *tried += 1;
        }
        self.before = failed.error;
        Ok(self.then(Phase::Try, self.work.wait(pause)))
    }
}
