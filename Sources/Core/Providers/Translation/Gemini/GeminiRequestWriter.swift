import JSONScan

/// Writes the body of a request for Gemini's content.
struct GeminiRequestWriter {
    let target: TranslationTarget
    var notes: [TranslationNote] = []

    init(target: TranslationTarget) { self.target = target }

    mutating func write(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue {
        noteNames(request)
        let system = request.system.filter { !$0.isEmpty }.map { JSONValue.members(["text": .string($0)]) }
        return .members([
            "systemInstruction": system.isEmpty ? nil : .members(["parts": .array(system)]),
            "contents": try writeContents(request), "tools": try writeTools(request),
            "toolConfig": try writeChoice(request), "generationConfig": try writeGeneration(request),
            "serviceTier": tier(request.tier),
        ])
    }

    private mutating func noteNames(_ request: ChatRequest) {
        if let user = request.user {
            notes.append(TranslationNote(user.path.text, "left out: Gemini's API takes no name of the end user."))
        }
        if !request.labels.isEmpty {
            notes.append(TranslationNote("metadata", "left out: labels of stored answers, which only OpenAI has."))
        }
    }

    private func tier(_ tier: Stated<ChatTier>?) -> JSONValue? {
        switch tier?.value {
        case nil, .auto: nil
        case .standard: "standard"
        case .flex: "flex"
        case .priority: "priority"
        }
    }

    private mutating func writeGeneration(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue? {
        let sampling = request.sampling
        let type: JSONValue? = request.format.value == .text ? nil : "application/json"
        let limit = sampling.outputLimit?.value ?? target.outputLimit
        let config = JSONValue.members([
            "temperature": try sampling.temperature?.json(in: 0...2, for: "Gemini"),
            "topP": try sampling.topP?.json(in: 0...1, for: "Gemini"),
            "topK": sampling.topK?.json, "maxOutputTokens": limit.map { .integer($0) },
            "stopSequences": try sampling.stops?.json(atMost: (5, "five"), for: "Gemini"),
            "seed": try seed(sampling.seed),
            "frequencyPenalty": sampling.frequencyPenalty?.json, "presencePenalty": sampling.presencePenalty?.json,
            "responseMimeType": type, "responseJsonSchema": schema(request.format),
            "thinkingConfig": thinking(request.reasoning),
        ])
        return config.members.isEmpty ? nil : config
    }

    private func seed(_ seed: Stated<Int64>?) throws(TranslationProblem) -> JSONValue? {
        guard let seed else { return nil }
        guard Int32(exactly: seed.value) != nil else {
            throw .unsupported(seed.path.text, "has to fit 32 bits for Gemini.")
        }
        return seed.json
    }

    private mutating func schema(_ format: Stated<ChatFormat>) -> JSONValue? {
        guard case .schema(let schema) = format.value else { return nil }
        if !schema.isStrict {
            notes.append(TranslationNote(format.path.text, "changed: Gemini's models are held to the schema strictly."))
        }
        if schema.name != ChatSchema.plainName {
            notes.append(TranslationNote(format.path.text, "left out: the schema's name."))
        }
        return schema.described
    }

    private mutating func thinking(_ reasoning: ChatReasoning) -> JSONValue? {
        var level = reasoning.effort
        if let stated = level, stated.value == .max {
            level?.value = .xhigh
            notes.append(TranslationNote(stated.path.text, "changed to XHIGH, the highest level that Gemini has."))
        }
        if let stated = level, let amount = reasoning.amount, amount.value != .adaptive {
            notes.append(TranslationNote(stated.path.text, "left out: the amount of thinking is stated as well."))
        }
        var budget: Int64?
        switch reasoning.amount?.value {
        case .off: (budget, level) = (0, nil)
        // Gemini takes a level or a budget; a level is adaptive as well.
        case .adaptive: budget = level == nil ? -1 : nil
        case .budget(let tokens): (budget, level) = (tokens, nil)
        case nil: break
        }
        let config = JSONValue.members([
            "thinkingLevel": level.map { .string($0.value.rawValue.uppercased()) },
            "thinkingBudget": budget.map { .integer($0) },
            "includeThoughts": reasoning.isShown.map { .bool($0.value) },
        ])
        return config.members.isEmpty ? nil : config
    }
}
