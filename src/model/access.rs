//! Access (chapter 3): power, link, devices and ready teachers in service, and how far they meet in the same schools.

use std::ops::Range;

use super::funded::Funded;
use super::groups::{Groups, Use};
use super::lanes::{LANES, Lanes, ONE, ZERO, divide_or, max, min, share};
use super::schooling::{device_hours, shifts};
use super::sums::{Bin, MARGINS, OfPersons, Sums, stat};
use super::tables::Model;
use super::year::Year;
use crate::scenario::person::{Disability, Person, Sex, Wealth};
use crate::scenario::{Component, Need};

/// Shares of four groups' schools in service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    /// Power.
    pub power: Lanes,
    /// Pupil-accessible link in a powered school.
    pub link: Lanes,
    /// Devices in a powered school.
    pub devices: Lanes,
    /// Ready teachers, as a share of teachers.
    pub ready: Lanes,
}

impl Service {
    /// Share of learners reached (J): `ρ·min(P, N, D, R) + (1 - ρ)·N·D·R / P`, 0 without power.
    #[inline(always)]
    #[must_use]
    pub fn reach(&self, bundling: f64) -> Lanes {
        let least = min(min(self.power, self.link), min(self.devices, self.ready));
        bundling * least + (1.0 - bundling) * self.by_chance() * self.ready
    }

    /// The same for what works without the link: `ρ·min(P, D, R) + (1 - ρ)·D·R`.
    #[inline(always)]
    #[must_use]
    pub(crate) fn reach_offline(&self, bundling: f64) -> Lanes {
        let least = min(self.power, min(self.devices, self.ready));
        bundling * least + (1.0 - bundling) * self.devices * self.ready
    }

    /// Share of schools with both devices and a link.
    #[inline(always)]
    #[must_use]
    pub(crate) fn connected_devices(&self, bundling: f64) -> Lanes {
        bundling * min(self.link, self.devices) + (1.0 - bundling) * self.by_chance()
    }

    /// Share of schools in which link and devices meet by chance: both stand in powered schools only.
    #[inline(always)]
    fn by_chance(&self) -> Lanes {
        divide_or(self.link * self.devices, self.power, ZERO)
    }
}

/// How far the parts meet in the same schools in a year; as in the base year until the plan acts.
#[must_use]
pub fn bundling(model: &Model, p: &[f64], t: usize, acts: bool) -> f64 {
    Model::at(p, model.slots.plan.bundling, if acts { t } else { 0 })
}

/// How access is reckoned in one year.
#[derive(Clone, Debug)]
pub struct AccessYear {
    bundling: f64,
    /// Hours of a device over a full dose.
    doses: f64,
    used: Use,
}

impl AccessYear {
    /// From the parameters.
    #[must_use]
    pub fn of(year: &Year<'_>) -> Self {
        let Year { t, p, model, .. } = *year;
        let number = |slot| Model::number(p, slot);
        let evidence = &model.slots.evidence;
        Self {
            bundling: bundling(model, p, t, year.acts()),
            doses: device_hours(model, p) * shifts(model, p) / number(evidence.full_dose),
            used: Use::of(model, p),
        }
    }
}

/// Computes services, reach and dose of some groups and sums them.
#[inline(always)]
pub fn serve(
    year: &Year<'_>,
    own: &AccessYear,
    bins: &[[Bin; LANES]],
    groups: &Groups,
    funded: &Funded,
    out: &mut Sums,
    block: &Range<usize>,
) {
    let Year { t, p, model, .. } = *year;
    let AccessYear { bundling, doses, used } = *own;
    let power_upkeep = funded.of(Component::Power, Need::Upkeep);
    let links_upkeep = funded.of(Component::Links, Need::Upkeep);
    let by_person = out.persons.is_kept();
    let mut stats = out.stats.tally::<{ stat::COUNT }>(t, 0);
    let mut persons = out.persons.tally::<{ MARGINS * OfPersons::COUNT }>(t, 0);
    for at in block.clone() {
        let four = groups.first + at;
        let (here, s) = (&groups.here[at], &groups.shared[at]);
        let (schools, learners, teachers) = (here.schools, here.learners, here.teachers);
        let (lit, online) = (power_upkeep.at(four), links_upkeep.at(four));
        // What is new this year has its first months paid with it; the rest is in service as far as its upkeep is paid.
        let power_new = min(s.power_new, s.lit);
        let power = share((s.lit - power_new) * lit + power_new);
        let connected = s.connected;
        let links_raw = min((connected - s.links_new) * online + s.links_new, ONE);
        // At least one working device makes a school equipped.
        let devices_raw = min(s.equipped, s.usable * here.per_school);
        let service = Service {
            power,
            link: min(links_raw, power),
            devices: min(devices_raw, power),
            ready: share(s.ready),
        };
        let reach = service.reach(bundling);
        // Devices stand in the equipped schools; without power they lie idle.
        let usable_each = divide_or(s.usable, devices_raw, ZERO);
        let in_service = service.devices * usable_each;
        // Hours of each learner of an equipped school over a full dose.
        let v = min(divide_or(usable_each * doses, learners, ZERO), ONE);
        let kv = share(s.courses) * v;
        let dose = kv * s.capacity * reach;
        let dose_offline = kv * service.reach_offline(bundling);
        let both = service.connected_devices(bundling);
        // Equipped schools that lose power or link for want of upkeep (6.6): of those that had it, the larger loss.
        let had_power = min(s.powered - s.power_new, s.equipped);
        let had_link = min(connected - s.links_new, s.equipped);
        let dark = max((ONE - lit) * had_power, (ONE - online) * had_link);
        let users = learners * here.mean_use;
        let ready = teachers * service.ready;
        let mut of = [ZERO; stat::COUNT];
        of[stat::LEARNERS] = learners;
        of[stat::SCHOOLS] = schools;
        of[stat::TEACHERS] = teachers;
        of[stat::POWERED] = schools * service.power;
        of[stat::LINKED] = schools * service.link;
        of[stat::LINKED_RAW] = schools * links_raw;
        of[stat::EQUIPPED] = schools * service.devices;
        of[stat::EQUIPPED_RAW] = schools * devices_raw;
        of[stat::READY] = ready;
        of[stat::ACQUISITION] = teachers * s.acquisition;
        of[stat::REACHED] = users * reach;
        of[stat::DOSE] = users * dose;
        of[stat::DOSE_OFFLINE] = users * dose_offline;
        of[stat::DEVICES] = in_service;
        of[stat::CONNECTED_DEVICES] = usable_each * both;
        of[stat::LEARNERS_EQUIPPED] = learners * service.devices;
        of[stat::LEARNERS_LINKED] = learners * service.link;
        of[stat::LEARNERS_CONNECTED_DEVICES] = learners * both;
        of[stat::DARK] = schools * dark;
        of[stat::EQUIPPED_STOCK] = schools * s.equipped;
        if by_person {
            let girls = model.four(p, four, |of| of.girls);
            let disability = model.four(p, four, |of| of.disability);
            let (sex, health) = (used.by_sex(girls), used.by_disability(disability));
            let both = sex * health;
            let (poorest, second) = (
                model.four(p, four, |of| of.poorest),
                model.four(p, four, |of| of.second),
            );
            let (middle, fourth) = (model.four(p, four, |of| of.middle), model.four(p, four, |of| of.fourth));
            let richest = model.four(p, four, |of| of.richest);
            let margins: [(Person, Lanes, Lanes); MARGINS] = [
                (Person::Sex(Sex::Female), girls, used.girls * health),
                (Person::Sex(Sex::Male), ONE - girls, health),
                (Person::Wealth(Wealth::Poorest), poorest, both),
                (Person::Wealth(Wealth::Second), second, both),
                (Person::Wealth(Wealth::Middle), middle, both),
                (Person::Wealth(Wealth::Fourth), fourth, both),
                (Person::Wealth(Wealth::Richest), richest, both),
                (Person::Disability(Disability::With), disability, used.disability * sex),
                (Person::Disability(Disability::Without), ONE - disability, sex),
            ];
            persons.bin(bins[four]);
            for (person, part, factor) in margins {
                let these = learners * part;
                persons.add(OfPersons::Learners.of(person), these);
                persons.add(OfPersons::Reached.of(person), these * min(reach * factor, ONE));
                persons.add(OfPersons::Dose.of(person), these * min(dose * factor, ONE));
            }
        }
        stats.bin(bins[four]);
        stats.add_all(of);
    }
}

#[cfg(test)]
mod tests {
    use super::super::lanes::{all, first};
    use super::*;

    #[test]
    fn reach_between_chance_and_full_bundling() {
        // P 0.8, N 0.6, D 0.5, R 0.4. Bundled: the least, 0.4. By chance within powered schools: 0.6·0.5·0.4/0.8 = 0.15.
        let service = Service {
            power: all(0.8),
            link: all(0.6),
            devices: all(0.5),
            ready: all(0.4),
        };
        let near = |lanes: Lanes, expected: f64| assert!((first(lanes) - expected).abs() < 1e-12, "{lanes:?}");
        near(service.reach(1.0), 0.4);
        near(service.reach(0.0), 0.15);
        near(service.reach(0.5), 0.275);
        near(service.reach_offline(0.0), 0.2);
        let dark = Service {
            power: ZERO,
            link: ZERO,
            devices: ZERO,
            ready: ONE,
        };
        near(dark.reach(0.5), 0.0);
    }
}
