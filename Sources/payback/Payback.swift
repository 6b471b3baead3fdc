import ArgumentParser

/// The command line of Payback.
@main
struct Payback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payback",
        abstract: "What your AI costs, where the money goes, and what could be saved.",
        discussion: "Start with: payback audit usage.jsonl",
        version: "0.1.0",
        subcommands: [
            AttributeCommand.self, AuditCommand.self, BudgetsCommand.self, CloseCommand.self, ConfigCommand.self,
            ExportCommand.self,
            ImportCommand.self,
            KeysCommand.self,
            ModelCommand.self, PolicyCommand.self, PricesCommand.self, ReconcileCommand.self, ReportCommand.self,
            ROICommand.self,
            RequestsCommand.self, SampleCommand.self, ServeCommand.self, TrackCommand.self,
        ])
}
