/// What tools do wrong with tokens, told from how a model's counts of a day differ from the bill's.
enum TokenPattern: CaseIterable {
    /// Tokens of a cache are in uncached input, and not where they belong.
    case cachedAsInput
    /// Tokens of a cache are where they belong, and in uncached input as well.
    case cachedTwice
    /// Reasoning is left out of output.
    case reasoningMissing
    /// Calls have no usage at all.
    case usageMissing

    /// Tokens of a class on a model's day.
    struct Count {
        var billed: Int64 = 0
        var ledger: Int64 = 0

        /// What the ledger lacks; negative for what it has beyond the bill.
        var missing: Int64 { billed - ledger }

        static func + (a: Count, b: Count) -> Count {
            Count(billed: a.billed + b.billed, ledger: a.ledger + b.ledger)
        }
    }

    /// The patterns that a day shows, each with the classes whose difference it explains.
    ///
    /// - Parameters:
    ///   - reasoning: tokens of reasoning that the ledger has.
    ///   - lacksUsage: whether there are calls of which no usage is known.
    static func find(
        _ counts: [TokenClass: Count], reasoning: Int64, lacksUsage: Bool
    ) -> [(pattern: TokenPattern, classes: Set<TokenClass>)] {
        var found = input(counts).map { [$0] } ?? []
        let output = counts[.output] ?? Count()
        if reasoning > 0, isClose(output.missing, reasoning) { found.append((.reasoningMissing, [.output])) }
        guard lacksUsage else { return found }
        let explained = found.reduce(into: Set()) { $0.formUnion($1.classes) }
        let rest = Set(counts.filter { $0.value.missing > 0 }.keys).subtracting(explained)
        return rest.isEmpty ? found : found + [(.usageMissing, rest)]
    }

    /// What is wrong with uncached input, of which the ledger has more than the bill.
    private static func input(_ counts: [TokenClass: Count]) -> (pattern: TokenPattern, classes: Set<TokenClass>)? {
        let surplus = -(counts[.uncachedInput] ?? Count()).missing
        guard surplus > 0 else { return nil }
        for kinds in caches {
            let cached = kinds.reduce(Count()) { $0 + (counts[$1] ?? Count()) }
            if isClose(cached.missing, surplus) { return (.cachedAsInput, kinds.union([.uncachedInput])) }
            let agrees = kinds.allSatisfy { kind in counts[kind].map { isClose($0.billed, $0.ledger) } ?? true }
            if agrees, isClose(cached.billed, surplus) { return (.cachedTwice, [.uncachedInput]) }
        }
        return nil
    }

    private static let caches: [Set<TokenClass>] = [
        [.cacheRead], [.cacheWrite5m, .cacheWrite1h], [.cacheRead, .cacheWrite5m, .cacheWrite1h],
    ]

    /// Within half a hundredth: a call that ends at midnight is on one side's other day.
    private static func isClose(_ a: Int64, _ b: Int64) -> Bool {
        a > 0 && b > 0 && abs(a - b) <= max(a, b) / 200
    }
}
