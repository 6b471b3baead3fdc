/// Ranges on one scale: estimates with their intervals, or what a result does while one input moves.
package struct RangeChart: Sendable, Hashable {
    /// What the chart shows, as a sentence: its finding.
    package var title: String
    /// What is plotted, and its unit.
    package var subtitle: String
    /// The ranges, from top to bottom.
    package var items: [RangeItem]
    /// A value that all ranges are compared with: the base, or zero.
    package var reference: Double?

    /// Creates a chart.
    package init(_ title: String, subtitle: String, items: [RangeItem], reference: Double? = nil) {
        (self.title, self.subtitle, self.items, self.reference) = (title, subtitle, items, reference)
    }

    /// The lowest and the highest value.
    var range: ClosedRange<Double> {
        let values =
            (items.flatMap { [$0.low, $0.high] + ($0.middle.map { [$0] } ?? []) } + (reference.map { [$0] } ?? []))
            .filter(\.isFinite)
        return (values.min() ?? 0)...(values.max() ?? 0)
    }

    /// Where a value stands, as a fraction of the width; what is no number stands in the middle.
    func place(of value: Double) -> Double {
        let range = self.range
        let width = range.upperBound - range.lowerBound
        guard width > 0, width.isFinite, value.isFinite else { return 0.5 }
        return min(max((value - range.lowerBound) / width, 0), 1)
    }
}

/// A range of a chart.
package struct RangeItem: Sendable, Hashable {
    /// What it is about.
    package var label: String
    /// The ends of the range, low first.
    package var low, high: Double
    /// The estimate within, where there is one.
    package var middle: Double?
    /// The range in words, without the unit that the subtitle names.
    package var text: String

    /// Creates a range.
    package init(_ label: String, low: Double, high: Double, middle: Double? = nil, text: String) {
        (self.label, self.low, self.high) = (label, min(low, high), max(low, high))
        (self.middle, self.text) = (middle, text)
    }
}
