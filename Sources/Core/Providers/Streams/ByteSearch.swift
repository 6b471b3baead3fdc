#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Looks for short texts in bytes.
enum ByteSearch {
    /// Where a text stands first; `nil` where it does not.
    static func first(_ text: StaticString, in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
        find(text.utf8Start, text.utf8CodeUnitCount, in: bytes, from: start)
    }

    /// Whether a text stands there.
    static func contains(_ text: StaticString, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        first(text, in: bytes) != nil
    }

    /// How often a text stands there.
    static func count(of text: String, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var text = text
        return text.withUTF8 { text in
            guard let start = text.baseAddress else { return 0 }
            var count = 0
            var position = 0
            while let found = find(start, text.count, in: bytes, from: position) {
                count += 1
                position = found + text.count
            }
            return count
        }
    }

    private static func find(
        _ text: UnsafePointer<UInt8>, _ count: Int, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int? {
        guard let base = bytes.baseAddress, count > 0 else { return nil }
        var position = start
        while bytes.count - position >= count {
            guard let hit = memchr(base + position, Int32(text[0]), bytes.count - position - count + 1) else {
                return nil
            }
            let found = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
            if memcmp(base + found, text, count) == 0 { return found }
            position = found + 1
        }
        return nil
    }
}

/// How much text a model has generated, approximately: for estimates where the provider gives no count.
enum GeneratedText {
    private static let keys = marks([
        "content", "text", "delta", "arguments", "partial_json", "thinking", "reasoning_content", "reasoning",
        "refusal",
    ])
    /// Of models on Bedrock besides: arguments of tools, Meta's and Titan's texts.
    private static let bedrockKeys = keys + marks(["input", "generation", "outputText"])

    private static func marks(_ keys: [String]) -> [[UInt8]] { keys.map { Array("\"\($0)\"".utf8) } }

    /// The bytes of the strings that stand under the keys of generated text.
    static func length(in bytes: UnsafeBufferPointer<UInt8>) -> Int { length(in: bytes, under: keys) }

    /// The same of a model on Bedrock, whoever made it.
    static func length(inBedrock bytes: UnsafeBufferPointer<UInt8>) -> Int { length(in: bytes, under: bedrockKeys) }

    private static func length(in bytes: UnsafeBufferPointer<UInt8>, under keys: [[UInt8]]) -> Int {
        var total = 0
        var position = 0
        while let quote = ByteSearch.first("\"", in: bytes, from: position) {
            let rest = bytes[quote...]
            guard let key = keys.first(where: { rest.starts(with: $0) }) else {
                position = quote + 1
                continue
            }
            position = quote + key.count
            if let string = string(after: position, in: bytes) {
                total += string.count
                position = string.upperBound + 1
            }
        }
        return total
    }

    /// The string behind a key's colon, between its quotes.
    private static func string(after start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        var position = start
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == UInt8(ascii: ":") { position += 1 }
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
        let begin = position + 1
        position = begin
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return begin..<min(position, bytes.count)
    }
}
