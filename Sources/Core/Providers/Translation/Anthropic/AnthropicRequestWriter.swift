import JSONScan

/// Writes the body of a request for a message.
struct AnthropicRequestWriter {
    let target: TranslationTarget
    var notes: [TranslationNote] = []

    init(target: TranslationTarget) { self.target = target }

    mutating func write(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue {
        let limit = try outputLimit(request)
        let tools = try writeTools(request)
        return .members([
            "model": .string(target.model), "max_tokens": .integer(limit), "system": system(request),
            "messages": try writeMessages(request), "tools": tools, "tool_choice": try choice(request),
            "temperature": try temperature(request.sampling),
            "top_p": try sampled(request.sampling.topP, request.sampling.topP?.json),
            "top_k": try sampled(request.sampling.topK, request.sampling.topK?.json),
            "stop_sequences": request.sampling.stops.map { .array($0.value.map(JSONValue.string)) },
            "thinking": try thinking(request, limit: limit), "output_config": try output(request),
            "metadata": metadata(request), "service_tier": try tier(request.tier),
            "stream": request.streams ? .bool(true) : nil,
        ])
    }

    private mutating func outputLimit(_ request: ChatRequest) throws(TranslationProblem) -> Int64 {
        if let stated = request.sampling.outputLimit { return stated.value }
        guard let limit = target.outputLimit else {
            throw .unsupported("max_tokens", "is missing, and Anthropic's API needs a limit of the output; state one.")
        }
        notes.append(TranslationNote("max_tokens", "added: Anthropic's API needs a limit of the output."))
        return limit
    }

    private func system(_ request: ChatRequest) -> JSONValue? {
        let texts = request.system.filter { !$0.isEmpty }
        if texts.count < 2 { return texts.first.map(JSONValue.string) }
        return .array(texts.map { .members(["type": "text", "text": .string($0)]) })
    }

    // MARK: Sampling

    private func temperature(_ sampling: ChatSampling) throws(TranslationProblem) -> JSONValue? {
        for case .some(let penalty) in [sampling.frequencyPenalty, sampling.presencePenalty]
        where penalty.value.value != 0 {
            throw .unsupported(penalty.path.text, "is a penalty that Anthropic's models do not have; leave it out.")
        }
        if let seed = sampling.seed {
            throw .unsupported(seed.path.text, "is a seed, which Anthropic's models do not have; leave it out.")
        }
        guard let temperature = sampling.temperature else { return nil }
        guard (0...1).contains(temperature.value.value) else {
            throw .unsupported(temperature.path.text, "has to be between 0 and 1 for Anthropic's models.")
        }
        if !target.acceptsSampling, temperature.value.value == 1 { return nil }
        return try sampled(temperature, temperature.json)
    }

    private func sampled<Value>(
        _ stated: Stated<Value>?, _ json: JSONValue?
    ) throws(TranslationProblem) -> JSONValue? {
        guard let stated, !target.acceptsSampling else { return json }
        throw .unsupported(stated.path.text, "is a setting that \(target.model) refuses; leave it out.")
    }

    // MARK: Thoughts and formats

    private func thinking(_ request: ChatRequest, limit: Int64) throws(TranslationProblem) -> JSONValue? {
        let reasoning = request.reasoning
        let display = reasoning.isShown.map { JSONValue.string($0.value ? "summarized" : "omitted") }
        switch reasoning.amount?.value {
        case .off: return .members(["type": "disabled"])
        case .budget(let tokens):
            guard tokens >= 1024, tokens < limit else {
                throw .unsupported(
                    reasoning.amount?.path.text ?? "",
                    "has to be at least 1,024 tokens and below the limit of the output for Anthropic's models.")
            }
            return .members(["type": "enabled", "budget_tokens": .integer(tokens), "display": display])
        case .adaptive: return .members(["type": "adaptive", "display": display])
        case nil:
            guard reasoning.effort != nil || reasoning.isShown?.value == true else { return nil }
            return .members(["type": "adaptive", "display": display])
        }
    }

    private mutating func output(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue? {
        var effort = request.reasoning.effort
        if let stated = effort, stated.value == .minimal {
            effort?.value = .low
            notes.append(TranslationNote(stated.path.text, "changed to low, the least effort that Anthropic has."))
        }
        let format = try format(request.format)
        guard effort != nil || format != nil else { return nil }
        return .members(["effort": effort.map { .string($0.value.rawValue) }, "format": format])
    }

    private mutating func format(_ format: Stated<ChatFormat>) throws(TranslationProblem) -> JSONValue? {
        switch format.value {
        case .text: return nil
        case .json:
            throw .unsupported(
                format.path.text, "asks for any JSON, and Anthropic's API knows schemas only; give a json_schema.")
        case .schema(let schema):
            if !schema.isStrict {
                notes.append(
                    TranslationNote(format.path.text, "changed: Anthropic's models are held to the schema strictly."))
            }
            if schema.name != ChatSchema.plainName {
                notes.append(TranslationNote(format.path.text, "left out: the schema's name."))
            }
            return .members(["type": "json_schema", "schema": schema.described])
        }
    }

    // MARK: Names

    private mutating func metadata(_ request: ChatRequest) -> JSONValue? {
        if !request.labels.isEmpty {
            notes.append(TranslationNote("metadata", "left out: labels of stored answers, which only OpenAI has."))
        }
        return request.user.map { .members(["user_id": .string($0.value)]) }
    }

    private func tier(_ tier: Stated<ChatTier>?) throws(TranslationProblem) -> JSONValue? {
        switch tier?.value {
        case nil: return nil
        case .auto: return "auto"
        case .standard: return "standard_only"
        case .flex, .priority:
            throw .unsupported(tier?.path.text ?? "", "is a service tier that Anthropic does not sell by request.")
        }
    }
}
