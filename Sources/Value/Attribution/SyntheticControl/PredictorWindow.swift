/// Columns whose mean over a stretch of time predicts the outcome: `lnincome,retprice@1980-1988`.
package struct PredictorWindow: Sendable, Hashable {
    /// The columns.
    package let columns: [String]
    /// The first and the last time as they were written; `nil` for all times before the start.
    package let span: (first: String, last: String)?

    /// Reads `a,b`, `a@1975`, `a,b@1980-1988` or `a@2025-01..2025-06`.
    ///
    /// - Throws: ``StudyError`` where a column or a time is missing.
    package init(_ text: String) throws(StudyError) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        columns = (parts.first ?? "").split(separator: ",").map {
            $0.lowercased().split(separator: " ").joined(separator: " ")
        }
        guard !columns.isEmpty, parts.count <= 2 else { throw Self.fault(text) }
        span = parts.count == 2 ? try Self.span(parts[1], text) : nil
    }

    private static func span(_ text: String, _ whole: String) throws(StudyError) -> (String, String) {
        let separator = text.contains("..") ? ".." : "-"
        // A month or a day holds hyphens of its own.
        let isPlain = separator == "-" && TimePoint(text) != nil
        let ends = isPlain ? [text] : text.split(separator: separator).map(String.init)
        guard let first = ends.first, let last = ends.last, ends.count <= 2, let a = TimePoint(first),
            let b = TimePoint(last), a <= b
        else { throw fault(whole) }
        return (first, last)
    }

    private static func fault(_ text: String) -> StudyError {
        StudyError(
            .badInput, "--predictors \"\(text)\" is not understood; write a,b@1980-1988, a@1975 or a@2025-01..2025-06.")
    }

    package static func == (a: Self, b: Self) -> Bool {
        a.columns == b.columns && a.span?.first == b.span?.first && a.span?.last == b.span?.last
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(columns) }
}
