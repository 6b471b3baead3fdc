package import Documents
package import Domain

/// What a webhook gets.
package enum WebhookBody {
    /// An alert: Slack gets its sentence, others all of it.
    package static func of(_ alert: DeliveryAlert, to target: DeliveryTarget) -> JSONOutput {
        target.isSlack ? ["text": .string(slackText(alert.text))] : alert.json
    }

    /// A report: Slack gets its finding and headline figures, others the report for programs with its name and period.
    package static func of(
        _ report: ReportContents, named name: String, _ period: ReportPeriod, to target: DeliveryTarget
    ) -> JSONOutput {
        if target.isSlack { return ["text": .string(slackText(summary(report.document)))] }
        return ["event": "report", "name": .string(name), "period": period.json, "report": report.json]
    }

    /// The title and the headline figures, a line each.
    private static func summary(_ document: Document) -> String {
        var lines = [document.title, document.subtitle]
        for case .figures(let figures) in document.blocks.prefix(2) {
            lines += figures.map { "\($0.label): \($0.value)" + ($0.note.map { " (\($0))" } ?? "") }
        }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Slack gives `&`, `<` and `>` a meaning: names that come from traffic must not become links or calls to everybody.
    private static func slackText(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
