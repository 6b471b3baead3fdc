internal import Domain

/// Reads usage, model and id off a streamed answer as it passes, and takes out what the caller did not ask for.
package struct StreamMeter {
    /// What to pass on of some bytes.
    package enum Relay: Sendable, Hashable {
        /// All, as they came.
        case verbatim
        /// None yet: they belong to an event that is not whole.
        case nothing
        /// These.
        case bytes([UInt8])
    }

    /// The largest event that is looked into; from a larger one on the stream passes unmetered.
    private static let mostPending = 16 << 20
    private let hidesUsageChunk: Bool
    private var framer = StreamFramer()
    private var reader: StreamReader
    /// The unit that is not whole yet, and how far it has been looked at.
    private var pending: [UInt8] = []
    private var scanned = 0
    private var isBlind = false
    /// Bedrock's streams are framed in a way of their own.
    private var bedrock: BedrockStreamMeter?

    /// Creates a meter for one answer.
    ///
    /// - Parameter hidesUsageChunk: whether the gateway asked for OpenAI's usage chunk and the caller did not: then the
    ///   chunk is taken out, and an event is passed on only when it is whole.
    package init(surface: APISurface, hidesUsageChunk: Bool) {
        self.hidesUsageChunk = hidesUsageChunk
        reader = StreamReader(surface: surface)
        if surface == .converse || surface == .invokeModel { bedrock = BedrockStreamMeter() }
    }

    /// Takes the next bytes in.
    package mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> Relay {
        if isBlind { return .verbatim }
        if bedrock != nil {
            bedrock?.take(bytes)
            return .verbatim
        }
        guard pending.isEmpty else {
            pending += bytes
            let held = pending
            return held.withUnsafeBufferPointer { look($0, isContinued: true) }
        }
        scanned = 0
        return look(bytes, isContinued: false)
    }

    /// Ends the stream.
    ///
    /// - Returns: bytes that were held back, and what the stream told.
    package mutating func finish() -> (rest: [UInt8], result: MeteredResponse) {
        if let result = bedrock?.finish() { return ([], result) }
        let rest = pending
        if !isBlind, !rest.isEmpty {
            // The last event may lack its blank line.
            rest.withUnsafeBufferPointer { unit in
                framer.withPayload(of: unit) { _ = reader.read($0) }
            }
        }
        pending = []
        return (hidesUsageChunk ? rest : [], reader.result)
    }

    /// Looks at the units that are whole, and keeps the rest.
    private mutating func look(_ bytes: UnsafeBufferPointer<UInt8>, isContinued: Bool) -> Relay {
        var start = 0
        var kept: [UInt8] = []
        var isChanged = isContinued
        var position = scanned
        while start < bytes.count, let end = framer.end(from: start, scanned: max(position, start), in: bytes) {
            let unit = UnsafeBufferPointer(rebasing: bytes[start..<end])
            var hides = false
            framer.withPayload(of: unit) { payload in hides = reader.read(payload) && hidesUsageChunk }
            if hides {
                if !isChanged { kept += bytes[..<start] }
                isChanged = true
            } else if isChanged {
                kept += unit
            }
            start = end
            position = end
        }
        return keep(bytes, from: start, kept, isChanged)
    }

    private mutating func keep(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ kept: [UInt8], _ isChanged: Bool
    ) -> Relay {
        pending = Array(bytes[start...])
        scanned = pending.count
        guard hidesUsageChunk else {
            if pending.count > Self.mostPending { (isBlind, pending) = (true, []) }
            return .verbatim
        }
        var passed = kept
        if !isChanged {
            if start == bytes.count { return .verbatim }
            passed = Array(bytes[..<start])
        }
        if pending.count > Self.mostPending {
            passed += pending
            (isBlind, pending) = (true, [])
        }
        return passed.isEmpty ? .nothing : .bytes(passed)
    }
}
