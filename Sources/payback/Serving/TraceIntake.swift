import Documents
import Domain
import Gateway
import Importing
import Inputs
import Ledger
import Pricing

/// Takes spans from applications that do not use the gateway: `POST /v1/traces`, OTLP in its JSON encoding.
struct TraceIntake: Sendable {
    let ledger: any UsageLedger
    let prices: PriceBook

    /// Reads spans into the ledger; the same span twice changes nothing.
    func take(_ request: AdminRequest) async -> AdminResponse {
        let type = request.contentType?.lowercased() ?? "application/json"
        guard type.hasPrefix("application/json") else {
            return AdminResponse(
                status: 415,
                "Send OTLP as application/json (OTEL_EXPORTER_OTLP_PROTOCOL=http/json); \(type) is not read yet.\n")
        }
        do {
            var summary = ReadingSummary()
            let writer = try ledger.writer()
            var sink = TraceSink(writer: writer)
            let run = ImportRun(
                options: ImportRun.Options(
                    format: FormatRegistry.named("otel"), prices: prices, keepsPromptText: false, width: 1))
            try await run.read(source(request), named: "spans", into: &sink, &summary)
            let outcome = try writer.finish()
            let rejected = summary.diagnostics.rejections
            if rejected > 0, outcome.added + outcome.repeated == 0, let first = summary.diagnostics.entries.first {
                return AdminResponse(status: 400, first.message + "\n")
            }
            let partial = rejected == 0 ? "{}" : "{\"partialSuccess\":{\"rejectedSpans\":\(rejected)}}"
            return AdminResponse(contentType: "application/json", partial)
        } catch let error as InputError {
            return AdminResponse(status: 400, error.description + "\n")
        } catch {
            return AdminResponse(status: 503, "The spans cannot be kept now: \(error). Send them again.\n")
        }
    }

    private func source(_ request: AdminRequest) -> any ByteSource {
        let bytes = MemoryByteSource(request.body)
        return request.contentEncoding?.lowercased() == "gzip"
            ? GzipByteSource(name: "spans", compressed: bytes) : bytes
    }
}

/// Hands batches to a ledger.
private struct TraceSink: RecordSink {
    let writer: any LedgerWriter

    mutating func take(_ batch: RecordBatch, from origin: BatchOrigin) throws { try writer.append(batch, from: origin) }
}
