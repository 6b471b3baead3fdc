package import Inputs
internal import JSONScan

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// From which pattern of requests on caches pay: a semantic cache of one's own, and a provider's prompt cache.
package struct CachingBreakEven: SavingsModel {
    /// A cache of one's own, where the file has one.
    package let semantic: SemanticCache?
    /// The provider's cache, where the file has one.
    package let provider: ProviderCache?
    let path: PricePath

    /// The built-in example, as a file.
    package static let example = """
        semantic_cache:
          requests_per_month: 1000000
          cost_per_request: 0.01        # USD, after the provider's own cache discounts
          hit_rate: 0.30                # realised, weighted by cost; eligible is not hit
          lookup_cost: 0.00002          # USD: every look-up is embedded, hit or miss
          engineering_cost: 60000       # USD, once
          monthly_cost: 1500            # USD: storage, judges, somebody who watches it
          distinct_prompts: 200000      # within a time to live
          zipf_exponent: 0.9            # how unevenly they come
          requests_per_ttl: 300000
        provider_cache:
          requests_per_month: 1000000
          prefix_tokens: 2000
          input_price: 3.00             # USD per million tokens
          write_factor: 1.25            # 5 minutes; 2 for an hour; 1 where writes cost nothing extra
          read_factor: 0.1
          reuse_share: 0.60             # of the prefix tokens, read from the cache
        price_change_annual: -0.5
        horizon_months: 12
        """

    /// Reads a file.
    ///
    /// - Throws: everything that is wrong, with file, line and key.
    package init(_ document: YAMLDocument) throws(RefusedInput) {
        let root = InputSection.root(document, allowing: ["name", "semantic_cache", "provider_cache"] + PricePath.keys)
        let (own, other) = (root.section("semantic_cache"), root.section("provider_cache"))
        semantic = own.value == .null ? nil : SemanticCache(own)
        provider = other.value == .null ? nil : ProviderCache(other)
        path = PricePath(root)
        if semantic == nil, provider == nil {
            root.complain(nil, "semantic_cache, provider_cache or both were expected")
        }
        try root.context.check()
    }

    /// The semantic cache, now or later.
    package var timing: TimingDecision? {
        semantic.map {
            TimingDecision(
                cost: $0.engineeringCost, saving: $0.requests * ($0.hitRate * $0.costPerRequest - $0.lookupCost),
                running: $0.monthlyCost, path: path)
        }
    }
}

/// A cache of answers to questions that mean the same.
package struct SemanticCache: Sendable, Hashable {
    let requests: Double
    let costPerRequest: Double
    let hitRate: Double
    let lookupCost: Double
    let engineeringCost: Double
    let monthlyCost: Double
    let popularity: Popularity?

    /// How often the same question comes.
    struct Popularity: Sendable, Hashable {
        let distinct: Int
        let exponent: Double
        let requests: Double
    }

    init(_ section: InputSection) {
        section.allow([
            "requests_per_month", "cost_per_request", "hit_rate", "lookup_cost", "engineering_cost", "monthly_cost",
            "distinct_prompts", "zipf_exponent", "requests_per_ttl",
        ])
        requests = section.needed("requests_per_month", 1...1e12)
        costPerRequest = section.needed("cost_per_request", 1e-9...1e6)
        hitRate = section.needed("hit_rate", 0...1)
        lookupCost = section.fraction("lookup_cost", 0...1e6) ?? 0
        engineeringCost = section.fraction("engineering_cost", 0...1e12) ?? 0
        monthlyCost = section.fraction("monthly_cost", 0...1e12) ?? 0
        for key in ["zipf_exponent", "requests_per_ttl"]
        where section.value[key] != nil && section.value["distinct_prompts"] == nil {
            section.complain(key, "it says how distinct_prompts come, and that is missing")
        }
        popularity = section.number("distinct_prompts", 1...10_000_000).map {
            Popularity(
                distinct: Int($0), exponent: section.fraction("zipf_exponent", 0...5) ?? 1,
                requests: section.needed("requests_per_ttl", 1...1e12))
        }
    }

    /// What it leaves a month, USD: Σ over hits of the avoided cost − every look-up − running it.
    package var netMonthly: Double { requests * (hitRate * costPerRequest - lookupCost) - monthlyCost }

    /// The hit rate that pays for running it, a fraction; above 1 no traffic does.
    package var breakEvenHitRate: Double { (requests * lookupCost + monthlyCost) / (requests * costPerRequest) }

    /// The hit rate that also pays for building it within so many months.
    package func breakEvenHitRate(within months: Int) -> Double {
        breakEvenHitRate + engineeringCost / (Double(months) * requests * costPerRequest)
    }

    /// How often a question has to come on average within a time to live for a hit rate: 1 / (1 − h).
    package static func repeats(for hitRate: Double) -> Double? { hitRate < 1 ? 1 / (1 - hitRate) : nil }

    /// The volume that pays for building and running it within so many months, requests a month; `nil` where a hit
    /// spares less than the look-ups cost.
    package func breakEvenRequests(within months: Int) -> Double? {
        let each = hitRate * costPerRequest - lookupCost
        return each > 0 ? (engineeringCost / Double(months) + monthlyCost) / each : nil
    }

    /// Months until building it is paid back; `nil` where it never is.
    package var paybackMonths: Double? { netMonthly > 0 ? engineeringCost / netMonthly : nil }

    /// The hit rate of a perfect cache where questions come as Zipf's law says: 1 − E(distinct questions) / requests.
    package var expectedHitRate: Double? {
        guard let popularity else { return nil }
        let weights = (1...popularity.distinct).map { pow(Double($0), -popularity.exponent) }
        let sum = weights.reduce(0, +)
        let distinct = weights.reduce(0) { $0 - expm1(popularity.requests * log1p(-min($1 / sum, 1 - 1e-15))) }
        return max(1 - distinct / popularity.requests, 0)
    }
}

/// A provider's cache of prompt prefixes.
package struct ProviderCache: Sendable, Hashable {
    let requests: Double
    let prefixTokens: Double
    let inputPrice: Double
    let writeFactor: Double
    let readFactor: Double
    let reuseShare: Double

    init(_ section: InputSection) {
        section.allow([
            "requests_per_month", "prefix_tokens", "input_price", "write_factor", "read_factor", "reuse_share",
        ])
        requests = section.needed("requests_per_month", 1...1e12)
        prefixTokens = section.needed("prefix_tokens", 1...1e8)
        inputPrice = section.needed("input_price", 0...1e6)
        writeFactor = section.fraction("write_factor", 1...10) ?? 1.25
        readFactor = section.fraction("read_factor", 0...1) ?? 0.1
        reuseShare = section.needed("reuse_share", 0...1)
        if readFactor >= writeFactor { section.complain("read_factor", "a factor below write_factor was expected") }
    }

    /// The share of prefix tokens that has to be read for writing every miss to pay: (w − 1) / (w − r).
    package static func breakEvenShare(write: Double, read: Double) -> Double {
        write <= 1 ? 0 : (write - 1) / (write - read)
    }

    /// Reads that one write has to bring: (w − 1) / (1 − r), rounded up.
    package static func breakEvenReads(write: Double, read: Double) -> Double {
        // What binary fractions leave over a whole number is not one more read.
        read < 1 ? ((write - 1) / (1 - read) - 1e-9).rounded(.up) : .infinity
    }

    /// The prefix's cost as a share of what it costs without a cache.
    package var costShare: Double { reuseShare * readFactor + (1 - reuseShare) * writeFactor }

    /// What it saves a month, USD; below zero where writes are not read often enough.
    package var savingMonthly: Double { requests * prefixTokens * inputPrice / 1e6 * (1 - costShare) }
}
