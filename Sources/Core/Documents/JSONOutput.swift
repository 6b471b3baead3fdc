package import Domain

/// A JSON document that is written out: keys stay in order, money stays exact.
package enum JSONOutput: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A binary number; what is not finite becomes `null`.
    case number(Double)
    /// A number whose text is known exactly.
    case exact(String)
    case string(String)
    case array([JSONOutput])
    case object([Member])

    /// A key and its value.
    package struct Member: Sendable, Hashable {
        /// The key.
        package let key: String
        /// The value.
        package let value: JSONOutput

        /// Creates a member.
        package init(_ key: String, _ value: JSONOutput) { (self.key, self.value) = (key, value) }
    }

    /// Money in USD as an exact decimal.
    package static func money(_ amount: NanoUSD) -> JSONOutput { .exact(amount.decimalText) }
    /// Money in USD as an exact decimal, `null` where absent.
    package static func money(_ amount: NanoUSD?) -> JSONOutput { amount.map { money($0) } ?? .null }
    /// A billed amount as an exact decimal, `null` where absent.
    package static func amount(_ amount: BilledAmount?) -> JSONOutput { amount.map { .exact($0.decimalText) } ?? .null }
    /// A text, `null` where absent.
    package static func text(_ text: String?) -> JSONOutput { text.map { .string($0) } ?? .null }
    /// A whole number, `null` where absent.
    package static func count(_ count: Int64?) -> JSONOutput { count.map { .integer($0) } ?? .null }
    /// A fraction rounded to nine decimals, `null` where absent.
    package static func fraction(_ value: Double?) -> JSONOutput { value.map { .number($0) } ?? .null }

    /// An object with one more member at its end.
    package func adding(_ key: String, _ value: JSONOutput) -> JSONOutput {
        guard case .object(let members) = self else { return self }
        return .object(members + [Member(key, value)])
    }

    /// The document as text with two blanks of indentation; short objects of plain values stay on one line.
    package var text: String {
        var result = ""
        write(to: &result, indentation: 0)
        return result + "\n"
    }

    /// The document on one line.
    package var compactText: String {
        switch self {
        case .array(let elements): "[" + elements.map(\.compactText).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.key) + ":" + $0.value.compactText }.joined(separator: ",") + "}"
        default: String(text.dropLast())
        }
    }

    private func write(to text: inout String, indentation: Int) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += Self.decimal(value)
        case .exact(let digits): text += digits
        case .string(let value): text += Self.quoted(value)
        case .array(let elements): write(elements.map { (nil, $0) }, "[", "]", to: &text, indentation)
        case .object(let members): write(members.map { ($0.key, $0.value) }, "{", "}", to: &text, indentation)
        }
    }

    private func write(
        _ entries: [(key: String?, value: JSONOutput)], _ open: String, _ close: String, to text: inout String,
        _ indentation: Int
    ) {
        let isFlat = entries.allSatisfy(\.value.isPlain) && (entries.count <= 12 || open == "{" && entries.count <= 24)
        let blank = isFlat ? " " : "\n" + String(repeating: "  ", count: indentation + 1)
        text += open
        for (position, entry) in entries.enumerated() {
            if position > 0 { text += "," }
            if position > 0 || !isFlat { text += blank }
            if let key = entry.key { text += Self.quoted(key) + ": " }
            entry.value.write(to: &text, indentation: indentation + 1)
        }
        if !isFlat { text += "\n" + String(repeating: "  ", count: indentation) }
        text += close
    }

    private var isPlain: Bool {
        switch self {
        case .array(let elements): elements.isEmpty
        case .object(let members): members.count <= 3 && members.allSatisfy(\.value.isPlain)
        default: true
        }
    }

    /// Rounded to nine decimals, fewer where the number has no more than fifteen digits to give; no trailing zeros,
    /// never an exponent.
    static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        guard abs(value) < 1e15 else { return abs(value) < 1e38 ? String(Int128(value)) : "null" }
        var decimals = 9
        var scaled = value * 1e9
        while abs(scaled) >= 1e15, decimals > 0 {
            (scaled, decimals) = (value * Self.powers[decimals - 1], decimals - 1)
        }
        return Int128(Int64(scaled.rounded())).decimalText(scale: decimals)
    }

    private static let powers: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8]

    /// A string in quotes. Characters that HTML gives a meaning are escaped too, so that it may stand in a page.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\u{0}"..."\u{1F}", "<", ">", "&", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension JSONOutput: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONOutput)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

extension JSONOutput: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByBooleanLiteral {
    /// A string.
    package init(stringLiteral value: String) { self = .string(value) }
    /// An array.
    package init(arrayLiteral elements: JSONOutput...) { self = .array(elements) }
    /// A flag.
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}
