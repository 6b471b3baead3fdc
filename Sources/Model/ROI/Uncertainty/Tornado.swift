internal import Statistics

/// How a result moves when one input does.
package struct TornadoRow: Sendable, Hashable {
    /// The input.
    package let input: String
    /// For people.
    package let label: String
    /// Its unit.
    package let unit: String
    /// The input's values.
    package let low, base, high: Double
    /// The ROI in percent at each; `nil` where it does not exist.
    package let roiLow, roiBase, roiHigh: Double?
    /// The net present value in USD at each.
    package let npvLow, npvBase, npvHigh: Double
    /// Whether the range was assumed here rather than stated in the scenario.
    package let isAssumed: Bool

    /// How far the ROI moves, in percentage points.
    package var swing: Double { abs((roiHigh ?? 0) - (roiLow ?? 0)) }
}

extension ScenarioModel {
    /// Moves each input that matters between the ends of its range, all others at their base.
    ///
    /// Stated bounds are ends; of normal and log-normal quantities P10 and P90; inputs without a range move by a share of
    /// their base, fractions no further than 1.
    ///
    /// - Parameter share: how far inputs without a range move, a fraction of their base.
    /// - Returns: the widest first.
    package func tornado(assuming share: Double) -> [TornadoRow] {
        let base = RunResult(self)
        let rows = graph.inputs.compactMap { cell -> TornadoRow? in
            guard let ends = ends(of: cell, assuming: share) else { return nil }
            let program = graph.program(varying: [cell.name], outputs: ["roi_percent", "npv"])
            guard !program.instructions.isEmpty else { return nil }
            let results = program.evaluate([[ends.low, ends.base, ends.high]])
            let (roi, npv) = (results[0].map { $0.isFinite ? $0 : nil }, results[1])
            return TornadoRow(
                input: cell.name, label: cell.label, unit: cell.unit, low: ends.low, base: ends.base, high: ends.high,
                roiLow: roi[0], roiBase: base.figure("roi_percent"), roiHigh: roi[2], npvLow: npv[0], npvBase: npv[1],
                npvHigh: npv[2], isAssumed: ends.isAssumed)
        }
        // The discount rate leaves the undiscounted ROI alone, so the value breaks ties.
        return rows.filter { $0.npvLow != $0.npvHigh || $0.swing > 0 }.sorted {
            ($0.swing, abs($0.npvHigh - $0.npvLow), $1.input) > ($1.swing, abs($1.npvHigh - $1.npvLow), $0.input)
        }
    }

    private func ends(
        of cell: ModelCell, assuming share: Double
    ) -> (low: Double, base: Double, high: Double, isAssumed: Bool)? {
        guard case .input(let base, let distribution) = cell.definition else { return nil }
        switch distribution {
        case .uniform(let low, let high), .triangular(let low, _, let high), .pert(let low, _, let high):
            return (low, base, high, false)
        case .discrete(let outcomes):
            let values = outcomes.map(\.value)
            return (values.min() ?? base, base, values.max() ?? base, false)
        case .normal, .logNormal: return (distribution.quantile(0.1), base, distribution.quantile(0.9), false)
        case .constant:
            let ends = [base * (1 - share), base * (1 + share)].sorted()
            let most = cell.unit == "fraction" ? 1 : Double.infinity
            return base == 0 ? nil : (ends[0], base, min(ends[1], max(most, base)), true)
        }
    }
}
