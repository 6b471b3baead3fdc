import ArgumentParser
import Documents
import Policy
import Registry

/// `payback policy show`.
struct PolicyShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "The plan in force: how each rule is, what is proven, and what it needs next.",
        discussion: "Example: payback policy show --format json")

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    func run() async throws {
        try await reportingFailures {
            let status = try registry.open(mustExist: true).policyStatus()
            try outputOptions.write(
                status?.document ?? PolicyStatus.nothing, status?.json ?? PolicyStatus.noneJSON, as: format)
        }
    }
}
