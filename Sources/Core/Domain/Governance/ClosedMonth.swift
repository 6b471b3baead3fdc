/// A month as it was when its books were closed.
package struct ClosedMonth: Sendable, Hashable {
    /// What one provider came to.
    package struct Provider: Sendable, Hashable {
        /// Who bills, as the price book spells it.
        package var name: String
        /// What the traffic would have cost as asked.
        package var baseline: NanoUSD
        /// What it cost.
        package var realized: NanoUSD
        /// All calls.
        package var calls: Int64
        /// Calls without a price, which are in no sum.
        package var unpriced: Int64

        /// Creates a provider's figures.
        package init(name: String, baseline: NanoUSD, realized: NanoUSD, calls: Int64, unpriced: Int64) {
            (self.name, self.baseline, self.realized) = (name, baseline, realized)
            (self.calls, self.unpriced) = (calls, unpriced)
        }
    }

    /// The month, counted from January 1970.
    package var month: Int64
    /// When it was closed.
    package var closedAt: Timestamp
    /// By whom.
    package var closedBy: String
    /// The price book's version at that time.
    package var priceBook: String
    /// Each provider, by name.
    package var providers: [Provider]

    /// Creates a closed month.
    package init(month: Int64, closedAt: Timestamp, closedBy: String, priceBook: String, providers: [Provider]) {
        (self.month, self.closedAt, self.closedBy) = (month, closedAt, closedBy)
        (self.priceBook, self.providers) = (priceBook, providers)
    }

    /// The baseline of all providers.
    package var baseline: NanoUSD { providers.reduce(.zero) { $0 + $1.baseline } }
    /// The realised cost of all providers.
    package var realized: NanoUSD { providers.reduce(.zero) { $0 + $1.realized } }
    /// Baseline less realised.
    package var saving: NanoUSD { baseline - realized }
}
