/// Lines over time, perhaps with a band around one of them.
package struct LineChart: Sendable, Hashable {
    /// What the chart shows, as a sentence: its finding.
    package var title: String
    /// What is plotted, and its unit.
    package var subtitle: String
    /// What the horizontal axis is: `Month`.
    package var axis: String
    /// The names of the points, from left to right.
    package var points: [String]
    /// The lines; each has a value for every point, absent where there is none.
    package var series: [LineSeries]
    /// An interval around the first line.
    package var band: LineBand?

    /// Creates a chart.
    package init(
        _ title: String, subtitle: String, axis: String, points: [String], series: [LineSeries], band: LineBand? = nil
    ) {
        (self.title, self.subtitle, self.axis) = (title, subtitle, axis)
        (self.points, self.series, self.band) = (points, series, band)
    }

    /// The lines that have a name.
    var named: [LineSeries] { series.filter { !$0.label.isEmpty } }

    /// The lowest and the highest value, zero among them.
    var range: ClosedRange<Double> {
        let values = (series.flatMap(\.values) + (band.map { $0.low + $0.high } ?? [])).compactMap { $0 }.filter(
            \.isFinite)
        return min(values.min() ?? 0, 0)...max(values.max() ?? 0, 0)
    }
}

/// A line of a chart.
package struct LineSeries: Sendable, Hashable {
    /// What it is; empty for one of many in the background, which is drawn and not listed.
    package var label: String
    /// A value for each point.
    package var values: [Double?]
    /// What its colour says.
    package var role: Bar.Role
    /// Whether it is a plan, a baseline or a forecast rather than what happened.
    package var isDashed: Bool

    /// Creates a line.
    package init(_ label: String, values: [Double?], role: Bar.Role = .plain, isDashed: Bool = false) {
        (self.label, self.values, self.role, self.isDashed) = (label, values, role, isDashed)
    }
}

/// An interval at every point.
package struct LineBand: Sendable, Hashable {
    /// What it is: `P10 to P90`.
    package var label: String
    /// The lower ends.
    package var low: [Double?]
    /// The upper ends.
    package var high: [Double?]

    /// Creates a band.
    package init(_ label: String, low: [Double?], high: [Double?]) {
        (self.label, self.low, self.high) = (label, low, high)
    }
}
