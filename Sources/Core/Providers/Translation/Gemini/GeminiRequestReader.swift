import JSONScan

/// Reads the body of a request for Gemini's content. Its path names the model, and whether a stream is wanted.
struct GeminiRequestReader {
    let model: String
    let streams: Bool
    var notes: [TranslationNote] = []
    var calls = GeminiCallNumbers()

    init(model: String, streams: Bool) { (self.model, self.streams) = (model, streams) }

    mutating func read(_ body: JSONValue) throws(TranslationProblem) -> ChatRequest {
        var fields = try ObjectReader(body, at: "", spelling: .camelCase)
        var request = ChatRequest(model: model)
        (request.streams, request.includesUsage) = (streams, streams)
        _ = try fields.text("model")
        request.system = try readSystem(&fields)
        try readContents(&fields, &request)
        try readTools(&fields, &request)
        try readGeneration(&fields, &request)
        if let word = try fields.text("serviceTier") {
            request.tier = Stated(try Self.tier(word), at: "serviceTier")
        }
        try fields.finish(GeminiRules.request, &notes)
        return request
    }

    private static func tier(_ word: String) throws(TranslationProblem) -> ChatTier {
        switch word.lowercased() {
        case "unspecified", "standard": return .standard
        case "flex": return .flex
        case "priority": return .priority
        default: throw .malformed("serviceTier", "has to be standard, flex or priority.")
        }
    }

    private mutating func readSystem(_ fields: inout ObjectReader) throws(TranslationProblem) -> [String] {
        guard var content = try fields.object("systemInstruction", spelling: .camelCase) else { return [] }
        _ = try content.text("role")
        var texts: [String] = []
        for (value, path) in try content.array("parts") ?? [] {
            guard case .text(let text) = try readPart(value, at: path) else {
                throw .malformed(path, "has to be text in a system instruction.")
            }
            texts.append(text)
        }
        try content.finish(GeminiRules.content, &notes)
        return texts
    }

    private mutating func readContents(
        _ fields: inout ObjectReader, _ request: inout ChatRequest
    ) throws(TranslationProblem) {
        guard let contents = try fields.array("contents"), !contents.isEmpty else {
            throw .malformed("contents", "is missing or empty.")
        }
        for (value, path) in contents {
            var content = try ObjectReader(value, at: path, spelling: .camelCase)
            let role = try content.text("role") ?? "user"
            var parts: [ChatPart] = []
            for (value, path) in try content.array("parts") ?? [] {
                if let part = try readPart(value, at: path) { parts.append(part) }
            }
            guard !parts.isEmpty else { throw .malformed(path, "says nothing.") }
            switch role {
            case "user", "function": request.messages += ChatMessage.userTurns(of: parts, at: path)
            case "model": request.messages.append(ChatMessage(.assistant, parts, at: path))
            default: throw .malformed(content.path(of: "role"), "has to be user or model.")
            }
            try content.finish(GeminiRules.content, &notes)
        }
    }
}

/// Numbers for calls without an id: Gemini ties a result to its call by the function's name and by order.
struct GeminiCallNumbers {
    private var count = 0
    private var open: [(id: String, name: String)] = []

    /// The id of a call.
    mutating func id(ofCall name: String, given: String?) -> String {
        count += 1
        let id = given ?? "call_\(count)"
        open.append((id, name))
        return id
    }

    /// The id of the call that a result is for; `nil` where there is none.
    mutating func id(ofResult name: String, given: String?) -> String? {
        let position = open.firstIndex { given == nil ? $0.name == name : $0.id == given }
        return position.map { open.remove(at: $0).id } ?? given
    }
}
