/// Horizontal bars that start at zero.
package struct BarChart: Sendable, Hashable {
    /// What the chart shows, as a sentence: its finding.
    package var title: String
    /// What is plotted, and its unit.
    package var subtitle: String
    /// The bars, from top to bottom.
    package var items: [Bar]

    /// Creates a chart.
    package init(_ title: String, subtitle: String, items: [Bar]) {
        (self.title, self.subtitle, self.items) = (title, subtitle, items)
    }

    /// The length of the longest bar.
    var largest: Double { items.map(\.value).max() ?? 0 }
}

/// A bar of a chart.
package struct Bar: Sendable, Hashable {
    /// What a bar's colour says.
    package enum Role: Sendable, Hashable {
        /// Nothing: ink.
        case plain
        /// The entity of this number; the same entity has the same number everywhere in a document.
        case series(Int)
        /// Everything else, or a baseline: grey.
        case other
        /// Saved: the accent.
        case accent
        /// Attention: amber.
        case attention
        /// Loss or refusal: red.
        case loss
    }

    /// What the bar is about.
    package var label: String
    /// Its length.
    package var value: Double
    /// The number beside it, without the unit that the subtitle names.
    package var valueText: String
    /// What its colour says.
    package var role: Role

    /// Creates a bar.
    package init(_ label: String, value: Double, valueText: String, role: Role = .plain) {
        (self.label, self.value, self.valueText, self.role) = (label, value, valueText, role)
    }

    /// Its length as a fraction of the longest bar's.
    func fraction(of largest: Double) -> Double {
        largest > 0 && value.isFinite ? min(max(value / largest, 0), 1) : 0
    }
}
