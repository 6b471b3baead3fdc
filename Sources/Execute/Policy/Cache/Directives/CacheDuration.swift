/// Spans of time as callers write them.
enum CacheDuration {
    /// Seconds, whole or with decimals, in microseconds; `nil` where the text is no number of them.
    static func seconds(_ text: String) -> Int64? {
        // Digits and a point only: Swift's own reading takes `nan`, `inf` and hexadecimal as well.
        guard text.utf8.first.map(isDigit) ?? false, text.utf8.allSatisfy({ isDigit($0) || $0 == 0x2E }),
            let seconds = Double(text)
        else { return nil }
        return Int64(exactly: (seconds * 1_000_000).rounded()) ?? .max
    }

    /// Seconds, or numbers with units one after the other as Go writes them: `90`, `30s`, `1h30m`, `500ms`.
    static func read(_ text: String) -> Int64? {
        if let plain = seconds(text) { return plain }
        var total: Int64 = 0
        var rest = text[...]
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let factor = units[String(unit)], let count = seconds(String(number)) else { return nil }
            let (span, tooLong) = count.multipliedReportingOverflow(by: factor.times)
            let (sum, overflows) = total.addingReportingOverflow(tooLong ? .max : span / factor.per)
            total = overflows ? .max : sum
        }
        return text.isEmpty ? nil : total
    }

    /// Units as fractions of a second.
    private static let units: [String: (times: Int64, per: Int64)] = [
        "us": (1, 1_000_000), "ms": (1, 1_000), "s": (1, 1), "m": (60, 1), "h": (3_600, 1), "d": (86_400, 1),
    ]

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
