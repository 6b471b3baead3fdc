import Domain
import Pricing

/// Everything about a model in plain text.
struct PriceSheet {
    let model: ModelPrices
    let book: PriceBook

    /// The sheet with the given periods.
    func text(periods: [PricePeriod]) -> String {
        var text = "\(model.model) (\(model.provider), \(model.mode))\n"
        if !model.aliases.isEmpty { text += "also written: \(model.aliases.joined(separator: ", "))\n" }
        let limits = [
            model.contextWindow.map { "\($0) tokens of context" },
            model.maxOutputTokens.map { "\($0) tokens of output" },
        ].compactMap(\.self)
        if !limits.isEmpty { text += "at most " + limits.joined(separator: ", ") + "\n" }
        if periods.isEmpty { text += "no price was in force then\n" }
        for period in periods { text += "\n" + sheet(period) }
        return text
    }

    private func sheet(_ period: PricePeriod) -> String {
        let since = period.from.map { "Since " + $0.dateText } ?? "From the beginning"
        var text = "\(since), USD per million tokens\n\n" + table(period).text
        for (name, factor) in period.multipliers.sorted(by: { $0.key < $1.key }) {
            text += "\(name): all prices times \(factor.notation)\n"
        }
        for (name, fee) in period.fees.sorted(by: { $0.key < $1.key }) {
            text += "\(name): \(fee.decimalText) USD each\n"
        }
        return text + "Source: \(book.sources[period.source] ?? period.source)\n"
    }

    /// One line for each tier and length of context, one column for each price that is known anywhere.
    private func table(_ period: PricePeriod) -> PlainTable {
        var lines: [(tier: String, above: String, rates: TokenRates)] = []
        for (name, tier) in period.tiers.sorted(by: { Self.rank($0.key) < Self.rank($1.key) }) {
            lines.append((name, "-", tier.base))
            for step in tier.above { lines.append((name, String(step.inputTokens), step.rates)) }
        }
        let names = TokenRates.keys.map { $0.name }
        let buckets = names.filter { name in lines.contains { $0.rates[name: name] != nil } }
        var columns: [(title: String, alignment: PlainTable.Alignment)] = [("tier", .left), ("above tokens", .decimal)]
        for bucket in buckets { columns.append((bucket, .decimal)) }
        var table = PlainTable(columns)
        for line in lines {
            table.add([line.tier, line.above] + buckets.map { line.rates[name: $0]?.perMillionText ?? "-" })
        }
        return table
    }

    /// Standard stands first.
    private static func rank(_ tier: String) -> String { tier == "standard" ? "" : tier }
}
