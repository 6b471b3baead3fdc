internal import Domain
internal import JSONScan

/// The parts of a body for Anthropic's messages, where marks of its prompt cache can stand.
package struct PromptOutline: Sendable, Hashable {
    /// The parts, in the order of the prefix; of a long conversation its last ``mostMessages`` messages.
    package let parts: [PromptPart]
    /// Where the system prompt stands in the body; `nil` where there is none.
    package let system: Range<Int>?

    /// The most messages whose ends are looked at.
    package static let mostMessages = 64
}

/// Reads outlines. Belongs to one event loop; memory grows with the largest body.
package final class PromptOutlineReader {
    private let index = StructuralIndex()

    /// Creates a reader.
    package init() {}

    /// Reads a body.
    ///
    /// - Returns: `nil` where the body is none for Anthropic's messages that can be read in one way only, or where it has
    ///   marks of its own: who places marks knows better.
    package func read(_ body: UnsafeBufferPointer<UInt8>) -> PromptOutline? {
        guard let base = body.baseAddress, !Self.hasMarks(body) else { return nil }
        do throws(JSONScanError) {
            try index.run(base, count: body.count)
            var walk = OutlineWalk(bytes: body)
            return try walk.outline(JSONCursor(body, index))
        } catch {
            return nil
        }
    }

    /// Whether the name of a mark stands anywhere, also in a text or behind an escape: one mark too many is an error for
    /// the caller, one too few is not.
    private static func hasMarks(_ body: UnsafeBufferPointer<UInt8>) -> Bool {
        let name = Array("cache_control".utf8)
        guard var place = body.baseAddress else { return false }
        let end = place + body.count
        while place < end {
            let letter = UInt8(ascii: "c")
            guard let found = UnsafeBufferPointer(start: place, count: end - place).firstIndex(of: letter) else {
                return false
            }
            place += found
            if end - place >= name.count, UnsafeBufferPointer(start: place, count: name.count).elementsEqual(name) {
                return true
            }
            place += 1
        }
        return false
    }
}

/// One pass over a body.
private struct OutlineWalk {
    let bytes: UnsafeBufferPointer<UInt8>
    private var parts: [PromptPart] = []
    private var prefixBytes = 0
    private var chain: UInt64 = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func outline(_ document: JSONCursor) throws(JSONScanError) -> PromptOutline? {
        var members: [String: JSONCursor] = [:]
        var cursor = document
        guard cursor.byte == UInt8(ascii: "{"), try cursor.enter() else { return nil }
        repeat {
            let key = String(decoding: bytes[try cursor.key()], as: UTF8.self)
            guard members.updateValue(cursor, forKey: key) == nil, !key.contains("\\") else { return nil }
            _ = try cursor.skip()
        } while try cursor.next()
        guard cursor.isAtEnd, let messages = members["messages"] else { return nil }
        if let tools = members["tools"], tools.byte == UInt8(ascii: "[") { try readTools(tools) }
        var system: Range<Int>?
        if let value = members["system"] { system = try readSystem(value) }
        try readMessages(messages)
        return PromptOutline(parts: parts, system: system)
    }

    private mutating func readTools(_ value: JSONCursor) throws(JSONScanError) {
        var cursor = value
        let place = try lastBlock(of: value, allowing: { $0["defer_loading"] == nil })
        add(.tools, try cursor.skip(), place)
    }

    private mutating func readSystem(_ value: JSONCursor) throws(JSONScanError) -> Range<Int>? {
        var cursor = value
        let range = try cursor.skip()
        guard value.byte != UInt8(ascii: "n") else { return nil }
        add(.system, range, try placeOfContent(value, range))
        return range
    }

    private mutating func readMessages(_ value: JSONCursor) throws(JSONScanError) {
        var cursor = value
        guard cursor.byte == UInt8(ascii: "["), try cursor.enter() else { return }
        var number = 0
        repeat {
            let message = cursor
            add(.message(number), try cursor.skip(), try placeOfMessage(message))
            number += 1
        } while try cursor.next()
        let first = parts.count - number
        if number > PromptOutline.mostMessages {
            parts.removeSubrange(first..<(parts.count - PromptOutline.mostMessages))
        }
    }

    private func placeOfMessage(_ message: JSONCursor) throws(JSONScanError) -> PromptPart.Place? {
        var cursor = message
        guard cursor.byte == UInt8(ascii: "{"), try cursor.enter() else { return nil }
        var place: PromptPart.Place?
        repeat {
            let isContent = bytes[try cursor.key()].elementsEqual("content".utf8)
            let value = cursor
            let range = try cursor.skip()
            if isContent { place = try placeOfContent(value, range) }
        } while try cursor.next()
        return place
    }

    /// Of a text, or of the last of some blocks. Empty texts and thoughts take no mark (Anthropic's documentation).
    private func placeOfContent(
        _ value: JSONCursor, _ range: Range<Int>
    ) throws(JSONScanError) -> PromptPart.Place? {
        if value.byte == UInt8(ascii: "\"") { return range.count > 2 ? .text(range) : nil }
        return try lastBlock(of: value) { members in
            let type = members["type"] ?? ""
            return Self.markable.contains(type) && !(type == "\"text\"" && members["text"] == "\"\"")
        }
    }

    private static let markable: Set = [
        "\"text\"", "\"image\"", "\"document\"", "\"tool_use\"", "\"tool_result\"", "\"search_result\"",
    ]

    /// The place in the last object of an array.
    ///
    /// - Parameter allowing: decides by the object's members: their types and short values, as they stand.
    private func lastBlock(
        of value: JSONCursor, allowing: ([String: String]) -> Bool
    ) throws(JSONScanError) -> PromptPart.Place? {
        var cursor = value
        guard cursor.byte == UInt8(ascii: "["), try cursor.enter() else { return nil }
        var last = cursor
        var range = 0..<0
        repeat {
            last = cursor
            range = try cursor.skip()
        } while try cursor.next()
        guard last.byte == UInt8(ascii: "{"), try last.enter() else { return nil }
        var members: [String: String] = [:]
        repeat {
            let key = String(decoding: bytes[try last.key()], as: UTF8.self)
            if key.contains("\\") { return nil }
            let value = try last.skip()
            members[key] = value.count > 32 ? "" : String(decoding: bytes[value], as: UTF8.self)
        } while try last.next()
        return allowing(members) ? .object(closingAt: range.upperBound - 1) : nil
    }

    private mutating func add(_ kind: PromptPart.Kind, _ range: Range<Int>, _ place: PromptPart.Place?) {
        prefixBytes += range.count
        if let base = bytes.baseAddress {
            chain = ByteHash.hash(base + range.lowerBound, count: range.count, seed: chain)
        }
        parts.append(PromptPart(kind: kind, bytes: prefixBytes, hash: chain, place: place))
    }
}
