/// What an answer of a cheaper model has to pass before it is served.
package enum AnswerCheck: Sendable, Hashable {
    /// It is JSON.
    case json
    /// It is JSON that fits a schema, itself as JSON text on one line.
    case jsonSchema(String)
    /// A regular expression is found in it.
    case pattern(String)
    /// The tools that it calls were offered, with arguments that fit.
    case toolCalls
    /// The mean logarithm of its tokens' probabilities (base e) is at least this; what has none fails.
    case leastLogprob(Double)
    /// A model accepts it.
    case judge(ModelJudge)
}

/// A model that is asked what it thinks of an answer.
package struct ModelJudge: Sendable, Hashable {
    /// The upstream that is asked, by its name in the configuration; `nil` for the one that serves the model anyway.
    package var upstream: String?
    /// The model.
    package var model: String
    /// What it is told to look at; `nil` for the built-in words.
    package var instructions: String?

    /// Creates a judge with the built-in words.
    package init(model: String, upstream: String? = nil, instructions: String? = nil) {
        (self.model, self.upstream, self.instructions) = (model, upstream, instructions)
    }
}
