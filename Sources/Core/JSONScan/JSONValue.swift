/// A JSON document as a tree, for the parts of an input whose shape is not known beforehand.
///
/// Numbers keep their text, so that money never passes through binary floating point.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number as written.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// Members in the order in which they stand; a key given twice stands twice.
    case object([Member])

    /// A key and its value.
    package struct Member: Sendable, Hashable {
        /// The key, unescaped.
        package let key: String
        /// The value.
        package let value: JSONValue

        /// Creates a member.
        package init(key: String, value: JSONValue) { (self.key, self.value) = (key, value) }
    }

    /// Reads one document; white space around it is allowed.
    ///
    /// - Throws: ``JSONScanError`` with the position of the fault.
    package static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONScanError) -> JSONValue {
        var reader = JSONTreeReader(bytes: bytes)
        return try reader.document()
    }

    /// Reads one document from a string.
    package static func parse(_ text: String) throws(JSONScanError) -> JSONValue {
        let bytes = Array(text.utf8)
        return try parse(bytes)
    }

    /// Reads one document from an array of bytes.
    package static func parse(_ bytes: [UInt8]) throws(JSONScanError) -> JSONValue {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(JSONScanError) in try parse(buffer) }
        }
        return try result.get()
    }

    /// The value of a key of an object; the last one where it stands twice.
    package subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    /// The members of an object; empty for anything else.
    package var members: [Member] {
        if case .object(let members) = self { return members }
        return []
    }

    /// The elements of an array; empty for anything else.
    package var elements: [JSONValue] {
        if case .array(let elements) = self { return elements }
        return []
    }

    /// The text of a string, or a number as written; `nil` for anything else and for empty strings.
    package var text: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .number(let text): text
        default: nil
        }
    }

    /// A whole number, also one written as a string or with a zero fraction.
    package var integer: Int64? {
        guard let text else { return nil }
        if let value = Int64(text) { return value }
        guard let value = Double(text), value == value.rounded(), abs(value) < 9e15 else { return nil }
        return Int64(value)
    }

    /// Whether it is `true`.
    package var isTrue: Bool { self == .bool(true) }
}

/// A recursive reader, bounded in depth.
private struct JSONTreeReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var depth = 0
    static let deepest = 512

    mutating func document() throws(JSONScanError) -> JSONValue {
        let value = try self.value()
        skipSpaces()
        guard position == bytes.count else { throw fault("something stands behind the document") }
        return value
    }

    mutating func value() throws(JSONScanError) -> JSONValue {
        skipSpaces()
        guard position < bytes.count else { throw fault("it ends too early") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    mutating func object() throws(JSONScanError) -> JSONValue {
        try enter()
        var members: [JSONValue.Member] = []
        if take("}") { return leave(.object([])) }
        repeat {
            skipSpaces()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw fault("a key was expected")
            }
            let key = try string()
            guard take(":") else { throw fault("a colon was expected") }
            members.append(JSONValue.Member(key: key, value: try value()))
        } while take(",")
        guard take("}") else { throw fault("a comma or a closing brace was expected") }
        return leave(.object(members))
    }

    mutating func array() throws(JSONScanError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        if take("]") { return leave(.array([])) }
        repeat { elements.append(try value()) } while take(",")
        guard take("]") else { throw fault("a comma or a closing bracket was expected") }
        return leave(.array(elements))
    }

    mutating func string() throws(JSONScanError) -> String {
        let start = position + 1
        position = start
        var isEscaped = false
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") {
                isEscaped = true
                position += 1
            }
            position += 1
        }
        guard position < bytes.count else { throw fault("a string is not closed") }
        let raw = UnsafeBufferPointer(rebasing: bytes[start..<position])
        position += 1
        guard isEscaped else { return String(decoding: raw, as: UTF8.self) }
        var text: [UInt8] = []
        JSONText.unescape(raw, into: &text)
        return String(decoding: text, as: UTF8.self)
    }

    mutating func number() throws(JSONScanError) -> JSONValue {
        let start = position
        while position < bytes.count, isNumberByte(bytes[position]) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard Double(text) != nil else { throw fault("a value is not JSON") }
        return .number(text)
    }

    mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONScanError) -> JSONValue {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count,
            (0..<count).allSatisfy({ bytes[position + $0] == text.utf8Start[$0] })
        else { throw fault("a value is not JSON") }
        position += count
        return value
    }

    mutating func enter() throws(JSONScanError) {
        depth += 1
        position += 1
        if depth > Self.deepest { throw fault("it is nested more than \(Self.deepest) deep") }
    }

    mutating func leave(_ value: JSONValue) -> JSONValue {
        depth -= 1
        return value
    }

    mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        skipSpaces()
        guard position < bytes.count, bytes[position] == UInt8(ascii: wanted) else { return false }
        position += 1
        return true
    }

    mutating func skipSpaces() {
        while position < bytes.count, isWhiteSpace(bytes[position]) { position += 1 }
    }

    func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    func fault(_ reason: String) -> JSONScanError { JSONScanError(reason: reason, position: position) }
}
