internal import Documents
internal import Domain
internal import Ledger
internal import Pricing

/// Price, tier and quantity effects of the days and models that both sides have.
struct LineEffects {
    private let comparison: LineComparison
    /// By model: how the bill's price differs from the list.
    private var price: [String: (amount: Int128, list: Int128)] = [:]
    /// By tier: what its price differs from the one that the ledger applied.
    private var tier: [String: (amount: Int128, tokens: Int64)] = [:]
    /// By model, class and day: tokens that only one side has.
    private var quantity: [QuantityKey: (amount: Int128, tokens: Int64)] = [:]
    /// Usage lines that tell no tokens, less what the ledger has on their days.
    private var wordless: Int128 = 0

    private struct QuantityKey: Hashable {
        let model: String
        let kind: TokenClass
        let day: Int64

        /// Whether tokens written to a cache are missing, which has a cause of its own.
        func isMissingWrite(_ tokens: Int64) -> Bool { kind.isCacheWrite && tokens > 0 }
    }

    init(_ comparison: LineComparison, days: Set<Int64>) {
        self.comparison = comparison
        let all = comparison.sums
        let sums = all.filter { days.contains($0.key.day) && !comparison.unpricedNames.contains($0.key.model) }
        let known = Set(all.keys.map(\.model)).subtracting(comparison.unpricedNames)
        let attributesNameless = comparison.attributesNameless
        var lines: [LineComparison.ModelDay: [BillLine]] = [:]
        for line in comparison.usage where days.contains(line.day) {
            if let model = line.model, known.contains(model) {
                lines[.init(model: model, day: line.day), default: []].append(line)
            } else if line.model == nil, !attributesNameless {
                wordless += line.amount
            }
        }
        // Where a bill tells no tokens, what it says beside the ledger is one sum.
        guard lines.values.contains(where: { $0.contains(where: \.tellsTokens) }) else {
            wordless = 0
            return
        }
        let tiers = all.reduce(into: [String: Set<String>]()) { tiers, row in
            tiers[row.key.model, default: []].formUnion(row.value.map(\.tier))
        }
        for key in Set(sums.keys).union(lines.keys) {
            // Tiers that records name are compared by themselves; what they do not name was priced as another.
            let named = (tiers[key.model] ?? []).subtracting(["standard"])
            compare(key, lines[key] ?? [], sums[key] ?? [], naming: named)
        }
    }

    // MARK: Taking apart

    private mutating func compare(
        _ key: LineComparison.ModelDay, _ lines: [BillLine], _ sums: [(tier: String, measures: UsageMeasures)],
        naming named: Set<String>
    ) {
        let rates = LineRates(comparison, model: key.model, day: key.day)
        var modelled: Int128 = 0
        for group in named.map(Optional.some) + [nil] {
            let belongs = { (tier: String) in group.map { $0 == tier } ?? !named.contains(tier) }
            for kind in TokenClass.allCases {
                let ledger = sums.filter { belongs($0.tier) }.reduce(into: (tokens: Int64(0), amount: Int128(0))) {
                    sum, row in
                    let tokens = row.measures[keyPath: kind.sum]
                    sum.tokens += tokens
                    sum.amount += Int128(tokens) * (rates.list(kind, tier: row.tier) ?? 0)
                }
                modelled += ledger.amount
                compare(kind, key, lines.filter { $0.isAbout(kind) && belongs($0.tier) }, ledger, rates)
            }
        }
        let wordless = lines.filter { $0.charge == .usage }.reduce(Int128(0)) { $0 + $1.amount }
        // What records cost beyond the list: long contexts, prices of their own, roundings.
        let beyond = sums.reduce(Int128(0)) { $0 + $1.measures.picos } - modelled
        price[key.model, default: (0, 0)].amount += wordless - beyond
    }

    private mutating func compare(
        _ kind: TokenClass, _ key: LineComparison.ModelDay, _ lines: [BillLine],
        _ ledger: (tokens: Int64, amount: Int128), _ rates: LineRates
    ) {
        var (billed, list, tokens) = (Int128(0), Int128(0), Int64(0))
        var byTier: [String: (list: Int128, tokens: Int64)] = [:]
        for line in lines {
            guard case .tokens(_, let count) = line.charge else { continue }
            let amount = Int128(count) * (rates.list(kind, tier: line.tier) ?? 0)
            billed += line.amount
            (list, tokens) = (list + amount, tokens + count)
            byTier[line.tier, default: (0, 0)].list += amount
            byTier[line.tier, default: (0, 0)].tokens += count
        }
        price[key.model, default: (0, 0)].amount += billed - list
        price[key.model, default: (0, 0)].list += list
        // Without records of a class, its price is the bill's own.
        let known = ledger.tokens > 0 ? ledger : (tokens: tokens, amount: list)
        let mean = { (count: Int64) -> Int128 in
            known.tokens > 0 ? known.amount.part(count, of: known.tokens) : 0
        }
        for (name, part) in byTier { add(part.list - mean(part.tokens), part.tokens, toTier: name) }
        // Roundings of the parts go with the quantity, so that the sum stays exact.
        let tiers = byTier.values.reduce(Int128(0)) { $0 + $1.list - mean($1.tokens) }
        let place = QuantityKey(model: key.model, kind: kind, day: key.day)
        let cell = quantity[place] ?? (0, 0)
        quantity[place] = (cell.amount + list - tiers - ledger.amount, cell.tokens + tokens - ledger.tokens)
    }

    private mutating func add(_ amount: Int128, _ tokens: Int64, toTier name: String) {
        var part = tier[name] ?? (0, 0)
        part.amount += amount
        part.tokens += amount == 0 ? 0 : tokens
        tier[name] = part
    }

    // MARK: Causes

    func findings(_ duplicates: (Set<Int64>) throws -> DuplicateRecords?) throws -> [Reconciliation.Finding] {
        tierFindings + priceFindings + (try quantityFindings(duplicates))
    }

    private var tierFindings: [Reconciliation.Finding] {
        let names = tier.filter { $0.key != "standard" && abs($0.value.amount) >= LineComparison.leastCause }.keys
            .sorted()
        // The standard tier's share of the effect is the other side of the same mistake.
        let amount = tier.values.reduce(Int128(0)) { $0 + $1.amount }
        guard !names.isEmpty, amount != 0 else { return [] }
        let tokens = names.reduce(Int64(0)) { $0 + (tier[$1]?.tokens ?? 0) }
        return [
            .init(
                .tier, amount,
                "The bill has \(tokens) tokens in the tier \(names.joined(separator: ", ")), which records name differently or not at all, so another tier's price was applied: have the tool send the tier."
            )
        ]
    }

    private var priceFindings: [Reconciliation.Finding] {
        price.sorted { $0.key < $1.key }.compactMap { model, effect in
            guard effect.list > 0, effect.amount != 0 else { return nil }
            let share = Double(effect.amount) / Double(effect.list)
            // Roundings of lines are no prices.
            guard abs(share) > 0.0005 else { return nil }
            let text = NumberText.percent(abs(share))
            return .init(
                share < 0 ? .negotiated : .price, effect.amount,
                share < 0
                    ? "\(model) is billed \(text) below the list: a negotiated price; put it into a file for --prices as a discount."
                    : "\(model) is billed \(text) above the list: the price book may be old; payback prices show \(model) tells what was applied."
            )
        }
    }

    private func quantityFindings(
        _ duplicates: (Set<Int64>) throws -> DuplicateRecords?
    ) throws -> [Reconciliation.Finding] {
        let writes = quantity.filter { $0.key.isMissingWrite($0.value.tokens) }.values.sum
        let others = quantity.filter { !$0.key.isMissingWrite($0.value.tokens) }
        let over = others.filter { $0.value.tokens < 0 }
        let under = others.filter { $0.value.tokens > 0 }
        // Records that are there twice cost what they cost; what netted with them on their days belongs to the others.
        let twice = over.isEmpty ? nil : try duplicates(Set(over.keys.map(\.day)))
        let rest = over.values.sum.amount + (twice?.cost ?? 0)
        let lacking = under.values.sum.amount + wordless
        var findings = Self.duplicates(twice)
        if writes.amount > 0 {
            findings.append(Self.writes(writes.amount + (twice == nil ? 0 : rest), writes.tokens))
        }
        if rest != 0, twice == nil || writes.amount == 0 {
            findings.append(
                .init(
                    .tokens, rest,
                    "The ledger has more tokens than the bill on \(DayList.text(Set(over.keys.map(\.day)))): calls that count twice, or a bill that is not complete."
                ))
        }
        if lacking != 0 {
            findings.append(
                .init(
                    .tokens, lacking,
                    "The bill has more tokens than the ledger on \(DayList.text(Set(under.keys.map(\.day)))): calls that bypass it, or that failed on their way into it."
                ))
        }
        return findings
    }

    private static func duplicates(_ found: DuplicateRecords?) -> [Reconciliation.Finding] {
        guard let found, found.count > 0 else { return [] }
        return [
            .init(
                .duplicates, -found.cost,
                "\(found.count) records of \(DayList.text(found.days)) are there twice under other ids\(found.whose): import that export once."
            )
        ]
    }

    private static func writes(_ amount: Int128, _ tokens: Int64) -> Reconciliation.Finding {
        .init(
            .cacheWrites, amount,
            "The bill has \(tokens) tokens written to caches that the ledger lacks: a tool leaves cache writes out of what it reports."
        )
    }
}

extension Sequence<(amount: Int128, tokens: Int64)> {
    fileprivate var sum: (amount: Int128, tokens: Int64) {
        reduce((0, 0)) { ($0.0 + $1.amount, $0.1 + $1.tokens) }
    }
}

extension Int128 {
    /// The product with a decimal, rounded half to even at the last unit; `nil` beyond 128 bits.
    fileprivate func multiplied(by factor: ExactDecimal) -> Int128? {
        guard let units = factor.units(scale: 9)?.units else { return nil }
        let (product, isTooLarge) = multipliedReportingOverflow(by: units)
        return isTooLarge ? nil : product.dividedRoundingHalfToEven(by: 1_000_000_000)
    }

    /// So many of a whole that this is the amount of, rounded half to even; where the product does not fit into 128 bits, at
    /// the mean of one, rounded.
    fileprivate func part(_ count: Int64, of whole: Int64) -> Int128 {
        let (product, isTooLarge) = multipliedReportingOverflow(by: Int128(count))
        guard !isTooLarge else { return dividedRoundingHalfToEven(by: Int128(whole)) * Int128(count) }
        return product.dividedRoundingHalfToEven(by: Int128(whole))
    }
}

extension BillLine {
    /// Whether it tells how many tokens of which class.
    var tellsTokens: Bool {
        if case .tokens = charge { true } else { false }
    }

    func isAbout(_ kind: TokenClass) -> Bool {
        if case .tokens(kind, _) = charge { true } else { false }
    }
}

/// The list prices of a model on a day.
struct LineRates {
    private let comparison: LineComparison
    private let model: String
    private let moment: Timestamp

    init(_ comparison: LineComparison, model: String, day: Int64) {
        (self.comparison, self.model) = (comparison, model)
        moment = Timestamp(microseconds: day * Timestamp.microsecondsPerDay + Timestamp.microsecondsPerDay / 2)
    }

    /// A thousand dollars a token, USD × 10⁻¹²: a price above it is none.
    private static let dearest: Int128 = 1_000_000_000_000_000

    /// USD × 10⁻¹² a token; `nil` where the book has none.
    func list(_ kind: TokenClass, tier: String) -> Int128? {
        for name in [tier, "standard"] {
            let answer = comparison.prices.price(provider: comparison.provider, model: model, tier: name, at: moment)
            guard case .success(let applied) = answer, let rate = kind.rate(of: applied.rates.base),
                let price = rate.multiplied(by: applied.factor), price <= Self.dearest
            else { continue }
            return price
        }
        return nil
    }
}
