import ArgumentParser
import Documents
import Domain
import Inputs
import Policy

/// `payback policy validate`.
struct PolicyValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Read a plan and say how its rules would start; exits with 65 where it is wrong.",
        discussion: """
            Everything that is wrong is named with its line. Where there is a configuration, upstreams and models are compared with it.

            Example: payback policy validate plan.yaml
            """)

    @Argument(help: "The plan, YAML or JSON.")
    var file: String

    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    func run() async throws {
        try await reportingFailures {
            let read = try PlanFile.read(file, configuration)
            switch format {
            case .text: try outputOptions.write(text(read))
            case .json: try outputOptions.write(json(read).text)
            }
            if read.plan == nil { throw ExitCode(SystemExit.data.rawValue) }
        }
    }

    private func text(_ read: PlanFile) -> String {
        let problems = read.problems.map { "\($0.severity.rawValue): \($0)\n" }.joined()
        guard let plan = read.plan else { return problems }
        var table = PlainTable([("rule", .left), ("lever", .left), ("starts", .left), ("judge", .left)])
        for rule in plan.rules {
            let judge = rule.needsGate ? rule.qualityInForce.judge.text : "none needed"
            table.add([rule.name, rule.action.word, rule.startingState.text, judge])
        }
        return problems + (plan.rules.isEmpty ? "The plan has no rules.\n" : table.text)
    }

    private func json(_ read: PlanFile) -> JSONOutput {
        [
            "valid": .bool(read.plan != nil),
            "rules": .array(
                (read.plan?.rules ?? []).map { rule in
                    [
                        "name": .string(rule.name), "lever": .string(rule.action.word),
                        "starts": .string(rule.startingState.rawValue), "gated": .bool(rule.needsGate),
                        "executed": .bool(rule.action.isExecuted),
                    ]
                }),
            "problems": .array(
                read.problems.map { problem in
                    [
                        "file": .string(problem.file), "line": .count(problem.line.map { Int64($0) }),
                        "path": .string(problem.path), "severity": .string(problem.severity.rawValue),
                        "message": .string(problem.message),
                    ]
                }),
        ]
    }
}
