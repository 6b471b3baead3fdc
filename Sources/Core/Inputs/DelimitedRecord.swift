package import JSONScan

/// Splits a CSV record into cells.
package enum DelimitedRecord {
    /// Calls `body` with the ordinal and the value of each cell; empty cells and the word `NULL` are absent.
    package static func forEachCell(
        _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, delimiter: UInt8, _ body: (Int, FieldValue) -> Void
    ) -> Int {
        var column = 0
        var position = range.lowerBound
        while true {
            let value: FieldValue
            if position < range.upperBound, bytes[position] == UInt8(ascii: "\"") {
                value = quoted(bytes, &position, range.upperBound)
                while position < range.upperBound, bytes[position] != delimiter { position &+= 1 }
            } else {
                let start = position
                while position < range.upperBound, bytes[position] != delimiter { position &+= 1 }
                value = plain(bytes, start, position)
            }
            body(column, value)
            column &+= 1
            if position >= range.upperBound { return column }
            position &+= 1
        }
    }

    static func plain(_ bytes: UnsafePointer<UInt8>, _ first: Int, _ end: Int) -> FieldValue {
        var (start, end) = (first, end)
        while start < end, bytes[start] == 0x20 { start &+= 1 }
        while end > start, bytes[end &- 1] == 0x20 { end &-= 1 }
        let count = end &- start
        if count == 0 || isNull(bytes + start, count) { return .absent }
        return FieldValue(kind: .string, start: start, count: count)
    }

    static func quoted(_ bytes: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int) -> FieldValue {
        let start = position &+ 1
        var hasDoubledQuote = false
        position = start
        while position < end {
            if bytes[position] == UInt8(ascii: "\"") {
                guard position &+ 1 < end, bytes[position &+ 1] == UInt8(ascii: "\"") else { break }
                hasDoubledQuote = true
                position &+= 1
            }
            position &+= 1
        }
        let count = min(position, end) &- start
        position = min(position &+ 1, end)
        if count == 0 { return .absent }
        return FieldValue(kind: hasDoubledQuote ? .quotedCell : .string, start: start, count: count)
    }

    static func isNull(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        count == 4 && start[0] | 0x20 == 0x6E && start[1] | 0x20 == 0x75 && start[2] | 0x20 == 0x6C
            && start[3] | 0x20 == 0x6C
    }

    /// The cells of a record as strings; for headers.
    package static func strings(_ record: UnsafeBufferPointer<UInt8>, delimiter: UInt8) -> [String] {
        var cells: [String] = []
        guard let base = record.baseAddress else { return [] }
        _ = forEachCell(base, 0..<record.count, delimiter: delimiter) { _, value in
            let raw = UnsafeBufferPointer(start: base + Int(value.start), count: Int(value.count))
            let text = String(decoding: raw, as: UTF8.self)
            cells.append(
                value.kind == .quotedCell
                    ? text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"") : text)
        }
        return cells
    }
}
