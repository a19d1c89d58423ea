//! A first scenario around a country: something that runs, to be changed.

use crate::scenario::evidence::LearningMode;
use crate::scenario::field::ROOT;
use crate::scenario::funding::{BudgetTerms, Funding};
use crate::scenario::measure::Measure;
use crate::scenario::plan::{
    ContentPlan, DevicesPlan, LearningUse, LinksPlan, ManagementPlan, PowerPlan, SupportPlan, TrainingPlan,
};
use crate::scenario::registry::Entry;
use crate::scenario::{Country, Device, Lever, Passport, Plan, Scenario, Source, SourceKind, Target, YearPath};

/// First and last year of the plan.
const YEARS: (i32, i32) = (2027, 2030);

/// A scenario around a country: base 2026, plan 2027 to 2030, prices of 2025, all components with moderate targets, a
/// domestic budget of 1 % of education spending that is marked as assumed, targets for reach, electricity and internet. It holds together
/// (`check` finds no error) for any sound country.
#[must_use]
pub fn new_scenario(country: Country) -> Scenario {
    let mut scenario = Scenario {
        title: format!("{}: a first plan", country.name),
        story: "A starting point made from published figures. Every target in it is an example: change them.".into(),
        plan_from: YEARS.0,
        horizon: YEARS.1,
        country: country.into(),
        plan: plan(),
        funding: Funding {
            sources: vec![budget()],
            ..Funding::absent(&ROOT)
        },
        targets: [
            (Measure::Reach, 0.4),
            (Measure::Electricity, 0.9),
            (Measure::PupilInternet, 0.7),
        ]
        .map(|(measure, value)| Target::at_least(measure, YEARS.1, value))
        .into(),
        ..Scenario::absent(&ROOT)
    };
    scenario.prices.complete();
    scenario.evidence.complete();
    scenario
}

/// A path that rises from the first to the last year of the plan.
fn rising(first: f64, last: f64) -> Lever {
    Lever::everywhere(YearPath::of(&[(YEARS.0, first), (YEARS.1, last)]))
}

fn plan() -> Plan {
    let mode = LearningMode::built_in()
        .first()
        .map_or_else(String::new, |mode| mode.name.clone());
    Plan {
        power: Some(PowerPlan {
            powered: rising(0.5, 0.9),
            ..PowerPlan::absent(&ROOT)
        }),
        links: Some(LinksPlan {
            connected: rising(0.3, 0.7),
            ..LinksPlan::absent(&ROOT)
        }),
        devices: Some(DevicesPlan {
            equipped: rising(0.3, 0.7),
            learners_per_device: Lever::everywhere(YearPath::constant(20.0)),
            primary: Device::Tablet,
            lower_secondary: Device::Tablet,
            upper_secondary: Device::Chromebook,
            ..DevicesPlan::absent(&ROOT)
        }),
        training: Some(TrainingPlan {
            ready: rising(0.3, 0.7),
            ..TrainingPlan::absent(&ROOT)
        }),
        content: Some(ContentPlan {
            coverage: rising(0.2, 0.6),
            ..ContentPlan::absent(&ROOT)
        }),
        support: Some(SupportPlan {
            technicians: Lever::everywhere(YearPath::constant(2.0)),
            ..SupportPlan::absent(&ROOT)
        }),
        management: Some(ManagementPlan::absent(&ROOT)),
        learning: vec![LearningUse {
            mode,
            share: YearPath::of(&[(2026, 0.0), (YEARS.1, 0.3)]),
            base_share: None,
        }],
        ..Plan::absent(&ROOT)
    }
}

/// The first source: named as assumed, for nobody has promised it.
fn budget() -> Source {
    let assumed = Passport {
        source: "evidence G2".into(),
        low_confidence: true,
        ..Passport::default()
    };
    Source {
        name: "Ministry budget".into(),
        kind: SourceKind::DomesticBudget(BudgetTerms {
            amount: None,
            share_of_education: Some(YearPath {
                passport: Some(assumed.into()),
                ..YearPath::constant(0.01)
            }),
            ..BudgetTerms::default()
        }),
        note: "An example: 1 % of public education spending.".into(),
        ..Source::absent(&ROOT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Pack, country};
    use crate::scenario::text::{read_scenario, write_scenario};
    use crate::scenario::{Finding, Severity, messages};

    #[test]
    fn it_comes_back_from_text_as_it_was() {
        let Ok(country) = country(&Pack::embedded(), "SEN", false) else {
            return;
        };
        let scenario = new_scenario(country);
        for explain in [false, true] {
            let text = write_scenario(&scenario, explain);
            let reading = read_scenario("new.ron", text.as_bytes(), &|_| Err(messages::no_such_file()));
            let errors: Vec<&Finding> = reading
                .findings
                .iter()
                .filter(|f| f.severity == Severity::Error)
                .collect();
            assert!(errors.is_empty(), "{errors:?}");
            let back = reading.scenario.expect("no error");
            assert_eq!(back.layout().values, scenario.layout().values);
            if !explain {
                assert!(back == scenario, "text and scenario differ");
            }
        }
    }
}
