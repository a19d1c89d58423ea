//! Makes the data pack of `assets/data` from the published tables.
//!
//! Run from the project's folder: `cargo run --release --example make_pack -- INPUT_FOLDER`. The same tables give the
//! same bytes. Only what the baseline of a country needs is taken; one file a publisher, so that a build may leave out
//! those whose licence does not allow every use.

#![allow(clippy::disallowed_methods)] // Writes the files of the project itself.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

type Failure = Box<dyn Error>;

/// Last year that counts as observed.
const BASE_YEAR: i32 = 2026;

/// One series to take.
struct Pick {
    indicator: &'static str,
    /// First and last year.
    years: (i32, i32),
    /// How many of the latest values.
    latest: usize,
}

/// One file of the pack.
struct File {
    name: &'static str,
    inputs: &'static [&'static str],
    picks: Vec<Pick>,
    licence: &'static str,
}

/// The latest value at or before the base year.
const fn last(indicator: &'static str) -> Pick {
    some(indicator, 1)
}

/// The latest few values, where two series must be read in one year.
const fn some(indicator: &'static str, latest: usize) -> Pick {
    Pick {
        indicator,
        years: (2010, BASE_YEAR),
        latest,
    }
}

/// All values of a span of years.
const fn span(indicator: &'static str, first: i32, end: i32) -> Pick {
    Pick {
        indicator,
        years: (first, end),
        latest: usize::MAX,
    }
}

fn uis() -> Vec<Pick> {
    let mut picks = vec![
        some("UIS.AIR.1.GLAST", 3),
        some("UIS.AIR.2.GPV.GLAST", 3),
        last("UIS.XGDP.FSGOV"),
        last("UIS.XUNIT.GDPCAP.1.FSGOV.FFNTR"),
        last("UIS.XUNIT.PPPCONST.1.FSGOV.FFNTR"),
        last("UIS.TRTP.2T3"),
        last("UIS.QUTP.2T3"),
        last("UIS.TATTRR.2T3"),
        last("UIS.SCHBSP.2T3.WCOMPUT"),
        last("UIS.SCHBSP.2T3.WINTERN"),
        last("UIS19.PTRHC.2T3"),
        last("UIS.ICTSKILLCOPI"),
        last("UIS.ICTSKILLCOPI.AG15T24"),
        last("UIS.ICTSKILLCOPI.F"),
        last("UIS.ICTSKILLCOPI.M"),
    ];
    for level in LEVELS {
        picks.extend(level.uis_last.iter().map(|i| last(i)));
        picks.extend(level.uis_two.iter().map(|i| some(i, 2)));
    }
    for code in ["G2", "G3", "PRIMARY", "LOWERSEC"] {
        picks.extend(READINGS.iter().filter(|i| i.ends_with(code)).map(|i| last(i)));
    }
    picks
}

const READINGS: &[&str] = &[
    "UIS.READ.G2",
    "UIS.READ.G3",
    "UIS.READ.PRIMARY",
    "UIS.READ.LOWERSEC",
    "UIS.MATH.G2",
    "UIS.MATH.G3",
    "UIS.MATH.PRIMARY",
    "UIS.MATH.LOWERSEC",
];

/// Series by level; spelt out so that each can be found by its name.
struct LevelPicks {
    uis_last: &'static [&'static str],
    uis_two: &'static [&'static str],
    unsd: &'static [&'static str],
}

const LEVELS: &[LevelPicks] = &[
    LevelPicks {
        uis_last: &[
            "UIS.CR.1",
            "UIS.ROFST.1.CP",
            "UIS.TRTP.1",
            "UIS.QUTP.1",
            "UIS.TATTRR.1",
            "UIS.SCHBSP.1.WELEC",
            "UIS.SCHBSP.1.WINTERN",
            "UIS.SCHBSP.1.WCOMPUT",
            "UIS.SCHBSP.1.WINFSTUDIS",
            "UIS19.ENTRYAGE.1",
            "UIS19.DURATION.1",
            "UIS19.GER.1",
            "UIS19.PTRHC.1",
        ],
        uis_two: &[
            "UIS.CR.1.RUR",
            "UIS.CR.1.URB",
            "UIS.CR.1.Q1",
            "UIS.CR.1.Q2",
            "UIS.CR.1.Q3",
            "UIS.CR.1.Q4",
            "UIS.CR.1.Q5",
            "UIS19.E.1",
            "UIS19.E.1.F",
            "UIS19.T.1",
        ],
        unsd: &[
            "SYB.E.1",
            "SYB.T.1",
            "SYB.GER.1.F",
            "SYB.GER.1.M",
            "SYB.TRTP.1",
            "SYB.SCHBSP.1.WCOMPUT",
        ],
    },
    LevelPicks {
        uis_last: &[
            "UIS.CR.2",
            "UIS.ROFST.2.CP",
            "UIS.TRTP.2",
            "UIS.QUTP.2",
            "UIS.TATTRR.2",
            "UIS.SCHBSP.2.WELEC",
            "UIS.SCHBSP.2.WINTERN",
            "UIS.SCHBSP.2.WCOMPUT",
            "UIS.SCHBSP.2.WINFSTUDIS",
            "UIS19.ENTRYAGE.2",
            "UIS19.DURATION.2",
            "UIS19.GER.2",
            "UIS19.PTRHC.2",
        ],
        uis_two: &[
            "UIS.CR.2.RUR",
            "UIS.CR.2.URB",
            "UIS.CR.2.Q1",
            "UIS.CR.2.Q2",
            "UIS.CR.2.Q3",
            "UIS.CR.2.Q4",
            "UIS.CR.2.Q5",
            "UIS19.E.2",
            "UIS19.E.2.F",
            "UIS19.T.2",
        ],
        unsd: &[
            "SYB.E.2",
            "SYB.T.2",
            "SYB.GER.2.F",
            "SYB.GER.2.M",
            "SYB.TRTP.2",
            "SYB.SCHBSP.2.WCOMPUT",
        ],
    },
    LevelPicks {
        uis_last: &[
            "UIS.CR.3",
            "UIS.ROFST.3.CP",
            "UIS.TRTP.3",
            "UIS.QUTP.3",
            "UIS.TATTRR.3",
            "UIS.SCHBSP.3.WELEC",
            "UIS.SCHBSP.3.WINTERN",
            "UIS.SCHBSP.3.WCOMPUT",
            "UIS.SCHBSP.3.WINFSTUDIS",
            "UIS19.ENTRYAGE.3",
            "UIS19.DURATION.3",
            "UIS19.GER.3",
            "UIS19.PTRHC.3",
        ],
        uis_two: &["UIS19.E.3", "UIS19.E.3.F", "UIS19.T.3"],
        unsd: &[
            "SYB.E.3",
            "SYB.T.3",
            "SYB.GER.3.F",
            "SYB.GER.3.M",
            "SYB.TRTP.3",
            "SYB.SCHBSP.3.WCOMPUT",
        ],
    },
];

fn files() -> Vec<File> {
    let unsd = LEVELS
        .iter()
        .flat_map(|level| level.unsd)
        .map(|i| span(i, 2012, BASE_YEAR))
        .collect();
    let mut desa = vec![span("BIRTHS.T", 2000, 2040)];
    for indicator in ["POP.T", "POP.0509.T", "POP.1014.T", "POP.1519.T"] {
        desa.push(span(indicator, 2010, 2040));
    }
    for indicator in ["POP.0509.F", "POP.1014.F", "POP.1519.F"] {
        desa.push(span(indicator, 2015, 2025));
    }
    let wdi = vec![
        span("SE.PRM.ENRR", 2010, BASE_YEAR),
        span("SE.SEC.ENRR", 2010, BASE_YEAR),
        last("SE.PRM.CMPT.ZS"),
        some("SE.PRM.REPT.FE.ZS", 2),
        some("SE.PRM.REPT.MA.ZS", 2),
        last("SE.PRM.TCAQ.ZS"),
        last("SE.PRM.ENRL.TC.ZS"),
        last("SE.XPD.TOTL.GD.ZS"),
        last("SP.RUR.TOTL.ZS"),
        last("NY.GDP.MKTP.CD"),
        last("NY.GDP.PCAP.CD"),
        span("PA.NUS.FCRF", 2010, BASE_YEAR),
        last("PA.NUS.PPPC.RF"),
        last("GC.REV.XGRT.GD.ZS"),
        last("EG.ELC.ACCS.ZS"),
    ];
    vec![
        File { name: "un_desa", inputs: &["population_wpp2024.csv"], picks: desa, licence: "\
Publisher: United Nations, Department of Economic and Social Affairs, Population Division
Work: World Population Prospects 2024, medium variant
Licence: Creative Commons Attribution 3.0 IGO (CC BY 3.0 IGO)
Attribution: United Nations, DESA, Population Division (2024). World Population Prospects 2024.
Taken: live births 2000-2040, total population and population aged 5-9, 10-14 and 15-19 2010-2040, female of these ages 2015-2025
Released: July 2024
Origin: github:open-numbers/ddf--gapminder--unpop_wpp@adc6d32; github:PPgp/wpp2024extra@c780ab1; github:PPgp/wpp2024@2da7768
Changes: selection only; counts by sex are the published share of that sex times the published total of that sex
" },
        File { name: "uis", inputs: &["education_uis.csv", "education_counts.csv"], picks: uis(), licence: "\
Publisher: UNESCO Institute for Statistics (UIS)
Work: SDG 4 national data, September 2024 release (source uis_sdg_202409); Education full dataset, February 2019 release (source uis_201902)
Licence: Creative Commons Attribution-ShareAlike 3.0 IGO (CC BY-SA 3.0 IGO); a database derived from this file carries the same licence
Attribution: UNESCO Institute for Statistics (UIS), http://data.uis.unesco.org
Taken: the latest value at or before 2026 (two or three where years must match) of completion, out-of-school, intake to the last grade, trained and qualified teachers, attrition, 4.a.1, 4.1.1, one activity of 4.4.1, finance; entry ages, durations and counts by sex from the older release
Released: 2024 and 2019
Origin: github:open-numbers/ddf--unesco--education@9ebe820; github:open-numbers/ddf--uis--stats@6fc5662
Changes: selection only; the mirror had dropped magnitude and qualifier flags, so a 0 may mean nil or not applicable
" },
        File { name: "unsd", inputs: &["education_counts.csv"], picks: unsd, licence: "\
Publisher: United Nations Statistics Division
Work: Statistical Yearbook, 67th issue (November 2024), tables 309, 323 and 245; original data UNESCO Institute for Statistics
Licence: UNdata terms: free to copy and redistribute with citation; the underlying UIS data are CC BY-SA 3.0 IGO
Attribution: United Nations Statistics Division, Statistical Yearbook 2024; UNESCO Institute for Statistics (UIS)
Taken: pupils (thousands), teachers, gross enrolment ratios by sex, teachers with minimum qualifications, schools with computers, from 2012
Released: November 2024
Origin: github:Cfg-data/final-project@a514360 data/raw
Changes: selection only
" },
        File { name: "world_bank", inputs: &["macro_wdi.csv"], picks: wdi, licence: "\
Publisher: The World Bank
Work: World Development Indicators (2026 updates)
Licence: Creative Commons Attribution 4.0 (CC BY 4.0)
Attribution: The World Bank, World Development Indicators
Taken: the latest value at or before 2026 (a few where years must match) of enrolment, intake to the last grade, repetition, education spending, GDP, price level, revenue, rural population, access to electricity; exchange rates from 2010
Released: July 2026
Origin: github:datasets/world-development-indicators@4ebec5a
Changes: selection only
" },
        File { name: "restricted/itu", inputs: &["telecom_itu.csv"], picks: vec![last("ITU.COV.4G")], licence: "\
Publisher: International Telecommunication Union (ITU)
Work: ITU DataHub, export of December 2025
Licence: Creative Commons Attribution-NonCommercial-ShareAlike 3.0 IGO (CC BY-NC-SA 3.0 IGO): not for commercial use
Attribution: International Telecommunication Union (ITU), DataHub
Taken: the latest share of the population covered by at least 4G
Released: December 2025
Origin: github:DenSkrytskyi/giga-school-connectivity-analysis@da8add4 data/raw
Changes: selection only
" },
        File { name: "restricted/imf", inputs: &["macro_weo.csv"], picks: vec![span("WEO.NGDPD", 2025, 2025), span("WEO.NGDP_RPCH", 2025, 2031), span("WEO.GGR_NGDP", 2025, 2025)], licence: "\
Publisher: International Monetary Fund (IMF)
Work: World Economic Outlook database, April 2026
Licence: IMF data terms: free use with attribution; not Creative Commons, check before sublicensing
Attribution: International Monetary Fund, World Economic Outlook Database, April 2026
Taken: GDP in US dollars 2025, real GDP growth 2025-2031 (projections), general government revenue 2025
Released: April 2026
Origin: github:micomrkaic/tea@a3bfc2a data/weo.csv
Changes: selection only; the mirror rounds to three decimals
" },
        File { name: "restricted/global_data_lab", inputs: &["household_ict.csv"], picks: vec![some("GDL.ELECTR.RUR", 2), some("GDL.ELECTR.URB", 2)], licence: "\
Publisher: Global Data Lab, Radboud University
Work: Area Database v4.1 (2022), from DHS, MICS and similar surveys
Licence: Global Data Lab terms: free use with citation; check before redistribution
Attribution: Smits, J., Global Data Lab Area Database v4.1, https://globaldatalab.org
Taken: the two latest shares of households with electricity, rural and urban
Released: 2022
Origin: github:open-numbers/ddf--gdl--area_db@0c02e43
Changes: selection only
" },
    ]
}

/// Values of one series of one country: year, value as published, source.
type Series = BTreeMap<i32, (String, String)>;
/// Country and indicator to series.
type Table = BTreeMap<(String, String), Series>;

fn main() -> Result<(), Failure> {
    let input = std::env::args()
        .nth(1)
        .ok_or("say where the published tables are: make_pack -- INPUT_FOLDER")?;
    let input = Path::new(&input);
    let output = Path::new("assets/data");
    fs::create_dir_all(output.join("restricted"))?;
    let incomes = countries(input, output)?;
    let mut used = Vec::new();
    for file in files() {
        let table = gather(input, &file, &incomes)?;
        let mut text = String::from("iso3,indicator,source,values\n");
        for ((iso3, indicator), series) in &table {
            let source = &series.values().next_back().ok_or("an empty series")?.1;
            let values: Vec<String> = series
                .iter()
                .map(|(year, (value, _))| format!("{year}:{value}"))
                .collect();
            writeln!(text, "{iso3},{indicator},{source},{}", values.join(" "))?;
        }
        write(output, file.name, &text, file.licence)?;
        used.extend(file.picks.iter().map(|pick| pick.indicator.to_owned()));
        if file.name == "uis" {
            medians(&table, &incomes, output)?;
        }
    }
    dictionary(input, output, &used)
}

fn write(output: &Path, name: &str, text: &str, licence: &str) -> Result<(), Failure> {
    fs::write(output.join(format!("{name}.csv")), text)?;
    fs::write(output.join(format!("{name}.LICENCE.txt")), licence)?;
    println!(
        "{name}.csv: {} rows, {} KiB",
        text.lines().count() - 1,
        text.len() / 1024
    );
    Ok(())
}

/// Countries with their income group; `countries.csv` keeps what a baseline or a search by name needs.
fn countries(input: &Path, output: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let mut rows = BTreeMap::new();
    let mut reader = csv::Reader::from_path(input.join("countries.csv"))?;
    let headers = reader.headers()?.clone();
    let column = |name: &str| {
        headers
            .iter()
            .position(|h| h == name)
            .ok_or(format!("countries.csv has no column {name}"))
    };
    let columns = [
        "iso3",
        "name",
        "un_subregion",
        "wb_income_fy26",
        "wb_lending_fy26",
        "ldc",
        "sids",
    ]
    .map(column);
    for record in reader.records() {
        let record = record?;
        let mut cells = Vec::new();
        for column in &columns {
            cells.push(record.get(column.clone()?).unwrap_or_default().to_owned());
        }
        rows.insert(cells[0].clone(), cells);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["iso3", "name", "subregion", "income", "lending", "ldc", "sids"])?;
    for cells in rows.values() {
        writer.write_record(cells)?;
    }
    let text = String::from_utf8(writer.into_inner()?)?;
    write(output, "countries", &text, "\
Publisher: United Nations Statistics Division (M49 regions, LDC, SIDS); the World Bank (income groups and lending categories, FY2026)
Licence: facts of the UN M49 standard; World Bank country classification CC BY 4.0
Attribution: United Nations Statistics Division, M49 standard; the World Bank, country and lending groups FY2026
Taken: names, subregions, income group, lending category, LDC and SIDS flags
Released: M49 list of May 2021 with two graduations from the LDC group set by hand (Bhutan, Sao Tome and Principe); FY2026 groups
Origin: github:caldwellst/whoville@fc03cb6; github:GPID-WB/Class@81d5fcb
Changes: selection only; spelling of names as in the M49 list
")?;
    Ok(rows.into_iter().map(|(iso3, cells)| (iso3, cells[3].clone())).collect())
}

fn gather(input: &Path, file: &File, countries: &BTreeMap<String, String>) -> Result<Table, Failure> {
    let picks: BTreeMap<&str, &Pick> = file.picks.iter().map(|pick| (pick.indicator, pick)).collect();
    let mut table = Table::new();
    for name in file.inputs {
        for record in csv::Reader::from_path(input.join(name))?.records() {
            let record = record?;
            let cell = |index: usize| record.get(index).unwrap_or_default();
            let Some(pick) = picks.get(cell(1)) else { continue };
            let year: i32 = cell(2).parse()?;
            if year < pick.years.0 || year > pick.years.1 || cell(3).is_empty() || !countries.contains_key(cell(0)) {
                continue;
            }
            let value: f64 = cell(3).parse()?;
            let series = table.entry((cell(0).to_owned(), cell(1).to_owned())).or_default();
            series.insert(year, (format!("{value}"), cell(5).to_owned()));
        }
    }
    for ((_, indicator), series) in &mut table {
        while series.len() > picks[indicator.as_str()].latest {
            series.pop_first();
        }
    }
    Ok(table)
}

/// Median and quartiles of 4.a.1 by income group, for stand-in P4: schools with a value of 2015 or later.
fn medians(table: &Table, incomes: &BTreeMap<String, String>, output: &Path) -> Result<(), Failure> {
    let mut values: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for ((iso3, indicator), series) in table {
        let wanted = indicator.starts_with("UIS.SCHBSP.") || indicator.starts_with("UIS19.PTRHC.");
        let Some((year, (value, _))) = series.last_key_value() else {
            continue;
        };
        if !wanted || *year < 2015 {
            continue;
        }
        let value: f64 = value.parse()?;
        let income = incomes.get(iso3).filter(|income| !income.is_empty());
        for group in income.into_iter().map(String::as_str).chain(["All countries"]) {
            values
                .entry((group.to_owned(), indicator.clone()))
                .or_default()
                .push(value);
        }
    }
    let mut text = String::from("income,indicator,countries,lower_quartile,median,upper_quartile\n");
    for ((group, indicator), mut list) in values {
        list.sort_by(f64::total_cmp);
        let [low, middle, high] = [0.25, 0.5, 0.75].map(|share| quantile(&list, share));
        writeln!(text, "{group},{indicator},{},{low},{middle},{high}", list.len())?;
    }
    write(output, "medians", &text, "\
Publisher: computed for this project from data of the UNESCO Institute for Statistics (see uis.LICENCE.txt)
Licence: Creative Commons Attribution-ShareAlike 3.0 IGO (CC BY-SA 3.0 IGO)
Attribution: computed from UNESCO Institute for Statistics (UIS), SDG 4 national data, September 2024 release, and Education full dataset, February 2019; income groups of the World Bank, FY2026
Taken: median and quartiles over countries, by income group, of schools with electricity, internet and computers (4.a.1) and of pupils per teacher; the latest value of each country, 2015 or later
Released: 2024
Origin: uis.csv and countries.csv of this folder
Changes: quartiles by linear interpolation between ordered values, countries weighted alike
")
}

/// Quantile of an ordered list, by linear interpolation, to two decimals.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]
fn quantile(ordered: &[f64], share: f64) -> f64 {
    let place = share * (ordered.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(ordered.len() - 1);
    let value = ordered[below] + (ordered[above] - ordered[below]) * (place - place.floor());
    (value * 100.0).round() / 100.0
}

/// Names and units of the series that the pack holds, and the sources by their ids.
fn dictionary(input: &Path, output: &Path, used: &[String]) -> Result<(), Failure> {
    let mut names = BTreeMap::new();
    for record in csv::Reader::from_path(input.join("indicators.csv"))?.records() {
        let record = record?;
        let cell = |index: usize| record.get(index).unwrap_or_default().to_owned();
        if used.contains(&cell(0)) {
            names.insert(cell(0), [cell(0), cell(1), cell(3)]);
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["indicator", "name", "unit"])?;
    for cells in names.values() {
        writer.write_record(cells)?;
    }
    let own = "Publisher: this project\nLicence: as the project\nTaken: names, units and ids that describe the other files of this folder\n";
    write(output, "indicators", &String::from_utf8(writer.into_inner()?)?, own)?;

    let mut sources = BTreeMap::new();
    for record in csv::Reader::from_path(input.join("sources.csv"))?.records() {
        let record = record?;
        let cell = |index: usize| record.get(index).unwrap_or_default().to_owned();
        let kept = ["wpp", "uis", "un_", "wdi", "wb_class", "imf", "itu", "gdl"];
        if kept.iter().any(|start| cell(0).starts_with(start)) {
            sources.insert(cell(0), [cell(0), cell(1), cell(3)]);
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["source", "publisher", "licence"])?;
    for cells in sources.values() {
        writer.write_record(cells)?;
    }
    write(output, "sources", &String::from_utf8(writer.into_inner()?)?, own)?;
    write(output, "pack", "key,value\ndate,2026-11-21\nbase_year,2026\n", own)
}
