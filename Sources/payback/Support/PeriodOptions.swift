import ArgumentParser
import Domain

/// From when until when.
struct PeriodOptions: ParsableArguments {
    @Option(help: "From this moment on, UTC: 2026-10-01 or RFC 3339.")
    var since: String?

    @Option(help: "Until before this moment, UTC.")
    var until: String?

    /// The period; everything where nothing was said.
    func period() throws -> Period {
        var period = Period.always
        if let since { period.start = try moment(since, "--since") }
        if let until { period.end = try moment(until, "--until") }
        guard period.start < period.end else { throw ValidationError("--since lies behind --until.") }
        return period
    }

    private func moment(_ text: String, _ option: String) throws -> Timestamp {
        guard text.count >= 10, text.contains("-"), let moment = Timestamp.read(text) else {
            throw ValidationError("\(option) \(text) is not a date; write 2026-10-01 or 2026-10-01T12:00:00Z.")
        }
        return moment
    }
}
