/// Where requests go instead.
package struct RouteTerms: Sendable, Hashable {
    /// Who bills for the other model.
    package var provider: String
    /// The other model.
    package var model: String
    /// The share of matching requests that go there, a fraction; the same request always decides alike.
    package var share = 1.0
    /// The other model's tokens for the same text, as a ratio to the model's asked for.
    package var tokenRatio = 1.0
    /// The share that a checker sends on to the model asked for, a fraction.
    package var escalationShare = 0.0
    /// The share that the model asked for answers as well, to compare, a fraction.
    package var shadowShare = 0.0
    /// What a judge costs for each compared answer.
    package var judgeCost = NanoUSD.zero
    /// The most that answers may be worse, a fraction of answers: the quality floor.
    package var largestLoss: Double?
    /// The upstream that is asked, by its name in the configuration; `nil` for the one that serves the model anyway.
    package var upstream: String?
    /// What the other model's answer has to pass before it is served; where one fails, the model asked for answers.
    package var checks: [AnswerCheck] = []
    /// Whether a session stays on the model of its first request; otherwise each prompt is drawn by itself.
    package var usesSession = false

    /// Creates a route.
    package init(provider: String, model: String) { (self.provider, self.model) = (provider, model) }
}
