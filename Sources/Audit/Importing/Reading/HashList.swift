internal import Domain

/// Reads lists of hashes.
enum HashList {
    /// Appends the elements of `[1, 2, "ab"]`, or of `1;2;ab` as CSV cells hold them. Numbers stand for themselves.
    static func append(_ bytes: UnsafeBufferPointer<UInt8>, to hashes: inout [UInt64]) {
        guard let base = bytes.baseAddress else { return }
        var position = 0
        while position < bytes.count {
            while position < bytes.count, isSeparator(bytes[position]) { position += 1 }
            let start = position
            var number: UInt64 = 0
            var isNumber = true
            while position < bytes.count, !isSeparator(bytes[position]) {
                let digit = bytes[position] &- 0x30
                isNumber = isNumber && digit < 10
                number = number &* 10 &+ UInt64(digit)
                position += 1
            }
            if position == start { break }
            hashes.append(isNumber && position - start < 19 ? number : ByteHash.hash(base + start, count: position - start))
        }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""),
            UInt8(ascii: "|"):
            true
        default: byte <= 0x20
        }
    }
}

extension PromptHash {
    /// Reads 16 to 64 hexadecimal digits; more than 32 are cut off, fewer fill the first half only.
    init?(hexadecimal bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 16, bytes.count <= 64 else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        for position in 0..<bytes.count {
            let byte = bytes[position]
            let isDigit = byte &- 0x30 < 10
            guard isDigit || (byte | 0x20) &- 0x61 < 6 else { return nil }
            let digit = isDigit ? byte &- 0x30 : (byte | 0x20) &- 0x57
            if position < 16 { halves.0 = halves.0 &<< 4 | UInt64(digit) }
            else if position < 32 { halves.1 = halves.1 &<< 4 | UInt64(digit) }
        }
        self.init(high: halves.0, low: halves.1)
        if isAbsent { return nil }
    }
}
