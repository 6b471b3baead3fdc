package import Domain

/// Where records and control totals are kept. Engines speak SQL or not; nothing outside of them does.
///
/// Appending is idempotent: a record that is there already changes nothing.
package protocol UsageLedger: AnyObject, Sendable {
    /// Begins to append the records of one input.
    ///
    /// - Returns: the writer; nothing is lost or half-written if it is dropped before it finishes, but what it had not
    ///   committed yet is not there.
    func writer() throws(LedgerError) -> any LedgerWriter

    /// Answers a question about sums.
    ///
    /// - Returns: a row for each combination of the dimensions' values (and span of time, where the query has a grain)
    ///   that has records, in no particular order.
    func rows(for query: LedgerQuery) throws(LedgerError) -> [LedgerRow]

    /// Calls `body` with the records of a period, in the order of their time, batch by batch.
    ///
    /// The batches share one vocabulary that only grows. Records that another source had reported before are left out.
    func forEachBatch(in period: Period, _ body: (RecordBatch) throws -> Void) throws

    /// The records of one request, in the order of their time, with the gateway's account of each where there is one.
    ///
    /// - Parameters:
    ///   - requestID: the id, as the records carry it.
    ///   - period: where to look; ids that carry their time need not look everywhere.
    func request(_ requestID: String, in period: Period) throws(LedgerError) -> RecordBatch

    /// What bills and admin APIs said about times that overlap a period.
    func controlTotals(in period: Period) throws(LedgerError) -> [ControlTotal]

    /// From the first to the last record or sum whose time is known; `nil` where there are none. Where sums have outlived
    /// their records, it goes by whole hours.
    func extent() throws(LedgerError) -> Period?

    /// Removes single records whose time is before a moment; sums of them stay.
    ///
    /// - Parameter moment: midnight of a day: sums are kept by the day, so a part of one could not be told any more.
    /// - Returns: how many were removed.
    func removeRecords(before moment: Timestamp) throws(LedgerError) -> Int

    /// Computes the roll-ups of the days of a period anew from the records.
    func rebuildRollups(in period: Period) throws(LedgerError)
}

/// Appends the records of one input to a ledger.
package protocol LedgerWriter: AnyObject {
    /// Appends a batch; see ``RecordSink``.
    func append(_ batch: RecordBatch, from origin: BatchOrigin) throws(LedgerError)
    /// Takes the control totals that are appended from now on for a source's statement.
    func begin(_ statement: SourceStatement)
    /// Removes what earlier runs of the statement's scope said about times that overlap a period and this run has not
    /// said again: the source has revised it. It belongs to the next commit.
    ///
    /// - Returns: how many control totals were removed; none where no statement has begun.
    func withdrawOthers(in period: Period) throws(LedgerError) -> Int
    /// Commits what has been appended so far; more may follow.
    ///
    /// - Returns: what appending has come to up to now.
    func commit() throws(LedgerError) -> AppendOutcome
    /// Makes what has been committed survive a power failure as well.
    func checkpoint() throws(LedgerError)
    /// Commits what has been appended, for good.
    ///
    /// - Returns: what appending came to.
    func finish() throws(LedgerError) -> AppendOutcome
}

/// What appending came to.
package struct AppendOutcome: Sendable, Hashable {
    /// Records that are new.
    package var added = 0
    /// Records that were there already.
    package var repeated = 0
    /// New records whose response another source has reported before: kept, flagged, and not summed.
    package var flagged = 0
    /// Control totals that are new.
    package var controlTotalsAdded = 0
    /// Control totals that were there already.
    package var controlTotalsRepeated = 0
    /// Control totals that a source no longer states.
    package var controlTotalsWithdrawn = 0

    /// Creates an outcome of nothing.
    package init() {}
}

/// Why a ledger could not do what was asked.
package struct LedgerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: String, Sendable {
        /// The ledger is not there, or may not be opened.
        case unavailable
        /// It is there but is not a ledger, or one of a newer version.
        case incompatible
        /// It cannot be written: the disk is full, or it is read-only.
        case notWritable = "not_writable"
        /// Somebody else holds it.
        case busy
        /// It is damaged, or we made a mistake.
        case failed
    }

    /// The kind.
    package let code: Code
    /// Whether trying again may help.
    package let isRetryable: Bool
    /// What is wrong and what to do about it.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, isRetryable: Bool = false, _ message: String) {
        (self.code, self.isRetryable, self.message) = (code, isRetryable, message)
    }

    package var description: String { message }
}
