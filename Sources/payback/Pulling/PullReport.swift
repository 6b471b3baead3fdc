import Auditing
import Documents
import Domain
import Importing
import Ledger

/// What a pull came to, for people and for programs.
struct PullReport {
    let source: PullSource
    let summary: PullSummary

    /// For programs: the keys of an import, and those of the pull.
    var json: JSONOutput {
        let outcome = summary.outcome
        return [
            "source": .string(source.name), "pages": .integer(Int64(summary.pages)),
            "waits": .integer(Int64(summary.waits)),
            "seconds_waited": .integer(Int64(summary.secondsWaited.rounded(.up))),
            "rows_read": .integer(Int64(summary.rowsRead)),
            "rows_rejected": .integer(Int64(summary.diagnostics.rejections)),
            "records_added": .integer(Int64(outcome.added)), "records_repeated": .integer(Int64(outcome.repeated)),
            "records_flagged": .integer(Int64(outcome.flagged)),
            "control_totals_added": .integer(Int64(outcome.controlTotalsAdded)),
            "control_totals_repeated": .integer(Int64(outcome.controlTotalsRepeated)),
            "control_totals_withdrawn": .integer(Int64(outcome.controlTotalsWithdrawn)),
            "endpoints": .array(summary.parts.map(Self.json)),
            "diagnostics": .array(summary.diagnostics.entries.map(\.json)),
        ]
    }

    private static func json(_ part: PullPart) -> JSONOutput {
        [
            "endpoint": .string(part.endpoint), "format": .string(part.format),
            "since": .string(part.period.start.rfc3339), "until": .string(part.period.end.rfc3339),
            "pages": .integer(Int64(part.pages)), "rows": .integer(Int64(part.rows)),
            "waits": .integer(Int64(part.waits)), "resumed": .bool(part.isResumed),
            "shortened": .bool(part.isShortened), "skipped": .text(part.skipped),
        ]
    }

    /// For people.
    var text: String {
        let outcome = summary.outcome
        var lines = summary.parts.map(Self.line)
        lines.append(
            "\(summary.pages) pages, \(summary.rowsRead) rows read, \(summary.diagnostics.rejections) rejected")
        lines.append("\(outcome.added) records added, \(outcome.repeated) were there already")
        if outcome.flagged > 0 {
            lines.append("\(outcome.flagged) kept but not counted: another source has reported the same response")
        }
        lines.append(
            "\(outcome.controlTotalsAdded) control totals added, \(outcome.controlTotalsRepeated) were there already, \(outcome.controlTotalsWithdrawn) were revised or withdrawn"
        )
        if summary.waits > 0 {
            lines.append("waited \(summary.waits) times, \(Int(summary.secondsWaited.rounded(.up))) s")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ part: PullPart) -> String {
        if let reason = part.skipped { return "\(part.endpoint): passed over (\(reason))" }
        return "\(part.endpoint): \(part.period.start.dateText) to \(part.period.end.dateText), \(part.rows) rows"
            + (part.isResumed ? ", went on where it had been cut off" : "")
    }
}
