//! Reads and checks single options. `null` counts as undefined everywhere.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use crate::error::{Code, Error, Stage};
use crate::header::is_header_value;
use crate::shape::abort_signal;

/// The least number that an option may be.
#[derive(Clone, Copy)]
pub enum Least {
    /// 0.
    Zero,
    /// 1.
    One,
}

/// The options of a call, or another object of the caller's. Its getters may throw: it can be a proxy.
#[derive(Clone)]
pub struct Options {
    object: JsValue,
    stage: Stage,
}

impl Options {
    /// The options of a call at `stage`; an empty object where there are none.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for what is no object.
    pub fn new(stage: Stage, given: &JsValue) -> Result<Self, Error> {
        if given.is_undefined() || given.is_null() {
            let object = Object::new().into();
            return Ok(Self { object, stage });
        }
        Self::of_object(stage, "the options", given.clone())
    }

    fn of_object(stage: Stage, name: &str, object: JsValue) -> Result<Self, Error> {
        if object.is_object() {
            return Ok(Self { object, stage });
        }
        let message = [name, " must be an object"].concat();
        Err(Error::new(stage, Code::InvalidArgument, message))
    }

    /// The same options, their mistakes reported at another step.
    #[must_use]
    pub fn at(&self, stage: Stage) -> Self {
        Self {
            object: self.object.clone(),
            stage,
        }
    }

    /// The step.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// An `invalid_argument`: what is wrong with this option.
    #[must_use]
    pub fn refuse(&self, name: &str, problem: &str) -> Error {
        Error::new(self.stage, Code::InvalidArgument, [name, problem].concat())
    }

    /// What an option holds, if anything.
    ///
    /// # Errors
    ///
    /// `invalid_argument` where its getter threw.
    pub fn get(&self, name: &str) -> Result<Option<JsValue>, Error> {
        match Reflect::get(&self.object, &name.into()) {
            Ok(value) => Ok(Some(value).filter(|value| !value.is_undefined() && !value.is_null())),
            Err(cause) => Err(self.refuse(name, " could not be read").with_cause(cause)),
        }
    }

    /// Whether an option was given.
    ///
    /// # Errors
    ///
    /// `invalid_argument` where its getter threw.
    pub fn has(&self, name: &str) -> Result<bool, Error> {
        Ok(self.get(name)?.is_some())
    }

    /// A required object inside this one.
    ///
    /// # Errors
    ///
    /// `invalid_argument`.
    pub fn object(&self, name: &str) -> Result<Self, Error> {
        let value = self.get(name)?.unwrap_or_default();
        Self::of_object(self.stage, name, value)
    }

    /// A number of at least `least`.
    ///
    /// # Errors
    ///
    /// `invalid_argument`.
    pub fn number(&self, name: &str, least: Least) -> Result<Option<f64>, Error> {
        let Some(value) = self.get(name)? else {
            return Ok(None);
        };
        let (least, problem) = match least {
            Least::Zero => (0.0, " must be a number, at least 0"),
            Least::One => (1.0, " must be a number, at least 1"),
        };
        let number = value.as_f64().filter(|number| *number >= least);
        number.map(Some).ok_or_else(|| self.refuse(name, problem))
    }

    /// A function.
    ///
    /// # Errors
    ///
    /// `invalid_argument`.
    pub fn function(&self, name: &str) -> Result<Option<Function>, Error> {
        let Some(value) = self.get(name)? else {
            return Ok(None);
        };
        let function = value.dyn_into().map(Some);
        function.map_err(|_| self.refuse(name, " must be a function"))
    }

    /// A string that is not empty.
    ///
    /// # Errors
    ///
    /// `invalid_argument`.
    pub fn text(&self, name: &str) -> Result<Option<String>, Error> {
        let Some(value) = self.get(name)? else {
            return Ok(None);
        };
        let text = value.as_string().filter(|text| !text.is_empty());
        text.map(Some)
            .ok_or_else(|| self.refuse(name, " must be a string that is not empty"))
    }

    /// A required string that is not empty.
    ///
    /// # Errors
    ///
    /// `invalid_argument`.
    pub fn required_text(&self, name: &str) -> Result<String, Error> {
        let text = self.text(name)?;
        text.ok_or_else(|| self.refuse(name, " is required"))
    }

    /// A required key or token. It is never quoted.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for what no header can carry.
    pub fn secret(&self, name: &str) -> Result<String, Error> {
        let secret = self.required_text(name)?;
        if is_header_value(&secret) {
            return Ok(secret);
        }
        Err(self.refuse(name, " must be a string that a header can carry"))
    }

    /// A required id, which becomes a part of a path. URL parsers read `.` and `..` as "here" and "one up",
    /// percent-encoded too.
    ///
    /// # Errors
    ///
    /// `invalid_argument`.
    pub fn id(&self, name: &str) -> Result<String, Error> {
        let id = self.required_text(name)?;
        if id == "." || id == ".." {
            return Err(self.refuse(name, " must be an id"));
        }
        Ok(id)
    }

    /// Whether an option is `true`, or `default` where it is no boolean.
    ///
    /// # Errors
    ///
    /// `invalid_argument` where its getter threw.
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, Error> {
        let flag = self.get(name)?.and_then(|value| value.as_bool());
        Ok(flag.unwrap_or(default))
    }

    /// One of a few words, as `from_name` knows them; `words` lists them for the error.
    ///
    /// # Errors
    ///
    /// `invalid_argument`.
    pub fn word<T>(
        &self,
        name: &str,
        from_name: fn(&str) -> Option<T>,
        words: &str,
    ) -> Result<Option<T>, Error> {
        let Some(value) = self.get(name)? else {
            return Ok(None);
        };
        let word = value.as_string().and_then(|word| from_name(&word));
        let refuse = || self.refuse(name, &[" must be ", words].concat());
        word.map(Some).ok_or_else(refuse)
    }

    /// The caller's `signal`, of whatever realm.
    ///
    /// # Errors
    ///
    /// `invalid_argument`.
    pub fn signal(&self) -> Result<Option<AbortSignal>, Error> {
        let Some(value) = self.get("signal")? else {
            return Ok(None);
        };
        let signal = abort_signal(value).map(Some);
        signal.ok_or_else(|| self.refuse("signal", " must be an AbortSignal"))
    }

    /// What `read` makes of the items of a list of at most `most`; `problem` says that it has more. A list
    /// that claims to have billions costs nothing.
    ///
    /// # Errors
    ///
    /// `invalid_argument`.
    pub fn list<T>(
        &self,
        name: &str,
        most: u32,
        problem: &str,
        read: impl Fn(Self) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let list = self.object(name)?;
        let length = list.get("length")?.and_then(|length| length.as_f64());
        let length = length.ok_or_else(|| self.refuse(name, " must be an array"))?;
        if length > f64::from(most) {
            return Err(self.refuse("", problem));
        }
        let mut items = Vec::new();
        for index in (0..most).take_while(|index| f64::from(*index) < length) {
            let item = Reflect::get_u32(list.object.unchecked_ref(), index);
            let item =
                item.map_err(|cause| self.refuse(name, " could not be read").with_cause(cause));
            items.push(read(Self::of_object(
                self.stage,
                "an item of a list",
                item?,
            )?)?);
        }
        Ok(items)
    }
}
