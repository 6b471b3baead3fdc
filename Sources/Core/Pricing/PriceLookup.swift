package import Domain

extension PriceBook {
    /// The price of a call.
    ///
    /// - Parameters:
    ///   - provider: who bills (or hosts), in any of its usual spellings; guessed from the model where absent.
    ///   - model: the served model, with or without a provider's prefix.
    ///   - tier: the service tier that was served; `standard` where absent.
    ///   - region: inference geography, for example `us`; used only where the book has a factor for it.
    ///   - moment: when the call was made.
    package func price(
        provider: String?, model: String, tier: String?, region: String? = nil, at moment: Timestamp
    ) -> Result<AppliedPrice, PricingGapError> {
        guard let prices = find(provider: provider, model: model) else {
            return .failure(PricingGapError(.unknownModel))
        }
        guard let period = prices.period(at: moment) else { return .failure(PricingGapError(.notYetPriced)) }
        let tierName = ServiceTier.canonical(tier)
        guard let rates = period.tiers[tierName] else { return .failure(PricingGapError(.tier(tierName))) }
        var factor = period.timeFactor(at: moment)
        if let region, let multiplier = period.multipliers["region:" + region.lowercased()] {
            factor = factor.multiplied(by: multiplier)
        }
        if let discount = discount(of: prices, at: moment) {
            factor = factor.multiplied(
                by: ExactDecimal(coefficient: 100, scale: 0).minus(discount.percent).dividedByHundred)
        }
        return .success(AppliedPrice(rates: rates, factor: factor, fees: period.fees))
    }

    /// The largest factor that a call of a model can be priced with at a moment: the dearest region, the hour, and what
    /// a discount leaves.
    package func dearestFactor(of prices: ModelPrices, at moment: Timestamp) -> ExactDecimal {
        let one = ExactDecimal(coefficient: 1, scale: 0)
        guard let period = prices.period(at: moment) else { return one }
        let regions = period.multipliers.filter { $0.key.hasPrefix("region:") }.map(\.value)
        let dearest = ([one] + regions).max { $0.coefficient(at: 9) < $1.coefficient(at: 9) } ?? one
        let factor = period.timeFactor(at: moment).multiplied(by: dearest)
        guard let discount = discount(of: prices, at: moment) else { return factor }
        return factor.multiplied(
            by: ExactDecimal(coefficient: 100, scale: 0).minus(discount.percent).dividedByHundred)
    }

    /// The entry of a model, tried under the spellings that tools use.
    package func find(provider: String?, model: String) -> ModelPrices? {
        for name in ModelName.candidates(provider: provider, model: model) {
            if let prices = prices(provider: name.provider, model: name.model) { return prices }
        }
        return nil
    }

    /// The discount of a model, named by its name or one of its aliases, in any case.
    private func discount(of prices: ModelPrices, at moment: Timestamp) -> Discount? {
        let names = Set(([prices.model] + prices.aliases).map { $0.lowercased() })
        return discounts.last { discount in
            discount.provider == prices.provider && discount.period.contains(moment)
                && (discount.model.map { names.contains($0.lowercased()) } ?? true)
        }
    }
}

/// Names of service tiers.
package enum ServiceTier {
    /// The book's name of a tier as providers and tools spell it.
    package static func canonical(_ tier: String?) -> String {
        guard let tier = tier?.lowercased(), !tier.isEmpty else { return "standard" }
        switch tier {
        case "default", "auto", "standard", "standard_only", "on_demand", "on-demand", "normal", "null":
            return "standard"
        case "batch", "batches": return "batch"
        case "flex", "flex_discount", "on_demand_flex": return "flex"
        case "priority", "fast", "priority_on_demand", "on_demand_priority": return "priority"
        default: return tier
        }
    }

    /// Whether a tier is capacity that is paid for by the hour, used or not.
    package static func isCommitted(_ tier: String) -> Bool { committed.contains(tier.lowercased()) }

    private static let committed: Set<String> = [
        "provisioned", "provisioned_throughput", "committed", "reserved", "ptu",
    ]
}

/// Names of providers and models in the spellings that tools use.
package enum ModelName {
    /// A provider and a model to look up.
    package struct Candidate: Sendable, Hashable {
        /// The book's name of the provider.
        package let provider: String
        /// The model.
        package let model: String
    }

    /// The spellings to try, the most literal first.
    package static func candidates(provider: String?, model: String) -> [Candidate] {
        let lower = model.lowercased()
        var result: [Candidate] = []
        let stated = provider.map(canonicalProvider)
        if let stated { result.append(Candidate(provider: stated, model: lower)) }
        if let slash = lower.firstIndex(of: "/") {
            let prefix = canonicalProvider(String(lower[..<slash]))
            let rest = String(lower[lower.index(after: slash)...])
            result.append(Candidate(provider: stated ?? prefix, model: rest))
            if stated == nil { result.append(Candidate(provider: prefix, model: lower)) }
            if let last = lower.split(separator: "/").last {
                result.append(Candidate(provider: stated ?? prefix, model: String(last)))
            }
        }
        if stated == "bedrock" || stated == nil, let bare = withoutRegion(lower) {
            result.append(Candidate(provider: "bedrock", model: bare))
        }
        if stated == nil, let guessed = guessProvider(ofModel: lower) {
            result.append(Candidate(provider: guessed, model: lower))
        }
        return result
    }

    /// The book's name of a provider.
    package static func canonicalProvider(_ name: String) -> String {
        let lower = name.lowercased().replacing(" ", with: "_")
        return synonyms[lower] ?? (lower.hasPrefix("vertex_ai") ? "vertex_ai" : lower)
    }

    /// Who is likely to bill for a model whose provider is not stated; `nil` where its name does not tell.
    package static func guessProvider(ofModel model: String) -> String? {
        let lower = model.lowercased()
        if let slash = lower.firstIndex(of: "/") {
            let prefix = canonicalProvider(String(lower[..<slash]))
            if synonyms.values.contains(prefix) { return prefix }
        }
        return prefixes.first { lower.hasPrefix($0.prefix) }?.provider
    }

    private static func withoutRegion(_ model: String) -> String? {
        for region in ["us.", "eu.", "apac.", "global.", "jp.", "au.", "us-gov."] where model.hasPrefix(region) {
            return String(model.dropFirst(region.count))
        }
        return nil
    }

    private static let synonyms: [String: String] = [
        "openai": "openai", "anthropic": "anthropic", "claude": "anthropic", "google": "google", "gemini": "google",
        "gcp.gemini": "google", "google_ai_studio": "google", "google-ai-studio": "google", "vertex_ai": "vertex_ai",
        "gcp.gen_ai": "google", "google_genai": "google",
        "vertexai": "vertex_ai", "vertex-ai": "vertex_ai", "gcp.vertex_ai": "vertex_ai", "vertex": "vertex_ai",
        "azure": "azure", "azure_openai": "azure", "azure-openai": "azure", "azure.ai.openai": "azure",
        "az.ai.openai": "azure", "azure.ai.inference": "azure", "azure_ai": "azure", "bedrock": "bedrock",
        "aws.bedrock": "bedrock", "aws_bedrock": "bedrock", "bedrock_converse": "bedrock", "amazon_bedrock": "bedrock",
        "amazon-bedrock": "bedrock", "mistral": "mistral", "mistralai": "mistral", "mistral_ai": "mistral",
        "deepseek": "deepseek", "xai": "xai", "x_ai": "xai", "x-ai": "xai", "cohere": "cohere", "cohere_chat": "cohere",
        "groq": "groq", "together": "together", "together_ai": "together", "togetherai": "together",
        "together-ai": "together", "fireworks": "fireworks", "fireworks_ai": "fireworks", "fireworks-ai": "fireworks",
        "perplexity": "perplexity", "openrouter": "openrouter",
    ]

    private static let prefixes: [(prefix: String, provider: String)] = [
        ("gpt-", "openai"), ("o1", "openai"), ("o3", "openai"), ("o4", "openai"), ("chatgpt-", "openai"),
        ("text-embedding-3", "openai"), ("text-embedding-ada", "openai"), ("codex-", "openai"),
        ("claude-", "anthropic"),
        ("gemini-", "google"), ("models/gemini", "google"), ("anthropic.", "bedrock"), ("amazon.", "bedrock"),
        ("meta.", "bedrock"), ("us.", "bedrock"), ("eu.", "bedrock"), ("apac.", "bedrock"), ("global.", "bedrock"),
        ("mistral-", "mistral"), ("codestral", "mistral"), ("ministral", "mistral"), ("magistral", "mistral"),
        ("devstral", "mistral"), ("pixtral", "mistral"), ("deepseek-", "deepseek"), ("grok-", "xai"),
        ("command-", "cohere"),
        ("embed-", "cohere"), ("accounts/fireworks/", "fireworks"),
    ]
}

extension ExactDecimal {
    /// The number in units of 10⁻ˢᶜᵃˡᵉ, for comparing.
    func coefficient(at scale: Int) -> Int128 { units(scale: scale)?.units ?? coefficient }

    /// The exact product.
    func multiplied(by other: ExactDecimal) -> ExactDecimal {
        ExactDecimal(coefficient: coefficient * other.coefficient, scale: scale + other.scale)
    }

    /// The exact difference.
    func minus(_ other: ExactDecimal) -> ExactDecimal {
        let scale = max(self.scale, other.scale)
        guard let a = units(scale: scale), let b = other.units(scale: scale) else { return self }
        return ExactDecimal(coefficient: a.units - b.units, scale: scale)
    }

    /// A hundredth.
    var dividedByHundred: ExactDecimal { ExactDecimal(coefficient: coefficient, scale: scale + 2) }
}
