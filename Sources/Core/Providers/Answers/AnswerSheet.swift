import JSONScan

/// The answers of one call, as they are being read: a whole body is one document of it, an event of a stream another.
struct AnswerSheet {
    private let surface: APISurface
    /// By their numbers.
    private var drafts: [Int64: AnswerDraft] = [:]
    /// Whether the provider told of an error, or the bytes are not what its API promises.
    var hasFailed = false

    init(surface: APISurface) { self.surface = surface }

    /// Takes the payload of a stream's event in.
    mutating func take(payload: UnsafeBufferPointer<UInt8>) {
        if payload.starts(with: "[DONE]".utf8) { return }
        guard let document = try? JSONValue.parse(payload), case .object = document else {
            hasFailed = true
            return
        }
        take(document)
    }

    /// Takes a document in.
    mutating func take(_ document: JSONValue) {
        if let error = document["error"], error != .null { hasFailed = true }
        switch surface {
        case .chatCompletions: takeChoices(document) { $0.take(chat: $1) }
        case .completions: takeChoices(document) { $0.take(completion: $1) }
        case .messages: takeMessage(document)
        case .responses: takeResponse(document)
        case .generateContent: takeContent(document)
        default: break
        }
    }

    /// What has been read; `nil` where there was no answer.
    var reading: AnswerReading? {
        guard let number = drafts.keys.min(), var reading = drafts[number]?.reading else {
            return hasFailed ? AnswerReading() : nil
        }
        reading.choices = drafts.count
        reading.isComplete = !hasFailed && drafts.values.allSatisfy { $0.reading.finish.isWhole }
        return reading
    }

    private mutating func takeChoices(_ document: JSONValue, _ take: (inout AnswerDraft, JSONValue) -> Void) {
        for choice in document["choices"]?.elements ?? [] {
            take(&drafts[choice["index"]?.integer ?? 0, default: AnswerDraft()], choice)
        }
    }

    private mutating func takeMessage(_ document: JSONValue) {
        guard document["content"] != nil || AnswerDraft.messageEvents.contains(document["type"]?.text ?? "") else {
            return
        }
        drafts[0, default: AnswerDraft()].take(message: document)
    }

    private mutating func takeResponse(_ document: JSONValue) {
        let type = document["type"]?.text ?? ""
        if type == "error" || document["response"]?["error"] ?? .null != .null { hasFailed = true }
        guard document["output"] != nil || type.hasPrefix("response.") else { return }
        drafts[0, default: AnswerDraft()].take(response: document)
    }

    private mutating func takeContent(_ document: JSONValue) {
        if document["promptFeedback"]?["blockReason"]?.text != nil {
            drafts[0, default: AnswerDraft()].finish = .filter
        }
        for candidate in document["candidates"]?.elements ?? [] {
            drafts[candidate["index"]?.integer ?? 0, default: AnswerDraft()].take(candidate: candidate)
        }
    }
}
