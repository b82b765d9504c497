//! What a body is made of.

/// A value of a message's body, as whoever writes it has it.
pub trait Json: Sized {
    /// A string.
    fn text(text: &str) -> Self;
    /// An array.
    fn list(items: Vec<Self>) -> Self;
    /// An object.
    fn object(fields: Vec<(&'static str, Self)>) -> Self;
}

#[cfg(test)]
impl Json for serde_json::Value {
    fn text(text: &str) -> Self {
        text.into()
    }

    fn list(items: Vec<Self>) -> Self {
        items.into()
    }

    fn object(fields: Vec<(&'static str, Self)>) -> Self {
        let fields = fields.into_iter();
        Self::Object(fields.map(|(name, value)| (name.into(), value)).collect())
    }
}
