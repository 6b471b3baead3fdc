/// Numbers and texts as bytes that stand by themselves: numbers as zigzag varints (Protocol Buffers' `sint64`) or fixed
/// and little-endian, texts behind their length.
extension [UInt8] {
    /// Appends a number in all of its bytes, the least significant first.
    @inlinable
    package mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends a number, small ones of either sign in one byte.
    @inlinable
    package mutating func append(varint number: Int64) {
        var rest = UInt64(bitPattern: (number << 1) ^ (number >> 63))
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    /// Appends bytes behind their number.
    @inlinable
    package mutating func append(lengthAndBytesOf bytes: some Collection<UInt8>) {
        append(varint: Int64(bytes.count))
        append(contentsOf: bytes)
    }
}

/// Reads numbers and texts from bytes. What is missing reads as zero and is remembered as damage.
package struct ByteReader {
    private let source: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// Whether something was missing.
    package private(set) var isDamaged = false

    /// Creates a reader of some bytes, which it does not keep alive.
    package init(_ bytes: UnsafeBufferPointer<UInt8>) { source = bytes }

    /// A number of 8 bytes.
    package mutating func fixed() -> UInt64 {
        guard source.count - position >= 8, let base = source.baseAddress else { return fail(0) }
        defer { position += 8 }
        return UInt64(littleEndian: UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self))
    }

    /// A number of as many bytes as it needs.
    package mutating func varint() -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < source.count, shift < 64 {
            let byte = source[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
            shift += 7
        }
        return fail(0)
    }

    /// Bytes behind their number; without a base address where there are none.
    package mutating func bytes() -> UnsafeBufferPointer<UInt8> {
        let count = varint()
        guard count >= 0, count <= Int64(source.count - position) else {
            return fail(UnsafeBufferPointer(start: nil, count: 0))
        }
        if count == 0 { return UnsafeBufferPointer(start: nil, count: 0) }
        defer { position += Int(count) }
        return UnsafeBufferPointer(rebasing: source[position..<(position + Int(count))])
    }

    /// A text behind its length.
    package mutating func string() -> String { String(decoding: bytes(), as: UTF8.self) }

    /// A number of elements, each of at least so many bytes.
    package mutating func count(of size: Int) -> Int {
        let count = varint()
        return count >= 0 && count <= Int64((source.count - position) / size) ? Int(count) : fail(0)
    }

    private mutating func fail<Value>(_ value: Value) -> Value {
        isDamaged = true
        position = source.count
        return value
    }
}
