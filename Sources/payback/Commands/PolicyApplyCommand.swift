import ArgumentParser
import Documents
import Domain
import Inputs
import Policy
import Registry

/// `payback policy apply`.
struct PolicyApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Put a plan in force; a running gateway takes it up within a second.",
        discussion: """
            Rules that may change answers start in shadow and act once their quality is proven. A rule that keeps its name and its
            meaning keeps its evidence. The plan before stays in the history.

            Example: payback policy apply weighed.json --note "after the replay of October"
            """)

    @Argument(help: "The plan, YAML or JSON.")
    var file: String

    @Option(help: "Why, for the history.")
    var note: String?

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        try await reportingFailures {
            let read = try PlanFile.read(file, registry.configuration)
            for problem in read.problems { StandardError.print("\(problem.severity.rawValue): \(problem)") }
            guard let plan = read.plan else {
                throw StandardError.fail(.data, "\(file) cannot be put in force; nothing has changed.")
            }
            let store = try registry.open(mustExist: false)
            let applied = try store.applyPlan(name: plan.name, body: plan.json.text, note: note, at: .now)
            let name = plan.name.isEmpty ? "" : " (\(plan.name))"
            var text = "Plan \(applied.number)\(name) is in force.\n"
            for status in try store.policyStatus()?.rules ?? [] {
                text += "\(status.rule.name): \(status.stateText). \(status.nextStep)\n"
            }
            try outputOptions.write(text)
        }
    }
}

/// `payback policy remove`.
struct PolicyRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "End the plan in force: every request passes as it is asked.",
        discussion: "Example: payback policy remove --note \"the month is over\"")

    @Option(help: "Why, for the history.")
    var note: String?

    @OptionGroup var registry: RegistryOptions

    func run() async throws {
        try await reportingFailures {
            try registry.open(mustExist: true).removePlan(note: note, at: .now)
            StandardError.print("No rule is in force any more.")
        }
    }
}
