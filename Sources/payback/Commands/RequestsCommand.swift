import ArgumentParser

/// `payback requests`.
struct RequestsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests",
        abstract: "Single requests that went through the gateway.",
        subcommands: [RequestsShowCommand.self, RequestsTailCommand.self])
}
