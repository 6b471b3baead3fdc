#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Reads JSON from bytes. Values that nobody asks for are stepped over without being built, so that long prompts cost
/// next to nothing.
struct JSONReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private static let deepest = 64

    /// Starts before the first byte. The bytes must outlive the reader.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Whether nothing but space is left.
    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return position == bytes.count
        }
    }

    /// Whether a number stands next.
    var isAtNumber: Bool {
        mutating get {
            skipSpace()
            return byte.map { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) } ?? false
        }
    }

    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ wanted: UInt8) -> Bool {
        skipSpace()
        guard byte == wanted else { return false }
        position += 1
        return true
    }

    // MARK: Building

    /// The next value; absent where the bytes are no JSON.
    mutating func value(depth: Int = 0) -> JSONValue? {
        skipSpace()
        guard depth < Self.deepest, let byte else { return nil }
        switch byte {
        case UInt8(ascii: "\""): return string().map { .string($0) }
        case UInt8(ascii: "{"):
            var members: [String: JSONValue] = [:]
            let isWhole = object { reader, key in
                members[key] = reader.value(depth: depth + 1)
                return members[key] != nil
            }
            return isWhole ? .object(members) : nil
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            let isWhole = array { reader in
                guard let element = reader.value(depth: depth + 1) else { return false }
                elements.append(element)
                return true
            }
            return isWhole ? .array(elements) : nil
        default: return scalar()
        }
    }

    private mutating func scalar() -> JSONValue? {
        let word = String(decoding: bytes[skippedScalar()], as: UTF8.self)
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default: return Double(word).map { .number($0) }
        }
    }

    private mutating func skippedScalar() -> Range<Int> {
        let start = position
        while let byte, byte > 0x20, byte != UInt8(ascii: ","), byte != UInt8(ascii: "]"), byte != UInt8(ascii: "}") {
            position += 1
        }
        return start..<position
    }

    // MARK: Walking

    /// Walks through an object.
    ///
    /// - Parameter member: reads or skips the value that stands next; `false` ends the walk.
    /// - Returns: whether it was an object, and whole.
    mutating func object(_ member: (inout JSONReader, String) -> Bool) -> Bool {
        guard take(UInt8(ascii: "{")) else { return false }
        if take(UInt8(ascii: "}")) { return true }
        repeat {
            skipSpace()
            guard let key = string(), take(UInt8(ascii: ":")), member(&self, key) else { return false }
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}"))
    }

    /// Walks through an array.
    mutating func array(_ element: (inout JSONReader) -> Bool) -> Bool {
        guard take(UInt8(ascii: "[")) else { return false }
        if take(UInt8(ascii: "]")) { return true }
        repeat {
            guard element(&self) else { return false }
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "]"))
    }

    /// Steps over the next value; only its brackets and quotes are looked at.
    mutating func skip() -> Bool {
        skipSpace()
        var depth = 0
        repeat {
            guard let byte else { return false }
            switch byte {
            case UInt8(ascii: "\""):
                guard stringRange() != nil else { return false }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                position += 1
                if depth < 0 { return false }
            default:
                if depth == 0 { return !skippedScalar().isEmpty }
                position += 1
            }
        } while depth > 0
        return true
    }

    // MARK: Strings

    /// The string that begins here.
    mutating func string() -> String? {
        guard let range = stringRange() else { return nil }
        let content = bytes[range]
        guard content.contains(UInt8(ascii: "\\")) else { return String(decoding: content, as: UTF8.self) }
        return JSONEscapes.decoded(content)
    }

    /// Steps over a string, and tells what stands between its quotes.
    private mutating func stringRange() -> Range<Int>? {
        guard byte == UInt8(ascii: "\""), let base = bytes.baseAddress else { return nil }
        let start = position + 1
        var from = start
        while from < bytes.count, let quote = memchr(base + from, 0x22, bytes.count - from) {
            let end = UnsafeRawPointer(quote) - base
            var backslashes = 0
            while end - backslashes > start, bytes[end - backslashes - 1] == UInt8(ascii: "\\") { backslashes += 1 }
            if backslashes.isMultiple(of: 2) {
                position = end + 1
                return start..<end
            }
            from = end + 1
        }
        return nil
    }
}
