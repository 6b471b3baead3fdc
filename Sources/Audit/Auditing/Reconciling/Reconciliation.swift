package import Domain
package import Ledger

/// A ledger beside the providers' own totals, and why they differ, the dearest cause first.
///
/// Control totals are compared with, never added. Only bills in US dollars have causes in dollars: records cost dollars.
package struct Reconciliation: Sendable {
    /// Why a bill and the ledger differ.
    package enum Cause: String, Sendable, CaseIterable {
        /// The bill has days of which the ledger has no record.
        case missingDays = "missing_days"
        /// The ledger has days that no bill covers yet.
        case unbilledDays = "unbilled_days"
        /// Records without a price.
        case unpriced
        /// The provider counts more or fewer tokens of a class than the ledger.
        case tokens
        /// What is left on days that both have: prices, tiers, discounts.
        case price
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
        /// Why, the dearest first.
        package let findings: [Finding]
    }

    /// The providers, the dearest first.
    package let providers: [Provider]

    /// Compares a period. No record is read.
    package init(_ ledger: any UsageLedger, in period: Period) throws {
        let totals = try ledger.controlTotals(in: period)
        let days = try LedgerCoverage.days(of: ledger, in: period)
        providers = LedgerCoverage.findings(days: days, totals: totals).map { coverage in
            let own = totals.filter { $0.isAI && $0.provider == coverage.provider }
            return Provider(
                coverage: coverage,
                findings: ProviderComparison(coverage, days: days[coverage.provider] ?? [:], totals: own).findings)
        }
    }
}

/// One provider's days and totals.
private struct ProviderComparison {
    let coverage: CoverageFinding
    let days: [Int64: UsageMeasures]
    let bills: [ControlTotal]
    let usage: [ControlTotal]

    init(_ coverage: CoverageFinding, days: [Int64: UsageMeasures], totals: [ControlTotal]) {
        (self.coverage, self.days) = (coverage, days)
        let authority = totals.filter { $0.billed != nil }.map(\.authority).max()
        bills = totals.filter { $0.authority == authority && $0.billed != nil && $0.currency == coverage.currency }
        usage = totals.filter { $0.usage.isKnown }
    }

    var findings: [Reconciliation.Finding] {
        let found = [missingDays, unbilledDays, unpriced].compactMap { $0 } + tokens
        return (found + [price(after: found)].compactMap { $0 }).sorted { size($0) > size($1) }
    }

    private func size(_ finding: Reconciliation.Finding) -> Int128 {
        abs(finding.amount?.picos ?? 0)
    }

    /// Charges that lie within one day, by that day: only they can be told to have no record.
    private var dailyBills: [Int64: BilledAmount] {
        var daily: [Int64: BilledAmount] = [:]
        for bill in bills
        where bill.period.end.microseconds - bill.period.start.microseconds <= Timestamp.microsecondsPerDay {
            daily[bill.period.start.day, default: BilledAmount(picos: 0)] += bill.billed ?? BilledAmount(picos: 0)
        }
        return daily
    }

    private var missingDays: Reconciliation.Finding? {
        let missing = dailyBills.filter { days[$0.key] == nil && $0.value.picos != 0 }
        guard !missing.isEmpty else { return nil }
        var sum = BilledAmount(picos: 0)
        for amount in missing.values { sum += amount }
        return Reconciliation.Finding(
            cause: .missingDays, amount: sum,
            detail:
                "The ledger has no record of \(Self.list(missing.keys)): import that time, or look for keys that bypass it."
        )
    }

    private var unbilledDays: Reconciliation.Finding? {
        guard !bills.isEmpty else { return nil }
        let open = days.filter { day, sums in
            sums.cost > .zero && !bills.contains { Self.covers($0.period, day) }
        }
        guard !open.isEmpty else { return nil }
        let sum = open.values.reduce(NanoUSD.zero) { $0 + $1.cost }
        return Reconciliation.Finding(
            cause: .unbilledDays, amount: BilledAmount(picos: -Int128(sum.nanos) * 1_000),
            detail: "No bill covers \(Self.list(open.keys)) yet: wait for it, or import it.")
    }

    private var unpriced: Reconciliation.Finding? {
        let (requests, tokens) = days.values.reduce((Int64(0), Int64(0))) {
            ($0.0 + $1.unpricedRequests, $0.1 + $1.unpricedTokens)
        }
        guard requests > 0 else { return nil }
        return Reconciliation.Finding(
            cause: .unpriced, amount: nil,
            detail: "\(requests) records with \(tokens) tokens have no price: add their models to a file for --prices.")
    }

    /// Classes of tokens that differ by more than a hundredth.
    private var tokens: [Reconciliation.Finding] {
        let classes: [(String, KeyPath<TokenUsage, TokenCount>, KeyPath<UsageMeasures, Int64>)] = [
            ("uncached input", \.uncachedInput, \.uncachedInput), ("cache read", \.cacheRead, \.cacheRead),
            ("cache write", \.cacheWrite5m, \.cacheWrite5m), ("one-hour cache write", \.cacheWrite1h, \.cacheWrite1h),
            ("output", \.output, \.output),
        ]
        let covered = days.filter { day, _ in usage.contains { Self.covers($0.period, day) } }.values
        return classes.compactMap { name, bucket, sum in
            let stated = usage.filter { $0.usage[keyPath: bucket].isKnown }
            guard !stated.isEmpty else { return nil }
            let theirs = stated.reduce(Int64(0)) { $0 + $1.usage[keyPath: bucket].orZero }
            let ours = covered.reduce(Int64(0)) { $0 + $1[keyPath: sum] }
            guard abs(theirs - ours) > max(theirs, ours) / 100 else { return nil }
            let advice =
                ours == 0
                ? "the tool that reported them leaves them out"
                : theirs > ours ? "some calls are missing" : "some calls count twice"
            return Reconciliation.Finding(
                cause: .tokens, amount: nil,
                detail: "\(name): the provider counts \(theirs), the ledger \(ours); \(advice).")
        }
    }

    /// What no other cause explains.
    private func price(after found: [Reconciliation.Finding]) -> Reconciliation.Finding? {
        guard let unattributed = coverage.unattributed, coverage.currency == "USD" else { return nil }
        // Days without a bill are in no comparison, so they explain nothing of the difference.
        let explained = found.filter { $0.cause == .missingDays }.reduce(Int128(0)) { $0 + ($1.amount?.picos ?? 0) }
        let rest = unattributed.picos - explained
        guard rest != 0 else { return nil }
        return Reconciliation.Finding(
            cause: .price, amount: BilledAmount(picos: rest),
            detail:
                "On days that both have: negotiated prices, tiers, credits, or calls that are missing. payback prices show MODEL tells what was applied."
        )
    }

    private static func covers(_ period: Period, _ day: Int64) -> Bool {
        let start = day * Timestamp.microsecondsPerDay
        return start < period.end.microseconds && start + Timestamp.microsecondsPerDay > period.start.microseconds
    }

    /// Days in words: the first and the last, and how many.
    private static func list(_ days: some Sequence<Int64>) -> String {
        let sorted = days.sorted()
        let names = sorted.map { Timestamp(microseconds: $0 * Timestamp.microsecondsPerDay).dateText }
        guard let first = names.first, let last = names.last, names.count > 3 else {
            return names.joined(separator: ", ")
        }
        return "\(names.count) days from \(first) to \(last)"
    }
}
