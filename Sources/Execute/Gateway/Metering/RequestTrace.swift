internal import Domain
internal import NIOHTTP1
internal import Providers

extension Exchange {
    /// The gateway's own account of the call, as JSON: what `payback requests show` tells beyond the record.
    func trace(_ outcome: CallOutcome) -> [UInt8] {
        var json = JSONBytes()
        json.begin()
        json.add("surface", route.surface.name)
        json.add("method", head.method.rawValue)
        json.add("stream", relay.isStream)
        addPhases(&json)
        addAttempts(&json)
        json.add("worst_case_usd", number: worstCase?.decimalText)
        json.add("decision", (course?.action ?? .pass).name)
        json.add("decision_reason", course?.reason ?? (targets.count > 1 ? "alias" : "as_asked"))
        if addedOutputLimit != nil { json.add("output_limit_added", number: addedOutputLimit.map(String.init)) }
        if let latency = outcome.providerLatency { json.add("provider_latency_ms", number: String(latency)) }
        if let error = outcome.errorType { json.add("error", error) }
        if let fault = fault(outcome) { json.add("fault", fault) }
        json.add("durability", snapshot.configuration.journal.durability.rawValue)
        json.end()
        return json.bytes
    }

    /// Microseconds from the request's first byte to the end of each phase.
    private func addPhases(_ json: inout JSONBytes) {
        json.begin("phases_us")
        let now = loop.now
        for (name, time) in [
            ("received", times.received), ("admitted", times.admitted), ("sent", times.sent),
            ("first_byte", times.firstByte), ("ended", times.ended), ("settled", now),
        ] where time >= times.start {
            json.add(name, number: String((time - times.start) / 1_000))
        }
        json.add("overhead", number: String(times.overhead(at: now) / 1_000))
        json.end()
    }

    private func addAttempts(_ json: inout JSONBytes) {
        json.beginArray("attempts")
        for attempt in attempts {
            json.beginElement()
            json.add("upstream", attempt.target.upstream.name)
            if let model = attempt.target.model { json.add("model", model) }
            json.add("status", number: String(attempt.status))
            if let failure = attempt.failure { json.add("failure", failure.word) }
            json.add("started_us", number: String((max(attempt.startedAt, times.start) - times.start) / 1_000))
            if attempt.endedAt >= attempt.startedAt {
                json.add("took_us", number: String((attempt.endedAt - attempt.startedAt) / 1_000))
            }
            json.end()
        }
        json.endArray()
    }

    /// Whose fault a failure is.
    private func fault(_ outcome: CallOutcome) -> String? {
        switch outcome.status {
        case .ok: nil
        case .refused, .cancelled: "caller"
        case .failed: (400..<500).contains(outcome.httpStatus) && outcome.httpStatus != 429 ? "caller" : "provider"
        }
    }
}
