//! JavaScript's option objects, read into what the steps take. Each reader
//! stands beside the TypeScript interface of what it reads.

pub mod delivery;
#[cfg(feature = "secret")]
pub mod handler;
mod key;
pub mod message;
pub mod token;
pub mod upload;
pub mod wait;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::contract::route;
use crate::error::{Code, Error, Stage};
use crate::js;
use crate::net::address;

/// Longer lists of strings are read no further.
#[cfg(feature = "secret")]
const LONGEST_LIST: u32 = 1000;

/// One option object, or the lack of one.
pub struct Options<'a> {
    object: &'a JsValue,
    stage: Stage,
}

impl<'a> Options<'a> {
    /// The options of a call at `stage`; undefined and null are no options.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for anything else that is no object.
    pub fn new(stage: Stage, object: &'a JsValue) -> Result<Self, Error> {
        let options = Self { object, stage };
        if object.is_object() || options.is_absent() {
            Ok(options)
        } else {
            Err(options.refuse(&["the options must be an object"]))
        }
    }

    /// Whether no options were given at all.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        self.object.is_undefined() || self.object.is_null()
    }

    /// The step that the call is a part of.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// An `invalid_argument`; `words` are joined into its sentence.
    #[must_use]
    pub fn refuse(&self, words: &[&str]) -> Error {
        Error::new(self.stage, Code::InvalidArgument, words)
    }

    /// The option `name`, or undefined.
    ///
    /// # Errors
    ///
    /// `invalid_argument` if its getter threw.
    pub fn get(&self, name: &str) -> Result<JsValue, Error> {
        if self.is_absent() {
            return Ok(JsValue::UNDEFINED);
        }
        js::get(self.object, name)
            .map_err(|cause| self.refuse(&[name, " could not be read"]).caused_by(cause))
    }

    /// The option `name` if it was given: a number that is at least `least`, which
    /// is 0 or 1.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for anything else.
    pub fn number(&self, name: &str, least: f64) -> Result<Option<f64>, Error> {
        let value = self.get(name)?;
        if value.is_undefined() {
            return Ok(None);
        }
        match value.as_f64() {
            Some(number) if number >= least => Ok(Some(number)),
            _ if least > 0.0 => Err(self.refuse(&[name, " must be a number, at least 1"])),
            _ => Err(self.refuse(&[name, " must be a number, at least 0"])),
        }
    }

    /// The option `name` if it was given: a function.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for anything else.
    pub fn function(&self, name: &str) -> Result<Option<Function>, Error> {
        let value = self.get(name)?;
        if value.is_undefined() {
            return Ok(None);
        }
        if value.is_function() {
            Ok(Some(value.unchecked_into()))
        } else {
            Err(self.refuse(&[name, " must be a function"]))
        }
    }

    /// The option `name` if it was given: a string that is not empty.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for anything else.
    pub fn string(&self, name: &str) -> Result<Option<String>, Error> {
        let value = self.get(name)?;
        if value.is_undefined() {
            return Ok(None);
        }
        match value.as_string() {
            Some(text) if !text.is_empty() => Ok(Some(text)),
            _ => Err(self.refuse(&[name, " must be a string that is not empty"])),
        }
    }

    /// Whether the option `name` is `true`.
    ///
    /// # Errors
    ///
    /// `invalid_argument` if its getter threw.
    pub fn is_set(&self, name: &str) -> Result<bool, Error> {
        Ok(self.get(name)?.as_bool() == Some(true))
    }

    /// The option `name`, which must be given: a string that is not empty.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for anything else.
    pub fn required(&self, name: &str) -> Result<String, Error> {
        self.string(name)?
            .ok_or_else(|| self.refuse(&[name, " is required"]))
    }

    /// A key or token, which must be given and fit into a header.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for anything else. The value is never quoted.
    pub fn secret(&self, name: &str) -> Result<String, Error> {
        let secret = self.required(name)?;
        if route::is_header_value(&secret) {
            Ok(secret)
        } else {
            Err(self.refuse(&[name, " has characters that no header can carry"]))
        }
    }

    /// The base address `name`, or `default`.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for what is neither https nor loopback.
    pub fn base(&self, name: &str, default: &str) -> Result<String, Error> {
        let given = self.get(name)?;
        if given.is_undefined() {
            return Ok(default.to_owned());
        }
        address::base(&given).map_err(|why| self.refuse(&[name, why]))
    }

    /// The option `endpoint`: where the app serves its own routes.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for what is neither https, loopback nor the page's own.
    pub fn endpoint(&self) -> Result<String, Error> {
        let given = self.get("endpoint")?;
        address::endpoint(&given).map_err(|why| self.refuse(&["endpoint", why]))
    }

    /// The caller's `signal`, or undefined.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for what is no `AbortSignal`.
    pub fn signal(&self) -> Result<JsValue, Error> {
        let signal = self.get("signal")?;
        // One that only pretends passes `instanceof`, and its getters throw.
        let is_real = || js::is_a(&signal, "AbortSignal") && js::flag(&signal, "aborted").is_some();
        if signal.is_undefined() || is_real() {
            Ok(signal)
        } else {
            Err(self.refuse(&["signal must be an AbortSignal"]))
        }
    }

    /// An object inside this one, read with the same care.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for what is neither an object nor undefined.
    pub fn within<'b>(&self, object: &'b JsValue) -> Result<Options<'b>, Error> {
        Options::new(self.stage, object)
    }

    /// The strings in option `name`, if it was given.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for what is no array of strings.
    #[cfg(feature = "secret")]
    pub fn strings(&self, name: &str) -> Result<Vec<String>, Error> {
        let value = self.get(name)?;
        if value.is_undefined() {
            return Ok(Vec::new());
        }
        let no_list = || self.refuse(&[name, " must be an array of strings"]);
        let list = self.within(&value).map_err(|_| no_list())?;
        let length = list.get("length")?.as_f64();
        // Of a revoked proxy that would throw, and its length has.
        let length = length.filter(|_| js_sys::Array::is_array(&value));
        let length = length.ok_or_else(no_list)?;
        (0..LONGEST_LIST)
            .take_while(|index| f64::from(*index) < length)
            .map(|index| {
                list.get(&index.to_string())?
                    .as_string()
                    .ok_or_else(no_list)
            })
            .collect()
    }

    /// What `read` makes of the objects in option `name`, which must be given; of a
    /// longer list the first `most`, so that one claiming billions costs nothing.
    ///
    /// # Errors
    ///
    /// `invalid_argument` for what has no length, or what `read` refuses.
    #[inline(never)]
    pub fn list(
        &self,
        name: &str,
        most: u32,
        read: &dyn Fn(&Options) -> Result<JsValue, Error>,
    ) -> Result<Vec<JsValue>, Error> {
        let value = self.get(name)?;
        let no_list = || self.refuse(&[name, " must be an array"]);
        let list = self.within(&value).map_err(|_| no_list())?;
        let length = list.get("length")?.as_f64().ok_or_else(no_list)?;
        let mut items = Vec::new();
        for index in (0..most).take_while(|index| f64::from(*index) < length) {
            let item = js::at(&value, index).map_err(|cause| no_list().caused_by(cause))?;
            items.push(read(&self.within(&item)?)?);
        }
        Ok(items)
    }
}
