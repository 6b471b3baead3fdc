extension String {
    /// Whether an ASCII text stands in this one, capitals or not. Bills have millions of lines, and the library's
    /// search for substrings takes as long as all the rest of a line.
    func hasPart(_ part: StaticString) -> Bool {
        var text = self
        return text.withUTF8 { bytes in
            let length = part.utf8CodeUnitCount
            guard length > 0, length <= bytes.count else { return false }
            return (0...(bytes.count - length)).contains { start in
                (0..<length).allSatisfy { Self.folded(bytes[start + $0]) == Self.folded(part.utf8Start[$0]) }
            }
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
