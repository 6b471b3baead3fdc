import ArgumentParser
import Documents
import Domain
import Pricing

/// `payback prices show`: everything that the book says about a model, at every provider that sells it.
struct PricesShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "All prices of a model: tiers, long contexts, since when, from where.",
        discussion: "Example: payback prices show gpt-5 --provider azure --at 2026-01-01")

    @Argument(help: "The model, under its name or an alias.")
    var model: String

    @OptionGroup var priceOptions: PriceOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    mutating func run() async throws {
        let command = self
        try await reportingFailures { try command.show() }
    }

    private func show() throws {
        let book = try priceOptions.book()
        let moment = try priceOptions.moment()
        let found = matches(in: book)
        guard !found.isEmpty else {
            let near = book.nearestNames(to: model, count: 5).joined(separator: ", ")
            let seller = priceOptions.provider.map { " of \($0)" } ?? ""
            throw StandardError.fail(
                .noInput, "There is no model \(model)\(seller) in the price book. The nearest names are: \(near).")
        }
        switch format {
        case .text:
            let sheets = found.map { PriceSheet(model: $0, book: book).text(periods: periods(of: $0, at: moment)) }
            try outputOptions.write(sheets.joined(separator: "\n"))
        case .json:
            let models = found.map { $0.json(periods: periods(of: $0, at: moment), sources: book.sources) }
            let document: JSONOutput = [
                "version": .string(book.version), "unit": .string("USD per million tokens"), "models": .array(models),
            ]
            try outputOptions.write(document.text)
        }
    }

    /// All periods, the newest first, or the one in force at a moment.
    private func periods(of model: ModelPrices, at moment: Timestamp?) -> [PricePeriod] {
        guard let moment else { return model.periods.reversed() }
        return model.period(at: moment).map { [$0] } ?? []
    }

    /// The models of that name, alias or last part of a name, else what the usual spellings lead to.
    private func matches(in book: PriceBook) -> [ModelPrices] {
        let wanted = model.lowercased()
        let provider = priceOptions.canonicalProvider
        let named = book.models.filter { candidate in
            guard provider == nil || candidate.provider == provider else { return false }
            let names = [candidate.model] + candidate.aliases
            return names.contains { name in
                let lower = name.lowercased()
                return lower == wanted || lower.hasSuffix("/" + wanted)
            }
        }
        if !named.isEmpty { return named.sorted { ($0.provider, $0.model) < ($1.provider, $1.model) } }
        return book.find(provider: provider, model: model).map { [$0] } ?? []
    }
}
