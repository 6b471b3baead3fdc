import ArgumentParser

/// `payback config`.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "What the configuration means, or why it is wrong.",
        subcommands: [ConfigCheckCommand.self, ConfigImportCommand.self])
}
