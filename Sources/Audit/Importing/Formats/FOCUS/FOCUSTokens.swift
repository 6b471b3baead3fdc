internal import Domain
internal import JSONScan

/// The tokens that a row of a FOCUS bill charges for: one class of tokens per row.
struct FOCUSTokens {
    let row: FieldRow
    let details: JSONValue
    /// What the meter's name says, where a cloud adds it to the row.
    let meter: MeterReading?

    private typealias Field = FOCUSFormat.Field

    /// The tokens in their bucket; `nil` where the row does not charge for tokens.
    func usage(_ builder: inout RecordBuilder) -> TokenUsage? {
        guard let tokens = quantity(.consumedQuantity, .consumedUnit) ?? quantity(.pricingQuantity, .pricingUnit) else {
            return nil
        }
        guard let usage = meter?.usage(tokens) ?? bucketed(tokens) else {
            builder.note(
                "unknown_token_class", "The row charges for tokens, but does not say whether they are input or output.")
            return nil
        }
        return usage
    }

    /// Tokens where the unit says so: `Tokens`, or a block such as `1000000 Tokens` or `1K tokens`; a meter of tokens
    /// may leave the word out.
    private func quantity(_ field: Field, _ unit: Field) -> TokenCount? {
        guard let amount = row.decimal(field.slot), let words = row.string(unit.slot)?.lowercased(),
            words.hasSuffix("tokens") || words.hasSuffix("token") || isMeterOfTokens,
            let block = MeterQuantity.block(words)
        else { return nil }
        // More than 10^15 tokens on one line is damage; as tokens it is then unknown.
        return MeterQuantity.tokens(amount, per: block)
    }

    private var isMeterOfTokens: Bool {
        if case .tokens? = meter?.unit { return true }
        return false
    }

    /// The bucket by the details' keys, whose names still change from draft to draft; else by the meter's name.
    private func bucketed(_ tokens: TokenCount) -> TokenUsage? {
        let direction = details.firstText(["TokenDirection", "x_TokenDirection"])
        let action = details.firstText(["TokenCacheAction", "x_TokenCacheAction"])
        let type = details.firstText(["TokenType", "x_TokenType"]) ?? row.string(Field.skuMeter.slot)
        let stated = direction.map { "\($0) \(action ?? "")" } ?? type
        guard let words = stated?.lowercased() else { return nil }
        if words.hasPart("output") || words.hasPart("completion") { return TokenUsage(output: tokens) }
        if words.hasPart("write") || words.hasPart("creation") {
            return words.hasPart("1h") ? TokenUsage(cacheWrite1h: tokens) : TokenUsage(cacheWrite5m: tokens)
        }
        let isCached = !words.hasPart("uncached") && words.hasPart("cache")
        if isCached || words.hasPart("read") { return TokenUsage(cacheRead: tokens) }
        return words.hasPart("input") || words.hasPart("prompt") ? TokenUsage(uncachedInput: tokens) : nil
    }
}
