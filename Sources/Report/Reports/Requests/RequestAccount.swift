package import Documents
package import Domain
internal import JSONScan

/// One call, with everything that is known about it: the record, and the gateway's own account where there is one.
package struct RequestAccount: Sendable {
    let record: UsageRecord
    let batch: RecordBatch
    let trace: JSONValue

    /// Reads the account of one of a batch's records.
    package init(record: UsageRecord, of batch: RecordBatch) {
        (self.record, self.batch) = (record, batch)
        trace = batch.string(record.trace).flatMap { try? JSONValue.parse($0) } ?? .null
    }

    // MARK: One line

    /// Time, status, latency, tokens, money, and for whom.
    package var line: String {
        let parts = [
            record.startedAt.rfc3339, batch.string(record.requestID) ?? "-", "\(record.httpStatus)",
            record.status.name, milliseconds(record.latency), name(record.model), tokens, cost,
            [name(record.customer), name(record.feature)].joined(separator: "/"),
        ]
        return parts.joined(separator: "  ")
    }

    private var tokens: String {
        let usage = record.usage
        guard usage.isKnown else { return "- tokens" }
        return "\(usage.totalInput) in \(usage.output.orZero) out"
            + (record.usageSource == .estimated ? " (estimated)" : "")
    }

    private var cost: String { record.costKind == .unpriced ? "unpriced" : "$" + record.cost.decimalText }

    func name(_ term: Term) -> String { batch.vocabulary.text(term) ?? "-" }

    func milliseconds(_ micros: Int64) -> String {
        micros < 0 ? "-" : "\(Int128(micros).decimalText(scale: 3)) ms"
    }

    // MARK: Everything

    /// The whole account in plain text.
    package var text: String {
        var lines = ["\(batch.string(record.requestID) ?? "-")  call \(record.attempt), \(record.purpose.name)"]
        func add(_ label: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            lines.append("  " + label + String(repeating: " ", count: max(20 - label.count, 1)) + value)
        }
        add("started", record.startedAt.rfc3339)
        add("status", "\(record.status.name), HTTP \(record.httpStatus)")
        add("reason", batch.vocabulary.text(record.actionReason))
        add("fault", trace["fault"]?.text)
        add("model", model)
        add("for", whom)
        add("key", batch.vocabulary.text(record.credential))
        add("session", batch.string(record.session))
        add("tags", batch.vocabulary.text(record.tags)?.replacing("\n", with: ", "))
        add("tokens", bucketText)
        add("cost", costText)
        add(
            "baseline",
            record.baselineMethod.isAbsent ? nil : "$\(record.baseline.decimalText) (\(name(record.baselineMethod)))")
        add("worst case reserved", trace["worst_case_usd"]?.text.map { "$" + $0 })
        add(
            "decision", trace["decision"]?.text.map { "\(record.action.name): \(trace["decision_reason"]?.text ?? $0)" }
        )
        add("prompt", record.prompt.exact.isAbsent ? nil : record.prompt.exact.hexadecimal)
        add("response id", batch.string(record.responseID))
        add("latency", milliseconds(record.latency))
        add("first byte", milliseconds(record.timeToFirstToken))
        add("durability", trace["durability"]?.text)
        lines += phaseLines + attemptLines
        return lines.joined(separator: "\n") + "\n"
    }

    var model: String {
        let provider = name(record.provider)
        let served = "\(provider)/\(name(record.model))"
        guard record.requestedModel != record.model, !record.requestedModel.isAbsent else { return served }
        return "\(served), asked for \(name(record.requestedModel))"
    }

    var whom: String {
        [("customer", record.customer), ("feature", record.feature), ("team", record.team)]
            .compactMap { label, term in batch.vocabulary.text(term).map { "\(label) \($0)" } }.joined(separator: ", ")
    }

    var bucketText: String {
        guard record.usage.isKnown else { return "not known" }
        let known = buckets.compactMap { bucket, count in count.known.map { "\(bucket) \($0)" } }
        return known.joined(separator: ", ") + " (\(record.usageSource.name))"
    }

    var costText: String {
        record.costKind == .unpriced
            ? "unpriced" : "$\(record.cost.decimalText) (\(record.costKind.name) by \(name(record.priceBookVersion)))"
    }

    private var buckets: [(String, TokenCount)] {
        let usage = record.usage
        return [
            ("uncached_input", usage.uncachedInput), ("cache_read", usage.cacheRead),
            ("cache_write_5m", usage.cacheWrite5m), ("cache_write_1h", usage.cacheWrite1h), ("output", usage.output),
            ("reasoning", usage.reasoning),
        ]
    }

    private var phaseLines: [String] {
        let phases = trace["phases_us"]?.members ?? []
        if phases.isEmpty { return [] }
        return ["  phases, from the request's first byte"]
            + phases.map { phase in
                "    " + phase.key + String(repeating: " ", count: max(18 - phase.key.count, 1))
                    + milliseconds(phase.value.integer ?? -1)
            }
    }

    private var attemptLines: [String] {
        let attempts = trace["attempts"]?.elements ?? []
        if attempts.isEmpty { return [] }
        return ["  attempts"]
            + attempts.enumerated().map { number, attempt in
                let result = attempt["failure"]?.text ?? "HTTP \(attempt["status"]?.text ?? "-")"
                let start = milliseconds(attempt["started_us"]?.integer ?? -1)
                let took = attempt["took_us"]?.integer.map { ", took \(milliseconds($0))" } ?? ""
                return
                    "    \(number + 1)  \(attempt["upstream"]?.text ?? "-")/\(attempt["model"]?.text ?? "-")  \(result)  at \(start)\(took)"
            }
    }

    // MARK: JSON

    /// The whole account.
    package var json: JSONOutput {
        [
            "request_id": .text(batch.string(record.requestID)), "attempt": .integer(Int64(record.attempt)),
            "purpose": .string(record.purpose.name), "started_at": .string(record.startedAt.rfc3339),
            "status": .string(record.status.name), "http_status": .integer(Int64(record.httpStatus)),
            "reason": text(record.actionReason), "provider": text(record.provider), "model": text(record.model),
            "requested_model": text(record.requestedModel), "service_tier": text(record.serviceTier),
            "response_id": .text(batch.string(record.responseID)), "customer": text(record.customer),
            "feature": text(record.feature), "team": text(record.team), "key": text(record.credential),
            "session": .text(batch.string(record.session)), "tags": text(record.tags),
            "tokens": .object(buckets.map { JSONOutput.Member($0, .count($1.known)) }),
            "usage_source": .string(record.usageSource.name),
            "cost_usd": record.costKind == .unpriced ? .null : .money(record.cost),
            "cost_kind": .string(record.costKind.name), "price_book_version": text(record.priceBookVersion),
            "baseline_usd": record.baselineMethod.isAbsent ? .null : .money(record.baseline),
            "action": .string(record.action.name),
            "latency_ms": duration(record.latency), "time_to_first_byte_ms": duration(record.timeToFirstToken),
            "prompt_hash": record.prompt.exact.isAbsent ? .null : .string(record.prompt.exact.hexadecimal),
            "trace": JSONOutput(trace),
        ]
    }

    private func text(_ term: Term) -> JSONOutput { .text(batch.vocabulary.text(term)) }

    private func duration(_ micros: Int64) -> JSONOutput {
        micros < 0 ? .null : .exact(Int128(micros).decimalText(scale: 3))
    }
}
