internal import Domain
package import JSONScan

/// Why a request's body is refused.
package struct RequestProblem: Error, Sendable, Hashable {
    /// What is wrong, for the caller.
    package let message: String
    /// The key that it is about, where there is one.
    package let parameter: String?

    /// Creates a problem.
    package init(_ message: String, parameter: String? = nil) { (self.message, self.parameter) = (message, parameter) }
}

/// Finds the members of request bodies that the gateway reads, without building a tree and without copying.
///
/// Belongs to one event loop; memory grows with the largest body.
package final class RequestScanner {
    private let index = StructuralIndex()
    private var values = [FieldValue](repeating: .absent, count: RequestField.allCases.count)

    /// Creates a scanner.
    package init() {}

    /// The member of the last body that was read.
    package subscript(_ field: RequestField) -> FieldValue { values[field.rawValue] }

    /// Where the first member of the last body stands, for adding one before it.
    package private(set) var firstMember = 0
    /// Whether the last body has no members.
    package private(set) var isEmpty = false

    /// Reads a body: one JSON object.
    ///
    /// - Throws: ``RequestProblem`` where it is none, or names one of ``RequestField`` twice.
    package func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(RequestProblem) {
        for position in values.indices { values[position] = .absent }
        guard let base = bytes.baseAddress else {
            throw RequestProblem("The body is empty; a JSON object was expected.")
        }
        do { try index.run(base, count: bytes.count) } catch {
            throw RequestProblem("The body is not valid JSON: \(error.reason).")
        }
        var walk = ObjectWalk(bytes: bytes, positions: index.positions)
        guard try walk.begin() else {
            isEmpty = true
            return
        }
        isEmpty = false
        firstMember = walk.position
        while let member = try walk.next() {
            guard let field = Self.field(bytes, member.key) else { continue }
            guard values[field.rawValue].kind == .absent else {
                throw RequestProblem("\"\(field.key)\" is given twice; give it once.", parameter: field.key)
            }
            values[field.rawValue] = member.value
        }
    }

    /// The field of a key; keys with escapes are unescaped first, so that none hides behind them.
    private static func field(_ bytes: UnsafeBufferPointer<UInt8>, _ key: Range<Int>) -> RequestField? {
        guard let base = bytes.baseAddress, !key.isEmpty, key.count <= 64 else { return nil }
        if let plain = RequestField.byHash[ByteHash.hash(base + key.lowerBound, count: key.count)] { return plain }
        guard bytes[key].contains(UInt8(ascii: "\\")) else { return nil }
        var text: [UInt8] = []
        JSONText.unescape(UnsafeBufferPointer(rebasing: bytes[key]), into: &text)
        return text.withUnsafeBufferPointer { text in
            text.baseAddress.flatMap { RequestField.byHash[ByteHash.hash($0, count: text.count)] }
        }
    }
}

/// Walks over the members of one object by its structural characters; what is inside of them is stepped over.
private struct ObjectWalk {
    let bytes: UnsafeBufferPointer<UInt8>
    let positions: UnsafeBufferPointer<UInt32>
    private var cursor = 0
    private var isEnded = false

    init(bytes: UnsafeBufferPointer<UInt8>, positions: UnsafeBufferPointer<UInt32>) {
        (self.bytes, self.positions) = (bytes, positions)
    }

    /// Where the cursor stands in the bytes.
    var position: Int { cursor < positions.count ? Int(positions[cursor]) : bytes.count }

    private var byte: UInt8 { cursor < positions.count ? bytes[Int(positions[cursor])] : 0 }

    /// Steps into the object.
    ///
    /// - Returns: whether it has members.
    mutating func begin() throws(RequestProblem) -> Bool {
        guard byte == UInt8(ascii: "{") else { throw RequestProblem("The body is not a JSON object.") }
        cursor += 1
        guard byte == UInt8(ascii: "}") else { return true }
        try end()
        return false
    }

    /// The next member: where its key stands between the quotes, and its value; `nil` behind the last.
    mutating func next() throws(RequestProblem) -> (key: Range<Int>, value: FieldValue)? {
        if isEnded { return nil }
        let keyStart = position + 1
        guard byte == UInt8(ascii: "\"") else { throw damaged("a key was expected") }
        cursor += 1
        guard byte == UInt8(ascii: ":") else { throw damaged("a colon was expected") }
        let keyEnd = lastByte(before: position)
        guard keyEnd >= keyStart, bytes[keyEnd] == UInt8(ascii: "\"") else { throw damaged("a key was expected") }
        cursor += 1
        let start = position
        try skip()
        let value = self.value(from: start, to: lastByte(before: position) + 1)
        if byte == UInt8(ascii: ",") {
            cursor += 1
            guard byte == UInt8(ascii: "\"") else { throw damaged("a key was expected") }
        } else {
            try end()
        }
        return (keyStart..<keyEnd, value)
    }

    /// The cursor stands on the closing brace, and nothing follows it.
    private mutating func end() throws(RequestProblem) {
        guard byte == UInt8(ascii: "}") else { throw damaged("a comma or a closing brace was expected") }
        cursor += 1
        guard cursor == positions.count else { throw damaged("something stands behind the object") }
        isEnded = true
    }

    /// Steps over a value, brackets of both kinds in their order.
    private mutating func skip() throws(RequestProblem) {
        var depth = 0
        repeat {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth < 0 { throw damaged("a value was expected") }
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                if depth == 0 { throw damaged("a value was expected") }
            case 0: throw damaged("it ends too early")
            default: break
            }
            cursor += 1
        } while depth > 0
        guard cursor < positions.count else { throw damaged("it ends too early") }
    }

    private func lastByte(before position: Int) -> Int {
        var last = position - 1
        while last > 0, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[last]) { last -= 1 }
        return last
    }

    private func value(from start: Int, to end: Int) -> FieldValue {
        switch bytes[start] {
        case UInt8(ascii: "\""):
            let isEscaped = bytes[start..<end].contains(UInt8(ascii: "\\"))
            return FieldValue(
                kind: isEscaped ? .escapedString : .string, start: start + 1, count: max(end - start - 2, 0))
        case UInt8(ascii: "{"): return FieldValue(kind: .object, start: start, count: end - start)
        case UInt8(ascii: "["): return FieldValue(kind: .array, start: start, count: end - start)
        case UInt8(ascii: "t"): return FieldValue(kind: .yes, start: start, count: end - start)
        case UInt8(ascii: "f"): return FieldValue(kind: .no, start: start, count: end - start)
        case UInt8(ascii: "n"): return FieldValue(kind: .null, start: start, count: end - start)
        default: return FieldValue(kind: .number, start: start, count: end - start)
        }
    }

    private func damaged(_ reason: String) -> RequestProblem {
        RequestProblem("The body is not valid JSON: \(reason) at byte \(position).")
    }
}
