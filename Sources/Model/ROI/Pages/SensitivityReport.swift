package import Documents
internal import Statistics

/// What moves a result: one input at a time, all together, and where the case breaks even.
package struct SensitivityReport: Sendable {
    private let name: String
    private let rows: [TornadoRow]
    private let breakEvens: [BreakEven]
    private let shares: VarianceShares?
    private let simulation: Simulation?

    /// Makes the report.
    ///
    /// - Parameters:
    ///   - range: how far inputs without a range move, a fraction of their base.
    ///   - samples: base points of Sobol indices; none without.
    package static func make(
        _ model: ScenarioModel, range: Double, samples: Int?, draws: Int, seed: UInt64
    ) async throws -> SensitivityReport {
        let isUncertain = !model.graph.uncertainInputs.isEmpty
        return SensitivityReport(
            name: model.scenario.name, rows: model.tornado(assuming: range), breakEvens: RunResult(model).breakEvens,
            shares: try samples.map { (count) throws(DistributionError) in
                try VarianceShares(model, output: "npv", samples: count)
            },
            simulation: isUncertain ? try await Simulation.run(model, draws: draws, seed: seed) : nil)
    }

    /// The worth of knowing all inputs before deciding, USD.
    private var perfectInformation: Double? {
        guard let values = simulation?.samples.first else { return nil }
        return PerfectInformation.value(payoffs: [values, values.map { _ in 0 }])
    }

    /// The report for programs.
    package var json: JSONOutput {
        [
            "name": .string(name), "rows": .array(rows.map(\.json)), "break_even": .array(breakEvens.map(\.json)),
            "sobol": shares?.json ?? .null, "sobol_output": .text(shares?.output),
            "evpi_usd": .fraction(perfectInformation),
        ]
    }

    /// The report for people.
    package var document: Document {
        var blocks: [Block] = [.ranges(Self.chart(rows))]
        if rows.contains(where: \.isAssumed) {
            blocks.append(
                .hint(Hint("Ranges marked * were assumed here. State low and high in the scenario to replace them.")))
        }
        blocks += variance + breakEvenTable
        if let value = perfectInformation {
            blocks.append(
                .paragraph(
                    "Knowing every input before deciding would be worth \(ProjectionText.headline(value)): "
                        + "the most that any measurement should cost."))
        }
        return Document(
            title: "What matters: \(name)", subtitle: "One input at a time, all others as assumed.", blocks: blocks)
    }

    /// The tornado.
    static func chart(_ rows: [TornadoRow]) -> RangeChart {
        let rows = rows.sorted { abs($0.npvHigh - $0.npvLow) > abs($1.npvHigh - $1.npvLow) }
        let finding = rows.first.map { "\($0.label) moves the result most" } ?? "Nothing moves the result"
        let items = rows.map { row in
            RangeItem(
                "\(row.label): \(ProjectionText.range(row.low, row.high, unit: row.unit))\(row.isAssumed ? " *" : "")",
                low: row.npvLow, high: row.npvHigh,
                text:
                    "\(NumberText.short(min(row.npvLow, row.npvHigh))) to \(NumberText.short(max(row.npvLow, row.npvHigh)))"
            )
        }
        return RangeChart(
            finding, subtitle: "Net present value while each input moves through its range, USD; the line is the plan",
            items: items, reference: rows.first?.npvBase)
    }

    private var variance: [Block] {
        guard let shares else { return [] }
        guard let indices = shares.indices else {
            return [
                .hint(Hint("There are no Sobol indices: no input has a range, or the result does not exist somewhere."))
            ]
        }
        let columns = [Column("Input"), Column("Alone, %", .decimal), Column("With all others, %", .decimal)]
        let order = shares.inputs.indices.sorted { indices.total[$0] > indices.total[$1] }
        let rows = order.map { input in
            Row([
                Cell(shares.inputs[input], exact: nil), Cell(NumberText.percentage(indices.first[input])),
                Cell(NumberText.percentage(indices.total[input])),
            ])
        }
        return [
            .heading(level: 1, text: "Where the uncertainty comes from"),
            .table(Table("Share of the variance of the net present value", columns: columns, rows: rows)),
        ]
    }

    private var breakEvenTable: [Block] {
        let columns = [
            Column("Input"), Column("Assumed", .decimal), Column("Breaks even at", .decimal),
            Column("Margin, %", .decimal),
        ]
        let rows = breakEvens.map { row in
            Row([
                Cell(row.label), Cell(ProjectionText.quantity(row.base, unit: row.unit)),
                Cell(ProjectionText.quantity(row.value, unit: row.unit)), Cell(NumberText.percentage(row.margin)),
            ])
        }
        return [
            .heading(level: 1, text: "Where the case breaks even"),
            .table(Table("Value of each input at which the net present value is zero", columns: columns, rows: rows)),
        ]
    }
}
