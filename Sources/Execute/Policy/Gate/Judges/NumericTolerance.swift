/// How far numbers may be apart and still count as the same.
package struct NumericTolerance: Sendable, Hashable {
    /// As a fraction of the baseline's number.
    package var relative: Double
    /// In the numbers' own unit.
    package var absolute: Double

    /// Creates a tolerance; numbers may differ by the larger of the two.
    package init(relative: Double = 0, absolute: Double = 0) { (self.relative, self.absolute) = (relative, absolute) }

    /// Compares the numbers of two texts, in their order.
    func verdict(on answer: String, against baseline: String) -> Verdict {
        let (given, wanted) = (Self.numbers(in: answer), Self.numbers(in: baseline))
        if wanted.isEmpty { return .failed("the baseline's answer names no number") }
        return Verdict(isAsGood: given.count == wanted.count && zip(given, wanted).allSatisfy(isNear))
    }

    private func isNear(_ given: Double, _ wanted: Double) -> Bool {
        given == wanted || abs(given - wanted) <= max(relative * abs(wanted), absolute)
    }

    /// The numbers of a text.
    static func numbers(in text: String) -> [Double] {
        var scanner = WrittenNumbers(text)
        return scanner.all()
    }
}
