package import Domain

/// Something billed by the piece.
package struct PieceUsage: Sendable, Hashable {
    /// What, as the price book names it: `web_search`.
    package var kind: String
    /// How many, in millionths.
    package var millionths: Int64

    /// Creates so many whole pieces.
    package init(_ kind: String, count: Int64) { (self.kind, millionths) = (kind, count &* 1_000_000) }
}

/// What an answer told of itself, whole or streamed.
package struct MeteredResponse: Sendable, Hashable {
    /// Tokens.
    package var usage = TokenUsage.unknown
    /// Whether the provider said all of that, a part, or nothing.
    package var usageSource = UsageSource.absent
    /// The model that answered.
    package var model: String?
    /// The provider's id of the answer.
    package var responseID: String?
    /// The service tier that was served.
    package var serviceTier: String?
    /// Where it was computed, where that has a price.
    package var region: String?
    /// When the provider says that it was made.
    package var createdAt: Timestamp?
    /// What is billed by the piece.
    package var extras: [PieceUsage] = []
    /// Bytes of generated text that were seen, for estimates.
    package var generatedBytes = 0
    /// What went wrong on the provider's side after the answer began, as the provider names it.
    package var errorType: String?
    /// Whether the answer came to its own end.
    package var reachedEnd = false
    /// How long the provider says that it took, in milliseconds.
    package var providerLatency: Int64?
    /// Whether the answer is an embedding, which has no output to count.
    var isEmbedding = false
    /// Why the provider's counts cannot be believed.
    package var problem: UsageProblem?

    /// Nothing is known.
    package init() {}

    /// Takes over what a provider's usage object says.
    mutating func take(_ read: () throws(UsageProblem) -> TokenUsage?) {
        do throws(UsageProblem) {
            guard let found = try read(), found.isKnown else { return }
            usage = found
            usageSource = found.uncachedInput.isKnown && found.output.isKnown ? .reported : .partial
        } catch { problem = error }
    }
}
