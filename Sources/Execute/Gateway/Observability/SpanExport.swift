internal import Domain

/// Finished calls as OpenTelemetry spans, in the JSON encoding of OTLP, with the names of the GenAI conventions.
package enum SpanExport {
    /// The body of a `POST /v1/traces`.
    package static func body(_ calls: [FinishedCall], version: String) -> [UInt8] {
        var json = JSONBytes()
        json.begin()
        json.beginArray("resourceSpans")
        json.beginElement()
        json.begin("resource")
        json.beginArray("attributes")
        json.attribute("service.name", text: "payback")
        json.attribute("service.version", text: version)
        json.endArray()
        json.end()
        json.beginArray("scopeSpans")
        json.beginElement()
        json.beginArray("spans")
        for call in calls { add(call, to: &json) }
        json.endArray()
        json.end()
        json.endArray()
        json.end()
        json.endArray()
        json.end()
        return json.bytes
    }

    private static func add(_ call: FinishedCall, to json: inout JSONBytes) {
        let parent = TraceParent(call.traceParent ?? "")
        let hash = ByteHash.hash(call.requestID)
        json.beginElement()
        json.add(
            "traceId", parent?.traceID ?? ByteHash.mix(hash, 1).hexadecimalText + ByteHash.mix(hash, 2).hexadecimalText)
        json.add("spanId", hash.hexadecimalText)
        if let parent { json.add("parentSpanId", parent.spanID) }
        json.add("name", "\(call.operation) \(call.requestedModel ?? "")")
        json.add("kind", number: "3")
        json.add("startTimeUnixNano", String(call.startedAt.microseconds * 1_000))
        json.add("endTimeUnixNano", String((call.startedAt.microseconds + call.latency) * 1_000))
        json.beginArray("attributes")
        addAttributes(of: call, to: &json)
        json.endArray()
        json.begin("status")
        json.add("code", number: call.errorType == nil ? "1" : "2")
        json.end()
        json.end()
    }

    private static func addAttributes(of call: FinishedCall, to json: inout JSONBytes) {
        json.attribute("gen_ai.operation.name", text: call.operation)
        json.attribute("gen_ai.provider.name", text: call.provider)
        json.attribute("gen_ai.request.model", text: call.requestedModel)
        json.attribute("gen_ai.response.model", text: call.model)
        json.attribute("gen_ai.response.id", text: call.responseID)
        if call.usage.isKnown {
            json.attribute("gen_ai.usage.input_tokens", number: call.usage.totalInput)
            // What is not known is left out: it is not zero.
            json.attribute("gen_ai.usage.output_tokens", number: call.usage.output.known)
            json.attribute("gen_ai.usage.cache_read.input_tokens", number: call.usage.cacheRead.known)
            json.attribute(
                "gen_ai.usage.cache_creation.input_tokens",
                number: call.usage.cacheWrite5m.known.map { $0 + call.usage.cacheWrite1h.orZero })
        }
        json.attribute("error.type", text: call.errorType)
        json.attribute("server.address", text: call.serverAddress)
        json.attribute("http.response.status_code", number: Int64(call.httpStatus))
        json.attribute("customer.id", text: call.customer)
        json.attribute("feature", text: call.feature)
        json.attribute("payback.request_id", text: call.requestID)
        json.attribute("payback.cost_usd", text: call.cost?.decimalText)
    }
}

/// W3C trace context: `00-<trace>-<span>-<flags>`.
struct TraceParent {
    /// 32 hexadecimal digits.
    let traceID: String
    /// 16 hexadecimal digits.
    let spanID: String

    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, parts[0].count == 2, parts[0] != "ff", Self.isID(parts[1], 32), Self.isID(parts[2], 16)
        else { return nil }
        (traceID, spanID) = (parts[1], parts[2])
    }

    private static func isID(_ text: String, _ count: Int) -> Bool {
        text.utf8.count == count && text.contains { $0 != "0" }
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}

extension JSONBytes {
    /// Adds an attribute of text; nothing where there is none.
    fileprivate mutating func attribute(_ key: String, text: String?) {
        guard let text else { return }
        beginElement()
        add("key", key)
        begin("value")
        add("stringValue", text)
        end()
        end()
    }

    /// Adds an attribute of a whole number; nothing where there is none.
    fileprivate mutating func attribute(_ key: String, number: Int64?) {
        guard let number else { return }
        beginElement()
        add("key", key)
        begin("value")
        add("intValue", String(number))
        end()
        end()
    }
}
