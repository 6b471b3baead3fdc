internal import Domain
internal import JSONScan

/// Collects the prices per token of one entry of LiteLLM's map.
struct LiteLLMRates {
    private let key: String
    private(set) var diagnostics = Diagnostics()
    /// Rates by tier, and within it by the number of input tokens above which they apply.
    private var rates: [String: [Int64: TokenRates]] = [:]

    init(key: String, entry: JSONValue) {
        self.key = key
        for member in entry.members where member.key != "tiered_pricing" { take(member, above: 0) }
        for step in entry["tiered_pricing"]?.elements ?? [] { takeStep(step) }
        reportMissing()
    }

    /// Whether there is no price per token at all.
    var isEmpty: Bool { rates.isEmpty }

    /// Whether no price is above zero. In this map that means that nobody filled the price in.
    var isZero: Bool {
        rates.values.allSatisfy { steps in
            steps.values.allSatisfy { rates in rates.known.allSatisfy { $0.rate.picos == 0 } }
        }
    }

    /// The rates in our shape.
    var tiers: [String: TierRates] {
        rates.mapValues { steps in
            let longer = steps.filter { $0.key > 0 }
            return TierRates(
                base: steps[0] ?? TokenRates(),
                above: longer.map { ContextRates(inputTokens: $0.key, rates: $0.value) })
        }
    }

    /// An element of `tiered_pricing`: its prices hold for all tokens of requests above the start of its range.
    private mutating func takeStep(_ step: JSONValue) {
        guard let start = step["range"]?.elements.first?.integer, start >= 0 else {
            report("price_unreadable", "\(key): a step of tiered_pricing has no range and was left out.")
            return
        }
        for member in step.members where member.key != "range" { take(member, above: start) }
    }

    private mutating func take(_ member: JSONValue.Member, above start: Int64) {
        guard let field = LiteLLMPriceField(member.key) else {
            reportUnused(member)
            return
        }
        guard let text = member.value.text, let price = price(text, field: member.key) else { return }
        let threshold = max(field.threshold, start)
        if field.isSecondName, rates[field.tier]?[threshold]?[name: field.bucket] != nil { return }
        rates[field.tier, default: [:]][threshold, default: TokenRates()][name: field.bucket] = price
    }

    /// USD per token, as text, in pico-dollars: 12 decimals. More are the noise of binary floating point.
    private mutating func price(_ text: String, field: String) -> PicoUSDPerToken? {
        guard let decimal = ExactDecimal(text), decimal.coefficient >= 0, let units = decimal.units(scale: 12),
            let picos = Int64(exactly: units.units)
        else {
            report("price_unreadable", "\(key): \(field) is \(text), which is not a price; it was left out.")
            return nil
        }
        if units.isExact { return PicoUSDPerToken(picos: picos) }
        // A price that is too small for us is not the same as no charge.
        guard picos > 0 else {
            report("price_unreadable", "\(key): \(field) is \(text), which is too small; it was left out.")
            return nil
        }
        report("price_does_not_fit", "\(key): \(field) is \(text); it was rounded to 12 decimals.")
        return PicoUSDPerToken(picos: picos)
    }

    /// LiteLLM bills the standard price where a tier or a long context lacks one; we say so instead.
    private mutating func reportMissing() {
        guard let base = rates["standard"]?[0] else { return }
        for (tier, steps) in rates.sorted(by: { $0.key < $1.key }) {
            for (threshold, found) in steps.sorted(by: { $0.key < $1.key }) {
                for bucket in ["input", "cache_read", "output"] where base[name: bucket] != nil {
                    guard found[name: bucket] == nil else { continue }
                    let place = threshold > 0 ? "\(tier) above \(threshold) tokens" : tier
                    report("rate_missing", "\(key): \(place) has no price for \(bucket); such calls stay unpriced.")
                }
            }
        }
    }

    private mutating func reportUnused(_ member: JSONValue.Member) {
        guard member.key.contains("cost") || member.key == "off_peak_pricing" else { return }
        switch member.value {
        case .null, .bool: return
        case .number(let text), .string(let text):
            if ExactDecimal(text)?.coefficient == 0 { return }
        case .array, .object: break
        }
        report("price_not_covered", "\(key): \(member.key) is not a price per token; it was left out.", .note)
    }

    private mutating func report(_ code: String, _ message: String, _ severity: Diagnostic.Severity = .warning) {
        diagnostics.add(Diagnostic(code, message, severity: severity))
    }
}
