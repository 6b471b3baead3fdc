package import Domain

/// What a plan sees of a request that has just come; of a recorded one it sees the same (``PolicyRequest/of(_:in:)``), so that
/// a replay decides as was decided.
package struct LiveRequest: Sendable {
    /// When it came.
    package var at = Timestamp.unknown
    /// Who would bill for it as it was asked.
    package var provider: String?
    /// The model that was asked for.
    package var model: String?
    /// For whom it is.
    package var customer, credential, feature, team, environment, session: String?
    /// The prompt's identity.
    package var prompt = PromptIdentity.absent
    /// Total input tokens, estimated.
    package var inputTokens: Int64 = 0
    /// The request's own id: what is drawn by where there is no prompt.
    package var identity: UInt64 = 0
    /// Tags in the ledger's form; `nil` for none.
    package var tags: String?
    /// How many tools it offers; `nil` where that is not known.
    package var tools: Int64?

    /// Creates a request of which nothing is known.
    package init() {}

    /// The request in the terms of a vocabulary.
    package func request(in names: inout Vocabulary) -> PolicyRequest {
        let unit = prompt.exact.isAbsent ? identity : prompt.exact.high ^ prompt.exact.low
        return PolicyRequest(
            at: at, answeredAt: at, provider: names.term(provider), model: names.term(model),
            customer: names.term(customer), credential: names.term(credential), feature: names.term(feature),
            team: names.term(team), environment: names.term(environment), template: .absent, tags: names.term(tags),
            exact: prompt.exact,
            normalised: prompt.normalised, prefix: 0..<0, prefixBlockTokens: 0, inputTokens: inputTokens, tools: tools,
            unit: unit,
            holdoutUnit: session.map { ByteHash.hash($0) } ?? unit)
    }
}
