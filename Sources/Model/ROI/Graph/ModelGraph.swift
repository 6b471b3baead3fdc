package import Statistics

/// A cell of a model: an input, or a formula over other cells.
package struct ModelCell: Sendable, Hashable {
    /// How a cell comes to its value.
    package enum Definition: Sendable, Hashable {
        /// It is stated: a best guess, and what is believed around it.
        case input(base: Double, Distribution)
        /// One value, from other single values.
        case formula(Expression)
        /// A value for each month from 0 to the horizon.
        case monthly(Expression)
        /// The sum of a monthly cell over the horizon.
        case total(of: String)
        /// The sum of a monthly cell up to each month.
        case cumulative(of: String)
        /// Months until the sum of a monthly cell is no longer negative, and stays so; see ``Payback``.
        case payback(of: String)
    }

    /// The name that formulas use.
    package let name: String
    /// What it is, for people.
    package var label: String
    /// Its unit: `USD`, `USD per month`, `fraction`, `months`.
    package var unit: String
    /// How it comes to its value.
    package var definition: Definition
    /// Where an input is from.
    package var source: String?

    /// Creates a cell.
    package init(
        _ name: String, label: String? = nil, unit: String = "", source: String? = nil, _ definition: Definition
    ) {
        (self.name, self.label, self.unit) = (name, label ?? name, unit)
        (self.definition, self.source) = (definition, source)
    }

    /// Whether it has a value for each month.
    package var isMonthly: Bool {
        switch definition {
        case .monthly, .cumulative: true
        case .input, .formula, .total, .payback: false
        }
    }

    /// The cells that it reads.
    package var reads: Set<String> {
        switch definition {
        case .input: []
        case .formula(let expression), .monthly(let expression): expression.cells
        case .total(let name), .cumulative(let name), .payback(let name): [name]
        }
    }
}

/// What is wrong with a graph of cells.
package struct ModelGraphError: Error, Sendable, Hashable {
    /// The cell.
    package let cell: String
    /// What is wrong, and what was expected.
    package let message: String
}

/// A model: named cells that read one another without a circle. Runs, simulations, sensitivities, explanations and
/// spreadsheets all read this one graph.
package struct ModelGraph: Sendable, Hashable {
    /// The cells, each after all that it reads.
    package let cells: [ModelCell]
    /// How many months it looks ahead.
    package let horizon: Int
    private let positions: [String: Int]

    /// Creates a graph.
    ///
    /// - Throws: ``ModelGraphError`` for names that do not exist or exist twice, circles, and single values that read
    ///   monthly ones.
    package init(_ cells: [ModelCell], horizon: Int) throws(ModelGraphError) {
        var byName: [String: ModelCell] = [:]
        for cell in cells {
            guard byName.updateValue(cell, forKey: cell.name) == nil else {
                throw ModelGraphError(cell: cell.name, message: "the name \(cell.name) is given twice")
            }
        }
        var sorter = CellSorter(cells: byName)
        for cell in cells { try sorter.visit(cell, from: []) }
        (self.cells, self.horizon) = (sorter.sorted, horizon)
        positions = Dictionary(uniqueKeysWithValues: sorter.sorted.enumerated().map { ($1.name, $0) })
    }

    /// A cell by its name.
    package subscript(_ name: String) -> ModelCell? { positions[name].map { cells[$0] } }

    /// The inputs, in their order.
    package var inputs: [ModelCell] {
        cells.filter { cell in
            if case .input = cell.definition { return true }
            return false
        }
    }

    /// The inputs that can take more than one value.
    package var uncertainInputs: [ModelCell] {
        cells.filter { cell in
            if case .input(_, let distribution) = cell.definition { return !distribution.isConstant }
            return false
        }
    }
}

/// Sorts cells so that each comes after all that it reads.
private struct CellSorter {
    let cells: [String: ModelCell]
    var sorted: [ModelCell] = []
    private var done: Set<String> = []

    init(cells: [String: ModelCell]) { self.cells = cells }

    mutating func visit(_ cell: ModelCell, from path: [String]) throws(ModelGraphError) {
        if done.contains(cell.name) { return }
        if let start = path.firstIndex(of: cell.name) {
            let circle = (path[start...] + [cell.name]).joined(separator: " → ")
            throw ModelGraphError(cell: cell.name, message: "it refers to itself: \(circle)")
        }
        for name in cell.reads.sorted() {
            guard let other = cells[name] else {
                throw ModelGraphError(cell: cell.name, message: "nothing is called \(name)" + hint(name))
            }
            try check(cell, reads: other)
            try visit(other, from: path + [cell.name])
        }
        if case .formula(let expression) = cell.definition, expression.readsMonth {
            throw ModelGraphError(cell: cell.name, message: "it asks for the month, but has a single value")
        }
        done.insert(cell.name)
        sorted.append(cell)
    }

    private func check(_ cell: ModelCell, reads other: ModelCell) throws(ModelGraphError) {
        switch cell.definition {
        case .formula where other.isMonthly:
            throw ModelGraphError(
                cell: cell.name, message: "\(other.name) has a value for each month; a single value was expected")
        case .total, .cumulative, .payback:
            if !other.isMonthly {
                throw ModelGraphError(cell: cell.name, message: "\(other.name) was expected to have a value each month")
            }
        default: break
        }
    }

    private func hint(_ name: String) -> String {
        let near = cells.keys.filter { $0.lowercased().contains(name.lowercased()) || name.contains($0) }.min()
        return near.map { "; is \($0) meant?" } ?? "; drivers are defined under drivers:"
    }
}
