import ArgumentParser
import Documents
import Domain
import Gateway
import Registry
import Reports

/// `payback report --schedule`.
struct ReportScheduleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "What payback serve delivers: when it is due next, where to, and what became of the last one.",
        discussion: "Example: payback report --schedule --config payback.yaml")

    @Flag(help: "Show what is delivered by schedule.")
    var schedule = false

    @OptionGroup var registryOptions: RegistryOptions

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    func run() async throws {
        try await reportingFailures { try show() }
    }

    private func show() throws {
        let loaded = try registryOptions.configuration.load()
        let reports = loaded.configuration.delivery.plan.reports
        guard !reports.isEmpty else {
            throw StandardError.fail(
                .configuration,
                "Nothing is delivered by schedule. Write delivery.reports into payback.yaml (docs/delivery.md), or name a report: executive, monthly, savings, business-case."
            )
        }
        let registry = try registryOptions.exists() ? try registryOptions.open(mustExist: true) : nil
        let now = Timestamp.now
        let lines = try reports.flatMap { report in
            try report.targets.map { target in
                let key = DeliveryState.Key(name: report.name, target: target)
                return Line(
                    report: report, target: target, next: report.schedule.nextDue(after: now),
                    last: try registry?.lastDelivery(key), arrival: try registry?.lastArrival(key))
            }
        }
        switch format {
        case .text: try StandardOutput.write(text(lines))
        case .json: try StandardOutput.write(JSONOutput.array(lines.map(\.json)).text)
        }
    }

    private func text(_ lines: [Line]) -> String {
        var table = PlainTable([
            ("report", .left), ("when", .left), ("next, UTC", .left), ("format", .left), ("to", .left), ("last", .left),
        ])
        for line in lines {
            table.add([
                line.report.name, line.report.schedule.text, line.next.rfc3339, line.report.format.rawValue,
                line.target.label, line.state,
            ])
        }
        return table.text
    }

    /// One report to one target.
    private struct Line {
        let report: ScheduledReport
        let target: DeliveryTarget
        let next: Timestamp
        let last: DeliveryState?
        let arrival: DeliveryState?

        var state: String {
            switch last?.outcome {
            case .none, .begun: "none yet"
            case .delivered: "delivered \(last?.at.rfc3339 ?? "")"
            case .tried: "attempt \(last?.attempts ?? 0): \(last?.failure ?? "under way")"
            case .givenUp: "given up: \(last?.failure ?? "")"
            }
        }

        var json: JSONOutput {
            [
                "name": .string(report.name), "report": .string(report.report.rawValue),
                "schedule": .string(report.schedule.text), "next_due": .string(next.rfc3339),
                "format": .string(report.format.rawValue), "target": .string(target.label),
                "last_outcome": .text(last?.outcome.rawValue), "last_due": .text(last?.due.rfc3339),
                "last_failure": .text(last?.failure), "last_delivered_at": .text(arrival?.at.rfc3339),
            ]
        }
    }
}
