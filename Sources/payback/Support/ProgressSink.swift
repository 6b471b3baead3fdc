import Domain

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Hands batches on and shows on a terminal how many records there have been; quiet in a pipe.
struct ProgressSink<Sink: RecordSink>: RecordSink {
    var sink: Sink
    private var records = 0
    private var shown = 0
    private let isShown = isatty(2) == 1

    init(_ sink: Sink) { self.sink = sink }

    mutating func take(_ batch: RecordBatch, from origin: BatchOrigin) throws {
        try sink.take(batch, from: origin)
        records += batch.records.count
        guard isShown, records - shown >= 100_000 else { return }
        shown = records
        show("\r\(records) records")
    }

    /// Clears the line.
    mutating func finish() { if shown > 0 { show("\r\u{1B}[K") } }

    private func show(_ text: String) {
        _ = text.utf8CString.withUnsafeBufferPointer { write(2, $0.baseAddress, $0.count - 1) }
    }
}
