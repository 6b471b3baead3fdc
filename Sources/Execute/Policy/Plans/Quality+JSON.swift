internal import Documents
internal import Domain

extension QualityTerms {
    /// The terms as ``QualityReader`` takes them.
    var json: JSONOutput {
        .object(
            [.init("judge", judge.json)]
                + GateTerms.numbers.map { .init($0.key, .number(gate[keyPath: $0.path])) }
                + GateTerms.counts.map { .init($0.key, .integer(Int64(gate[keyPath: $0.path]))) })
    }
}

extension AnswerJudge {
    /// The judge as ``QualityReader`` takes it: a word, or a word and its terms.
    var json: JSONOutput {
        switch self {
        case .exact, .normalised, .json, .feedback: .string(word)
        case .numbers(let relative, let absolute):
            .object([.init(word, ["relative": .number(relative), "absolute": .number(absolute)])])
        case .similarity(let least): .object([.init(word, ["at_least": .number(least)])])
        case .model(let judge): .object([.init(word, judge.json)])
        }
    }
}

extension ModelJudge {
    var json: JSONOutput {
        let given = [("upstream", upstream), ("model", model), ("instructions", instructions)]
        return .object(given.compactMap { key, text in text.map { .init(key, .string($0)) } })
    }
}

extension AnswerCheck {
    /// The check as ``AnswerCheckReader`` takes it.
    var json: JSONOutput {
        switch self {
        case .json: "json"
        case .toolCalls: "tool_calls"
        // A schema is JSON text already, and is kept as it was read.
        case .jsonSchema(let schema): .object([.init("json_schema", .exact(schema))])
        case .pattern(let pattern): .object([.init("regex", .string(pattern))])
        case .leastLogprob(let least): .object([.init("least_logprob", .number(least))])
        case .judge(let judge): .object([.init("judge", judge.json)])
        }
    }
}
