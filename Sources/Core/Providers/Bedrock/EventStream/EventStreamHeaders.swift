/// The headers of a message in an event stream, as bytes.
enum EventStreamHeaders {
    /// Reads all headers; `nil` where the bytes are none.
    static func read(_ bytes: ArraySlice<UInt8>) -> [EventStreamMessage.Header]? {
        var rest = bytes
        var headers: [EventStreamMessage.Header] = []
        while !rest.isEmpty {
            guard let length = rest.popFirst(), length > 0, let name = take(Int(length), of: &rest),
                let kind = rest.popFirst(), let value = value(kind, &rest)
            else { return nil }
            headers.append(EventStreamMessage.Header(String(decoding: name, as: UTF8.self), value))
        }
        return headers
    }

    private static func value(_ kind: UInt8, _ rest: inout ArraySlice<UInt8>) -> EventStreamMessage.Value? {
        switch kind {
        case 0, 1: return .flag(kind == 0)
        case 2...5:
            let count = 1 << Int(kind - 2)
            return take(count, of: &rest).map { .integer(bytes: count, number($0)) }
        case 6, 7:
            guard let length = take(2, of: &rest), let bytes = take(Int(number(length) & 0xFFFF), of: &rest) else {
                return nil
            }
            return kind == 6 ? .bytes(Array(bytes)) : .text(String(decoding: bytes, as: UTF8.self))
        case 8: return take(8, of: &rest).map { .timestamp(number($0)) }
        case 9: return take(16, of: &rest).map { .uuid(Array($0)) }
        default: return nil
        }
    }

    private static func take(_ count: Int, of rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A signed number, the highest byte first.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
        let start: Int64 = bytes.first.map { $0 >= 0x80 } ?? false ? -1 : 0
        return bytes.reduce(start) { $0 << 8 | Int64($1) }
    }

    /// The bytes of headers.
    static func write(_ headers: [EventStreamMessage.Header]) -> [UInt8] {
        var bytes: [UInt8] = []
        for header in headers {
            bytes.append(UInt8(truncatingIfNeeded: header.name.utf8.count))
            bytes += header.name.utf8
            write(header.value, into: &bytes)
        }
        return bytes
    }

    private static func write(_ value: EventStreamMessage.Value, into bytes: inout [UInt8]) {
        switch value {
        case .flag(let flag): bytes.append(flag ? 0 : 1)
        case .integer(let count, let number):
            bytes.append([1: 2, 2: 3, 4: 4][count] ?? 5)
            bytes += highestFirst(number, count)
        case .bytes(let some): bytes += [6] + highestFirst(Int64(some.count), 2) + some
        case .text(let text): bytes += [7] + highestFirst(Int64(text.utf8.count), 2) + Array(text.utf8)
        case .timestamp(let milliseconds): bytes += [8] + highestFirst(milliseconds, 8)
        case .uuid(let some): bytes += [9] + some
        }
    }

    /// The lowest bytes of a number, the highest of them first.
    static func highestFirst(_ number: Int64, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
