package import Domain

/// Whether an answer to a question that looks alike may be served.
package enum SemanticDecision: Sendable, Hashable {
    /// Serve it.
    case serve
    /// It is not alike enough.
    case tooFar(similarity: Double, needed: Double)
    /// The similarity is of another encoder than the rule's: thresholds do not carry over.
    case otherEncoder(String)
    /// A rule speaks against it.
    case guarded(AnswerGuard.Refusal)
    /// The lever has not been proven yet, or was taken back.
    case notProven(LeverState)

    /// Decides; everything has to speak for it.
    ///
    /// - Parameters:
    ///   - similarity: the cosine, −1 to 1; not a distance.
    ///   - encoder: what the similarity is of.
    package static func decide(
        question: String, answeredFor other: String, similarity: Double, encoder: String, terms: CacheTerms,
        state: LeverState
    ) -> SemanticDecision {
        guard state == .on || state == .canary else { return .notProven(state) }
        guard encoder == terms.encoder else { return .otherEncoder(encoder) }
        guard similarity >= terms.similarity else { return .tooFar(similarity: similarity, needed: terms.similarity) }
        if let refusal = AnswerGuard.refusal(of: question, answeredFor: other) { return .guarded(refusal) }
        return .serve
    }

    /// Why, for a person.
    package var reason: String {
        switch self {
        case .serve: "alike enough, and nothing speaks against it"
        case .tooFar(let similarity, let needed): "similarity \(similarity) is below \(needed)"
        case .otherEncoder(let name): "the similarity is of the encoder \(name), not of the rule's"
        case .guarded(let refusal):
            "refused by the guard for \(refusal.rawValue.split(separator: "_").joined(separator: " "))"
        case .notProven(let state): "the lever is \(state.rawValue): it may not serve"
        }
    }
}
