/// A line of a word's size beside a number: where it comes from, without axes or labels.
struct HTMLSparkline {
    let values: [Double]

    private static let (width, height, margin) = (80.0, 24.0, 2.0)

    /// The picture with its leading blank; nothing below two values. Readers of the page have the numbers elsewhere.
    var line: String {
        guard values.count > 1, values.allSatisfy(\.isFinite) else { return "" }
        let points = values.indices.map { "\(text(x($0))),\(text(y(values[$0])))" }.joined(separator: " ")
        let zero = text(y(0))
        return " <svg class=\"spark\" viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" aria-hidden=\"true\">"
            + "<line class=\"zero\" x1=\"0\" x2=\"\(Int(Self.width))\" y1=\"\(zero)\" y2=\"\(zero)\"/>"
            + "<polyline points=\"\(points)\"/></svg>"
    }

    private var range: ClosedRange<Double> { min(values.min() ?? 0, 0)...max(values.max() ?? 0, 0) }

    private func x(_ position: Int) -> Double {
        Self.margin + Double(position) / Double(values.count - 1) * (Self.width - 2 * Self.margin)
    }

    private func y(_ value: Double) -> Double {
        let span = range.upperBound - range.lowerBound
        let share = span > 0 ? (value - range.lowerBound) / span : 0
        return Self.height - Self.margin - share * (Self.height - 2 * Self.margin)
    }

    private func text(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }
}
