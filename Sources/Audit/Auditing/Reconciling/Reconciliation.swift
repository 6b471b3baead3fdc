package import Domain
package import Ledger
package import Pricing

/// A ledger beside the providers' own totals, and why they differ, the dearest cause first.
///
/// Control totals are compared with, never added.
package struct Reconciliation: Sendable {
    /// Why a bill and the ledger differ.
    package enum Cause: String, Sendable, CaseIterable {
        /// The bill has days of which the ledger has no record.
        case missingDays = "missing_days"
        /// The ledger has days that no bill covers yet.
        case unbilledDays = "unbilled_days"
        /// Records without a price.
        case unpriced
        /// The provider counts more or fewer tokens than the ledger.
        case tokens
        /// Cache writes that a tool leaves out.
        case cacheWrites = "cache_writes_missing"
        /// Tokens of a cache that are recorded as uncached input.
        case cachedAsInput = "cached_as_input"
        /// Tokens of a cache that are recorded as uncached input as well.
        case cachedTwice = "cached_counted_twice"
        /// Reasoning that is left out of output.
        case reasoning = "reasoning_missing"
        /// Calls whose usage nobody knows.
        case usage = "usage_missing"
        /// Records that are there twice.
        case duplicates = "duplicate_records"
        /// A service tier that records do not name.
        case tier = "tier_mispriced"
        /// Billed below the list.
        case negotiated = "negotiated_price"
        /// Billed above the list, or otherwise where a bill tells no tokens.
        case price
        /// Records whose cost a tool reported, off the list for the same tokens.
        case recordedPrice = "recorded_price"
        /// Long contexts that records are priced without.
        case context = "long_context"
        /// Hours that are on a neighbouring month's bill.
        case timing
        case credit, tax, adjustment, commitment
        /// Billed in another currency, converted at a stated rate.
        case currency
        /// Sources of tokens that disagree.
        case sources = "source_disagreement"
        /// What was committed to, and not used.
        case unusedCommitment = "unused_commitment"
        /// Models that the bill alone has.
        case missingModels = "missing_models"
        /// What none of these explains.
        case unexplained
    }

    /// A cause with what it comes to.
    package struct Finding: Sendable, Hashable {
        /// Why.
        package let cause: Cause
        /// Billed less explained, USD; `nil` where it has no amount of its own.
        package let amount: BilledAmount?
        /// What exactly, in a sentence, with what to do.
        package let detail: String
    }

    /// A provider's side of it.
    package struct Provider: Sendable {
        /// Billed, explained, unattributed.
        package let coverage: CoverageFinding
        /// Billed, in US dollars at stated rates; `nil` without a bill or a rate.
        package let billedUSD: BilledAmount?
        /// Billed less explained, in US dollars; what the causes sum to, to the cent.
        package let difference: BilledAmount?
        /// What commitments cost, and what used them.
        package let commitments: [CommitmentUse]
        /// Why, the dearest first.
        package let findings: [Finding]
    }

    /// The providers, the dearest first.
    package let providers: [Provider]

    /// Compares a period. Records are read only of days of which a ledger has more than the bill.
    ///
    /// - Parameters:
    ///   - prices: the list that quantities are weighed with.
    ///   - rates: what other currencies were worth, beside what bills say themselves.
    ///   - use: by what the use of commitments is shown.
    package init(
        _ ledger: any UsageLedger, in period: Period, prices: PriceBook, rates: ExchangeRates = ExchangeRates(),
        use: LedgerDimension = .customer
    ) throws {
        let totals = try ledger.controlTotals(in: period)
        let days = try LedgerCoverage.days(of: ledger, in: period)
        providers = try LedgerCoverage.findings(days: days, totals: totals).map { coverage in
            let own = totals.filter { $0.isAI && $0.provider == coverage.provider }
            let side = ProviderSide(coverage, days: days[coverage.provider] ?? [:], totals: own, prices: prices)
            return try side.compared(ledger, in: period, prices: prices, rates: rates, use: use)
        }
    }
}
