/// Cuts a provider's stream into the payloads of whole events, wherever its bytes are cut.
struct StreamUnits {
    /// The largest event that is waited for.
    private static let mostPending = 16 << 20
    private var framer = StreamFramer()
    private var pending: [UInt8] = []
    private var scanned = 0

    /// Takes the next bytes in, and hands out the payloads that are whole.
    ///
    /// - Returns: `false` where an event is too large to wait for.
    mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) -> Bool {
        pending += bytes
        let held = pending
        var start = 0
        held.withUnsafeBufferPointer { held in
            var position = scanned
            while start < held.count, let end = framer.end(from: start, scanned: max(position, start), in: held) {
                framer.withPayload(of: UnsafeBufferPointer(rebasing: held[start..<end]), body)
                (start, position) = (end, end)
            }
        }
        pending.removeFirst(start)
        scanned = pending.count
        return pending.count <= Self.mostPending
    }

    /// Hands out the last payload, whose blank line may be missing.
    mutating func finish(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let rest = pending
        pending = []
        rest.withUnsafeBufferPointer { framer.withPayload(of: $0, body) }
    }
}
