import ArgumentParser

/// `payback requests`.
struct RequestsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests",
        abstract: "Single requests that went through the gateway.",
        subcommands: [RequestsShowCommand.self, RequestsTailCommand.self])
}

/// How requests are shown.
enum RequestsFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
