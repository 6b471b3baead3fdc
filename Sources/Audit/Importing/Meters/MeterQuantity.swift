internal import Domain

/// Quantities of bills as tokens.
enum MeterQuantity {
    /// More tokens than this on one line are damage.
    static let mostTokens: Int128 = 1_000_000_000_000_000

    /// So many blocks of tokens as whole tokens, rounded half to even: bills print a few decimals of a block.
    ///
    /// - Returns: `nil` for a correction, which is negative, and for what cannot be tokens.
    static func tokens(_ quantity: ExactDecimal, per block: Int64) -> TokenCount? {
        let (product, overflow) = quantity.coefficient.multipliedReportingOverflow(by: Int128(block))
        guard !overflow, product >= 0,
            let whole = ExactDecimal(coefficient: product, scale: quantity.scale).units(scale: 0),
            whole.units <= mostTokens
        else { return nil }
        return Int64(exactly: whole.units).map { TokenCount($0) }
    }

    /// How many tokens a bill's unit is: `1K tokens`, `1M`, `1000 Tokens`, `Tokens`; `nil` where it says something
    /// else.
    static func block(_ unit: String?) -> Int64? {
        guard let unit = unit?.lowercased() else { return nil }
        return unit == "tokens" ? 1 : block(lowercased: unit.filter { $0 != "," })
    }

    private static func block(lowercased unit: String) -> Int64? {
        var words = unit.split(whereSeparator: { $0 == " " || $0 == "/" })
        if words.last == "tokens" || words.last == "token" { words.removeLast() }
        guard let number = words.first else { return 1 }
        guard words.count == 1 else { return nil }
        let factors: [Character: Int64] = ["k": 1000, "m": 1_000_000]
        if let last = number.last, let factor = factors[last] {
            return Int64(number.dropLast()).flatMap { positive($0, times: factor) }
        }
        return Int64(number).flatMap { positive($0, times: 1) }
    }

    private static func positive(_ number: Int64, times factor: Int64) -> Int64? {
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow || product <= 0 || product > 1_000_000_000 ? nil : product
    }
}
