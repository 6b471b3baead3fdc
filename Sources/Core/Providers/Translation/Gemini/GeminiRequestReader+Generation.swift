import JSONScan

extension GeminiRequestReader {
    mutating func readGeneration(
        _ fields: inout ObjectReader, _ request: inout ChatRequest
    ) throws(TranslationProblem) {
        guard var config = try fields.object("generationConfig", spelling: .camelCase) else { return }
        request.sampling.temperature = try config.number("temperature")
        request.sampling.topP = try config.number("topP")
        request.sampling.topK = try config.integer("topK")
        request.sampling.outputLimit = try config.integer("maxOutputTokens")
        request.sampling.seed = try config.integer("seed")
        request.sampling.frequencyPenalty = try config.number("frequencyPenalty")
        request.sampling.presencePenalty = try config.number("presencePenalty")
        if let stops = try config.texts("stopSequences"), !stops.isEmpty {
            request.sampling.stops = Stated(stops, at: config.path(of: "stopSequences"))
        }
        request.format = try readFormat(&config)
        if let thinking = try config.object("thinkingConfig", spelling: .camelCase) {
            request.reasoning = try readThinking(thinking)
        }
        try config.finish(GeminiRules.generation, &notes)
    }

    private func readFormat(_ config: inout ObjectReader) throws(TranslationProblem) -> Stated<ChatFormat> {
        let type = try config.text("responseMimeType") ?? "text/plain"
        let path = config.path(of: "responseMimeType")
        var schema: JSONValue?
        if let plain = config.value("responseSchema") {
            schema = try GeminiSchema.jsonSchema(of: plain, at: config.path(of: "responseSchema"), isClosed: true)
        }
        for key in ["responseJsonSchema", "_responseJsonSchema"] {
            guard let json = config.value(key) else { continue }
            _ = try ObjectReader(json, at: config.path(of: key))
            schema = json
        }
        switch type {
        case "text/plain" where schema == nil: return Stated(.text)
        case "application/json": return Stated(schema.map { .schema(ChatSchema(schema: $0)) } ?? .json, at: path)
        default: throw .unsupported(path, "is a format that only Gemini has.")
        }
    }

    private mutating func readThinking(_ object: ObjectReader) throws(TranslationProblem) -> ChatReasoning {
        var thinking = object
        var reasoning = ChatReasoning()
        reasoning.isShown = try thinking.flag("includeThoughts")
        if let budget = try thinking.integer("thinkingBudget") {
            let amount: ChatReasoning.Amount =
                switch budget.value {
                case 0: .off
                case ..<0: .adaptive
                default: .budget(budget.value)
                }
            reasoning.amount = Stated(amount, at: budget.path.text)
        }
        if let level = try thinking.text("thinkingLevel"), level.uppercased() != "THINKING_LEVEL_UNSPECIFIED" {
            let path = thinking.path(of: "thinkingLevel")
            guard let effort = ChatReasoning.Effort(rawValue: level.lowercased()), effort != .max else {
                throw .malformed(path, "has to be MINIMAL, LOW, MEDIUM, HIGH or XHIGH.")
            }
            reasoning.effort = Stated(effort, at: path)
        }
        try thinking.finish(.none, &notes)
        return reasoning
    }
}
