package import Domain

/// A control total written out once: what its identity is hashed from, and the texts that an engine keeps of it.
///
/// A bill has millions of lines, so the same bytes serve for all of it, and the buffer for every line.
package struct ControlTotalText {
    /// A text that engines keep.
    package enum Part: Int, CaseIterable, Sendable {
        /// Exact decimals; empty where the total has none.
        case billed, effective, list, contracted
        /// `key=value`, a line each, in the order of the keys.
        case dimensions
    }

    private var bytes: [UInt8] = []
    private var parts: [Range<Int>] = Array(repeating: 0..<0, count: Part.allCases.count)

    /// Creates a buffer.
    package init() { bytes.reserveCapacity(1024) }

    /// Writes a total; what was written before is gone.
    package mutating func write(_ total: ControlTotal) {
        bytes.removeAll(keepingCapacity: true)
        line(total.source)
        line(total.authority.name)
        line(total.provider)
        line(total.service ?? "")
        line(total.model ?? "")
        line(total.currency)
        line(total.period.start.microseconds)
        line(total.period.end.microseconds)
        line(total.requests ?? -1)
        amount(total.billed, .billed)
        amount(total.effective, .effective)
        amount(total.list, .list)
        amount(total.contracted, .contracted)
        total.usage.appendIdentity(to: &bytes)
        bytes.append(Self.newline)
        Int128(total.row).appendDecimal(scale: 0, to: &bytes)
        write(total.dimensions)
    }

    /// The same for the same statement of the same source, in every run and release: ledgers rest on it.
    package var identity: UInt64 {
        bytes.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { ByteHash.hash($0, count: bytes.count) } ?? 0
        }
    }

    /// Calls `body` with the bytes of a part's range.
    package func withBytes<Result>(
        _ body: ((Part) -> UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBufferPointer { bytes in
            try body { UnsafeBufferPointer(rebasing: bytes[parts[$0.rawValue]]) }
        }
    }

    // MARK: Writing

    private static let newline = UInt8(ascii: "\n")

    private mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(Self.newline)
    }

    private mutating func line(_ number: Int64) {
        Int128(number).appendDecimal(scale: 0, to: &bytes)
        bytes.append(Self.newline)
    }

    private mutating func amount(_ amount: BilledAmount?, _ part: Part) {
        let start = bytes.count
        amount?.picos.appendDecimal(scale: 12, to: &bytes)
        parts[part.rawValue] = start..<bytes.count
        bytes.append(Self.newline)
    }

    private mutating func write(_ dimensions: [String: String]) {
        var start = bytes.count
        for (key, value) in dimensions.sorted(by: { $0.key < $1.key }) {
            bytes.append(Self.newline)
            if start == bytes.count - 1 { start = bytes.count }
            bytes.append(contentsOf: key.utf8)
            bytes.append(UInt8(ascii: "="))
            bytes.append(contentsOf: value.utf8)
        }
        parts[Part.dimensions.rawValue] = start..<bytes.count
    }
}

extension ControlTotal {
    /// The same for the same statement of the same source, in every run.
    package var identity: UInt64 {
        var text = ControlTotalText()
        text.write(self)
        return text.identity
    }
}

extension TokenUsage {
    /// Appends the counts as identities have always had them: as the language prints the value, which takes most of an
    /// import's time where it is left to print it.
    package func appendIdentity(to text: inout [UInt8]) {
        var opening = "TokenUsage("
        for (name, count) in [
            ("uncachedInput", uncachedInput), ("cacheRead", cacheRead), ("cacheWrite5m", cacheWrite5m),
            ("cacheWrite1h", cacheWrite1h), ("output", output), ("reasoning", reasoning), ("audioInput", audioInput),
            ("audioOutput", audioOutput), ("imageInput", imageInput), ("imageOutput", imageOutput),
        ] as [(StaticString, TokenCount)] {
            text.append(contentsOf: opening.utf8)
            name.withUTF8Buffer { text.append(contentsOf: $0) }
            text.append(contentsOf: ": Domain.TokenCount(raw: ".utf8)
            Int128(count.known ?? -1).appendDecimal(scale: 0, to: &text)
            opening = "), "
        }
        text.append(contentsOf: "))".utf8)
    }
}
