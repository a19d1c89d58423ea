//! Levels of schooling from published counts and ratios. Numerator and denominator of a ratio are of one year and source.

use super::stand_in::{assumed, default_of, noted, observed, remark, resting_on, rounded};
use super::{Context, nowcast, structure};
use crate::data::pack::{Observation, Records};
use crate::scenario::field::ROOT;
use crate::scenario::registry::Entry;
use crate::scenario::{Country, Device, Level, LevelData, Quantity, messages};

/// Pupils below which the yearbook's thousands say too little.
const TOO_FEW_FOR_THOUSANDS: f64 = 5_000.0;

/// Years by which a published count of teachers may differ from that of learners before the ratio is carried instead.
const NEAR_YEARS: i32 = 3;

/// The level's digit in series codes.
#[must_use]
pub const fn code(level: Level) -> char {
    match level {
        Level::Primary => '1',
        Level::LowerSecondary => '2',
        Level::UpperSecondary => '3',
    }
}

/// The levels for which there is enrolment, from primary upward, each as its last year of count has it.
#[must_use]
pub fn published(context: &Context<'_>) -> Vec<LevelData> {
    let all = Level::ALL.iter();
    let mut levels: Vec<LevelData> = all.filter_map(|level| one_level(context, *level)).collect();
    structure::renew(context.records, &mut levels);
    pool_secondary(&mut levels);
    levels
}

/// The levels carried to the base year. One that is missing is named in a remark.
#[must_use]
pub fn of_the_base_year(context: &Context<'_>, country: &Country, mut levels: Vec<LevelData>) -> Vec<LevelData> {
    for level in &mut levels {
        nowcast::carry(context.records, country, level);
    }
    for index in 0..levels.len() {
        let (below, rest) = levels.split_at_mut(index);
        end(context.records, &mut rest[0], below.last());
    }
    let absent: Vec<&str> = Level::ALL
        .iter()
        .filter(|level| !levels.iter().any(|l| l.level == **level))
        .map(|l| l.name())
        .collect();
    if let Some(last) = levels.last_mut()
        && !absent.is_empty()
    {
        remark(
            &mut last.learners,
            &format!("left out for want of enrolment (P2): {}", absent.join(", ")),
        );
    }
    levels
}

fn one_level(context: &Context<'_>, level: Level) -> Option<LevelData> {
    let (records, c) = (context.records, code(level));
    let counted = learners(records, level)?;
    let entry = records.latest(&format!("UIS19.ENTRYAGE.{c}"))?;
    let ages = (observed(&entry), published_duration(records, level)?);
    Some(of_learners(context, level, &counted, ages))
}

/// Number of grades, as published.
pub(super) fn published_duration(records: &Records, level: Level) -> Option<Quantity> {
    let duration = records.latest(&format!("UIS19.DURATION.{}", code(level)))?;
    (1.0..=9.0).contains(&duration.value).then(|| observed(&duration))
}

/// A level from its learners and its ages (entry, number of grades); what is not published is stood in for. Intake to
/// the last grade comes after it, with [`end`].
pub(super) fn of_learners(
    context: &Context<'_>,
    level: Level,
    counted: &Observation,
    (entry_age, duration): (Quantity, Quantity),
) -> LevelData {
    let (records, c) = (context.records, code(level));
    let (ger, girls) = enrolment_ratio(records, level, counted, entry_age.value, duration.value);
    let completion = records
        .latest(&format!("UIS.CR.{c}"))
        .filter(percent)
        .map(|o| observed(&o.times(0.01)));
    LevelData {
        level,
        entry_age,
        duration,
        learners: enrolled(counted),
        repeaters: repeaters(records, level, girls.value),
        ger,
        girls,
        teachers: teachers(context, level, counted),
        qualified: qualified(records, c),
        attrition: attrition(records, level),
        completion,
        out_of_school: records
            .latest(&format!("UIS.ROFST.{c}.CP"))
            .filter(percent)
            .map(|o| observed(&o.times(0.01))),
        competence_none: default_of::<LevelData>("competence_none"),
        competence_acquisition: default_of::<LevelData>("competence_acquisition"),
        competence_deepening: default_of::<LevelData>("competence_deepening"),
        device: Device::Desktop,
        content: default_of::<LevelData>("content"),
        adapted: adapted(context, c),
        ..LevelData::absent(&ROOT)
    }
}

fn percent(observation: &Observation) -> bool {
    (0.0..=100.0).contains(&observation.value)
}

/// A percentage that is published and not 0, which may mean "not applicable".
fn positive_percent(observation: &Observation) -> bool {
    observation.value > 0.0 && observation.value <= 100.0
}

/// Pupils: the yearbook's (thousands), or the older exact count where the yearbook has none, an older one or too few.
fn learners(records: &Records, level: Level) -> Option<Observation> {
    let c = code(level);
    let yearbook = records
        .latest(&format!("SYB.E.{c}"))
        .map(|o| o.times(1000.0))
        .filter(|o| o.value > 0.0);
    let older = records.latest(&format!("UIS19.E.{c}")).filter(|o| o.value > 0.0);
    match (yearbook, older) {
        (Some(y), Some(o)) if o.year > y.year || y.value < TOO_FEW_FOR_THOUSANDS => Some(o),
        (yearbook, older) => yearbook.or(older),
    }
}

fn in_thousands(learners: &Observation) -> bool {
    learners.source.starts_with("un_syb")
}

fn enrolled(learners: &Observation) -> Quantity {
    let mut quantity = observed(learners);
    if let Some(passport) = quantity.passport_mut().filter(|_| in_thousands(learners)) {
        passport.low = Some((learners.value - 500.0).max(0.0));
        passport.high = Some(learners.value + 500.0);
        passport.note = "published in thousands".into();
    }
    quantity
}

/// Teachers (P3): the count of the learners' year; else one of a near year; else the latest ratio of one year and
/// source; else the median of the income group.
fn teachers(context: &Context<'_>, level: Level, learners: &Observation) -> Quantity {
    let (records, c) = (context.records, code(level));
    let yearbook = (format!("SYB.E.{c}"), format!("SYB.T.{c}"), 1000.0);
    let older = (format!("UIS19.E.{c}"), format!("UIS19.T.{c}"), 1.0);
    let own = if in_thousands(learners) { &yearbook } else { &older };
    if let Some(count) = records.nearest(&own.1, learners.year).filter(|o| o.value > 0.0) {
        let away = (count.year - learners.year).abs();
        if away == 0 {
            return observed(&count);
        }
        if away <= NEAR_YEARS {
            return noted(
                &count,
                format!("{} (P3)", messages::own_count(count.year, learners.year)),
            );
        }
    }
    let carried = |ratio: f64, year: i32, source: &str, note: String| {
        let count = Observation {
            value: (learners.value / ratio).round(),
            year,
            source: source.to_owned(),
        };
        noted(&count, note)
    };
    for (pupils, staff, scale) in [&yearbook, &older] {
        if let Some(pair) = records.together(&[pupils, staff])
            && pair[1].value > 0.0
            && pair[0].value * scale >= TOO_FEW_FOR_THOUSANDS
        {
            let ratio = pair[0].value * scale / pair[1].value;
            return carried(
                ratio,
                pair[0].year,
                &pair[0].source,
                format!(
                    "{} (P3)",
                    messages::own_ratio(format!("{ratio:.1}"), pair[0].year, learners.year)
                ),
            );
        }
    }
    let mut ratios = vec![format!("UIS19.PTRHC.{c}")];
    ratios.push(if level == Level::Primary {
        "SE.PRM.ENRL.TC.ZS".into()
    } else {
        "UIS19.PTRHC.2T3".into()
    });
    for indicator in &ratios {
        if let Some(ratio) = records.latest(indicator).filter(|o| o.value > 1.0) {
            let shown = format!("{:.1}", ratio.value);
            let said = if indicator.ends_with("2T3") {
                messages::own_ratio_secondary(shown, ratio.year, learners.year)
            } else {
                messages::own_ratio_latest(shown, ratio.year, learners.year)
            };
            return carried(ratio.value, ratio.year, &ratio.source, format!("{said} (P3)"));
        }
    }
    let (group, [low, middle, high]) = context
        .pack
        .median(&context.place.income, &format!("UIS19.PTRHC.{c}"))
        .map_or(("no country".to_owned(), [15.0, 25.0, 40.0]), |(group, median)| {
            (group.to_lowercase(), median.quartiles)
        });
    let count = |ratio: f64| (learners.value / ratio).round().max(1.0);
    let source = format!("P3: median learners per teacher of {group} countries");
    resting_on(
        assumed(source, count(middle), (count(high), count(low))),
        None,
        format!("{middle} learners per teacher"),
    )
}

/// Lower and upper secondary learners per teacher more than twofold apart are counted together.
fn pool_secondary(levels: &mut [LevelData]) {
    let at = |level: Level| levels.iter().position(|l| l.level == level);
    let (Some(lower), Some(upper)) = (at(Level::LowerSecondary), at(Level::UpperSecondary)) else {
        return;
    };
    let ratio = |index: usize| levels[index].learners.value / levels[index].teachers.value;
    let (a, b) = (ratio(lower), ratio(upper));
    if a <= 2.0 * b && b <= 2.0 * a {
        return;
    }
    let staff = levels[lower].teachers.value + levels[upper].teachers.value;
    let pooled = (levels[lower].learners.value + levels[upper].learners.value) / staff;
    for index in [lower, upper] {
        let level = &mut levels[index];
        let published = level.teachers.value;
        level.teachers.value = (level.learners.value / pooled).round();
        let teachers = level.teachers.value;
        if let Some(passport) = level.teachers.passport_mut() {
            passport.low = Some(published.min(teachers));
            passport.high = Some(published.max(teachers));
        }
        remark(
            &mut level.teachers,
            &format!(
                "published {published:.0}; {a:.1} learners per teacher in lower and {b:.1} in upper secondary are too far apart, both levels counted together at {pooled:.1}"
            ),
        );
    }
}

/// Gross enrolment ratio and girls' share of learners.
///
/// The yearbook gives the ratio by sex; with girls' share f of the population of the level's age,
/// ratio = f·girls' + (1-f)·boys', girls' share of learners = f·girls' / ratio.
fn enrolment_ratio(
    records: &Records,
    level: Level,
    learners: &Observation,
    entry: f64,
    duration: f64,
) -> (Quantity, Quantity) {
    let c = code(level);
    let by_sex = in_thousands(learners).then(|| {
        let girls = records
            .in_year(&format!("SYB.GER.{c}.F"), learners.year)
            .filter(|o| ratio_fits(o.value));
        let boys = records
            .in_year(&format!("SYB.GER.{c}.M"), learners.year)
            .filter(|o| ratio_fits(o.value));
        girls.zip(boys)
    });
    if let Some((girls, boys)) = by_sex.flatten() {
        let f = share_of_girls(records, level, girls.year);
        let ratio = f * girls.value + (1.0 - f) * boys.value;
        return (
            noted(
                &girls.clone().with(ratio / 100.0),
                "both sexes, weighted by population of the age",
            ),
            noted(
                &girls.clone().with(f * girls.value / ratio),
                "from enrolment ratios by sex and population of the age",
            ),
        );
    }
    (
        ratio_of_both(records, level, learners, entry, duration),
        girls_counted(records, level),
    )
}

impl Observation {
    fn with(self, value: f64) -> Self {
        Self { value, ..self }
    }
}

fn ratio_fits(percent: f64) -> bool {
    (1.0..300.0).contains(&percent)
}

fn share_of_girls(records: &Records, level: Level, year: i32) -> f64 {
    let group = structure::ages(level);
    let share = records
        .nearest(&format!("{group}.F"), year)
        .zip(records.nearest(&format!("{group}.T"), year))
        .map(|(f, t)| f.value / t.value);
    share.filter(|s| (0.3..0.7).contains(s)).unwrap_or(0.49)
}

/// Enrolment ratio where the yearbook has none by sex: of the learners' own year and release; for primary school the
/// World Bank's of a near year; else learners over the population of the official ages (P1). The published ratio of
/// secondary school as a whole is no better than that for one of its levels.
fn ratio_of_both(records: &Records, level: Level, learners: &Observation, entry: f64, duration: f64) -> Quantity {
    let near = |o: &Observation| (o.year - learners.year).abs() < NEAR_YEARS && ratio_fits(o.value);
    if let Some(own) = records
        .in_year(&format!("UIS19.GER.{}", code(level)), learners.year)
        .filter(near)
    {
        return observed(&own.times(0.01));
    }
    let wide = (level == Level::Primary)
        .then(|| records.nearest("SE.PRM.ENRR", learners.year))
        .flatten();
    if let Some(wide) = wide.filter(near) {
        let note = if wide.year == learners.year {
            String::new()
        } else {
            format!("learners are of {}", learners.year)
        };
        return noted(&wide.times(0.01), note);
    }
    let Some(population) = population_of_ages(records, entry, duration, learners.year) else {
        return assumed("P1: no population by age", 1.0, (0.5, 1.2));
    };
    let ratio = (learners.value / population).clamp(0.05, 2.0);
    let source = "P1: learners over five-year age groups spread evenly over their ages";
    resting_on(
        assumed(source, ratio, (ratio * 0.9, ratio * 1.1)),
        Some(learners.year),
        "",
    )
}

/// Population of the official ages, each a fifth of its five-year group.
fn population_of_ages(records: &Records, entry: f64, duration: f64, year: i32) -> Option<f64> {
    let mut sum = 0.0;
    let mut age = entry;
    while age < entry + duration {
        let group = if age < 10.0 {
            "POP.0509.T"
        } else if age < 15.0 {
            "POP.1014.T"
        } else {
            "POP.1519.T"
        };
        sum += records.nearest(group, year)?.value / 5.0;
        age += 1.0;
    }
    (sum > 0.0).then_some(sum)
}

fn girls_counted(records: &Records, level: Level) -> Quantity {
    let c = code(level);
    match records
        .together(&[&format!("UIS19.E.{c}.F"), &format!("UIS19.E.{c}")])
        .as_deref()
    {
        Some([girls, all]) if girls.value > 0.0 && girls.value < all.value => {
            noted(&girls.clone().with(girls.value / all.value), "counts by sex")
        }
        _ => default_of::<LevelData>("girls"),
    }
}

fn repeaters(records: &Records, level: Level, girls: f64) -> Quantity {
    let published = (level == Level::Primary)
        .then(|| records.together(&["SE.PRM.REPT.FE.ZS", "SE.PRM.REPT.MA.ZS"]))
        .flatten();
    match published.as_deref() {
        Some([female, male]) if female.value.max(male.value) < 50.0 => {
            let both = girls * female.value + (1.0 - girls) * male.value;
            noted(&female.clone().with(both / 100.0), "both sexes, weighted by learners")
        }
        _ => default_of::<LevelData>("repeaters"),
    }
}

/// Fills the intake to the last grade of a level, whose enrolment ratio is that of the base year.
pub(super) fn end(records: &Records, level: &mut LevelData, below: Option<&LevelData>) {
    level.last_grade_intake =
        last_grade_intake(records, level.level, level.ger.value, level.completion.as_ref(), below);
}

/// Gross intake ratio to the last grade, the newest of any source. Where it is not published (upper
/// secondary nowhere is): the enrolment ratio times intake over enrolment ratio of the level below (P18), the completion
/// rate as its low end; else the completion rate (P14); else nine tenths of the enrolment ratio (P18).
///
/// The completion rate alone is too low for a flow model: it counts the young who finished on time, years ago.
fn last_grade_intake(
    records: &Records,
    level: Level,
    ger: f64,
    completion: Option<&Quantity>,
    below: Option<&LevelData>,
) -> Quantity {
    let series: &[&str] = match level {
        Level::Primary => &["UIS.AIR.1.GLAST", "SE.PRM.CMPT.ZS"],
        Level::LowerSecondary => &["UIS.AIR.2.GPV.GLAST"],
        Level::UpperSecondary => &[],
    };
    let published = series.iter().rev().filter_map(|i| records.latest(i));
    let found = published
        .filter(|o| o.value >= 1.0 && o.value < 200.0)
        .max_by_key(|o| o.year);
    if let Some(intake) = found {
        let mut quantity = noted(
            &intake.times(0.01),
            if level == Level::LowerSecondary {
                "general programmes"
            } else {
                ""
            },
        );
        if quantity.value > ger {
            remark(
                &mut quantity,
                &format!(
                    "above the enrolment ratio of {ger:.2}: the two are of different counts and do not fit one flow"
                ),
            );
        }
        return quantity;
    }
    let completion = completion.filter(|c| c.value >= 0.01);
    let published = |level: &&LevelData| {
        level
            .last_grade_intake
            .passport
            .as_ref()
            .is_some_and(|p| !p.low_confidence)
    };
    if let Some(below) = below.filter(published) {
        let kept = (below.last_grade_intake.value / below.ger.value).min(1.0);
        let value = (ger * kept).clamp(0.01, 2.0);
        let low = completion.map_or(value * 0.6, |c| c.value);
        return assumed(
            format!("P18: enrolment ratio x {kept:.2}, as in {}", below.level),
            value,
            (low, ger.clamp(0.01, 2.0)),
        );
    }
    match completion {
        Some(completion) => {
            let year = completion.passport.as_ref().and_then(|p| p.year);
            let range = (completion.value * 0.8, (completion.value * 1.3).min(2.0));
            resting_on(
                assumed(
                    "P14: completion rate in place of intake to the last grade",
                    completion.value,
                    range,
                ),
                year,
                "",
            )
        }
        None => assumed(
            "P18: nine tenths of the enrolment ratio",
            (ger * 0.9).clamp(0.01, 2.0),
            ((ger * 0.5).max(0.01), ger.clamp(0.01, 2.0)),
        ),
    }
}

/// Teachers with the minimum qualification (4.c.1); qualified teachers stand in (P8). A 0 is not taken for an answer.
fn qualified(records: &Records, c: char) -> Option<Quantity> {
    let trained = [format!("UIS.TRTP.{c}"), format!("SYB.TRTP.{c}")];
    let mut found: Vec<(Observation, &str)> = trained
        .iter()
        .filter_map(|i| records.latest(i))
        .map(|o| (o, ""))
        .collect();
    if c == '1' {
        found.extend(records.latest("SE.PRM.TCAQ.ZS").map(|o| (o, "trained teachers")));
    } else {
        found.extend(
            records
                .latest("UIS.TRTP.2T3")
                .filter(|_| found.is_empty())
                .map(|o| (o, "secondary as a whole")),
        );
    }
    let latest = found
        .into_iter()
        .rev()
        .filter(|(o, _)| positive_percent(o))
        .max_by_key(|(o, _)| o.year);
    latest.map(|(o, note)| noted(&o.times(0.01), note)).or_else(|| {
        let stand_in = records.latest(&format!("UIS.QUTP.{c}")).filter(positive_percent)?;
        let share = stand_in.value / 100.0;
        let range = ((share - 0.2).max(0.0), (share + 0.1).min(1.0));
        Some(resting_on(
            assumed(
                format!("P8: qualified, not trained, teachers ({})", stand_in.source),
                share,
                range,
            ),
            Some(stand_in.year),
            "",
        ))
    })
}

/// Schools adapted to disability: as published, where a 0 may mean that nobody counted; else the median of the income group (P28).
fn adapted(context: &Context<'_>, c: char) -> Quantity {
    let series = format!("UIS.SCHBSP.{c}.WINFSTUDIS");
    let published = context.records.latest(&series).filter(positive_percent);
    if let Some(share) = published {
        return observed(&share.times(0.01));
    }
    match context.pack.median(&context.place.income, &series) {
        Some((group, median)) => {
            let [low, middle, high] = median.quartiles.map(|percent| percent / 100.0);
            assumed(format!("P28: median, {}", group.to_lowercase()), middle, (low, high))
        }
        None => default_of::<LevelData>("adapted"),
    }
}

/// Attrition; below 1 % it counts as missing (P9).
fn attrition(records: &Records, level: Level) -> Quantity {
    let c = code(level);
    let believed = |o: &Observation| (1.0..=50.0).contains(&o.value);
    if let Some(rate) = records.latest(&format!("UIS.TATTRR.{c}")).filter(believed) {
        return observed(&rate.times(0.01));
    }
    if level != Level::Primary
        && let Some(rate) = records.latest("UIS.TATTRR.2T3").filter(believed)
    {
        return noted(&rate.times(0.01), "secondary as a whole");
    }
    let mut quantity = default_of::<LevelData>("attrition");
    if let Some(refused) = records.latest(&format!("UIS.TATTRR.{c}")) {
        remark(
            &mut quantity,
            &format!(
                "published {} % in {} is taken for missing",
                rounded(refused.value),
                refused.year
            ),
        );
    }
    quantity
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Pack;

    fn gather(iso3: &str) -> Option<Vec<LevelData>> {
        crate::data::country(&Pack::embedded(), iso3, true)
            .ok()
            .map(|country| country.levels)
    }

    #[test]
    fn far_apart_secondary_ratios_are_pooled() {
        let Some(levels) = gather("SEN") else { return };
        // By hand: 892 and 394 thousand learners over 24,827 + 29,915 teachers make 23.49 learners per teacher.
        let pooled = 1_286_000.0 / 54_742.0;
        for level in &levels[1..] {
            assert!(
                (level.learners.value / level.teachers.value - pooled).abs() < 0.01,
                "{}",
                level.teachers.value
            );
        }
        // Carried to the base year at the ratio of 2,321,000 learners to 72,281 teachers.
        let ratio = levels[0].learners.value / levels[0].teachers.value;
        assert!((ratio - 2_321_000.0 / 72_281.0).abs() < 1e-3, "{ratio}");
    }

    #[test]
    fn teachers_of_a_near_year_stand_and_those_of_a_far_year_carry_their_ratio() {
        let Some(levels) = gather("SLE") else { return };
        let ratio = |level: &LevelData| level.learners.value / level.teachers.value;
        assert!(
            (ratio(&levels[2]) - 409_000.0 / 9_841.0).abs() < 2e-3,
            "2019 for learners of 2021"
        );
        let Some(levels) = gather("KEN") else { return };
        // By hand: 2,168,000 / 70,741 = 30.647 learners per teacher of 2015.
        assert!((ratio(&levels[1]) - 30.647).abs() < 1e-3, "{}", ratio(&levels[1]));
        assert_eq!(levels.len(), 2, "upper secondary of Kenya is not published");
    }

    #[test]
    fn intake_to_the_last_grade_of_upper_secondary_follows_the_level_below() {
        let Some(levels) = gather("SEN") else { return };
        // By hand: 0.393266 of 2023 / 0.526661 = 0.7467 of lower secondary; x 0.347836 = 0.2597, above completion of 10.5 %.
        // Both ratios are those of 2022, 0.542297 and 0.358163, times 44.0674 / 45.3757 of secondary school as a whole.
        let intake = &levels[2].last_grade_intake;
        assert!((intake.value - 0.2597).abs() < 1e-4, "{}", intake.value);
        assert_eq!(intake.passport.as_ref().and_then(|p| p.low), Some(0.105_015));
    }

    #[test]
    fn no_attrition_of_zero_is_believed() {
        let Some(levels) = gather("SEN") else { return };
        assert!((levels[0].attrition.value - 0.05).abs() < 1e-12);
        assert_eq!(
            levels[0].attrition.passport.as_ref().and_then(|p| p.stand_in()),
            Some("P9")
        );
    }
}
