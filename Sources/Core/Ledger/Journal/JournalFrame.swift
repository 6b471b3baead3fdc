internal import Domain

/// One entry of the journal: a few bytes with a length before and a checksum behind, so that a torn end shows.
///
/// The layout, little-endian: length of the payload (4 bytes), kind (1), key (8), payload, checksum of all that (8).
package enum JournalFrame {
    /// What an entry says.
    package enum Kind: UInt8, Sendable, CaseIterable {
        /// A call is about to be made; the record is what it will be taken for if nothing more is heard of it.
        case intent = 1
        /// A record that does not end its request: an attempt that failed, or a request that was refused.
        case record = 2
        /// The record that ends the request of the same key.
        case finalRecord = 3
    }

    /// Bytes around a payload.
    static let overhead = 4 + 1 + 8 + 8
    /// The longest payload that is believed; records are a few hundred bytes.
    static let longestPayload = 1 << 20
    /// What a segment begins with: a name and the version of the layout.
    static let header: [UInt8] = Array("PAYBACK JOURNAL 1\n".utf8)

    /// Appends an entry.
    static func append(_ kind: Kind, key: UInt64, payload: borrowing [UInt8], to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.reserveCapacity(start + overhead + payload.count)
        bytes.append(littleEndian: UInt32(payload.count))
        bytes.append(kind.rawValue)
        bytes.append(littleEndian: key)
        bytes += payload
        let checksum = bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { ByteHash.hash($0 + start, count: buffer.count - start) } ?? 0
        }
        bytes.append(littleEndian: checksum)
    }

    /// What stands at a position of a segment.
    enum Found {
        /// A whole entry: its kind, its key, where its payload is, and where the next entry begins.
        case entry(kind: Kind, key: UInt64, payload: Range<Int>, next: Int)
        /// The beginning of an entry that is not all there yet.
        case unfinished
        /// Something that is no entry.
        case damaged
    }

    /// Looks at a position.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Found {
        guard let base = bytes.baseAddress, bytes.count - position >= overhead else { return .unfinished }
        let raw = UnsafeRawPointer(base + position)
        let length = Int(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self)))
        guard length <= longestPayload, let kind = Kind(rawValue: raw.load(fromByteOffset: 4, as: UInt8.self)) else {
            return .damaged
        }
        let end = position + overhead + length
        guard end <= bytes.count else { return .unfinished }
        let key = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 5, as: UInt64.self))
        let checksum = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 13 + length, as: UInt64.self))
        guard checksum == ByteHash.hash(base + position, count: 13 + length) else { return .damaged }
        return .entry(kind: kind, key: key, payload: (position + 13)..<(position + 13 + length), next: end)
    }
}
