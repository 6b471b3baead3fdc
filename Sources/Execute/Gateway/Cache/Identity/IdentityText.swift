internal import JSONScan
internal import Prompts

/// Writes what identifies an answer, in one form only: the bytes that are hashed.
///
/// JSON holds no raw control characters, so those written between its parts cannot be mistaken for any.
struct IdentityText {
    private(set) var bytes: [UInt8] = []
    private var scratch: [UInt8] = []
    /// Whether what is said is folded.
    private var folds = false

    private static let endOfPart: UInt8 = 0
    private static let beginOfText: UInt8 = 1

    /// Begins anew.
    mutating func begin(folding: Bool) {
        bytes.removeAll(keepingCapacity: true)
        folds = folding
    }

    /// Adds a text that is no part of the body.
    mutating func add(_ text: String) {
        appendCount(text.utf8.count)
        bytes += text.utf8
    }

    /// Adds an outermost member.
    mutating func add(_ key: String, _ cursor: JSONCursor, _ shape: TextShape?) throws(JSONScanError) {
        var cursor = cursor
        add(key)
        try write(&cursor, shape, folds)
        bytes.append(Self.endOfPart)
    }

    private mutating func write(
        _ cursor: inout JSONCursor, _ shape: TextShape?, _ folds: Bool
    ) throws(JSONScanError) {
        guard let shape else { return try cursor.copy(into: &bytes) }
        switch cursor.byte {
        case UInt8(ascii: "{"): try writeObject(&cursor, shape, folds)
        case UInt8(ascii: "[") where shape.element != nil: try writeArray(&cursor, shape, folds)
        case UInt8(ascii: "\"") where shape.isText && folds: try fold(&cursor)
        default: try cursor.copy(into: &bytes)
        }
    }

    private mutating func writeArray(
        _ cursor: inout JSONCursor, _ shape: TextShape, _ folds: Bool
    ) throws(JSONScanError) {
        bytes.append(UInt8(ascii: "["))
        if try cursor.enter() {
            repeat {
                try write(&cursor, shape.element, folds)
                bytes.append(UInt8(ascii: ","))
            } while try cursor.next()
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func writeObject(
        _ cursor: inout JSONCursor, _ shape: TextShape, _ folds: Bool
    ) throws(JSONScanError) {
        let folds = folds ? try isSpeaker(cursor, shape) : false
        bytes.append(UInt8(ascii: "{"))
        if try cursor.enter() {
            repeat {
                let key = cursor.bytes[try cursor.key()]
                if shape.leavesOut(key) {
                    _ = try cursor.skip()
                    continue
                }
                bytes.append(UInt8(ascii: "\""))
                bytes += key
                bytes.append(UInt8(ascii: "\""))
                bytes.append(UInt8(ascii: ":"))
                try write(&cursor, shape.member(key), folds)
                bytes.append(UInt8(ascii: ","))
            } while try cursor.next()
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Whether a message is by somebody whose words are folded; the role may stand behind the words.
    private func isSpeaker(_ cursor: JSONCursor, _ shape: TextShape) throws(JSONScanError) -> Bool {
        guard let speakers = shape.speakers else { return true }
        var cursor = cursor
        var role: Range<Int>?
        guard try cursor.enter() else { return false }
        repeat {
            let key = try cursor.key()
            let value = try cursor.skip()
            if cursor.bytes[key].elementsEqual("role".utf8) { role = value }
        } while try cursor.next()
        guard let role else { return speakers.contains([]) }
        return speakers.contains { cursor.bytes[role.dropFirst().dropLast()].elementsEqual($0) }
    }

    private mutating func fold(_ cursor: inout JSONCursor) throws(JSONScanError) {
        let range = try cursor.skip().dropFirst().dropLast()
        let raw = UnsafeBufferPointer(rebasing: cursor.bytes[range])
        // Unescaped, a text may hold anything: its length says where it ends.
        bytes.append(Self.beginOfText)
        let start = bytes.count
        appendCount(0)
        if raw.contains(UInt8(ascii: "\\")) {
            scratch.removeAll(keepingCapacity: true)
            JSONText.unescape(raw, into: &scratch)
            scratch.withUnsafeBufferPointer { PromptNormalisation.append($0, to: &bytes) }
        } else {
            PromptNormalisation.append(raw, to: &bytes)
        }
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: bytes.count - start).littleEndian) { count in
            for position in count.indices { bytes[start + position] = count[position] }
        }
    }

    private mutating func appendCount(_ count: Int) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: count).littleEndian) { bytes.append(contentsOf: $0) }
    }
}
