package import Domain

/// What the name of a meter or the description of an SKU says that it counts.
package struct MeterReading: Sendable, Hashable {
    /// The model as the price book names it; `nil` where the meter names none.
    package var model: String?
    /// Which way the tokens go; `nil` where the meter does not say.
    package var direction: MeterDirection?
    /// What happens to the provider's prompt cache.
    package var cache: MeterCache = .none
    /// What the tokens carry; `nil` where the meter does not say.
    package var modality: MeterModality?
    /// Whether the tokens are reasoning inside the output.
    package var isThinking = false
    /// The service tier.
    package var tier: MeterTier = .standard
    /// Where requests may be processed; `nil` where the meter does not say.
    package var scope: MeterScope?
    /// Whether the dearer rates of long contexts apply.
    package var isLongContext = false
    /// What a quantity of one is; `nil` where the meter does not say.
    package var unit: MeterUnit?
    /// The provider's code of the region, for example `USE1`.
    package var region: String?

    /// Creates a reading of which nothing is known.
    package init() {}
}

/// Which way tokens go.
package enum MeterDirection: String, Sendable { case input, output }

/// What happens to the prompt cache.
package enum MeterCache: String, Sendable {
    /// Nothing.
    case none
    /// It is read.
    case read
    /// It is written for five minutes, or for the provider's default time.
    case write5m = "write_5m"
    /// It is written for an hour.
    case write1h = "write_1h"
    /// It is kept: tokens times hours.
    case storage
}

/// What tokens carry.
package enum MeterModality: String, Sendable { case text, audio, image, video }

/// The service tier that a meter charges for.
package enum MeterTier: String, Sendable {
    case standard, batch, flex, priority
    /// Capacity by the hour, however much of it is used.
    case provisioned
    /// Dearer hardware for shorter waits.
    case latencyOptimised = "latency_optimised"
}

/// Where requests may be processed.
package enum MeterScope: String, Sendable {
    /// Anywhere.
    case global
    /// In the one region that was called.
    case regional
    /// In a group of regions, such as the European Union.
    case dataZone = "data_zone"
}

/// What a quantity of one is.
package enum MeterUnit: Sendable, Hashable {
    /// So many tokens; `nil` where the bill's own column of units has to say how many.
    case tokens(per: Int64?)
    case hours
    case requests
    case images
    case characters
    case seconds
}

/// What came of reading a meter's name. Words are never guessed at: a meter whose words are not all known is not
/// understood.
package enum MeterResult: Sendable, Hashable {
    /// Every word is known.
    case understood(MeterReading)
    /// These words are not, whatever else was understood.
    case unknown(words: [String], understood: MeterReading)

    /// What was understood, all of it or a part.
    package var reading: MeterReading {
        switch self {
        case .understood(let reading), .unknown(_, let reading): reading
        }
    }

    /// The words that are not known.
    package var unknownWords: [String] {
        if case .unknown(let words, _) = self { return words }
        return []
    }
}

extension MeterReading {
    /// So many tokens in the bucket that the meter charges for; `nil` where it charges for no bucket of tokens.
    package func usage(_ tokens: TokenCount) -> TokenUsage? {
        guard var usage = bucket(tokens) else { return nil }
        if isThinking, direction == .output { usage.reasoning = tokens }
        switch (modality, direction) {
        case (.audio, .output): usage.audioOutput = tokens
        case (.audio, _): usage.audioInput = tokens
        case (.image, .output): usage.imageOutput = tokens
        case (.image, _): usage.imageInput = tokens
        case (.text, _), (.video, _), (nil, _): break
        }
        return usage
    }

    private func bucket(_ tokens: TokenCount) -> TokenUsage? {
        switch (cache, direction) {
        case (.read, _): TokenUsage(cacheRead: tokens)
        case (.write5m, _): TokenUsage(cacheWrite5m: tokens)
        case (.write1h, _): TokenUsage(cacheWrite1h: tokens)
        case (.none, .input): TokenUsage(uncachedInput: tokens)
        case (.none, .output): TokenUsage(output: tokens)
        case (.storage, _), (.none, nil): nil
        }
    }
}
