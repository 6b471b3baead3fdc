import ArgumentParser
import Domain
import Registry

/// `payback budgets remove`.
struct BudgetsRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a budget.",
        discussion: "Example: payback budgets remove bud_01JD3K5V8Q2M4N6P8R0S2T4V6X")

    @Argument(help: "The budget's id.")
    var id: String

    @OptionGroup var registry: RegistryOptions

    func run() async throws {
        try await reportingFailures {
            try registry.open(mustExist: true).removeBudget(id: id, at: .now)
            StandardError.print("\(id) is removed.")
        }
    }
}
