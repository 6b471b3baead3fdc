internal import Domain
internal import JSONScan

/// Who bills for an entry of LiteLLM's map, and what the model is called.
struct LiteLLMName {
    /// The provider in our spelling.
    let provider: String
    /// The model without the prefix that names the provider.
    let model: String
    /// The whole key, where it has such a prefix.
    let alias: String?

    /// Reads a name; `nil` where nothing tells the provider.
    init?(key: String, entry: JSONValue) {
        guard let named = entry["litellm_provider"]?.text ?? ModelName.guessProvider(ofModel: key) else { return nil }
        let provider = ModelName.canonicalProvider(named)
        let parts = key.split(separator: "/", maxSplits: 1)
        let isPrefixed = parts.count == 2 && ModelName.canonicalProvider(String(parts[0])) == provider
        self.provider = provider
        model = isPrefixed ? String(parts[1]) : key
        alias = isPrefixed ? key : nil
    }
}

/// What an entry of LiteLLM's map says beside its prices per token.
enum LiteLLMEntry {
    /// Factors on all prices, by circumstance. `provider_specific_entry` also holds settings, so only known keys count.
    static func multipliers(_ entry: JSONValue) -> [String: ExactDecimal] {
        let specific = entry["provider_specific_entry"]
        let found: [(name: String, value: JSONValue?)] = [
            ("region:us", entry["regional_processing_uplift_multiplier_us"]),
            ("region:eu", entry["regional_processing_uplift_multiplier_eu"]),
            ("region:regional", entry["regional_endpoint_uplift_multiplier"]),
            ("region:us", specific?["us"]), ("region:eu", specific?["eu"]), ("speed:fast", specific?["fast"]),
        ]
        var multipliers: [String: ExactDecimal] = [:]
        for factor in found {
            guard let text = factor.value?.text, let decimal = ExactDecimal(text), decimal.coefficient > 0
            else { continue }
            multipliers[factor.name] = decimal
        }
        return multipliers
    }

    /// What the model does, in our words.
    static func mode(_ entry: JSONValue) -> String {
        switch entry["mode"]?.text ?? "chat" {
        case "chat", "completion": "chat"
        case "image_generation", "image_edit": "image"
        case "audio_transcription", "audio_speech", "realtime": "audio"
        case let other: other
        }
    }
}
