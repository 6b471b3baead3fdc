internal import Domain
internal import Pricing

/// What one call costs while a plan's rules change it.
struct CallCost {
    /// What is used.
    private(set) var usage: TokenUsage
    /// What it costs.
    private(set) var cost: NanoUSD
    private var price: PriceTag
    /// The cost as asked, and what the price book says of the same: a negotiated price stays negotiated.
    private var asked: NanoUSD?
    private var quoted: NanoUSD
    /// Escalations, shadows and judges of a route.
    private var extra = NanoUSD.zero

    /// - Returns: `nil` where the book has no price for the call as it was made.
    init?(_ usage: TokenUsage, asked: NanoUSD, price: PriceTag?) {
        // A recorded cache hit has no tokens of its own: nothing can be said of what its call would come to.
        guard let price, let quoted = price.quote(usage), quoted > .zero || asked == .zero else { return nil }
        (self.usage, cost, self.price, self.asked, self.quoted) = (usage, asked, price, asked, quoted)
    }

    /// Uses other tokens; `false`, and nothing changes, where they have no price.
    mutating func use(_ usage: TokenUsage) -> Bool {
        guard let quote = price.quote(usage) else { return false }
        (self.usage, cost) = (usage, scaled(quote) + extra)
        return true
    }

    /// Buys the same tokens at another price of the same model.
    mutating func buy(at other: PriceTag?) -> Bool {
        guard let other, let quote = other.quote(usage) else { return false }
        (price, cost) = (other, scaled(quote) + extra)
        return true
    }

    /// Goes to another model, whose own prefix cache knows nothing of this prompt yet.
    mutating func move(to other: PriceTag?, _ terms: RouteTerms) -> Bool {
        let moved = usage.withoutCache.scaled(by: terms.tokenRatio)
        guard let other, let quote = other.quote(moved), let asked else { return false }
        extra =
            asked.times(terms.escalationShare) + (asked + terms.judgeCost).times(terms.shadowShare)
        (usage, price, self.asked, cost) = (moved, other, nil, quote + extra)
        return true
    }

    private func scaled(_ quote: NanoUSD) -> NanoUSD {
        guard let asked, quote != quoted else { return asked ?? quote }
        guard quoted.nanos > 0 else { return asked }
        let product = Int128(asked.nanos) * Int128(quote.nanos)
        return NanoUSD(nanos: Int64(product.roundedQuotient(by: Int128(quoted.nanos))))
    }
}

extension Int128 {
    /// The quotient rounded to the nearest, halves away from zero.
    fileprivate func roundedQuotient(by divisor: Int128) -> Int128 {
        let half = divisor / 2
        return (self >= 0 ? self + half : self - half) / divisor
    }
}

extension NanoUSD {
    /// A share of an amount, to the nano-dollar.
    func times(_ share: Double) -> NanoUSD {
        share == 0 ? .zero : NanoUSD(nanos: Int64((Double(nanos) * share).rounded()))
    }
}

extension TokenCount {
    /// A share of the tokens, to the token; unknown stays unknown.
    func scaled(by factor: Double) -> TokenCount {
        known.map { TokenCount(Int64((Double($0) * factor).rounded())) } ?? .unknown
    }
}

extension TokenUsage {
    /// The same input without a provider's cache.
    var withoutCache: TokenUsage {
        var usage = self
        usage.uncachedInput = TokenCount(totalInput)
        (usage.cacheRead, usage.cacheWrite5m, usage.cacheWrite1h) = (.zero, .zero, .zero)
        return usage
    }

    /// All tokens in another tokenizer's count.
    func scaled(by ratio: Double) -> TokenUsage {
        if ratio == 1 { return self }
        var usage = shortened(by: 1 - ratio)
        usage.output = output.scaled(by: ratio)
        usage.reasoning = reasoning.scaled(by: ratio)
        return usage
    }

    /// Less input, in every bucket alike.
    func shortened(by reduction: Double) -> TokenUsage {
        var usage = self
        let left = 1 - reduction
        usage.uncachedInput = uncachedInput.scaled(by: left)
        usage.cacheRead = cacheRead.scaled(by: left)
        usage.cacheWrite5m = cacheWrite5m.scaled(by: left)
        usage.cacheWrite1h = cacheWrite1h.scaled(by: left)
        return usage
    }

    /// Less output, or less of its reasoning.
    func limited(by terms: ReductionTerms) -> TokenUsage {
        var usage = self
        if terms.isReasoning {
            let spared = reasoning.orZero - reasoning.scaled(by: 1 - terms.reduction).orZero
            usage.output = output.known.map { TokenCount(max($0 - spared, 0)) } ?? .unknown
            usage.reasoning = reasoning.scaled(by: 1 - terms.reduction)
        } else {
            usage.output = output.scaled(by: 1 - terms.reduction)
            usage.reasoning = reasoning.scaled(by: 1 - terms.reduction)
        }
        return usage
    }

    /// As the provider's cache would have read and written it; what it reads already it keeps reading.
    func cached(read: Int64, written: Int64, isHourly: Bool, keepsWrites: Bool) -> TokenUsage {
        var usage = self
        let total = totalInput
        let reads = min(max(read, cacheRead.orZero), total)
        let known = keepsWrites ? cacheWrite5m.orZero + cacheWrite1h.orZero : written
        let writes = min(known, total - reads)
        usage.cacheRead = TokenCount(reads)
        usage.uncachedInput = TokenCount(total - reads - writes)
        let hourly = keepsWrites ? min(cacheWrite1h.orZero, writes) : isHourly ? writes : 0
        usage.cacheWrite1h = TokenCount(hourly)
        usage.cacheWrite5m = TokenCount(writes - hourly)
        return usage
    }
}
