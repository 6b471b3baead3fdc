internal import Statistics

/// Prompts that may come again: the latest of each template, and a few that everybody asks.
struct PromptMemory {
    private static let latestCount = 64
    /// Popular prompts of a template; their ranks follow Zipf's law with exponent 1. Assumed.
    private static let popularity = Zipf(count: 24, exponent: 1)

    private let seed: UInt64
    private var latest: [UInt64]
    private var kept: [Int]

    init(seed: UInt64, templates: Int) {
        self.seed = seed
        latest = Array(repeating: 0, count: templates * Self.latestCount)
        kept = Array(repeating: 0, count: templates)
    }

    /// Remembers a template's newest prompt.
    mutating func keep(_ prompt: UInt64, template: Int) {
        latest[template * Self.latestCount + kept[template] % Self.latestCount] = prompt
        kept[template] += 1
    }

    /// A prompt to repeat: a popular one or one of the latest, half and half.
    func recall(template: Int, using random: inout SeededRandom) -> UInt64 {
        let known = min(kept[template], Self.latestCount)
        if known == 0 || random.unit() < 0.5 {
            let rank = Self.popularity.sample(using: &random)
            return SplitMix.mixed(seed ^ SplitMix.mixed(UInt64(template * 1000 + rank)))
        }
        return latest[template * Self.latestCount + random.below(known)]
    }
}
