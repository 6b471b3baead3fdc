/// What reading inputs came to.
package struct ReadingSummary: Sendable {
    /// Rows that were there, rejected ones included.
    package var rowsRead = 0
    /// What was noticed.
    package var diagnostics = Diagnostics()
    /// The inputs and the formats they turned out to have; no format for an empty input.
    package var inputs: [(file: String, format: String?)] = []

    /// Creates an empty summary.
    package init() {}
}
