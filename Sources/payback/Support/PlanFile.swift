import Domain
import Gateway
import Inputs
import Policy

/// A plan's file: the plan, or why it cannot be read, and what is worth knowing.
struct PlanFile {
    /// The plan; `nil` where something is wrong with it.
    let plan: Plan?
    /// What is wrong, or worth knowing.
    let problems: [InputProblem]

    /// Reads a file, and compares it with the configuration where there is one.
    ///
    /// - Throws: ``InputError`` where the file cannot be read; exit code 78 where the configuration is wrong.
    static func read(_ path: String, _ configuration: ConfigurationOptions) throws -> PlanFile {
        let document = try YAMLDocument(path: path)
        let plan: Plan
        do throws(RefusedInput) { plan = try PlanReader.read(document) } catch {
            return PlanFile(plan: nil, problems: error.problems)
        }
        let (settings, file) = try configuration.load()
        let targets = file.map { _ in
            PlanAdvice.Targets(
                upstreams: Dictionary(settings.upstreams.map { ($0.name, $0.billingProvider) }) { $1 },
                models: Set(settings.models.map(\.name) + settings.models.flatMap { $0.targets.map(\.model) }))
        }
        return PlanFile(plan: plan, problems: PlanAdvice.warnings(on: plan, document, targets: targets))
    }
}
