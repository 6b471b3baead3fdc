internal import Domain
internal import Pricing

/// What the traffic would cost at a frozen reference: savings made in application code stay visible against it.
struct ReferenceBaseline {
    private let uses: [String: Plan.ReferenceUse]
    private let book: PriceBook
    private var costs: [Key: NanoUSD?] = [:]
    private var cost = NanoUSD.zero
    private var requests: Int64 = 0
    private var otherCost = NanoUSD.zero
    private var unpriced: Int64 = 0

    private struct Key: Hashable {
        let feature: Term
        let day: Int64
    }

    /// A reference, and how far it reaches.
    struct Result {
        /// What all requests cost at the reference; those without one as asked.
        let cost: NanoUSD
        /// Requests that have a reference.
        let requests: Int64
        /// Requests whose reference has no price: they count as asked.
        let unpriced: Int64
    }

    init(_ uses: [Plan.ReferenceUse], book: PriceBook) {
        self.uses = Dictionary(uses.map { ($0.feature, $0) }) { first, _ in first }
        self.book = book
    }

    /// Takes in a request.
    mutating func add(_ record: UsageRecord, asked: NanoUSD, _ vocabulary: Vocabulary) {
        if uses.isEmpty { return }
        let key = Key(feature: record.feature, day: record.startedAt.day)
        let found: NanoUSD?
        if let known = costs[key] {
            found = known
        } else {
            found = vocabulary.text(record.feature).flatMap { uses[$0] }.flatMap { quote($0, at: record.startedAt) }
            costs[key] = found
        }
        if let found {
            cost = cost + found
            requests += 1
        } else {
            otherCost = otherCost + asked
            if let feature = vocabulary.text(record.feature), uses[feature] != nil { unpriced += 1 }
        }
    }

    /// Takes in a call beside the requests: another try.
    mutating func addOther(_ cost: NanoUSD) { otherCost = otherCost + cost }

    private func quote(_ use: Plan.ReferenceUse, at moment: Timestamp) -> NanoUSD? {
        let at = moment.isKnown ? moment : Period.always.end
        let answer = book.price(provider: use.provider, model: use.model, tier: nil, at: at)
        guard case .success(let price) = answer else { return nil }
        return price.quote(
            TokenUsage(uncachedInput: TokenCount(use.inputTokens), output: TokenCount(use.outputTokens)))
    }

    /// The baseline; `nil` where the plan has no reference.
    var result: Result? {
        uses.isEmpty ? nil : Result(cost: cost + otherCost, requests: requests, unpriced: unpriced)
    }
}
