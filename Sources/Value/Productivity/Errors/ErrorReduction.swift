package import Documents

/// What it is worth to catch bugs before production.
package struct ErrorReduction: Sendable, Hashable {
    /// Bugs that AI reported in the period.
    package var bugsCaught: Double
    /// What a bug in production costs, USD.
    package var costPerBug: Double
    /// The same at the low and the high end, USD.
    package var costRange: ClosedRange<Double>
    /// The share of reports that are none, a fraction.
    package var falsePositiveRate: Double
    /// Hours saved by fixing early.
    package var hoursSaved: Double
    /// A loaded hour, USD.
    package var hourlyRate: Double
    /// The share that would have reached production, a fraction; 1 as the published formula assumes.
    package var escapeShare: Double

    /// Creates a calculation.
    package init(
        bugsCaught: Double, costPerBug: Double, costRange: ClosedRange<Double>, falsePositiveRate: Double,
        hoursSaved: Double = 0, hourlyRate: Double = 100, escapeShare: Double = 1
    ) {
        (self.bugsCaught, self.costPerBug, self.costRange) = (bugsCaught, costPerBug, costRange)
        (self.falsePositiveRate, self.hoursSaved) = (falsePositiveRate, hoursSaved)
        (self.hourlyRate, self.escapeShare) = (hourlyRate, escapeShare)
    }

    /// Reports that are bugs and would have reached production.
    package var effectiveCatches: Double { bugsCaught * (1 - falsePositiveRate) * escapeShare }

    /// USD: effective catches × the cost of a production bug.
    package var value: Double { effectiveCatches * costPerBug }

    /// USD at both ends of the cost.
    package var valueRange: ClosedRange<Double> {
        (effectiveCatches * costRange.lowerBound)...(effectiveCatches * costRange.upperBound)
    }

    /// The worth of the hours, USD. It is not added: the cost of a production bug contains them.
    package var hoursValue: Double { hoursSaved * hourlyRate }

    /// For programs.
    package var json: JSONOutput {
        [
            "bugs_caught_by_ai": .number(bugsCaught), "estimated_cost_per_production_bug": .number(costPerBug),
            "false_positive_rate": .number(falsePositiveRate), "time_to_fix_saved_hours": .number(hoursSaved),
            "effective_catches": .number(effectiveCatches), "value": .number(value),
            "value_low": .number(valueRange.lowerBound), "value_high": .number(valueRange.upperBound),
            "hours_value": .number(hoursValue), "would_have_escaped_share": .number(escapeShare),
        ]
    }

    /// For people.
    package var document: Document {
        let range =
            "$\(NumberText.fixed(valueRange.lowerBound, decimals: 0)) to $\(NumberText.fixed(valueRange.upperBound, decimals: 0))"
        let escape =
            escapeShare == 1
            ? "This assumes that every one would have reached production; state --escape-share if fewer would."
            : "Of the caught bugs, \(NumberText.percent(escapeShare)) are assumed to have reached production otherwise."
        return Document(
            title: "Error reduction",
            blocks: [
                .figures([
                    Figure("Value", "$" + NumberText.fixed(value, decimals: 0), note: range),
                    Figure(
                        "Effective catches", NumberText.fixed(effectiveCatches, decimals: 1),
                        note: "of \(NumberText.fixed(bugsCaught, decimals: 0)) reports"),
                    Figure(
                        "Hours saved", NumberText.fixed(hoursSaved, decimals: 1),
                        note:
                            "worth $\(NumberText.fixed(hoursValue, decimals: 0)); contained in the cost of a bug, so not added"
                    ),
                ]),
                .paragraph(escape),
            ])
    }
}
