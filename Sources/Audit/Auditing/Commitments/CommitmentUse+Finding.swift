internal import Domain
internal import Ledger
internal import Pricing

extension CommitmentUse {
    /// The commitments of a provider's bill.
    ///
    /// Where the bill marks usage as used or unused (FOCUS, Azure's and AWS's reports), its effective costs decide. Else
    /// capacity counts by the span of its line: use costs its part of the span, but never more than its list price, and
    /// what that does not reach was not used. Hours that nobody used on one day cannot be used on another.
    static func find(
        _ lines: [BillLine], in ledger: any UsageLedger, provider: String, during period: Period,
        by dimension: LedgerDimension, prices: PriceBook
    ) throws -> [CommitmentUse] {
        let own = lines.filter { $0.commitment != nil }
        if own.isEmpty { return [] }
        let spread = CommitmentSpread(
            lines: lines,
            records: try CommitmentRecords(ledger, provider: provider, in: period, by: dimension, prices: prices))
        let isStated = own.contains { $0.commitment == .unused || $0.commitment == .used && $0.effective != nil }
        if isStated {
            let paid = own.filter { $0.commitment != .capacity }
            let capacity = own.filter { $0.commitment == .capacity }
            return [spread.stated(paid, provider: provider)] + spread.capacities(capacity, provider: provider)
        }
        // A purchase without effective cost has it on lines that are not on this bill.
        return spread.capacities(
            own.filter { $0.commitment == .capacity || ($0.effective ?? $0.amount) != 0 }, provider: provider)
    }
}

extension CommitmentSpread {
    /// A commitment of which the bill says what was used.
    fileprivate func stated(_ lines: [BillLine], provider: String) -> CommitmentUse {
        let used = lines.filter { $0.commitment == .used }
        var parts = Parts()
        for (span, group) in Dictionary(grouping: used, by: { $0.day...$0.lastDay }).sorted(by: {
            $0.key.lowerBound < $1.key.lowerBound
        }) {
            let cost = group.reduce(Int128(0)) { $0 + ($1.effective ?? 0) }.nanos
            parts.add(cost, over: uses(of: group, on: span))
        }
        let unused = lines.filter { $0.commitment != .used }.reduce(Int128(0)) { $0 + ($1.effective ?? 0) }.nanos
        return CommitmentUse(
            provider: provider, models: Set(used.compactMap(\.model)).sorted(),
            billed: lines.reduce(Int128(0)) { $0 + $1.amount }.nanos, effective: parts.cost + unused, unused: unused,
            isStated: true, shares: parts.shares)
    }

    /// Capacity by the hour, by model.
    fileprivate func capacities(_ lines: [BillLine], provider: String) -> [CommitmentUse] {
        Dictionary(grouping: lines, by: \.model).sorted { ($0.key ?? "") < ($1.key ?? "") }.map { model, lines in
            var (parts, unused) = (Parts(), NanoUSD.zero)
            for (span, group) in Dictionary(grouping: lines, by: { $0.day...$0.lastDay }).sorted(by: {
                $0.key.lowerBound < $1.key.lowerBound
            }) {
                let cost = group.reduce(Int128(0)) { $0 + ($1.effective ?? $1.amount) }.nanos
                let uses = unbilled(model, on: span)
                let worth = uses.reduce(NanoUSD.zero) { $0 + $1.list }
                parts.add(min(cost, worth), over: uses)
                unused += max(.zero, cost - worth)
            }
            return CommitmentUse(
                provider: provider, models: model.map { [$0] } ?? [],
                billed: lines.reduce(Int128(0)) { $0 + $1.amount }.nanos, effective: parts.cost + unused,
                unused: unused, isStated: false, shares: parts.shares)
        }
    }
}

extension Int128 {
    /// USD × 10⁻¹² in nano-dollars, rounded half to even.
    fileprivate var nanos: NanoUSD { BilledAmount(picos: self).nanoUSD ?? NanoUSD(nanos: self < 0 ? .min : .max) }
}
