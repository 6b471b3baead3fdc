/// Cuts a stream into what is complete in itself: events of server-sent events, or the elements of a JSON array.
struct StreamFramer {
    /// What the stream turns out to be by its first byte.
    private enum Kind {
        case unknown
        case events
        case array
    }

    private var kind = Kind.unknown
    // Of an array: where the scan stands.
    private var brackets = BracketDepth()

    /// Where the unit ends that begins at `start`; `nil` where its end is not there yet.
    ///
    /// - Parameter scanned: up to where the unit has been looked at before.
    mutating func end(from start: Int, scanned: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        if kind == .unknown {
            guard let first = bytes[start...].first(where: { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }) else {
                return nil
            }
            kind = first == UInt8(ascii: "[") ? .array : .events
        }
        return kind == .array ? endOfElement(scanned, bytes) : Self.endOfEvent(max(start, scanned - 3), bytes)
    }

    /// Behind the blank line that ends an event; lines end in `\n`, `\r\n` or `\r`.
    private static func endOfEvent(_ start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var position = start
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x0A || byte == 0x0D else {
                position += 1
                continue
            }
            var next = position + 1
            if byte == 0x0D, next < bytes.count, bytes[next] == 0x0A { next += 1 }
            guard next < bytes.count else { return nil }
            if bytes[next] == 0x0A { return next + 1 }
            if bytes[next] == 0x0D {
                // A line feed that belongs to it may still come.
                guard next + 1 < bytes.count else { return nil }
                return bytes[next + 1] == 0x0A ? next + 2 : next + 1
            }
            position = next
        }
        return nil
    }

    /// Behind the bracket that ends an element of the outer array, or the array itself.
    private mutating func endOfElement(_ scanned: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        for position in scanned..<max(scanned, bytes.count) where brackets.take(bytes[position]) && brackets.depth <= 1
        {
            return position + 1
        }
        return nil
    }

    /// The payload of a unit: the data of an event, joined where it has several lines, or the element.
    func withPayload(
        of unit: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        if kind == .array {
            guard let start = unit.firstIndex(of: UInt8(ascii: "{")) else { return }
            return body(UnsafeBufferPointer(rebasing: unit[start...]))
        }
        let lines = unit.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).compactMap(Self.data)
        if lines.count == 1 { return body(UnsafeBufferPointer(rebasing: lines[0])) }
        if lines.isEmpty { return }
        Array(lines.joined(separator: [0x0A])).withUnsafeBufferPointer(body)
    }

    /// What stands behind `data:`; `nil` for other fields and comments.
    private static func data(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>>? {
        var line = line
        if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        guard line.starts(with: "data:".utf8) else { return nil }
        let rest = line.dropFirst(5)
        return rest.first == 0x20 ? rest.dropFirst() : rest
    }
}
