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
