internal import Domain
internal import Ledger
internal import Pricing

/// One provider's bills and usage totals, and what the ledger has of it.
struct ProviderSide {
    private let coverage: CoverageFinding
    private let days: [Int64: UsageMeasures]
    private let bills: [ControlTotal]
    private let sources: TokenSources

    init(
        _ coverage: CoverageFinding, days: [Int64: UsageMeasures], totals: [ControlTotal], prices: PriceBook
    ) {
        (self.coverage, self.days) = (coverage, days)
        let authority = totals.filter { $0.billed != nil }.map(\.authority).max()
        bills = totals.filter { $0.authority == authority && $0.billed != nil }
        sources = TokenSources(totals) { total in
            total.model.map { prices.find(provider: total.provider, model: $0)?.model ?? $0.lowercased() }
        }
    }

    /// The comparison: by lines where a bill has them, by sums where it does not.
    func compared(
        _ ledger: any UsageLedger, in period: Period, prices: PriceBook, rates: ExchangeRates, use: LedgerDimension
    ) throws -> Reconciliation.Provider {
        let lines = bills.compactMap { BillLine($0, prices: prices, rates: rates) }
        guard !lines.isEmpty, lines.count == bills.count else {
            return Reconciliation.Provider(
                coverage: coverage, billedUSD: nil, difference: nil, commitments: [],
                findings: unpriced + tokens + disagreements + unknownRate)
        }
        let hours = try LedgerHours(ledger, provider: coverage.provider, in: period, prices: prices)
        guard Self.isPlausible(lines, hours) else {
            return Reconciliation.Provider(
                coverage: coverage, billedUSD: nil, difference: nil, commitments: [], findings: [Self.implausible])
        }
        let commitments = try CommitmentUse.find(
            lines, in: ledger, provider: coverage.provider, during: period, by: use, prices: prices)
        let unused = commitments.reduce(Int128(0)) { $0 + Int128($1.unused.nanos) * 1_000 }
        let comparison = LineComparison(
            provider: coverage.provider, lines: lines, hours: hours, prices: prices, unused: unused)
        var findings = try comparison.findings { days in
            try DuplicateRecords.find(
                in: ledger, provider: coverage.provider, days: days, offset: comparison.offset)
        }
        findings += currency(lines) + disagreements
        // Calls without usage are named as such: no price would help them.
        let isNamed = findings.contains { $0.cause == .unpriced || $0.cause == .usage && unpricedSums.tokens == 0 }
        if !isNamed { findings += unpriced }
        // Lines that tell no model's tokens cannot be compared one by one; sums of tokens can.
        let isComparable = lines.contains { $0.tellsTokens && $0.model != nil }
        if !isComparable { findings += tokens }
        let billed = lines.reduce(Int128(0)) { $0 + $1.amount }
        return Reconciliation.Provider(
            coverage: coverage, billedUSD: BilledAmount(picos: billed),
            difference: BilledAmount(picos: comparison.difference), commitments: commitments,
            findings: findings.sorted { abs($0.amount?.picos ?? 0) > abs($1.amount?.picos ?? 0) })
    }

    // MARK: Damage

    /// The most tokens that a provider's lines or records may have together, and the most dollars (× 10⁻¹²) that lines may
    /// charge: beyond it sums of products would not be exact.
    private static let (mostTokens, mostPicos) = (Int128(100_000_000_000_000_000), Int128.powerOfTen(35) ?? .max)

    private static func isPlausible(_ lines: [BillLine], _ hours: LedgerHours) -> Bool {
        var (tokens, picos) = (Int128(0), Int128(0))
        for line in lines {
            if case .tokens(_, let count) = line.charge { tokens += Int128(count) }
            // A line has less than 10³⁶, so one more fits.
            picos += abs(line.amount)
            if picos > mostPicos { return false }
        }
        return tokens <= mostTokens && hours.tokens.map { $0 <= mostTokens } ?? false
    }

    private static let implausible = Reconciliation.Finding(
        cause: .unexplained, amount: nil,
        detail:
            "The bill or the ledger counts more than 10¹⁷ tokens, or more than 10²³ dollars: a line or a record is damaged. Find it with payback export csv, and import the period again."
    )

    // MARK: Currency

    private var foreignCurrencies: [String] { Set(bills.map(\.currency)).subtracting(["USD"]).sorted() }

    private func currency(_ lines: [BillLine]) -> [Reconciliation.Finding] {
        let names = foreignCurrencies
        if names.isEmpty { return [] }
        let foreign = zip(bills, lines).filter { $0.0.currency != "USD" }
        let native = foreign.reduce(Int128(0)) { $0 + ($1.0.billed?.picos ?? 0) }
        let usd = foreign.reduce(Int128(0)) { $0 + $1.1.amount }
        let text = BilledAmount(picos: native).decimalText
        return [
            Reconciliation.Finding(
                cause: .currency, amount: nil,
                detail:
                    "The bill is in \(names.joined(separator: ", ")): \(text) are \(BilledAmount(picos: usd).decimalText) USD at the stated rate of each day. Read as dollars it would be off by \(BilledAmount(picos: usd - native).decimalText)."
            )
        ]
    }

    private var unknownRate: [Reconciliation.Finding] {
        let names = foreignCurrencies
        if names.isEmpty { return [] }
        return [
            Reconciliation.Finding(
                cause: .currency, amount: nil,
                detail:
                    "The bill is in \(names.joined(separator: ", ")), and no rate is known: give --rates rates.csv with the columns date, currency, usd."
            )
        ]
    }

    // MARK: Sums

    private var disagreements: [Reconciliation.Finding] {
        sources.disagreements.map { .init(cause: .sources, amount: nil, detail: $0.detail) }
    }

    private var unpricedSums: (requests: Int128, tokens: Int128) {
        days.values.reduce((0, 0)) { ($0.0 + Int128($1.unpricedRequests), $0.1 + Int128($1.unpricedTokens)) }
    }

    private var unpriced: [Reconciliation.Finding] {
        let (requests, tokens) = unpricedSums
        guard requests > 0 else { return [] }
        return [
            Reconciliation.Finding(
                cause: .unpriced, amount: nil,
                detail:
                    "\(requests) records with \(tokens) tokens have no price: add their models to a file for --prices.")
        ]
    }

    /// Classes of tokens that differ by more than a hundredth.
    private var tokens: [Reconciliation.Finding] {
        let usage = sources.believed
        let periods = Set(usage.map(\.period))
        let covered = days.filter { day, _ in periods.contains { $0.overlaps(Period(day: day)) } }.values
        return TokenClass.allCases.compactMap { kind in
            let stated = usage.filter { $0.usage[keyPath: kind.bucket].isKnown }
            guard !stated.isEmpty else { return nil }
            let theirs = stated.reduce(Int128(0)) { $0 + Int128($1.usage[keyPath: kind.bucket].orZero) }
            let ours = covered.reduce(Int128(0)) { $0 + Int128($1[keyPath: kind.sum]) }
            guard abs(theirs - ours) > max(theirs, ours) / 100 else { return nil }
            let advice =
                ours == 0
                ? "the tool that reported them leaves them out"
                : theirs > ours ? "some calls are missing" : "some calls count twice"
            return Reconciliation.Finding(
                cause: kind.isCacheWrite && ours == 0 ? .cacheWrites : .tokens, amount: nil,
                detail: "\(kind.label): the provider counts \(theirs), the ledger \(ours); \(advice).")
        }
    }
}
