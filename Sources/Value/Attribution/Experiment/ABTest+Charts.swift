internal import Documents
internal import Statistics

extension ABTest {
    var charts: [Block] { [effectChart].compactMap { $0 } + [pathChart].compactMap { $0 } }

    /// All effects on one scale: absolute for one metric, relative for several.
    private var effectChart: Block? {
        let isOne = comparisons.allSatisfy { $0.metric == primary.metric }
        let items = comparisons.compactMap { isOne ? absolute($0) : relative($0) }
        guard !items.isEmpty else { return nil }
        let clear = comparisons.count(where: \.isClear)
        let finding =
            comparisons.count == 1
            ? "The interval \(clear == 1 ? "does not contain" : "contains") zero"
            : "\(clear) of \(comparisons.count) intervals do not contain zero"
        let unit =
            isOne ? (primary.test == .score ? "percentage points" : "in the outcome's unit") : "percent of the control"
        return .ranges(
            RangeChart(
                finding, subtitle: "Effect with its \(EffectText.level(options.level)) interval, \(unit)", items: items,
                reference: 0))
    }

    private func absolute(_ comparison: ABComparison) -> RangeItem? {
        let factor = comparison.test == .score ? 100.0 : 1
        guard let low = comparison.interval.low, let high = comparison.interval.high else { return nil }
        return RangeItem(
            comparison.treated.name, low: low * factor, high: high * factor, middle: comparison.estimate * factor,
            text: "\(EffectText.number(low * factor)) to \(EffectText.number(high * factor))")
    }

    private func relative(_ comparison: ABComparison) -> RangeItem? {
        guard let relative = comparison.relative, let low = relative.interval.low, let high = relative.interval.high
        else { return nil }
        let arms = Set(comparisons.map(\.treated.name)).count
        return RangeItem(
            arms > 1 ? "\(comparison.metric), \(comparison.treated.name)" : comparison.metric, low: low * 100,
            high: high * 100, middle: relative.estimate * 100,
            text: "\(NumberText.percentage(low)) to \(NumberText.percentage(high))")
    }

    /// The estimate and its bounds as the rows came.
    private var pathChart: Block? {
        guard let path else { return nil }
        let decided = path.decidedAt.map { "The bounds first left out zero after \(NumberText.count(Int64($0))) rows" }
        return .lines(
            LineChart(
                decided ?? "The bounds contained zero all the time",
                subtitle: "Effect and bounds that may be read at any time, by rows in the file's order", axis: "Rows",
                points: path.points.map { NumberText.count(Int64($0.rows)) },
                series: [LineSeries("Effect", values: path.points.map(\.estimate))],
                band: LineBand(
                    "\(EffectText.level(options.level)) at any time", low: path.points.map(\.low),
                    high: path.points.map(\.high))))
    }
}
