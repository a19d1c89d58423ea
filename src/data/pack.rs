//! The data pack: published figures by country, embedded in the program.
//!
//! Each table has one row per country and series, sorted by country: `iso3,indicator,source,values`, where values are
//! `year:value` pairs as published, in the publisher's unit. Only the rows of the country that is asked for are read.

use std::collections::BTreeMap;

use super::embedded::TABLES;

/// A published value.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The value, in the publisher's unit (percent, thousand pupils, ...).
    pub value: f64,
    /// Its year.
    pub year: i32,
    /// Id of its source, explained by [`Pack::sources`].
    pub source: String,
}

impl Observation {
    /// The same observation with another value, for a change of unit.
    #[must_use]
    pub fn times(&self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            ..self.clone()
        }
    }
}

/// One published series of one country.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Id of its source.
    pub source: String,
    /// Years and values, in order of year.
    pub values: Vec<(i32, f64)>,
}

/// All that the pack knows of one country.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    series: BTreeMap<String, Series>,
}

impl Records {
    /// The latest value of a series.
    #[must_use]
    pub fn latest(&self, indicator: &str) -> Option<Observation> {
        let series = self.series.get(indicator)?;
        series.values.last().map(|pair| series.observe(*pair))
    }

    /// The value of a series in one year.
    #[must_use]
    pub fn in_year(&self, indicator: &str, year: i32) -> Option<Observation> {
        let series = self.series.get(indicator)?;
        series
            .values
            .iter()
            .find(|pair| pair.0 == year)
            .map(|pair| series.observe(*pair))
    }

    /// The value of the year nearest to a wanted one; of two years as near, the later.
    #[must_use]
    pub fn nearest(&self, indicator: &str, year: i32) -> Option<Observation> {
        let series = self.series.get(indicator)?;
        series
            .values
            .iter()
            .rev()
            .min_by_key(|pair| (pair.0 - year).abs())
            .map(|pair| series.observe(*pair))
    }

    /// The latest year in which all of several series have a value, with the values in the same order.
    #[must_use]
    pub fn together(&self, indicators: &[&str]) -> Option<Vec<Observation>> {
        let years = self
            .series
            .get(*indicators.first()?)?
            .values
            .iter()
            .rev()
            .map(|pair| pair.0);
        years.into_iter().find_map(|year| {
            indicators
                .iter()
                .map(|indicator| self.in_year(indicator, year))
                .collect()
        })
    }

    /// A whole series.
    #[must_use]
    pub fn series(&self, indicator: &str) -> Option<&Series> {
        self.series.get(indicator)
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.series.is_empty()
    }
}

impl Series {
    fn observe(&self, (year, value): (i32, f64)) -> Observation {
        Observation {
            value,
            year,
            source: self.source.clone(),
        }
    }
}

/// Median and quartiles of a series over the countries of an income group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Median {
    /// Number of countries.
    pub countries: u32,
    /// Lower quartile, median and upper quartile, in the publisher's unit.
    pub quartiles: [f64; 3],
}

/// Where values come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceName {
    /// Id used in passports.
    pub id: String,
    /// Publisher and work.
    pub publisher: String,
    /// Licence.
    pub licence: String,
}

struct Table {
    name: &'static str,
    restricted: bool,
    text: &'static str,
}

/// The embedded tables.
pub struct Pack {
    tables: Vec<Table>,
}

impl Pack {
    /// The pack inside this program.
    #[must_use]
    pub fn embedded() -> Self {
        let tables: Vec<_> = TABLES
            .iter()
            .map(|&(name, restricted, text)| Table { name, restricted, text })
            .collect();
        Self { tables }
    }

    /// Date on which the tables were compiled, as `2026-11-21`.
    #[must_use]
    pub fn date(&self) -> String {
        self.rows("pack.csv")
            .iter()
            .find(|row| &row[0] == "date")
            .map_or_else(|| "none".into(), |row| cell(row, 1))
    }

    /// Sources by id.
    #[must_use]
    pub fn sources(&self) -> Vec<SourceName> {
        self.rows("sources.csv")
            .iter()
            .map(|row| SourceName {
                id: cell(row, 0),
                publisher: cell(row, 1),
                licence: cell(row, 2),
            })
            .collect()
    }

    /// Everything known of one country; `open_only` leaves out what has a restricted licence.
    #[must_use]
    pub fn records(&self, iso3: &str, open_only: bool) -> Records {
        let mut records = Records::default();
        for table in self.tables.iter().filter(|table| !(open_only && table.restricted)) {
            if !table.text.starts_with("iso3,indicator,") {
                continue;
            }
            for row in read_rows(block(table.text, iso3)) {
                let values = row.get(3).unwrap_or_default().split(' ').filter_map(|pair| {
                    let (year, value) = pair.split_once(':')?;
                    Some((year.parse().ok()?, value.parse().ok()?))
                });
                records.series.insert(
                    cell(&row, 1),
                    Series {
                        source: cell(&row, 2),
                        values: values.collect(),
                    },
                );
            }
        }
        records
    }

    /// Median of a series over an income group; over all countries if the group has fewer than five with a value.
    /// With it comes the name of the group that was used.
    #[must_use]
    pub fn median(&self, income: &str, indicator: &str) -> Option<(String, Median)> {
        let rows = self.rows("medians.csv");
        [income, "All countries"].into_iter().find_map(|group| {
            let row = rows.iter().find(|row| &row[0] == group && &row[1] == indicator)?;
            let number = |index: usize| row.get(index)?.parse::<f64>().ok();
            let countries = row.get(2)?.parse().ok().filter(|count| *count >= 5)?;
            Some((
                group.to_owned(),
                Median {
                    countries,
                    quartiles: [number(3)?, number(4)?, number(5)?],
                },
            ))
        })
    }

    pub(super) fn rows(&self, name: &str) -> Vec<csv::StringRecord> {
        self.tables
            .iter()
            .find(|table| table.name == name)
            .map_or_else(Vec::new, |table| {
                let body = table.text.split_once('\n').map_or("", |(_, body)| body);
                read_rows(body)
            })
    }
}

fn read_rows(text: &str) -> Vec<csv::StringRecord> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes())
        .records()
        .filter_map(Result::ok)
        .collect()
}

pub(super) fn cell(row: &csv::StringRecord, index: usize) -> String {
    row.get(index).unwrap_or_default().to_owned()
}

/// The lines of one country in a table that is sorted by country.
fn block<'a>(text: &'a str, iso3: &str) -> &'a str {
    let Some(start) = text.find(&format!("\n{iso3},")) else {
        return "";
    };
    let rest = &text[start + 1..];
    let own = rest
        .split_inclusive('\n')
        .take_while(|line| line.split(',').next() == Some(iso3));
    &rest[..own.map(str::len).sum()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::country_names;
    use crate::scenario::citations::CITATIONS;

    #[test]
    fn a_block_is_the_lines_of_one_country() {
        let text = "iso3,indicator,source,values\nSEN,A,x,2020:1\nSEN,B,x,2020:2\nSENX,A,x,2020:3\n";
        assert_eq!(block(text, "SEN"), "SEN,A,x,2020:1\nSEN,B,x,2020:2\n");
        assert_eq!(block(text, "SE"), "");
    }

    #[test]
    fn values_are_looked_up_by_year() {
        let mut records = Records::default();
        let series = |values: &[(i32, f64)]| Series {
            source: "x".into(),
            values: values.to_vec(),
        };
        records
            .series
            .insert("A".into(), series(&[(2015, 1.0), (2019, 2.0), (2022, 3.0)]));
        records.series.insert("B".into(), series(&[(2015, 4.0), (2019, 5.0)]));
        assert_eq!(records.latest("A").map(|o| o.year), Some(2022));
        assert_eq!(records.nearest("A", 2017).map(|o| o.year), Some(2019));
        let both = records.together(&["A", "B"]).expect("2019");
        assert_eq!((both[0].year, both[0].value, both[1].value), (2019, 2.0, 5.0));
    }

    #[test]
    fn published_figures_are_found() {
        let pack = Pack::embedded();
        if country_names::all().is_empty() {
            return; // a build without the tables
        }
        for source in pack.sources() {
            let known = CITATIONS.iter().any(|citation| citation.code == source.id);
            assert!(known, "{} has no name", source.id);
        }
        let records = pack.records("SEN", true);
        // UN Statistical Yearbook 67: 2,321 thousand primary pupils in 2022.
        assert_eq!(records.in_year("SYB.E.1", 2022).map(|o| o.value), Some(2321.0));
        assert!(records.latest("ITU.COV.4G").is_none(), "restricted");
    }
}
