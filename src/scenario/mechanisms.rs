//! Mechanisms of funding, and the terms that only some of them have. What several have is one field: one name, one unit, one text.

use super::field::{Field, Role, Tag};
use super::{Quantity, YearPath};
use crate::units::Unit;

crate::choice! {
    /// Who lends: the OECD DAC discounts a loan by its creditor.
    pub enum Creditor {
        /// A development bank or fund of many countries: 5 %, aid from 10 % of gift on.
        Multilateral = "multilateral",
        /// A country: the rate and the minimum of the borrower's group by income.
        Bilateral = "bilateral",
    }
}

crate::choice! {
    /// How the principal of a loan is repaid.
    pub enum LoanRepayment {
        /// In equal parts after grace; the payments fall with the interest.
        Equal = "equal",
        /// In equal payments of principal and interest together after grace.
        Annuity = "annuity",
        /// All at once at maturity.
        Bullet = "bullet",
    }
}

crate::choice! {
    /// How the principal of a bond is repaid.
    pub enum BondRepayment {
        /// All at once at maturity.
        AtMaturity = "bullet",
        /// At maturity out of a fund into which the same amount is paid each year.
        SinkingFund = "sinking_fund",
    }
}

crate::choice! {
    /// What a results-based grant pays for.
    pub enum PaidResult {
        /// A learner reached beyond those reached in the base year.
        Reached = "reached",
        /// A learner whose learning has gained one standard deviation.
        Learning = "learning",
    }
}

crate::section! {
    /// What only a domestic budget has: an amount or a share.
    pub struct BudgetTerms / BudgetSlots {
        /// Constant US dollars available each year.
        amount: Option<YearPath> = Field::path(Unit::Usd).fiscal();
        /// Available each year as a share of public education spending, in place of an amount.
        share_of_education: Option<YearPath> = Field::path(Unit::Share).fiscal();
        /// Growth a year of what is available, beyond prices, from the year after the base year on.
        growth: Quantity = Field::number(Unit::PerYear).within(-0.5, 0.5).default(0.0).from("model 6.1: as stated", Tag::Setting);
        /// Constant US dollars below which what is available does not fall in any year.
        floor: Quantity = Field::number(Unit::Usd).default(0.0).from("model 6.1: none unless stated", Tag::Setting);
        /// Share of the debt service of the year before, on all sources, that is taken from it, down to the floor.
        crowding_out: Quantity = Field::number(Unit::Share).default(0.0).from("model 5: debt service lowers the budget only where that is asked for", Tag::Setting);
    }
}

crate::section! {
    /// What only a levy has.
    pub struct LevyTerms / LevySlots {
        /// Rate on telecommunications revenue.
        rate: Quantity = Field::number(Unit::Share).default(0.01).likely(0.005, 0.05).from("evidence G2: 0.5 to 5 %", Tag::Recall);
        /// Share that goes to education.
        education_share: Quantity = Field::number(Unit::Share).default(0.15).likely(0.0, 0.4).from("evidence G2", Tag::Judgement);
        /// Share of collected money that is disbursed.
        disbursement: Quantity = Field::number(Unit::Share).default(0.35).likely(0.0, 0.7).from("evidence G2: a third of 64 funds had disbursed nothing", Tag::Judgement);
    }
}

crate::section! {
    /// What only a charge on households has.
    pub struct HouseholdTerms / HouseholdSlots {
        /// Constant US dollars that a household is charged for a learner and year.
        charge: Quantity = Field::number(Unit::UsdPerLearner).required();
        /// Share of learners whose households are exempt, the poorest first.
        exempt: Quantity = Field::number(Unit::Share).default(0.0).likely(0.0, 0.4).from("recalled: a subsidy to the poorest two fifths", Tag::Recall);
        /// Share of what is charged that is paid.
        compliance: Quantity = Field::number(Unit::Share).default(0.6).likely(0.4, 0.8).from("recalled: 40 to 80 %", Tag::Recall);
        /// Share of the poorest fifth of households in the country's income: what the charge takes from them is held against it.
        poorest_fifth: Quantity = Field::number(Unit::Share).within(0.001, 0.2).default(0.07).likely(0.04, 0.09).from("recalled: household surveys of low- and middle-income countries", Tag::Recall).role(Role::Target);
    }
}

crate::section! {
    /// What only a gift in kind has.
    pub struct InKindTerms / InKindSlots {
        /// Fair value of the goods offered in each year, constant US dollars.
        value: YearPath = Field::path(Unit::Usd).required().schedule().fiscal();
    }
}

crate::section! {
    /// What a grant has.
    pub struct GrantTerms / GrantSlots {
        /// Nominal US dollars committed in all.
        commitment: Quantity = Field::number(Unit::NominalUsd).required();
        /// Share of the commitment released in each year.
        release: YearPath = Field::path(Unit::Share).required().schedule().fiscal();
        /// Years by which the release comes later than promised; a part of a year moves that part of each release.
        lag: Quantity = Field::number(Unit::Years).within(0.0, 10.0).default(0.0).likely(0.5, 2.0).from("model 6.1: half a year to two is usual; none unless stated", Tag::Setting);
    }
}

crate::section! {
    /// What a concessional loan has.
    pub struct LoanTerms / LoanSlots {
        /// Nominal US dollars committed in all.
        commitment: Quantity = Field::number(Unit::NominalUsd).required();
        /// Share of the commitment released in each year.
        release: YearPath = Field::path(Unit::Share).required().schedule().fiscal();
        /// Interest a year, nominal.
        interest: Quantity = Field::number(Unit::PerYear).default(0.0135).likely(0.0, 0.02).from("evidence G1: IDA regular credit in US dollars", Tag::Read);
        /// Fee on what is disbursed, paid at disbursement.
        fee: Quantity = Field::number(Unit::Share).within(0.0, 0.2).default(0.0).from("evidence G1: IDA charges none today", Tag::Setting);
        /// Fee for arranging and managing it, paid once on the whole commitment in the first year of its release.
        arrangement_fee: Quantity = Field::number(Unit::Share).within(0.0, 0.2).default(0.0).from("evidence G1: IDA charges none today", Tag::Setting);
        /// Fee a year on what is committed and not yet disbursed.
        commitment_fee: Quantity = Field::number(Unit::PerYear).within(0.0, 0.2).default(0.0).from("evidence G1: IDA charges none today", Tag::Setting);
        /// Years from first disbursement to last payment.
        maturity: Quantity = Field::number(Unit::Years).within(1.0, 60.0).default(31.0).from("evidence G1: IDA regular credit", Tag::Read);
        /// Years without principal.
        grace: Quantity = Field::number(Unit::Years).within(0.0, 59.0).default(6.0).from("evidence G1: IDA regular credit", Tag::Read);
        /// Years in which no interest is charged.
        interest_grace: Quantity = Field::number(Unit::Years).within(0.0, 60.0).default(0.0).from("evidence G1", Tag::Setting);
        /// Payments of principal and interest a year: 1, 2, 4 or 12.
        payments_per_year: Quantity = Field::number(Unit::Count).within(1.0, 12.0).default(1.0).from("evidence G1: yearly payments at the end of the year", Tag::Setting);
        /// Who lends.
        creditor: Creditor = Field::choice();
        /// How the principal is repaid.
        repayment: LoanRepayment = Field::choice();
        /// Share of the loan repaid in each year of the first part of its repayment, where that is uneven; the rest is repaid in equal parts.
        first_principal: Option<Quantity> = Field::number(Unit::Share).within(0.0, 1.0);
        /// Year of the loan in which the first part of an uneven repayment ends.
        first_until: Option<Quantity> = Field::number(Unit::Years).within(1.0, 60.0);
    }
}

crate::section! {
    /// What a commercial loan has.
    pub struct CommercialTerms / CommercialSlots {
        /// Nominal US dollars committed in all.
        commitment: Quantity = Field::number(Unit::NominalUsd).required();
        /// Share of the commitment released in each year.
        release: YearPath = Field::path(Unit::Share).required().schedule().fiscal();
        /// Interest a year, nominal.
        interest: Quantity = Field::number(Unit::PerYear).default(0.10).likely(0.07, 0.15).from("recalled: 7 to 15 %", Tag::Recall);
        /// Fee on what is disbursed, paid at disbursement.
        fee: Quantity = Field::number(Unit::Share).within(0.0, 0.2).default(0.0).from("model 6.5: none unless stated", Tag::Setting);
        /// Fee for arranging and managing it, paid once on the whole commitment in the first year of its release.
        arrangement_fee: Quantity = Field::number(Unit::Share).within(0.0, 0.2).default(0.015).from("recalled: 1 to 2 %", Tag::Recall);
        /// Fee a year on what is committed and not yet disbursed.
        commitment_fee: Quantity = Field::number(Unit::PerYear).within(0.0, 0.2).default(0.0).from("model 6.5: none unless stated", Tag::Setting);
        /// Years from first disbursement to last payment.
        maturity: Quantity = Field::number(Unit::Years).within(1.0, 60.0).default(7.0).from("recalled: 5 to 10 years", Tag::Recall);
        /// Years without principal.
        grace: Quantity = Field::number(Unit::Years).within(0.0, 59.0).default(1.0).from("recalled: short tenor", Tag::Recall);
        /// Years in which no interest is charged.
        interest_grace: Quantity = Field::number(Unit::Years).within(0.0, 60.0).default(0.0).from("evidence G1", Tag::Setting);
        /// Payments of principal and interest a year: 1, 2, 4 or 12.
        payments_per_year: Quantity = Field::number(Unit::Count).within(1.0, 12.0).default(1.0).from("evidence G1: yearly payments at the end of the year", Tag::Setting);
        /// How the principal is repaid.
        repayment: LoanRepayment = Field::choice();
        /// Share of the loan repaid in each year of the first part of its repayment, where that is uneven; the rest is repaid in equal parts.
        first_principal: Option<Quantity> = Field::number(Unit::Share).within(0.0, 1.0);
        /// Year of the loan in which the first part of an uneven repayment ends.
        first_until: Option<Quantity> = Field::number(Unit::Years).within(1.0, 60.0);
    }
}

crate::section! {
    /// What a bond has.
    pub struct BondTerms / BondSlots {
        /// Nominal US dollars committed in all.
        commitment: Quantity = Field::number(Unit::NominalUsd).required();
        /// Share of the commitment released in each year.
        release: YearPath = Field::path(Unit::Share).required().schedule().fiscal();
        /// Interest a year, nominal.
        interest: Quantity = Field::number(Unit::PerYear).default(0.10).likely(0.07, 0.15).from("recalled: 7 to 15 %", Tag::Recall);
        /// Fee for arranging and managing it, paid once on the whole commitment in the first year of its release.
        arrangement_fee: Quantity = Field::number(Unit::Share).within(0.0, 0.2).default(0.015).from("recalled: 1 to 2 %", Tag::Recall);
        /// Years from first disbursement to last payment.
        maturity: Quantity = Field::number(Unit::Years).within(1.0, 60.0).default(10.0).from("recalled: 5 to 10 years", Tag::Recall);
        /// Payments of principal and interest a year: 1, 2, 4 or 12.
        payments_per_year: Quantity = Field::number(Unit::Count).within(1.0, 12.0).default(1.0).from("evidence G1: yearly payments at the end of the year", Tag::Setting);
        /// How the principal is repaid.
        repayment: BondRepayment = Field::choice();
        /// Interest a year that the sinking fund earns.
        fund_interest: Quantity = Field::number(Unit::PerYear).default(0.03).likely(0.0, 0.06).from("model 6.4: safe money earns less than the bond costs", Tag::Judgement);
    }
}

crate::section! {
    /// What a public-private partnership has.
    pub struct PartnershipTerms / PartnershipSlots {
        /// Nominal US dollars committed in all.
        commitment: Quantity = Field::number(Unit::NominalUsd).required();
        /// Share of the commitment released in each year.
        release: YearPath = Field::path(Unit::Share).required().schedule().fiscal();
        /// Return a year that the partner asks on what it has invested, nominal.
        wacc: Quantity = Field::number(Unit::PerYear).default(0.12).likely(0.09, 0.16).from("recalled: 9 to 16 %", Tag::Recall);
        /// Years in which the partner is paid for what it has built in a year.
        contract_years: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(10.0).likely(7.0, 15.0).from("model 6.4: as long as links and devices are renewed once", Tag::Judgement);
        /// Cost of preparing and closing the contract, as a share of what is built; it is financed with it.
        transaction: Quantity = Field::number(Unit::Share).within(0.0, 0.5).default(0.04).likely(0.02, 0.08).from("recalled: 2 to 8 %", Tag::Recall);
        /// What the partner spends a year on running what it has built, as a share of it.
        operation: Quantity = Field::number(Unit::Share).default(0.0).likely(0.0, 0.3).from("model 6.4: it builds only, unless stated", Tag::Setting);
        /// Share of the payment that is kept back because services are not available.
        deduction: Quantity = Field::number(Unit::Share).default(0.0).likely(0.0, 0.1).from("model 6.4: 0 to 10 % is usual; none unless stated", Tag::Setting);
    }
}

crate::section! {
    /// What a results-based grant has.
    pub struct ResultsTerms / ResultsSlots {
        /// Nominal US dollars committed in all.
        commitment: Quantity = Field::number(Unit::NominalUsd).required();
        /// First year whose results are paid for; the advance is paid in it.
        results_from: Quantity = Field::number(Unit::CalendarYear).required();
        /// Number of years whose results are paid for.
        result_years: Quantity = Field::number(Unit::Years).within(1.0, 30.0).default(3.0).from("evidence A4.10: about three years", Tag::ReadSecond);
        /// Nominal US dollars paid for each unit of result, in the year after it.
        price: Quantity = Field::number(Unit::NominalUsd).required();
        /// What is paid for.
        result: PaidResult = Field::choice();
        /// Share of the commitment paid ahead, whatever comes of it.
        advance: Quantity = Field::number(Unit::Share).default(0.25).likely(0.1, 0.4).from("recalled: 10 to 40 %", Tag::Recall);
        /// Share of each payment for results that verification takes.
        verification: Quantity = Field::number(Unit::Share).default(0.06).likely(0.03, 0.12).from("recalled: 3 to 12 %", Tag::Recall);
        /// Nominal US dollars that an investor lends against results in the first year; payments for results repay it first.
        prefinanced: Quantity = Field::number(Unit::NominalUsd).default(0.0).from("model 6.4: none unless stated", Tag::Setting);
        /// Return a year that the investor asks.
        investor_return: Quantity = Field::number(Unit::PerYear).default(0.08).likely(0.05, 0.12).from("recalled: 5 to 12 %", Tag::Recall);
    }
}

crate::section! {
    /// What a swap of debt by refinancing has.
    pub struct RefinancingTerms / RefinancingSlots {
        /// Nominal US dollars of existing debt that are taken up.
        debt: Quantity = Field::number(Unit::NominalUsd).required();
        /// First year in which it counts: the payment of that year is the first that is spared or given back.
        from: Quantity = Field::number(Unit::CalendarYear).required();
        /// Interest a year on the existing debt.
        old_interest: Quantity = Field::number(Unit::PerYear).default(0.07).likely(0.03, 0.12).from("recalled: commercial debt at 7 to 15 %", Tag::Recall);
        /// Years in which the existing debt would be repaid, in equal parts.
        old_years: Quantity = Field::number(Unit::Years).within(1.0, 60.0).default(5.0).likely(3.0, 15.0).from("evidence G2.1: 330 million of 400 in five years", Tag::Calculated);
        /// Share of what is spared that goes to the plan.
        share: Quantity = Field::number(Unit::Share).default(1.0).from("evidence G2.1: what is freed goes to education", Tag::Read);
        /// Interest a year, nominal.
        interest: Quantity = Field::number(Unit::PerYear).default(0.045).likely(0.03, 0.06).from("evidence G2.1: a longer loan with a guarantee, its rate is not published", Tag::Judgement);
        /// Fee on what is disbursed, paid at disbursement.
        fee: Quantity = Field::number(Unit::Share).within(0.0, 0.2).default(0.0).from("model 6.5: none unless stated", Tag::Setting);
        /// Years from first disbursement to last payment.
        maturity: Quantity = Field::number(Unit::Years).within(1.0, 60.0).default(15.0).from("evidence G2.1: Côte d'Ivoire 2024", Tag::Read);
        /// Years without principal.
        grace: Quantity = Field::number(Unit::Years).within(0.0, 59.0).default(6.0).from("evidence G2.1: Côte d'Ivoire 2024", Tag::Read);
    }
}

crate::section! {
    /// What a swap of debt for education has, in which the creditor gives back what is paid.
    pub struct Debt2EdTerms / Debt2EdSlots {
        /// Nominal US dollars of existing debt that are taken up.
        debt: Quantity = Field::number(Unit::NominalUsd).required();
        /// First year in which it counts: the payment of that year is the first that is spared or given back.
        from: Quantity = Field::number(Unit::CalendarYear).required();
        /// Interest a year on the existing debt.
        old_interest: Quantity = Field::number(Unit::PerYear).default(0.07).likely(0.03, 0.12).from("recalled: commercial debt at 7 to 15 %", Tag::Recall);
        /// Years in which the existing debt would be repaid, in equal parts.
        old_years: Quantity = Field::number(Unit::Years).within(1.0, 60.0).default(5.0).likely(3.0, 15.0).from("evidence G2.1: 330 million of 400 in five years", Tag::Calculated);
        /// Share of each payment that the creditor gives back as a grant.
        given_back: Quantity = Field::number(Unit::Share).default(1.0).from("evidence G2.2: the same amount", Tag::Read);
    }
}

crate::section! {
    /// What a cancellation of debt with a counterpart fund has.
    pub struct CancellationTerms / CancellationSlots {
        /// Nominal US dollars of existing debt that are taken up.
        debt: Quantity = Field::number(Unit::NominalUsd).required();
        /// First year in which it counts: the payment of that year is the first that is spared or given back.
        from: Quantity = Field::number(Unit::CalendarYear).required();
        /// Interest a year on the existing debt.
        old_interest: Quantity = Field::number(Unit::PerYear).default(0.07).likely(0.03, 0.12).from("recalled: commercial debt at 7 to 15 %", Tag::Recall);
        /// Years in which the existing debt would be repaid, in equal parts.
        old_years: Quantity = Field::number(Unit::Years).within(1.0, 60.0).default(5.0).likely(3.0, 15.0).from("evidence G2.1: 330 million of 400 in five years", Tag::Calculated);
        /// Share of the debt that need not be paid into the counterpart fund.
        discount: Quantity = Field::number(Unit::Share).default(0.3).likely(0.0, 0.5).from("recalled: 0 to 50 %", Tag::Recall);
        /// Years in which the counterpart fund is paid in, in equal parts.
        fund_years: Quantity = Field::number(Unit::Years).within(1.0, 40.0).default(5.0).from("model 6.4: as long as the debt would have been paid", Tag::Judgement);
    }
}

crate::section! {
    /// What a loan with a guarantee of donors has.
    pub struct GuaranteedTerms / GuaranteedSlots {
        /// Nominal US dollars of the guarantee that donors give for the country.
        guarantee: Quantity = Field::number(Unit::NominalUsd).required();
        /// US dollars that a development bank lends for each dollar of guarantee.
        leverage: Quantity = Field::number(Unit::Ratio).within(1.0, 100.0).default(4.0).from("evidence G2.3: four times", Tag::Read);
        /// Share of the commitment released in each year.
        release: YearPath = Field::path(Unit::Share).required().schedule().fiscal();
        /// Interest a year, nominal.
        interest: Quantity = Field::number(Unit::PerYear).default(0.035).likely(0.01, 0.055).from("evidence G2.3: a bank's market rate, softened by a grant", Tag::Judgement);
        /// Fee on what is disbursed, paid at disbursement.
        fee: Quantity = Field::number(Unit::Share).within(0.0, 0.2).default(0.0).from("evidence G1: IBRD", Tag::Setting);
        /// Fee for arranging and managing it, paid once on the whole commitment in the first year of its release.
        arrangement_fee: Quantity = Field::number(Unit::Share).within(0.0, 0.2).default(0.0025).from("evidence G1: IBRD", Tag::ReadSecond);
        /// Fee a year on what is committed and not yet disbursed.
        commitment_fee: Quantity = Field::number(Unit::PerYear).within(0.0, 0.2).default(0.0025).from("evidence G1: IBRD", Tag::ReadSecond);
        /// Years from first disbursement to last payment.
        maturity: Quantity = Field::number(Unit::Years).within(1.0, 60.0).default(20.0).from("evidence G1: 20 years on average at the most", Tag::Read);
        /// Years without principal.
        grace: Quantity = Field::number(Unit::Years).within(0.0, 59.0).default(5.0).from("evidence G1: blend", Tag::Read);
        /// Years in which no interest is charged.
        interest_grace: Quantity = Field::number(Unit::Years).within(0.0, 60.0).default(0.0).from("evidence G1", Tag::Setting);
        /// Payments of principal and interest a year: 1, 2, 4 or 12.
        payments_per_year: Quantity = Field::number(Unit::Count).within(1.0, 12.0).default(1.0).from("evidence G1: yearly payments at the end of the year", Tag::Setting);
        /// Who lends.
        creditor: Creditor = Field::choice();
        /// How the principal is repaid.
        repayment: LoanRepayment = Field::choice();
        /// Share of the loan repaid in each year of the first part of its repayment, where that is uneven; the rest is repaid in equal parts.
        first_principal: Option<Quantity> = Field::number(Unit::Share).within(0.0, 1.0);
        /// Year of the loan in which the first part of an uneven repayment ends.
        first_until: Option<Quantity> = Field::number(Unit::Years).within(1.0, 60.0);
    }
}

crate::section! {
    /// What an international fund for least developed countries has.
    pub struct FundTerms / FundSlots {
        /// Nominal US dollars committed in all.
        commitment: Quantity = Field::number(Unit::NominalUsd).required();
        /// Share of the commitment released in each year.
        release: YearPath = Field::path(Unit::Share).required().schedule().fiscal();
        /// Years by which the release comes later than promised; a part of a year moves that part of each release.
        lag: Quantity = Field::number(Unit::Years).within(0.0, 10.0).default(0.0).likely(0.5, 2.0).from("model 6.1: half a year to two is usual; none unless stated", Tag::Setting);
        /// Year in which the country leaves the list of least developed countries; from then on what is released falls to nothing.
        graduation: Option<Quantity> = Field::number(Unit::CalendarYear);
        /// Years after graduation until nothing is released any more.
        transition: Quantity = Field::number(Unit::Years).within(0.0, 20.0).default(3.0).likely(0.0, 9.0).from("model 6.1: support ends step by step", Tag::Judgement);
    }
}

crate::section! {
    /// What a school that sells its link to the community has.
    pub struct HubTerms / HubSlots {
        /// Constant US dollars that the community pays a year for the link of a school.
        revenue: Quantity = Field::number(Unit::Usd).required();
        /// Share of schools online that find paying users.
        take_up: Quantity = Field::number(Unit::Share).default(0.5).likely(0.2, 0.9).from("evidence M2.14: up to nine tenths of the cost in one study", Tag::Judgement);
    }
}

crate::kinds! {
    /// Mechanism by which a source comes by its money, with the terms that only it has.
    pub enum SourceKind / SourceKindSlots {
        /// Money of the ministry beyond what keeps up existing services.
        DomesticBudget(BudgetTerms) = "domestic_budget",
        /// Levy on telecommunications revenue.
        UniversalServiceLevy(LevyTerms) = "universal_service_levy",
        /// Grant of a donor.
        Grant(GrantTerms) = "grant",
        /// Loan below market terms.
        ConcessionalLoan(LoanTerms) = "concessional_loan",
        /// Charge on the households of learners.
        HouseholdCharge(HouseholdTerms) = "household_charge",
        /// Goods given in place of money, at their fair value.
        InKind(InKindTerms) = "in_kind",
        /// Loan at market terms.
        CommercialLoan(CommercialTerms) = "commercial_loan",
        /// Bond, repaid at maturity.
        Bond(BondTerms) = "bond",
        /// Public-private partnership: a partner builds and is paid as long as the service is available.
        Partnership(PartnershipTerms) = "partnership",
        /// Grant that is paid for verified results of the year before.
        ResultsBased(ResultsTerms) = "results_based",
        /// Debt swap: dear debt is bought back with a longer loan, and what is spared goes to the plan.
        Refinancing(RefinancingTerms) = "refinancing",
        /// Debt swap: the creditor gives back what is paid on a debt as a grant.
        Debt2Ed(Debt2EdTerms) = "debt2ed",
        /// Debt swap: a debt is cancelled, and a counterpart is paid into a fund for the plan.
        Cancellation(CancellationTerms) = "cancellation",
        /// Grant that is given for new money of others, as the multiplier of the Global Partnership for Education is.
        Multiplier(GrantTerms) = "multiplier",
        /// Loan of a development bank on a guarantee of donors, as the International Finance Facility for Education gives.
        GuaranteedLoan(GuaranteedTerms) = "guaranteed_loan",
        /// International fund for least developed countries.
        InternationalFund(FundTerms) = "international_fund",
        /// School as a paying hub: the community pays for the school's link.
        PayingHub(HubTerms) = "paying_hub",
    }
}

/// Who bears what a source gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// The budget that keeps up what stands.
    Existing,
    /// The treasury: the ministry's budget and levies.
    Treasury,
    /// Households and communities.
    Households,
    /// Donors: grants, gifts, debt that creditors forgo.
    Donors,
    /// A private partner who builds first and is paid later.
    Partner,
    /// Later taxpayers: what is borrowed.
    Later,
}

impl Bearer {
    /// All of them, in the order in which they stand.
    pub const ALL: [Self; 6] = [
        Self::Existing,
        Self::Treasury,
        Self::Households,
        Self::Donors,
        Self::Partner,
        Self::Later,
    ];
}

impl SourceKind {
    /// Who bears what sources of this mechanism give.
    #[must_use]
    pub const fn bearer(&self) -> Bearer {
        match self {
            Self::DomesticBudget(_) | Self::UniversalServiceLevy(_) => Bearer::Treasury,
            Self::HouseholdCharge(_) | Self::PayingHub(_) => Bearer::Households,
            Self::Grant(_)
            | Self::InKind(_)
            | Self::ResultsBased(_)
            | Self::Debt2Ed(_)
            | Self::Cancellation(_)
            | Self::Multiplier(_)
            | Self::InternationalFund(_) => Bearer::Donors,
            Self::Partnership(_) => Bearer::Partner,
            Self::ConcessionalLoan(_)
            | Self::CommercialLoan(_)
            | Self::Bond(_)
            | Self::GuaranteedLoan(_)
            | Self::Refinancing(_) => Bearer::Later,
        }
    }
}
