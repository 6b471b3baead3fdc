/// Reads the wanted fields of JSON documents at memory speed.
///
/// Values come back as byte ranges of the caller's buffer; nothing is copied or unescaped. What is not wanted is
/// skipped by its brackets alone: a syntax error inside a skipped value may go unnoticed.
package struct FieldScanner: ~Copyable {
    private let plan: FieldPlan
    private let index = StructuralIndex()
    /// The fields of the last document, by slot.
    package private(set) var values: [FieldValue]
    private var ranks: [UInt16]
    private var cursor = 0
    private var bytes: UnsafePointer<UInt8>
    private var end = 0

    /// Creates a scanner for a plan.
    package init(plan: FieldPlan) {
        self.plan = plan
        values = Array(repeating: .absent, count: plan.slotCount)
        ranks = Array(repeating: .max, count: plan.slotCount)
        bytes = UnsafePointer(bitPattern: 1).unsafelyUnwrapped
    }

    /// Indexes a buffer of one or many documents, from which ``next(in:)`` reads.
    ///
    /// - Throws: ``JSONScanError`` where the buffer as a whole cannot be indexed; try its documents one by one then.
    package mutating func start(_ buffer: UnsafeBufferPointer<UInt8>) throws(JSONScanError) {
        guard let base = buffer.baseAddress else { return }
        bytes = base
        cursor = 0
        end = 0
        try index.run(base, count: buffer.count)
    }

    /// Reads the document in a range of the indexed buffer: an object, with nothing behind it.
    ///
    /// Ranges have to come in ascending order. After an error the next range can still be read.
    package mutating func next(in range: Range<Int>) throws(JSONScanError) {
        let positions = index.positions
        while cursor < positions.count, Int(positions[cursor]) < range.lowerBound { cursor &+= 1 }
        for slot in 0..<values.count { values[slot].kind = .absent }
        for slot in 0..<ranks.count { ranks[slot] = .max }
        end = range.upperBound
        guard cursor < positions.count, Int(positions[cursor]) < end else {
            throw JSONScanError(reason: "there is nothing in it", position: range.lowerBound)
        }
        guard bytes[Int(positions[cursor])] == UInt8(ascii: "{") else {
            throw fault("a JSON object was expected", positions)
        }
        try readObject(level: 0, positions)
        guard cursor >= positions.count || Int(positions[cursor]) >= end else {
            throw fault("something stands behind the object", positions)
        }
    }

    /// Where the positions of values count from.
    package var base: UnsafePointer<UInt8> { bytes }

    /// Calls `body` with the fields of the last document, by slot.
    package func withValues(_ body: (UnsafeBufferPointer<FieldValue>) -> Void) {
        values.withUnsafeBufferPointer(body)
    }

    // MARK: Walking

    /// Reads the object whose `{` the cursor stands on; leaves the cursor behind its `}`.
    private mutating func readObject(level: Int, _ positions: UnsafeBufferPointer<UInt32>) throws(JSONScanError) {
        cursor &+= 1
        if try byte(positions) == UInt8(ascii: "}") {
            cursor &+= 1
            return
        }
        while true {
            let keyStart = try expect(UInt8(ascii: "\""), "a key in quotes was expected", positions) &+ 1
            let colon = try expect(UInt8(ascii: ":"), "a colon was expected", positions)
            let keyEnd = closingQuote(before: colon)
            guard keyEnd >= keyStart else { throw fault("a key is damaged", positions) }
            let entry = plan.levels[level].find(bytes + keyStart, keyEnd &- keyStart)
            if entry < 0 {
                try skipValue(positions)
            } else {
                try readValue(of: plan.levels[level].entries[entry], positions)
            }
            let next = try byte(positions)
            cursor &+= 1
            if next == UInt8(ascii: ",") { continue }
            guard next == UInt8(ascii: "}") else {
                cursor &-= 1
                throw fault("a comma or a closing brace was expected", positions)
            }
            return
        }
    }

    private mutating func readValue(
        of entry: FieldPlan.Entry, _ positions: UnsafeBufferPointer<UInt32>
    ) throws(JSONScanError) {
        if entry.slot < 0 {
            if try byte(positions) == UInt8(ascii: "{") {
                try readObject(level: Int(entry.level), positions)
            } else {
                try skipValue(positions)
            }
            return
        }
        let slot = Int(entry.slot)
        let start = cursor
        if entry.level >= 0, try byte(positions) == UInt8(ascii: "{") {
            try readObject(level: Int(entry.level), positions)
        } else {
            try skipValue(positions)
        }
        let value = try value(from: Int(positions[start]), positions)
        // The earlier path wins; of equal keys the last one, as JSON readers do. A null never hides a value.
        guard entry.rank <= ranks[slot] || values[slot].isMissing, value.kind != .null || values[slot].isMissing
        else { return }
        values[slot] = value
        ranks[slot] = entry.rank
    }

    /// Moves the cursor over a value.
    private mutating func skipValue(_ positions: UnsafeBufferPointer<UInt32>) throws(JSONScanError) {
        var depth = 0
        while true {
            switch try byte(positions) {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth &+= 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth &-= 1
                if depth < 0 { throw fault("a value was expected", positions) }
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                if depth == 0 { throw fault("a value was expected", positions) }
            default: break
            }
            cursor &+= 1
            if depth == 0 { return }
        }
    }

    /// The value from `start` to the structural character that the cursor stands on.
    private func value(
        from start: Int, _ positions: UnsafeBufferPointer<UInt32>
    ) throws(JSONScanError) -> FieldValue {
        var last = (cursor < positions.count ? min(Int(positions[cursor]), end) : end) &- 1
        while last > start, isWhiteSpace(bytes[last]) { last &-= 1 }
        let count = last &- start &+ 1
        switch bytes[start] {
        case UInt8(ascii: "\""):
            guard count >= 2, bytes[last] == UInt8(ascii: "\"") else { throw fault("a string is not closed", positions) }
            let isEscaped = contains(UInt8(ascii: "\\"), from: start &+ 1, count: count &- 2)
            return FieldValue(kind: isEscaped ? .escapedString : .string, start: start &+ 1, count: count &- 2)
        case UInt8(ascii: "{"): return FieldValue(kind: .object, start: start, count: count)
        case UInt8(ascii: "["): return FieldValue(kind: .array, start: start, count: count)
        case UInt8(ascii: "t"): return try literal("true", .yes, start, count, positions)
        case UInt8(ascii: "f"): return try literal("false", .no, start, count, positions)
        case UInt8(ascii: "n"): return try literal("null", .null, start, count, positions)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return FieldValue(kind: .number, start: start, count: count)
        default: throw fault("a value is not JSON", positions)
        }
    }

    private func literal(
        _ text: StaticString, _ kind: FieldValue.Kind, _ start: Int, _ count: Int,
        _ positions: UnsafeBufferPointer<UInt32>
    ) throws(JSONScanError) -> FieldValue {
        guard count == text.utf8CodeUnitCount, (0..<count).allSatisfy({ bytes[start + $0] == text.utf8Start[$0] })
        else { throw fault("a value is not JSON", positions) }
        return FieldValue(kind: kind, start: start, count: count)
    }

    // MARK: Bytes

    @inline(__always)
    private func byte(_ positions: UnsafeBufferPointer<UInt32>) throws(JSONScanError) -> UInt8 {
        guard cursor < positions.count, Int(positions[cursor]) < end else {
            throw JSONScanError(reason: "it ends too early", position: end)
        }
        return bytes[Int(positions[cursor])]
    }

    @inline(__always)
    private mutating func expect(
        _ wanted: UInt8, _ complaint: StaticString, _ positions: UnsafeBufferPointer<UInt32>
    ) throws(JSONScanError) -> Int {
        guard try byte(positions) == wanted else { throw fault("\(complaint)", positions) }
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

    private func fault(_ reason: String, _ positions: UnsafeBufferPointer<UInt32>) -> JSONScanError {
        JSONScanError(reason: reason, position: cursor < positions.count ? min(Int(positions[cursor]), end) : end)
    }
}

@inline(__always)
func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
