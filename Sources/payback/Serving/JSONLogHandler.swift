import Documents
import Domain
import Logging

/// Writes log lines as JSON objects to standard error. Secrets and prompt text are never passed to it.
struct JSONLogHandler: LogHandler {
    let label: String
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var members = [
            JSONOutput.Member("time", .string(Timestamp.now.rfc3339)),
            JSONOutput.Member("level", .string(event.level.rawValue)),
            JSONOutput.Member("message", .string(event.message.description)),
        ]
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            members.append(JSONOutput.Member(key, .string("\(value)")))
        }
        StandardError.print(JSONOutput.object(members).compactText)
    }
}
