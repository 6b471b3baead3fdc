internal import Statistics

/// What many draws of the uncertain inputs come to.
package struct Simulation: Sendable {
    /// How many draws.
    package let draws: Int
    /// The seed.
    package let seed: UInt64
    /// Draws of each output, in the order of ``outputs``; draw n of every output belongs to the same inputs.
    package let samples: [[Double]]
    /// The outputs.
    package let outputs: [ModelOutput]

    /// How many independent shifts of the sequence the draws are parted into: their spread gives the standard errors.
    package static let replicates = 16

    /// Draws the uncertain inputs of a model.
    ///
    /// The draws are points of Sobol's sequence in ``replicates`` independent random shifts, so that the standard errors
    /// are honest although the points are not independent. The same seed gives the same draws on any number of cores.
    ///
    /// - Parameters:
    ///   - draws: at least ``replicates``; rounded up to a multiple of them.
    ///   - outputs: what is asked for.
    /// - Throws: ``DistributionError`` for correlations that cannot be.
    package static func run(
        _ model: ScenarioModel, draws: Int, seed: UInt64,
        outputs: [ModelOutput] = ["npv", "roi_percent", "payback_months"]
    ) async throws -> Simulation {
        let sampler = try InputSampler(model)
        let program = model.graph.program(varying: sampler.inputs, outputs: outputs)
        let each = (max(draws, replicates) + replicates - 1) / replicates
        var random = SeededRandom(seed: seed)
        let sequences = (0..<replicates).map { _ in
            SobolSequence(dimensions: sampler.inputs.count, shiftedBy: &random)
        }
        let parts = await withTaskGroup(of: (Int, [[Double]]).self) { group in
            for (number, sequence) in sequences.enumerated() {
                group.addTask { (number, sampler.draw(each, from: sequence, through: program)) }
            }
            return await group.reduce(into: [Int: [[Double]]]()) { $0[$1.0] = $1.1 }
        }
        let samples = outputs.indices.map { output in (0..<replicates).flatMap { parts[$0]?[output] ?? [] } }
        return Simulation(draws: each * replicates, seed: seed, samples: samples, outputs: outputs)
    }

    /// A summary of an output.
    package func summary(of output: ModelOutput) -> SimulatedFigure? {
        outputs.firstIndex(of: output).map { SimulatedFigure(samples[$0], replicates: Self.replicates) }
    }
}

/// Turns points of a cube into draws of a model's uncertain inputs.
struct InputSampler: Sendable {
    /// The uncertain inputs, in the order of their columns.
    let inputs: [String]
    private let samplers: [DistributionSampler]
    private let copula: GaussianCopula?
    private let correlated: [Int]

    init(_ model: ScenarioModel) throws(DistributionError) {
        let cells = model.graph.uncertainInputs
        inputs = cells.map(\.name)
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
                    for draw in 0..<size { results[output][first + draw] = column[draw] }
                }
            }
        }
        return results
    }

    /// Fills the columns of the inputs.
    private func fill(_ registers: UnsafeMutablePointer<Double>, _ sequence: SobolSequence, first: Int, count: Int) {
        // A short block's columns still start where the registers do.
        sequence.fill(registers, first: first, count: count, stride: ModelProgram.block)
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
