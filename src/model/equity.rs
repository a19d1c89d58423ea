//! Comparing two groups (4.5.1): gap, parity ratio and the adjusted form that treats both sides alike.

/// Difference in percentage points of two shares.
#[must_use]
pub fn gap(disadvantaged: f64, advantaged: f64) -> f64 {
    100.0 * (disadvantaged - advantaged)
}

/// Parity ratio; none where the advantaged have nothing.
#[must_use]
pub fn parity(disadvantaged: f64, advantaged: f64) -> Option<f64> {
    (advantaged > 0.0).then(|| disadvantaged / advantaged)
}

/// Adjusted parity, between 0 and 2: the ratio up to 1, `2 - 1/ratio` above.
#[must_use]
pub fn adjusted_parity(disadvantaged: f64, advantaged: f64) -> Option<f64> {
    if disadvantaged <= 0.0 && advantaged <= 0.0 {
        return None;
    }
    Some(if disadvantaged <= advantaged {
        disadvantaged / advantaged
    } else {
        2.0 - advantaged / disadvantaged
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parity_vectors_of_the_evidence() {
        // Evidence L7.
        assert!((parity(0.6, 0.8).expect("ratio") - 0.75).abs() < 1e-12);
        assert!((adjusted_parity(0.6, 0.8).expect("ratio") - 0.75).abs() < 1e-12);
        assert!((parity(0.8, 0.6).expect("ratio") - 4.0 / 3.0).abs() < 1e-12);
        assert!((adjusted_parity(0.8, 0.6).expect("ratio") - 1.25).abs() < 1e-12);
        assert!((gap(0.6, 0.8) + 20.0).abs() < 1e-12);
        assert!(parity(0.1, 0.0).is_none());
        assert!(adjusted_parity(0.0, 0.0).is_none());
    }
}
