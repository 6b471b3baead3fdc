internal import Domain
internal import Inputs
internal import JSONScan
internal import Pricing
internal import Prompts

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Parses chunks of one input into batches of records.
///
/// `@unchecked Sendable`: a parser is handed from the pool to one child task at a time and back; it is never shared.
final class ChunkParser: @unchecked Sendable {
    /// The chunk at hand.
    let chunk = Chunk()
    /// What the last chunk held.
    private(set) var builder: RecordBuilder
    /// How many documents the last chunk had.
    private(set) var rowsRead = 0
    /// How many lines the last chunk had.
    private(set) var lineCount = 0
    private let format: any UsageFormat
    private let delimiter: UInt8?
    private let columns: [Int16]
    private var scanner: FieldScanner
    private var cells: [FieldValue]

    init(input: DetectedInput, prices: PriceBook, promptKey: PromptKey, keepsPromptText: Bool) {
        let plan = input.format.plan
        format = input.format
        builder = RecordBuilder(
            source: input.format.name, prices: prices, promptKey: promptKey, keepsPromptText: keepsPromptText)
        scanner = FieldScanner(plan: plan)
        cells = Array(repeating: .absent, count: plan.slotCount)
        columns = input.header.map { plan.slots(ofColumns: $0) } ?? []
        if case .delimited(let delimiter) = input.framing { self.delimiter = delimiter } else { delimiter = nil }
    }

    /// Parses the chunk; the result is in `builder` until the next call.
    func parse() {
        builder.batch.removeRecords()
        builder.diagnostics.removeAll()
        rowsRead = 0
        for line in chunk.skippedLines {
            builder.line = line
            rowsRead += 1
            builder.note("row_too_long", "The row is longer than 16 MiB and was skipped.", severity: .rejection)
        }
        if delimiter != nil { parseCells() } else { parseJSON() }
        lineCount = chunk.leadingLines + (chunk.lineCount ?? lineCount)
    }

    // MARK: CSV

    private func parseCells() {
        let documents = chunk.documents ?? []
        for (position, document) in documents.enumerated() {
            builder.line = chunk.leadingLines + document.line
            if chunk.hasUnclosedQuote, position == documents.count - 1 {
                rejectUnclosed()
                continue
            }
            let bytes = UnsafeBufferPointer(rebasing: chunk.buffer[document.range])
            if isUTF8(bytes) { readCells(bytes) } else { transcoded(bytes) { readCells($0) } }
        }
    }

    private func rejectUnclosed() {
        rowsRead += 1
        builder.note(
            "unclosed_quote",
            "A quote is never closed: everything from this row to the end is its text. Repair the quote.",
            severity: .rejection)
    }

    private func readCells(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let base = bytes.baseAddress, let delimiter else { return }
        for slot in cells.indices { cells[slot] = .absent }
        let count = DelimitedRecord.forEachCell(base, 0..<bytes.count, delimiter: delimiter) { column, value in
            guard column < columns.count, columns[column] >= 0, value.kind != .absent else { return }
            cells[Int(columns[column])] = value
        }
        if count != columns.count {
            rowsRead += 1
            builder.note(
                "wrong_cell_count", "The row has \(count) cells, the header \(columns.count).", severity: .rejection)
            return
        }
        cells.withUnsafeBufferPointer { read(FieldRow(base: base, values: $0, whole: bytes)) }
    }

    // MARK: JSON

    private func parseJSON() {
        do throws(JSONScanError) {
            try scanner.start(chunk.buffer)
            eachDocument { [self] (range) throws(JSONScanError) in try scanner.next(in: range) }
        } catch {
            // One line has damaged the index of all: index line by line.
            builder.batch.removeRecords()
            builder.diagnostics.removeAll()
            rowsRead = chunk.skippedLines.count
            eachDocument { [self] (range) throws(JSONScanError) in
                try scanner.start(UnsafeBufferPointer(rebasing: chunk.buffer[range]))
                try scanner.next(in: 0..<range.count)
            }
        }
    }

    private func eachDocument(_ scan: (Range<Int>) throws(JSONScanError) -> Void) {
        if let documents = chunk.documents {
            for document in documents {
                builder.line = chunk.leadingLines + document.line
                readDocument(document.range, scan)
            }
            return
        }
        var start = 0
        var line = 0
        while start < chunk.count {
            let end =
                memchr(chunk.bytes + start, 0x0A, chunk.count - start)
                .map { chunk.bytes.distance(to: $0.assumingMemoryBound(to: UInt8.self)) } ?? chunk.count
            if !isBlank(start..<end) {
                builder.line = chunk.leadingLines + line
                readDocument(start..<end, scan)
            }
            start = end + 1
            line += 1
        }
        lineCount = line
    }

    private func readDocument(_ range: Range<Int>, _ scan: (Range<Int>) throws(JSONScanError) -> Void) {
        do throws(JSONScanError) {
            try scan(range)
            let whole = UnsafeBufferPointer(rebasing: chunk.buffer[range])
            // Positions count from where the scanner started: the chunk, or this document.
            let base = scanner.base
            scanner.withValues { read(FieldRow(base: base, values: $0, whole: whole)) }
        } catch {
            retry(UnsafeBufferPointer(rebasing: chunk.buffer[range]), error)
        }
    }

    /// A row that is not UTF-8 is read once more as Latin-1; anything else is rejected.
    private func retry(_ bytes: UnsafeBufferPointer<UInt8>, _ error: JSONScanError) {
        if !isUTF8(bytes) {
            transcoded(bytes) { text in
                do throws(JSONScanError) {
                    try scanner.start(text)
                    try scanner.next(in: 0..<text.count)
                    let base = scanner.base
                    scanner.withValues { read(FieldRow(base: base, values: $0, whole: text)) }
                } catch { reject(error) }
            }
        } else {
            reject(error)
        }
    }

    private func reject(_ error: JSONScanError) {
        rowsRead += 1
        builder.note("not_json", "The row is not a JSON object: \(error.reason).", severity: .rejection)
    }

    // MARK: Rows

    private func read(_ row: FieldRow) {
        rowsRead += 1
        do throws(RowProblem) {
            try format.read(row, into: &builder)
        } catch {
            builder.note(error.code, error.message, severity: .rejection)
        }
    }

    private func transcoded(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        builder.note("not_utf8", "The row is not UTF-8; it was read as Latin-1.")
        var text: [UInt8] = []
        for byte in bytes { text.append(contentsOf: String(Unicode.Scalar(byte)).utf8) }
        text.withUnsafeBufferPointer(body)
    }

    private func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
    }

    /// Nothing but blanks, tabs and carriage returns.
    private func isBlank(_ range: Range<Int>) -> Bool {
        range.allSatisfy { chunk.bytes[$0] == 0x20 || chunk.bytes[$0] == 0x09 || chunk.bytes[$0] == 0x0D }
    }
}
