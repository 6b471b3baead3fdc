/// A judge that needs no network.
package enum Judge: Sendable, Hashable {
    /// Byte for byte.
    case exact
    /// After folding case, white space and the punctuation at the end.
    case normalisedText
    /// The same JSON, whatever the order of keys and the writing of numbers.
    case json
    /// The same numbers in the same order, within a tolerance.
    case numbers(NumericTolerance)
    /// Alike enough to an encoder: the cosine, −1 to 1.
    case similarity(atLeast: Double)

    /// Compares an answer with the baseline's.
    ///
    /// - Parameter similarity: the cosine of the two answers, for the judge that asks for it.
    package func verdict(on answer: String, against baseline: String, similarity: Double? = nil) -> Verdict {
        switch self {
        case .exact:
            return baseline.isEmpty ? Self.nothing : Verdict(isAsGood: Array(answer.utf8) == Array(baseline.utf8))
        case .normalisedText:
            let wanted = Self.folded(baseline)
            return wanted.isEmpty ? Self.nothing : Verdict(isAsGood: Self.folded(answer) == wanted)
        case .json: return JSONEquality.verdict(on: answer, against: baseline)
        case .numbers(let tolerance): return tolerance.verdict(on: answer, against: baseline)
        case .similarity(let least):
            guard let similarity, similarity.isFinite else { return .failed("no similarity was given") }
            return Verdict(isAsGood: similarity >= least)
        }
    }

    private static let nothing = Verdict.failed("the baseline's answer is empty")

    private static func folded(_ text: String) -> String {
        let words = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var kept = Substring(words)
        while let last = kept.last, ".!?;,".contains(last) { kept.removeLast() }
        return String(kept)
    }
}
