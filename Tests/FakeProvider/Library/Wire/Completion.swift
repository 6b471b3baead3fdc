/// What an answer is made of, in whatever format: the same for a whole answer and for a stream.
struct Completion {
    /// The model, without the behaviour in its name.
    var model: String
    /// What is asked for.
    var behaviour: FakeBehaviour
    /// Whether a stream shall end with its usage.
    var includesUsage = false
    /// The tool that is called instead of an answer in words.
    var tool: String?

    /// When all answers were made, in seconds of the epoch. They are the same every time.
    static let created = 1_760_000_000

    private static let sentence = "Yes, he is as real as the joy that he brings. "

    /// The answer's text: ASCII without anything that JSON escapes.
    var text: String {
        guard let bytes = behaviour.bytes else { return String(Self.sentence.dropLast()) }
        let copies = String(repeating: Self.sentence, count: bytes / Self.sentence.utf8.count + 1)
        return String(decoding: copies.utf8.prefix(bytes), as: UTF8.self)
    }

    /// The text in as many pieces as there are deltas.
    var pieces: [String] {
        let bytes = Array(text.utf8)
        let count = behaviour.deltas
        return (0..<count).map { index in
            String(decoding: bytes[(bytes.count * index / count)..<(bytes.count * (index + 1) / count)], as: UTF8.self)
        }
    }

    /// The part of the prompt that Anthropic counts apart from its cache.
    var uncachedInput: Int { max(behaviour.inputTokens - behaviour.cachedTokens - behaviour.cacheWriteTokens, 0) }

    /// All tokens.
    var totalTokens: Int { behaviour.inputTokens + behaviour.outputTokens }

    /// `,"usage":…`, unless the usage is kept back.
    func usageMember(_ usage: String) -> String { behaviour.usage == .none ? "" : ",\"usage\":\(usage)" }
}

/// A stream, event by event, before it is framed for HTTP.
struct EventStream {
    /// The media type.
    var contentType = "text/event-stream; charset=utf-8"
    /// What comes before the first delta.
    var prologue: String
    /// One for each delta.
    var deltas: [String]
    /// What comes behind the last delta.
    var epilogue: String
    /// What a provider says when it fails in the middle of a stream.
    var error: String
}
