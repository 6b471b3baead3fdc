/// Reads the wanted fields of JSON documents at memory speed.
///
/// Values come back as byte ranges of the caller's buffer; nothing is copied or unescaped. What is not wanted is
/// skipped by its brackets alone: a syntax error inside a skipped value may go unnoticed.
package struct FieldScanner: ~Copyable {
    private let keys: KeyTable
    private let slotCount: Int
    private let index = StructuralIndex()
    private let values: UnsafeMutablePointer<FieldValue>
    private let ranks: UnsafeMutablePointer<UInt16>
    private var positions = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
    private var cursor = 0
    private var bytes: UnsafePointer<UInt8>
    private var end = 0

    /// Creates a scanner for a plan.
    package init(plan: FieldPlan) {
        keys = KeyTable(plan)
        slotCount = plan.slotCount
        values = .allocate(capacity: max(slotCount, 1))
        ranks = .allocate(capacity: max(slotCount, 1))
        values.initialize(repeating: .absent, count: slotCount)
        ranks.initialize(repeating: .max, count: slotCount)
        bytes = UnsafePointer(values).withMemoryRebound(to: UInt8.self, capacity: 1) { $0 }
    }

    deinit {
        values.deallocate()
        ranks.deallocate()
    }

    /// Indexes a buffer of one or many documents, from which ``next(in:)`` reads.
    ///
    /// - Throws: ``JSONScanError`` where the buffer as a whole cannot be indexed; try its documents one by one then.
    package mutating func start(_ buffer: UnsafeBufferPointer<UInt8>) throws(JSONScanError) {
        guard let base = buffer.baseAddress else { return }
        bytes = base
        cursor = 0
        end = 0
        positions = UnsafeBufferPointer(start: nil, count: 0)
        try index.run(base, count: buffer.count)
        positions = index.positions
    }

    /// Reads the document in a range of the indexed buffer: an object, with nothing behind it.
    ///
    /// Ranges have to come in ascending order. After an error the next range can still be read.
    package mutating func next(in range: Range<Int>) throws(JSONScanError) {
        while cursor < positions.count, Int(positions[cursor]) < range.lowerBound { cursor &+= 1 }
        values.update(repeating: .absent, count: slotCount)
        ranks.update(repeating: .max, count: slotCount)
        end = range.upperBound
        guard cursor < positions.count, Int(positions[cursor]) < end else {
            throw JSONScanError(reason: "there is nothing in it", position: range.lowerBound)
        }
        guard bytes[Int(positions[cursor])] == UInt8(ascii: "{") else {
            throw fault("a JSON object was expected")
        }
        try readObject(level: 0)
        guard cursor >= positions.count || Int(positions[cursor]) >= end else {
            throw fault("something stands behind the object")
        }
    }

    /// Where the positions of values count from.
    package var base: UnsafePointer<UInt8> { bytes }

    /// Calls `body` with the fields of the last document, by slot.
    package func withValues(_ body: (UnsafeBufferPointer<FieldValue>) -> Void) {
        body(UnsafeBufferPointer(start: values, count: slotCount))
    }

    // MARK: Walking

    /// Reads the object whose `{` the cursor stands on; leaves the cursor behind its `}`.
    private mutating func readObject(level: Int) throws(JSONScanError) {
        cursor &+= 1
        if try byte() == UInt8(ascii: "}") {
            cursor &+= 1
            return
        }
        var previous = -1
        while true {
            if readPlainMembers(level: level, after: &previous) { return }
            let keyStart = try expect(UInt8(ascii: "\""), "a key in quotes was expected") &+ 1
            let colon = try expect(UInt8(ascii: ":"), "a colon was expected")
            let keyEnd = closingQuote(before: colon)
            guard keyEnd >= keyStart else { throw fault("a key is damaged") }
            let entry = keys.find(bytes + keyStart, keyEnd &- keyStart, level: level, after: previous)
            if entry < 0 {
                try skipValue()
            } else {
                previous = entry
                try readValue(of: entry)
            }
            let next = try byte()
            cursor &+= 1
            if next == UInt8(ascii: ",") { continue }
            guard next == UInt8(ascii: "}") else {
                cursor &-= 1
                throw fault("a comma or a closing brace was expected")
            }
            return
        }
    }

    /// Reads members as nearly all are, `"key": "text"` or `"key": number`, with the state in local variables.
    ///
    /// Stops before the first member that is anything else, and leaves it to the careful path.
    ///
    /// - Returns: whether the object's `}` was reached; the cursor stands behind it then.
    private mutating func readPlainMembers(level: Int, after previous: inout Int) -> Bool {
        let (positions, count, bytes, end) = (self.positions.baseAddress, self.positions.count, self.bytes, self.end)
        guard let positions else { return false }
        var cursor = self.cursor
        var last = previous
        defer { (self.cursor, previous) = (cursor, last) }
        while cursor &+ 3 < count {
            let key = Int(positions[cursor])
            let colon = Int(positions[cursor &+ 1])
            let start = Int(positions[cursor &+ 2])
            let next = Int(positions[cursor &+ 3])
            let first = bytes[start]
            let isText = first == UInt8(ascii: "\"")
            guard next < end, bytes[key] == UInt8(ascii: "\""), bytes[colon] == UInt8(ascii: ":"),
                bytes[colon &- 1] == UInt8(ascii: "\""), isText || first &- 0x30 < 10,
                bytes[next] == UInt8(ascii: ",") || bytes[next] == UInt8(ascii: "}")
            else { return false }
            var stop = next
            while isWhiteSpace(bytes[stop &- 1]) { stop &-= 1 }
            if isText, stop &- start < 2 || bytes[stop &- 1] != UInt8(ascii: "\"") { return false }
            let entry = keys.find(bytes + (key &+ 1), colon &- key &- 2, level: level, after: last)
            if entry >= 0 {
                last = entry
                if keys.entries[entry].slot >= 0 { keepPlain(start, stop, isText: isText, of: entry) }
            }
            cursor &+= 4
            if bytes[next] == UInt8(ascii: "}") { return true }
        }
        return false
    }

    @inline(__always)
    private func keepPlain(_ start: Int, _ stop: Int, isText: Bool, of entry: Int) {
        let target = keys.entries[entry]
        let slot = Int(target.slot)
        guard target.rank <= ranks[slot] || values[slot].isMissing else { return }
        ranks[slot] = target.rank
        guard isText else {
            values[slot] = FieldValue(kind: .number, start: start, count: stop &- start)
            return
        }
        let isEscaped = contains(UInt8(ascii: "\\"), from: start &+ 1, count: stop &- start &- 2)
        values[slot] = FieldValue(
            kind: isEscaped ? .escapedString : .string, start: start &+ 1, count: stop &- start &- 2)
    }

    private mutating func readValue(of entry: Int) throws(JSONScanError) {
        let target = keys.entries[entry]
        let start = cursor
        let first = try byte()
        if first == UInt8(ascii: "{"), target.level >= 0 {
            try readObject(level: Int(target.level))
        } else if first == UInt8(ascii: "\"") || first &- 0x30 < 10 {
            cursor &+= 1
        } else {
            try skipValue()
        }
        if target.slot < 0 { return }
        let slot = Int(target.slot)
        let value = try value(from: Int(positions[start]))
        // The earlier path wins; of equal keys the last one, as JSON readers do. A null never hides a value.
        guard target.rank <= ranks[slot] || values[slot].isMissing, value.kind != .null || values[slot].isMissing
        else { return }
        values[slot] = value
        ranks[slot] = target.rank
    }

    /// Moves the cursor over a value.
    private mutating func skipValue() throws(JSONScanError) {
        var depth = 0
        while true {
            switch try byte() {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth &+= 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth &-= 1
                if depth < 0 { throw fault("a value was expected") }
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                if depth == 0 { throw fault("a value was expected") }
            default: break
            }
            cursor &+= 1
            if depth == 0 { return }
        }
    }

    /// The value from `start` to the structural character that the cursor stands on.
    private func value(
        from start: Int
    ) throws(JSONScanError) -> FieldValue {
        var last = (cursor < positions.count ? min(Int(positions[cursor]), end) : end) &- 1
        while last > start, isWhiteSpace(bytes[last]) { last &-= 1 }
        let count = last &- start &+ 1
        switch bytes[start] {
        case UInt8(ascii: "\""):
            guard count >= 2, bytes[last] == UInt8(ascii: "\"") else { throw fault("a string is not closed") }
            let isEscaped = contains(UInt8(ascii: "\\"), from: start &+ 1, count: count &- 2)
            return FieldValue(kind: isEscaped ? .escapedString : .string, start: start &+ 1, count: count &- 2)
        case UInt8(ascii: "{"): return FieldValue(kind: .object, start: start, count: count)
        case UInt8(ascii: "["): return FieldValue(kind: .array, start: start, count: count)
        case UInt8(ascii: "t"): return try literal("true", .yes, start, count)
        case UInt8(ascii: "f"): return try literal("false", .no, start, count)
        case UInt8(ascii: "n"): return try literal("null", .null, start, count)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return FieldValue(kind: .number, start: start, count: count)
        default: throw fault("a value is not JSON")
        }
    }

    private func literal(
        _ text: StaticString, _ kind: FieldValue.Kind, _ start: Int, _ count: Int,

    ) throws(JSONScanError) -> FieldValue {
        guard count == text.utf8CodeUnitCount, (0..<count).allSatisfy({ bytes[start + $0] == text.utf8Start[$0] })
        else { throw fault("a value is not JSON") }
        return FieldValue(kind: kind, start: start, count: count)
    }

    // MARK: Bytes

    @inline(__always)
    private func byte() throws(JSONScanError) -> UInt8 {
        guard cursor < positions.count, Int(positions[cursor]) < end else {
            throw JSONScanError(reason: "it ends too early", position: end)
        }
        return bytes[Int(positions[cursor])]
    }

    @inline(__always)
    private mutating func expect(
        _ wanted: UInt8, _ complaint: StaticString
    ) throws(JSONScanError) -> Int {
        guard try byte() == wanted else { throw fault("\(complaint)") }
        cursor &+= 1
        return Int(positions[cursor &- 1])
    }

    @inline(__always)
    private func closingQuote(before position: Int) -> Int {
        var last = position &- 1
        while last > 0, isWhiteSpace(bytes[last]) { last &-= 1 }
        return last
    }

    @inline(__always)
    private func contains(_ wanted: UInt8, from start: Int, count: Int) -> Bool {
        let raw = UnsafeRawPointer(bytes + start)
        let pattern = UInt64(wanted) &* 0x0101_0101_0101_0101
        var position = 0
        while position &+ 8 <= count {
            let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self) ^ pattern
            if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { return true }
            position &+= 8
        }
        while position < count {
            if bytes[start &+ position] == wanted { return true }
            position &+= 1
        }
        return false
    }

    private func fault(_ reason: String) -> JSONScanError {
        JSONScanError(reason: reason, position: cursor < positions.count ? min(Int(positions[cursor]), end) : end)
    }
}

@inline(__always)
func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
