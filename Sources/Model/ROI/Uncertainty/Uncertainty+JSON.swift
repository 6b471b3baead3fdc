package import Documents
internal import Statistics

extension Simulation {
    /// The result for programs; its keys are fixed by the command line's contract.
    package func json(name: String, model: ScenarioModel) -> JSONOutput {
        let value = PerfectInformation.value(payoffs: [
            samples.first ?? [], samples.first.map { $0.map { _ in 0 } } ?? [],
        ])
        return .object(
            [
                JSONOutput.Member("name", .string(name)), JSONOutput.Member("draws", .integer(Int64(draws))),
                JSONOutput.Member("seed", .exact("\(seed)")),
                JSONOutput.Member("uncertain_inputs", .array(model.graph.uncertainInputs.map { .string($0.name) })),
            ]
                + outputs.compactMap { output in
                    summary(of: output).map { JSONOutput.Member(output.cell, $0.json) }
                }
                + [
                    JSONOutput.Member("probability_of_loss", .fraction(probabilityOfLoss)),
                    JSONOutput.Member("evpi_usd", .fraction(value)),
                ])
    }

    /// The share of draws with a negative net present value; `nil` where it does not exist in all of them.
    package var probabilityOfLoss: Double? {
        guard let position = outputs.firstIndex(of: "npv"), !samples[position].isEmpty,
            samples[position].allSatisfy(\.isFinite)
        else { return nil }
        return Double(samples[position].count { $0 < 0 }) / Double(samples[position].count)
    }
}

extension SimulatedFigure {
    var json: JSONOutput {
        [
            "p10": .fraction(p10.value), "p50": .fraction(p50.value), "p90": .fraction(p90.value),
            "mean": .fraction(mean.value), "standard_error": .fraction(mean.standardError),
            "probability_positive": .fraction(probabilityPositive.value), "missing_share": .number(missingShare),
            "standard_errors": [
                "p10": .fraction(p10.standardError), "p50": .fraction(p50.standardError),
                "p90": .fraction(p90.standardError), "mean": .fraction(mean.standardError),
                "probability_positive": .fraction(probabilityPositive.standardError),
            ],
        ]
    }
}

extension TornadoRow {
    /// The row for programs; its keys are fixed by the command line's contract.
    package var json: JSONOutput {
        [
            "input": .string(input), "low": .number(low), "base": .number(base), "high": .number(high),
            "roi_low": .fraction(roiLow), "roi_base": .fraction(roiBase), "roi_high": .fraction(roiHigh),
            "swing": .number(swing), "npv_low": .number(npvLow), "npv_base": .number(npvBase),
            "npv_high": .number(npvHigh), "range_is_assumed": .bool(isAssumed), "unit": .text(unit.nonEmpty),
        ]
    }
}

extension VarianceShares {
    /// The indices for programs.
    package var json: JSONOutput {
        guard let indices else { return .null }
        return .array(
            inputs.indices.map { input in
                [
                    "input": .string(inputs[input]), "first_order": .number(indices.first[input]),
                    "total": .number(indices.total[input]),
                ]
            })
    }
}
