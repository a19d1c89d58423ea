//! Access (chapter 3): power, link, devices and ready teachers in service, and how far they meet in the same schools.

use std::ops::Range;

use super::component::{Funded, Year};
use super::components::{content, links, power, training};
use super::tables::Model;
use super::trajectory::{Pass, stat};
use super::workspace::State;
use crate::scenario::{Component, Need};

/// Shares of a group's schools in service.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Service {
    /// Power.
    pub power: f64,
    /// Pupil-accessible link in a powered school.
    pub link: f64,
    /// Devices in a powered school.
    pub devices: f64,
    /// Ready teachers, as a share of teachers.
    pub ready: f64,
}

impl Service {
    /// Share of learners reached (J): `ρ·min(P, N, D, R) + (1 - ρ)·N·D·R / P`, 0 without power.
    #[inline]
    #[must_use]
    pub fn reach(&self, bundling: f64) -> f64 {
        let Self {
            power,
            link,
            devices,
            ready,
        } = *self;
        if power <= 0.0 {
            return 0.0;
        }
        bundling * power.min(link).min(devices).min(ready) + (1.0 - bundling) * link * devices * ready / power
    }

    /// The same for what works without the link: `ρ·min(P, D, R) + (1 - ρ)·D·R`.
    #[inline]
    #[must_use]
    pub fn reach_offline(&self, bundling: f64) -> f64 {
        let Self {
            power, devices, ready, ..
        } = *self;
        bundling * power.min(devices).min(ready) + (1.0 - bundling) * devices * ready
    }

    /// Share of schools with both devices and a link.
    #[inline]
    #[must_use]
    pub fn connected_devices(&self, bundling: f64) -> f64 {
        let Self {
            power, link, devices, ..
        } = *self;
        if power <= 0.0 {
            0.0
        } else {
            bundling * link.min(devices) + (1.0 - bundling) * link * devices / power
        }
    }
}

/// How much learners use what is there, by margin: girls, boys; poorest to richest; with and without a disability.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    girls: f64,
    disability: f64,
}

impl Use {
    /// From the parameters.
    #[must_use]
    pub fn of(model: &Model, p: &[f64]) -> Self {
        let people = &model.slots.country.people;
        Self {
            girls: Model::number(p, people.girls_use),
            disability: Model::number(p, people.disability_use),
        }
    }

    /// Mean use of a mix of learners.
    #[inline]
    #[must_use]
    pub fn mean(&self, girls: f64, disability: f64) -> f64 {
        self.by_sex(girls) * self.by_disability(disability)
    }

    fn by_sex(&self, girls: f64) -> f64 {
        girls * self.girls + (1.0 - girls)
    }

    fn by_disability(&self, disability: f64) -> f64 {
        disability * self.disability + (1.0 - disability)
    }
}

/// How far the parts meet in the same schools in a year; as in the base year until the plan acts.
#[must_use]
pub fn bundling(model: &Model, p: &[f64], t: usize) -> f64 {
    Model::at(p, model.slots.plan.bundling, t)
}

/// Number of margins: two sexes, five wealth fifths, with and without a disability.
pub const MARGINS: usize = 9;

/// Computes services, reach and dose of a block of groups and adds them to the bins.
pub fn serve(year: &Year<'_>, state: &State, funded: &Funded, pass: &mut Pass, bins: &[u32], block: Range<usize>) {
    let Year { t, p, model, .. } = *year;
    let number = |slot| Model::number(p, slot);
    let bundling = bundling(year.model, p, if year.acts() { t } else { 0 });
    let shifts = model
        .slots
        .plan
        .devices
        .as_ref()
        .filter(|_| year.acts())
        .map_or(1.0, |plan| number(plan.shifts));
    let doses = number(model.slots.evidence.device_hours) * shifts / number(model.slots.evidence.full_dose);
    let used = Use::of(model, p);
    let power_upkeep = funded.of(Component::Power, Need::Upkeep);
    let links_upkeep = funded.of(Component::Links, Need::Upkeep);
    let full = pass.has_persons();
    let (mut now, mut out) = (0, [0.0; stat::COUNT]);
    for (g, s) in block.clone().zip(&state.groups[block]) {
        let (schools, learners, teachers) = (s.schools, s.learners, s.teachers);
        let lit = power_upkeep.at(g);
        let online = links_upkeep.at(g);
        let power = ((s.grid + s.solar * power::adequacy(s)) * lit).clamp(0.0, 1.0);
        let links_raw = (links::connected(s) * online).min(1.0);
        // At least one working device makes a school equipped.
        let devices_raw = s.equipped.min(s.usable * s.per_school);
        let service = Service {
            power,
            link: links_raw.min(power),
            devices: devices_raw.min(power),
            ready: training::at_least(&s.competence, model.ready_state).clamp(0.0, 1.0),
        };
        let reach = service.reach(bundling);
        // Devices stand in the equipped schools; without power they lie idle.
        let per_equipped = if devices_raw > 0.0 { 1.0 / devices_raw } else { 0.0 };
        let in_service = s.usable * service.devices * per_equipped;
        // Hours of each learner of an equipped school over a full dose.
        let v = if learners > 0.0 {
            (s.usable * doses * per_equipped / learners).min(1.0)
        } else {
            0.0
        };
        let q = links::adequacy(s, &state.offers);
        let k = s.content_served.clamp(0.0, 1.0);
        let dose = k * v * q * reach;
        let dose_offline = k * v * service.reach_offline(bundling);
        let mean_use = s.mean_use;
        let both = service.connected_devices(bundling);
        let connected_devices = s.usable * both * per_equipped;
        let acquisition = training::at_least(&s.competence, 1);
        let bin = bins[g] as usize;
        if bin != now {
            pass.add_stats(t, now, &mut out);
            now = bin;
        }
        out[stat::LEARNERS] += learners;
        out[stat::SCHOOLS] += schools;
        out[stat::TEACHERS] += teachers;
        out[stat::POWERED] += schools * service.power;
        out[stat::LINKED] += schools * service.link;
        out[stat::LINKED_RAW] += schools * links_raw;
        out[stat::EQUIPPED] += schools * service.devices;
        out[stat::EQUIPPED_RAW] += schools * devices_raw;
        out[stat::READY] += teachers * service.ready;
        out[stat::ACQUISITION] += teachers * acquisition;
        out[stat::REACHED] += learners * reach * mean_use;
        out[stat::DOSE] += learners * dose * mean_use;
        out[stat::DOSE_OFFLINE] += learners * dose_offline * mean_use;
        out[stat::DEVICES] += in_service;
        out[stat::CONNECTED_DEVICES] += connected_devices;
        out[stat::LEARNERS_EQUIPPED] += learners * service.devices;
        out[stat::LEARNERS_LINKED] += learners * service.link;
        out[stat::LEARNERS_CONNECTED_DEVICES] += learners * both;
        // Equipped schools that lose power or link for want of upkeep (6.6): of those that had it, the larger loss.
        let had_power = (s.grid + s.solar).min(s.equipped);
        let had_link = links::connected(s).min(s.equipped);
        out[stat::DARK] += schools * ((1.0 - lit) * had_power).max((1.0 - online) * had_link);
        out[stat::EQUIPPED_STOCK] += schools * s.equipped;
        if full {
            out[stat::STOCKS] += schools * (s.grid + s.solar);
            out[stat::STOCKS + 1] += schools * links::connected(s);
            out[stat::STOCKS + 2] += s.devices;
            out[stat::STOCKS + 3] += teachers * service.ready;
            out[stat::STOCKS + 4] += content::stock(year, s, g);
            out[stat::STOCKS + 5] += s.technicians;
            let girls = model.group(p, g, |of| of.girls);
            let disability = model.group(p, g, |of| of.disability);
            let (sex, health) = (used.by_sex(girls), used.by_disability(disability));
            let fifths = [
                model.group(p, g, |of| of.poorest),
                model.group(p, g, |of| of.second),
                model.group(p, g, |of| of.middle),
                model.group(p, g, |of| of.fourth),
                model.group(p, g, |of| of.richest),
            ];
            let margins: [(f64, f64); MARGINS] = [
                (girls, used.girls * health),
                (1.0 - girls, health),
                (fifths[0], sex * health),
                (fifths[1], sex * health),
                (fifths[2], sex * health),
                (fifths[3], sex * health),
                (fifths[4], sex * health),
                (disability, used.disability * sex),
                (1.0 - disability, sex),
            ];
            for (margin, (share, factor)) in margins.into_iter().enumerate() {
                let persons = pass.persons_of(t, bin, margin);
                persons[0] += learners * share;
                persons[1] += learners * share * (reach * factor).min(1.0);
                persons[2] += learners * share * (dose * factor).min(1.0);
            }
        }
    }
    pass.add_stats(t, now, &mut out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reach_between_chance_and_full_bundling() {
        // P 0.8, N 0.6, D 0.5, R 0.4. Bundled: the least, 0.4. By chance within powered schools: 0.6·0.5·0.4/0.8 = 0.15.
        let service = Service {
            power: 0.8,
            link: 0.6,
            devices: 0.5,
            ready: 0.4,
        };
        assert!((service.reach(1.0) - 0.4).abs() < 1e-12);
        assert!((service.reach(0.0) - 0.15).abs() < 1e-12);
        assert!((service.reach(0.5) - 0.275).abs() < 1e-12);
        assert!((service.reach_offline(0.0) - 0.2).abs() < 1e-12);
        assert!(Service::default().reach(0.5).abs() < 1e-12);
    }
}
