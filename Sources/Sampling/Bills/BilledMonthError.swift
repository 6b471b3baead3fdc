/// Why a month with bills cannot be composed.
package enum BilledMonthError: Error, Sendable, CustomStringConvertible {
    /// The price book does not price what the sample bills.
    case noPrice(SampleMeter)
    /// So few requests were asked for that an error has nothing to show on.
    case tooFewRequests(Int, cause: String)

    /// What is wrong and what to do, in a sentence.
    package var description: String {
        switch self {
        case .noPrice(let meter):
            "The price book has no price for \(meter.tokens.rawValue) of \(meter.provider) \(meter.model) in the tier "
                + "\(meter.tier) on \(meter.day), which the bills need; use the book that ships with Payback."
        case .tooFewRequests(let requests, let cause):
            "Among \(requests) requests there is none to plant \(cause) on; ask for at least 5000 with --requests."
        }
    }
}
