import Domain
import Foundation
import Importing
import Inputs
import Pricing
import Prompts

/// Everything that a run read, in one batch, for tests to look at.
struct ReadInput: RecordSink {
    var batch = RecordBatch()
    private var translations: [Int: TermTranslation] = [:]
    var summary = ReadingSummary()

    var records: [UsageRecord] { batch.records }
    var controlTotals: [ControlTotal] { batch.controlTotals }
    var codes: [String] { summary.diagnostics.entries.map(\.code) }

    /// The text of a term of a record, `nil` where absent.
    func name(_ term: Term) -> String? { batch.vocabulary.text(term) }
    /// The text of a span of a record.
    func text(_ span: TextSpan) -> String? { batch.string(span) }
    /// The first diagnostic of a code.
    func diagnostic(_ code: String) -> Diagnostic? { summary.diagnostics.entries.first { $0.code == code } }

    /// Reads a text as an input.
    static func reading(
        _ text: String, format: (any UsageFormat)? = nil, prices: PriceBook? = nil
    ) async throws -> ReadInput {
        try await reading(Array(text.utf8), format: format, prices: prices)
    }

    /// Reads bytes as an input.
    static func reading(
        _ bytes: [UInt8], format: (any UsageFormat)? = nil, prices: PriceBook? = nil
    ) async throws -> ReadInput {
        var sink = ReadInput()
        var summary = ReadingSummary()
        let run = ImportRun(options: .init(format: format, prices: try prices ?? .shipped()))
        try await run.read(MemoryByteSource(bytes), named: "test input", into: &sink, &summary)
        sink.summary = summary
        return sink
    }

    /// Reads a file of `Tests/Fixtures`.
    static func fixture(_ path: String, prices: PriceBook? = nil) async throws -> ReadInput {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures")
        return try await reading(Array(Data(contentsOf: folder.appending(path: path))), prices: prices)
    }

    mutating func take(_ batch: RecordBatch, from origin: BatchOrigin) {
        translations[origin.parser, default: TermTranslation()].extend(
            from: batch.vocabulary, into: &self.batch.vocabulary)
        guard let translate = translations[origin.parser] else { return }
        for record in batch.records {
            let moved = record.moved(from: batch, to: &self.batch, translate)
            self.batch.records.append(moved)
        }
        self.batch.controlTotals += batch.controlTotals
    }
}
