internal import Domain
internal import Ledger
internal import NIOCore
internal import NIOHTTP1
internal import Providers

extension Exchange {
    /// Whether the answer may be the results of a batch: what a batch cost is known only when they are read.
    var isBatchResult: Bool {
        guard head.method == .GET else { return false }
        let path = head.uri.prefix { $0 != "?" }
        return route.surface == .files && path.hasSuffix("/content")
            || route.surface == .batches && path.hasSuffix("/results")
    }

    /// Records every answer in the results of a batch, once: a result keeps its identity however often it is read.
    func recordBatchResults(_ results: ByteBuffer) {
        let lines = results.withUnsafeReadableBytes { BatchResults.read($0.bindMemory(to: UInt8.self)) }
        for line in lines where line.usageSource != .absent && line.responseID != nil {
            let outcome = CallOutcome(batchResult: line, of: self)
            loop.metrics.count(outcome, of: self)
            let moment = line.createdAt ?? Self.dayOfFirstReading(startedAt)
            append(
                batchResult: outcome, identity: ByteHash.hash(line.responseID ?? "", seed: 0x6261_7463_68), at: moment)
        }
    }

    /// Results that carry no time belong to the day on which they are read.
    private static func dayOfFirstReading(_ moment: Timestamp) -> Timestamp {
        Timestamp(microseconds: moment.day * Timestamp.microsecondsPerDay)
    }
}
