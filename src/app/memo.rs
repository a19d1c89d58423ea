//! What is made of things that may become others: kept until they do.

use std::sync::{Arc, Weak};

/// What was made last, and of what.
#[derive(Debug)]
pub(crate) struct Memo<K, T>(Option<(K, Arc<T>)>);

impl<K, T> Default for Memo<K, T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, T> Memo<K, T> {
    /// What is made of these things; made anew only where they have become others.
    pub fn of(&mut self, key: K, make: impl FnOnce() -> T) -> Arc<T> {
        match &self.0 {
            Some((kept, made)) if *kept == key => Arc::clone(made),
            _ => {
                let made = Arc::new(make());
                self.0 = Some((key, Arc::clone(&made)));
                made
            }
        }
    }
}

/// One and the same thing, not one alike. It is not kept alive, but its place is given to no other.
#[derive(Debug)]
pub(crate) struct Same<T>(Weak<T>);

impl<T> Same<T> {
    /// This very thing.
    #[must_use]
    pub fn of(thing: &Arc<T>) -> Self {
        Self(Arc::downgrade(thing))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.ptr_eq(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_is_not_the_same() {
        let (one, other) = (Arc::new(7), Arc::new(7));
        let mut memo = Memo::default();
        let mut made = 0;
        for thing in [&one, &one, &other, &other, &one] {
            memo.of(Same::of(thing), || made += 1);
        }
        assert_eq!(made, 3);
    }
}
