import ArgumentParser

/// `payback policy`.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "The plan in force: which rules act, on which evidence, and how to stop them.",
        subcommands: [
            PolicyShowCommand.self, PolicyValidateCommand.self, PolicyApplyCommand.self, PolicyRemoveCommand.self,
            PolicyPauseCommand.self, PolicyResumeCommand.self, PolicyOpenCommand.self, PolicyCloseCommand.self,
            PolicyWithdrawCommand.self, PolicyHistoryCommand.self,
        ])
}
