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
    /// Formulas that have to stay between bounds.
    package var bounds: [FormulaBound]
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
    /// How good the evidence for it is, where a study says so.
    package var evidence: EvidenceGrade?
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
