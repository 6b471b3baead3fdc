/// What a bill in euros is worth in dollars. Assumed; both directions are exact decimals.
enum ExchangeRate {
    /// Euros per dollar, as the bill states it.
    static let perDollar = "0.8"
    /// Dollars per euro.
    static let perEuro = "1.25"
    /// The day that the bill names for the rate, from 0.
    static let day = 0

    /// Dollars as euros, in the same units.
    static func euros(_ dollars: Int128) -> Int128 { dollars * 4 / 5 }
    /// Euros as dollars, in the same units.
    static func dollars(_ euros: Int128) -> Int128 { euros * 5 / 4 }
}
