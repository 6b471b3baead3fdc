import JSONScan

/// Writes the body of a request for a chat completion.
struct OpenAIRequestWriter {
    let target: TranslationTarget
    var notes: [TranslationNote] = []

    init(target: TranslationTarget) { self.target = target }

    mutating func write(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue {
        let sampling = request.sampling
        if let topK = sampling.topK {
            throw .unsupported(topK.path.text, "has no counterpart with OpenAI; leave it out.")
        }
        let limit = (sampling.outputLimit?.value ?? target.outputLimit).map { JSONValue.integer($0) }
        let limitKey = target.usesOldOutputLimit ? "max_tokens" : "max_completion_tokens"
        return .members([
            "model": .string(target.model), "messages": try writeMessages(request), "tools": try writeTools(request),
            "tool_choice": try choice(request), "parallel_tool_calls": parallel(request),
            limitKey: limit,
            "temperature": try sampling.temperature?.json(in: 0...2, for: "OpenAI"),
            "top_p": try sampling.topP?.json(in: 0...1, for: "OpenAI"),
            "seed": sampling.seed?.json,
            "frequency_penalty": try sampling.frequencyPenalty?.json(in: -2...2, for: "OpenAI"),
            "presence_penalty": try sampling.presencePenalty?.json(in: -2...2, for: "OpenAI"),
            "stop": try sampling.stops?.json(atMost: (4, "four"), for: "OpenAI"),
            "response_format": format(request.format), "reasoning_effort": try effort(request.reasoning),
            "service_tier": request.tier.map { .string(OpenAIWords.word(of: $0.value)) },
            "user": request.user.map { .string($0.value) },
            "metadata": request.labels.isEmpty ? nil : .object(request.labels),
            "stream": request.streams ? .bool(true) : nil,
            // Without it a stream does not say what it used.
            "stream_options": request.streams ? .members(["include_usage": .bool(true)]) : nil,
        ])
    }

    private func format(_ format: Stated<ChatFormat>) -> JSONValue? {
        switch format.value {
        case .text: return nil
        case .json: return .members(["type": "json_object"])
        case .schema(let schema):
            let description = schema.description.map(JSONValue.string)
            let inner = JSONValue.members([
                "name": .string(schema.name), "description": description, "schema": schema.schema,
                "strict": .bool(schema.isStrict),
            ])
            return .members(["type": "json_schema", "json_schema": inner])
        }
    }

    private mutating func effort(_ reasoning: ChatReasoning) throws(TranslationProblem) -> JSONValue? {
        if let shown = reasoning.isShown {
            notes.append(TranslationNote(shown.path.text, "left out: OpenAI decides what is shown of thoughts."))
        }
        switch reasoning.amount?.value {
        case .off:
            if let effort = reasoning.effort {
                notes.append(TranslationNote(effort.path.text, "left out: thinking is off."))
            }
            return "none"
        case .budget:
            throw .unsupported(
                reasoning.amount?.path.text ?? "",
                "is a budget of tokens, and OpenAI knows efforts only; state an effort.")
        case .adaptive, nil: return reasoning.effort.map { .string($0.value.rawValue) }
        }
    }

    // MARK: Tools

    private func writeTools(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue? {
        try request.checkNames(for: .openAI)
        guard !request.tools.isEmpty else { return nil }
        return .array(
            request.tools.map { tool in
                let function = JSONValue.members([
                    "name": .string(tool.name), "description": tool.description.map(JSONValue.string),
                    "parameters": tool.schema, "strict": tool.isStrict ? .bool(true) : nil,
                ])
                return .members(["type": "function", "function": function])
            })
    }

    private func choice(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue? {
        try request.checkChoice()
        guard !request.tools.isEmpty else { return nil }
        switch request.toolChoice?.value {
        case nil: return nil
        case .auto: return "auto"
        case .never: return "none"
        case .any: return "required"
        case .tool(let name):
            return .members(["type": "function", "function": .members(["name": .string(name)])])
        }
    }

    private func parallel(_ request: ChatRequest) -> JSONValue? {
        guard !request.tools.isEmpty, let parallel = request.parallelToolCalls else { return nil }
        return .bool(parallel.value)
    }
}
