import ArgumentParser
import Documents
import Domain
import Pricing

/// `payback prices list`: every model with its standard prices.
struct PricesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "All models with their standard prices.",
        discussion: "Example: payback prices list --provider google")

    @OptionGroup var priceOptions: PriceOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    mutating func run() async throws {
        let command = self
        try await reportingFailures { try command.list() }
    }

    private func list() throws {
        let book = try priceOptions.book()
        let moment = try priceOptions.moment() ?? PriceOptions.now
        let wanted = priceOptions.canonicalProvider
        let models = book.models.filter { wanted == nil || $0.provider == wanted }
        guard !models.isEmpty else {
            let known = Set(book.models.map(\.provider)).sorted().joined(separator: ", ")
            throw StandardError.fail(
                .noInput, "There is no provider \(wanted ?? "") in the price book. There are: \(known).")
        }
        let priced = models.compactMap { model in model.period(at: moment).map { (model: model, period: $0) } }
        let rows = priced.sorted { ($0.model.provider, $0.model.model) < ($1.model.provider, $1.model.model) }
        switch format {
        case .text: try outputOptions.write(text(rows, book, moment))
        case .json: try outputOptions.write(json(rows, book, moment).text)
        }
    }

    private func text(
        _ rows: [(model: ModelPrices, period: PricePeriod)], _ book: PriceBook, _ moment: Timestamp
    ) -> String {
        var table = PlainTable([
            ("Provider", .left), ("Model", .left), ("Input", .decimal), ("Cache read", .decimal),
            ("Output", .decimal), ("Since", .left), ("Mode", .left),
        ])
        for row in rows {
            let rates = row.period.tiers["standard"]?.base ?? TokenRates()
            let prices = [rates.input, rates.cacheRead, rates.output].map { $0?.perMillionText ?? "-" }
            let since = row.period.from?.dateText ?? "-"
            table.add([row.model.provider, row.model.model] + prices + [since, row.model.mode])
        }
        let title = "Standard prices on \(moment.dateText), USD per million tokens, price book \(book.version)"
        return title + "\n\n" + table.text + "\n\(rows.count) models\n"
    }

    private func json(
        _ rows: [(model: ModelPrices, period: PricePeriod)], _ book: PriceBook, _ moment: Timestamp
    ) -> JSONOutput {
        let models = rows.map { $0.model.json(periods: [$0.period], sources: book.sources) }
        return [
            "version": .string(book.version), "unit": .string("USD per million tokens"),
            "at": .string(moment.rfc3339), "models": .array(models),
        ]
    }
}
