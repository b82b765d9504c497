//! Checks of single values. `null` counts as undefined everywhere.

use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use crate::error::{Code, Error, Stage};
use crate::header::is_header_value;
use crate::shape::abort_signal;

/// What a getter gave, or threw: callers' objects can be proxies.
pub type Given = Result<JsValue, JsValue>;

/// Checks the options of a call at a step, and makes the errors.
#[derive(Clone, Copy)]
pub struct Check {
    stage: Stage,
}

impl Check {
    /// For a call at this step.
    #[must_use]
    pub const fn at(stage: Stage) -> Self {
        Self { stage }
    }

    /// The step.
    #[must_use]
    pub const fn stage(self) -> Stage {
        self.stage
    }

    /// An `invalid_argument`.
    #[must_use]
    pub fn refuse(self, name: &str, problem: &str) -> Error {
        Error::new(self.stage, Code::InvalidArgument, [name, problem].concat())
    }

    /// The options of a call, an empty object where there are none.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for what is no object.
    pub fn options<T: JsCast>(self, given: &JsValue) -> Result<T, Error> {
        if given.is_undefined() || given.is_null() {
            return Ok(Object::new().unchecked_into());
        }
        self.object("the options", Ok(given.clone()))
            .map(JsCast::unchecked_into)
    }

    /// What an option holds, if anything.
    ///
    /// # Errors
    ///
    /// `invalid_argument` where its getter threw.
    pub fn present(self, name: &str, given: Given) -> Result<Option<JsValue>, Error> {
        match given {
            Ok(value) => Ok(Some(value).filter(|value| !value.is_undefined() && !value.is_null())),
            Err(cause) => Err(self.refuse(name, " could not be read").with_cause(cause)),
        }
    }

    /// A required object.
    ///
    /// # Errors
    ///
    /// `invalid_argument`.
    pub fn object(self, name: &str, given: Given) -> Result<JsValue, Error> {
        let value = self.present(name, given)?;
        let object = value.filter(JsValue::is_object);
        object.ok_or_else(|| self.refuse(name, " must be an object"))
    }

    /// A number of at least `least`.
    ///
    /// # Errors
    ///
    /// `invalid_argument`.
    pub fn number(self, name: &str, given: Given, least: Least) -> Result<Option<f64>, Error> {
        let Some(value) = self.present(name, given)? else {
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
    pub fn function(self, name: &str, given: Given) -> Result<Option<Function>, Error> {
        let Some(value) = self.present(name, given)? else {
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
    pub fn text(self, name: &str, given: Given) -> Result<Option<String>, Error> {
        let Some(value) = self.present(name, given)? else {
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
    pub fn required_text(self, name: &str, given: Given) -> Result<String, Error> {
        let text = self.text(name, given)?;
        text.ok_or_else(|| self.refuse(name, " is required"))
    }

    /// A required key or token. It is never quoted.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for what no header can carry.
    pub fn secret(self, name: &str, given: Given) -> Result<String, Error> {
        let secret = self.required_text(name, given)?;
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
    pub fn id(self, name: &str, given: Given) -> Result<String, Error> {
        let id = self.required_text(name, given)?;
        if id == "." || id == ".." {
            return Err(self.refuse(name, " must be an id"));
        }
        Ok(id)
    }

    /// Whether an option is `true`.
    ///
    /// # Errors
    ///
    /// `invalid_argument` where its getter threw.
    pub fn flag(self, name: &str, given: Given) -> Result<bool, Error> {
        Ok(self.optional_flag(name, given)?.unwrap_or(false))
    }

    /// A boolean, if it is one.
    ///
    /// # Errors
    ///
    /// `invalid_argument` where its getter threw.
    pub fn optional_flag(self, name: &str, given: Given) -> Result<Option<bool>, Error> {
        Ok(self.present(name, given)?.and_then(|value| value.as_bool()))
    }

    /// One of a few words, as `from_name` knows them.
    ///
    /// # Errors
    ///
    /// `invalid_argument`; `words` says which there are.
    pub fn word<T>(
        self,
        name: &str,
        given: Given,
        from_name: impl Fn(&str) -> Option<T>,
        words: &str,
    ) -> Result<Option<T>, Error> {
        let Some(value) = self.present(name, given)? else {
            return Ok(None);
        };
        let word = value.as_string().and_then(|word| from_name(&word));
        let refuse = || self.refuse(name, &[" must be ", words].concat());
        word.map(Some).ok_or_else(refuse)
    }

    /// An abort signal, of whatever realm.
    ///
    /// # Errors
    ///
    /// `invalid_argument`.
    pub fn signal(self, given: Given) -> Result<Option<AbortSignal>, Error> {
        let Some(value) = self.present("signal", given)? else {
            return Ok(None);
        };
        let signal = abort_signal(value).map(Some);
        signal.ok_or_else(|| self.refuse("signal", " must be an AbortSignal"))
    }
}

/// The least number that an option may be.
#[derive(Clone, Copy)]
pub enum Least {
    /// 0.
    Zero,
    /// 1.
    One,
}
