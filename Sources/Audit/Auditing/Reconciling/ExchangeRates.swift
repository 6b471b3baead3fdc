/// What other currencies were worth, by day: bills are kept as billed, and converted to be compared.
package struct ExchangeRates: Sendable {
    private var rates: [String: [(day: Int64, rate: ExchangeRate)]] = [:]

    /// No rates but the bills' own.
    package init() {}

    /// Adds what one unit of a currency was worth.
    ///
    /// - Parameters:
    ///   - day: from this day on, counted from January 1970, until another is known.
    ///   - rate: what one unit is worth.
    package mutating func add(_ currency: String, day: Int64, _ rate: ExchangeRate) {
        rates[currency.uppercased(), default: []].append((day, rate))
        rates[currency.uppercased()]?.sort { $0.day < $1.day }
    }

    /// The rate of a day: the last one stated until then, else the first; `nil` where none is known.
    func rate(of currency: String, on day: Int64) -> ExchangeRate? {
        guard let known = rates[currency.uppercased()] else { return nil }
        return (known.last { $0.day <= day } ?? known.first)?.rate
    }
}
