/// What is delivered when, to whom.
package struct DeliveryPlan: Sendable, Hashable {
    /// Reports by schedule.
    package var reports: [ScheduledReport] = []
    /// Alerts.
    package var alerts = AlertPlan()

    /// Creates a plan of nothing.
    package init() {}

    /// Whether nothing is to be delivered.
    package var isEmpty: Bool { reports.isEmpty && alerts.targets.isEmpty }
}

/// A report that is sent by schedule.
package struct ScheduledReport: Sendable, Hashable {
    /// What commands, logs and files call it; one of a kind.
    package var name: String
    /// Which report.
    package var report: ReportKind
    /// When.
    package var schedule: DeliverySchedule
    /// In which format files and attachments are.
    package var format: DeliveryFormat
    /// Where to.
    package var targets: [DeliveryTarget]

    /// Creates a scheduled report.
    package init(
        name: String, report: ReportKind, schedule: DeliverySchedule, format: DeliveryFormat,
        targets: [DeliveryTarget]
    ) {
        (self.name, self.report, self.schedule) = (name, report, schedule)
        (self.format, self.targets) = (format, targets)
    }
}

/// The reports about a period.
package enum ReportKind: String, Sendable, CaseIterable {
    case executive, monthly, savings
}

/// What a delivered report is written in.
package enum DeliveryFormat: String, Sendable, CaseIterable {
    case html, pdf, markdown, json, csv, xlsx

    /// The ending of a file's name.
    package var fileExtension: String { self == .markdown ? "md" : rawValue }

    /// The media type.
    package var mediaType: String {
        switch self {
        case .html: "text/html; charset=utf-8"
        case .pdf: "application/pdf"
        case .markdown: "text/markdown; charset=utf-8"
        case .json: "application/json"
        case .csv: "text/csv; charset=utf-8"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }
}

/// Which alerts are sent, and where.
package struct AlertPlan: Sendable, Hashable {
    /// Where to; none for no alerts.
    package var targets: [DeliveryTarget] = []
    /// Whether an hour that cost far more than usual is told.
    package var hourlyBurn = true
    /// Whether customers, features and models whose spend left its usual range are told, once a day.
    package var movements = true

    /// Creates a plan of no alerts.
    package init() {}
}
