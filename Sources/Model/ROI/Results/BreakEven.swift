/// The value of an input at which the case is worth nothing more and nothing less.
package struct BreakEven: Sendable, Hashable {
    /// The input.
    package let input: String
    /// For people.
    package let label: String
    /// Its unit.
    package let unit: String
    /// Its base.
    package let base: Double
    /// Where the net present value is zero; `nil` where no value near by makes it so.
    package let value: Double?

    /// How far the base may move before the case is lost, a signed fraction of the base.
    package var margin: Double? {
        guard let value, base != 0 else { return nil }
        return (value - base) / abs(base)
    }
}

extension RunResult {
    /// The break-even of every input that moves the net present value, the nearest first.
    package var breakEvens: [BreakEven] {
        let inputs = graph.inputs.filter { $0.name != "tax_rate" }
        let found = inputs.compactMap { cell -> BreakEven? in
            guard case .input(let base, _) = cell.definition else { return nil }
            let search = BreakEvenSearch(graph: graph, input: cell.name, base: base)
            guard search.matters else { return nil }
            return BreakEven(input: cell.name, label: cell.label, unit: cell.unit, base: base, value: search.root)
        }
        return found.sorted {
            ($0.margin.map(abs) ?? .infinity, $0.input) < ($1.margin.map(abs) ?? .infinity, $1.input)
        }
    }
}

/// Looks for the root of the net present value along one input: outward from the base, then by bisection.
private struct BreakEvenSearch {
    let input: String
    let base: Double
    private let program: ModelProgram

    init(graph: ModelGraph, input: String, base: Double) {
        (self.input, self.base) = (input, base)
        program = graph.program(varying: [input], outputs: ["npv"])
    }

    /// Whether the input reaches the result at all.
    var matters: Bool { !program.instructions.isEmpty }

    /// The root nearest to the base, between 0 and a thousand times the base.
    var root: Double? {
        let scale = base == 0 ? 1 : abs(base)
        let steps = [
            -10, -5, -3, -2, -1, -0.8, -0.6, -0.5, -0.4, -0.3, -0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2, 0.3, 0.4,
            0.5, 0.6, 0.8, 1, 1.5, 2, 3, 5, 9, 20, 50, 100, 1_000,
        ]
        let places = steps.map { base + $0 * scale }.filter { base < 0 || $0 >= 0 }
        let values = program.single(places)
        var roots: [Double] = []
        for position in places.indices.dropLast() {
            let (low, high) = (values[position], values[position + 1])
            guard low.isFinite, high.isFinite else { continue }
            if low == 0 { roots.append(places[position]) }
            if (low < 0) != (high < 0), low != 0 { roots.append(bisect(places[position], places[position + 1], low)) }
        }
        return roots.min { abs($0 - base) < abs($1 - base) }
    }

    private func bisect(_ low: Double, _ high: Double, _ atLow: Double) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<80 {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            if ((program.single([middle]).first ?? 0) < 0) == (atLow < 0) { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }
}

extension ModelProgram {
    /// The first output for values of the only varying input.
    func single(_ values: [Double]) -> [Double] { evaluate([values]).first ?? [] }

    /// The outputs of rows of inputs.
    ///
    /// - Parameter columns: one for each varying input, all of the same length.
    /// - Returns: a column for each output.
    package func evaluate(_ columns: [[Double]]) -> [[Double]] {
        let count = columns.first?.count ?? 1
        var outputs = self.outputs.map { _ in [Double](repeating: 0, count: count) }
        withUnsafeTemporaryAllocation(of: Double.self, capacity: max(registers, 1) * Self.block) { memory in
            guard let registers = memory.baseAddress else { return }
            for first in stride(from: 0, to: count, by: Self.block) {
                let size = min(Self.block, count - first)
                for (input, column) in columns.enumerated() {
                    for draw in 0..<size { registers[input * Self.block + draw] = column[first + draw] }
                }
                run(registers, count: size) { output, column in
                    for draw in 0..<size { outputs[output][first + draw] = column[draw] }
                }
            }
        }
        return outputs
    }
}
