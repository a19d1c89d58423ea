//! What a source is called by people: publisher, title, year and link for the short codes that files and defaults carry,
//! and what our own stand-ins assume, in words.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::field::RULE;
use super::messages::{self, Message, Templates};
use super::quantity::Passport;

/// A published source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Code in files and defaults; `evidence X` where it starts with a capital letter.
    pub code: &'static str,
    /// Who published it.
    pub publisher: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Year, as printed on it.
    pub year: &'static str,
    /// Where it is found; empty where it is a judgement of ours.
    pub link: &'static str,
}

impl Citation {
    /// `World Bank, World Development Indicators, July 2026`: titles of others as they stand, words of ours and the
    /// date in a language.
    #[must_use]
    pub fn name(&self, templates: &Templates) -> String {
        let mut name = format!("{}, {}", self.publisher, own_words(self.title, templates));
        if !self.year.is_empty() {
            let _ = write!(name, ", {}", own_words(self.year, templates));
        }
        name
    }
}

const fn cite(
    code: &'static str,
    publisher: &'static str,
    title: &'static str,
    year: &'static str,
    link: &'static str,
) -> Citation {
    Citation {
        code,
        publisher,
        title,
        year,
        link,
    }
}

/// Who made what nobody has published.
const OURS: &str = "Rollcall";

/// All sources that have a code.
pub const CITATIONS: &[Citation] = &[
    // Data pack
    cite(
        "gdl_area_v41",
        "Global Data Lab",
        "Area Database 4.1",
        "2022",
        "https://globaldatalab.org/areadata/",
    ),
    cite(
        "imf_weo_202604",
        "International Monetary Fund",
        "World Economic Outlook database",
        "April 2026",
        "https://www.imf.org/en/Publications/WEO",
    ),
    cite(
        "itu_datahub_202512",
        "International Telecommunication Union",
        "ITU DataHub",
        "December 2025",
        "https://datahub.itu.int",
    ),
    cite(
        "uis_201902",
        "UNESCO Institute for Statistics",
        "Education full dataset",
        "February 2019",
        "http://data.uis.unesco.org",
    ),
    cite(
        "uis_sdg_202409",
        "UNESCO Institute for Statistics",
        "SDG 4 national data",
        "September 2024",
        "http://data.uis.unesco.org",
    ),
    cite(
        "un_m49_lists",
        "United Nations Statistics Division",
        "M49 standard",
        "May 2021",
        "https://unstats.un.org/unsd/methodology/m49/",
    ),
    cite(
        "un_syb67_202411",
        "United Nations Statistics Division",
        "Statistical Yearbook 67",
        "November 2024",
        "https://unstats.un.org/unsd/publications/statistical-yearbook/",
    ),
    cite(
        "wb_class",
        "World Bank",
        "Country and lending groups",
        "FY2026",
        "https://datahelpdesk.worldbank.org/knowledgebase/articles/906519",
    ),
    cite(
        "wdi_202607",
        "World Bank",
        "World Development Indicators",
        "July 2026",
        "https://databank.worldbank.org/source/world-development-indicators",
    ),
    cite(
        "wpp2024_gapminder",
        "United Nations DESA",
        "World Population Prospects",
        "2024",
        "https://population.un.org/wpp/",
    ),
    cite(
        "wpp2024_gapminder_derived",
        "United Nations DESA",
        "World Population Prospects",
        "2024",
        "https://population.un.org/wpp/",
    ),
    cite(
        "wpp2024_ppgp",
        "United Nations DESA",
        "World Population Prospects",
        "2024",
        "https://population.un.org/wpp/",
    ),
    // Evidence on costs
    cite(
        "A3",
        "UNICEF and ITU",
        "Giga open cost model and Connectivity Planning Platform",
        "2023",
        "https://github.com/unicef/giga-open-cost-model",
    ),
    cite(
        "A1.7",
        "UNICEF",
        "How Much Does Universal Digital Learning Cost?",
        "2021",
        "https://www.unicef.org/innocenti/reports/how-much-does-universal-digital-learning-cost",
    ),
    cite(
        "A1.8",
        "World Bank",
        "Financing EdTech (Antunes de Carvalho, Lee, Byanjeru), with UNICEF's estimate of a learner and year",
        "2025",
        "https://openknowledge.worldbank.org/entities/publication/ad56955d-d64b-4271-89d4-5c6166dd29c3",
    ),
    cite(
        "A4.10",
        "NXplorer",
        "Pioneering global education funding model launches in Sierra Leone",
        "2022",
        "https://nxplorer.net/pioneering-global-education-funding-model-launches-in-sierra-leone-helping-over-130000-students-improve-their-outcomes/",
    ),
    cite(
        "A4.2",
        "ACM TechNews",
        "Uruguay's One Laptop per Child Program: Impact and Numbers",
        "2013",
        "https://acmwebvm01.acm.org/news/163183-uruguays-one-laptop-per-child-program-impact-and-numbers/fulltext",
    ),
    cite(
        "A4.5",
        "ICT Authority of Kenya",
        "Project update on the Digital Literacy Programme",
        "2021",
        "https://icta.go.ke/project-update-on-the-digital-literacy-programme-dlp-feb-2021/",
    ),
    cite(
        "A4.6",
        "Global Partnership for Education",
        "Improving foundational learning using technology in Malawi",
        "2025",
        "https://www.globalpartnership.org/blog/improving-foundational-learning-using-technology-malawi-role-data-evidence-and-partnerships",
    ),
    cite(
        "A5",
        "Vital Wave Consulting",
        "Affordable Computing for Schools in Developing Countries",
        "2008",
        "https://docslib.org/doc/2677130/affordable-computing-for-schools-in-developing-countries-a-total-cost-of-ownership-tco-model-for-education-officials",
    ),
    cite(
        "B1",
        OURS,
        "prices of devices, from Education Week, Vital Wave and our own judgement",
        "2023",
        "https://www.edweek.org/technology/chromebooks-short-lifespan-costs-schools-billions-of-dollars-report-finds/2023/04",
    ),
    cite(
        "B2",
        OURS,
        "loss and repair of school computers, from reports on Uruguay, Costa Rica and the United States",
        "2010 to 2014",
        "http://www.olpcnews.com/countries/uruguay/xo_breakage_rates_in_uruguay.html",
    ),
    cite(
        "B2.3",
        "SciDev.Net",
        "One in every four OLPC laptops in Uruguay is not working",
        "2010",
        "http://www.scidev.net/en/news/one-in-every-four-olpc-laptops-in-uruguay-is-not-working.html",
    ),
    cite(
        "B3",
        OURS,
        "power drawn by devices and their end of life, our own judgement",
        "",
        "",
    ),
    cite(
        "C1",
        "UNICEF and ITU (Giga)",
        "planning floor of a school's bandwidth",
        "2023",
        "https://github.com/unicef/giga-open-cost-model",
    ),
    cite(
        "C2",
        "UNICEF and ITU (Giga)",
        "country configurations, with ranges by our own judgement",
        "2023",
        "https://github.com/unicef/giga-open-cost-model",
    ),
    cite(
        "D1",
        "International Rescue Committee",
        "Cost efficiency: teacher professional development",
        "",
        "https://www.rescue.org/report/cost-efficiency-teacher-professional-development",
    ),
    cite(
        "D2",
        "Childhood Cost Data",
        "TPD@Scale pilot in Ghana",
        "",
        "https://childhoodcostdata.org/cost-data-explorer/ghana",
    ),
    cite(
        "D11",
        OURS,
        "hours of training for a level of the ICT-CFT, our own judgement",
        "",
        "",
    ),
    cite("D12", OURS, "decay of a trained skill, our own judgement", "", ""),
    // Evidence on learning
    cite(
        "E",
        OURS,
        "rule of production, from trials of technology in education",
        "",
        "",
    ),
    cite(
        "E5",
        "Educational Initiatives",
        "price of Mindspark at scale",
        "2020",
        "https://blog.ei-india.com/2020/10/19/how-can-ed-tech-solve-the-primary-education-problem-in-india/",
    ),
    cite(
        "E18",
        "UNESCO",
        "Global Education Monitoring Report: Technology in education",
        "2023",
        "https://gem-report-2023.unesco.org/",
    ),
    // Evidence on money
    cite(
        "G1",
        "OECD and World Bank (IDA)",
        "definition of aid, lending rates and fees",
        "2025",
        "https://treasury.worldbank.org/en/about/unit/treasury/ida-financial-products/lending-rates-and-fees",
    ),
    cite(
        "G2",
        "GSMA",
        "re-evaluation of universal service fund levies",
        "2013",
        "https://www.gsma.com/newsroom/press-release/gsma-calls-for-re-evaluation-and-reduction-of-the-universal-service-fund-levy/",
    ),
    cite(
        "M2.14",
        "BCG and ITU",
        "School connectivity: community revenue and a one-off subsidy",
        "2021",
        "http://iicf.or.id/news/school-connectivity-equips-learners-for-education-work-and-life.html",
    ),
    cite(
        "G2.1",
        "MIGA",
        "Innovative finance for education: how Côte d'Ivoire's debt swap is creating new opportunities",
        "2024",
        "https://www.miga.org/brief/innovative-finance-education-how-cote-divoires-debt-swap-creating-new-opportunities",
    ),
    cite(
        "G2.2",
        "Global Partnership for Education",
        "Turning debt payments into financing for education: leveraging GPE's Debt2Ed in Côte d'Ivoire",
        "2024",
        "https://globalpartnership.org/blog/turning-debt-payments-financing-education-leveraging-gpes-debt2ed-cote-divoire",
    ),
    cite(
        "G2.3",
        "International Finance Facility for Education",
        "How does it work",
        "2024",
        "https://iff-education.org/how-does-it-work/",
    ),
    cite(
        "G3",
        "Global Partnership for Education",
        "engagement in domestic financing of education",
        "",
        "https://www.globalpartnership.org/content/policy-brief-gpes-engagement-domestic-financing-education",
    ),
    cite(
        "H",
        "USAID",
        "education cost measurement toolkit, with ranges by our own judgement",
        "2021",
        "https://www.edu-links.org/resources/usaid-education-cost-measurement-toolkit",
    ),
    // Peers' reference parameters
    cite(
        "M1.1",
        "DPL News",
        "Conectar escolas públicas do Brasil custa até R$ 11 bilhões",
        "2022",
        "https://dplnews.com/conectar-escolas-publicas-do-brasil-custa-ate-r-11-bilhoes",
    ),
    cite(
        "M1.2",
        "DPL News",
        "Apenas 11 % das escolas cumprem meta de 1 Mbps de velocidade",
        "",
        "https://dplnews.com/apenas-11-das-escolas-cumprem-meta-de-1-mbps-de-velocidade",
    ),
    cite(
        "M1.7",
        "European Commission",
        "2nd Survey of Schools: ICT in Education, highly equipped and connected classroom",
        "2019",
        "https://biblio.ontsi.red.es/cgi-bin/koha/opac-export.pl?op=export&bib=4937&format=ris",
    ),
    cite(
        "M2",
        OURS,
        "price of a school's managed link, from tenders in Sierra Leone, Rwanda, the Philippines and Chile",
        "2021 to 2025",
        "https://giga.global/?p=6885",
    ),
    cite(
        "M3.1",
        "Setelagoas.com.br",
        "Governo de Minas anuncia programa Wi-Fi nas Escolas",
        "2023",
        "https://setelagoas.com.br/noticias/regiao/90469-governo-de-minas-anuncia-programa-wi-fi-nas-escolas-para-todo-o-estado",
    ),
    cite(
        "M3.6",
        "Ministry of Education of India",
        "ICT under Samagra Shiksha",
        "",
        "https://dsel.education.gov.in/scheme/ict-samagra",
    ),
    cite(
        "M4",
        OURS,
        "prices of devices in tenders, from the Dominican Republic, the Philippines, Rwanda and Bangladesh",
        "2021 to 2024",
        "https://allafrica.com/stories/202405060150.html",
    ),
    cite(
        "M4.8",
        "Gartner, in Tom's Hardware",
        "2026 will bring sharpest PC declines in over a decade",
        "2026",
        "https://www.tomshardware.com/tech-industry/2026-will-bring-sharpest-pc-declines-in-over-a-decade",
    ),
    cite(
        "M4.9",
        "The East African",
        "Rwanda private sector laptop project",
        "2017",
        "http://www.theeastafrican.co.ke/rwanda/Business/Rwanda-private-sector-laptop-project-/1433224-4201528-4wr1g9/index.html",
    ),
    cite(
        "M5.3",
        "Teacher News",
        "RC 375: unit cost for Andhra Pradesh, primary",
        "2015",
        "https://teachernews.in/rc-375-unit-cost-for-ap-primary/",
    ),
    cite(
        "M6.2",
        "BusinessWorld",
        "Computerization fund falls short",
        "2025",
        "https://www.bworldonline.com/the-nation/2025/01/15/647022/computerization-fund-falls-short/",
    ),
    cite(
        "M6.4",
        "UNESCO Institute for Statistics",
        "cost of monitoring SDG 4, as quoted by others",
        "",
        "https://www.scribd.com/document/546239456/SATHIYA-XEA",
    ),
    cite(
        "M6.6",
        "The Star, Kenya",
        "Education ministry declares 1,000 ICT internship vacancies",
        "2025",
        "https://www.the-star.co.ke/news/2025-06-03-education-ministry-declares-1000-ict-internship-vacancies",
    ),
    cite(
        "M8.1",
        "Frontiers in Public Health",
        "Children with disabilities, after UNICEF",
        "2022",
        "https://frontiersin.org/articles/10.3389/fpubh.2022.977453/full",
    ),
    cite(
        "M8.2",
        "Republika",
        "Another devastating figures in Macedonia: 9 % of children aged 2 to 17 have anxiety, 2 % suffer from sadness or depression",
        "",
        "https://english.republika.mk/news/macedonia/another-devastating-figures-in-macedonia-9-of-children-aged-2-17-have-anxiety-2-suffer-from-sadness-or-depression/",
    ),
    cite(
        "M8.3",
        OURS,
        "difficulties of the senses and of moving, from memory",
        "",
        "",
    ),
    cite(
        "M8.5",
        "UNICEF",
        "UNICEF to introduce 24 new assistive products in its global supply catalogue",
        "2021",
        "https://www.unicef.org/supply/stories/unicef-introduce-24-new-assistive-products-global-supply-catalogue?ref=disabilitydebrief.org",
    ),
    cite(
        "M8.8",
        "UNICEF",
        "UNICEF supplies hundreds of children with life-changing hearing aids",
        "2022",
        "https://www.unicef.org/supply/stories/unicef-supplies-hundreds-children-life-changing-hearing-aids",
    ),
    cite(
        "M8.9",
        "Clinton Health Access Initiative",
        "Assistive products market report",
        "2024",
        "https://clintonhealthaccess.org/wp-content/uploads/2024/09/HTML_ASSISTIVE-PRODUCTS-MARKET-REPORT-2024.zip",
    ),
    cite(
        "M8.10",
        "National Federation of the Blind",
        "Braille Monitor: low-cost braille displays",
        "2019",
        "https://nfb.org/images/nfb/publications/bm/bm19/bm1910/bm191010.htm",
    ),
    cite(
        "M8.14",
        "The Education India",
        "Samagra Shiksha takes education to the home of disabled",
        "2019",
        "https://theeducationindia.com/new/samagra-shiksha-takes-education-to-the-home-of-disabled",
    ),
    cite(
        "M8.15",
        "Education News Kenya",
        "Government to disburse capitation funds as one bundle",
        "2023",
        "https://educationnews.co.ke/govt-to-disburse-capitation-funds-as-one-bundle-from-july",
    ),
    cite(
        "M9.1",
        "Osiris",
        "Le Sénégal dévoile une stratégie à 206 millions de dollars pour numériser l'éducation",
        "2025",
        "https://osiris.sn/le-senegal-devoile-une-strategie-a-206-millions-de-dollars-pour-numeriser-l.html",
    ),
    cite(
        "N1",
        "Government of India",
        "Pradhan Mantri Gramin Digital Saksharta Abhiyan, answers to parliament",
        "2018 to 2024",
        "https://datais.info/loksabha/question/800b250b19dfee3911d046cd87eb2bb4/PMGDISHA",
    ),
    cite(
        "N2",
        "Harvard University and MIT, as reported",
        "HarvardX and MITx: four years of open online courses",
        "2016",
        "https://xiaoyunyang.github.io/categories/blog/page/6",
    ),
    cite(
        "N3",
        "University of Washington, in Campus Technology",
        "Half of MOOC users in developing countries get certificates",
        "2016",
        "https://campustechnology.com/articles/2016/04/12/half-of-mooc-users-in-developing-countries-get-certificates.aspx",
    ),
    cite(
        "N4",
        "International Journal of Educational Development",
        "Approaches to costing adult literacy programmes, especially in Africa",
        "2010",
        "http://www.learntechlib.org/p/196301/",
    ),
];

/// What a stand-in assumes, by its key.
#[must_use]
pub fn stand_in(key: &str) -> Option<Message> {
    Some(match key {
        "P1" => messages::stand_in_p1(),
        "P2" => messages::stand_in_p2(),
        "P3" => messages::stand_in_p3(),
        "P4" => messages::stand_in_p4(),
        "P5" => messages::stand_in_p5(),
        "P8" => messages::stand_in_p8(),
        "P9" => messages::stand_in_p9(),
        "P14" => messages::stand_in_p14(),
        "P15" => messages::stand_in_p15(),
        "P16" => messages::stand_in_p16(),
        "P17" => messages::stand_in_p17(),
        "P18" => messages::stand_in_p18(),
        "P19" => messages::stand_in_p19(),
        "P20" => messages::stand_in_p20(),
        "P21" => messages::stand_in_p21(),
        "P22" => messages::stand_in_p22(),
        "P23" => messages::stand_in_p23(),
        "P24" => messages::stand_in_p24(),
        "P25" => messages::stand_in_p25(),
        "P26" => messages::stand_in_p26(),
        "P27" => messages::stand_in_p27(),
        "P28" => messages::stand_in_p28(),
        _ => return None,
    })
}

/// The citation that a source rests on, if it names one: the first that it names.
#[must_use]
pub fn cited(source: &str) -> Option<&'static Citation> {
    parts(source).find_map(|part| match part {
        Part::Code(citation) => Some(citation),
        Part::Text(_) => None,
    })
}

/// A source or a note as a person reads it, in a language: codes by the name of what they stand for, stand-ins by what
/// they assume. What a person wrote stays as it is.
#[must_use]
pub fn in_words(source: &str, templates: &Templates) -> String {
    let passport = Passport {
        source: source.to_owned(),
        ..Passport::default()
    };
    if let Some(key) = passport.stand_in()
        && let Some(rule) = stand_in(key)
    {
        let own = source[key.len()..].trim_start_matches([':', ',', ' ']);
        // What is written behind the key is English, and closer to the number than the rule.
        return if templates.is_empty() && !own.is_empty() && !own.starts_with('(') {
            readable(own, templates)
        } else {
            rule.in_language(templates)
        };
    }
    if let Some(rest) = source.strip_prefix(RULE) {
        let own = rest.split_once(": ").map_or("", |(_, rest)| rest);
        return if own.is_empty() || !templates.is_empty() {
            messages::rule_of_ours().in_language(templates)
        } else {
            messages::rule_of_ours_is(readable(own, templates)).in_language(templates)
        };
    }
    readable(source, templates)
}

/// A piece of a text.
enum Part<'a> {
    Text(&'a str),
    Code(&'static Citation),
}

/// Cuts a text at the codes in it. `evidence A4.5` is a code, `A4.5` alone is none.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let word_end = |text: &str| {
            let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')));
            end.unwrap_or(text.len())
        };
        let mut at = 0;
        while at < rest.len() {
            let here = &rest[at..];
            let (code, length) = match here.strip_prefix("evidence ") {
                Some(row) => (&row[..word_end(row)], "evidence ".len() + word_end(row)),
                None => (&here[..word_end(here)], word_end(here)),
            };
            let is_row = length > code.len();
            let known = CITATIONS.iter().find(|citation| {
                citation.code == code && citation.code.starts_with(|c: char| c.is_ascii_uppercase()) == is_row
            });
            if let Some(citation) = known {
                if at > 0 {
                    let before = &rest[..at];
                    rest = here;
                    return Some(Part::Text(before));
                }
                rest = &rest[length..];
                return Some(Part::Code(citation));
            }
            at += length.max(here.chars().next().map_or(1, char::len_utf8));
        }
        let all = rest;
        rest = "";
        Some(Part::Text(all))
    })
}

fn readable(text: &str, templates: &Templates) -> String {
    let plain = without_keys(text);
    let pieces: Vec<Cow<'_, str>> = plain.split("; ").map(|piece| own_words(piece, templates)).collect();
    let mut shown = String::new();
    for part in parts(&pieces.join("; ")) {
        match part {
            Part::Text(text) => shown.push_str(text),
            Part::Code(citation) => shown.push_str(&citation.name(templates)),
        }
    }
    shown
}

/// A text of ours in a language; what has no form of ours stays as it is.
fn own_words<'a>(text: &'a str, templates: &Templates) -> Cow<'a, str> {
    if templates.is_empty() {
        return text.into();
    }
    let ours = messages::TABLE.iter().filter(|(name, _)| name.starts_with("own_"));
    let mut found = ours.filter_map(|(name, english)| Some((templates.get(name)?, unfilled(english, text)?)));
    found.next().map_or(text.into(), |(template, values)| {
        let value = |mark: &str| {
            let (_, value) = values.iter().find(|(name, _)| *name == mark)?;
            Some(Cow::Borrowed(*value))
        };
        messages::filled(template, &value).into()
    })
}

/// The values that stand at the marks of a template, if the text has its form.
fn unfilled<'a>(template: &'a str, text: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let mut pieces = template.split('{');
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut values = Vec::new();
    for piece in pieces {
        let (mark, literal) = piece.split_once('}')?;
        let end = if literal.is_empty() {
            rest.len()
        } else {
            rest.find(literal)?
        };
        values.push((mark, &rest[..end]));
        rest = &rest[end + literal.len()..];
    }
    (rest.is_empty() && values.iter().all(|(_, value)| !value.is_empty())).then_some(values)
}

/// Our own texts without keys of stand-ins and codes of levels: `(P3)` leads nowhere, `lower_secondary` is for files.
fn without_keys(text: &str) -> Cow<'_, str> {
    let mut plain = Cow::Borrowed(text);
    let keys = [
        (" (P1)", ""),
        (" (P2)", ""),
        (" (P3)", ""),
        ("rural tilt P26", "poorer fifths more often rural"),
    ];
    let levels = [
        ("lower_secondary", messages::level_lower_secondary().english()),
        ("upper_secondary", messages::level_upper_secondary().english()),
    ];
    for (code, name) in keys.into_iter().chain(levels) {
        if plain.contains(code) {
            plain = Cow::Owned(plain.replace(code, name));
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn english(source: &str) -> String {
        in_words(source, &Templates::new())
    }

    #[test]
    fn sources_stand_by_name() {
        for (source, wanted) in [
            ("wdi_202607", "World Bank, World Development Indicators, July 2026"),
            ("P22", "telecommunications revenue is 3 % of GDP"),
            (
                "P24: 4G coverage, urban places first",
                "4G coverage, urban places first",
            ),
            (
                "P5 (national)",
                "schools from a usual number of learners each, rural ones half as large",
            ),
            (
                "P8: qualified, not trained, teachers (uis_sdg_202409)",
                "qualified, not trained, teachers (UNESCO Institute for Statistics, SDG 4 national data, September 2024)",
            ),
            (
                "evidence B2.3: poor areas 2.3 times favourable ones",
                "SciDev.Net, One in every four OLPC laptops in Uruguay is not working, 2010: poor areas 2.3 times favourable ones",
            ),
            ("model 3: gender gap in use", "rule of this program: gender gap in use"),
            ("model 2.1", "rule of this program, explained in its book"),
            (
                "P23: a fifth each, rural tilt P26",
                "a fifth each, poorer fifths more often rural",
            ),
            (
                "P18: enrolment ratio x 0.72, as in lower_secondary",
                "enrolment ratio x 0.72, as in lower secondary",
            ),
            (
                "count of 2019, learners of 2021 (P3)",
                "count of 2019, learners of 2021",
            ),
            ("Annuaire statistique 2024", "Annuaire statistique 2024"),
            (
                "rural 52.1 % of the population (wdi_202607, 2024)",
                "rural 52.1 % of the population (World Bank, World Development Indicators, July 2026, 2024)",
            ),
            ("Thiès: H, E and G3 of our own", "Thiès: H, E and G3 of our own"),
        ] {
            assert_eq!(english(source), wanted);
        }
        assert_eq!(
            cited("P25: after Kenya (evidence A4.5)").map(|citation| citation.code),
            Some("A4.5")
        );
    }

    #[test]
    fn every_source_of_a_default_has_a_name() {
        Scenario::describe_all(&mut |path, field| {
            let shown = english(field.source);
            assert!(
                !shown.contains("evidence ") && !shown.starts_with("model "),
                "{path}: {shown}"
            );
            let key = shown.strip_prefix('P').and_then(|rest| rest.chars().next());
            assert!(!key.is_some_and(|c| c.is_ascii_digit()), "{path}: {shown}");
        });
        let page = include_str!("../../docs/src/sources.md");
        for (at, citation) in CITATIONS.iter().enumerate() {
            assert!(
                CITATIONS[..at].iter().all(|other| other.code != citation.code),
                "{}",
                citation.code
            );
            assert!(
                citation.link.is_empty() || citation.link.starts_with("http"),
                "{}",
                citation.link
            );
            assert!(
                !citation.link.is_empty() || citation.publisher == OURS,
                "{}",
                citation.code
            );
            let row = format!(
                "{}` | {} | {} | {} |",
                citation.code, citation.publisher, citation.title, citation.year
            );
            assert!(
                page.contains(&row) && page.contains(citation.link),
                "not in the book: {row}"
            );
        }
    }
}
