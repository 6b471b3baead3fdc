/// What an answer says, in no provider's words: what caches, checks and judges look at.
package struct AnswerReading: Sendable, Hashable {
    /// A call that the model wants.
    package struct Call: Sendable, Hashable {
        /// The function's name.
        package var name: String
        /// Its arguments as the model wrote them, JSON where it did well.
        package var arguments: String

        /// Creates a call.
        package init(name: String, arguments: String) { (self.name, self.arguments) = (name, arguments) }
    }

    /// Why an answer ended.
    package enum Finish: String, Sendable, CaseIterable {
        /// It is complete.
        case stop
        /// It was cut at a limit of tokens.
        case length
        /// It waits for the results of calls.
        case toolCalls = "tool_calls"
        /// The model refused, or a filter stopped it.
        case filter
        /// The provider says something else, or nothing.
        case other

        /// Whether nothing is missing.
        package var isWhole: Bool { self == .stop || self == .toolCalls }
    }

    /// The visible text, all parts one behind the other; of several answers the first's. Thoughts are not in it.
    package var text = ""
    /// The calls, in order.
    package var toolCalls: [Call] = []
    /// Why it ended.
    package var finish = Finish.other
    /// The natural logarithm of the least likely token's probability; absent where the provider gives none.
    package var leastLogProbability: Double?
    /// The mean of the natural logarithms of the tokens' probabilities; absent where the provider gives none.
    package var meanLogProbability: Double?
    /// Whether it shows more than text and calls: images, audio, results of the provider's own tools.
    package var hasOtherParts = false
    /// How many answers came: more than one where the request asked for several.
    package var choices = 0
    /// Whether every answer is whole. One that was cut, refused, filtered, broken off or holds an error is not: it is
    /// never kept in a cache, nor served as the answer of a cheaper model.
    package var isComplete = false

    /// Creates a reading that tells nothing.
    package init() {}
}

extension AnswerReading.Finish {
    /// The reason by a provider's word, which its family has read; `other` where the family does not know it.
    init(_ stop: ChatStop?) {
        self =
            switch stop {
            case .endTurn, .stopText: .stop
            case .outputLimit: .length
            case .toolUse: .toolCalls
            case .refusal: .filter
            case nil: .other
            }
    }
}
