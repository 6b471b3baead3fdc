internal import JSONScan

extension FieldPlan {
    /// Calls `body` with the row that a text holds as JSON.
    ///
    /// - Throws: ``RowProblem`` where it is none, and what `body` throws.
    func withRow(of text: String, _ body: (FieldRow) throws(RowProblem) -> Void) throws(RowProblem) {
        let bytes = Array(text.utf8)
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(RowProblem) in try read(buffer, body) }
        }
        try result.get()
    }

    private func read(
        _ buffer: UnsafeBufferPointer<UInt8>, _ body: (FieldRow) throws(RowProblem) -> Void
    ) throws(RowProblem) {
        var scanner = FieldScanner(plan: self)
        do throws(JSONScanError) {
            try scanner.start(buffer)
            try scanner.next(in: 0..<buffer.count)
        } catch {
            throw RowProblem("not_json", "A message is not a JSON object: \(error.reason).")
        }
        let base = scanner.base
        var problem: RowProblem?
        scanner.withValues { values in
            do throws(RowProblem) {
                try body(FieldRow(base: base, values: values, whole: buffer))
            } catch {
                problem = error
            }
        }
        if let problem { throw problem }
    }
}
