/// How answers under a rule are judged, and what is demanded of them.
package struct QualityTerms: Sendable, Hashable {
    /// Who judges.
    package var judge = AnswerJudge.feedback
    /// What is demanded before the rule acts, and while it does.
    package var gate = GateTerms()

    /// Creates the usual terms: nobody judges but applications, and nothing is proven until they do.
    package init() {}
}

/// Who says whether an answer is as good as the one asked for.
package enum AnswerJudge: Sendable, Hashable {
    /// Byte for byte.
    case exact
    /// After folding case, white space and the punctuation at the end.
    case normalised
    /// The same JSON, whatever the order of keys and the writing of numbers.
    case json
    /// The same numbers in the same order, apart by at most a fraction of the baseline's, or by an amount in their own unit.
    case numbers(relative: Double, absolute: Double)
    /// Alike enough to an encoder: the cosine, −1 to 1.
    case similarity(atLeast: Double)
    /// A model compares the two, in both orders.
    case model(ModelJudge)
    /// Applications and people post verdicts.
    case feedback

    /// Its name in files.
    package var word: String {
        switch self {
        case .exact: "exact"
        case .normalised: "normalised"
        case .json: "json"
        case .numbers: "numbers"
        case .similarity: "similarity"
        case .model: "llm"
        case .feedback: "feedback"
        }
    }

    /// In words, for a person.
    package var text: String {
        switch self {
        case .numbers(let relative, let absolute): "numbers within \(relative * 100) % or \(absolute)"
        case .similarity(let least): "similarity of at least \(least)"
        case .model(let judge): judge.model
        default: word
        }
    }
}
