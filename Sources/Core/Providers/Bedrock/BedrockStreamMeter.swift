internal import Domain
internal import JSONScan

/// Reads usage, tier and end off the event stream of ConverseStream or InvokeModelWithResponseStream.
struct BedrockStreamMeter: Sendable {
    private var decoder = EventStreamDecoder()
    private var result = MeteredResponse()
    /// Anthropic's models stream the events of their own API.
    private var messages = StreamReader(surface: .messages)
    private var json: [UInt8] = []

    /// Takes the next bytes in.
    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
        do throws(EventStreamProblem) {
            var found: [EventStreamMessage] = []
            defer { for message in found { read(message) } }
            try decoder.push(bytes) { found.append($0) }
        } catch { result.problem = UsageProblem("damaged_stream", error.message) }
    }

    /// Ends the stream: what breaks off within a message, or is damaged, has not come to its end.
    mutating func finish() -> MeteredResponse {
        var whole = result
        let ofMaker = messages.result
        if ofMaker.usageSource == .reported || whole.usageSource == .absent {
            (whole.usage, whole.usageSource) = (ofMaker.usage, ofMaker.usageSource)
        }
        (whole.responseID, whole.model) = (ofMaker.responseID ?? whole.responseID, ofMaker.model ?? whole.model)
        whole.serviceTier = whole.serviceTier ?? ofMaker.serviceTier
        whole.extras = ofMaker.extras
        whole.errorType = whole.errorType ?? ofMaker.errorType
        whole.problem = whole.problem ?? (whole.usageSource == .reported ? nil : ofMaker.problem)
        whole.reachedEnd = (whole.reachedEnd || ofMaker.reachedEnd) && decoder.isBetweenMessages
        return whole
    }

    private mutating func read(_ message: EventStreamMessage) {
        guard message.text(":message-type") == "event" else {
            result.errorType = message.text(":exception-type") ?? message.text(":error-code") ?? "error"
            return
        }
        switch message.text(":event-type") {
        case "contentBlockStart", "contentBlockDelta":
            message.payload.withUnsafeBufferPointer { result.generatedBytes += GeneratedText.length(inBedrock: $0) }
        case "messageStop": result.reachedEnd = true
        case "metadata": if let event = try? JSONValue.parse(message.payload) { readMetadata(event) }
        case "chunk":
            let wrapped = (try? JSONValue.parse(message.payload))?["bytes"]?.text ?? ""
            guard Base64.decode(Array(wrapped.utf8)[...], into: &json) else { return }
            let chunk = json
            chunk.withUnsafeBufferPointer { readChunk($0) }
        default: break
        }
    }

    private mutating func readMetadata(_ event: JSONValue) {
        result.reachedEnd = true
        if let usage = event["usage"] { result.takeBedrock(usage: usage) }
        result.providerLatency = event["metrics"]?["latencyMs"]?.integer ?? result.providerLatency
        result.serviceTier =
            BedrockTier.name(
                serviceTier: event["serviceTier"]?["type"]?.text, latency: event["performanceConfig"]?["latency"]?.text)
            ?? result.serviceTier
    }

    // MARK: InvokeModel: each maker's own events

    private mutating func readChunk(_ chunk: UnsafeBufferPointer<UInt8>) {
        result.generatedBytes += GeneratedText.length(inBedrock: chunk)
        if ByteSearch.contains("\"content_block_delta\"", in: chunk) { return }
        guard let event = try? JSONValue.parse(chunk) else { return }
        if event["type"]?.text != nil {
            _ = messages.read(chunk)
        } else if let metadata = event["metadata"] {
            readMetadata(metadata)
        } else {
            readOthers(event)
        }
        if let metrics = event["amazon-bedrock-invocationMetrics"] { readMetrics(metrics) }
    }

    private mutating func readOthers(_ event: JSONValue) {
        result.responseID = event["id"]?.text ?? result.responseID
        result.model = event["model"]?.text ?? result.model
        if event["generation_token_count"]?.integer != nil {
            // The prompt is counted in the first event alone.
            let before = result.usage.uncachedInput
            result.take { () throws(UsageProblem) in try BedrockUsage.meta(event) }
            if !result.usage.uncachedInput.isKnown { result.usage.uncachedInput = before }
            result.usageSource = .partial
        }
        if let usage = event["usage"], usage != .null { result.takeBedrock(usage: usage) }
    }

    /// Bedrock's own counts, behind the last event of any model: those of a maker that tell of the cache tell more.
    private mutating func readMetrics(_ metrics: JSONValue) {
        result.reachedEnd = true
        result.providerLatency = metrics["invocationLatency"]?.integer ?? result.providerLatency
        let isComplete = result.usageSource == .reported && result.usage.cacheRead.isKnown
        guard !isComplete else { return }
        result.take { () throws(UsageProblem) in try BedrockUsage.invocationMetrics(metrics) }
    }
}
