internal import Domain
internal import JSONScan

/// The tokens that a row of a FOCUS bill charges for: one class of tokens per row.
struct FOCUSTokens {
    let row: FieldRow
    let details: JSONValue

    private typealias Field = FOCUSFormat.Field

    /// The tokens in their bucket; `nil` where the row does not charge for tokens.
    func usage(_ builder: inout RecordBuilder) -> TokenUsage? {
        guard let tokens = quantity(.consumedQuantity, .consumedUnit) ?? quantity(.pricingQuantity, .pricingUnit) else {
            return nil
        }
        guard let usage = bucketed(TokenCount(tokens)) else {
            builder.note(
                "unknown_token_class", "The row charges for tokens, but does not say whether they are input or output.")
            return nil
        }
        return usage
    }

    /// Tokens where the unit says so: `Tokens`, or a block such as `1000000 Tokens` or `1K tokens`.
    private func quantity(_ field: Field, _ unit: Field) -> Int64? {
        guard let amount = row.decimal(field.slot), let words = row.string(unit.slot)?.lowercased(),
            words.hasSuffix("tokens") || words.hasSuffix("token"), let block = Self.block(words),
            amount.coefficient >= 0
        else { return nil }
        let (product, overflow) = amount.coefficient.multipliedReportingOverflow(by: block)
        guard !overflow, let whole = ExactDecimal(coefficient: product, scale: amount.scale).units(scale: 0) else {
            return nil
        }
        // More than 10^15 tokens on one line is damage; as tokens it is then unknown.
        return whole.units <= 1_000_000_000_000_000 ? Int64(exactly: whole.units) : nil
    }

    private static func block(_ unit: String) -> Int128? {
        guard let first = unit.split(separator: " ").first, !first.hasPrefix("token") else { return 1 }
        let digits = first.filter { $0 != "," }
        if digits.hasSuffix("k") { return Int64(digits.dropLast()).map { Int128($0) * 1000 } }
        if digits.hasSuffix("m") { return Int64(digits.dropLast()).map { Int128($0) * 1_000_000 } }
        return Int64(digits).map { Int128($0) }
    }

    /// The bucket by the details' keys, whose names still change from draft to draft; else by the meter's name.
    private func bucketed(_ tokens: TokenCount) -> TokenUsage? {
        let direction = details.firstText(["TokenDirection", "x_TokenDirection"])
        let action = details.firstText(["TokenCacheAction", "x_TokenCacheAction"])
        let type = details.firstText(["TokenType", "x_TokenType"]) ?? row.string(Field.skuMeter.slot)
        let stated = direction.map { "\($0) \(action ?? "")" } ?? type
        guard let words = stated?.lowercased().replacing("uncached", with: "") else { return nil }
        if words.contains("output") || words.contains("completion") { return TokenUsage(output: tokens) }
        if words.contains("write") || words.contains("creation") {
            return words.contains("1h") ? TokenUsage(cacheWrite1h: tokens) : TokenUsage(cacheWrite5m: tokens)
        }
        if words.contains("cache") || words.contains("read") { return TokenUsage(cacheRead: tokens) }
        return words.contains("input") || words.contains("prompt") ? TokenUsage(uncachedInput: tokens) : nil
    }
}
