package import JSONScan

/// A check that an answer of a cheap model has to pass, made without asking anybody.
package enum CascadeCheck: Sendable, Hashable {
    /// The text is one JSON document, by the grammar: without a fence around it, and no key twice.
    case json
    /// The text is JSON that fits a schema; ``SchemaCheck`` says which keywords are known.
    case jsonSchema(JSONValue)
    /// A regular expression is found in the text; ``TextPattern`` says which.
    case pattern(String)
    /// Each call names a function of the request, with an object for arguments that fits the function's schema. An answer
    /// without calls passes where it has text.
    case toolCalls
    /// No token was less likely than this logarithm says (base e).
    case leastLogProbability(Double)
    /// The mean of the tokens' logarithms is at least this (base e).
    case meanLogProbability(Double)

    /// Checks an answer.
    ///
    /// - Returns: `bad` also for every answer that is empty or did not come to its own end; `unavailable` where the check
    ///   cannot be made. Neither lets the answer through.
    package func verdict(on answer: CheckedAnswer) -> Cascade.Verdict {
        guard answer.isComplete else { return .bad("it was cut, refused or broken off") }
        guard !answer.text.isEmpty || !answer.calls.isEmpty else { return .bad("it is empty") }
        switch self {
        case .json: return StrictJSON.document(answer.text) == nil ? .bad("it is not JSON") : .good
        case .jsonSchema(let schema): return Self.fit(answer.text, schema, name: "it")
        case .pattern(let pattern): return Self.find(pattern, in: answer.text)
        case .toolCalls: return Self.calls(of: answer)
        case .leastLogProbability(let least):
            return Self.atLeast(least, answer.leastLogProbability, "the least likely token's log-probability")
        case .meanLogProbability(let least):
            return Self.atLeast(least, answer.meanLogProbability, "the tokens' mean log-probability")
        }
    }

    /// Checks an answer by all of some checks: the first that refuses it decides, then the first that cannot be made.
    ///
    /// - Returns: `unavailable` without any check: quality is proven, not assumed.
    package static func verdict(of checks: [CascadeCheck], on answer: CheckedAnswer) -> Cascade.Verdict {
        let verdicts = checks.map { $0.verdict(on: answer) }
        for case .bad(let why) in verdicts { return .bad(why) }
        let missing = verdicts.first { $0 != .good }
        return missing ?? (checks.isEmpty ? .unavailable("there is no check") : .good)
    }

    /// Why the check can never be made, for whoever writes it; absent where it can.
    package var problem: String? {
        switch self {
        case .json, .toolCalls: return nil
        case .jsonSchema(let schema): return SchemaKeywords.problem(of: schema)
        case .pattern(let pattern):
            do throws(TextPattern.Problem) {
                _ = try TextPattern(pattern)
                return nil
            } catch { return "the pattern \(error.reason)" }
        case .leastLogProbability(let least), .meanLogProbability(let least):
            return least.isFinite && least <= 0 ? nil : "a logarithm of a probability is not above 0"
        }
    }

    // MARK: Each check

    private static func fit(_ text: String, _ schema: JSONValue, name: String) -> Cascade.Verdict {
        if let problem = SchemaKeywords.problem(of: schema) { return .unavailable("the schema \(problem)") }
        guard let value = StrictJSON.document(text) else { return .bad("\(name) is not JSON") }
        var check = SchemaCheck(schema)
        do throws(SchemaCheck.Fault) {
            try check.run(on: value)
            return .good
        } catch {
            switch error {
            case .unfit(let path, let reason): return .bad("\(path.isEmpty ? name : "\(name): \(path)") \(reason)")
            case .unusable(let reason): return .unavailable("the schema \(reason)")
            }
        }
    }

    private static func find(_ pattern: String, in text: String) -> Cascade.Verdict {
        do throws(TextPattern.Problem) {
            switch try TextPattern(pattern).isFound(in: text) {
            case true?: return .good
            case false?: return .bad("the pattern is not found in it")
            case nil: return .unavailable("it is too long for the pattern")
            }
        } catch { return .unavailable("the pattern \(error.reason)") }
    }

    private static func calls(of answer: CheckedAnswer) -> Cascade.Verdict {
        var missing: Cascade.Verdict?
        for call in answer.calls {
            guard let tool = answer.tools.first(where: { $0.name == call.name }) else {
                return .bad("it calls \"\(call.name)\", which is not offered")
            }
            guard case .object = StrictJSON.document(call.arguments) else {
                return .bad("the arguments of \"\(call.name)\" are no JSON object")
            }
            let verdict = fit(call.arguments, tool.schema ?? .bool(true), name: "the call of \"\(call.name)\"")
            if case .bad = verdict { return verdict }
            if verdict != .good { missing = missing ?? verdict }
        }
        return missing ?? .good
    }

    private static func atLeast(_ least: Double, _ value: Double?, _ name: String) -> Cascade.Verdict {
        guard let value else { return .unavailable("the answer tells no probabilities") }
        return value >= least ? .good : .bad("\(name) is \(value), below \(least)")
    }
}
