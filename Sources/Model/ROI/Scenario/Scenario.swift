package import Domain
package import Statistics

/// A business case as its author wrote it: what it costs, what it is worth, and what is believed about both.
package struct Scenario: Sendable {
    /// What it is called.
    package var name: String
    /// What is asked for, in a sentence.
    package var ask: String?
    /// Where the model is from.
    package var source: String?
    /// How far it looks, in months after the start.
    package var horizon: Int
    /// The month of the calendar that month 1 is; absent where the plan is undated.
    package var firstMonth: CalendarMonth?
    /// When flows are discounted.
    package var timing: DiscountTiming
    /// What formulas are about, in the order of the file; the discount and tax rates are among them.
    package var drivers: [Driver]
    /// What it costs.
    package var costs: [Line]
    /// What it is worth.
    package var values: [Line]
    /// What one success is, and how many there are.
    package var unit: UnitOfOutcome?
    /// Which drivers move together.
    package var correlations: [Correlation]
    /// Further figures that its author wants to see.
    package var figures: [ReportFigure]
    /// When money is released, and what has to be true then.
    package var tranches: [Tranche]
    /// When to stop.
    package var kills: [KillCriterion]
    /// What readers should know before they believe it.
    package var warnings: [String]
}

/// When flows are discounted.
package enum DiscountTiming: String, Sendable, CaseIterable {
    /// Each month at (1 + r)^(1/12) − 1; month 0 is not discounted.
    case monthly
    /// At the end of each year, as Forrester's Total Economic Impact does; month 0 is not discounted.
    case tei
}

/// A quantity that formulas name.
package struct Driver: Sendable, Hashable {
    /// How a driver comes to its value.
    package enum Definition: Sendable, Hashable {
        /// Stated, with what is believed around it.
        case stated(base: Double, Distribution)
        /// A formula over other drivers.
        case formula(Expression)
    }

    /// The name in formulas.
    package var name: String
    /// For people.
    package var label: String
    /// Its unit.
    package var unit: String
    /// Where it is from.
    package var source: String?
    /// How it comes to its value.
    package var definition: Definition
}

/// A cost or a value.
package struct Line: Sendable, Hashable {
    /// Its name.
    package var name: String
    /// The name of its cell: `costs.licences`.
    package var cell: String
    /// What kind of cost or value it is.
    package var category: String
    /// USD of a month, before window, ramp, growth and realisation.
    package var amount: Amount
    /// The first month in which it counts.
    package var start: Int
    /// The last month; absent for the horizon.
    package var end: Int?
    /// How it comes to its full size.
    package var ramp: Ramp?
    /// Growth per year, a fraction, compounding monthly from the start.
    package var growth: Expression?
    /// The share of a value that is realised, a fraction.
    package var realisation: Expression?
    /// Whether it moves money, or frees time.
    package var isCash: Bool
    /// How well a value is known.
    package var evidence: EvidenceGrade
    /// Where it is from.
    package var source: String?
    /// Where its actual amounts are found.
    package var actuals: ActualsBinding?
}

/// How much a line is.
package enum Amount: Sendable, Hashable {
    /// Once, in the line's first month.
    case once(Expression)
    /// In each month.
    case monthly(Expression)
    /// A twelfth of each year's amount in each of its months.
    case yearly([Expression])
}

/// How a line comes to its full size.
package enum Ramp: Sendable, Hashable {
    /// Evenly, full in the last of so many months.
    case linear(months: Expression)
    /// Slowly, then quickly, then slowly: 3x² − 2x³ of the linear ramp.
    case sCurve(months: Expression)
    /// First a loss of so much of the full size for some months, then evenly up to the whole.
    case jCurve(depth: Expression, dip: Expression, months: Expression)
    /// The share of each month; the last one stays.
    case steps([Double])
}

/// What one success is.
package struct UnitOfOutcome: Sendable, Hashable {
    /// In the singular: `resolved conversation`.
    package var name: String
    /// How many a month.
    package var volume: Expression
}

/// Two drivers that move together.
package struct Correlation: Sendable, Hashable {
    /// The drivers.
    package var between: [String]
    /// The correlation of their normal scores, −1 to 1.
    package var value: Double
}

/// A figure that the author defined.
package struct ReportFigure: Sendable, Hashable {
    /// Its key.
    package var name: String
    /// For people.
    package var label: String
    /// What it is.
    package var formula: Expression
    /// Decimals that it is rounded to; absent for all.
    package var decimals: Int?
}

/// A part of the money, released at a gate.
package struct Tranche: Sendable, Hashable {
    /// Its name.
    package var name: String
    /// The month.
    package var month: Int
    /// USD, where stated.
    package var amount: Double?
    /// What has to be true.
    package var gate: String?
}

/// When to stop.
package struct KillCriterion: Sendable, Hashable {
    /// The month in which it is looked at.
    package var month: Int
    /// True when the case should be stopped; over cells of the model.
    package var condition: Expression
    /// In words.
    package var text: String
}

/// Where actual amounts of a line are found.
package struct ActualsBinding: Sendable, Hashable {
    /// What is counted.
    package enum Source: Sendable, Hashable {
        /// A measure of the ledger.
        case ledger(LedgerReference)
        /// Outcomes that were imported, by their name.
        case outcome(String)
    }

    /// What is counted.
    package var source: Source
    /// USD for each, a formula over drivers; 1 where the source is money.
    package var each: Expression
}

/// A month of the calendar.
package struct CalendarMonth: Sendable, Hashable, Comparable {
    /// Months since January of year 0.
    package let number: Int

    /// Creates a month.
    package init(number: Int) { self.number = number }

    /// Reads `2027-01`, or the month of `2027-01-15`.
    package init?(_ text: String) {
        let parts = text.split(separator: "-")
        guard parts.count >= 2, parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            (1...12).contains(month)
        else { return nil }
        number = year * 12 + month - 1
    }

    /// The month so many months later.
    package func adding(_ months: Int) -> CalendarMonth { CalendarMonth(number: number + months) }

    /// `2027-01`.
    package var text: String {
        let month = number % 12 + 1
        return "\(number / 12)-\(month < 10 ? "0" : "")\(month)"
    }

    /// Its first moment, UTC.
    package var start: Timestamp { Timestamp.startOfMonth(Int64((number / 12 - 1970) * 12 + number % 12)) }

    package static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}
