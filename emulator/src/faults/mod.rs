//! Scripted faults.

pub mod action;
pub mod fault;
pub mod queue;
