internal import Domain

/// Puts bills beside records.
enum Coverage {
    /// One finding per provider that has records or a bill.
    static func findings(
        days: [String: [Int64: ProviderDays.Day]], totals: [ControlTotal]
    ) -> [CoverageFinding] {
        let bills = Dictionary(grouping: totals.filter { $0.isAI }, by: \.provider)
        let providers = Set(days.keys).union(bills.keys)
        return providers.map { finding($0, days: days[$0] ?? [:], totals: bills[$0] ?? []) }
            .sorted { a, b in weight(a) != weight(b) ? weight(a) > weight(b) : a.provider < b.provider }
    }

    private static func weight(_ finding: CoverageFinding) -> Int128 {
        max(finding.billed?.picos ?? 0, Int128(finding.explained.nanos) * 1000)
    }

    /// Of several bills for one provider the most authoritative kind counts, so that an invoice and the bill behind it
    /// are not added up.
    private static func finding(
        _ provider: String, days: [Int64: ProviderDays.Day], totals: [ControlTotal]
    ) -> CoverageFinding {
        let authority = totals.filter { $0.billed != nil }.map(\.authority).max()
        let bills = totals.filter { $0.authority == authority && $0.billed != nil }
        let usage = TokenSources(totals).believed.filter { $0.usage.total > 0 }
        let period = span(bills.isEmpty ? usage : bills)
        // Records cost US dollars, so a bill in them is the one to compare with.
        let currency = bills.contains { $0.currency == "USD" } ? "USD" : bills.first?.currency ?? "USD"
        let periods = Set((bills.isEmpty ? usage : bills).map(\.period))
        let inPeriod = days.filter { day, _ in periods.isEmpty || periods.contains { $0.overlaps(Period(day: day)) } }
            .values
        var sum = BilledAmount(picos: 0)
        for bill in bills where bill.currency == currency { sum += bill.billed ?? BilledAmount(picos: 0) }
        let billed = bills.isEmpty ? nil : sum
        var finding = CoverageFinding(
            provider: provider, authority: authority ?? usage.first?.authority, billed: billed, currency: currency,
            explained: NanoUSD(nanos: inPeriod.reduce(0) { $0 &+ $1.cost }))
        finding.explainedTokens = inPeriod.reduce(0) { $0 &+ $1.tokens }
        finding.reportedTokens = usage.isEmpty ? nil : usage.reduce(0) { $0 &+ $1.usage.total }
        finding.period = period
        return finding
    }

    private static func span(_ totals: [ControlTotal]) -> Period? {
        totals.map(\.period).reduce(nil) { $0?.union($1) ?? $1 }
    }

    /// Control totals summed by source, provider and service, in order of first appearance.
    static func summaries(_ totals: [ControlTotal]) -> [ControlSummary] {
        var summaries: [ControlSummary] = []
        var positions: [[String]: Int] = [:]
        for total in totals {
            let key = [total.source, total.provider, total.service ?? "", "\(total.isAI)", total.currency]
            let position = positions[key] ?? summaries.count
            if position == summaries.count {
                positions[key] = position
                summaries.append(
                    ControlSummary(
                        source: total.source, provider: total.provider, service: total.service, isAI: total.isAI,
                        currency: total.currency))
            }
            summaries[position].add(total)
        }
        return summaries
    }
}

extension ControlSummary {
    fileprivate mutating func add(_ total: ControlTotal) {
        rows += 1
        requests &+= total.requests ?? 0
        tokens &+= total.usage.total
        if let amount = total.billed { billed += amount }
        if let amount = total.effective { effective += amount }
        if let amount = total.list { list += amount }
        if let amount = total.contracted { contracted += amount }
    }
}
