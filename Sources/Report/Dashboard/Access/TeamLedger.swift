package import Domain
package import Ledger

/// A ledger as a team's viewer sees it: that team's records, and nothing of bills, which are everybody's.
///
/// Every page asks the ledger that its viewer gets, so none of them can forget whom it shows.
package final class TeamLedger: UsageLedger {
    private let whole: any UsageLedger
    private let teams: Set<String>

    /// Shows the records of some teams.
    package init(_ whole: any UsageLedger, teams: Set<String>) { (self.whole, self.teams) = (whole, teams) }

    package func rows(for query: LedgerQuery) throws(LedgerError) -> [LedgerRow] {
        var query = query
        let own = Set(teams.map(Optional.some))
        query.filter[.team] = query.filter[.team].map { $0.intersection(own) } ?? own
        // A filter without a value lets nothing through.
        if query.filter[.team]?.isEmpty ?? true { return [] }
        return try whole.rows(for: query)
    }

    package func forEachBatch(in period: Period, _ body: (RecordBatch) throws -> Void) throws {
        try whole.forEachBatch(in: period) { try body(own($0)) }
    }

    package func request(_ requestID: String, in period: Period) throws(LedgerError) -> RecordBatch {
        own(try whole.request(requestID, in: period))
    }

    package func controlTotals(in period: Period) throws(LedgerError) -> [ControlTotal] { [] }

    package func extent() throws(LedgerError) -> Period? { try whole.extent() }

    private func own(_ batch: RecordBatch) -> RecordBatch {
        var batch = batch
        batch.records.removeAll { record in
            !(batch.vocabulary.text(record.team).map { teams.contains($0) } ?? false)
        }
        return batch
    }

    // MARK: Changes are not for viewers

    package func writer() throws(LedgerError) -> any LedgerWriter { throw Self.readOnly }

    package func removeRecords(before moment: Timestamp) throws(LedgerError) -> Int { throw Self.readOnly }

    package func rebuildRollups(in period: Period) throws(LedgerError) { throw Self.readOnly }

    private static let readOnly = LedgerError(.notWritable, "A team's view of the ledger cannot be written.")
}
