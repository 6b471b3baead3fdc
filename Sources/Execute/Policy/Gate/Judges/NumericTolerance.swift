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

    /// Numbers as people write them: with a sign, thousands parted by commas, decimals.
    static func numbers(in text: String) -> [Double] {
        var numbers: [Double] = []
        var current = ""
        var before: Character = " "
        for character in text.replacing("−", with: "-") + " " {
            if character.isASCII, character.isNumber || (",.".contains(character) && !current.isEmpty) {
                if current.isEmpty, before == "-" { current = "-" }
                current.append(character)
            } else {
                if let number = number(current) { numbers.append(number) }
                current = ""
                // A dash behind a letter or a digit is none of the number's.
                before = character == "-" && (before.isLetter || before.isNumber) ? " " : character
                continue
            }
            before = character
        }
        return numbers
    }

    private static func number(_ text: String) -> Double? {
        let digits = text.filter { $0 != "," }
        return Double(digits.hasSuffix(".") ? String(digits.dropLast()) : digits)
    }
}
