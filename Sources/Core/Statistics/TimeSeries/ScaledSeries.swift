/// Values and regressors in standard deviations from their means, so that no unit reaches the search.
struct ScaledSeries: Sendable {
    let mean: Double
    let deviation: Double
    let values: [Double]
    let regressors: Matrix
    private let centres: [Double]
    private let spreads: [Double]

    /// `nil` where the values are all equal.
    init?(_ values: [Double], _ regressors: Matrix) {
        guard let sample = SampleMean(of: values), let deviation = sample.deviation,
            deviation > 1e-12 * abs(sample.mean), deviation > 0
        else { return nil }
        let samples = (0..<regressors.columns).map { SampleMean(of: Array(regressors.column($0))) }
        (mean, self.deviation) = (sample.mean, deviation)
        let centres = samples.map { $0?.mean ?? 0 }
        let spreads = samples.map { sample in sample?.deviation.flatMap { $0 > 0 ? $0 : nil } ?? 1 }
        (self.centres, self.spreads) = (centres, spreads)
        self.values = values.map { ($0 - sample.mean) / deviation }
        self.regressors = Matrix(
            rows: regressors.rows,
            columns: (0..<regressors.columns).map { column in
                regressors.column(column).map { ($0 - centres[column]) / spreads[column] }
            })
    }

    /// How a value is made of the states: the regressors of a row of the values, the level, the season's present effect.
    func weights(_ shape: StructuralSeries.Shape, row: Int) -> [Double] { weights(shape, scaled: regressors.row(row)) }

    /// The same for a row of regressors in their own units.
    func weights(_ shape: StructuralSeries.Shape, row: [Double]) -> [Double] {
        weights(shape, scaled: row.indices.map { (row[$0] - centres[$0]) / spreads[$0] })
    }

    private func weights(_ shape: StructuralSeries.Shape, scaled row: [Double]) -> [Double] {
        let season = (shape.season ?? 1) - 1
        let effects = (0..<max(season, 0)).map { $0 == 0 ? 1.0 : 0 }
        return row + [1] + (shape.hasSlope ? [0] : []) + effects
    }

    /// A scaled value in its own unit.
    func unscaled(_ value: Double) -> Double { value * deviation + mean }
}
