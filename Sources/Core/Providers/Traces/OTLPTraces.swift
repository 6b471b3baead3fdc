package import JSONScan

/// Why bytes are not an OTLP request in protobuf.
package struct OTLPProblem: Error, Sendable, Hashable {
    /// What is wrong.
    package let message: String
    /// The byte where it was noticed.
    package let position: Int
}

/// OpenTelemetry's traces in protobuf, as the same traces in OTLP's JSON, which the importer reads.
///
/// Only what a span's usage needs is taken over; other fields are stepped over. Field numbers are those of
/// opentelemetry-proto 1: `collector/trace/v1`, `trace/v1`, `common/v1`, `resource/v1`.
package enum OTLPTraces {
    /// Reads an `ExportTraceServiceRequest`.
    ///
    /// - Throws: ``OTLPProblem`` where the bytes are damaged, or nested more than 32 deep.
    package static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(OTLPProblem) -> JSONValue {
        var reader = ProtobufReader(bytes: bytes, position: 0, end: bytes.count)
        return try reader.message(.request, depth: 0)
    }
}

/// A message's fields that are wanted.
private enum OTLPMessage {
    case request, resourceSpans, resource, scopeSpans, span, status, keyValue, anyValue, array, list

    /// What stands in a field.
    enum Field {
        case message(OTLPMessage)
        case list(OTLPMessage)
        case text, hexadecimal, fixed, number, bool, double
    }

    func field(_ number: UInt64) -> (name: String, kind: Field)? {
        switch (self, number) {
        case (.request, 1): ("resourceSpans", .list(.resourceSpans))
        case (.resourceSpans, 1): ("resource", .message(.resource))
        case (.resourceSpans, 2): ("scopeSpans", .list(.scopeSpans))
        case (.resource, 1): ("attributes", .list(.keyValue))
        case (.scopeSpans, 2): ("spans", .list(.span))
        case (.span, 1): ("traceId", .hexadecimal)
        case (.span, 2): ("spanId", .hexadecimal)
        case (.span, 4): ("parentSpanId", .hexadecimal)
        case (.span, 5): ("name", .text)
        case (.span, 6): ("kind", .number)
        case (.span, 7): ("startTimeUnixNano", .fixed)
        case (.span, 8): ("endTimeUnixNano", .fixed)
        case (.span, 9): ("attributes", .list(.keyValue))
        case (.span, 15): ("status", .message(.status))
        case (.status, 2): ("message", .text)
        case (.status, 3): ("code", .number)
        case (.keyValue, 1): ("key", .text)
        case (.keyValue, 2): ("value", .message(.anyValue))
        case (.anyValue, 1): ("stringValue", .text)
        case (.anyValue, 2): ("boolValue", .bool)
        case (.anyValue, 3): ("intValue", .number)
        case (.anyValue, 4): ("doubleValue", .double)
        case (.anyValue, 5): ("arrayValue", .message(.array))
        case (.anyValue, 6): ("kvlistValue", .message(.list))
        case (.array, 1): ("values", .list(.anyValue))
        case (.list, 1): ("values", .list(.keyValue))
        default: nil
        }
    }
}

/// Reads protobuf's wire format: https://protobuf.dev/programming-guides/encoding
private struct ProtobufReader {
    static let deepest = 32
    let bytes: UnsafeBufferPointer<UInt8>
    var position: Int
    let end: Int

    mutating func message(_ message: OTLPMessage, depth: Int) throws(OTLPProblem) -> JSONValue {
        guard depth < Self.deepest else { throw fault("it is nested too deep") }
        var members: [JSONValue.Member] = []
        var lists: [String: [JSONValue]] = [:]
        while position < end {
            let tag = try varint()
            guard let field = message.field(tag >> 3) else {
                try skip(wire: tag & 7)
                continue
            }
            if case .list(let element) = field.kind {
                lists[field.name, default: []].append(try nested(element, wire: tag & 7, depth))
            } else {
                members.append(JSONValue.Member(key: field.name, value: try value(field.kind, wire: tag & 7, depth)))
            }
        }
        members += lists.sorted { $0.key < $1.key }.map { JSONValue.Member(key: $0.key, value: .array($0.value)) }
        return .object(members)
    }

    private mutating func value(_ kind: OTLPMessage.Field, wire: UInt64, _ depth: Int) throws(OTLPProblem) -> JSONValue
    {
        switch kind {
        case .message(let message), .list(let message): return try nested(message, wire: wire, depth)
        case .text: return .string(String(decoding: try slice(wire), as: UTF8.self))
        case .hexadecimal:
            return .string(try slice(wire).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        case .fixed: return .string(String(try fixed(wire)))
        case .number: return .number(String(Int64(bitPattern: try plain(wire))))
        case .bool: return .bool(try plain(wire) != 0)
        case .double:
            let number = Double(bitPattern: try fixed(wire))
            return number.isFinite ? .number("\(number)") : .null
        }
    }

    private mutating func nested(_ message: OTLPMessage, wire: UInt64, _ depth: Int) throws(OTLPProblem) -> JSONValue {
        let range = try range(wire)
        var reader = ProtobufReader(bytes: bytes, position: range.lowerBound, end: range.upperBound)
        return try reader.message(message, depth: depth + 1)
    }

    // MARK: The wire

    private mutating func varint() throws(OTLPProblem) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < end, shift < 64 {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw fault("a number is cut off or too long")
    }

    private mutating func plain(_ wire: UInt64) throws(OTLPProblem) -> UInt64 {
        guard wire == 0 else { throw fault("a number was expected") }
        return try varint()
    }

    private mutating func fixed(_ wire: UInt64) throws(OTLPProblem) -> UInt64 {
        guard wire == 1, end - position >= 8 else { throw fault("eight bytes were expected") }
        var value: UInt64 = 0
        for offset in 0..<8 { value |= UInt64(bytes[position + offset]) << UInt64(8 * offset) }
        position += 8
        return value
    }

    private mutating func range(_ wire: UInt64) throws(OTLPProblem) -> Range<Int> {
        guard wire == 2 else { throw fault("a length was expected") }
        let length = try varint()
        guard length <= UInt64(end - position) else { throw fault("it ends too early") }
        let start = position
        position += Int(length)
        return start..<position
    }

    private mutating func slice(_ wire: UInt64) throws(OTLPProblem) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[try range(wire)])
    }

    private mutating func skip(wire: UInt64) throws(OTLPProblem) {
        switch wire {
        case 0: _ = try varint()
        case 1: _ = try fixed(1)
        case 2: _ = try range(2)
        case 5:
            guard end - position >= 4 else { throw fault("four bytes were expected") }
            position += 4
        default: throw fault("groups are not read")
        }
    }

    private func fault(_ reason: String) -> OTLPProblem {
        OTLPProblem(message: "These are no traces in protobuf: \(reason).", position: position)
    }
}
