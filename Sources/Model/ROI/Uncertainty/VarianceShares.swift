package import Statistics

/// Which inputs the uncertainty of a result comes from.
package struct VarianceShares: Sendable {
    /// The inputs.
    package let inputs: [String]
    /// The output.
    package let output: String
    /// Their indices; `nil` where the result does not vary, or does not exist somewhere.
    package let indices: SobolIndices?

    /// Estimates first-order and total indices. Correlations are left out: the indices are those of independent inputs.
    ///
    /// - Parameter samples: base points; a power of two.
    package init(_ model: ScenarioModel, output: String, samples: Int) throws(DistributionError) {
        let sampler = try InputSampler(model)
        let program = model.graph.program(varying: sampler.inputs, outputs: [ModelOutput(output)])
        (inputs, self.output) = (sampler.inputs, output)
        indices =
            sampler.inputs.isEmpty
            ? nil
            : SobolIndices.estimate(inputs: sampler.inputs.count, samples: samples) { columns in
                program.evaluate(sampler.values(atShares: columns))[0]
            }
    }
}
