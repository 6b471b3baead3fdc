import Providers
import Testing

@Suite("Event streams")
struct EventStreamTests {
    /// Reads a stream that comes in pieces.
    private func read(_ pieces: [ArraySlice<UInt8>]) throws -> (messages: [EventStreamMessage], isWhole: Bool) {
        var decoder = EventStreamDecoder()
        var found: [EventStreamMessage] = []
        for piece in pieces { try Array(piece).withUnsafeBufferPointer { try decoder.push($0) { found.append($0) } } }
        return (found, decoder.isBetweenMessages)
    }

    private static let every: [EventStreamMessage.Header] = [
        .init("0", .flag(true)), .init("1", .flag(false)), .init("2", .integer(bytes: 1, 2)),
        .init("3", .integer(bytes: 2, 3)), .init("4", .integer(bytes: 4, 4)), .init("5", .integer(bytes: 8, 5)),
        .init("6", .bytes(Array("bytes".utf8))), .init("7", .text("utf8")), .init("8", .timestamp(8)),
        .init("9", .uuid(Array("0123456789abcdef".utf8))),
    ]

    @Test(
        "The messages that AWS's libraries are tested with, read and written",
        arguments: [
            ("000000100000000005c248eb7d98c8ff", [], ""),
            (
                "0000002b0000000e348bec7b086576656e742d6964040000a00c7b27666f6f273a27626172277dd3890285",
                [.init("event-id", .integer(bytes: 4, 0xA00C))], "{'foo':'bar'}"
            ),
            ("0000001d00000000fd528c5a7b27666f6f273a27626172277dc3653936", [], "{'foo':'bar'}"),
            (
                "0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b27666f6f273a27626172277d8d9c08b1",
                [.init("content-type", .text("application/json"))], "{'foo':'bar'}"
            ),
            (
                "000000620000005203b5cb9c0130000131010132020201330300030134040000000401350500000000000000050136060005627974657301370700047574663801380800000000000000080139093031323334353637383961626364656663353671",
                every, ""
            ),
        ] as [(String, [EventStreamMessage.Header], String)])
    func vectors(hexadecimal: String, headers: [EventStreamMessage.Header], payload: String) throws {
        let bytes = stride(from: 0, to: hexadecimal.utf8.count, by: 2).compactMap { position in
            UInt8(hexadecimal.dropFirst(position).prefix(2), radix: 16)
        }
        let message = EventStreamMessage(headers: headers, payload: Array(payload.utf8))
        #expect(try read([bytes[...]]).messages == [message])
        #expect(message.encoded == bytes)
    }

    @Test("Negative numbers keep their sign")
    func negative() throws {
        let message = EventStreamMessage(
            headers: [.init("a", .integer(bytes: 1, -1)), .init("b", .integer(bytes: 8, .min))], payload: [])
        #expect(try read([message.encoded[...]]).messages == [message])
    }

    private static let three = [
        EventStreamMessage(event: "messageStart", json: #"{"role":"assistant"}"#),
        EventStreamMessage(headers: every, payload: []),
        EventStreamMessage(exception: "throttlingException", json: #"{"message":"slow down"}"#),
    ]

    @Test("However a stream is cut, the same messages come out, each as soon as it is whole")
    func cuts() throws {
        let bytes = Self.three.flatMap(\.encoded)
        for cut in 0...bytes.count {
            let found = try read([bytes[..<cut], bytes[cut...]])
            #expect(found.messages == Self.three && found.isWhole, "cut at \(cut)")
            let part = try read([bytes[..<cut]])
            #expect(Array(Self.three.prefix(part.messages.count)) == part.messages)
            let ends = (0...3).map { Self.three.prefix($0).flatMap(\.encoded).count }
            #expect(part.isWhole == ends.contains(cut) && part.messages.count == ends.lastIndex { $0 <= cut })
        }
        #expect(try read(bytes.indices.map { bytes[$0...$0] }).messages == Self.three)
    }

    @Test("No single wrong byte goes unnoticed, and nothing is read behind it")
    func damage() throws {
        let bytes = Self.three.flatMap(\.encoded)
        let first = Self.three[0].encoded.count
        for position in bytes.indices {
            var damaged = bytes
            damaged[position] ^= 0x40
            var decoder = EventStreamDecoder()
            var found = 0
            #expect(throws: EventStreamProblem.self, "at \(position)") {
                try damaged.withUnsafeBufferPointer { try decoder.push($0) { _ in found += 1 } }
            }
            #expect(position < first ? found == 0 : found < 3)
            #expect(!decoder.isBetweenMessages)
            let whole = Self.three[0].encoded
            #expect(throws: EventStreamProblem.self) {
                try whole.withUnsafeBufferPointer { try decoder.push($0) { _ in found += 1 } }
            }
        }
    }

    @Test("Headers that do not add up are damage, though the checksums are right")
    func headers() {
        let texts = ["\u{0}", "\u{1}a", "\u{1}a\u{7}\u{0}\u{9}short", "\u{1}a\u{a}", "\u{9}a\u{0}"]
        for text in texts {
            // A payload that is declared to be headers.
            var message = EventStreamMessage(headers: [], payload: Array(text.utf8)).encoded
            message[7] = UInt8(text.utf8.count)
            #expect(throws: EventStreamProblem.self) { try read([Checksums.mended(message)[...]]) }
        }
        var long = EventStreamMessage(headers: [], payload: []).encoded
        long[7] = 1
        #expect(throws: EventStreamProblem.self) { try read([Checksums.mended(long)[...]]) }
        var vast = EventStreamMessage(headers: [], payload: []).encoded
        vast[0] = 0xFF
        #expect(throws: EventStreamProblem.self) { try read([Checksums.mended(vast)[...]]) }
    }
}

/// CRC-32 bit by bit, so that the tests do not take the decoder's word for it.
private enum Checksums {
    static func mended(_ message: [UInt8]) -> [UInt8] {
        var bytes = message
        bytes.replaceSubrange(8..<12, with: crc(bytes[..<8]))
        return bytes.dropLast(4) + crc(bytes.dropLast(4))
    }

    private static func crc(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var value: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
        let result = ~value
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: result >> $0) }
    }
}
