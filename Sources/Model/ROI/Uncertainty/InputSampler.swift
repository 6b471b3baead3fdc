internal import Statistics

/// Turns points of a cube into draws of a model's uncertain inputs.
struct InputSampler: Sendable {
    /// The uncertain inputs, in the order of their columns.
    let inputs: [String]
    /// Whose coordinates a point has.
    let streams: [String]
    /// The coordinate of each input.
    private let places: [Int]
    private let samplers: [DistributionSampler]
    private let copula: GaussianCopula?
    private let correlated: [Int]

    /// - Parameter streams: more names than the model's own, where it is compared with others.
    init(_ model: ScenarioModel, streams: [String]? = nil) throws(DistributionError) {
        let cells = model.graph.uncertainInputs
        inputs = cells.map(\.name)
        let all = streams ?? inputs
        (self.streams, places) = (all, inputs.map { name in all.firstIndex(of: name) ?? 0 })
        samplers = cells.map { cell in
            guard case .input(_, let distribution) = cell.definition else { return DistributionSampler(.constant(0)) }
            return DistributionSampler(distribution)
        }
        let names = inputs
        let pairs = model.scenario.correlations.compactMap { pair -> (Int, Int, Double)? in
            guard let a = names.firstIndex(of: pair.between[0]), let b = names.firstIndex(of: pair.between[1])
            else { return nil }
            return (a, b, pair.value)
        }
        let correlated = Set(pairs.flatMap { [$0.0, $0.1] }).sorted()
        self.correlated = correlated
        var matrix = correlated.map { row in correlated.map { $0 == row ? 1.0 : 0.0 } }
        for (a, b, value) in pairs {
            guard let row = correlated.firstIndex(of: a), let column = correlated.firstIndex(of: b) else { continue }
            (matrix[row][column], matrix[column][row]) = (value, value)
        }
        copula = correlated.isEmpty ? nil : try GaussianCopula(correlations: matrix)
    }

    /// Draws, and takes the program's steps on them, a block at a time.
    func draw(_ count: Int, from sequence: SobolSequence, through program: ModelProgram) -> [[Double]] {
        var results = program.outputs.map { _ in [Double](repeating: 0, count: count) }
        let block = ModelProgram.block
        withUnsafeTemporaryAllocation(of: Double.self, capacity: max(program.registers, 1) * block) { memory in
            guard let registers = memory.baseAddress else { return }
            for first in stride(from: 0, to: count, by: block) {
                let size = min(block, count - first)
                fill(registers, sequence, first: first, count: size)
                program.run(registers, count: size) { output, column in
                    // What does not exist (0 ÷ 0) is missing, as an infinite payback is; it has to have a place in the order.
                    for draw in 0..<size {
                        results[output][first + draw] = column[draw].isNaN ? .infinity : column[draw]
                    }
                }
            }
        }
        return results
    }

    /// Fills the columns of the inputs.
    private func fill(_ registers: UnsafeMutablePointer<Double>, _ sequence: SobolSequence, first: Int, count: Int) {
        for (input, place) in places.enumerated() {
            sequence.fill(registers + input * ModelProgram.block, dimension: place, first: first, count: count)
        }
        if let copula {
            copula.transform(correlated.map { registers + $0 * ModelProgram.block }, draws: count)
        }
        for (input, sampler) in samplers.enumerated() {
            sampler.transform(UnsafeMutableBufferPointer(start: registers + input * ModelProgram.block, count: count))
        }
    }

    /// Values of the inputs at shares of their distributions, without correlation.
    func values(atShares columns: [[Double]]) -> [[Double]] {
        zip(columns, samplers).map { column, sampler in
            var column = column
            column.withUnsafeMutableBufferPointer { sampler.transform($0) }
            return column
        }
    }
}
