internal import Domain

/// One entry of an archive: a length before, checksums behind, so that a torn end and damage show.
///
/// The layout, little-endian: length of the payload (4 bytes), kind (1), check of these (4), payload, checksum of all
/// that (8). The checks depend on a secret of the segment: an answer's text may hold what looks like an entry, and must
/// not pass for one when what stands before it is damaged.
package enum ArchiveFrame {
    /// What a segment begins with; its secret follows, 8 bytes.
    package static let header: [UInt8] = Array("PAYBACK ANSWERS 1\n".utf8)
    /// Bytes before a payload.
    static let head = 4 + 1 + 4
    /// The longest payload that is written and believed.
    package static let longestPayload = 16 << 20

    /// Appends an entry.
    ///
    /// - Parameter secret: the segment's.
    /// - Returns: whether it was appended; one that is too long is not.
    package static func append(_ entry: ArchiveEntry, secret: UInt64, to bytes: inout [UInt8]) -> Bool {
        let (kind, payload) = ArchiveCoder.encode(entry)
        guard payload.count <= longestPayload else { return false }
        let start = bytes.count
        bytes.reserveCapacity(start + head + payload.count + 8)
        bytes.append(littleEndian: UInt32(payload.count))
        bytes.append(kind.rawValue)
        bytes.append(littleEndian: check(bytes[start...], secret))
        bytes += payload
        bytes.append(littleEndian: checksum(bytes[start...], secret))
        return true
    }

    /// What stands at a position of a segment.
    enum Found {
        /// A whole entry, and where the next begins.
        case entry(ArchiveEntry, next: Int)
        /// An entry whose payload is damaged, and where the next begins.
        case damaged(next: Int)
        /// No entry, or one that is not all there.
        case nothing
    }

    /// Looks at a position.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int, secret: UInt64) -> Found {
        guard let base = bytes.baseAddress, bytes.count - position >= head + 8 else { return .nothing }
        let raw = UnsafeRawPointer(base + position)
        let length = Int(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self)))
        let written = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 5, as: UInt32.self))
        let end = position + head + length
        guard written == UInt32(truncatingIfNeeded: ByteHash.hash(base + position, count: 5, seed: secret)),
            length <= longestPayload, end + 8 <= bytes.count
        else { return .nothing }
        let sum = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: head + length, as: UInt64.self))
        let payload = UnsafeBufferPointer(rebasing: bytes[(position + head)..<end])
        guard sum == ByteHash.hash(base + position, count: head + length, seed: secret),
            let kind = ArchiveCoder.Kind(rawValue: bytes[position + 4]),
            let entry = ArchiveCoder.decode(kind, payload)
        else { return .damaged(next: end + 8) }
        return .entry(entry, next: end + 8)
    }

    private static func check(_ bytes: ArraySlice<UInt8>, _ secret: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: checksum(bytes, secret))
    }

    private static func checksum(_ bytes: ArraySlice<UInt8>, _ secret: UInt64) -> UInt64 {
        bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { ByteHash.hash($0, count: buffer.count, seed: secret) } ?? 0
        }
    }
}
