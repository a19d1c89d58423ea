//! How unequal an outcome is (4.4): between two sides, from the poorest to the richest, and among places.
//!
//! Formulas: UNESCO Institute for Statistics, *Handbook on Measuring Equity in Education* (2018), for two sides; Kakwani, Wagstaff and van
//! Doorslaer (1997) for the concentration index of grouped data; Erreygers (2009); Theil (1967); Atkinson (1970). `docs/src/equity.md`.

/// Difference in percentage points of two shares.
#[must_use]
pub fn gap(disadvantaged: f64, advantaged: f64) -> f64 {
    100.0 * (disadvantaged - advantaged)
}

/// Parity ratio; none where the advantaged have nothing.
#[must_use]
pub fn parity(disadvantaged: f64, advantaged: f64) -> Option<f64> {
    (advantaged > 0.0)
        .then(|| disadvantaged / advantaged)
        .filter(|ratio| ratio.is_finite())
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

/// Odds of the disadvantaged over those of the advantaged; none where either share is 0 or 1, since its odds, or those of the lack, are then beyond
/// any number.
#[must_use]
pub fn odds_ratio(disadvantaged: f64, advantaged: f64) -> Option<f64> {
    let inside = |share: f64| share > 0.0 && share < 1.0;
    let odds = |share: f64| share / (1.0 - share);
    (inside(disadvantaged) && inside(advantaged))
        .then(|| odds(disadvantaged) / odds(advantaged))
        .filter(|ratio| ratio.is_finite())
}

/// People who are told together, and what each of them has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// How many.
    pub people: f64,
    /// Mean of what they have, from nothing up.
    pub value: f64,
}

fn people(parts: &[Part]) -> f64 {
    parts.iter().map(|part| part.people).sum()
}

/// Mean over all people; none of nobody.
#[must_use]
pub fn mean(parts: &[Part]) -> Option<f64> {
    let all = people(parts);
    let has: f64 = parts.iter().map(|part| part.people * part.value).sum();
    (all > 0.0).then(|| has / all).filter(|mean| mean.is_finite())
}

/// The mean where there is anything to be shared out: of nothing no distribution can be told.
fn shared(parts: &[Part]) -> Option<f64> {
    mean(parts).filter(|mean| *mean > 0.0)
}

/// Concentration index of parts from the poorest to the richest: -1 where the poorest have all, 0 where it is the same for all, up to 1 where the
/// richest have all. `Σ p_k L_{k+1} - p_{k+1} L_k` over cumulated shares `p` of people and `L` of what they have. None where nobody has anything.
#[must_use]
pub fn concentration(poorest_first: &[Part]) -> Option<f64> {
    let (all, mean) = (people(poorest_first), shared(poorest_first)?);
    let (mut p, mut l, mut index) = (0.0, 0.0, 0.0);
    for part in poorest_first {
        let (next, held) = (p + part.people / all, l + part.people * part.value / (all * mean));
        index += p * held - next * l;
        (p, l) = (next, held);
    }
    Some(index)
}

/// Concentration index for a share, corrected for its bounds (Erreygers): `4 · mean · index`, 0 where nobody has it or all have.
#[must_use]
pub fn erreygers(poorest_first: &[Part]) -> Option<f64> {
    let mean = mean(poorest_first)?;
    Some(concentration(poorest_first).map_or(0.0, |index| 4.0 * mean * index))
}

/// Gini coefficient: the concentration index from the least to the most of the outcome itself. Reorders the parts.
pub fn gini(parts: &mut [Part]) -> Option<f64> {
    parts.sort_by(|a, b| a.value.total_cmp(&b.value));
    concentration(parts)
}

/// Theil's T: `Σ s (y/μ) ln(y/μ)` over shares `s` of people, 0 for who has nothing.
#[must_use]
pub fn theil(parts: &[Part]) -> Option<f64> {
    let (all, mean) = (people(parts), shared(parts)?);
    let of = |part: &Part| match part.value / mean {
        ratio if ratio > 0.0 => part.people / all * ratio * ratio.ln(),
        _ => 0.0,
    };
    Some(parts.iter().map(of).sum())
}

/// What of Theil's T lies between groups of parts and what within them; they add up to it.
#[must_use]
pub fn theil_split(groups: &[Vec<Part>]) -> Option<[f64; 2]> {
    let together: Vec<Part> = groups
        .iter()
        .filter_map(|group| {
            let people = people(group);
            Some(Part {
                people,
                value: mean(group)?,
            })
        })
        .collect();
    let (all, mean) = (people(&together), shared(&together)?);
    let within = |group: &Vec<Part>| {
        let inside = theil(group)?;
        Some(people(group) / all * self::mean(group)? / mean * inside)
    };
    Some([theil(&together)?, groups.iter().filter_map(within).sum()])
}

/// Atkinson's index for an aversion `ε` of 0 or more: the share of the mean that one would give up for the rest to be the same for all;
/// `1 - (Σ s (y/μ)^(1-ε))^(1/(1-ε))`, and `1 - exp Σ s ln(y/μ)` at 1. From `ε = 1` on it is 1 where anybody has nothing.
#[must_use]
pub fn atkinson(parts: &[Part], aversion: f64) -> Option<f64> {
    let (all, mean) = (people(parts), shared(parts)?);
    let weighed = |of: &dyn Fn(f64) -> f64| -> f64 {
        let here = parts.iter().filter(|part| part.people > 0.0);
        here.map(|part| part.people / all * of(part.value / mean)).sum()
    };
    let power = 1.0 - aversion;
    Some(if power.abs() < 1e-9 {
        1.0 - weighed(&f64::ln).exp()
    } else {
        1.0 - weighed(&|ratio| ratio.powf(power)).powf(1.0 / power)
    })
}

/// Mean of the tenth of people who have least. Reorders the parts.
pub fn worst_tenth(parts: &mut [Part]) -> Option<f64> {
    parts.sort_by(|a, b| a.value.total_cmp(&b.value));
    let tenth = 0.1 * people(parts);
    let (mut left, mut has) = (tenth, 0.0);
    for part in &*parts {
        let these = part.people.min(left);
        has += these * part.value;
        left -= these;
    }
    (tenth > 0.0).then(|| has / tenth).filter(|mean| mean.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<const N: usize>(of: [(f64, f64); N]) -> Vec<Part> {
        of.map(|(people, value)| Part { people, value }).to_vec()
    }

    fn each<const N: usize>(of: [f64; N]) -> Vec<Part> {
        parts(of.map(|value| (1.0, value)))
    }

    fn near(a: Option<f64>, b: f64, within: f64) {
        let a = a.expect("a value");
        assert!((a - b).abs() < within, "{a} is not {b}");
    }

    #[test]
    fn parity_vectors_of_the_evidence() {
        // Evidence L7.
        near(parity(0.6, 0.8), 0.75, 1e-12);
        near(adjusted_parity(0.6, 0.8), 0.75, 1e-12);
        near(parity(0.8, 0.6), 4.0 / 3.0, 1e-12);
        near(adjusted_parity(0.8, 0.6), 1.25, 1e-12);
        assert!((gap(0.6, 0.8) + 20.0).abs() < 1e-12);
        // 0.6 / 0.4 = 1.5 over 0.8 / 0.2 = 4.
        near(odds_ratio(0.6, 0.8), 0.375, 1e-12);
    }

    #[test]
    fn at_nothing_and_at_all_a_ratio_is_told_where_there_is_one() {
        assert_eq!((parity(0.1, 0.0), parity(0.0, 0.0)), (None, None));
        assert_eq!((parity(0.0, 0.5), parity(1.0, 1.0)), (Some(0.0), Some(1.0)));
        assert_eq!(
            (adjusted_parity(0.1, 0.0), adjusted_parity(0.0, 0.0)),
            (Some(2.0), None)
        );
        for (low, high) in [(0.0, 0.5), (0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.0), (1.0, 1.0)] {
            assert_eq!(odds_ratio(low, high), None, "{low} {high}");
        }
        let nobody_has = each([0.0, 0.0, 0.0]);
        assert_eq!(
            (concentration(&nobody_has), gini(&mut nobody_has.clone())),
            (None, None)
        );
        assert_eq!((theil(&nobody_has), atkinson(&nobody_has, 0.5)), (None, None));
        assert_eq!(
            (erreygers(&nobody_has), worst_tenth(&mut nobody_has.clone())),
            (Some(0.0), Some(0.0))
        );
        let all_have = each([1.0, 1.0, 1.0]);
        near(concentration(&all_have), 0.0, 1e-12);
        near(theil(&all_have), 0.0, 1e-12);
        near(atkinson(&all_have, 1.0), 0.0, 1e-12);
        near(worst_tenth(&mut all_have.clone()), 1.0, 1e-12);
        assert_eq!((mean(&[]), worst_tenth(&mut [])), (None, None));
    }

    #[test]
    fn deaths_under_five_in_india_are_as_concentrated_as_published() {
        // O'Donnell, van Doorslaer, Wagstaff and Lindelow, Analyzing Health Equity Using Household Survey Data (World Bank, 2008), chapter 8:
        // births and deaths per 1,000 by wealth fifth, India 1982-92; concentration index -0.1694.
        let fifths = parts([
            (29_939.0, 154.7),
            (28_776.0, 152.9),
            (26_528.0, 119.5),
            (24_689.0, 86.9),
            (19_739.0, 54.3),
        ]);
        near(concentration(&fifths), -0.1694, 5e-5);
    }

    #[test]
    fn indices_of_ten_incomes_are_those_of_other_programs() {
        // SciencesPo (R), its own tests: 0.08692, 0.1641, 0.2902 at 0.5, 1 and 2, held there to 0.005.
        let ten = each([10.0, 15.0, 20.0, 25.0, 40.0, 20.0, 30.0, 35.0, 45.0, 90.0]);
        near(atkinson(&ten, 0.5), 0.086_92, 5e-5);
        near(atkinson(&ten, 1.0), 0.1641, 5e-4);
        near(atkinson(&ten, 2.0), 0.2902, 5e-4);
        // By hand: mean 20, (3 · ½ ln ½ + 5/2 ln 5/2) / 5 = 0.250201.
        near(theil(&each([10.0, 10.0, 10.0, 20.0, 50.0])), 0.250_201, 5e-7);
    }

    #[test]
    fn gini_by_hand() {
        // 1, 2, 3, 4: Σ Σ |a - b| / (2 n² μ) = 20 / (2 · 16 · 2.5) = 0.25, in any order, and people who are alike may be counted apart.
        near(gini(&mut each([4.0, 1.0, 3.0, 2.0])), 0.25, 1e-12);
        near(
            gini(&mut parts([(1.0, 3.0), (0.5, 1.0), (1.0, 4.0), (0.5, 1.0), (1.0, 2.0)])),
            0.25,
            1e-12,
        );
        // One of two has it all: 0.5; a tenth of them: 0.9.
        near(gini(&mut each([1.0, 0.0])), 0.5, 1e-12);
        near(gini(&mut parts([(9.0, 0.0), (1.0, 1.0)])), 0.9, 1e-12);
    }

    #[test]
    fn what_lies_between_and_within_adds_up() {
        // Two regions of 2: (1, 3) and (2, 6). Mean 3; means 2 and 4: between = ½·⅔·ln ⅔ + ½·4/3·ln 4/3 = 0.056633;
        // within the first = ½ (½ ln ½ + 3/2 ln 3/2) = 0.130812, in the second the same; both weigh 1 together.
        let groups = [each([1.0, 3.0]), each([2.0, 6.0])];
        let [between, within] = theil_split(&groups).expect("a split");
        near(Some(between), 0.056_633, 1e-6);
        near(Some(within), 0.130_812, 1e-6);
        near(theil(&each([1.0, 3.0, 2.0, 6.0])), between + within, 1e-12);
    }

    #[test]
    fn bounds_and_identities_hold() {
        // Five shares by fifth: Erreygers is 4 · 0.5 · index; the index is that of one half as many people; the worst tenth is half of the
        // lowest fifth.
        let fifths = each([0.3, 0.4, 0.5, 0.6, 0.7]);
        let index = concentration(&fifths).expect("an index");
        near(Some(index), 0.16, 1e-12);
        near(erreygers(&fifths), 2.0 * index, 1e-12);
        near(worst_tenth(&mut fifths.clone()), 0.3, 1e-12);
        // 0.06 of the people have 0.1 and the rest of the tenth 0.5.
        let tenth = worst_tenth(&mut parts([(94.0, 0.5), (6.0, 0.1)]));
        near(tenth, 0.6 * 0.1 + 0.4 * 0.5, 1e-12);
        // From the richest down it is the same index, negative.
        let richest_first: Vec<Part> = fifths.iter().rev().copied().collect();
        near(concentration(&richest_first), -index, 1e-12);
        near(atkinson(&parts([(1.0, 0.0), (1.0, 1.0)]), 1.0), 1.0, 1e-12);
        near(atkinson(&parts([(1.0, 0.0), (1.0, 1.0)]), 2.0), 1.0, 1e-12);
        near(atkinson(&fifths, 0.0), 0.0, 1e-12);
    }
}
