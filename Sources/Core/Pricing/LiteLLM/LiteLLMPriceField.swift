/// A key of LiteLLM's map that holds a price per token: which bucket, tier and length of context it is for.
///
/// The keys are composed: `cache_read_input_token_cost` + `_above_272k_tokens` + `_priority`.
struct LiteLLMPriceField: Hashable {
    /// The rate's name in our file format.
    let bucket: String
    /// The service tier in our spelling.
    let tier: String
    /// The price applies above so many input tokens.
    let threshold: Int64
    /// Whether the map has a better name for the same price, which wins where both stand.
    let isSecondName: Bool

    /// Takes a key apart; `nil` where it is not a price per token that we know.
    init?(_ key: String) {
        guard let base = Self.bases.first(where: { key.hasPrefix($0.prefix) }) else { return nil }
        var rest = key.dropFirst(base.prefix.count)
        var tier = "standard"
        var threshold: Int64 = 0
        while !rest.isEmpty {
            if let tokens = Self.takeThreshold(&rest) {
                threshold = tokens
            } else if let name = Self.takeTier(&rest) {
                tier = name
            } else {
                return nil
            }
        }
        bucket = base.bucket
        isSecondName = base.prefix == "input_cost_per_token_cache_hit"
        self.tier = tier
        self.threshold = threshold
    }

    /// Longer keys stand before those that they begin with.
    private static let bases: [(prefix: String, bucket: String)] = [
        ("input_cost_per_token_cache_hit", "cache_read"), ("input_cost_per_token", "input"),
        ("output_cost_per_token", "output"), ("cache_read_input_token_cost", "cache_read"),
        ("cache_creation_input_token_cost_above_1hr", "cache_write_1h"),
        ("cache_creation_input_token_cost", "cache_write_5m"), ("output_cost_per_reasoning_token", "reasoning"),
        ("input_cost_per_audio_token", "audio_input"), ("output_cost_per_audio_token", "audio_output"),
        ("input_cost_per_image_token", "image_input"), ("output_cost_per_image_token", "image_output"),
    ]

    private static let tiers: [(suffix: String, tier: String)] = [
        ("_batches", "batch"), ("_priority", "priority"), ("_flex", "flex"), ("_balanced", "balanced"),
        ("_ultrafast", "ultrafast"), ("_decisions", "decisions"),
    ]

    /// `_above_272k_tokens`, where k is a thousand.
    private static func takeThreshold(_ rest: inout Substring) -> Int64? {
        let start = "_above_"
        let end = "k_tokens"
        guard rest.hasPrefix(start) else { return nil }
        let digits = rest.dropFirst(start.count).prefix { $0 >= "0" && $0 <= "9" }
        let behind = rest.dropFirst(start.count + digits.count)
        guard digits.count <= 9, let thousands = Int64(digits), behind.hasPrefix(end) else { return nil }
        rest = behind.dropFirst(end.count)
        return thousands * 1000
    }

    private static func takeTier(_ rest: inout Substring) -> String? {
        for entry in tiers where rest.hasPrefix(entry.suffix) {
            let behind = rest.dropFirst(entry.suffix.count)
            guard behind.isEmpty || behind.hasPrefix("_") else { continue }
            rest = behind
            return entry.tier
        }
        return nil
    }
}
