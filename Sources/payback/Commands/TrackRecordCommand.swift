import ArgumentParser
import Domain
import Registry

/// `payback track record`: one task.
struct TrackRecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Records one task that was done with AI.",
        discussion: """
            Example: payback track record --task-type code_review --with-ai-minutes 15 --without-ai-minutes 45 \\
              --quality 0.9 --api-cost 0.12 --evidence measured
            """)

    @Option(help: "What kind of work: code_review.")
    var taskType: String

    @Option(help: "Minutes that it took with AI.")
    var withAiMinutes: Double

    @Option(help: "Minutes that it would have taken without; else its kind's baseline counts.")
    var withoutAiMinutes: Double?

    @Option(help: "How good the result is, 0 to 1.")
    var quality: Double?

    @Option(help: "What the API charged, USD; else the ledger's cost of --request or --session counts.")
    var apiCost: Double?

    @Option(help: "The gateway's request that it used.")
    var request: String?

    @Option(help: "The session that it used.")
    var session: String?

    @Option(help: "A pseudonym of who did it.")
    var person: String?

    @Option(help: "Their team.")
    var team: String?

    @Option(help: "How the minutes are known: measured or estimated.")
    var evidence: TimeEvidence = .estimated

    @Option(help: "When it was done, UTC; now where absent.")
    var timestamp: String?

    @OptionGroup var registryOptions: RegistryOptions

    mutating func validate() throws {
        guard (0...1e6).contains(withAiMinutes), (0...1e6).contains(withoutAiMinutes ?? 0) else {
            throw ValidationError("Minutes are numbers of at least 0.")
        }
        guard (0...1).contains(quality ?? 0) else { throw ValidationError("--quality takes a number from 0 to 1.") }
        guard (0...1e9).contains(apiCost ?? 0) else { throw ValidationError("--api-cost takes USD, at least 0.") }
        if let timestamp, Timestamp.read(timestamp) == nil {
            throw ValidationError("--timestamp \(timestamp) is not a date; write 2026-10-01T12:00:00Z.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            var random = SystemRandomNumberGenerator()
            let moment = timestamp.flatMap { Timestamp.read($0) } ?? .now
            let task = TaskMetric(
                id: "tsk_" + SortableID(at: .now, using: &random).text, taskType: taskType,
                withAIMinutes: withAiMinutes,
                withoutAIMinutes: withoutAiMinutes, qualityScore: quality, apiCost: apiCost, timestamp: moment,
                person: person, team: team, evidence: evidence, requestID: request, sessionID: session)
            try registryOptions.open(mustExist: false).add([task], at: .now)
            try StandardOutput.write("Recorded \(task.id).\n")
        }
    }
}

extension TimeEvidence: ExpressibleByArgument {}
