/// What bills have beside usage.
enum BillExtras {
    /// Value added tax on Mistral's bill, in percent.
    static let taxPercent: Int128 = 20
    /// The days of Google's bill on which a promotion gives back a part of the cost, from 0.
    static let promotion = 11..<16
    /// The part that it gives back, in percent.
    static let promotionPercent: Int128 = 25
    /// What OpenAI charges in error and takes back a week later: 4.25 USD in pico-dollars.
    static let correction: Int128 = 4_250_000_000_000

    /// The tax on Mistral's bill, in 10⁻¹² EUR.
    static func tax(_ accounts: MonthAccounts) -> Int128 {
        let euros = accounts.lines(.mistral).reduce(Int128(0)) { $0 + ExchangeRate.euros($1.charge.billed) }
        return euros * taxPercent / 100
    }

    /// What the promotion gives back on a line of Google's bill, in pico-dollars; positive.
    static func promotion(on key: ChargeKey, _ charge: Charge) -> Int128 {
        promotion.contains(key.day) ? charge.billed * promotionPercent / 100 : 0
    }

    /// Books the errors that stand on bills alone.
    static func book(into accounts: inout MonthAccounts) {
        let given = accounts.lines(.vertex).reduce(Int128(0)) { $0 + promotion(on: $1.key, $1.charge) }
        accounts.book(.credit, -given)
        accounts.book(.tax, ExchangeRate.dollars(tax(accounts)))
        // At the stated rate the euros are worth what the records come to: the error is to add them up as dollars.
        accounts.book(.currency, 0)
    }
}
