/// What a bill, an admin API or a dashboard says that usage came to, over a span of time.
///
/// Control totals are compared with records and never added to them.
package struct ControlTotal: Sendable, Hashable {
    /// Where it comes from; decides which of several totals for one provider is believed.
    package var authority: ControlAuthority
    /// The format or API it was read from, for example `focus`.
    package var source: String
    /// The span of time that it covers.
    package var period: Period
    /// Who bills.
    package var provider: String
    /// Service, for example `Amazon Bedrock`; absent where the source names none.
    package var service: String?
    /// Model, where the source names one.
    package var model: String?
    /// Other dimensions: project, key, region, charge category, SKU.
    package var dimensions: [String: String] = [:]
    /// Whether this is AI usage; a cloud bill has much else in it.
    package var isAI = true
    /// Requests, where given.
    package var requests: Int64?
    /// Tokens; unknown buckets where not given.
    package var usage: TokenUsage = .unknown
    /// What is billed, in `currency`, exactly as printed.
    package var billed: BilledAmount?
    /// Amortised cost after commitments (FOCUS EffectiveCost).
    package var effective: BilledAmount?
    /// At list prices (FOCUS ListCost).
    package var list: BilledAmount?
    /// At contracted prices (FOCUS ContractedCost).
    package var contracted: BilledAmount?
    /// ISO 4217 code.
    package var currency = "USD"
    /// A hash of the row that it was read from, which tells lines of a bill apart; 0 where there was none.
    package var row: UInt64 = 0

    /// Creates a total about which only its origin, time and provider are known.
    package init(authority: ControlAuthority, source: String, period: Period, provider: String) {
        (self.authority, self.source, self.period, self.provider) = (authority, source, period, provider)
    }
}

/// How much a control total is to be believed, least first. For each provider the best authority's totals are used.
package enum ControlAuthority: UInt8, Sendable, Comparable, CaseIterable {
    /// A dashboard's or admin API's usage: tokens and requests, no money.
    case usageReport
    /// An admin API's cost report.
    case costReport
    /// A bill's charge lines (FOCUS, CUR, a billing export).
    case bill
    /// An invoice total typed by a person who had it before their eyes.
    case invoice

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// The name in JSON and in the ledger.
    package var name: String { ["usage_report", "cost_report", "bill", "invoice"][Int(rawValue)] }
}
