internal import JSONScan

/// Whether two JSON documents say the same.
enum JSONEquality {
    /// Compares an answer with the baseline's; a fence of Markdown around either is taken off.
    static func verdict(on answer: String, against baseline: String) -> Verdict {
        guard let wanted = document(baseline) else { return .failed("the baseline's answer is no JSON") }
        guard let given = document(answer) else { return .scored(.whole) }
        return Verdict(isAsGood: isSame(given, wanted))
    }

    /// The document of a text; a fence of Markdown around it is taken off.
    static func document(_ text: String) -> JSONValue? {
        var lines = text.split(whereSeparator: \.isNewline)[...]
        if lines.count >= 2, lines.first?.hasPrefix("```") == true, lines.last?.hasPrefix("```") == true {
            lines = lines.dropFirst().dropLast()
        }
        return try? JSONValue.parse(lines.joined(separator: "\n"))
    }

    /// Whether two values are the same, numbers by what they are.
    static func isSame(_ a: JSONValue, _ b: JSONValue) -> Bool {
        switch (a, b) {
        case (.number(let first), .number(let second)): PlainDecimal(first) == PlainDecimal(second)
        case (.array(let first), .array(let second)):
            first.count == second.count && zip(first, second).allSatisfy(isSame)
        case (.object(let first), .object(let second)): isSame(members(first), members(second))
        default: a == b
        }
    }

    private static func isSame(_ a: [String: JSONValue], _ b: [String: JSONValue]) -> Bool {
        a.count == b.count && a.allSatisfy { key, value in b[key].map { isSame(value, $0) } ?? false }
    }

    /// A key that stands twice counts as readers take it: the last one.
    private static func members(_ members: [JSONValue.Member]) -> [String: JSONValue] {
        Dictionary(members.map { ($0.key, $0.value) }) { _, last in last }
    }
}

/// A decimal number however it is written: 1, 1.0 and 10e-1 are the same. Exact, whatever its size.
struct PlainDecimal: Hashable {
    private let isNegative: Bool
    private let digits: String
    private let exponent: Int

    /// Whether it has no fraction.
    var isWhole: Bool { exponent >= 0 }

    init(_ text: String) {
        let parts = text.lowercased().split(separator: "e", maxSplits: 1)
        let mantissa = parts.first ?? ""
        let point = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = point.count > 1 ? point[1] : ""
        var digits = "\(point.first ?? "")\(fraction)".filter(\.isNumber).drop { $0 == "0" }
        let written = digits.count
        while digits.last == "0" { digits.removeLast() }
        self.digits = String(digits)
        isNegative = mantissa.hasPrefix("-") && !digits.isEmpty
        let shift = parts.count > 1 ? Int(parts[1]) ?? .max / 2 : 0
        exponent = digits.isEmpty ? 0 : shift &- fraction.count &+ (written - digits.count)
    }
}
