import ArgumentParser
import Documents
import Domain
import Registry

/// `payback keys create`.
struct KeysCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a key. Its secret is shown once, and kept nowhere.",
        discussion: "Example: payback keys create --customer acme --feature chat --expires 2027-01-01")

    @OptionGroup var registry: RegistryOptions

    @Option(help: "The customer that its traffic is for.")
    var customer: String?

    @Option(help: "The feature that its traffic is for.")
    var feature: String?

    @Option(help: "The team that pays.")
    var team: String?

    @Option(help: "What people call the key.")
    var name: String?

    @Option(help: "The first day on which it is not valid any more, UTC: 2027-01-01.")
    var expires: String?

    @Option(help: "The models that it may call, separated by commas; gpt-4o* stands for all that begin so.")
    var models: String?

    @Option(help: "Requests per minute.")
    var requestsPerMinute: Int64?

    @Option(help: "Tokens per minute.")
    var tokensPerMinute: Int64?

    @Option(help: "Requests at one time.")
    var concurrent: Int64?

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    func run() async throws {
        try await reportingFailures { try create() }
    }

    private func create() throws {
        var random = SystemRandomNumberGenerator()
        let secret = KeySecret(using: &random)
        let id = "key_" + SortableID(at: .now, using: &random).text
        let key = try self.key(id: id, secret)
        try registry.open(mustExist: false).add(key, at: .now)
        switch format {
        case .text:
            try StandardOutput.write(secret.text + "\n")
            StandardError.print(
                "This is the secret of \(id). It is shown once: keep it now. Callers send it as their API key.")
        case .json:
            let document: JSONOutput = ["id": .string(id), "secret": .string(secret.text), "name": .text(name)]
            try StandardOutput.write(document.text)
        }
    }

    private func key(id: String, _ secret: KeySecret) throws -> VirtualKey {
        var key = VirtualKey(id: id, secretHash: secret.hash, createdAt: .now)
        (key.name, key.hint) = (name, secret.hint)
        (key.customer, key.feature, key.team) = (customer, feature, team)
        (key.models, key.limits, key.expiresAt) = (try allowedModels(), try limits(), try expiry())
        return key
    }

    /// A list that names no model is refused: kept as it is, it would allow them all.
    private func allowedModels() throws -> [String] {
        guard let models else { return [] }
        let names = models.filter { $0 != " " }.split(separator: ",").map { String($0) }
        guard !names.isEmpty else {
            throw ValidationError("--models names no model; write gpt-4o-mini,gpt-5*, or leave it out for all models.")
        }
        return names
    }

    private func limits() throws -> RateLimits {
        let given: [(name: String, value: Int64?)] = [
            ("--requests-per-minute", requestsPerMinute), ("--tokens-per-minute", tokensPerMinute),
            ("--concurrent", concurrent),
        ]
        for limit in given {
            if let value = limit.value, value < 1 {
                throw ValidationError("\(limit.name) is at least 1; leave it out for no limit.")
            }
        }
        return RateLimits(
            requestsPerMinute: requestsPerMinute, tokensPerMinute: tokensPerMinute, concurrentRequests: concurrent)
    }

    private func expiry() throws -> Timestamp? {
        guard let expires else { return nil }
        // A bare number would be read as seconds since 1970: --expires 2027 must not make a key that is dead already.
        guard expires.dropFirst(4).first == "-", let moment = Timestamp.read(expires) else {
            throw ValidationError("--expires \(expires) is not a date; write 2027-01-01.")
        }
        guard moment > .now else {
            throw ValidationError("--expires \(expires) has passed already; write a day to come.")
        }
        return moment
    }
}
