import ArgumentParser
import Documents
import Policy
import Registry

/// `payback policy history`.
struct PolicyHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "What happened: plans, pauses, and every change of a gate with its evidence.",
        discussion: "Example: payback policy history \"small model\" --format json")

    @Argument(help: "A rule's name; all rules and plans where none is given.")
    var rule: String?

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    func run() async throws {
        try await reportingFailures {
            let store = try registry.open(mustExist: true)
            let history = PolicyHistory(
                changes: try store.policyChanges(limit: 10_000), levers: try store.levers(), rule: rule)
            if let rule, history.events.isEmpty, try store.policyStatus()?.rule(named: rule) == nil {
                throw StandardError.fail(.noInput, "There is no rule \(rule), and nothing is known of one.")
            }
            try outputOptions.write(history.document, history.json, as: format)
        }
    }
}
