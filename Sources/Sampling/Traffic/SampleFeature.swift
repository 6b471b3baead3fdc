/// What a feature of the sample does, how often, and with which models. Shares and scales are assumed, unless said.
struct SampleFeature: Sendable {
    let name: String
    let team: String
    /// The fraction of all requests.
    let share: Double
    /// Mean input and output relative to the other features; ``TokenLengths`` brings their mean to the trace's.
    let inputScale: Double
    let outputScale: Double
    /// The fraction of prompts that repeat an earlier one exactly, and that repeat one but for case or white space.
    let repeats: Double
    let variants: Double
    /// The probability that a prompt of at least 1,024 tokens finds its prefix in the provider's cache; 0 where
    /// prefixes are not shared. Templates with something volatile at their head never find it.
    let prefixHits: Double
    /// Models and their weights.
    let models: [(model: SampleModel, weight: Double)]
    let templates: [String]

    private init(
        _ name: String, _ team: String, share: Double, scales: (input: Double, output: Double),
        repeats: (exact: Double, near: Double) = (0, 0), prefixHits: Double = 0,
        _ models: [(model: SampleModel, weight: Double)],
        _ templates: [String]
    ) {
        (self.name, self.team, self.share) = (name, team, share)
        (inputScale, outputScale) = (scales.input, scales.output)
        (self.repeats, variants) = (repeats.exact, repeats.near)
        (self.prefixHits, self.models, self.templates) = (prefixHits, models, templates)
    }

    /// All features. About 8 % of the prompts repeat exactly.
    ///
    /// The hit probabilities of the four features with usable shared prefixes were computed so that 29.3 % of their
    /// input tokens are read from caches: what a cache of five minutes could serve of the Mooncake conversation trace
    /// (kvcache-ai/Mooncake, Apache-2.0).
    static let all: [SampleFeature] = [
        SampleFeature(
            "support-chat", "service", share: 0.26, scales: (0.95, 0.95), repeats: (0.17, 0.03), prefixHits: 0.56,
            [(.luna, 4), (.haiku, 3), (.sonnet, 2), (.azureMini, 1)], Templates.supportChat),
        SampleFeature(
            "search-answers", "product", share: 0.18, scales: (1.15, 1.05), repeats: (0.15, 0.03), prefixHits: 0.492,
            [(.gpt54Mini, 4), (.flash, 3), (.gpt55, 1), (.mistralMedium, 1)], Templates.searchAnswers),
        SampleFeature(
            "classification", "operations", share: 0.12, scales: (0.5, 0.2), repeats: (0.06, 0.02),
            [(.flashLite, 4), (.sonnet, 3), (.mistralSmall, 2), (.selfHosted, 0.22)], Templates.classification),
        SampleFeature(
            "summaries", "product", share: 0.09, scales: (1.7, 1.1), repeats: (0.01, 0),
            [(.sonnet, 3), (.bedrockSonnet, 3), (.flash, 2)], Templates.summaries),
        SampleFeature(
            "invoice-extraction", "finance", share: 0.08, scales: (1.15, 0.8), prefixHits: 0.49,
            [(.bedrockSonnet, 3), (.azureMini, 2), (.haiku, 2)], Templates.invoiceExtraction),
        SampleFeature(
            "code-review", "engineering", share: 0.07, scales: (1.7, 1.6), prefixHits: 0.417,
            [(.opus, 3), (.gpt55, 2), (.azureGPT51, 2)], Templates.codeReview),
        SampleFeature(
            "translation", "product", share: 0.06, scales: (0.5, 1.1), repeats: (0.03, 0.01),
            [(.mistralMedium, 3), (.gpt54Mini, 2)], Templates.translation),
        SampleFeature(
            "sales-email", "sales", share: 0.05, scales: (0.5, 1.35), [(.gpt55, 2), (.sonnet, 2), (.luna, 1)],
            Templates.salesEmail),
        SampleFeature(
            "sql-generation", "data", share: 0.03, scales: (1.0, 0.8), repeats: (0.03, 0.02), prefixHits: 0.539,
            [(.azureGPT51, 3), (.sonnet, 2)], Templates.sqlGeneration),
        SampleFeature(
            "moderation", "operations", share: 0.03, scales: (0.35, 0.15), repeats: (0.05, 0.02),
            [(.mistralSmall, 3), (.luna, 2), (.selfHosted, 0.4)], Templates.moderation),
        SampleFeature(
            "meeting-notes", "operations", share: 0.02, scales: (1.8, 1.7), prefixHits: 0.42,
            [(.flash, 2), (.haiku, 1)], Templates.meetingNotes),
        SampleFeature(
            "research-agent", "engineering", share: 0.01, scales: (2.2, 2.4), prefixHits: 0.4,
            [(.opus, 2), (.gpt55, 1)], Templates.researchAgent),
    ]
}
