/// Two arms compared while they run: read it as often as you like, and stop when it says so.
package struct SequentialComparison: Sendable, Hashable {
    /// Mean of the treated − mean of the control, in the outcome's unit.
    package let estimate: Double
    /// Its standard error now.
    package let standardError: Double
    /// The ends of the interval, valid at any time.
    package let low, high: Double
    /// The p-value of no difference, valid at any time.
    package let pValue: Double

    /// Compares two arms; `nil` before each has two values and one of them has a spread.
    package init?(
        treated: ArmSummary, control: ArmSummary,
        sequence: AsymptoticConfidenceSequence = AsymptoticConfidenceSequence()
    ) {
        guard let first = treated.sampleMean.standardError, let second = control.sampleMean.standardError,
            first + second > 0
        else { return nil }
        let count = treated.count + control.count
        estimate = treated.mean - control.mean
        standardError = (first * first + second * second).squareRoot()
        let reach = sequence.halfWidth(standardError: standardError, count: count)
        (low, high) = (estimate - reach, estimate + reach)
        pValue = sequence.pValue(estimate: estimate, standardError: standardError, count: count)
    }

    /// Whether the interval leaves out no effect: the experiment may stop.
    package var isDecided: Bool { low > 0 || high < 0 }
}
