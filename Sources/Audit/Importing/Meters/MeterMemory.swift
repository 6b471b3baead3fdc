internal import Pricing

/// Reads each name of a meter once: a bill of a million lines has a few hundred of them.
struct MeterMemory {
    private struct Key: Hashable {
        let dialect: MeterDialect
        let text: String
        let product: String?
    }

    /// Names that are kept; damaged input could have as many as rows.
    private static let most = 20_000
    private let book: PriceBook
    private var readers: [MeterDialect: MeterReader] = [:]
    private var results: [Key: MeterResult] = [:]

    init(book: PriceBook) { self.book = book }

    mutating func read(_ text: String, _ dialect: MeterDialect, product: String?) -> MeterResult {
        let key = Key(dialect: dialect, text: text, product: product)
        if let result = results[key] { return result }
        let result = reader(dialect).read(text, product: product)
        if results.count >= Self.most { results.removeAll(keepingCapacity: true) }
        results[key] = result
        return result
    }

    /// The book's name of a model that another source names.
    mutating func model(named name: String, _ dialect: MeterDialect) -> String? {
        for provider in dialect.providers {
            if let prices = book.find(provider: provider, model: name) { return prices.model }
        }
        return reader(dialect).model(named: name)
    }

    private mutating func reader(_ dialect: MeterDialect) -> MeterReader {
        if let reader = readers[dialect] { return reader }
        let reader = MeterReader(dialect, book: book)
        readers[dialect] = reader
        return reader
    }
}
