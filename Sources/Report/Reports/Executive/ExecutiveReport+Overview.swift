internal import Auditing
package import Documents
internal import Domain
package import Ledger

extension ExecutiveReport {
    /// The three numbers and the weekly trend: what a page begins with.
    package var headlines: [Block] {
        let three = Array(figures.prefix(3))
        return [.figures(three)] + (rows.weeks.count > 1 ? [.lines(rows.trend)] : [])
    }

    /// The finding, as a sentence.
    package var headline: String { rows.headline }

    /// The dearest features and models, each leading to its spend.
    ///
    /// - Parameter link: where a dimension's value leads.
    package func dearest(linking link: (LedgerDimension, String?) -> String) -> [Block] {
        let features = rows.features.prefix(5).map { ($0.name, $0.measures) }
        let models = Dictionary(grouping: rows.models, by: \.key.model).map { name, group in
            (Optional(name), group.reduce(into: UsageMeasures()) { $0 += $1.value })
        }.sorted { $0.1.cost > $1.1.cost }.prefix(5)
        return [
            .table(table("Dearest features", features) { link(.feature, $0) }),
            .table(table("Dearest models", Array(models)) { link(.model, $0) }),
        ]
    }

    private func table(_ title: String, _ groups: [(String?, UsageMeasures)], _ link: (String?) -> String) -> Table {
        Table(
            title, columns: [Column("Name"), Column("USD", .decimal), Column("Share, %", .decimal)],
            rows: groups.map { name, sums in
                Row([
                    Cell(name ?? "none named", link: link(name)), Cell(NumberText.money(sums.cost, symbol: "")),
                    Cell(NumberText.percentage(sums.cost.share(of: rows.realized))),
                ])
            })
    }

    /// What to do next, ordered by return.
    package var nextActions: [Block] { next }

    /// How far it can be believed, in one row: invoice covered, unpriced, untagged.
    package var strip: [Block] {
        let untagged = rows.features.first { $0.name == nil }?.measures.cost ?? .zero
        let billed = coverage.filter { $0.billed != nil }
        return [
            .figures([
                Figure(
                    "Of the invoice explained",
                    billed.isEmpty ? "no invoice" : NumberText.percent(billed.compactMap(\.rate).min()),
                    note: billed.isEmpty ? "payback import bill.csv" : "the worst of \(billed.count) providers"),
                Figure("Tokens without a price", NumberText.percent(rows.unpricedShare)),
                Figure("Spend without a feature", NumberText.percent(untagged.share(of: rows.realized))),
                Figure("A request", NumberText.unitCost(costPerRequest)),
                Figure(
                    "A customer", costPerCustomer.map { NumberText.headline($0) } ?? NumberText.none,
                    note: rows.namedCustomers == 0 ? "no request names one" : "\(rows.namedCustomers) named"),
            ])
        ]
    }
}
