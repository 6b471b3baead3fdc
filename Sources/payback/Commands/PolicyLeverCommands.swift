import ArgumentParser
import Domain
import Policy
import Registry

/// `payback policy pause`.
struct PolicyPauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Stop a rule within a second; its evidence goes on.",
        discussion: "Example: payback policy pause \"small model\" --reason \"complaints from acme\"")

    @OptionGroup var lever: LeverOptions

    @Option(help: "Why, for those who find it paused.")
    var reason: String

    mutating func validate() throws {
        if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason says nothing; others will ask why.") }
    }

    func run() async throws {
        try await lever.change { store, status in
            try store.pauseLever(status.rule.name, reason: reason, at: .now)
            return "\(status.rule.name) is paused."
        }
    }
}

/// `payback policy resume`.
struct PolicyResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Let a paused rule act again, as far as its gate allows.",
        discussion: "Example: payback policy resume \"small model\"")

    @OptionGroup var lever: LeverOptions

    func run() async throws {
        try await lever.change { store, status in
            try store.resumeLever(status.rule.name, at: .now)
            return "\(status.rule.name) goes on: \(status.state.text)."
        }
    }
}

/// `payback policy open`.
struct PolicyOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "A new attempt of a rule that was rolled back or closed: from shadow, without its old proof.",
        discussion: "Example: payback policy open \"small model\"")

    @OptionGroup var lever: LeverOptions

    func run() async throws {
        try await lever.want(.open, from: [.off, .rolledBack], "will be opened: it begins in shadow")
    }
}

/// `payback policy close`.
struct PolicyCloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Switch a rule's gate off: it neither acts nor is judged.",
        discussion: "Example: payback policy close \"small model\"")

    @OptionGroup var lever: LeverOptions

    func run() async throws {
        try await lever.want(.close, from: [.shadow, .canary, .on, .rolledBack], "will be closed")
    }
}

/// `payback policy withdraw`.
struct PolicyWithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Take a rule that serves back by hand, as its detector would.",
        discussion: "Example: payback policy withdraw \"small model\"")

    @OptionGroup var lever: LeverOptions

    func run() async throws {
        try await lever.want(.withdraw, from: [.canary, .on], "will be taken back")
    }
}
