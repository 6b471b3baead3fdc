internal import Domain

/// Decides whether a record has been counted before.
///
/// Records with an id of their source are the same when source and id are. Records without one are the same when their
/// rows are equal and they come in different inputs: the n-th equal row of one file is the n-th of another, so a file
/// given twice counts once, and a file with equal rows counts them all.
struct RecordDeduplication: Sendable {
    private struct Occurrences: Sendable {
        var counted: UInt32
        var here: UInt32
        var input: UInt32
    }

    private var identities = HashSet64()
    private var rows = HashMap64(empty: Occurrences(counted: 0, here: 0, input: .max))
    private var responses: [UInt64: Term] = [:]
    /// Equal rows can only be told apart by their file; with one file there is nothing to do.
    private let hasSeveralInputs: Bool
    /// Records that had been counted before.
    private(set) var repeated = 0
    /// Records whose response id another source has reported already.
    private(set) var reportedTwice = 0

    init(hasSeveralInputs: Bool) { self.hasSeveralInputs = hasSeveralInputs }

    /// Loads what an identity will need; see ``HashSet64/warm(_:)``.
    func warm(_ identity: UInt64) -> UInt64 { identities.warm(identity) }

    /// Whether the record is to be counted.
    mutating func isNew(_ record: UsageRecord, source: Term, in batch: RecordBatch, input: Int) -> Bool {
        guard record.hasSourceID ? identities.insert(record.identity) : isNewRow(record.identity, input: UInt32(input))
        else {
            repeated += 1
            return false
        }
        guard hasSeveralInputs, !record.responseID.isEmpty else { return true }
        let bytes = batch.text[
            Int(record.responseID.start)..<(Int(record.responseID.start) + Int(record.responseID.count))]
        let hash = bytes.withUnsafeBufferPointer { $0.baseAddress.map { ByteHash.hash($0, count: bytes.count) } ?? 0 }
        if let first = responses[hash], first != source {
            reportedTwice += 1
            return false
        }
        responses[hash] = source
        return true
    }

    private mutating func isNewRow(_ hash: UInt64, input: UInt32) -> Bool {
        guard hasSeveralInputs else { return true }
        return rows.update(hash) { row, isKnown in
            if !isKnown || row.input != input { (row.here, row.input) = (0, input) }
            row.here += 1
            if row.here <= row.counted { return false }
            row.counted = row.here
            return true
        }
    }
}
