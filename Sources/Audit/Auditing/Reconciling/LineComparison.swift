internal import Domain
internal import Ledger
internal import Pricing

/// One provider's bill beside the ledger, line by line, taken apart into causes whose amounts sum to the difference.
///
/// For every day, model and class of tokens: (bill − ledger) = price effect + tier effect + quantity effect, with
///
///     price effect    = billed − Σ tier quantity billed × list price
///     tier effect     = Σ tier quantity billed × list price − quantity billed × the ledger's mean price
///     quantity effect = (quantity billed − quantity of the ledger) × the ledger's mean price
struct LineComparison {
    typealias Finding = Reconciliation.Finding

    let provider: String
    let prices: PriceBook
    /// Hours after midnight UTC at which the provider's days begin.
    let offset: Int64
    /// Billed less explained, USD × 10⁻¹².
    let difference: Int128
    /// The lines that charge for usage.
    let usage: [BillLine]
    /// Models of the ledger that have no price at all.
    let unpricedNames: Set<String>
    private let lines: [BillLine]
    private let ledger: [LedgerHours.Key: UsageMeasures]
    /// Hours of the bill's days in UTC that are on none of its days as the provider counts them.
    private let shifted: [LedgerHours.Key: UsageMeasures]
    /// Days with records, as the provider counts them.
    private let recordedDays: Set<Int64>
    /// Usage by the meter: without capacity, which is paid for whether there are records or not.
    private let metered: [BillLine]
    /// Capacity by the hour.
    private let capacity: [BillLine]
    /// What of commitments nobody used, USD × 10⁻¹².
    private let unused: Int128

    init(provider: String, lines: [BillLine], hours: LedgerHours, prices: PriceBook, unused: Int128) {
        self.unused = unused
        (self.provider, self.lines, self.prices) = (provider, lines, prices)
        offset = Self.offset(lines, hours)
        ledger = hours.days(beginningAt: offset)
        difference = lines.reduce(0) { $0 + $1.amount } - hours.cost
        usage = lines.filter { if case .other = $0.charge { false } else { true } }
        let days = usage.map(\.day)
        shifted =
            if offset != 0, let first = days.min(), let last = days.max() {
                hours.shifted(outOf: first...last, by: offset)
            } else { [:] }
        metered = usage.filter { $0.charge != .capacity }
        capacity = usage.filter { $0.charge == .capacity }
        recordedDays = Set(ledger.lazy.filter { $0.value.calls > 0 }.map(\.key.day))
        unpricedNames = Self.unpriced(ledger)
    }

    /// The causes, and what none of them explains.
    func findings(_ duplicates: (Set<Int64>) throws -> DuplicateRecords?) throws -> [Finding] {
        var found = charges + timing
        let days = Set(usage.map(\.day))
        found += missingDays(Set(metered.map(\.day))) + unbilledDays(days)
        found += unpricedModels + missingModels
        let effects = LineEffects(self, days: days.intersection(recordedDays))
        found += try effects.findings(duplicates)
        found = found.filter { $0.amount.map { abs($0.picos) >= Self.leastCause } ?? true }
        let rest = difference - found.reduce(0) { $0 + ($1.amount?.picos ?? 0) }
        return abs(rest) < Self.leastCause ? found : found + [unexplained(rest)]
    }

    /// Half a cent, USD × 10⁻¹²: less is no cause.
    static let leastCause: Int128 = 5_000_000_000

    private func unexplained(_ rest: Int128) -> Finding {
        tellsTokens
            ? Finding(
                .unexplained, rest,
                "No cause explains this: compare the bill's lines with payback export focus, a row for each day, model, tier and class."
            )
            : Finding(
                .price, rest,
                "On days that both have; the bill tells no tokens: negotiated prices, tiers, or calls that are missing. payback prices show MODEL tells what was applied."
            )
    }

    // MARK: What is not usage

    private var tellsTokens: Bool { lines.contains(where: \.tellsTokens) }

    private var charges: [Finding] {
        var sums: [String: Int128] = [:]
        for line in lines {
            switch line.charge {
            case .other(let category): sums[category, default: 0] += line.amount
            case .capacity: sums["Purchase", default: 0] += line.amount
            case .tokens, .usage: break
            }
        }
        if unused != 0 { sums["Purchase", default: 0] -= unused }
        return unusedCommitment
            + sums.sorted { $0.key < $1.key }.map { category, amount in
                switch category {
                case "Credit":
                    Finding(
                        .credit, amount,
                        "The bill takes a credit off; no record can have one. EffectiveCost shows usage without it.")
                case "Tax":
                    Finding(.tax, amount, "The bill charges tax; records cost what the provider asks before tax.")
                case "Purchase":
                    Finding(
                        .commitment, amount,
                        "The bill charges a commitment or provisioned throughput, without what nobody used of it; records have use alone."
                    )
                default: Finding(.adjustment, amount, "The bill has lines of the category \(category).")
                }
            }
    }

    private var unusedCommitment: [Finding] {
        if unused == 0 { return [] }
        return [
            Finding(
                .unusedCommitment, unused,
                "Nobody used this part of what was committed to: move work to it, or commit to less when it ends.")
        ]
    }

    /// Whether the bill has capacity by the hour.
    var hasCapacity: Bool { !capacity.isEmpty }

    /// Whether capacity can have served a model on a day: its own, or that of no model.
    func hasCapacity(of model: String, on day: Int64) -> Bool {
        capacity.contains { ($0.day...$0.lastDay).contains(day) && ($0.model ?? model) == model }
    }

    // MARK: Time

    /// At which hour days begin so that quantities agree best.
    private static func offset(_ lines: [BillLine], _ hours: LedgerHours) -> Int64 {
        var billed: [Int64: Int64] = [:]
        for line in lines { if case .tokens(_, let count) = line.charge { billed[line.day, default: 0] += count } }
        guard billed.count > 2 else { return 0 }
        let misfits = LedgerHours.offsets.map { offset -> (offset: Int64, misfit: Double) in
            var own: [Int64: Int64] = [:]
            for (key, sums) in hours.days(beginningAt: offset) { own[key.day, default: 0] += sums.totalTokens }
            // The median day: one that is missing or counted twice does not decide.
            let parts = billed.map { day, count in Double(abs(count - (own[day] ?? 0))) / Double(max(count, 1)) }
                .sorted()
            return (offset, parts[parts.count / 2])
        }
        guard let utc = misfits.first, let best = misfits.min(by: { $0.misfit < $1.misfit }) else { return 0 }
        return best.misfit < utc.misfit / 4 && utc.misfit > 0.002 ? best.offset : 0
    }

    /// Hours that the provider bills with the month before or after.
    private var timing: [Finding] {
        if offset == 0 { return [] }
        let amount = shifted.reduce(Int128(0)) { $0 - $1.value.picos }
        let clock = "\(((offset % 24) + 24) % 24):00 UTC"
        return [
            Finding(
                .timing, amount,
                "The provider's days begin at \(clock): hours at the month's ends are on the bills of its neighbours, and tie with those."
            )
        ]
    }

    // MARK: Days and models that one side alone has

    private func missingDays(_ days: Set<Int64>) -> [Finding] {
        let missing = days.subtracting(recordedDays)
        let amount = metered.filter { missing.contains($0.day) }.reduce(Int128(0)) { $0 + $1.amount }
        if amount == 0 { return [] }
        return [
            Finding(
                .missingDays, amount,
                "The ledger has no record of \(DayList.text(missing)): import that time, or look for keys that bypass it."
            )
        ]
    }

    private func unbilledDays(_ days: Set<Int64>) -> [Finding] {
        let open = ledger.filter { !days.contains($0.key.day) }.map { key, sums in
            // Hours at the ends of the bill's days have a cause of their own.
            (day: key.day, picos: sums.picos - (shifted[key]?.picos ?? 0))
        }.filter { $0.picos > 0 }
        if open.isEmpty { return [] }
        let amount = open.reduce(Int128(0)) { $0 - $1.picos }
        return [
            Finding(
                .unbilledDays, amount,
                "No line of the bill is about \(DayList.text(Set(open.map(\.day)))): wait for it, or import it.")
        ]
    }

    private static func unpriced(_ ledger: [LedgerHours.Key: UsageMeasures]) -> Set<String> {
        let groups = Dictionary(grouping: ledger, by: \.key.model)
        return Set(
            groups.filter { _, rows in
                rows.contains { $0.value.unpricedTokens > 0 } && rows.allSatisfy { $0.value.cost == .zero }
            }.keys)
    }

    private var unpricedModels: [Finding] {
        unpricedNames.sorted().map { model in
            let tokens = ledger.filter { $0.key.model == model }.reduce(Int64(0)) { $0 + $1.value.unpricedTokens }
            let named = metered.filter { $0.model == model && recordedDays.contains($0.day) }
            // Lines whose meter names no known model are about the one model that nobody has priced.
            let lines = named.isEmpty && unpricedNames.count == 1 ? namelessLines : named
            let amount = lines.reduce(Int128(0)) { $0 + $1.amount }
            return Finding(
                .unpriced, amount,
                "\(model) has no price, so its \(tokens) tokens cost nothing in the ledger: add it to a file for --prices, and what is imported from then on has one."
            )
        }
    }

    /// Usage on days with records that names no model.
    private var namelessLines: [BillLine] { metered.filter { $0.model == nil && recordedDays.contains($0.day) } }

    /// Whether the lines without a model are those of an unpriced one.
    var attributesNameless: Bool {
        unpricedNames.count == 1 && !metered.contains { $0.model.map { unpricedNames.contains($0) } ?? false }
    }

    private var missingModels: [Finding] {
        let known = Set(ledger.keys.map(\.model))
        let lines = metered.filter { line in
            recordedDays.contains(line.day) && line.model.map { !known.contains($0) } ?? false
        }
        let names = Set(lines.compactMap(\.model)).sorted()
        let amount = lines.reduce(Int128(0)) { $0 + $1.amount }
        if amount == 0 { return [] }
        return [
            Finding(
                .missingModels, amount,
                "The bill charges for \(names.joined(separator: ", ")), of which there is no record: look for keys that bypass the ledger."
            )
        ]
    }

    // MARK: For effects

    /// A model's day.
    struct ModelDay: Hashable {
        let model: String
        let day: Int64
    }

    /// The ledger's sums by model and day; each has a row for every tier that records name.
    var sums: [ModelDay: [(tier: String, measures: UsageMeasures)]] {
        ledger.reduce(into: [:]) { sums, row in
            sums[ModelDay(model: row.key.model, day: row.key.day), default: []].append((row.key.tier, row.value))
        }
    }
}

extension UsageMeasures {
    /// The cost, USD × 10⁻¹².
    var picos: Int128 { Int128(cost.nanos) * 1_000 }
}

extension Reconciliation.Finding {
    init(_ cause: Reconciliation.Cause, _ picos: Int128, _ detail: String) {
        self.init(cause: cause, amount: BilledAmount(picos: picos), detail: detail)
    }
}

/// Days in words: each of a few, else the first and the last, and how many.
enum DayList {
    static func text(_ days: Set<Int64>) -> String {
        let names = days.sorted().map { Timestamp.startOfDay($0).dateText }
        guard let first = names.first, let last = names.last, names.count > 3 else {
            return names.joined(separator: ", ")
        }
        return "\(names.count) days from \(first) to \(last)"
    }
}
