import ArgumentParser
import Savings

/// `payback model tokens`.
struct ModelTokensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "What the tokens of requests really cost: caching, retries, validation, overhead.",
        discussion: """
            Examples:
              payback model tokens --example
              payback model tokens tokens.yaml --set retry_rate=0.1 --format json
            """)

    @OptionGroup var options: ModelOptions

    mutating func validate() throws { try options.checkSource() }

    func run() async throws { try await options.run(TokenCosts.self) }
}

/// `payback model caching`.
struct ModelCachingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "caching", abstract: "From which pattern of requests on a semantic or a provider's cache pays.",
        discussion: """
            Examples:
              payback model caching --example
              payback model caching caching.yaml --set provider_cache.write_factor=2
            """)

    @OptionGroup var options: ModelOptions

    mutating func validate() throws { try options.checkSource() }

    func run() async throws { try await options.run(CachingBreakEven.self) }
}

/// `payback model frontier`.
struct ModelFrontierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frontier", abstract: "The best measured quality for each cost, mixtures included.",
        discussion: """
            Examples:
              payback model frontier --example --set target_quality=0.93
              payback model frontier measured.yaml --set max_latency_p99_ms=1000 --format markdown
            """)

    @OptionGroup var options: ModelOptions

    mutating func validate() throws { try options.checkSource() }

    func run() async throws { try await options.run(FrontierReport.self) }
}

/// `payback model quality`.
struct ModelQualityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality", abstract: "What moving from one quality to another returns.",
        discussion: """
            Examples:
              payback model quality --example
              payback model quality quality.yaml --set value_per_quality_point=0.005
            """)

    @OptionGroup var options: ModelOptions

    mutating func validate() throws { try options.checkSource() }

    func run() async throws { try await options.run(QualityReturn.self) }
}

/// `payback model failure`.
struct ModelFailureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "failure", abstract: "What wrong answers cost at scale, and when automation pays.",
        discussion: """
            Examples:
              payback model failure --example
              payback model failure failure.yaml --set success_rate=97%
            """)

    @OptionGroup var options: ModelOptions

    mutating func validate() throws { try options.checkSource() }

    func run() async throws { try await options.run(FailureCost.self) }
}
