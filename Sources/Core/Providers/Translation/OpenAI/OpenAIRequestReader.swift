import JSONScan

/// Reads the body of a request for a chat completion.
struct OpenAIRequestReader {
    /// The model where the path names it, as Azure's does; the body need not then.
    let model: String?
    var notes: [TranslationNote] = []

    init(model: String?) { self.model = model }

    mutating func read(_ body: JSONValue) throws(TranslationProblem) -> ChatRequest {
        var fields = try ObjectReader(body, at: "")
        let named = try model == nil ? fields.requiredText("model") : fields.text("model")
        var request = ChatRequest(model: model ?? named ?? "")
        request.streams = try fields.flag("stream")?.value ?? false
        if var options = try fields.object("stream_options") {
            request.includesUsage = try options.flag("include_usage")?.value ?? false
            try options.finish(OpenAIRules.streamOptions, &notes)
        }
        try readMessages(&fields, &request)
        try readTools(&fields, &request)
        request.sampling = try readSampling(&fields)
        request.format = try readFormat(&fields)
        request.reasoning = try readReasoning(&fields)
        request.tier = try readTier(&fields)
        try readNames(&fields, &request)
        try fields.finish(OpenAIRules.request, &notes)
        return request
    }

    private func readSampling(_ fields: inout ObjectReader) throws(TranslationProblem) -> ChatSampling {
        var sampling = ChatSampling()
        sampling.temperature = try fields.number("temperature")
        sampling.topP = try fields.number("top_p")
        sampling.seed = try fields.integer("seed")
        sampling.frequencyPenalty = try fields.number("frequency_penalty")
        sampling.presencePenalty = try fields.number("presence_penalty")
        sampling.stops = try readStops(&fields)
        let old = try fields.integer("max_tokens")
        let new = try fields.integer("max_completion_tokens")
        if let old, let new, old != new {
            throw .malformed(old.path.text, "and \"max_completion_tokens\" differ; give one of them.")
        }
        sampling.outputLimit = new ?? old
        return sampling
    }

    private func readStops(_ fields: inout ObjectReader) throws(TranslationProblem) -> Stated<[String]>? {
        guard let value = fields.value("stop") else { return nil }
        if case .string(let stop) = value { return Stated([stop], at: "stop") }
        var stops: [String] = []
        for (element, path) in try ObjectReader.elements(of: value, at: "stop") {
            guard case .string(let stop) = element else { throw .malformed(path, "has to be a string.") }
            stops.append(stop)
        }
        return stops.isEmpty ? nil : Stated(stops, at: "stop")
    }

    private mutating func readFormat(_ fields: inout ObjectReader) throws(TranslationProblem) -> Stated<ChatFormat> {
        guard var format = try fields.object("response_format") else { return Stated(.text) }
        let type = try format.requiredText("type")
        var result = ChatFormat.text
        switch type {
        case "text": break
        case "json_object": result = .json
        case "json_schema":
            guard var schema = try format.object("json_schema") else {
                throw .malformed(format.path(of: "json_schema"), "is missing.")
            }
            result = .schema(
                ChatSchema(
                    name: try schema.requiredText("name"), description: try schema.text("description"),
                    schema: schema.value("schema") ?? .object([]), isStrict: try schema.flag("strict")?.value ?? false))
            try schema.finish(.none, &notes)
        default: throw .unsupported(format.path(of: "type"), "is a format that only OpenAI has.")
        }
        try format.finish(.none, &notes)
        return Stated(result, at: format.path)
    }

    private func readReasoning(_ fields: inout ObjectReader) throws(TranslationProblem) -> ChatReasoning {
        var reasoning = ChatReasoning()
        guard let word = try fields.text("reasoning_effort") else { return reasoning }
        if word == "none" {
            reasoning.amount = Stated(.off, at: "reasoning_effort")
        } else if let effort = ChatReasoning.Effort(rawValue: word) {
            reasoning.effort = Stated(effort, at: "reasoning_effort")
        } else {
            throw .malformed("reasoning_effort", "has to be none, minimal, low, medium, high, xhigh or max.")
        }
        return reasoning
    }

    private func readTier(_ fields: inout ObjectReader) throws(TranslationProblem) -> Stated<ChatTier>? {
        guard let word = try fields.text("service_tier") else { return nil }
        guard let tier = OpenAIWords.tier(word) else {
            throw .unsupported("service_tier", "is a tier that only OpenAI has.")
        }
        return Stated(tier, at: "service_tier")
    }

    private mutating func readNames(
        _ fields: inout ObjectReader, _ request: inout ChatRequest
    ) throws(TranslationProblem) {
        let identifier = try fields.text("safety_identifier").map { Stated($0, at: "safety_identifier") }
        let user = try fields.text("user").map { Stated($0, at: "user") }
        request.user = identifier ?? user
        guard let metadata = fields.value("metadata") else { return }
        _ = try ObjectReader(metadata, at: "metadata")
        request.labels = metadata.members
    }
}
