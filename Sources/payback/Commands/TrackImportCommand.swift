import ArgumentParser
import Documents
import Domain
import Inputs
import Productivity
import Registry

/// `payback track import`: tasks from files.
struct TrackImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Task metrics from CSV or JSON lines; the same file twice changes nothing.",
        discussion: """
            Columns: task_type, with_ai_minutes, without_ai_minutes, quality_score, api_cost, timestamp, and if you have
            them person, team, evidence (measured or estimated), request_id, session_id, id.

            Example: payback track import tasks.csv
            """)

    @Argument(help: "CSV with a header, JSON lines, or a JSON array.")
    var files: [String]

    @OptionGroup var registryOptions: RegistryOptions

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    func run() async throws {
        try await reportingFailures {
            let registry = try registryOptions.open(mustExist: false)
            var (read, added, diagnostics) = (0, 0, Diagnostics())
            for file in try files.flatMap({ try FilePattern.expand($0) }) {
                var reader = TaskReader(file: file, now: .now)
                let tasks = reader.read(try TableFile(path: file))
                read += tasks.count
                added += try registry.add(tasks, at: .now)
                diagnostics.add(reader.diagnostics)
            }
            StandardError.show(diagnostics)
            try ImportOutcome(read: read, added: added, rejected: diagnostics.rejections).write(
                as: format, what: "tasks")
        }
    }
}

/// What an import into the registry came to.
struct ImportOutcome {
    let read: Int
    let added: Int
    let rejected: Int

    /// Writes it; nothing but rejected rows is bad input.
    func write(as format: ResultFormat, what: String) throws {
        switch format {
        case .json:
            let json: JSONOutput = [
                "rows_read": .integer(Int64(read + rejected)), "added": .integer(Int64(added)),
                "repeated": .integer(Int64(read - added)), "rows_rejected": .integer(Int64(rejected)),
            ]
            try StandardOutput.write(json.text)
        case .text:
            try StandardOutput.write(
                "\(added) \(what) added, \(read - added) known already, \(rejected) rows rejected.\n")
        }
        if read == 0, rejected > 0 { throw StandardError.fail(.data, "No row could be used.") }
    }
}
