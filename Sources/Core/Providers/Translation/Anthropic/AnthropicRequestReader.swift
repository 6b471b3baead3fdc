import JSONScan

/// Reads the body of a request for a message.
struct AnthropicRequestReader {
    var notes: [TranslationNote] = []

    mutating func read(_ body: JSONValue) throws(TranslationProblem) -> ChatRequest {
        var fields = try ObjectReader(body, at: "")
        var request = ChatRequest(model: try fields.requiredText("model"))
        request.streams = try fields.flag("stream")?.value ?? false
        request.includesUsage = request.streams
        request.system = try readSystem(&fields)
        try readMessages(&fields, &request)
        try readTools(&fields, &request)
        request.sampling = try readSampling(&fields)
        try readThinking(&fields, &request)
        try readOutput(&fields, &request)
        try readMetadata(&fields, &request)
        try fields.finish(AnthropicRules.request, &notes)
        return request
    }

    private mutating func readSystem(_ fields: inout ObjectReader) throws(TranslationProblem) -> [String] {
        guard let value = fields.value("system") else { return [] }
        if case .string(let text) = value { return text.isEmpty ? [] : [text] }
        var texts: [String] = []
        for (element, path) in try ObjectReader.elements(of: value, at: "system") {
            guard case .text(let text) = try readBlock(element, at: path) else {
                throw .malformed(path, "has to be text in a system prompt.")
            }
            texts.append(text)
        }
        return texts
    }

    private func readSampling(_ fields: inout ObjectReader) throws(TranslationProblem) -> ChatSampling {
        var sampling = ChatSampling()
        sampling.temperature = try fields.number("temperature")
        sampling.topP = try fields.number("top_p")
        sampling.topK = try fields.integer("top_k")
        sampling.outputLimit = try fields.integer("max_tokens")
        if sampling.outputLimit?.value == 0 {
            throw .unsupported("max_tokens", "of 0 fills Anthropic's prompt cache, and asks for no answer.")
        }
        if let stops = try fields.texts("stop_sequences"), !stops.isEmpty {
            sampling.stops = Stated(stops, at: "stop_sequences")
        }
        return sampling
    }

    private mutating func readThinking(
        _ fields: inout ObjectReader, _ request: inout ChatRequest
    ) throws(TranslationProblem) {
        guard var thinking = try fields.object("thinking") else { return }
        let amount: ChatReasoning.Amount
        switch try thinking.requiredText("type") {
        case "disabled": amount = .off
        case "adaptive": amount = .adaptive
        case "enabled":
            guard let budget = try thinking.integer("budget_tokens") else {
                throw .malformed("thinking.budget_tokens", "is missing.")
            }
            amount = .budget(budget.value)
        default: throw .unsupported("thinking.type", "is a kind of thinking that only Anthropic has.")
        }
        request.reasoning.amount = Stated(amount, at: "thinking")
        if let display = try thinking.text("display") {
            guard ["summarized", "omitted"].contains(display) else {
                throw .malformed("thinking.display", "has to be summarized or omitted.")
            }
            request.reasoning.isShown = Stated(display == "summarized", at: "thinking.display")
        }
        try thinking.finish(.none, &notes)
    }

    private mutating func readOutput(
        _ fields: inout ObjectReader, _ request: inout ChatRequest
    ) throws(TranslationProblem) {
        guard var output = try fields.object("output_config") else { return }
        if let word = try output.text("effort") {
            guard let effort = ChatReasoning.Effort(rawValue: word), effort != .minimal else {
                throw .malformed("output_config.effort", "has to be low, medium, high, xhigh or max.")
            }
            request.reasoning.effort = Stated(effort, at: "output_config.effort")
        }
        if var format = try output.object("format") {
            guard try format.requiredText("type") == "json_schema", let schema = format.value("schema") else {
                throw .malformed(format.path, "has to be a json_schema with its schema.")
            }
            _ = try ObjectReader(schema, at: format.path(of: "schema"))
            request.format = Stated(.schema(ChatSchema(schema: schema)), at: format.path)
            try format.finish(.none, &notes)
        }
        try output.finish(.none, &notes)
    }

    private mutating func readMetadata(
        _ fields: inout ObjectReader, _ request: inout ChatRequest
    ) throws(TranslationProblem) {
        if let word = try fields.text("service_tier") {
            guard ["auto", "standard_only"].contains(word) else {
                throw .malformed("service_tier", "has to be auto or standard_only.")
            }
            request.tier = Stated(word == "auto" ? .auto : .standard, at: "service_tier")
        }
        guard var metadata = try fields.object("metadata") else { return }
        request.user = try metadata.text("user_id").map { Stated($0, at: "metadata.user_id") }
        try metadata.finish(AnthropicRules.metadata, &notes)
    }
}
