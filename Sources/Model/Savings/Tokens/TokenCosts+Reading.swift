package import Inputs
internal import JSONScan

extension TokenCosts {
    private static let keys =
        [
            "name", "input_price", "output_price", "cached_input_price", "cache_write_price", "base_prompt_tokens",
            "output_tokens", "validation_overhead_tokens", "validation_output_tokens", "requests_per_day", "days",
            "cache_hit_rate", "cacheable_share", "retry_rate", "retry_limit", "overhead_share", "batch_share",
            "batch_discount", "cascade",
        ] + PricePath.keys

    /// The built-in example, as a file.
    package static let example = """
        # Summaries of support conversations. Prices in USD per million tokens.
        input_price: 3.00
        output_price: 15.00
        cached_input_price: 0.30        # 90 % less for tokens that the provider has cached
        base_prompt_tokens: 2000
        output_tokens: 300
        requests_per_day: 10000
        days: 30
        cache_hit_rate: 0.70
        retry_rate: 0.05
        validation_overhead_tokens: 500
        """

    /// Reads a file.
    ///
    /// - Throws: everything that is wrong, with file, line and key.
    package init(_ document: YAMLDocument) throws(RefusedInput) {
        let root = InputSection.root(document, allowing: Self.keys)
        let price = 0.0...1e6
        inputPrice = root.needed("input_price", price)
        outputPrice = root.needed("output_price", price)
        cachedInputPrice = root.fraction("cached_input_price", price) ?? inputPrice
        cacheWritePrice = root.fraction("cache_write_price", price) ?? inputPrice
        promptTokens = root.needed("base_prompt_tokens", 0...1e8)
        outputTokens = root.needed("output_tokens", 0...1e8)
        validationTokens = root.fraction("validation_overhead_tokens", 0...1e8) ?? 0
        validationOutputTokens = root.fraction("validation_output_tokens", 0...1e8) ?? 0
        requestsPerDay = root.needed("requests_per_day", 0...1e12)
        days = root.fraction("days", 1...366) ?? 30
        cacheHitRate = root.share("cache_hit_rate") ?? 0
        cacheableShare = root.share("cacheable_share") ?? 1
        retryRate = root.fraction("retry_rate", 0...0.99) ?? 0
        retryLimit = root.number("retry_limit", 0...100).map { Int($0) }
        overheadShare = root.fraction("overhead_share", 0...10) ?? 0
        batchShare = root.share("batch_share") ?? 0
        batchDiscount = root.share("batch_discount") ?? 0.5
        cascade = Self.cascade(root.section("cascade"))
        path = PricePath(root)
        if cachedInputPrice > inputPrice, root.value["input_price"] != nil {
            root.complain("cached_input_price", "a price of at most input_price (\(inputPrice)) was expected")
        }
        if requestsPerDay <= 0 { root.complain("requests_per_day", "at least one request was expected") }
        try root.context.check()
    }

    private static func cascade(_ section: InputSection) -> Cascade? {
        if section.value == .null { return nil }
        section.allow(["input_price", "output_price", "escalation_rate"])
        return Cascade(
            inputPrice: section.needed("input_price", 0...1e6), outputPrice: section.needed("output_price", 0...1e6),
            escalationRate: section.needed("escalation_rate", 0...1))
    }
}
