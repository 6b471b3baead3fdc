internal import Domain
internal import JSONScan

/// Reads the payloads of a stream's events. Most are pieces of text: those are counted, and only the few that carry
/// usage, ids or an end are parsed.
struct StreamReader {
    private let surface: APISurface
    private(set) var result = MeteredResponse()
    private var isFirst: Bool { events == 0 }
    private var events = 0
    /// Of a chat: the answers that have ended, and the highest number of one that was seen.
    private var finished: Set<Int64> = []
    private var lastChoice: Int64 = 0
    private var anthropic = AnthropicStreamUsage()

    init(surface: APISurface) { self.surface = surface }

    /// Reads a payload.
    ///
    /// - Returns: whether it is OpenAI's chunk of usage, which carries nothing else.
    mutating func read(_ payload: UnsafeBufferPointer<UInt8>) -> Bool {
        // Events behind the deltas of the responses API repeat the whole text.
        if surface != .responses || ByteSearch.contains(".delta\"", in: payload) {
            result.generatedBytes += GeneratedText.length(in: payload)
        }
        defer { events += 1 }
        switch surface {
        case .messages:
            readMessages(payload)
            return false
        case .responses:
            readResponses(payload)
            return false
        case .generateContent, .geminiEmbeddings:
            readGemini(payload)
            return false
        default: return readChat(payload)
        }
    }

    // MARK: OpenAI's chat completions

    private mutating func readChat(_ payload: UnsafeBufferPointer<UInt8>) -> Bool {
        if payload.starts(with: "[DONE]".utf8) {
            result.reachedEnd = true
            return false
        }
        // Asked for usage, OpenAI sends `"usage":null` with every delta.
        let hasUsage =
            ByteSearch.contains("\"usage\":{", in: payload) || ByteSearch.contains("\"usage\": {", in: payload)
        let hasError = ByteSearch.contains("\"error\"", in: payload)
        let hasEnd =
            ByteSearch.contains("\"finish_reason\"", in: payload) && !ByteSearch.contains(Self.noEnd, in: payload)
        guard needsNames || hasUsage || hasError || hasEnd || namesOtherChoice(payload),
            let chunk = try? JSONValue.parse(payload)
        else { return false }
        takeNames(chunk)
        if let error = chunk["error"], error != .null { result.errorType = Self.word(of: error) }
        let choices = chunk["choices"]?.elements ?? []
        for choice in choices {
            let index = choice["index"]?.integer ?? 0
            lastChoice = max(lastChoice, index)
            if choice["finish_reason"]?.text != nil { finished.insert(index) }
        }
        if finished.count > lastChoice { result.reachedEnd = true }
        guard let usage = chunk["usage"], usage != .null else { return false }
        result.take(usage: usage, surface)
        return choices.isEmpty
    }

    /// Azure begins with a chunk that has neither id nor model; servers that name none are not asked for ever.
    private var needsNames: Bool { events < 8 && (result.responseID == nil || result.model == nil) }

    private static let noEnd: StaticString = "\"finish_reason\":null"

    /// Whether a chunk may belong to an answer beside the first: those are looked at, to know when all have ended.
    private func namesOtherChoice(_ payload: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let found = ByteSearch.first("\"index\":", in: payload) else { return false }
        let digits = payload[(found + 8)...].drop { $0 == 0x20 }
        return digits.first.map { $0 != UInt8(ascii: "0") } ?? false
    }

    private mutating func takeNames(_ chunk: JSONValue) {
        result.responseID = result.responseID ?? chunk["id"]?.text
        result.model = chunk["model"]?.text ?? result.model
        result.serviceTier = chunk["service_tier"]?.text ?? result.serviceTier
        result.createdAt = result.createdAt ?? chunk["created"]?.integer.map { Timestamp(seconds: $0) }
    }

    // MARK: OpenAI's responses

    private mutating func readResponses(_ payload: UnsafeBufferPointer<UInt8>) {
        let isEnd =
            ByteSearch.contains("\"response.completed\"", in: payload)
            || ByteSearch.contains("\"response.incomplete\"", in: payload)
            || ByteSearch.contains("\"response.failed\"", in: payload)
        let isError = ByteSearch.contains("\"type\":\"error\"", in: payload)
        guard isFirst || isEnd || isError, let event = try? JSONValue.parse(payload) else { return }
        if event["type"]?.text == "error" || event["error"] != nil {
            result.errorType = Self.word(of: event["error"] ?? event)
        }
        guard let response = event["response"] else { return }
        takeNames(response)
        guard isEnd else { return }
        result.reachedEnd = true
        if let error = response["error"], error != .null { result.errorType = Self.word(of: error) }
        if let usage = response["usage"], usage != .null {
            result.extras = []
            result.take(usage: usage, surface)
            result.countPieces(payload, surface)
        }
    }

    // MARK: Anthropic's messages

    private mutating func readMessages(_ payload: UnsafeBufferPointer<UInt8>) {
        if ByteSearch.contains("\"content_block_delta\"", in: payload) { return }
        guard let event = try? JSONValue.parse(payload) else { return }
        switch event["type"]?.text {
        case "message_start":
            guard let message = event["message"] else { return }
            takeNames(message)
            takeAnthropic(message["usage"], isStart: true)
        case "message_delta": takeAnthropic(event["usage"], isStart: false)
        case "message_stop": result.reachedEnd = true
        case "error": result.errorType = Self.word(of: event["error"] ?? event)
        default: break
        }
    }

    private mutating func takeAnthropic(_ usage: JSONValue?, isStart: Bool) {
        guard let usage, usage != .null else { return }
        var probe = MeteredResponse()
        probe.take(usage: usage, .messages)
        if isStart || !probe.extras.isEmpty { result.extras = probe.extras }
        result.serviceTier = probe.serviceTier ?? result.serviceTier
        result.region = probe.region ?? result.region
        do throws(UsageProblem) {
            try anthropic.take(usage, isStart: isStart)
            result.usage = anthropic.usage
            // What a stream begins with is not what it ends with: the output is known only by a delta.
            result.usageSource = isStart ? .partial : .reported
        } catch { result.problem = error }
    }

    // MARK: Gemini

    private mutating func readGemini(_ payload: UnsafeBufferPointer<UInt8>) {
        guard let chunk = try? JSONValue.parse(payload) else { return }
        result.responseID = result.responseID ?? chunk["responseId"]?.text
        result.model = chunk["modelVersion"]?.text ?? result.model
        if let error = chunk["error"], error != .null {
            result.errorType = error["status"]?.text ?? Self.word(of: error)
        }
        let candidates = chunk["candidates"]?.elements ?? []
        let isBlocked = chunk["promptFeedback"]?["blockReason"]?.text != nil
        if isBlocked || candidates.contains(where: { $0["finishReason"]?.text != nil }) { result.reachedEnd = true }
        if let usage = chunk["usageMetadata"] { result.take(usage: usage, surface) }
        // Counts before the end are counts so far.
        if result.usage.uncachedInput.isKnown, result.usage.output.isKnown {
            result.usageSource = result.reachedEnd ? .reported : .partial
        }
        if result.extras.isEmpty { result.countPieces(payload, surface) }
    }

    /// A provider's word for what went wrong; never its message, which may quote the prompt.
    private static func word(of error: JSONValue) -> String {
        let type = error["type"]?.text
        return type.flatMap { $0 == "error" ? nil : $0 } ?? error["code"]?.text ?? type ?? "error"
    }
}
