internal import Documents
internal import Domain
internal import Ledger
internal import Pricing

/// Price, tier and quantity effects of the days and models that both sides have.
struct LineEffects {
    private let comparison: LineComparison
    /// By model: how the bill's price differs from the list.
    private var price: [String: (amount: Int128, list: Int128)] = [:]
    /// By model: how the records' costs differ from the list.
    private var recorded: [String: RecordedPrice] = [:]
    /// By model: what the list asks for long contexts beyond short ones.
    private var premium: [String: Int128] = [:]
    /// What commitments pay, less the list.
    private var committed: Int128 = 0
    /// By tier: what its price differs from the one that the ledger applied.
    private var tier: [String: (amount: Int128, tokens: Int64)] = [:]
    /// By model, class and day: tokens that only one side has.
    private var quantity: [QuantityKey: (amount: Int128, tokens: Int64)] = [:]
    /// The differences of quantity that are explained, and calls of which no usage is known.
    private var patterns: [TokenPattern: (amount: Int128, tokens: Int64, models: Set<String>, calls: Int64)] = [:]
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
        for line in comparison.usage where days.contains(line.day) && line.charge != .capacity {
            if let model = line.model, known.contains(model) {
                lines[.init(model: model, day: line.day), default: []].append(line)
            } else if line.model == nil, !attributesNameless {
                wordless += line.amount
            }
        }
        // Where a bill tells no tokens, what it says beside the ledger is one sum.
        guard comparison.hasCapacity || lines.values.contains(where: { $0.contains(where: \.tellsTokens) }) else {
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
        let rates = LineRates(
            comparison.prices, provider: comparison.provider, model: key.model, day: key.day)
        var counts: [TokenClass: TokenPattern.Count] = [:]
        for group in named.map(Optional.some) + [nil] {
            let belongs = { (tier: String) in group.map { $0 == tier } ?? !named.contains(tier) }
            for kind in TokenClass.allCases {
                let ledger = sums.filter { belongs($0.tier) }.reduce(into: (tokens: Int64(0), amount: Int128(0))) {
                    sum, row in
                    let tokens = row.measures[keyPath: kind.sum]
                    let amount = Int128(tokens) * (rates.list(kind, tier: row.tier) ?? 0)
                    let asInput = Int128(tokens) * (rates.list(.uncachedInput, tier: row.tier) ?? 0)
                    sum.tokens += tokens
                    sum.amount += amount
                    recorded[key.model, default: RecordedPrice()].add(kind, amount, asInput: asInput)
                }
                let own = lines.filter { $0.isAbout(kind) && belongs($0.tier) }
                compare(kind, key, own, ledger, rates)
                let billed = own.reduce(Int64(0)) { $0 + $1.tokens }
                counts[kind, default: .init()] =
                    (counts[kind] ?? .init()) + .init(billed: billed, ledger: ledger.tokens)
            }
        }
        let wordless = lines.filter { $0.charge == .usage }.reduce(Int128(0)) { $0 + $1.amount }
        price[key.model, default: (0, 0)].amount += wordless
        // What records cost beyond the list: long contexts, prices of their own, roundings.
        recorded[key.model, default: RecordedPrice()].cost += sums.reduce(Int128(0)) { $0 + $1.measures.picos }
        explain(key, counts, sums.reduce(into: UsageMeasures()) { $0 += $1.measures })
    }

    /// Gives the differences of quantity that have a pattern to its cause.
    private mutating func explain(
        _ key: LineComparison.ModelDay, _ counts: [TokenClass: TokenPattern.Count], _ sums: UsageMeasures
    ) {
        // What has tokens and no price lacks a price, not its usage.
        let lacksUsage = sums.unpricedRequests > 0 && sums.unpricedTokens == 0
        for (pattern, classes) in TokenPattern.find(counts, reasoning: sums.reasoning, lacksUsage: lacksUsage) {
            var part = patterns[pattern] ?? (0, 0, [], 0)
            for kind in classes {
                let place = QuantityKey(model: key.model, kind: kind, day: key.day)
                guard let cell = quantity.removeValue(forKey: place) else { continue }
                part.amount += cell.amount
                part.tokens += abs(cell.tokens)
            }
            part.models.insert(key.model)
            part.calls += sums.unpricedRequests
            patterns[pattern] = part
        }
    }

    private mutating func compare(
        _ kind: TokenClass, _ key: LineComparison.ModelDay, _ lines: [BillLine],
        _ ledger: (tokens: Int64, amount: Int128), _ rates: LineRates
    ) {
        var (billed, list, paid, tokens) = (Int128(0), Int128(0), Int128(0), Int64(0))
        var byTier: [String: (list: Int128, tokens: Int64)] = [:]
        for line in lines {
            guard case .tokens(_, let count) = line.charge else { continue }
            let amount = Int128(count) * (rates.list(kind, tier: line.tier) ?? 0)
            if line.commitment == .used {
                committed += line.amount - amount
            } else {
                (billed, paid) = (billed + line.amount, paid + amount)
            }
            if line.isLongContext, let long = rates.list(kind, tier: line.tier, isLong: true) {
                premium[key.model, default: 0] += Int128(count) * long - amount
            }
            (list, tokens) = (list + amount, tokens + count)
            byTier[line.tier, default: (0, 0)].list += amount
            byTier[line.tier, default: (0, 0)].tokens += count
        }
        price[key.model, default: (0, 0)].amount += billed - paid
        price[key.model, default: (0, 0)].list += paid
        // Without records of a class, its price is the bill's own.
        let known = ledger.tokens > 0 ? ledger : (tokens: tokens, amount: list)
        let mean = { (count: Int64) -> Int128 in
            known.tokens > 0 ? known.amount.part(count, of: known.tokens) : 0
        }
        for (name, part) in byTier { add(part.list - mean(part.tokens), part.tokens, toTier: name) }
        // Roundings of the parts go with the quantity, so that the sum stays exact.
        let tiers = byTier.values.reduce(Int128(0)) { $0 + $1.list - mean($1.tokens) }
        let place = QuantityKey(model: key.model, kind: kind, day: key.day)
        // What capacity serves is on no line of its own.
        if ledger.tokens > tokens, comparison.hasCapacity(of: key.model, on: key.day) {
            committed += list - tiers - ledger.amount
            return
        }
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
        tierFindings + Set(price.keys).union(recorded.keys).sorted().flatMap(priceFindings) + commitmentFindings
            + patternFindings + (try quantityFindings(duplicates))
    }

    /// What commitments cover is billed with the commitment.
    private var commitmentFindings: [Reconciliation.Finding] {
        if committed == 0 { return [] }
        return [
            .init(
                .commitment, committed,
                "A commitment pays for usage that records have at the list's price; the commitment itself is on another line."
            )
        ]
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

    /// The bill's price and the records' beside the list, each where it is more than roundings.
    private func priceFindings(_ model: String) -> [Reconciliation.Finding] {
        let effect = price[model] ?? (0, 0)
        let records = recorded[model] ?? RecordedPrice()
        let isBilled = effect.list > 0 && abs(effect.amount) > effect.list / Self.roundings
        let isRecorded = records.list > 0 && abs(records.effect) > records.list / Self.roundings
        // Where both are off in opposite directions, the bill and the records agree on what the list does not know.
        let isOpposed = (effect.amount < 0) != (records.effect < 0)
        guard isRecorded, !isBilled || !isOpposed || abs(records.effect) > abs(effect.amount) else {
            return billed(model, effect.amount + records.effect, list: effect.list)
        }
        guard isBilled, !isOpposed else {
            return [.init(.recordedPrice, effect.amount + records.effect, records.detail(model))]
        }
        return [.init(.recordedPrice, records.effect, records.detail(model))]
            + billed(model, effect.amount, list: effect.list)
    }

    /// One part in so many is roundings of lines, and no price.
    private static let roundings: Int128 = 2000

    private func billed(_ model: String, _ amount: Int128, list: Int128) -> [Reconciliation.Finding] {
        guard list > 0, abs(amount) > list / Self.roundings else { return [] }
        let long = max(0, min(premium[model] ?? 0, amount))
        let context = Reconciliation.Finding(
            .context, long,
            "\(model) is billed at the price of long contexts, and records are priced without: have the tool send each call's tokens, not sums of many."
        )
        let rest = amount - long
        guard abs(rest) > list / Self.roundings else { return long == 0 ? [] : [context.with(long + rest)] }
        let text = NumberText.percent(abs(Double(rest) / Double(list)))
        let finding = Reconciliation.Finding(
            rest < 0 ? .negotiated : .price, rest,
            rest < 0
                ? "\(model) is billed \(text) below the list: a negotiated price; put it into a file for --prices as a discount."
                : "\(model) is billed \(text) above the list: the price book may be old; payback prices show \(model) tells what was applied."
        )
        return long == 0 ? [finding] : [context, finding]
    }

    private var patternFindings: [Reconciliation.Finding] {
        TokenPattern.allCases.compactMap { pattern in
            guard let part = patterns[pattern] else { return nil }
            let models = part.models.sorted().joined(separator: ", ")
            return .init(pattern.cause, part.amount, pattern.detail(models, tokens: part.tokens, calls: part.calls))
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
                    "The ledger has more tokens than the bill on \(DayList.text(Set(over.keys.map(\.day)))): calls that count twice, answers of a cache that are charged, or a bill that is not complete."
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

extension Reconciliation.Finding {
    fileprivate func with(_ picos: Int128) -> Self { .init(cause, picos, detail) }
}
