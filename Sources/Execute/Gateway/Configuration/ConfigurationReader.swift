internal import Domain
package import Inputs
internal import JSONScan
internal import Policy

/// Reads `payback.yaml`: all that it says, and everything that is wrong with it at once.
package enum ConfigurationReader {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - environment: where `${NAME}` is looked up.
    ///   - readFile: reads a secret that a file holds.
    /// - Returns: the configuration, with defaults where the file is silent, and what is wrong.
    package static func read(
        _ document: YAMLDocument, environment: [String: String],
        readFile: @escaping (String) throws(InputError) -> String
    ) -> (configuration: GatewayConfiguration, problems: [InputProblem]) {
        let context = InputSection.Context(document: document, environment: environment, readFile: readFile)
        let root = InputSection(context: context, path: "", value: document.root)
        var configuration = GatewayConfiguration()
        root.allow(keys)
        readListening(root, &configuration)
        readStorage(root, &configuration)
        readAnswers(root, &configuration)
        configuration.timeouts = UpstreamReader.timeouts(root.section("timeouts"), over: configuration.timeouts)
        configuration.upstreams = UpstreamReader.upstreams(root, general: configuration.timeouts)
        if configuration.upstreams.isEmpty { configuration.upstreams = environmentUpstreams(environment) }
        configuration.models = UpstreamReader.routes(root, upstreams: configuration.upstreams)
        readCalls(root, &configuration)
        configuration.openID = OpenIDReader.configuration(root)
        configuration.budgets = GovernanceReader.budgets(root)
        configuration.keys = GovernanceReader.keys(root)
        configuration.tokenizers = GovernanceReader.tokenizers(root)
        configuration.delivery = DeliveryReader.delivery(root.section("delivery"))
        checkAdmin(root, configuration)
        return (configuration, context.problems)
    }

    private static let keys = [
        "listen", "admin", "admin_token", "oidc", "ledger", "registry", "environment", "authentication", "journal",
        "answers", "upstreams", "models", "timeouts", "retries", "circuit_breaker", "limits", "budgets", "keys",
        "tokenizers", "prices",
        "otlp_endpoint", "keep_records_days", "threads", "delivery",
    ]

    private static func readListening(_ root: InputSection, _ result: inout GatewayConfiguration) {
        result.listen = address(root, "listen") ?? result.listen
        result.admin = address(root, "admin") ?? result.admin
        result.adminToken = root.secret("admin_token")
        result.authentication = root.choice("authentication", AuthenticationMode.self) ?? result.authentication
        result.threads = root.number("threads", 1...256).map { Int($0) }
    }

    private static func readStorage(_ root: InputSection, _ result: inout GatewayConfiguration) {
        result.ledger = root.text("ledger")
        result.registry = root.text("registry") ?? result.registry
        result.environment = root.text("environment")
        result.prices = root.text("prices")
        result.otlpEndpoint = root.text("otlp_endpoint")
        result.keepRecordsDays = root.number("keep_records_days", 1...36_500).map { Int($0) }
        let journal = root.section("journal")
        journal.allow(["directory", "durability", "segment_mib", "when_full", "alarm_free_gib"])
        result.journal.directory = journal.text("directory") ?? result.journal.directory
        result.journal.durability = journal.choice("durability", JournalDurability.self) ?? result.journal.durability
        result.journal.segmentBytes =
            journal.number("segment_mib", 1...4_096).map { Int($0) << 20 } ?? result.journal.segmentBytes
        result.journal.refusesWhenFull = journal.choice("when_full", WhenFull.self).map { $0 == .refuse } ?? true
        result.journal.alarmFreeBytes =
            journal.fraction("alarm_free_gib", 0...100_000).map { Int64($0 * 1_073_741_824) }
            ?? result.journal.alarmFreeBytes
    }

    private static func readAnswers(_ root: InputSection, _ result: inout GatewayConfiguration) {
        let answers = root.section("answers")
        answers.allow(["directory", "most_mib", "persist"])
        result.answers.directory = answers.text("directory") ?? result.answers.directory
        result.answers.mostBytes =
            answers.number("most_mib", 1...1_048_576).map { Int($0) << 20 } ?? result.answers.mostBytes
        result.answers.persists = answers.flag("persist") ?? true
    }

    private enum WhenFull: String, CaseIterable {
        case refuse
        case goOn = "go-on"
    }

    private static func readCalls(_ root: InputSection, _ result: inout GatewayConfiguration) {
        let retries = root.section("retries")
        retries.allow(["attempts", "base_delay_ms", "longest_delay_ms", "budget_share"])
        result.retries.attempts = retries.number("attempts", 1...20).map { Int($0) } ?? result.retries.attempts
        result.retries.baseDelay = retries.number("base_delay_ms", 0...60_000) ?? result.retries.baseDelay
        result.retries.longestDelay = retries.number("longest_delay_ms", 0...600_000) ?? result.retries.longestDelay
        result.retries.budgetShare = retries.fraction("budget_share", 0...1) ?? result.retries.budgetShare
        let breaker = root.section("circuit_breaker")
        breaker.allow(["failures", "pause_seconds"])
        result.circuitBreaker.failures =
            breaker.number("failures", 0...1_000_000).map { Int($0) } ?? result.circuitBreaker.failures
        result.circuitBreaker.pause = breaker.milliseconds("pause_seconds") ?? result.circuitBreaker.pause
        result.limits = GovernanceReader.limits(root.section("limits"), over: result.limits)
    }

    private static func address(_ root: InputSection, _ key: String) -> ListenAddress? {
        guard let text = root.text(key) else { return nil }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else {
            root.complain(key, "\"\(text)\" is no address; write 127.0.0.1:4000")
            return nil
        }
        let host = text[..<colon].replacing("[", with: "").replacing("]", with: "")
        return ListenAddress(host: host.isEmpty ? "0.0.0.0" : String(host), port: port)
    }

    private static func checkAdmin(_ root: InputSection, _ configuration: GatewayConfiguration) {
        guard !configuration.admin.isLoopback, configuration.adminToken == nil else { return }
        root.complain("admin", "it can be reached from other machines, so admin_token is needed")
    }

    // MARK: Without a file

    /// What the environment alone configures: the providers whose keys it holds.
    package static func environmentOnly(_ environment: [String: String]) -> GatewayConfiguration {
        var configuration = GatewayConfiguration()
        configuration.upstreams = environmentUpstreams(environment)
        return configuration
    }

    private static func environmentUpstreams(_ environment: [String: String]) -> [Upstream] {
        let known: [(kind: UpstreamKind, keys: [String], url: String, standard: String, version: String)] = [
            (.openAI, ["OPENAI_API_KEY"], "OPENAI_BASE_URL", "https://api.openai.com", "/v1"),
            (.anthropic, ["ANTHROPIC_API_KEY"], "ANTHROPIC_BASE_URL", "https://api.anthropic.com", "/v1"),
            (
                .gemini, ["GEMINI_API_KEY", "GOOGLE_API_KEY"], "GEMINI_BASE_URL",
                "https://generativelanguage.googleapis.com", "/v1beta"
            ),
        ]
        let upstreams = known.compactMap { entry -> Upstream? in
            guard let secret = entry.keys.lazy.compactMap({ environment[$0]?.nonEmpty }).first else { return nil }
            let url = UpstreamReader.base(environment[entry.url]?.nonEmpty ?? entry.standard, without: entry.version)
            var upstream = Upstream(name: entry.kind.rawValue, kind: entry.kind, baseURL: url)
            upstream.credentials = [Secret(secret)]
            return upstream
        }
        return upstreams + [UpstreamReader.bedrock(of: environment)].compactMap(\.self)
    }
}
