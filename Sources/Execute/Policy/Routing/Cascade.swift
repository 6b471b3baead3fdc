/// Cheap first; on to the dear model only on a checker's word.
package struct Cascade: Sendable, Hashable {
    /// What a checker said of the cheap answer.
    package enum Verdict: Sendable, Hashable {
        /// It will do.
        case good
        /// It will not: the JSON does not fit its schema, a tool call is invalid, a judge says so.
        case bad(String)
        /// The checker could not be asked, and why.
        case unavailable(String)
    }

    /// What happens next, and why.
    package enum Step: Sendable, Hashable {
        /// The answer goes to the caller.
        case serve(String)
        /// The dear model is asked.
        case escalate(String)

        /// Why, for a person.
        package var reason: String {
            switch self {
            case .serve(let reason), .escalate(let reason): reason
            }
        }
    }

    /// Creates a cascade.
    package init() {}

    /// Decides. A checker that cannot be asked never lets a cheap answer through: quality is proven, not assumed.
    package func next(after verdict: Verdict) -> Step {
        switch verdict {
        case .good: .serve("the checker accepted the cheap answer")
        case .bad(let why): .escalate("the checker refused the cheap answer: \(why)")
        case .unavailable(let why): .escalate("the checker could not be asked, so the model asked for answers: \(why)")
        }
    }
}
