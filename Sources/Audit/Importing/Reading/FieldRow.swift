package import Domain
package import JSONScan

/// The fields of one row of an export, by slot, as bytes of the buffer that they were read from.
package struct FieldRow {
    let base: UnsafePointer<UInt8>
    let values: UnsafeBufferPointer<FieldValue>
    /// All bytes of the row.
    let whole: UnsafeBufferPointer<UInt8>

    /// A hash of the row's bytes.
    package var hash: UInt64 { whole.baseAddress.map { ByteHash.hash($0, count: whole.count) } ?? 0 }

    /// The value of a slot.
    package subscript(_ slot: Int) -> FieldValue { values[slot] }

    /// Whether a slot has no value, or an empty text.
    package func isMissing(_ slot: Int) -> Bool {
        let value = values[slot]
        return value.isMissing || (value.count == 0 && value.kind != .object)
    }

    /// The bytes of a value as they stand in the row, escapes and all.
    package func raw(_ slot: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base + Int(values[slot].start), count: Int(values[slot].count))
    }

    /// Calls `body` with the text of a string or number, unescaped.
    func withText<Result>(
        _ slot: Int, scratch: inout [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        switch values[slot].kind {
        case .escapedString:
            scratch.removeAll(keepingCapacity: true)
            JSONText.unescape(raw(slot), into: &scratch)
            return scratch.withUnsafeBufferPointer(body)
        case .quotedCell:
            scratch.removeAll(keepingCapacity: true)
            appendUndoubled(raw(slot), to: &scratch)
            return scratch.withUnsafeBufferPointer(body)
        case .absent, .null: return body(UnsafeBufferPointer(start: nil, count: 0))
        default: return body(raw(slot))
        }
    }

    /// The text of a value; `nil` where it is missing or empty.
    package func string(_ slot: Int) -> String? {
        if isMissing(slot) { return nil }
        var scratch: [UInt8] = []
        return withText(slot, scratch: &scratch) { String(decoding: $0, as: UTF8.self) }
    }

    /// The value as a tree: objects and arrays, also those that a CSV cell or a string carries as text.
    package func tree(_ slot: Int) -> JSONValue? {
        if isMissing(slot) { return nil }
        var scratch: [UInt8] = []
        return withText(slot, scratch: &scratch) { try? JSONValue.parse($0) }
    }

    /// The value as an exact decimal; `nil` where it is missing or not a number.
    package func decimal(_ slot: Int) -> ExactDecimal? {
        if isMissing(slot) { return nil }
        return ExactDecimal(utf8: raw(slot))
    }

    /// Appends a quoted cell's bytes, each doubled quote once.
    private func appendUndoubled(_ bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
        var start = 0
        while start < bytes.count, let quote = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) {
            text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...quote]))
            let isDoubled = quote + 1 < bytes.count && bytes[quote + 1] == UInt8(ascii: "\"")
            start = quote + (isDoubled ? 2 : 1)
        }
        text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }
}

/// Why a row is rejected.
package struct RowProblem: Error, Sendable, Hashable {
    /// A stable word for programs.
    package let code: String
    /// What is wrong and what to do about it.
    package let message: String

    /// Creates a problem.
    package init(_ code: String, _ message: String) { (self.code, self.message) = (code, message) }
}
