/// Walks over one JSON document value by value, by its structural characters: no tree, nothing copied.
///
/// What is stepped over is not looked into, so a fault inside of it may go unnoticed.
package struct JSONCursor {
    /// The bytes that are walked over.
    package let bytes: UnsafeBufferPointer<UInt8>
    private let positions: UnsafeBufferPointer<UInt32>
    private var place = 0

    /// Begins at a document's first value.
    ///
    /// - Parameter index: has been run over `bytes`, and is not run again while the cursor lives.
    package init(_ bytes: UnsafeBufferPointer<UInt8>, _ index: StructuralIndex) {
        (self.bytes, positions) = (bytes, index.positions)
    }

    /// Where the cursor stands in the bytes.
    package var offset: Int { place < positions.count ? Int(positions[place]) : bytes.count }

    /// The byte that the cursor stands on: it tells what kind of value comes; 0 behind the last.
    package var byte: UInt8 { place < positions.count ? bytes[Int(positions[place])] : 0 }

    /// Whether the cursor is behind everything.
    package var isAtEnd: Bool { place >= positions.count }

    /// Steps into the object or array that the cursor stands on.
    ///
    /// - Returns: whether something is in it; where nothing is, the cursor stands behind it.
    /// - Throws: ``JSONScanError`` where the cursor stands on neither.
    package mutating func enter() throws(JSONScanError) -> Bool {
        let opening = byte
        guard opening == UInt8(ascii: "{") || opening == UInt8(ascii: "[") else {
            throw fault("an object or an array was expected")
        }
        place += 1
        // The closing character lies two behind the opening one in ASCII, for both kinds.
        guard byte == opening + 2 else { return true }
        place += 1
        return false
    }

    /// Steps over a member's key and its colon.
    ///
    /// - Returns: the key's bytes between its quotes, escapes still in it.
    /// - Throws: ``JSONScanError`` where no key stands there.
    package mutating func key() throws(JSONScanError) -> Range<Int> {
        guard byte == UInt8(ascii: "\"") else { throw fault("a key was expected") }
        let start = offset + 1
        place += 1
        guard byte == UInt8(ascii: ":") else { throw fault("a colon was expected") }
        let end = endOfToken(before: offset) - 1
        guard end >= start, bytes[end] == UInt8(ascii: "\"") else { throw fault("a key was expected") }
        place += 1
        return start..<end
    }

    /// Steps over the comma behind a member or element, or over the end of its object or array.
    ///
    /// - Returns: whether another one follows.
    /// - Throws: ``JSONScanError`` where neither stands there.
    package mutating func next() throws(JSONScanError) -> Bool {
        let mark = byte
        place += 1
        switch mark {
        case UInt8(ascii: ","): return true
        case UInt8(ascii: "}"), UInt8(ascii: "]"): return false
        default:
            place -= 1
            throw fault("a comma or an end was expected")
        }
    }

    /// Steps over a value.
    ///
    /// - Returns: its bytes, white space around it left out.
    /// - Throws: ``JSONScanError`` where no value stands there, or it is not closed.
    package mutating func skip() throws(JSONScanError) -> Range<Int> {
        let start = offset
        var depth = 0
        repeat {
            depth += try step(inside: depth)
            place += 1
        } while depth > 0
        return start..<endOfToken(before: offset)
    }

    /// Steps over a value and appends it, white space outside of its strings left out.
    ///
    /// - Throws: ``JSONScanError`` where no value stands there, or it is not closed.
    package mutating func copy(into result: inout [UInt8]) throws(JSONScanError) {
        var (depth, run, wasScalar) = (0, offset, false)
        while true {
            let isScalar = !Self.isMark(byte)
            // Two scalars side by side are no JSON; a blank keeps them from reading like one.
            if isScalar, wasScalar, run == offset { result.append(0x20) }
            depth += try step(inside: depth)
            place += 1
            let end = endOfToken(before: offset)
            if depth == 0 || end < offset {
                result += bytes[run..<end]
                run = offset
            }
            if depth == 0 { return }
            wasScalar = isScalar
        }
    }

    /// What a character does to the depth.
    private func step(inside depth: Int) throws(JSONScanError) -> Int {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["): return 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            if depth == 0 { throw fault("a value was expected") }
            return -1
        case UInt8(ascii: ","), UInt8(ascii: ":"):
            if depth == 0 { throw fault("a value was expected") }
            return 0
        case 0: throw fault("it ends too early")
        default: return 0
        }
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","),
            UInt8(ascii: ":"):
            true
        default: false
        }
    }

    /// Where what ends before a position ends, white space left out.
    private func endOfToken(before position: Int) -> Int {
        var end = position
        while end > 0, isWhiteSpace(bytes[end - 1]) { end -= 1 }
        return end
    }

    private func fault(_ reason: String) -> JSONScanError { JSONScanError(reason: reason, position: offset) }
}
