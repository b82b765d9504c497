//! The callers' abort signals.
//!
//! Many calls may share a signal. Node warns of a leak from the eleventh listener on, so there is one
//! listener a signal, and the calls subscribe here.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::event::EventListener;

thread_local! {
    static WATCHED: RefCell<Vec<Rc<WatchedSignal>>> = const { RefCell::new(Vec::new()) };
}

struct WatchedSignal {
    signal: AbortSignal,
    subscribers: Rc<Subscribers>,
    _listener: EventListener,
}

type Callback = Rc<dyn Fn()>;

#[derive(Default)]
struct Subscribers {
    next_id: Cell<u32>,
    callbacks: RefCell<Vec<(u32, Callback)>>,
}

impl Subscribers {
    fn add(&self, callback: Callback) -> u32 {
        let id = self.next_id.get();
        self.next_id.set(id.wrapping_add(1));
        self.callbacks.borrow_mut().push((id, callback));
        id
    }

    fn notify(&self) {
        // A callback may end a call, which unsubscribes: nothing is borrowed meanwhile.
        let callbacks: Vec<_> = self.callbacks.borrow().clone();
        for (_, callback) in callbacks {
            callback();
        }
    }
}

/// Calls a function when a signal aborts, until it is dropped.
pub struct Subscription {
    signal: Rc<WatchedSignal>,
    id: u32,
}

impl Subscription {
    /// Subscribes to `signal`.
    ///
    /// # Errors
    ///
    /// What its `addEventListener` throws.
    pub fn new(signal: &AbortSignal, callback: Callback) -> Result<Self, JsValue> {
        let signal = watch(signal)?;
        let id = signal.subscribers.add(callback);
        Ok(Self { signal, id })
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut callbacks = self.signal.subscribers.callbacks.borrow_mut();
        callbacks.retain(|(id, _)| *id != self.id);
        if callbacks.is_empty() {
            WATCHED.with_borrow_mut(|all| all.retain(|it| !Rc::ptr_eq(it, &self.signal)));
        }
    }
}

/// The entry of a signal that is watched from now on, if it was not before.
fn watch(signal: &AbortSignal) -> Result<Rc<WatchedSignal>, JsValue> {
    let known = WATCHED.with_borrow(|all| {
        let mut all = all.iter();
        all.find(|it| js_sys::Object::is(&it.signal, signal))
            .cloned()
    });
    if let Some(known) = known {
        return Ok(known);
    }
    let subscribers = Rc::<Subscribers>::default();
    let notified = Rc::clone(&subscribers);
    let watched = Rc::new(WatchedSignal {
        signal: signal.clone(),
        subscribers,
        _listener: EventListener::new(signal, "abort", move || notified.notify())?,
    });
    WATCHED.with_borrow_mut(|all| all.push(Rc::clone(&watched)));
    Ok(watched)
}
