import ArgumentParser

/// `payback attribute`: how much of a change is due to the AI.
struct AttributeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attribute",
        abstract: "How much of a change is due to the AI, and how sure that is.",
        discussion: """
            Examples:
              payback attribute power --effect 2 --deviation 10 --units-per-day 120
              payback attribute ab tickets.csv --variant arm --control none --outcome minutes --pre minutes_before
              payback attribute synthetic-control smoking.csv --unit state --time year --outcome packs --treated California --start 1989
              payback attribute shares changes.csv
            """,
        subcommands: [
            AttributeABCommand.self,
            AttributeHoldoutCommand.self,
            AttributeBeforeAfterCommand.self,
            AttributeDifferencesCommand.self,
            AttributeSyntheticControlCommand.self,
            AttributeSharesCommand.self,
            AttributePowerCommand.self,
        ])
}
