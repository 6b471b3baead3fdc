internal import Domain
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
    /// Summaries of the outputs, by their position.
    private let figures: [Int: SimulatedFigure]

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
    ///   - streams: names of inputs of all scenarios that are compared, so that each has the same draws in all of them.
    /// - Throws: ``DistributionError`` for correlations that cannot be.
    package static func run(
        _ model: ScenarioModel, draws: Int, seed: UInt64,
        outputs: [ModelOutput] = ["npv", "roi_percent", "payback_months"], streams: [String]? = nil
    ) async throws -> Simulation {
        let sampler = try InputSampler(model, streams: streams)
        let streams = sampler.streams
        let program = model.graph.program(varying: sampler.inputs, outputs: outputs)
        let each = (max(draws, replicates) + replicates - 1) / replicates
        let plain = SobolSequence(dimensions: streams.count)
        let sequences = (0..<replicates).map { number in
            plain.shifted(by: streams.map { stream($0, seed: seed, replicate: number) })
        }
        let parts = await withTaskGroup(of: Part.self) { group in
            for (number, sequence) in sequences.enumerated() {
                group.addTask {
                    Part(number: number, drawn: sampler.draw(each, from: sequence, through: program))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }.sorted { $0.number < $1.number }
        let samples = outputs.indices.map { output in parts.flatMap { $0.drawn[output] } }
        let figures = await withTaskGroup(of: (Int, SimulatedFigure).self) { group in
            for (output, sample) in samples.enumerated() {
                group.addTask { (output, SimulatedFigure(sample, parts: replicates)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        return Simulation(
            draws: each * replicates, seed: seed, samples: samples, outputs: outputs, figures: figures)
    }

    /// The shift of an input's coordinate: of its name, so that an input has the same draws in every scenario.
    private static func stream(_ name: String, seed: UInt64, replicate: Int) -> UInt32 {
        let mixed = SplitMix.mixed(
            ByteHash.hash(name) ^ SplitMix.mixed(seed &+ UInt64(replicate) &* 0x9e37_79b9_7f4a_7c15))
        return UInt32(truncatingIfNeeded: mixed &>> 32)
    }

    /// The draws of one shift of the sequence.
    private struct Part: Sendable {
        let number: Int
        let drawn: [[Double]]
    }

    /// A summary of an output.
    package func summary(of output: ModelOutput) -> SimulatedFigure? {
        outputs.firstIndex(of: output).flatMap { figures[$0] }
    }
}

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
