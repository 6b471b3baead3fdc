package import Pricing

/// Whose words a meter is made of.
package enum MeterDialect: String, Sendable, CaseIterable {
    /// Usage types of Amazon Bedrock: `USE1-Claude4.6Sonnet-input-tokens`.
    case bedrock
    /// Meter names of Azure: `gpt 4o mini 0718 cached Inp glbl Tokens`.
    case azure
    /// SKU descriptions of Vertex AI: `Gemini 2.5 Flash GA Thinking Text Output - Predictions`.
    case vertex
    /// SKU descriptions of the Gemini API.
    case gemini
    /// Line items of OpenAI's costs: `gpt-4o-mini-2024-07-18, input`.
    case openai

    /// Whose models in the price book the words may name, in this order.
    var providers: [String] {
        switch self {
        case .bedrock: ["bedrock"]
        case .azure: ["azure", "openai"]
        case .vertex: ["vertex_ai", "google"]
        case .gemini: ["google", "vertex_ai"]
        case .openai: ["openai"]
        }
    }
}

/// Reads names of meters and descriptions of SKUs.
///
/// Every word must be known: attributes by a table, the rest as a model of the price book. What is not is reported and
/// never guessed, since a wrong model would tie to the wrong records and nobody would notice.
package struct MeterReader: Sendable {
    private let dialect: MeterDialect
    private let models: [MeterModels]

    /// Creates a reader for the models of a price book.
    package init(_ dialect: MeterDialect, book: PriceBook) {
        self.dialect = dialect
        models = dialect.providers.map { MeterModels(book, provider: $0) }
    }

    /// Reads a meter's name.
    ///
    /// - Parameter product: the product that the meter belongs to, as the bill names it; it tells the family or the
    ///   model where the meter does not.
    package func read(_ text: String, product: String? = nil) -> MeterResult {
        let region = dialect == .bedrock ? MeterWords.awsRegion(text) : nil
        let rest = region.map { String(text.dropFirst($0.count + 1)) } ?? text
        // Marketplace names repeat the region: `USW2-MP:USW2_InputTokenCount-Units`.
        let words = MeterWords.split(rest).filter { $0 != region?.lowercased() }
        var result = read(words, family: product)
        if case .understood(var reading) = result, reading.model == nil, let product {
            reading.model = model(ofProduct: product, scope: reading.scope)
            result = .understood(reading)
        }
        return result.with(region: region, isBedrock: dialect == .bedrock)
    }

    /// The model that a name outside of meters stands for, for example the one of a response's body.
    package func model(named name: String) -> String? { find(MeterWords.split(name), scope: nil, family: nil)?.name }

    private func model(ofProduct product: String, scope: MeterScope?) -> String? {
        guard case .understood(let reading) = read(MeterWords.split(product), family: nil) else { return nil }
        return reading.model
    }

    // MARK: Words

    private func read(_ words: [String], family: String?) -> MeterResult {
        let parts = MeterParts(words)
        for choice in parts.choices {
            guard let reading = parts.reading(choice) else { continue }
            let name = parts.modelWords(choice)
            if name.isEmpty {
                if parts.saysAnything { return .understood(reading) }
            } else if let model = find(name, scope: reading.scope, family: family) {
                return .understood(reading.with(model))
            }
        }
        return .unknown(words: parts.unknownWords, understood: parts.reading(parts.preferred) ?? MeterReading())
    }

    private func find(_ words: [String], scope: MeterScope?, family: String?) -> MeterModels.Model? {
        for models in models {
            if let model = models.model(words, scope: scope) { return model }
        }
        // Bills leave the family out where the product says it: `5.4 cd inp Gl 1M Tokens`.
        guard let first = words.first, first.first?.isNumber == true || first.hasPrefix("v") else { return nil }
        let families = MeterFamily.families(ofProduct: family)
        for models in models {
            let found = Set(families.compactMap { models.model([$0] + words, scope: scope) })
            if !found.isEmpty { return found.count == 1 ? found.first : nil }
        }
        return nil
    }
}

/// Families of models whose name a meter may leave to its product.
private enum MeterFamily {
    static func families(ofProduct product: String?) -> [String] {
        guard let product = product?.lowercased() else { return all }
        let named = all.filter { product.contains($0) }
        if !named.isEmpty { return named }
        return product.contains("openai") ? ["gpt"] : all
    }

    private static let all = ["gpt", "grok", "deepseek", "claude", "kimi", "mistral", "llama", "phi", "glm"]
}

extension MeterReading {
    /// The reading with its model. An embedding has input only.
    fileprivate func with(_ model: MeterModels.Model) -> MeterReading {
        var reading = self
        reading.model = model.name
        if reading.direction == nil, reading.cache == .none, model.isEmbedding, reading.tier != .provisioned {
            reading.direction = .input
        }
        return reading
    }
}

extension MeterResult {
    /// The result with AWS's region; what is not routed across regions stays in its own.
    fileprivate func with(region: String?, isBedrock: Bool) -> MeterResult {
        guard isBedrock else { return self }
        var reading = self.reading
        reading.region = region
        if reading.scope == nil { reading.scope = .regional }
        switch self {
        case .understood: return .understood(reading)
        case .unknown(let words, _): return .unknown(words: words, understood: reading)
        }
    }
}
