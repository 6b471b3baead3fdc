import Auditing
import Domain
import Foundation
import Importing
import Inputs
import Pricing

/// Audits texts and files as the command line does.
enum AuditFiles {
    /// The folder of shared data beside the project, if it is there.
    static let shared = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "../shared/data").standardizedFileURL

    static func isThere(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: shared.appending(path: path).path)
    }

    static func findings(
        _ texts: [String], format: (any UsageFormat)? = nil, period: Period = .always, invoices: [ControlTotal] = []
    ) async throws -> Findings {
        var accumulator = AuditAccumulator(period: period, hasSeveralInputs: texts.count > 1)
        var summary = ReadingSummary()
        let run = ImportRun(options: .init(format: format, prices: try .shipped()))
        for (number, text) in texts.enumerated() {
            let source = MemoryByteSource(Array(text.utf8))
            try await run.read(source, named: "input \(number)", number: number, into: &accumulator, &summary)
        }
        return accumulator.findings(top: 10, run: summary, invoices: invoices)
    }

    static func findings(sharedFile path: String, format: (any UsageFormat)? = nil) async throws -> Findings {
        var accumulator = AuditAccumulator(hasSeveralInputs: false)
        let run = ImportRun(options: .init(format: format, prices: try .shipped()))
        let summary = try await run.read(files: [shared.appending(path: path).path], into: &accumulator)
        return accumulator.findings(top: 10, run: summary)
    }
}
