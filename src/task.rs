//! A call on its way: what is to be done next, after what came of the last.
//!
//! Rust decides and JavaScript does. A task never waits: it begins one effect, and JavaScript comes
//! back with the outcome. Between the two all that it knows lies in the call's [`Work`], its own place
//! as one number: so the module holds nothing for a call, and nothing can be left behind.

use wasm_bindgen::prelude::*;

use crate::error::Stage;
use crate::js;
use crate::net::answer::{self, Failed};
use crate::net::retry;
use crate::options;
use crate::work::Work;

#[cfg(feature = "secret")]
pub use js_sys::Promise;

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

/// A call on its way, for one turn.
pub struct Task {
    /// What it carries.
    pub(crate) work: Work,
    /// Where the file goes.
    pub(crate) way: Way,
    goal: Goal,
    stage: Stage,
    phase: Phase,
    /// Whether a refused token is still to be replaced.
    renews: bool,
    /// How often a token was asked for again.
    tokens: u8,
    /// How often an upload was tried again; before that, how many of a film's boxes were looked at.
    pub(crate) turns: u8,
}

/// The call is over: its error, or what it came to, is in its work.
pub struct Over;

/// What promises the outcome of what was begun.
pub type Effect = Result<JsValue, Over>;

/// A call that is to begin, with these options.
pub fn call(goal: Goal, options: JsValue) -> Work {
    let stage = match goal {
        Goal::Upload => Stage::Upload,
        Goal::Token | Goal::Delivery => Stage::Token,
        #[cfg(feature = "secret")]
        Goal::Message => Stage::Message,
    };
    Work::new(options, stage as u32, f64::from(goal as u8))
}

/// Begins what is to be done after `outcome`, and gives what promises the next; undefined where
/// nothing is left to be done.
#[wasm_bindgen(skip_typescript)]
pub fn next(work: Work, outcome: JsValue) -> JsValue {
    let mut task = Task::of(work);
    let effect = task.turn(&outcome);
    js::set_number(&task.work, "state", task.state());
    effect.unwrap_or(JsValue::UNDEFINED)
}

/// Runs a call, as JavaScript else does.
#[cfg(feature = "secret")]
pub fn run(work: Work) -> Promise {
    crate::future::run(async move {
        let mut outcome = JsValue::UNDEFINED;
        loop {
            let effect = next(work.clone(), outcome);
            if effect.is_undefined() {
                return work.settled();
            }
            outcome = crate::future::Settled::of(&effect).await?;
        }
    })
}

impl Task {
    /// The call where it stands.
    fn of(work: Work) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "as it was written"
        )]
        let state = js::number(&work, "state") as u32;
        let [steps, phase, tokens, turns] = state.to_le_bytes();
        Self {
            goal: match steps & 3 {
                0 => Goal::Token,
                1 => Goal::Upload,
                #[cfg(feature = "secret")]
                3 => Goal::Message,
                _ => Goal::Delivery,
            },
            stage: match steps >> 2 & 3 {
                0 => Stage::Token,
                1 => Stage::Upload,
                _ => Stage::Message,
            },
            way: match steps >> 4 & 3 {
                0 => Way::Relay,
                1 => Way::Given,
                2 => Way::Asked,
                _ => Way::Minted,
            },
            renews: steps >> 6 != 0,
            phase: match phase {
                0 => Phase::Options,
                1 => Phase::File,
                2 => Phase::Ends,
                3 => Phase::More,
                4 => Phase::Try,
                5 => Phase::Asked,
                _ => Phase::Answer,
            },
            tokens,
            turns,
            work,
        }
    }

    /// The place of the call as a number; 0 to 3 are calls that are to begin.
    fn state(&self) -> f64 {
        let steps = self.goal as u8
            | (self.stage as u8) << 2
            | (self.way as u8) << 4
            | u8::from(self.renews) << 6;
        u32::from_le_bytes([steps, self.phase as u8, self.tokens, self.turns]).into()
    }

    fn turn(&mut self, outcome: &JsValue) -> Effect {
        if self.phase == Phase::Answer {
            return match self.judged(outcome) {
                Some(failed) => self.failed(failed, outcome),
                None => self.succeeded(),
            };
        }
        // The signal and the deadlines end whatever is waited for.
        if answer::missing(&self.work, None, outcome).is_some() {
            return Err(Over);
        }
        match self.phase {
            Phase::Options => self.begin(),
            Phase::File => self.open(),
            Phase::Ends => self.saw_ends(outcome),
            Phase::More => self.saw_more(outcome),
            Phase::Asked => Ok(self.upload()),
            Phase::Try | Phase::Answer => Ok(self.attempt()),
        }
    }

    fn begin(&mut self) -> Effect {
        match self.goal {
            Goal::Token => options::token::read(&self.work),
            Goal::Upload => options::upload::read(self),
            Goal::Delivery => options::delivery::read(self),
            #[cfg(feature = "secret")]
            Goal::Message => options::message::sending(&self.work),
        }
        if self.work.is_over() {
            return Err(Over);
        }
        if self.goal == Goal::Token {
            return Ok(self.begin_step(Stage::Token));
        }
        if js::has(&self.work, "mediaToken") {
            return Ok(self.begin_message());
        }
        self.work.at(Stage::Upload);
        self.work.open();
        Ok(self.then(Phase::File, self.work.wait(f64::NAN)))
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
        *self.tried() = 0;
        self.then(Phase::Try, self.work.wait(-1.0))
    }

    /// How often the step was tried again.
    fn tried(&mut self) -> &mut u8 {
        match self.stage {
            Stage::Token => &mut self.tokens,
            Stage::Upload | Stage::Message => &mut self.turns,
        }
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

    fn succeeded(&mut self) -> Effect {
        if self.stage != Stage::Message {
            retry::refund();
        }
        let (value, name) = match (self.stage, self.goal) {
            (Stage::Token, Goal::Token) => ("uploadToken", ""),
            (Stage::Token, _) => {
                self.stage = Stage::Upload;
                self.work.at(Stage::Upload);
                return Ok(self.upload());
            }
            (Stage::Upload, Goal::Delivery) => return Ok(self.begin_message()),
            (Stage::Upload, _) => ("mediaToken", "id"),
            (Stage::Message, _) => ("conversationId", "conversationId"),
        };
        self.work.end(value, name);
        Err(Over)
    }

    fn failed(&mut self, failed: Failed, outcome: &JsValue) -> Effect {
        let is_refused = failed.is_unauthorized();
        if self.stage == Stage::Upload && is_refused && self.renews {
            self.renews = false;
            self.work.forgive();
            return Ok(self.fetch_token());
        }
        // A message whose fate is unknown is not sent again, nor is any other.
        if self.stage == Stage::Message {
            return Err(Over);
        }
        // Waiting costs no retry: it is not the server that failed.
        let mut pause = -1.0;
        if !(failed.retryable && self.work.waits()) {
            let tried = *self.tried();
            let after = js::number(outcome, "retryAfterMs");
            let may = failed.retryable && f64::from(tried) < js::number(&self.work, "retries");
            let Some(wait) = retry::pause(after, tried.into()).filter(|_| may && retry::take())
            else {
                // A token that the caller gave cannot be renewed: a 401 after another failure says
                // only that the try before used it up.
                if is_refused && self.way == Way::Given {
                    self.work.blame_the_last();
                }
                return Err(Over);
            };
            pause = wait;
            *self.tried() = tried.saturating_add(1);
        }
        self.work.forgive();
        Ok(self.then(Phase::Try, self.work.wait(pause)))
    }
}
