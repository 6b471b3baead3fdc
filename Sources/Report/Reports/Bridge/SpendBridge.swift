package import Domain
package import Pricing

/// From one period's spend to the next: how much is due to volume, mix, tokens, cache and price. The parts sum exactly.
///
/// Each step changes one thing and keeps the rest, in this order (docs/methods/spend-bridge.md): more or fewer requests at
/// last period's cost each; other models; other tokens per request at last period's share of cache; another share of
/// cache; what is left is price.
package struct SpendBridge: Sendable, Hashable {
    /// Why spend moved.
    package enum Cause: String, Sendable, CaseIterable {
        /// More or fewer requests.
        case volume
        /// Dearer or cheaper models.
        case mix
        /// Longer or shorter prompts and answers.
        case tokens
        /// More or less input read from a provider's cache.
        case cache
        /// Prices, tiers, discounts, and what no other step explains.
        case price
    }

    /// Spend of the period before.
    package let from: NanoUSD
    /// Spend of the period.
    package let to: NanoUSD
    /// Each cause's part, in order; they sum to the difference to the nano-dollar.
    package let parts: [(cause: Cause, amount: NanoUSD)]

    /// Finds the causes.
    ///
    /// - Parameters:
    ///   - moment: whose prices weigh tokens.
    package init(_ rows: SpendRows, prices book: PriceBook, at moment: Timestamp) {
        (from, to) = (rows.previous.cost, rows.totals.cost)
        let (requests, before) = (Double(rows.totals.requests), Double(rows.previous.requests))
        guard before > 0, requests > 0, from > .zero else {
            let all = to - from
            parts = Cause.allCases.map { ($0, $0 == .volume ? all : .zero) }
            return
        }
        let volume = Double(from.nanos) * (requests / before - 1)
        var (mix, tokens, cache) = (0.0, 0.0, 0.0)
        for key in Set(rows.models.keys).union(rows.previousModels.keys) {
            let step = ModelStep(
                now: rows.models[key], before: rows.previousModels[key], requests: requests, requestsBefore: before)
            mix += step.mix
            let weights = TokenWeights(key, book, moment)
            tokens += step.tokens(weights)
            cache += step.cache(weights)
        }
        let rounded = [volume, mix, tokens, cache].map { NanoUSD(nanos: Int64($0.rounded())) }
        let rest = rounded.reduce(to - from) { $0 - $1 }
        parts = Array(zip(Cause.allCases, rounded + [rest]))
    }

    package static func == (a: SpendBridge, b: SpendBridge) -> Bool {
        a.from == b.from && a.to == b.to && a.parts.map(\.amount) == b.parts.map(\.amount)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(from)
        hasher.combine(to)
    }
}

/// One model's part of a bridge.
private struct ModelStep {
    let now: UsageMeasures?
    let before: UsageMeasures?
    let requests: Double
    let requestsBefore: Double

    private func costEach(_ sums: UsageMeasures?) -> Double? {
        sums.flatMap { $0.requests > 0 ? Double($0.cost.nanos) / Double($0.requests) : nil }
    }

    /// Another share of the requests, at last period's cost each; a model that is new counts whole at its own.
    var mix: Double {
        let share = Double(now?.requests ?? 0) / requests
        let old = Double(before?.requests ?? 0) / requestsBefore
        guard let each = costEach(before) else { return share * requests * (costEach(now) ?? 0) }
        return (share - old) * requests * each
    }

    /// Cost at last period's prices if each request had other tokens, its share of cache as before.
    func tokens(_ weights: TokenWeights) -> Double {
        guard let now, let before, let each = costEach(before) else { return 0 }
        let (old, mixed) = (weights.each(before, cachedAs: before), weights.each(now, cachedAs: before))
        return old > 0 ? Double(now.requests) * each * (mixed / old - 1) : 0
    }

    /// The same with this period's share of cache.
    func cache(_ weights: TokenWeights) -> Double {
        guard let now, let before, let each = costEach(before) else { return 0 }
        let (old, mixed) = (weights.each(before, cachedAs: before), weights.each(now, cachedAs: before))
        return old > 0 ? Double(now.requests) * each * (weights.each(now, cachedAs: now) - mixed) / old : 0
    }
}

/// What tokens of a model weigh against one another: the book's prices, or all alike where it has none.
private struct TokenWeights {
    private var uncached = 1.0
    private var read = 1.0
    private var write = 1.0
    private var output = 1.0

    init(_ key: SpendRows.ModelKey, _ book: PriceBook, _ moment: Timestamp) {
        let answer = book.price(
            provider: key.provider.isEmpty ? nil : key.provider, model: key.model, tier: nil, at: moment)
        guard case .success(let price) = answer, let input = price.rates.base.input else { return }
        let rates = price.rates.base
        uncached = Double(input.picos)
        read = Double(rates.cacheRead?.picos ?? input.picos)
        write = Double(rates.cacheWrite5m?.picos ?? input.picos)
        output = Double(rates.output?.picos ?? input.picos)
    }

    /// A request's weight with its own tokens, the input parted among the buckets as in another period.
    func each(_ sums: UsageMeasures, cachedAs other: UsageMeasures) -> Double {
        guard sums.requests > 0 else { return 0 }
        let all = Double(max(other.totalInput, 1))
        let shares = (
            Double(other.uncachedInput) / all, Double(other.cacheRead) / all,
            Double(other.cacheWrite5m &+ other.cacheWrite1h) / all
        )
        let input = Double(sums.totalInput) * (shares.0 * uncached + shares.1 * read + shares.2 * write)
        return (input + Double(sums.output) * output) / Double(sums.requests)
    }
}
