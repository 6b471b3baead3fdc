import ArgumentParser
import Domain
import Pricing

/// An invoice total that a person typed: `openai=2026-10:182340.12`.
struct Invoice: ExpressibleByArgument {
    /// The total.
    let total: ControlTotal

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let rest = parts[1].split(separator: ":", maxSplits: 1)
        guard rest.count == 2, let period = Self.month(rest[0]), let decimal = ExactDecimal(String(rest[1])),
            let amount = decimal.units(scale: 12), amount.isExact
        else { return nil }
        var total = ControlTotal(
            authority: .invoice, source: "typed", period: period,
            provider: ModelName.canonicalProvider(String(parts[0])))
        total.billed = BilledAmount(picos: amount.units)
        self.total = total
    }

    private static func month(_ text: Substring) -> Period? {
        let parts = text.split(separator: "-")
        guard parts.count == 2, parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            (1...12).contains(month)
        else { return nil }
        let start = Timestamp(year: year, month: month, day: 1)
        return Period(start: start, end: .startOfMonth(start.month + 1))
    }
}
