//! Identities of the model that anybody can check in a spreadsheet from the tables that a run writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{EXAMPLE, example, of, rollcall};

type Rows = Vec<BTreeMap<String, String>>;

/// Runs a scenario and reads its tables.
struct Tables {
    folder: tempfile::TempDir,
}

impl Tables {
    fn of(file: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let said = of(
            &mut rollcall(),
            &["run", file, "--out", &folder.path().display().to_string()],
        );
        assert_eq!(said.code, 0, "{}", said.err);
        Self { folder }
    }

    fn rows(&self, table: &str) -> Rows {
        let mut reader = csv::Reader::from_path(self.folder.path().join(table)).expect("a table");
        let names: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        reader
            .records()
            .map(|row| {
                names
                    .iter()
                    .cloned()
                    .zip(row.expect("a row").iter().map(str::to_owned))
                    .collect()
            })
            .collect()
    }
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

/// Sums of a column by the values of others.
fn sums(rows: &Rows, by: &[&str], column: &str) -> BTreeMap<Vec<String>, f64> {
    let mut sums = BTreeMap::new();
    for row in rows {
        *sums
            .entry(by.iter().map(|name| row[*name].clone()).collect())
            .or_insert(0.0) += number(row, column);
    }
    sums
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.01_f64.max(1e-9 * a.abs().max(b.abs()))
}

/// The example, plentiful, short of money, with sources that name levels, regions, needs and taxes, and at a price at
/// which a thousand-millionth of a plan is money.
fn cases() -> Vec<(tempfile::TempDir, String)> {
    let change = |changes: &[(&str, &str)]| {
        let mut text = example();
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.ron");
        fs::write(&path, text).expect("written");
        (folder, path.display().to_string())
    };
    vec![
        change(&[]),
        change(&[
            ("share_of_education: 0.02", "amount: {2027: 3_000_000, 2030: 1_000_000}"),
            ("commitment: 120_000_000", "commitment: 12_000_000"),
            ("commitment: 60_000_000", "commitment: 9_000_000"),
        ]),
        change(&[
            ("order: poorest_first", "order: most_remote_first"),
            (
                "locality: rural, level: primary,",
                "region: \"North\", locality: rural, level: primary,",
            ),
            (
                "overhead: 0.08, natures: [capital, recurrent]",
                "overhead: 0.08, absorption: 0.7, regions: [\"North\"]",
            ),
            (
                "share_of_education: 0.02",
                "share_of_education: 0.004, levels: [lower_secondary], needs: [expansion, renewal]",
            ),
            (
                "    funding: (",
                "    prices: (general: (duty: 0.1, vat: 0.18)),\n    funding: (",
            ),
        ]),
        // More teachers arrive ready than lose what they know or leave.
        change(&[(
            "ready: {2026: 0.2, 2030: 0.8}, follow_up: 0.5, preservice: {2026: 0.1, 2030: 0.5}",
            "ready: 0.2, follow_up: 1, preservice: 1",
        )]),
        change(&[(
            "    plan: (",
            "    prices: (power: (battery_share: 1), links: [(technology: cellular, plan: 1e15, life: 1)], teachers: (decay: 5e-324), content: (licence: 2.2)),\n    evidence: (full_dose: 25),\n    plan: (",
        )]),
    ]
}

#[test]
fn headers_are_those_of_the_contract() {
    let tables = Tables::of(EXAMPLE);
    for (table, header) in [
        (
            "indicators.csv",
            "year,indicator,level,region,locality,sex,wealth,disability,value,unit",
        ),
        ("uis.csv", "indicator_id,country_id,year,value,magnitude,qualifier"),
        (
            "costs.csv",
            "year,component,category,nature,need,layer,level,region,locality,quantity,unit,unit_price_usd,amount_usd,pillar,tier,phase,dimension",
        ),
        (
            "funding.csv",
            "year,source,component,category,nature,need,level,region,locality,amount_usd",
        ),
        (
            "sources.csv",
            "year,source,available_usd,carried_in_usd,spent_usd,overhead_usd,returned_usd,lapsed_usd,carried_out_usd",
        ),
        (
            "debt.csv",
            "year,source,disbursed_usd,principal_usd,interest_usd,fees_usd,outstanding_usd,currency,units_per_usd,service_local",
        ),
        (
            "terms.csv",
            "source,kind,face_usd,grant_element_5pct,grant_element_dac,grant_equivalent_usd,maturity_years,grace_years,rate,\
             concessional,dac_concessional,owed_usd",
        ),
        (
            "donors.csv",
            "source,kind,paid_usd,overhead_usd,leverage,grant_equivalent_usd,first_year,last_year,reached,lays,poorest_share,\
             usd_per_reached,usd_per_lays,left_behind_usd,dark_after,dark_without",
        ),
        (
            "stocks.csv",
            "year,stock,kind,level,region,locality,opening,in,out,closing,unit",
        ),
        ("places.csv", "year,cell,level,region,locality,schools,learners"),
        ("ahead.csv", "year,item,layer,component,amount_usd,run"),
    ] {
        let text = fs::read_to_string(tables.folder.path().join(table)).expect("UTF-8");
        assert_eq!(text.lines().next(), Some(header), "{table}");
        assert!(
            text.lines().count() > 1 && !text.contains('\r') && !text.contains("NaN") && !text.contains("inf,"),
            "{table}"
        );
    }
    let run = fs::read_to_string(tables.folder.path().join("run.ron")).expect("UTF-8");
    for field in ["version: ", "commit: ", "scenario_sha256: ", "data_sha256: ", "seed: 0"] {
        assert!(run.contains(field), "{run}");
    }
}

#[test]
fn what_is_needed_is_what_is_paid_and_what_is_not() {
    for (_folder, file) in cases() {
        let tables = Tables::of(&file);
        let by = ["year", "component"];
        let (costs, funding) = (
            sums(&tables.rows("costs.csv"), &by, "amount_usd"),
            sums(&tables.rows("funding.csv"), &by, "amount_usd"),
        );
        assert_eq!(costs.len(), funding.len(), "{file}");
        for (key, cost) in &costs {
            assert!(
                close(*cost, funding[key]),
                "{key:?}: cost {cost}, funding {}",
                funding[key]
            );
        }
        // Finer: each category in each place, too.
        let by = ["year", "component", "category", "need", "level", "region", "locality"];
        let (costs, funding) = (
            sums(&tables.rows("costs.csv"), &by, "amount_usd"),
            sums(&tables.rows("funding.csv"), &by, "amount_usd"),
        );
        for (key, cost) in &costs {
            assert!(
                close(*cost, funding.get(key).copied().unwrap_or(0.0)),
                "{key:?}: {cost}"
            );
        }
    }
}

#[test]
fn what_a_source_pays_is_what_it_spent() {
    for (_folder, file) in cases() {
        let tables = Tables::of(&file);
        let by = ["year", "source"];
        let paid = sums(&tables.rows("funding.csv"), &by, "amount_usd");
        let spent = sums(&tables.rows("sources.csv"), &by, "spent_usd");
        for (key, spent) in &spent {
            assert!(
                close(paid.get(key).copied().unwrap_or(0.0), *spent),
                "{key:?}: paid {:?}, spent {spent}",
                paid.get(key)
            );
        }
        assert!(paid.keys().all(|key| key[1] == "unfunded" || spent.contains_key(key)));
    }
}

#[test]
fn no_money_appears_or_is_lost() {
    for (_folder, file) in cases() {
        let rows = Tables::of(&file).rows("sources.csv");
        let mut before: BTreeMap<String, f64> = BTreeMap::new();
        for row in &rows {
            let of = |column: &str| number(row, column);
            let (came, went) = (
                of("available_usd") + of("carried_in_usd"),
                of("spent_usd") + of("overhead_usd") + of("returned_usd") + of("lapsed_usd") + of("carried_out_usd"),
            );
            assert!(close(came, went), "{row:?}: {came} {went}");
            // Carried in is what was carried out, less at most the loss of value of a nominal commitment.
            let carried = before
                .insert(row["source"].clone(), of("carried_out_usd"))
                .unwrap_or(0.0);
            assert!(
                of("carried_in_usd") <= carried + 0.01 && of("carried_in_usd") >= 0.9 * carried - 0.01,
                "{row:?}: {carried}"
            );
        }
    }
}

#[test]
fn stocks_conserve() {
    for (_folder, file) in cases() {
        let rows = Tables::of(&file).rows("stocks.csv");
        let mut before: BTreeMap<Vec<String>, f64> = BTreeMap::new();
        for row in &rows {
            let of = |column: &str| number(row, column);
            let (opening, closing) = (of("opening"), of("closing"));
            assert!(
                (opening + of("in") - of("out") - closing).abs() <= 1e-6 * (1.0 + opening.abs() + closing.abs()),
                "{row:?}"
            );
            assert!(of("in") >= -1e-9 && of("out") >= -1e-9, "{row:?}");
            let key = ["stock", "level", "region", "locality"]
                .map(|name| row[name].clone())
                .to_vec();
            if let Some(last) = before.insert(key, closing) {
                assert!((last - opening).abs() <= 1e-9 * (1.0 + last.abs()), "{row:?}");
            }
        }
    }
}

#[test]
fn an_amount_is_quantity_times_price() {
    for (_folder, file) in cases() {
        for row in Tables::of(&file).rows("costs.csv") {
            let (quantity, price, amount) = (
                number(&row, "quantity"),
                number(&row, "unit_price_usd"),
                number(&row, "amount_usd"),
            );
            assert!(
                (quantity * price).to_bits() == amount.to_bits() && (amount >= 0.0 || row["layer"] == "plan"),
                "{row:?}"
            );
            assert!(["existing", "plan"].contains(&row["layer"].as_str()), "{row:?}");
        }
    }
}

#[test]
fn shares_are_shares_and_the_headline_stands_in_its_place() {
    for (_folder, file) in cases() {
        let rows = Tables::of(&file).rows("indicators.csv");
        // A share of another amount is no part of a whole.
        let of_another = |row: &&BTreeMap<String, String>| {
            let (head, _) = row["indicator"].split_once("_of_").unwrap_or_default();
            ["debt", "cost", "education", "charge"].contains(&head)
        };
        for row in rows.iter().filter(|row| row["unit"] == "share" && !of_another(row)) {
            assert!((-1e-12..=1.0 + 1e-12).contains(&number(row, "value")), "{row:?}");
        }
        for code in ["reach", "dose"] {
            let national = |row: &&BTreeMap<String, String>| {
                row["indicator"] == code
                    && ["level", "region", "locality", "sex", "wealth", "disability"]
                        .iter()
                        .all(|cut| row[*cut].is_empty())
            };
            assert_eq!(
                rows.iter().filter(national).count(),
                5,
                "{code}: one national row a year"
            );
        }
        let mut seen = std::collections::BTreeSet::new();
        for row in &rows {
            let key: Vec<&String> = row
                .iter()
                .filter(|(name, _)| !["value", "unit"].contains(&name.as_str()))
                .map(|(_, cell)| cell)
                .collect();
            assert!(seen.insert(key.clone()), "two rows for {key:?}");
        }
    }
}

#[test]
fn a_loan_is_nominal_and_disburses_what_was_spent() {
    let tables = Tables::of(EXAMPLE);
    let debt = tables.rows("debt.csv");
    assert_eq!(debt.len(), 4, "one loan, four years");
    let spent: BTreeMap<Vec<String>, f64> = sums(&tables.rows("sources.csv"), &["year", "source"], "spent_usd");
    for row in &debt {
        let spent = spent[&vec![row["year"].clone(), row["source"].clone()]];
        // Prices of 2025, 2 % a year.
        let deflator = 1.02_f64.powi(row["year"].parse::<i32>().expect("a year") - 2025);
        assert!(close(number(row, "disbursed_usd"), spent * deflator), "{row:?}");
    }
}

fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            (
                path.file_name().expect("a name").to_string_lossy().into_owned(),
                fs::read(&path).expect("read"),
            )
        })
        .collect();
    files.sort();
    files
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let run = |name: &str, value: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = rollcall();
        command.env(name, value);
        let said = of(
            &mut command,
            &["run", EXAMPLE, "--out", &folder.path().display().to_string()],
        );
        assert_eq!(said.code, 0, "{}", said.err);
        (bytes(folder.path()), said.out)
    };
    let first = run("RAYON_NUM_THREADS", "4");
    for (name, value) in [
        ("RAYON_NUM_THREADS", "4"),
        ("RAYON_NUM_THREADS", "1"),
        ("LC_ALL", "de_DE.UTF-8"),
        ("TZ", "Asia/Dhaka"),
    ] {
        assert!(first == run(name, value), "{name}={value}");
    }
}
