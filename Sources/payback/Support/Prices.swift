import ArgumentParser
import Domain
import Inputs
import Pricing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension PriceBook {
    /// The shipped book, with the user's own prices and discounts laid over it.
    ///
    /// - Parameter path: a file in our own format, or a cost map of LiteLLM.
    /// - Throws: ``InputError`` where the file cannot be read or is no list of prices.
    static func loading(overlay path: String?) throws(InputError) -> PriceBook {
        let book = try PriceBook.shipped()
        guard let path else { return book }
        let file = try PriceFile.read(path)
        StandardError.show(file.diagnostics)
        return book.overlaid(with: file.book)
    }
}

extension StandardError {
    /// Writes what a person should know, one line for each kind.
    static func show(_ diagnostics: Diagnostics) {
        for entry in diagnostics.entries {
            let times = entry.count > 1 ? " (the first of \(entry.count))" : ""
            let place = [entry.file, entry.line.map(String.init)].compactMap(\.self).joined(separator: ":")
            print("\(entry.severity.name): \(place.isEmpty ? "" : place + ": ")\(entry.message)\(times)")
        }
    }
}

/// Which prices a command looks at.
struct PriceOptions: ParsableArguments {
    @Option(help: "Your own prices and discounts, laid over the price book (docs/prices.md).")
    var prices: String?

    @Option(help: "Only of this provider, for example openai.")
    var provider: String?

    @Option(help: "Prices in force on this day, UTC: 2025-06-10.")
    var at: String?

    /// The book with the user's overlay.
    func book() throws(InputError) -> PriceBook { try PriceBook.loading(overlay: prices) }

    /// The book's name of the provider.
    var canonicalProvider: String? { provider.map(ModelName.canonicalProvider) }

    /// The moment that the user asked for.
    func moment() throws -> Timestamp? {
        guard let at else { return nil }
        guard let moment = Timestamp.read(at) else {
            throw ValidationError("--at \(at) is not a date; write 2025-06-10 or 2025-06-10T12:00:00Z.")
        }
        return moment
    }

    /// The present moment.
    static var now: Timestamp { Timestamp(seconds: Int64(time(nil))) }
}
