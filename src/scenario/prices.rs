//! Prices and technical lives. Constant US dollars of the price year.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Quantity;
use super::field::{Field, ROOT, Tag};
use super::markets::YEAR_OF_DEFAULTS;
use super::registry::{Entry, Leaf, LeafMut};
use crate::units::Unit;

crate::choice! {
    /// Technology of a school's link.
    pub enum Technology {
        /// Optical fibre.
        Fibre = "fibre",
        /// Mobile network.
        Cellular = "cellular",
        /// Point-to-point radio.
        Wireless = "wireless",
        /// Low-earth-orbit satellite.
        Satellite = "satellite",
    }
}

crate::choice! {
    /// Kind of device.
    pub enum Device {
        /// Basic learner tablet.
        Tablet = "tablet",
        /// Chromebook-class laptop.
        Chromebook = "chromebook",
        /// Full laptop.
        Laptop = "laptop",
        /// Shared lab desktop with monitor.
        Desktop = "desktop",
        /// Raspberry-Pi-class seat with screen and keyboard.
        SmallComputer = "small_computer",
    }
}

crate::choice! {
    /// Mode of teacher training.
    pub enum TrainingMode {
        /// Face-to-face workshop.
        Workshop = "workshop",
        /// Workshop, then online.
        Blended = "blended",
        /// Self-paced online course.
        Online = "online",
        /// Coaching in the classroom.
        Coaching = "coaching",
    }
}

crate::section! {
    /// Prices and technical lives.
    pub struct Prices / PricesSlots {
        /// Power.
        power: PowerPrices = Field::fields();
        /// Network inside the school, classroom sets.
        campus: CampusPrices = Field::fields();
        /// Links, one entry a technology; those left out hold their defaults.
        links: Vec<LinkPrices> = Field::list();
        /// Managed service of a school's link.
        managed_link: ManagedLinkPrices = Field::fields();
        /// Devices, one entry a kind; those left out hold their defaults.
        devices: Vec<DevicePrices> = Field::list();
        /// Training, one entry a mode; those left out hold their defaults.
        training: Vec<TrainingPrices> = Field::list();
        /// Teachers before, between and after courses.
        teachers: TeacherPrices = Field::fields();
        /// Content.
        content: ContentPrices = Field::fields();
        /// Systems.
        systems: SystemsPrices = Field::fields();
        /// Technical support.
        support: SupportPrices = Field::fields();
        /// Inclusion.
        inclusion: InclusionPrices = Field::fields();
        /// Home access.
        home_access: HomeAccessPrices = Field::fields();
        /// Lifelong learning.
        lifelong: LifelongPrices = Field::fields();
        /// Posts and offices.
        governance: GovernancePrices = Field::fields();
        /// Taxes and trends.
        general: GeneralPrices = Field::fields();
    }
}

crate::section! {
    /// Electricity.
    pub struct PowerPrices / PowerPricesSlots {
        /// Solar panel, battery and installation.
        solar_watt: Quantity = Field::number(Unit::UsdPerWatt).default(3.0).likely(1.6, 3.9).from("evidence C2: Giga configurations", Tag::Read);
        /// Solar system of a school that has one in the base year, or larger where its devices and links ask for more.
        standing_system: Quantity = Field::number(Unit::Kilowatt).within(0.05, 100.0).default(2.0).likely(1.0, 11.0).from("model 2.1: ICT-only system; Giga's 11 kW is a choice", Tag::Calculated);
        /// Part of solar capex that is battery.
        battery_share: Quantity = Field::number(Unit::Share).default(0.3).likely(0.2, 0.4).from("model 2.1", Tag::Judgement);
        /// Years after which a battery is replaced.
        battery_life: Quantity = Field::number(Unit::Years).within(1.0, 30.0).default(5.0).likely(3.0, 10.0).from("evidence C2: lead-acid 3 to 5, Li-ion 8 to 12 years", Tag::Recall);
        /// Upkeep a year as a share of solar capex.
        solar_upkeep: Quantity = Field::number(Unit::PerYear).default(0.03).likely(0.02, 0.05).from("evidence C2", Tag::Recall);
        /// Full-sun hours a day that a panel delivers, after losses.
        sun_hours: Quantity = Field::number(Unit::HoursPerDay).within(0.5, 8.0).default(3.5).likely(2.5, 4.5).from("model 2.1: 5 hours less losses of 30 %", Tag::Judgement);
        /// Connection of a school to the grid.
        grid_connection: Quantity = Field::number(Unit::Usd).default(12_000.0).likely(8_000.0, 20_000.0).from("evidence C2: one kilometre of medium-voltage line", Tag::Recall);
        /// Grid energy.
        grid_kwh: Quantity = Field::number(Unit::UsdPerKwh).default(0.1).likely(0.08, 0.4).from("evidence A3: Giga default", Tag::Read);
        /// Days a year on which schools draw power for teaching.
        school_days: Quantity = Field::number(Unit::Days).within(50.0, 365.0).default(190.0).likely(170.0, 220.0).from("model 2.1", Tag::Judgement);
    }
}

crate::section! {
    /// Network inside the school, and classroom sets.
    pub struct CampusPrices / CampusPricesSlots {
        /// Router, switch and cabling of a school.
        core: Quantity = Field::number(Unit::Usd).default(1_500.0).likely(500.0, 6_000.0).from("evidence M3.1: US$ 5,700 a school, at 20 rooms", Tag::Judgement);
        /// Access point and cabling of a room.
        room: Quantity = Field::number(Unit::Usd).default(210.0).likely(100.0, 800.0).from("evidence M3.1: US$ 5,700 a school, at 20 rooms", Tag::Judgement);
        /// Upkeep of the network a year as a share of its price.
        upkeep: Quantity = Field::number(Unit::PerYear).default(0.1).likely(0.05, 0.15).from("model 11", Tag::Judgement);
        /// Years after which the network is replaced.
        life: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(7.0).likely(5.0, 10.0).from("model 11", Tag::Judgement);
        /// Energy of the core.
        core_energy: Quantity = Field::number(Unit::KwhPerYear).default(30.0).likely(15.0, 100.0).from("model 2.1: 20 W, eight hours on 190 days", Tag::Judgement);
        /// Energy of the access point of a room.
        room_energy: Quantity = Field::number(Unit::KwhPerYear).default(15.0).likely(8.0, 30.0).from("model 2.1: 10 W, eight hours on 190 days", Tag::Judgement);
        /// Screen or projector, offline content, charging and locks for a room.
        set: Quantity = Field::number(Unit::Usd).default(1_500.0).likely(1_400.0, 1_700.0).from("evidence M3.6: 120,000 rupees; 131,000 taka in Bangladesh", Tag::Calculated);
        /// Running cost of a set a year as a share of its price, with content, energy and link.
        set_running: Quantity = Field::number(Unit::PerYear).default(0.16).likely(0.1, 0.2).from("evidence M3.6: 38,000 of 240,000 rupees", Tag::Calculated);
        /// Years after which a set is replaced.
        set_life: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(5.0).likely(4.0, 7.0).from("model 11", Tag::Judgement);
    }
}

crate::section! {
    /// One technology of a school's link.
    pub struct LinkPrices / LinkPricesSlots {
        /// Technology.
        technology: Technology = Field::choice().required().key();
        /// One plan a school, a year.
        plan: Quantity = Field::number(Unit::UsdPerYear).default(600.0).likely(300.0, 1_200.0).from("evidence C2", Tag::Judgement);
        /// Capacity of one plan.
        plan_cap: Quantity = Field::number(Unit::Mbps).within(0.1, 100_000.0).default(50.0).likely(20.0, 150.0).from("evidence A3: a best-effort plan", Tag::Judgement);
        /// Committed capacity a year, where it is sold; the cheaper of plan and committed capacity is bought.
        committed: Option<Quantity> = Field::number(Unit::UsdPerMbpsYear);
        /// Hardware and installation in the school.
        setup: Quantity = Field::number(Unit::Usd).default(600.0).likely(300.0, 1_000.0).from("evidence A3", Tag::Read);
        /// Length of line to the school.
        hop: Quantity = Field::number(Unit::Km).within(0.0, 500.0).default(0.0).from("model 2.2", Tag::Setting);
        /// Line, a kilometre.
        line_km: Quantity = Field::number(Unit::UsdPerKm).default(0.0).from("model 2.2", Tag::Setting);
        /// Road length over straight length.
        route_factor: Quantity = Field::number(Unit::Ratio).within(1.0, 3.0).default(1.2).likely(1.0, 1.5).from("evidence A3: Giga", Tag::Read);
        /// Upkeep of the line, a kilometre and year.
        line_upkeep: Quantity = Field::number(Unit::UsdPerKm).default(0.0).from("model 2.2", Tag::Setting);
        /// Upkeep of the hardware a year as a share of set-up.
        upkeep: Quantity = Field::number(Unit::PerYear).default(0.1).likely(0.05, 0.15).from("evidence A3: CPP", Tag::Read);
        /// Energy.
        energy: Quantity = Field::number(Unit::KwhPerYear).default(200.0).likely(110.0, 500.0).from("evidence A3: Giga", Tag::Read);
        /// Years after which the hardware is replaced.
        life: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(5.0).likely(4.0, 7.0).from("evidence A3: CPP", Tag::Read);
        /// Largest capacity.
        max: Quantity = Field::number(Unit::Mbps).within(0.1, 1e6).default(100.0).from("evidence A3: Giga", Tag::Read);
    }
}

crate::section! {
    /// Managed service of a school's link, by any technology; set-up and replacement of the hardware are apart.
    pub struct ManagedLinkPrices / ManagedLinkPricesSlots {
        /// One service a year, with a level of service and repair.
        year: Quantity = Field::number(Unit::UsdPerYear).default(2_400.0).likely(1_200.0, 3_600.0).from("evidence M2: 1,500 in Sierra Leone, 2,100 in Chile, 2,600 in the Philippines, 2,700 in Rwanda", Tag::Judgement);
        /// Capacity of one service.
        mbps: Quantity = Field::number(Unit::Mbps).within(0.1, 100_000.0).default(50.0).likely(25.0, 200.0).from("evidence M2: 25 in Rwanda, 200 in the Philippines", Tag::Judgement);
    }
}

crate::section! {
    /// One kind of device.
    pub struct DevicePrices / DevicePricesSlots {
        /// Kind.
        device: Device = Field::choice().required().key();
        /// Price before freight.
        price: Quantity = Field::number(Unit::Usd).default(180.0).likely(140.0, 265.0).from("evidence M4: 180 in the Dominican Republic 2021, 262 in the Philippines 2024", Tag::Judgement);
        /// Devices of the order in which this price was paid, where known.
        tender: Option<Quantity> = Field::number(Unit::Count).within(1.0, 1e9);
        /// Devices that are ordered at once here, alone or in a pool, where the price is to follow the size of the order.
        order: Option<Quantity> = Field::number(Unit::Count).within(1.0, 1e9);
        /// Freight, insurance and imaging as a share of the price.
        landing: Quantity = Field::number(Unit::Share).default(0.05).likely(0.0, 0.12).from("model 11: prices of tenders are delivered", Tag::Judgement);
        /// Technical life.
        life: Quantity = Field::number(Unit::Years).within(1.0, 15.0).default(3.0).likely(2.0, 5.0).from("evidence B2", Tag::Calculated);
        /// Shape of wear-out (Weibull).
        wear_shape: Quantity = Field::number(Unit::Index).within(0.5, 10.0).default(3.0).likely(2.5, 4.0).from("evidence B2", Tag::Recall);
        /// Devices lost or stolen in a year.
        loss: Quantity = Field::number(Unit::PerYear).default(0.015).likely(0.003, 0.04).from("evidence B2", Tag::Calculated);
        /// Devices damaged in a year that repair can save.
        damage: Quantity = Field::number(Unit::PerYear).default(0.08).likely(0.03, 0.18).from("evidence B2", Tag::Calculated);
        /// Repair as a share of the price.
        repair: Quantity = Field::number(Unit::Share).default(0.3).likely(0.15, 0.45).from("evidence B2", Tag::Calculated);
        /// Months out of service for a repair with enough technicians.
        repair_months: Quantity = Field::number(Unit::Months).within(0.0, 12.0).default(2.0).likely(0.5, 8.0).from("evidence B2", Tag::Calculated);
        /// Energy on a school day.
        energy: Quantity = Field::number(Unit::KwhPerDay).within(0.0, 10.0).default(0.03).likely(0.02, 0.05).from("evidence B3", Tag::Recall);
        /// Share of the devices of this kind that power themselves, as tablets do that come with a panel: they work in schools
        /// without power and draw nothing from it.
        self_powered: Quantity = Field::number(Unit::Share).default(0.0).from("model 3: none unless stated; the panel is in the price", Tag::Setting);
        /// Collection and recycling at the end of life.
        end_of_life: Quantity = Field::number(Unit::Usd).default(4.0).likely(1.0, 10.0).from("evidence B3", Tag::Recall);
    }
}

crate::section! {
    /// One mode of training.
    pub struct TrainingPrices / TrainingPricesSlots {
        /// Mode.
        mode: TrainingMode = Field::choice().required().key();
        /// One teacher, one day, where the country's own price is known.
        day: Option<Quantity> = Field::number(Unit::UsdPerDay);
        /// The same by the country's income, where it is not.
        day_by_income: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(0.015).likely(0.0005, 0.033).from("evidence D1, evidence M5.3: US$ 1.2 in India to 181 in Iraq, near 30 in Senegal", Tag::Judgement);
        /// One teacher's course, however many days it has, where the country's own price is known: an enrolment online, a year of coaching.
        teacher: Option<Quantity> = Field::number(Unit::Usd);
        /// The same by the country's income, where it is not.
        teacher_by_income: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(0.0).from("model 1.4: a workshop is paid by the day", Tag::Setting);
        /// Design and upkeep of the courses a year, in the whole country, while the mode is in use.
        design: Quantity = Field::number(Unit::UsdPerYear).default(0.0).from("model 1.4: a workshop is paid by the day", Tag::Setting);
        /// Share of the enrolled who complete and move up.
        completion: Quantity = Field::number(Unit::Share).default(0.9).likely(0.7, 1.0).from("model 1.4", Tag::Judgement);
    }
}

crate::section! {
    /// Teachers before, between and after courses.
    pub struct TeacherPrices / TeacherPricesSlots {
        /// Skill lost in a year without follow-up: share of teachers who fall one state.
        decay: Quantity = Field::number(Unit::PerYear).default(0.2).likely(0.1, 0.35).from("evidence D12", Tag::Recall);
        /// The same with follow-up.
        decay_followed: Quantity = Field::number(Unit::PerYear).default(0.08).likely(0.03, 0.15).from("model 1.4", Tag::Judgement);
        /// Follow-up of one teacher for a year, where the country's own price is known.
        follow_up: Option<Quantity> = Field::number(Unit::UsdPerYear);
        /// The same by the country's income, where it is not.
        follow_up_by_income: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(0.008).likely(0.0014, 0.02).from("evidence D1, evidence D2: between an online course and a workshop day", Tag::Judgement);
        /// Preparing one new teacher for knowledge acquisition in pre-service training, where the country's own price is known.
        preservice: Option<Quantity> = Field::number(Unit::Usd);
        /// The same by the country's income, where it is not.
        preservice_by_income: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(0.17).likely(0.025, 0.34).from("model 1.4: the 6.7 days of the step in an institute, 2.5 % of GDP per person a day with board", Tag::Judgement);
        /// Days of training that the step to knowledge acquisition takes.
        days_acquisition: Quantity = Field::number(Unit::Days).within(0.1, 200.0).default(6.7).likely(3.3, 10.0).from("evidence D11: 40 hours (20 to 60), six a day", Tag::Recall);
        /// Days of training that the step to knowledge deepening takes.
        days_deepening: Quantity = Field::number(Unit::Days).within(0.1, 200.0).default(10.0).likely(6.7, 13.3).from("evidence D11: 60 hours (40 to 80), six a day", Tag::Recall);
        /// Days of training that the step to knowledge creation takes.
        days_creation: Quantity = Field::number(Unit::Days).within(0.1, 200.0).default(13.3).likely(10.0, 20.0).from("evidence D11: 80 hours (60 to 120), six a day", Tag::Recall);
    }
}

crate::section! {
    /// Digital content.
    pub struct ContentPrices / ContentPricesSlots {
        /// Adapting one course (a subject in a grade in a language) from open resources.
        open_course: Quantity = Field::number(Unit::Usd).default(20_000.0).likely(5_000.0, 60_000.0).from("model 2.4: no published figure", Tag::Judgement);
        /// Licence of one subject for one learner and year.
        licence: Quantity = Field::number(Unit::UsdPerLearnerYear).default(1.7).likely(1.0, 4.0).from("evidence E5: vendor's scaled price", Tag::Read);
        /// Hosting and upkeep of a course a year as a share of its adaptation.
        hosting: Quantity = Field::number(Unit::PerYear).default(0.05).likely(0.02, 0.1).from("model 2.4", Tag::Judgement);
        /// Years after which a course is renewed.
        life: Quantity = Field::number(Unit::Years).within(1.0, 20.0).default(3.0).likely(2.0, 5.0).from("evidence E18: products change every 36 months", Tag::Read);
    }
}

crate::section! {
    /// Learning platform, EMIS, identity, hosting, security.
    pub struct SystemsPrices / SystemsPricesSlots {
        /// Setting up the national systems.
        set_up: Quantity = Field::number(Unit::Usd).default(1_000_000.0).likely(300_000.0, 3_000_000.0).from("model 11: no published figure", Tag::Judgement);
        /// Years after which they are renewed.
        life: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(5.0).likely(4.0, 8.0).from("model 11", Tag::Judgement);
        /// Running the national systems, the EMIS among them.
        running: Quantity = Field::number(Unit::UsdPerYear).default(500_000.0).likely(200_000.0, 1_800_000.0).from("evidence M6.4: US$ 1.6 to 1.8 million a country for monitoring with surveys; the EMIS is a part", Tag::Judgement);
        /// Licences, hosting and protection of one user for a year.
        user: Quantity = Field::number(Unit::UsdPerYear).default(2.0).likely(1.5, 2.5).from("evidence M6.2: 1.5 to 2.5 a learner, Philippines", Tag::Calculated);
    }
}

crate::section! {
    /// Posts and offices. Pay goes by GDP per person, which differs a hundredfold between countries.
    pub struct GovernancePrices / GovernancePricesSlots {
        /// Pay of an officer of the ministry for a year.
        officer: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(4.0).likely(2.0, 8.0).from("model 11", Tag::Judgement);
        /// Pay of an officer of a region or a district for a year.
        post: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(3.0).likely(2.0, 6.0).from("model 11", Tag::Judgement);
        /// Offices, vehicles and travel as a share of pay.
        offices: Quantity = Field::number(Unit::Share).default(0.3).likely(0.15, 0.5).from("model 11", Tag::Judgement);
    }
}

crate::section! {
    /// Technical support.
    pub struct SupportPrices / SupportPricesSlots {
        /// One technician for a year, with transport, where the country's own pay is known.
        technician: Option<Quantity> = Field::number(Unit::UsdPerYear);
        /// The same by the country's income, where it is not.
        technician_by_income: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(3.0).likely(2.0, 6.0).from("model 11: Senegal's technician of US$ 5,900", Tag::Judgement);
        /// Recruiting, tools and training of a new technician, where the country's own price is known.
        recruit: Option<Quantity> = Field::number(Unit::Usd);
        /// The same by the country's income, where it is not.
        recruit_by_income: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(0.75).likely(0.25, 1.5).from("model 2.5: a quarter of a technician's year; no published case", Tag::Judgement);
        /// Technicians for each 1,000 devices with which repair takes its normal time.
        norm: Quantity = Field::number(Unit::PerThousandDevices).within(0.01, 100.0).default(2.5).likely(1.0, 5.0).from("model 2.5", Tag::Judgement);
        /// A help desk for a year: people, telephone, system of tickets, where the country's own price is known.
        desk: Option<Quantity> = Field::number(Unit::UsdPerYear);
        /// The same by the country's income, where it is not.
        desk_by_income: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 10_000.0).default(50.0).likely(15.0, 200.0).from("model 2.5: a dozen people paid as technicians, two fifths on top for rooms, telephone and tickets; no published case", Tag::Judgement);
        /// Software for remote management of a device for a year.
        desk_device: Quantity = Field::number(Unit::UsdPerYear).default(4.0).likely(1.0, 10.0).from("model 2.5: no published case", Tag::Judgement);
        /// Part of a technician's work that the help desk takes over.
        desk_relief: Quantity = Field::number(Unit::Share).default(0.4).likely(0.2, 0.6).from("evidence M6.6: 0.9 technicians for 1,000 devices in Kenya, against 2.5", Tag::Judgement);
    }
}

crate::section! {
    /// What learners with a difficulty need, adapted schools, programmes for girls. A package is what one learner with a difficulty gets, on average.
    pub struct InclusionPrices / InclusionPricesSlots {
        /// Package for seeing: a low-cost braille reader; screen readers are free. Most need less: a magnifier, glasses.
        seeing: Quantity = Field::number(Unit::Usd).default(579.0).likely(65.0, 744.0).from("evidence M8.10: 449 in 2017, below 600 in 2019, in dollars of 2025", Tag::Calculated);
        /// Years after which it is replaced.
        seeing_life: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(5.0).likely(3.0, 8.0).from("model 2.6: no published case", Tag::Judgement);
        /// Package for hearing: two hearing aids.
        hearing: Quantity = Field::number(Unit::Usd).default(258.0).likely(258.0, 656.0).from("evidence M8.8: two of US$ 118, Rwanda 2022, in dollars of 2025", Tag::Calculated);
        /// Years after which it is replaced.
        hearing_life: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(4.0).likely(3.0, 6.0).from("model 2.6: no published case", Tag::Judgement);
        /// Package for moving: a wheelchair for every other learner, a walking aid for the rest.
        moving: Quantity = Field::number(Unit::Usd).default(175.0).likely(50.0, 330.0).from("evidence M8.9: wheelchairs 195 to 330, walking aids 46 to 57; one in two our own", Tag::Calculated);
        /// Years after which it is replaced: learners grow.
        moving_life: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(3.0).likely(2.0, 5.0).from("model 2.6: no published case", Tag::Judgement);
        /// Package for communicating: a tablet that speaks.
        communicating: Quantity = Field::number(Unit::Usd).default(180.0).likely(100.0, 300.0).from("evidence M4: a learner's tablet; free software; no published case", Tag::Judgement);
        /// Years after which it is replaced.
        communicating_life: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(3.0).likely(2.0, 5.0).from("model 2.6: no published case", Tag::Judgement);
        /// Package for remembering or learning: materials.
        learning: Quantity = Field::number(Unit::Usd).default(20.0).likely(5.0, 100.0).from("model 2.6: no published case", Tag::Judgement);
        /// Years after which it is replaced.
        learning_life: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(3.0).likely(2.0, 5.0).from("model 2.6: no published case", Tag::Judgement);
        /// Package for psychosocial difficulties: none unless stated; what helps is people.
        psychosocial: Quantity = Field::number(Unit::Usd).default(0.0).from("model 2.6: no thing, a specialist teacher", Tag::Setting);
        /// Years after which it is replaced.
        psychosocial_life: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(3.0).from("model 2.6", Tag::Setting);
        /// Fitting of a package, as a share of its price: tests, moulds, adjustment.
        fitting: Quantity = Field::number(Unit::Share).default(0.2).likely(0.1, 0.5).from("evidence M8.8: fitting and moulds come on top; how much is our own", Tag::Judgement);
        /// Upkeep of packages a year, as a share of their price: repair, batteries.
        upkeep: Quantity = Field::number(Unit::PerYear).default(0.15).likely(0.05, 0.3).from("evidence M8.8: batteries come on top; how much is our own", Tag::Judgement);
        /// A specialist teacher for a year, where the country's own pay is known.
        teacher: Option<Quantity> = Field::number(Unit::UsdPerYear);
        /// The same by the country's income, where it is not.
        teacher_by_income: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(2.0).likely(1.0, 4.0).from("evidence M8.14: US$ 5,300 for each of India's special educators, all else included; below that", Tag::Judgement);
        /// Learners with what they need for each specialist teacher.
        learners_each: Quantity = Field::number(Unit::Count).within(1.0, 10_000.0).default(76.0).likely(40.0, 150.0).from("evidence M8.14: 2,100,918 learners, 27,774 special educators", Tag::Calculated);
        /// Making the titles of a course (a subject in a grade in a language) accessible: braille, large print, audio, captions.
        titles: Quantity = Field::number(Unit::Usd).default(2_000.0).likely(500.0, 10_000.0).from("model 2.6: a tenth of adapting a course; no published case", Tag::Judgement);
        /// Years after which they are renewed.
        titles_life: Quantity = Field::number(Unit::Years).within(1.0, 20.0).default(5.0).likely(3.0, 10.0).from("model 2.6", Tag::Judgement);
        /// Adapting a school: ramps, a toilet, a room.
        school: Quantity = Field::number(Unit::Usd).default(6_000.0).likely(2_000.0, 20_000.0).from("model 2.6: no published case", Tag::Judgement);
        /// Years after which that is renewed.
        school_life: Quantity = Field::number(Unit::Years).within(1.0, 60.0).default(20.0).likely(10.0, 40.0).from("model 2.6", Tag::Judgement);
        /// Its upkeep a year as a share of its price.
        school_upkeep: Quantity = Field::number(Unit::PerYear).default(0.02).likely(0.01, 0.05).from("model 2.6", Tag::Judgement);
        /// A gender-responsive programme for one girl and year, where the country's own price is known.
        girl: Option<Quantity> = Field::number(Unit::UsdPerYear);
        /// The same by the country's income, where it is not.
        girl_by_income: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(0.005).likely(0.001, 0.03).from("model 2.6: clubs, mentors, safe hours at the machines; no published case", Tag::Judgement);
    }
}

crate::section! {
    /// What a learner has at home by the plan.
    pub struct HomeAccessPrices / HomeAccessPricesSlots {
        /// A subsidised or zero-rated connection of a learner for a year.
        connection: Quantity = Field::number(Unit::UsdPerYear).default(38.0).likely(12.0, 75.0).from("evidence A1.7: US$ 498 bn in ten years over 1.3 bn children without internet at home, a number from memory", Tag::Recall);
        /// A device on loan, with its case and charger.
        device: Quantity = Field::number(Unit::Usd).default(180.0).likely(100.0, 300.0).from("evidence M4: a learner's tablet", Tag::Judgement);
        /// Years after which it is replaced: what is carried home breaks and is lost sooner.
        device_life: Quantity = Field::number(Unit::Years).within(1.0, 20.0).default(3.0).likely(2.0, 5.0).from("model 2.7: below the life of a tablet at school; no published case", Tag::Judgement);
        /// Its upkeep a year as a share of its price: repair, insurance, registers of loans.
        device_upkeep: Quantity = Field::number(Unit::PerYear).default(0.1).likely(0.05, 0.25).from("model 2.7: no published case", Tag::Judgement);
        /// An offline kit: a box with content, or radio and printed lessons for its learners.
        kit: Quantity = Field::number(Unit::Usd).default(300.0).likely(100.0, 600.0).from("evidence B1: an offline box, from memory", Tag::Recall);
        /// Years after which it is replaced.
        kit_life: Quantity = Field::number(Unit::Years).within(1.0, 20.0).default(5.0).likely(3.0, 7.0).from("model 2.7: no published case", Tag::Judgement);
        /// Its upkeep a year as a share of its price: printing, new content, batteries, storage.
        kit_upkeep: Quantity = Field::number(Unit::PerYear).default(0.2).likely(0.05, 0.4).from("model 2.7: no published case", Tag::Judgement);
    }
}

crate::section! {
    /// Courses for youth, adults and children out of school.
    pub struct LifelongPrices / LifelongPricesSlots {
        /// One learner in an online course: platform, tutors who answer.
        online: Quantity = Field::number(Unit::Usd).default(3.39).likely(2.0, 20.0).from("evidence D2: a teacher in a self-paced course in Ghana, design and devices apart; no case of an adult who learns was read", Tag::Judgement);
        /// One learner in a course at a learning centre: teacher and room, where the country's own price is known.
        centre: Option<Quantity> = Field::number(Unit::Usd);
        /// The same by the country's income, where it is not.
        centre_by_income: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(0.0018).likely(0.001, 0.07).from("evidence N1: 391.90 rupees a candidate in India, US$ 6 all in, less certificate and seat as here; evidence N4: US$ 100 to make an adult literate", Tag::Calculated);
        /// What a technical or vocational course costs more for one learner, where the country's own price is known: workshop, tools, materials.
        vocational: Option<Quantity> = Field::number(Unit::Usd);
        /// The same by the country's income, where it is not.
        vocational_by_income: Quantity = Field::number(Unit::GdpPerPerson).within(0.0, 100.0).default(0.05).likely(0.01, 0.3).from("model 2.7: no published case", Tag::Judgement);
        /// Developing one course.
        course: Quantity = Field::number(Unit::Usd).default(20_000.0).likely(5_000.0, 60_000.0).from("model 2.4: as adapting a course of school; no published figure", Tag::Judgement);
        /// Years after which a course is developed anew.
        course_life: Quantity = Field::number(Unit::Years).within(1.0, 20.0).default(3.0).likely(2.0, 5.0).from("evidence E18: products change every 36 months", Tag::Read);
        /// Assuring the quality of one course whose certificate is recognised, a year.
        quality: Quantity = Field::number(Unit::UsdPerYear).default(1_000.0).likely(200.0, 10_000.0).from("model 2.7: no published case", Tag::Judgement);
        /// One recognised certificate: test, examiner, record.
        certificate: Quantity = Field::number(Unit::Usd).default(1.5).likely(0.5, 20.0).from("evidence N1: a part of US$ 6 all in; which is our own", Tag::Judgement);
        /// One seat at a learning centre: what a school lends after hours, made fit for it.
        seat: Quantity = Field::number(Unit::Usd).default(25.0).likely(0.0, 400.0).from("evidence N1: a part of US$ 6 all in; which is our own", Tag::Judgement);
        /// Years after which a seat is renewed.
        seat_life: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(5.0).likely(3.0, 8.0).from("model 2.7", Tag::Judgement);
        /// Upkeep of a seat a year as a share of its price: energy, repair, watch.
        seat_upkeep: Quantity = Field::number(Unit::PerYear).default(0.15).likely(0.05, 0.3).from("model 2.7", Tag::Judgement);
        /// Learners who use one seat after another in a year.
        learners_per_seat: Quantity = Field::number(Unit::Count).within(1.0, 1_000.0).default(6.0).likely(4.0, 20.0).from("evidence N1: 52.4 million trained in five years at 413,000 centres of 3 to 5 computers", Tag::Calculated);
    }
}

crate::section! {
    /// Taxes and price trends, for all components.
    pub struct GeneralPrices / GeneralPricesSlots {
        /// Import duty on devices, link hardware and solar systems.
        duty: Quantity = Field::number(Unit::Share).default(0.0).likely(0.0, 0.25).from("model 5: none unless stated", Tag::Setting);
        /// Value-added tax on purchases.
        vat: Quantity = Field::number(Unit::Share).default(0.0).likely(0.0, 0.2).from("model 5: none unless stated", Tag::Setting);
        /// Device prices of 2026 and 2027 above those of 2025, real: memory has become dear.
        device_rise: Quantity = Field::number(Unit::Share).within(-0.5, 2.0).default(0.15).likely(0.0, 0.3).from("evidence M4.8: personal computers up 17 % in 2026", Tag::Judgement);
        /// Fall of device prices a year from 2028 on, real.
        device_decline: Quantity = Field::number(Unit::PerYear).within(0.0, 0.9).default(0.03).likely(0.0, 0.08).from("evidence M4: our own path after the rise", Tag::Judgement);
        /// How the price of a device follows the size of the order: change in per cent for one per cent more.
        order_elasticity: Quantity = Field::number(Unit::Index).within(-1.0, 0.0).default(-0.14).likely(-0.25, 0.0).from("evidence M4.9: US$ 220 at 150,000 a year, 264 at 40,000, Rwanda", Tag::Calculated);
        /// Fall of committed bandwidth prices a year.
        bandwidth_decline: Quantity = Field::number(Unit::PerYear).within(0.0, 0.9).default(0.12).likely(0.05, 0.25).from("evidence C2", Tag::Recall);
        /// Fall of plan prices a year.
        plan_decline: Quantity = Field::number(Unit::PerYear).within(0.0, 0.9).default(0.0).likely(0.0, 0.03).from("model 2.2: plans hardly fall", Tag::Judgement);
        /// Real discount rate.
        discount: Quantity = Field::number(Unit::PerYear).default(0.03).likely(0.02, 0.05).from("evidence H", Tag::Read);
    }
}

const KEPT: (&str, Tag) = ("evidence A3", Tag::Read);

pub(super) fn known(value: f64, low: f64, high: f64, (source, tag): (&str, Tag)) -> Quantity {
    let passport = super::quantity::Passport {
        low: Some(low),
        high: Some(high),
        source: source.into(),
        low_confidence: tag.is_low(),
        ..Default::default()
    };
    Quantity::with(value, passport)
}

/// The same for money, in prices of the year of all that stands by default.
pub(super) fn priced(value: f64, low: f64, high: f64, source: (&str, Tag)) -> Quantity {
    let mut price = known(value, low, high, source);
    if let Some(passport) = price.passport_mut() {
        passport.year = Some(YEAR_OF_DEFAULTS);
    }
    price
}

impl LinkPrices {
    /// Prices of a technology where the scenario states none.
    #[must_use]
    pub fn of(technology: Technology) -> Self {
        let blank = Self {
            technology,
            ..Self::absent(&super::field::ROOT)
        };
        let ours = |source| (source, Tag::Judgement);
        match technology {
            Technology::Satellite => Self {
                plan: priced(
                    640.0,
                    470.0,
                    780.0,
                    ("evidence M2: 471 and 643 in Senegal, retail, 2026", Tag::Calculated),
                ),
                plan_cap: known(
                    100.0,
                    50.0,
                    150.0,
                    ("evidence A3: nominal speed near 100 Mbit/s", Tag::Calculated),
                ),
                setup: priced(
                    600.0,
                    353.0,
                    800.0,
                    ("evidence A3, C2: 353 to 634 with shipping; CPP 800", Tag::Read),
                ),
                max: known(150.0, 100.0, 400.0, KEPT),
                ..blank
            },
            Technology::Cellular => Self {
                plan: priced(
                    420.0,
                    120.0,
                    960.0,
                    ours("evidence A3, C2: a 4G plan near 35 US$ a month"),
                ),
                plan_cap: known(20.0, 5.0, 50.0, ours("model 2.2")),
                setup: priced(120.0, 50.0, 534.0, ("evidence A3: CPP; Giga 50 to 534", Tag::Read)),
                upkeep: known(0.12, 0.05, 0.15, ("evidence A3: CPP", Tag::Read)),
                energy: known(10.0, 10.0, 50.0, KEPT),
                ..blank
            },
            Technology::Wireless => Self {
                plan: priced(600.0, 300.0, 1_500.0, ours("model 2.2")),
                plan_cap: known(50.0, 20.0, 100.0, ours("model 2.2")),
                setup: priced(
                    3_000.0,
                    2_000.0,
                    4_500.0,
                    ("evidence A3: CPP; Giga 2,000 + 2,500 at the tower", Tag::Read),
                ),
                energy: known(10.0, 10.0, 50.0, KEPT),
                life: known(7.0, 5.0, 10.0, ("evidence A3: CPP", Tag::Read)),
                ..blank
            },
            Technology::Fibre => Self {
                plan: priced(720.0, 360.0, 2_400.0, ours("model 2.2")),
                plan_cap: known(100.0, 50.0, 500.0, ours("model 2.2")),
                setup: priced(
                    500.0,
                    500.0,
                    1_000.0,
                    ("evidence A3: CPP; Giga default 1,000", Tag::Read),
                ),
                hop: known(
                    3.0,
                    0.5,
                    10.0,
                    ours("model 2.2: distance within which fibre counts as in reach"),
                ),
                line_km: priced(
                    8_900.0,
                    5_000.0,
                    20_000.0,
                    ("evidence A3: Giga default; CPP 20,000", Tag::Read),
                ),
                line_upkeep: priced(100.0, 100.0, 160.0, KEPT),
                upkeep: known(0.05, 0.03, 0.1, ("evidence A3: CPP", Tag::Read)),
                energy: known(500.0, 130.0, 500.0, KEPT),
                life: known(10.0, 7.0, 15.0, ("evidence A3: CPP", Tag::Read)),
                max: known(2_000.0, 1_000.0, 15_000.0, KEPT),
                ..blank
            },
        }
    }
}

impl DevicePrices {
    /// Prices of a kind of device where the scenario states none.
    #[must_use]
    pub fn of(device: Device) -> Self {
        let blank = Self {
            device,
            ..Self::absent(&super::field::ROOT)
        };
        let recalled = ("evidence B3", Tag::Recall);
        let life = ("evidence B2", Tag::Calculated);
        // Tenders for tablets and laptops are delivered; the others are prices of shops.
        let landing = known(0.12, 0.05, 0.3, ("evidence B1", Tag::Recall));
        match device {
            Device::Tablet => blank,
            Device::Chromebook => Self {
                landing,
                price: priced(300.0, 200.0, 400.0, ("evidence B1: EdWeek 2023", Tag::Read)),
                life: known(4.0, 3.0, 6.0, life),
                energy: known(0.08, 0.05, 0.15, recalled),
                ..blank
            },
            Device::Laptop => Self {
                price: priced(
                    450.0,
                    370.0,
                    680.0,
                    (
                        "evidence M4: 370 in Rwanda 2024, 676 in Bangladesh 2021",
                        Tag::Judgement,
                    ),
                ),
                life: known(4.0, 3.0, 5.0, life),
                energy: known(0.15, 0.08, 0.3, recalled),
                ..blank
            },
            Device::Desktop => Self {
                landing,
                price: priced(450.0, 285.0, 750.0, ("evidence B1: Vital Wave 2008", Tag::ReadSecond)),
                life: known(6.0, 5.0, 8.0, life),
                loss: known(0.005, 0.003, 0.02, ("model 2.3: fixed in a lab", Tag::Judgement)),
                energy: known(0.5, 0.3, 0.9, recalled),
                ..blank
            },
            Device::SmallComputer => Self {
                landing,
                price: priced(170.0, 100.0, 250.0, ("evidence B1", Tag::Recall)),
                life: known(5.0, 3.0, 7.0, ("evidence B2", Tag::Judgement)),
                energy: known(0.11, 0.08, 0.18, recalled),
                ..blank
            },
        }
    }
}

/// A coach for 25 teachers (40 to 15), paid 3.5 times GDP per person and a fifth on top for travel.
pub(super) fn coach() -> Quantity {
    let source = "model 11: a coach for 25 teachers at 3.5 times GDP per person and a fifth on top";
    known(0.168, 0.105, 0.28, (source, Tag::Judgement))
}

impl TrainingPrices {
    /// Prices of a mode of training where the scenario states none.
    #[must_use]
    pub fn of(mode: TrainingMode) -> Self {
        let blank = Self {
            mode,
            ..Self::absent(&super::field::ROOT)
        };
        let ours = |source| (source, Tag::Judgement);
        let online = known(
            0.0014,
            0.0004,
            0.033,
            (
                "evidence D2: US$ 3.4 beyond the fixed part, Ghana; M5.1 gives 94 all in, Honduras",
                Tag::Calculated,
            ),
        );
        let design = priced(
            27_000.0,
            10_000.0,
            90_000.0,
            (
                "evidence M5.1: US$ 82,687 in three years, Honduras, less D2 for each teacher",
                Tag::Calculated,
            ),
        );
        match mode {
            TrainingMode::Workshop => blank,
            TrainingMode::Blended => Self {
                day_by_income: known(0.01, 0.0003, 0.022, ours("evidence D1: a third of the days online")),
                teacher_by_income: online,
                design,
                completion: known(0.8, 0.6, 0.95, ours("model 1.4")),
                ..blank
            },
            TrainingMode::Online => Self {
                day_by_income: Quantity::new(0.0),
                teacher_by_income: online,
                design,
                completion: known(0.5, 0.2, 0.7, ours("model 1.4")),
                ..blank
            },
            TrainingMode::Coaching => Self {
                day_by_income: Quantity::new(0.0),
                teacher_by_income: coach(),
                completion: known(0.95, 0.8, 1.0, ours("model 1.4")),
                ..blank
            },
        }
    }
}

/// Gives every number of an entry that was not written the default of its kind instead of that of its field.
pub(super) fn inherit<T: Entry>(entry: &mut T, kind: &T, path: &str, written: &dyn Fn(&str) -> bool) {
    let mut defaults: BTreeMap<String, Quantity> = BTreeMap::new();
    kind.walk(path, &ROOT, &mut |path, _, leaf| {
        if let Leaf::Number(number) = leaf {
            defaults.insert(path.to_owned(), number.clone());
        }
    });
    entry.walk_mut(path, &ROOT, &mut |path, _, leaf| {
        if let (LeafMut::Number(number), Some(default), false) = (leaf, defaults.remove(path), written(path)) {
            *number = default;
        }
    });
}

/// Gives a bare passport to numbers that equal the default of their field but not that of their kind, so that they are
/// written.
pub(super) fn spell_out<T: Entry>(entry: &mut T, kind: &T) {
    let mut defaults: BTreeMap<String, Quantity> = BTreeMap::new();
    kind.walk("", &ROOT, &mut |path, _, leaf| {
        if let Leaf::Number(number) = leaf {
            defaults.insert(path.to_owned(), number.clone());
        }
    });
    entry.walk_mut("", &ROOT, &mut |path, field, leaf| {
        if let LeafMut::Number(number) = leaf
            && number.is_default(field)
            && defaults.get(path) != Some(number)
        {
            number.passport = Some(Arc::default());
        }
    });
}

impl Prices {
    /// Fills in what entries of the lists leave out: a laptop without a stated life has the life of a laptop.
    /// `written` tells whether a field stands in the file.
    pub(crate) fn inherit(&mut self, written: &dyn Fn(&str) -> bool) {
        for (index, entry) in self.links.iter_mut().enumerate() {
            let kind = LinkPrices::of(entry.technology);
            inherit(entry, &kind, &format!("prices.links[{index}]"), written);
        }
        for (index, entry) in self.devices.iter_mut().enumerate() {
            let kind = DevicePrices::of(entry.device);
            inherit(entry, &kind, &format!("prices.devices[{index}]"), written);
        }
        for (index, entry) in self.training.iter_mut().enumerate() {
            let kind = TrainingPrices::of(entry.mode);
            inherit(entry, &kind, &format!("prices.training[{index}]"), written);
        }
    }

    /// Drops entries of the lists that hold nothing but defaults, and marks numbers that must be written because their
    /// kind has another default than their field.
    pub fn strip(&mut self) {
        for entry in &mut self.links {
            spell_out(entry, &LinkPrices::of(entry.technology));
        }
        for entry in &mut self.devices {
            spell_out(entry, &DevicePrices::of(entry.device));
        }
        for entry in &mut self.training {
            spell_out(entry, &TrainingPrices::of(entry.mode));
        }
        self.links.retain(|entry| *entry != LinkPrices::of(entry.technology));
        self.devices.retain(|entry| *entry != DevicePrices::of(entry.device));
        self.training.retain(|entry| *entry != TrainingPrices::of(entry.mode));
    }

    /// Fills each list so that it has one entry for every technology, device and mode, in the order of the words.
    pub fn complete(&mut self) {
        let links = std::mem::take(&mut self.links);
        self.links = fill(Technology::ALL, &links, |entry| entry.technology, LinkPrices::of);
        let devices = std::mem::take(&mut self.devices);
        self.devices = fill(Device::ALL, &devices, |entry| entry.device, DevicePrices::of);
        let training = std::mem::take(&mut self.training);
        self.training = fill(TrainingMode::ALL, &training, |entry| entry.mode, TrainingPrices::of);
    }
}

fn fill<K: Copy + PartialEq, T: Clone>(all: &[K], written: &[T], key: impl Fn(&T) -> K, of: impl Fn(K) -> T) -> Vec<T> {
    all.iter()
        .map(|kind| {
            written
                .iter()
                .find(|entry| key(entry) == *kind)
                .cloned()
                .unwrap_or_else(|| of(*kind))
        })
        .collect()
}
