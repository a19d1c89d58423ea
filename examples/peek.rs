use rollcall::scenario::{text, Component};
use rollcall::model::{self, indicators, ledger};
fn main() {
    let file = std::env::args().nth(1).unwrap();
    let dir = std::path::Path::new(&file).parent().unwrap().to_path_buf();
    let bytes = std::fs::read(&file).unwrap();
    let reading = text::read_scenario(&file, &bytes, &|name| std::fs::read(dir.join(name)).map(|b| (name.to_owned(), b)).map_err(|e| e.to_string()));
    for f in &reading.findings { if f.severity < rollcall::scenario::Severity::Note { println!("{f}"); } }
    let Some(s) = reading.scenario else { for f in &reading.findings { println!("{f}"); } return };
    let run = model::simulate(&s);
    let all = |_: usize| true;
    for t in 0..run.model.years {
        let plan = &run.run.plan;
        let twin = &run.run.twin;
        let v = |p, c: &str| indicators::value(&run, p, t, c, None).unwrap_or(f64::NAN);
        println!("{} reach {:.3} (twin {:.3}) dose {:.3} P {:.3} N {:.3} D {:.3} ED8 {:.3} need {:.1}m funded {:.1}m twin need {:.1}m  dark {:.3} theta6 {:.3} maths {:.3} dev {:.0}", run.model.calendar(t), v(plan,"reach"), v(twin,"reach"), v(plan,"dose"), v(plan,"4.a.1.a"), v(plan,"4.a.1.b"), v(plan,"4.a.1.c"), v(plan,"ED8"), plan.year_need(t)/1e6, plan.year_funded(t)/1e6, twin.year_need(t)/1e6, plan.over(t, model::trajectory::stat::DARK,&all)/plan.over(t, model::trajectory::stat::EQUIPPED_STOCK,&all), plan.theta(t, 5), v(plan,"4.1.1.b.mathematics"), plan.over(t, model::trajectory::stat::DEVICES,&all));
        for s in 0..run.run.money.sources { let b = run.run.money.of(t, s); if t>0 { println!("      {:20} avail {:.1} in {:.1} spent {:.1} over {:.1} ret {:.1} laps {:.1} out {:.1}", ledger::source_name(&run, s), b.available/1e6, b.carried_in/1e6, b.spent/1e6, b.overhead/1e6, b.returned/1e6, b.lapsed/1e6, b.carried_out/1e6); } }
    }
    for c in Component::ALL { let (n, f) = ledger::component_total(&run, *c); println!("{:12} need {:.1}m funded {:.1}m", c.name(), n/1e6, f/1e6); }
    println!("dark {:?}", run.first_dark_year());
    for (i, l) in run.model.levels.iter().enumerate() { println!("{} learners {:?} progression {:?}", l.level, (0..run.model.years).map(|t| run.run.demand.learners(t, i) as i64).collect::<Vec<_>>(), run.run.demand.progression[i]); }
}
