package import Domain
package import Inputs
package import JSONScan

/// Reads LiteLLM's model cost map: one entry per model, prices in USD per single token.
package enum LiteLLMCostMap {
    /// Whether a document is such a map rather than a price book of our own.
    package static func recognises(_ root: JSONValue) -> Bool {
        if root["models"] != nil || root["discounts"] != nil { return false }
        return root.members.contains { entry in
            entry.value["litellm_provider"] != nil
                || entry.value.members.contains { LiteLLMPriceField($0.key) != nil }
        }
    }

    /// Reads a map into a price book without dates: its prices hold from the beginning.
    ///
    /// Entries without prices per token, and those whose prices are all zero, are left out and counted: a zero in this
    /// map means that nobody filled it in, and an unknown price must not look like a free model.
    ///
    /// - Throws: ``InputError`` where the document is not such a map.
    package static func read(
        _ root: JSONValue, version: String, file: String
    ) throws(InputError) -> (book: PriceBook, diagnostics: Diagnostics) {
        guard recognises(root) else {
            throw InputError(
                .unrecognised, file: file,
                "It is not a LiteLLM cost map: no entry has a litellm_provider or a price per token.")
        }
        var reading = LiteLLMReading(version: version, file: file)
        for entry in root.members where entry.key != "sample_spec" { reading.take(entry.key, entry.value) }
        return (reading.book, reading.diagnostics)
    }
}

/// A reading of the map that is under way.
private struct LiteLLMReading {
    let file: String
    var book: PriceBook
    var diagnostics = Diagnostics()

    init(version: String, file: String) {
        self.file = file
        book = PriceBook(version: version)
        book.sources["litellm"] = "LiteLLM model cost map (\(file))"
    }

    mutating func take(_ key: String, _ entry: JSONValue) {
        guard case .object = entry else {
            report("not_an_entry", "\(key) is not a model; it was left out.")
            return
        }
        guard let name = LiteLLMName(key: key, entry: entry) else {
            report("no_provider", "\(key) does not say who bills for it; it was left out.")
            return
        }
        let rates = LiteLLMRates(key: key, entry: entry)
        guard !rates.isEmpty else {
            report("no_token_price", "\(key) has no price per token; it was left out.", .note)
            return
        }
        guard !rates.isZero else {
            report("zero_price", "\(key) has no price above zero, which is not known to be true; it was left out.")
            return
        }
        diagnostics.add(rates.diagnostics, file: file, lineOffset: 0)
        add(name, Self.prices(name, entry, rates), key: key)
    }

    private static func prices(_ name: LiteLLMName, _ entry: JSONValue, _ rates: LiteLLMRates) -> ModelPrices {
        var period = PricePeriod(from: nil, source: "litellm", tiers: rates.tiers)
        period.multipliers = LiteLLMEntry.multipliers(entry)
        var prices = ModelPrices(provider: name.provider, model: name.model)
        prices.aliases = name.alias.map { [$0] } ?? []
        prices.mode = LiteLLMEntry.mode(entry)
        prices.contextWindow = entry["max_input_tokens"]?.integer
        prices.maxOutputTokens = entry["max_output_tokens"]?.integer
        prices.periods = [period]
        return prices
    }

    /// The map often has a model twice, with and without its provider in front.
    private mutating func add(_ name: LiteLLMName, _ prices: ModelPrices, key: String) {
        guard var existing = book.prices(provider: name.provider, model: name.model) else {
            book.add(prices)
            return
        }
        guard existing.periods == prices.periods else {
            report(
                "model_twice", "\(key) has other prices than an earlier entry for the same model; the first one counts."
            )
            return
        }
        for alias in prices.aliases where !existing.aliases.contains(alias) { existing.aliases.append(alias) }
        book.add(existing)
    }

    private mutating func report(_ code: String, _ message: String, _ severity: Diagnostic.Severity = .warning) {
        diagnostics.add(Diagnostic(code, message, severity: severity, file: file))
    }
}
