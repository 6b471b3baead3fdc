internal import CZlib

/// Why bytes are no event stream.
package struct EventStreamProblem: Error, Sendable, Hashable {
    /// What is wrong.
    package let message: String
}

/// Reads messages off an event stream, however its bytes are cut.
///
/// A message is its length, its headers' length and the CRC-32 of both; the headers, the payload, and the CRC-32 of all
/// that. Numbers are unsigned, of four bytes, the highest first.
package struct EventStreamDecoder: Sendable {
    /// Lengths and their checksum.
    private static let preludeBytes = 12
    /// The largest message: sixteen megabytes of payload, 128 kilobytes of headers, and what frames them.
    private static let mostBytes = (16 << 20) + (128 << 10) + 16

    /// Bytes of a message that is not whole.
    private var pending: [UInt8] = []
    private var problem: EventStreamProblem?

    /// Creates a decoder at the beginning of a stream.
    package init() {}

    /// Whether the stream can end here: no message has begun.
    package var isBetweenMessages: Bool { pending.isEmpty && problem == nil }

    /// Takes the next bytes in, and tells of the messages that are whole by them.
    ///
    /// - Throws: ``EventStreamProblem`` where the bytes are no event stream; from then on, always.
    package mutating func push(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (EventStreamMessage) -> Void
    ) throws(EventStreamProblem) {
        if let problem { throw problem }
        pending += bytes
        var start = 0
        do throws(EventStreamProblem) {
            while let length = try Self.length(of: pending[start...]), pending.count - start >= length {
                body(try Self.message(pending[start..<(start + length)]))
                start += length
            }
        } catch {
            (problem, pending) = (error, [])
            throw error
        }
        pending.removeFirst(start)
    }

    /// The length of the message that begins here; `nil` where its prelude is not whole.
    private static func length(of bytes: ArraySlice<UInt8>) throws(EventStreamProblem) -> Int? {
        guard bytes.count >= preludeBytes else { return nil }
        let (total, headers) = (number(in: bytes, at: 0), number(in: bytes, at: 4))
        guard checksum(bytes.prefix(8)) == number(in: bytes, at: 8) else {
            throw EventStreamProblem(message: "The checksum of a message's lengths is wrong.")
        }
        guard total <= mostBytes, total >= preludeBytes + 4, headers <= total - preludeBytes - 4 else {
            throw EventStreamProblem(message: "A message has impossible lengths.")
        }
        return total
    }

    private static func message(_ bytes: ArraySlice<UInt8>) throws(EventStreamProblem) -> EventStreamMessage {
        guard checksum(bytes.dropLast(4)) == number(in: bytes, at: bytes.count - 4) else {
            throw EventStreamProblem(message: "The checksum of a message is wrong.")
        }
        let contents = bytes.dropFirst(preludeBytes).dropLast(4)
        let length = number(in: bytes, at: 4)
        guard let headers = EventStreamHeaders.read(contents.prefix(length)) else {
            throw EventStreamProblem(message: "The headers of a message are damaged.")
        }
        return EventStreamMessage(headers: headers, payload: Array(contents.dropFirst(length)))
    }

    private static func number(in bytes: ArraySlice<UInt8>, at offset: Int) -> Int {
        bytes.dropFirst(offset).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    /// CRC-32, as zlib computes it.
    fileprivate static func checksum(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBufferPointer { Int(crc32(0, $0.baseAddress, UInt32($0.count))) }
    }
}

extension EventStreamMessage {
    /// The message as it stands in a stream.
    package var encoded: [UInt8] {
        let headers = EventStreamHeaders.write(headers)
        let lengths = [headers.count + payload.count + 16, headers.count].flatMap {
            EventStreamHeaders.highestFirst(Int64($0), 4)
        }
        let message = lengths + Self.checksum(lengths) + headers + payload
        return message + Self.checksum(message)
    }

    private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
        EventStreamHeaders.highestFirst(Int64(EventStreamDecoder.checksum(bytes[...])), 4)
    }
}
