package import JSONScan

/// An answer of a cheap model, as far as the checks of a cascade look at it.
package struct CheckedAnswer: Sendable, Hashable {
    /// A call that the model wants.
    package struct Call: Sendable, Hashable {
        /// The function's name.
        package var name: String
        /// Its arguments as the model wrote them.
        package var arguments: String

        /// Creates a call.
        package init(name: String, arguments: String) { (self.name, self.arguments) = (name, arguments) }
    }

    /// A function that the request offers.
    package struct Tool: Sendable, Hashable {
        /// Its name.
        package var name: String
        /// JSON schema of its arguments; absent for a function that states none.
        package var schema: JSONValue?

        /// Creates a tool.
        package init(name: String, schema: JSONValue? = nil) { (self.name, self.schema) = (name, schema) }
    }

    /// Its visible text.
    package var text: String
    /// Its calls, in order.
    package var calls: [Call]
    /// Whether it came to its own end: not cut, refused, filtered, and no error.
    package var isComplete: Bool
    /// The least logarithm of its tokens' probabilities (base e); absent where the provider gives none.
    package var leastLogProbability: Double?
    /// The mean logarithm of its tokens' probabilities (base e); absent where the provider gives none.
    package var meanLogProbability: Double?
    /// The functions that the request offers.
    package var tools: [Tool]

    /// Creates an answer.
    package init(
        text: String, calls: [Call] = [], isComplete: Bool = true, leastLogProbability: Double? = nil,
        meanLogProbability: Double? = nil, tools: [Tool] = []
    ) {
        (self.text, self.calls, self.isComplete, self.tools) = (text, calls, isComplete, tools)
        (self.leastLogProbability, self.meanLogProbability) = (leastLogProbability, meanLogProbability)
    }
}
