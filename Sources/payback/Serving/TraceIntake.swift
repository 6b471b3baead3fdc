import Dashboard
import Documents
import Domain
import Importing
import Inputs
import Ledger
import Pricing
import Providers
import Reports

/// Takes spans from applications that do not use the gateway: `POST /v1/traces`, OTLP in protobuf or JSON.
struct TraceIntake: Sendable {
    let ledger: any UsageLedger
    /// What models cost now.
    let prices: @Sendable () -> PriceBook

    /// Reads spans into the ledger; the same span twice changes nothing.
    func take(_ request: ControlRoom.Delivery) async -> ControlRoom.Receipt {
        let type = request.contentType?.lowercased() ?? "application/json"
        guard type.hasPrefix("application/json") || type.hasPrefix("application/x-protobuf") else {
            return ControlRoom.Receipt(
                status: 415, "Send OTLP as application/x-protobuf or application/json, not as \(type).\n")
        }
        do {
            var summary = ReadingSummary()
            let writer = try ledger.writer()
            var sink = TraceSink(writer: writer)
            let run = ImportRun(
                options: ImportRun.Options(
                    format: FormatRegistry.named("otel"), prices: prices(), keepsPromptText: false, width: 1))
            let source = try source(request, isProtobuf: type.hasPrefix("application/x-protobuf"))
            try await run.read(source, named: "spans", into: &sink, &summary)
            let outcome = try writer.finish()
            let rejected = summary.diagnostics.rejections
            if rejected > 0, outcome.added + outcome.repeated == 0, let first = summary.diagnostics.entries.first {
                return ControlRoom.Receipt(status: 400, first.message + "\n")
            }
            let partial = rejected == 0 ? "{}" : "{\"partialSuccess\":{\"rejectedSpans\":\(rejected)}}"
            return ControlRoom.Receipt(type: "application/json", partial)
        } catch let error as OTLPProblem {
            return ControlRoom.Receipt(status: 400, error.message + "\n")
        } catch let error as InputError {
            return ControlRoom.Receipt(status: 400, error.description + "\n")
        } catch {
            return ControlRoom.Receipt(status: 503, "The spans cannot be kept now: \(error). Send them again.\n")
        }
    }

    /// The spans as JSON, whatever they came as.
    private func source(_ request: ControlRoom.Delivery, isProtobuf: Bool) throws -> any ByteSource {
        let isCompressed = request.contentEncoding?.lowercased() == "gzip"
        let bytes = isCompressed ? try decompressed(request.body) : request.body
        guard isProtobuf else { return MemoryByteSource(bytes) }
        let traces = try bytes.withUnsafeBufferPointer { try OTLPTraces.read($0) }
        return MemoryByteSource(Array(JSONOutput(traces).compactText.utf8))
    }
}

/// The whole of a gzip body; damage is an error, so that the sender sends it again.
private func decompressed(_ body: [UInt8]) throws(InputError) -> [UInt8] {
    let source = GzipByteSource(name: "spans", compressed: MemoryByteSource(body))
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let read = buffer.withUnsafeMutableBytes { raw in
            Result { () throws(InputError) in try source.read(into: raw) }
        }
        let count = try read.get()
        if count == 0 { return result }
        result += buffer[..<count]
        guard result.count <= 256 << 20 else {
            throw InputError(.malformed, file: "spans", "They are more than 256 MiB; send smaller batches.")
        }
    }
}

/// Hands batches to a ledger.
private struct TraceSink: RecordSink {
    let writer: any LedgerWriter

    mutating func take(_ batch: RecordBatch, from origin: BatchOrigin) throws { try writer.append(batch, from: origin) }
}
