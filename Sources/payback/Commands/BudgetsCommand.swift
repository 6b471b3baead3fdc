import ArgumentParser

/// `payback budgets`.
struct BudgetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "budgets",
        abstract: "How much may be spent, by whom, in which time.",
        subcommands: [BudgetsSetCommand.self, BudgetsListCommand.self, BudgetsRemoveCommand.self])
}
