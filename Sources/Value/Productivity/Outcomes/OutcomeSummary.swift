package import Documents
package import Domain

/// Outcomes by name and month.
package struct OutcomeSummary: Sendable {
    private let months: [(month: Int64, name: String, amount: Double)]

    /// Sums up outcomes.
    package init(_ outcomes: [OutcomeCount]) {
        let sums = Dictionary(outcomes.map { (Key(month: $0.timestamp.month, name: $0.name), $0.amount) }) { $0 + $1 }
        months = sums.map { ($0.key.month, $0.key.name, $0.value) }.sorted { ($0.month, $0.name) < ($1.month, $1.name) }
    }

    private struct Key: Hashable {
        let month: Int64
        let name: String
    }

    /// For programs.
    package var json: JSONOutput {
        let rows = months.map { row -> JSONOutput in
            ["month": .string(Self.text(row.month)), "outcome": .string(row.name), "amount": .number(row.amount)]
        }
        return ["outcomes": .array(rows)]
    }

    /// For people.
    package var document: Document {
        guard !months.isEmpty else {
            return Document(
                title: "Outcomes",
                blocks: [
                    .hint(Hint("None has been imported yet.", command: "payback track outcomes import helpdesk.csv"))
                ])
        }
        let rows = months.map { row in
            Row([Cell(Self.text(row.month)), Cell(row.name), Cell(NumberText.fixed(row.amount, decimals: 0))])
        }
        return Document(
            title: "Outcomes",
            blocks: [
                .table(
                    Table("", columns: [Column("Month"), Column("Outcome"), Column("Amount", .decimal)], rows: rows))
            ])
    }

    private static func text(_ month: Int64) -> String { Timestamp.startOfMonth(month).monthText }
}
