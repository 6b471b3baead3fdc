internal import Domain
internal import JSONScan

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
            hashes.append(
                isNumber && position - start < 19 ? number : ByteHash.hash(base + start, count: position - start))
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
        guard bytes.count >= 16, bytes.count <= 64, let start = bytes.baseAddress else { return nil }
        let raw = UnsafeRawPointer(start)
        var eighths: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        guard let first = HexadecimalWord.read(raw), let second = HexadecimalWord.read(raw + 8) else { return nil }
        (eighths.0, eighths.1) = (first, second)
        if bytes.count >= 32 {
            guard let third = HexadecimalWord.read(raw + 16), let fourth = HexadecimalWord.read(raw + 24) else {
                return nil
            }
            (eighths.2, eighths.3) = (third, fourth)
        }
        let checked = bytes.count >= 32 ? 32 : 16
        guard bytes[checked...].allSatisfy({ JSONText.hexadecimalDigit($0) != nil }) else { return nil }
        self.init(high: eighths.0 << 32 | eighths.1, low: eighths.2 << 32 | eighths.3)
        if isAbsent { return nil }
    }
}

/// Reads eight hexadecimal digits at a time, each byte of a word in its own lane.
enum HexadecimalWord {
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// The 32 bits of eight digits; `nil` where one is not a digit.
    @inline(__always)
    static func read(_ start: UnsafeRawPointer) -> UInt64? {
        let text = start.loadUnaligned(as: UInt64.self).bigEndian
        let isLetter = text &>> 6 & ones
        let digits = (text & (ones &* 0x0F)) &+ isLetter &* 9
        let isTenOrMore = (digits &+ ones &* 6) &>> 4 & ones
        let highHalves = (text & (ones &* 0xF0)) | isLetter &<< 5
        guard digits & (ones &* 0xF0) == 0, isTenOrMore == isLetter, highHalves == ones &* 0x30 &+ isLetter &* 0x30
        else { return nil }
        var packed = (digits | digits &>> 4) & 0x00FF_00FF_00FF_00FF
        packed = (packed | packed &>> 8) & 0x0000_FFFF_0000_FFFF
        return (packed | packed &>> 16) & 0xFFFF_FFFF
    }
}
