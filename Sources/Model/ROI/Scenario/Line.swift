package import Domain

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
