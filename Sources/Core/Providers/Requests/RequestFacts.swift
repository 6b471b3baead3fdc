internal import Domain
package import JSONScan

/// What a request asks for, as far as the gateway has to know.
package struct RequestFacts: Sendable {
    /// The model, from the body or the path.
    package var model: String?
    /// Where the model stands in the body, between its quotes; absent where the path names it.
    package var modelValue = FieldValue.absent
    /// Whether a stream is asked for.
    package var streams = false
    /// Whether the caller asks for the usage of a stream itself.
    package var includesUsage = false
    /// Where `stream_options` stands.
    package var streamOptions = FieldValue.absent
    /// The most output tokens of each choice, where the request limits them.
    package var outputLimit: Int64?
    /// How many answers are asked for.
    package var choices: Int64 = 1
    /// The service tier that is asked for.
    package var serviceTier: String?
    /// The end user that the body names.
    package var endUser: String?
    /// Tags that the body names, `key=value` or plain.
    package var tags: [String] = []
    /// The session that the body names.
    package var session: String?
    /// The feature that the body's metadata names.
    package var feature: String?
    /// The customer that the body's metadata names.
    package var customer: String?
    /// The team that the body's metadata names.
    package var team: String?
    /// What can make the input larger than the body, by the name of its key: files, images, earlier responses.
    package var reachesOutside: String?
    /// What makes the provider call tools of its own, whose calls and results nobody can bound, by its name.
    package var serverTool: String?
    /// Whether the request offers tools: providers add instructions for them.
    package var hasTools = false
    /// Bytes of what the model is prompted with.
    package var promptBytes = 0
    /// Where what the model is prompted with stands.
    package var promptRanges: [Range<Int>] = []
    /// Where the object stands that limits the output, where the request has one: Gemini's `generationConfig`, or
    /// Bedrock's `inferenceConfig`.
    package var generationConfig: FieldValue?
    /// Where Titan's `textGenerationConfig` stands, where the request has one.
    package var textGenerationConfig: FieldValue?
    /// What the body asks of a cache of ours, in LiteLLM's words; no provider knows it.
    package var cacheWishes: JSONValue?
    /// Where that stands.
    package var cacheValue = FieldValue.absent
    /// Where the first member stands, for adding one before it.
    package var firstMember = 0
    /// Whether the body is an object without members.
    package var isEmpty = false

    /// Creates facts of a request without a body.
    package init() {}
}

extension RequestScanner {
    /// Reads a body and says what it asks for.
    ///
    /// - Throws: ``RequestProblem``.
    package func facts(
        of bytes: UnsafeBufferPointer<UInt8>, route: RequestRoute
    ) throws(RequestProblem) -> RequestFacts {
        try read(bytes)
        var facts = RequestFacts()
        (facts.firstMember, facts.isEmpty) = (firstMember, isEmpty)
        facts.model = route.model ?? text(.model, bytes)
        facts.modelValue = route.model == nil ? self[.model] : .absent
        facts.streams = route.streams || self[.stream].kind == .yes
        facts.streamOptions = self[.streamOptions]
        facts.includesUsage = object(.streamOptions, bytes)?["include_usage"]?.isTrue ?? false
        facts.serviceTier = text(.serviceTier, bytes)
        if self[.cache].kind == .object {
            (facts.cacheWishes, facts.cacheValue) = (object(.cache, bytes), self[.cache])
        }
        try readLimits(bytes, &facts)
        readAttribution(bytes, &facts)
        readPrompt(bytes, &facts)
        if route.family == .bedrock { try readBedrock(bytes, &facts) }
        return facts
    }

    private func readLimits(
        _ bytes: UnsafeBufferPointer<UInt8>, _ facts: inout RequestFacts
    ) throws(RequestProblem) {
        let generation = object(.generationConfig, bytes) ?? object(.generationConfigSnake, bytes)
        let limits = [
            try number(.maxTokens, bytes), try number(.maxCompletionTokens, bytes), try number(.maxOutputTokens, bytes),
            generation?["maxOutputTokens"]?.integer ?? generation?["max_output_tokens"]?.integer,
        ]
        facts.generationConfig = [.generationConfig, .generationConfigSnake].map { self[$0] }.first {
            $0.kind == .object
        }
        // Where several are given the provider may follow either.
        facts.outputLimit = limits.compactMap(\.self).max()
        let choices = [
            try number(.choices, bytes), try number(.bestOf, bytes),
            generation?["candidateCount"]?.integer ?? generation?["candidate_count"]?.integer,
        ]
        facts.choices = max(choices.compactMap(\.self).max() ?? 1, 1)
    }

    private func readAttribution(_ bytes: UnsafeBufferPointer<UInt8>, _ facts: inout RequestFacts) {
        let metadata = object(.metadata, bytes)
        let other = object(.liteLLMMetadata, bytes)
        facts.endUser =
            text(.user, bytes) ?? other?["user"]?.text ?? metadata?["user_id"]?.text ?? text(.safetyIdentifier, bytes)
        facts.session =
            metadata?["session_id"]?.text ?? other?["session_id"]?.text ?? text(.tensorZeroEpisode, bytes)
        facts.feature = metadata?["feature"]?.text ?? other?["feature"]?.text
        facts.customer = metadata?["customer"]?.text ?? other?["customer"]?.text
        for list in [array(.tags, bytes), metadata?["tags"]?.elements ?? []] {
            facts.tags += list.compactMap(\.text)
        }
        for member in object(.tensorZeroTags, bytes)?.members ?? [] {
            if let value = member.value.text { facts.tags.append("\(member.key)=\(value)") }
        }
    }

    private func readPrompt(_ bytes: UnsafeBufferPointer<UInt8>, _ facts: inout RequestFacts) {
        for field in RequestField.ofPrompt where !self[field].isMissing {
            let value = self[field]
            let range = Int(value.start)..<(Int(value.start) + Int(value.count))
            facts.promptRanges.append(range)
            facts.promptBytes += range.count
        }
        facts.hasTools = !self[.tools].isMissing
        let references: [RequestField] = [.previousResponse, .conversation, .cachedContent, .cachedContentSnake]
        facts.reachesOutside = references.first { !self[$0].isMissing }?.key
        let tools: [RequestField] = [.mcpServers, .webSearchOptions]
        facts.serverTool = tools.first { !self[$0].isMissing }?.key
        // A prompt by reference: OpenAI's stored prompts.
        if facts.reachesOutside == nil, self[.prompt].kind == .object { facts.reachesOutside = RequestField.prompt.key }
    }

    // MARK: Values

    private func bytesOf(
        _ field: RequestField, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        let value = self[field]
        return UnsafeBufferPointer(rebasing: bytes[Int(value.start)..<(Int(value.start) + Int(value.count))])
    }

    func text(_ field: RequestField, _ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let raw = bytesOf(field, bytes)
        switch self[field].kind {
        case .string: return raw.isEmpty ? nil : String(decoding: raw, as: UTF8.self)
        case .escapedString:
            var text: [UInt8] = []
            JSONText.unescape(raw, into: &text)
            return String(decoding: text, as: UTF8.self)
        default: return nil
        }
    }

    /// A whole number that is not negative; absent where the member is missing.
    func number(_ field: RequestField, _ bytes: UnsafeBufferPointer<UInt8>) throws(RequestProblem) -> Int64? {
        if self[field].isMissing { return nil }
        let text = self[field].kind == .number ? String(decoding: bytesOf(field, bytes), as: UTF8.self) : ""
        guard let number = JSONValue.number(text).integer, number >= 0 else {
            throw RequestProblem(
                "\"\(field.key)\" has to be a whole number that is not negative.", parameter: field.key)
        }
        return number
    }

    func object(_ field: RequestField, _ bytes: UnsafeBufferPointer<UInt8>) -> JSONValue? {
        guard self[field].kind == .object else { return nil }
        return try? JSONValue.parse(bytesOf(field, bytes))
    }

    private func array(_ field: RequestField, _ bytes: UnsafeBufferPointer<UInt8>) -> [JSONValue] {
        guard self[field].kind == .array, let value = try? JSONValue.parse(bytesOf(field, bytes)) else { return [] }
        return value.elements
    }
}
