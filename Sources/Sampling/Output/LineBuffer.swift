/// The bytes of JSON lines, collected until there are enough to hand on.
struct LineBuffer {
    /// Bytes from which on the buffer is full.
    static let pieceSize = 65_536

    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(Self.pieceSize + 8192) }

    var count: Int { bytes.count }
    var isFull: Bool { bytes.count >= Self.pieceSize }

    mutating func append(_ fragment: [UInt8]) { bytes.append(contentsOf: fragment) }
    mutating func append(byte: UInt8) { bytes.append(byte) }

    /// Appends a number that is not negative, without leading zeros.
    mutating func append(_ number: Int) {
        var digits = 1
        var limit = 10
        while number >= limit, digits < 18 {
            digits &+= 1
            limit &*= 10
        }
        append(number, digits: digits)
    }

    /// Appends the last `digits` decimal digits of a number that is not negative.
    mutating func append(_ number: Int, digits: Int) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0x30, count: digits))
        var rest = UInt64(truncatingIfNeeded: number)
        var position = start &+ digits
        while position > start {
            position &-= 1
            bytes[position] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// Appends the last `digits` hexadecimal digits of a number.
    mutating func append(hexadecimal number: UInt64, digits: Int) {
        var shift = UInt64(truncatingIfNeeded: digits &* 4)
        while shift > 0 {
            shift &-= 4
            let digit = UInt8(truncatingIfNeeded: (number &>> shift) & 0xF)
            bytes.append(digit < 10 ? 0x30 &+ digit : 0x57 &+ digit)
        }
    }

    /// Turns the capital ASCII letters from a position on into small ones.
    mutating func lowercase(from start: Int) {
        for position in start..<bytes.count where bytes[position] >= 0x41 && bytes[position] <= 0x5A {
            bytes[position] |= 0x20
        }
    }

    /// Hands the bytes on and empties the buffer.
    mutating func flush(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        if bytes.isEmpty { return }
        try bytes.withUnsafeBytes { try sink($0) }
        bytes.removeAll(keepingCapacity: true)
    }
}

extension LineBuffer {
    private static let month = Array("2026-10-".utf8)

    /// Appends a moment of October 2026 as `2026-10-01T00:00:00.000Z`.
    ///
    /// - Parameter milliseconds: since the month began, UTC.
    mutating func append(moment milliseconds: Int) {
        let seconds = milliseconds / 1000
        append(Self.month)
        append(seconds / 86_400 + 1, digits: 2)
        append(byte: 0x54)
        append(seconds / 3600 % 24, digits: 2)
        append(byte: 0x3A)
        append(seconds / 60 % 60, digits: 2)
        append(byte: 0x3A)
        append(seconds % 60, digits: 2)
        append(byte: 0x2E)
        append(milliseconds % 1000, digits: 3)
        append(byte: 0x5A)
    }
}
