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
        let key = try draft().key(id: id, secret, at: .now)
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

    private func draft() -> KeyDraft {
        var draft = KeyDraft()
        (draft.name, draft.models, draft.expires) = (name, models, expires)
        (draft.customer, draft.feature, draft.team) = (customer, feature, team)
        draft.requestsPerMinute = requestsPerMinute.map(String.init)
        draft.tokensPerMinute = tokensPerMinute.map(String.init)
        draft.concurrentRequests = concurrent.map(String.init)
        return draft
    }
}
