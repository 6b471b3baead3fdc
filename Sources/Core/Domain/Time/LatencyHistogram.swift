/// A mergeable histogram of durations in logarithmic bins.
///
/// Each octave has 64 bins, so a quantile read from it is off by at most 1/128, that is 0.8 %. Only the span between the
/// smallest and the largest bin that holds anything is stored.
package struct LatencyHistogram: Sendable, Hashable {
    /// The largest relative error of a quantile.
    package static let relativeError = 1.0 / 128

    private var counts: [UInt32] = []
    private var firstBin = 0
    /// How many durations were added.
    package private(set) var count: Int64 = 0

    /// Creates an empty histogram.
    package init() {}

    /// Adds a duration in microseconds; negative ones mean unknown and are left out.
    package mutating func add(_ microseconds: Int64) {
        guard microseconds >= 0 else { return }
        add(1, bin: Self.bin(of: microseconds))
    }

    /// Adds all durations of another histogram.
    package mutating func merge(_ other: LatencyHistogram) {
        for (offset, bin) in other.counts.enumerated() where bin > 0 { add(bin, bin: other.firstBin + offset) }
    }

    /// The duration in microseconds below which a fraction `q` of all lie (nearest rank); `nil` where there are none.
    package func quantile(_ q: Double) -> Double? {
        guard count > 0 else { return nil }
        let rank = max(Int64((q * Double(count)).rounded(.up)), 1)
        var seen: Int64 = 0
        for (offset, bin) in counts.enumerated() {
            seen += Int64(bin)
            if seen >= rank { return Self.middle(ofBin: firstBin + offset) }
        }
        return nil
    }

    private mutating func add(_ added: UInt32, bin: Int) {
        let position = bin &- firstBin
        if position < 0 || position >= counts.count { makeRoom(for: bin) }
        counts[bin &- firstBin] &+= added
        count &+= Int64(added)
    }

    private mutating func makeRoom(for bin: Int) {
        if counts.isEmpty {
            firstBin = bin
            counts = [0]
        } else if bin < firstBin {
            counts.insert(contentsOf: repeatElement(0, count: firstBin - bin), at: 0)
            firstBin = bin
        } else {
            counts.append(contentsOf: repeatElement(0, count: bin - firstBin - counts.count + 1))
        }
    }

    /// Values below 128 have a bin each; above, 64 bins per octave.
    private static func bin(of value: Int64) -> Int {
        if value < 128 { return Int(value) }
        let exponent = 63 &- value.leadingZeroBitCount
        return (exponent &- 6) &<< 6 &+ Int(value &>> Int64(exponent &- 6))
    }

    private static func middle(ofBin bin: Int) -> Double {
        if bin < 128 { return Double(bin) }
        let shift = bin >> 6 - 1
        let low = Double((bin & 63) + 64) * Double(sign: .plus, exponent: shift, significand: 1)
        return low + Double(sign: .plus, exponent: shift, significand: 0.5)
    }

    // MARK: Storage

    /// The histogram as bytes: runs of (bin − previous bin, count) as variable-length integers.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        var previous = 0
        for (offset, bin) in counts.enumerated() where bin > 0 {
            Self.append(UInt64(firstBin + offset - previous), to: &bytes)
            Self.append(UInt64(bin), to: &bytes)
            previous = firstBin + offset
        }
        return bytes
    }

    /// Adds the durations of an encoded histogram; damaged bytes are ignored from where they make no sense.
    package mutating func merge(encoded bytes: UnsafeBufferPointer<UInt8>) {
        var position = 0
        var bin = 0
        while let step = Self.next(bytes, &position), let count = Self.next(bytes, &position) {
            bin += Int(truncatingIfNeeded: step)
            guard bin >= 0, bin < 4096, let count = UInt32(exactly: count) else { return }
            add(count, bin: bin)
        }
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func next(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
