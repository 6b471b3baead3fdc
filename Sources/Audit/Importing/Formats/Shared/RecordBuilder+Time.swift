internal import Domain

extension RecordBuilder {
    /// Says so where a record has no time.
    mutating func checkTime(of record: UsageRecord) {
        guard record.startedAt.microseconds == 0 else { return }
        note("no_timestamp", "Rows without a time are counted, but belong to no day and to no period.")
    }
}
