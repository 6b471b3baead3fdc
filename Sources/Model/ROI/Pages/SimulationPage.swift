package import Documents

extension Simulation {
    /// The simulation for people.
    package func document(of model: ScenarioModel) -> Document {
        guard !model.graph.uncertainInputs.isEmpty else {
            return Document(
                title: "Simulation: \(model.scenario.name)",
                blocks: [
                    .hint(
                        Hint(
                            "No input has a range, so every draw is the plan itself. Write low and high beside the values that you are unsure of."
                        ))
                ])
        }
        let rows = [
            row("Net present value, USD", "npv"), row("ROI, %", "roi_percent"),
            row("Payback, months", "payback_months"),
        ]
        let columns =
            [Column("Figure")] + ["P10", "P50", "P90", "Mean", "Std. error"].map { Column($0, .decimal) }
            + [Column("Positive, %", .decimal)]
        let loss = NumberText.percent(probabilityOfLoss)
        return Document(
            title: "Simulation: \(model.scenario.name)",
            subtitle:
                "\(NumberText.count(Int64(draws))) draws of \(model.graph.uncertainInputs.count) uncertain inputs, seed \(seed).",
            blocks: [
                .paragraph("The case loses money in \(loss) of the draws."),
                .table(Table("", columns: columns, rows: rows)), .ranges(chart),
            ],
            notes: [
                Note(
                    "P10 lies above one draw in ten, P90 above nine. The standard error is that of the mean; it comes from \(Self.replicates) independent parts of the draws."
                ),
                Note(
                    "A payback that never comes has no month; where too many draws have none, its quantiles and mean do not exist."
                ),
            ])
    }

    private func row(_ label: String, _ output: ModelOutput) -> Row {
        let figure = summary(of: output)
        let decimals = output.cell == "npv" ? 0 : 1
        func text(_ value: Double?) -> Cell {
            Cell(value.map { NumberText.fixed($0, decimals: decimals) } ?? NumberText.none)
        }
        return Row([
            Cell(label), text(figure?.p10.value), text(figure?.p50.value), text(figure?.p90.value),
            text(figure?.mean.value),
            Cell(figure?.mean.standardError.map { NumberText.fixed($0, decimals: 2) } ?? NumberText.none),
            Cell(NumberText.percentage(figure?.probabilityPositive.value)),
        ])
    }

    private var chart: RangeChart {
        let figure = summary(of: "npv")
        let items = [figure].compactMap { $0 }.compactMap { figure -> RangeItem? in
            guard let low = figure.p10.value, let high = figure.p90.value else { return nil }
            return RangeItem(
                "Net present value", low: low, high: high, middle: figure.p50.value,
                text: "\(NumberText.short(low)) to \(NumberText.short(high))")
        }
        return RangeChart(
            (probabilityOfLoss ?? 1) < 0.1 ? "A loss is unlikely" : "A loss is possible",
            subtitle: "P10, P50 and P90 of the net present value, USD; the line is zero", items: items, reference: 0)
    }
}
