package import Documents
internal import Domain

/// The result of a study, whatever its method: the estimate, and how it is shown.
package protocol Study: Sendable {
    /// The estimate.
    var effect: EffectEstimate { get }
    /// What the method adds for programs, after the keys that every study has.
    var details: [JSONOutput.Member] { get }
    /// For people, with its plots.
    var document: Document { get }
}

extension Study {
    /// For programs: the keys that every study has, then the method's own.
    package var json: JSONOutput { .object(effect.members + details) }
}

extension EffectEstimate {
    /// `{"method", "estimate", "standard_error", "interval", "p_value", "n_treated", "n_control", …}`.
    var members: [JSONOutput.Member] {
        [
            .init("method", .string(method)), .init("estimate", .fraction(estimate)),
            .init("standard_error", .fraction(standardError)), .init("interval", interval?.json ?? .null),
            .init("p_value", .fraction(pValue)), .init("n_treated", .integer(Int64(treatedCount))),
            .init("n_control", .integer(Int64(controlCount))), .init("evidence", .string(grade.rawValue)),
            .init("assumptions", .array(assumptions.map { .string($0) })),
            .init("warnings", .array(warnings.map { .string($0) })),
        ]
    }
}

extension EffectEstimate.Interval {
    var json: JSONOutput {
        .object([.init("level", .fraction(level)), .init("low", .fraction(low)), .init("high", .fraction(high))])
    }
}
