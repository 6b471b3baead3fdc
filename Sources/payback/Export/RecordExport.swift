import Documents
import Domain

/// A record as the generic format names its fields, so that what is exported can be imported again.
enum RecordExport {
    /// The columns of the CSV.
    static let columns = [
        "timestamp", "request_id", "response_id", "provider", "host_provider", "model", "requested_model",
        "service_tier",
        "region", "uncached_input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning",
        "latency_ms",
        "time_to_first_token_ms", "customer", "feature", "team", "environment", "session", "credential", "prompt_hash",
        "template", "cost_usd", "status", "purpose",
    ]

    /// The record's fields, in the order of ``columns``; those about which nothing is known are `null`.
    static func members(_ record: UsageRecord, _ batch: RecordBatch) -> [JSONOutput.Member] {
        let names = batch.vocabulary
        func text(_ term: Term) -> JSONOutput { .text(names.text(term)) }
        func tokens(_ count: TokenCount) -> JSONOutput { .count(count.known) }
        let usage = record.usage
        let values: [JSONOutput] = [
            record.startedAt.isKnown ? .string(record.startedAt.rfc3339) : .null, .text(batch.string(record.requestID)),
            .text(batch.string(record.responseID)), text(record.provider), text(record.hostProvider),
            text(record.model),
            text(record.requestedModel), text(record.serviceTier), text(record.region), tokens(usage.uncachedInput),
            tokens(usage.cacheRead), tokens(usage.cacheWrite5m), tokens(usage.cacheWrite1h), tokens(usage.output),
            tokens(usage.reasoning), milliseconds(record.latency), milliseconds(record.timeToFirstToken),
            text(record.customer), text(record.feature), text(record.team), text(record.environment),
            .text(batch.string(record.session)), text(record.credential), hash(record, batch), text(record.template),
            record.costKind == .unpriced ? .null : .money(record.cost), status(record), .string(record.purpose.name),
        ]
        return zip(columns, values).map { JSONOutput.Member($0, $1) }
    }

    /// One line of JSON, without the fields about which nothing is known.
    static func line(_ record: UsageRecord, _ batch: RecordBatch) -> String {
        JSONOutput.object(members(record, batch).filter { $0.value != .null }).compactText + "\n"
    }

    /// One row of CSV.
    static func row(_ record: UsageRecord, _ batch: RecordBatch) -> String {
        CSVRenderer.row(
            members(record, batch).map { member in
                switch member.value {
                case .null: ""
                case .string(let text): text
                default: member.value.compactText
                }
            })
    }

    private static func milliseconds(_ microseconds: Int64) -> JSONOutput {
        microseconds < 0 ? .null : .number(Double(microseconds) / 1_000)
    }

    private static func hash(_ record: UsageRecord, _ batch: RecordBatch) -> JSONOutput {
        if let label = batch.string(record.prompt.label) { return .string(label) }
        return record.prompt.exact.isAbsent ? .null : .string(record.prompt.exact.hexadecimal)
    }

    private static func status(_ record: UsageRecord) -> JSONOutput {
        record.httpStatus > 0 ? .integer(Int64(record.httpStatus)) : .string(record.status.name)
    }
}
