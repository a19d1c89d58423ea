//! What is known of the effect of ICT on learning. Devices alone and links alone have none.

use super::Quantity;
use super::field::{Field, ROOT, Tag};
use super::prices::{coach, inherit, known, priced, spell_out};
use super::registry::Entry;
use crate::units::Unit;

crate::choice! {
    /// What a mode of learning needs: whether a link, and whether a learning platform.
    pub enum Needs {
        /// Power, devices, ready teachers, content and a link of enough capacity.
        Online = "online",
        /// Power, devices, ready teachers and content.
        Offline = "offline",
        /// The same as online, and the learning platform that is one of the systems.
        Platform = "platform",
    }
}

crate::section! {
    /// Effects on learning.
    pub struct Evidence / EvidenceSlots {
        /// Share of a gain that is lost in a year.
        fade: Quantity = Field::number(Unit::PerYear).default(0.3).likely(0.2, 0.5).from("evidence E, production rule: 20 to 50 %", Tag::Judgement);
        /// Hours a week for each learner that make a full dose.
        full_dose: Quantity = Field::number(Unit::HoursPerWeek).within(0.1, 40.0).default(2.5).likely(1.5, 5.0).from("evidence A4.6: 150 minutes a week, Malawi", Tag::Read);
        /// Hours a week of a working device with which a learner counts as reached; with half of them, half.
        reach_hours: Quantity = Field::number(Unit::HoursPerWeek).within(0.05, 40.0).default(1.0).likely(0.5, 2.5).from("model 3", Tag::Setting);
        /// Hours a week in which a device can be used by one shift, where they are not the country's.
        device_hours: Option<Quantity> = Field::number(Unit::HoursPerWeek).within(1.0, 60.0).belongs("country.schooling.device_hours");
        /// Learning in a school year in a high-performing system, for learning-adjusted years.
        benchmark_year: Quantity = Field::number(Unit::SdPerYear).within(0.05, 2.0).default(0.8).likely(0.6, 0.9).from("model 4.1", Tag::Judgement);
        /// Largest total gain that is believed.
        ceiling: Quantity = Field::number(Unit::Sd).within(0.05, 3.0).default(0.6).from("model 4.1", Tag::Setting);
        /// Aversion to inequality in Atkinson's index: 0 counts a gain of anybody alike, 2 counts who has least nearly alone.
        inequality_aversion: Quantity = Field::number(Unit::Index).within(0.0, 5.0).default(0.5).likely(0.25, 2.0).from("model 4.4", Tag::Setting);
        /// What a gender-responsive programme adds to use by a girl who takes part, as a share of use by boys; nothing unless the planner states it.
        girls_effect: Quantity = Field::number(Unit::Share).default(0.0).from("model 2.6: no study of the effect on use was found", Tag::Setting);
        /// What makes youth and adults able to copy or move a file.
        skills: SkillsEvidence = Field::fields();
        /// Modes of learning, beyond those built in.
        modes: Vec<LearningMode> = Field::list();
    }
}

crate::section! {
    /// What practice at school and courses do for ICT skills (SDG 4.4.1).
    pub struct SkillsEvidence / SkillsEvidenceSlots {
        /// Share of learners who can copy or move a file at most, however much they practise at school.
        most: Quantity = Field::number(Unit::Share).default(0.9).likely(0.7, 0.99).from("model 4.2: ten of 64 countries publish more of their youth, up to 99.9 %", Tag::Judgement);
        /// How fast they come near to it, for each year at full dose.
        practice: Quantity = Field::number(Unit::PerYear).within(0.0, 10.0).default(0.5).likely(0.2, 1.0).from("model 4.2: no published figure", Tag::Judgement);
        /// Share of a full dose of practice that a learner with a device on loan gets at home.
        at_home: Quantity = Field::number(Unit::Share).default(0.3).likely(0.0, 1.0).from("model 2.7: no published figure", Tag::Judgement);
        /// Share of what was learned that is lost in a year out of school.
        fade: Quantity = Field::number(Unit::PerYear).default(0.05).likely(0.0, 0.1).from("model 4.2: no published figure", Tag::Judgement);
        /// Share of learners who complete an online course.
        completion_online: Quantity = Field::number(Unit::Share).default(0.15).likely(0.05, 0.5).from("evidence N2: 5.5 % of whom an open course registers; evidence N3: half of the users in three countries hold a certificate", Tag::Judgement);
        /// Share of learners who complete a course at a learning centre.
        completion_centre: Quantity = Field::number(Unit::Share).default(0.65).likely(0.4, 0.87).from("evidence N1: 47.8 of 73.5 million who enrolled were certified, 63.9 trained", Tag::Calculated);
        /// Share of those who complete and could not copy or move a file, who then can.
        taught: Quantity = Field::number(Unit::Share).default(0.5).likely(0.2, 0.9).from("model 2.7: no published figure", Tag::Judgement);
    }
}

crate::section! {
    /// A mode of learning with ICT.
    pub struct LearningMode / LearningModeSlots {
        /// Name that the plan refers to.
        name: String = Field::text().required().key();
        /// Gain of one school year at full dose.
        gain: Quantity = Field::number(Unit::SdPerYear).within(-1.0, 1.0).required();
        /// Share of a trial's effect that survives at national scale.
        fidelity: Quantity = Field::number(Unit::Share).default(0.6).likely(0.4, 0.8).from("evidence E, production rule", Tag::Judgement);
        /// What the mode needs.
        needs: Needs = Field::choice();
        /// Price a year for each learner who works in it: licences.
        learner: Quantity = Field::number(Unit::UsdPerLearner).default(0.0).from("model 2.4: a mode without a price is told", Tag::Setting);
        /// Price a year for each teacher of these learners, where the country's own is known: a coach, guides to lessons.
        teacher: Option<Quantity> = Field::number(Unit::UsdPerYear);
        /// The same by the country's income, where it is not.
        teacher_by_income: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(0.0).from("model 2.4: a mode without a price is told", Tag::Setting);
        /// Price a year for each school in which it is used.
        school: Quantity = Field::number(Unit::UsdPerYear).default(0.0).from("model 2.4: a mode without a price is told", Tag::Setting);
    }
}

impl Evidence {
    /// Fills in what a mode that is built in leaves out. `written` tells whether a field stands in the file.
    pub fn inherit(&mut self, written: &dyn Fn(&str) -> bool) {
        for (index, mode) in self.modes.iter_mut().enumerate() {
            if let Some(kind) = LearningMode::of(&mode.name) {
                inherit(mode, &kind, &format!("evidence.modes[{index}]"), written);
            }
        }
    }

    /// Drops modes that are built in anyway, and marks numbers that must be written because their mode has another default
    /// than their field.
    pub fn strip(&mut self) {
        for mode in &mut self.modes {
            if let Some(kind) = LearningMode::of(&mode.name) {
                spell_out(mode, &kind);
            }
        }
        let built_in = LearningMode::built_in();
        self.modes.retain(|mode| !built_in.contains(mode));
    }

    /// Adds the built-in modes that the scenario does not define itself.
    pub fn complete(&mut self) {
        for mode in LearningMode::built_in() {
            if !self.modes.iter().any(|own| own.name == mode.name) {
                self.modes.push(mode);
            }
        }
    }
}

impl LearningMode {
    fn of(name: &str) -> Option<Self> {
        Self::built_in().into_iter().find(|mode| mode.name == name)
    }

    /// Modes known without being written, with their evidence.
    #[must_use]
    pub fn built_in() -> Vec<Self> {
        let mode = |name: &str, [gain, low, high]: [f64; 3], source: &'static str, needs| Self {
            name: name.into(),
            gain: known(gain, low, high, (source, Tag::Read)),
            needs,
            ..Self::absent(&ROOT)
        };
        let ours = |source| (source, Tag::Judgement);
        vec![
            Self {
                learner: priced(
                    3.4,
                    2.0,
                    8.0,
                    (
                        "evidence E5: 1.7 a subject, for the two of which proficiency is told",
                        Tag::Calculated,
                    ),
                ),
                ..mode(
                    "adaptive_software",
                    [0.18, 0.10, 0.35],
                    "evidence E4: 16 trials, one year assumed",
                    Needs::Online,
                )
            },
            Self {
                learner: priced(
                    1.0,
                    0.0,
                    3.0,
                    ours("evidence A4.6: 7 to 15 a child and year with devices; updates and follow-through alone"),
                ),
                ..mode(
                    "shared_tablets",
                    [0.25, 0.1, 0.4],
                    "evidence E6: five trials, Malawi, one school year assumed",
                    Needs::Offline,
                )
            },
            Self {
                teacher_by_income: known(
                    0.015,
                    0.0005,
                    0.033,
                    ours("evidence D1: a workshop day a teacher and year"),
                ),
                ..mode(
                    "lesson_support",
                    [0.07, 0.03, 0.14],
                    "evidence E7, D8: 0.12 SD after two years with fade 0.3",
                    Needs::Offline,
                )
            },
            Self {
                teacher_by_income: coach(),
                ..mode(
                    "coached_lessons",
                    [0.14, 0.06, 0.18],
                    "evidence E10, D8: 0.24 SD after two years with fade 0.3",
                    Needs::Offline,
                )
            },
            mode(
                "devices_alone",
                [0.0, -0.05, 0.05],
                "evidence E1: 318 schools, Peru",
                Needs::Offline,
            ),
            mode("links_alone", [0.0, -0.03, 0.03], "evidence E9", Needs::Online),
        ]
    }
}
