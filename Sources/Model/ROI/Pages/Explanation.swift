package import Documents

extension RunResult {
    /// How every single figure comes about: its formula, and the values that it reads.
    package var explanation: JSONOutput {
        .array(
            graph.cells.map { cell in
                [
                    "name": .string(cell.name), "label": .string(cell.label), "unit": .text(cell.unit.nonEmpty),
                    "formula": .string(cell.formulaText), "reads": .array(cell.reads.sorted().map { .string($0) }),
                    "value": .fraction(figure(cell.name)), "source": .text(cell.source),
                ]
            })
    }

    /// The same as a table.
    var explanationTable: Table {
        let columns = [Column("Figure", isCode: true), Column("Formula", isCode: true), Column("Value", .decimal)]
        let rows = graph.cells.map { cell in
            let value = figure(cell.name) ?? months(cell.name).reduce(0, +)
            return Row([
                Cell(cell.name), Cell(cell.formulaText), Cell(ProjectionText.quantity(value, unit: cell.unit)),
            ])
        }
        return Table("Monthly figures are shown as their sum over the horizon.", columns: columns, rows: rows)
    }
}

extension ModelCell {
    /// How it comes to its value, in a line.
    var formulaText: String {
        switch definition {
        case .input: "stated" + (rangeText.map { ", \($0)" } ?? "")
        case .formula(let formula): formula.description
        case .monthly(let formula): "each month: \(formula)"
        case .total(let name): "sum over the months of \(name)"
        case .cumulative(let name): "running sum of \(name)"
        case .payback(let name): "months until the running sum of \(name) stays at zero or above"
        }
    }
}
