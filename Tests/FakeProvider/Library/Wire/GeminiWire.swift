/// Gemini's `generateContent`.
struct GeminiWire {
    let completion: Completion

    /// A whole answer.
    var body: String { response(text: completion.text, finish: "STOP", share: 1, of: 1) }

    /// A stream of events, or of the elements of an array. Every element tells the usage so far; the last one counts.
    func stream(asEvents: Bool) -> EventStream {
        let pieces = completion.pieces
        let parts = pieces.enumerated().map { index, piece in
            response(text: piece, finish: nil, share: index + 1, of: pieces.count + 1)
        }
        let last = response(text: "", finish: "STOP", share: 1, of: 1)
        let error = ErrorWire(family: .gemini, status: 503).body
        if asEvents {
            return EventStream(
                contentType: "text/event-stream", prologue: "", deltas: parts.map(Self.event),
                epilogue: Self.event(last), error: Self.event(error))
        }
        return EventStream(
            contentType: "application/json; charset=UTF-8", prologue: "[", deltas: parts.map { $0 + ",\r\n" },
            epilogue: last + "]", error: error + "]")
    }

    private static func event(_ data: String) -> String { "data: \(data)\r\n\r\n" }

    private func response(text: String, finish: String?, share: Int, of whole: Int) -> String {
        let part =
            completion.tool.map { "{\"functionCall\":{\"name\":\(quoted($0)),\"args\":{}}}" } ?? "{\"text\":\(quoted(text))}"
        let reason = finish.map { ",\"finishReason\":\"\($0)\"" } ?? ""
        return """
            {"candidates":[{"content":{"parts":[\(part)],"role":"model"}\(reason),"index":0}]\
            \(usage(share: share, of: whole)),"modelVersion":\(quoted(completion.model)),"responseId":"fake"}
            """
    }

    /// Reasoning stands beside the candidates' tokens here, not within them.
    private func usage(share: Int, of whole: Int) -> String {
        let told = completion.behaviour
        if told.usage == .none { return "" }
        let candidates = max(told.outputTokens - told.reasoningTokens, 0) * share / whole
        let total = told.inputTokens + candidates + told.reasoningTokens
        let cached = told.cachedTokens == 0 ? "" : ",\"cachedContentTokenCount\":\(told.cachedTokens)"
        let thoughts = told.reasoningTokens == 0 ? "" : ",\"thoughtsTokenCount\":\(told.reasoningTokens)"
        let tier = told.serviceTier.map { ",\"serviceTier\":\(quoted($0))" } ?? ""
        return """
            ,"usageMetadata":{"promptTokenCount":\(told.inputTokens),"candidatesTokenCount":\(candidates),\
            "totalTokenCount":\(total)\(cached)\(thoughts)\
            ,"promptTokensDetails":[{"modality":"TEXT","tokenCount":\(told.inputTokens)}]\(tier)}
            """
    }
}
