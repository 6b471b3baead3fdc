internal import Domain
internal import Pricing

/// Prices of models, each looked up once an hour of traffic.
struct ReplayPrices {
    private struct Key: Hashable {
        let provider: Term
        let model: Term
        let tier: Term
        let region: Term
        let hour: Int64
        /// A model or tier of the plan's, by its rule; -1 for the record's own.
        let rule: Int
    }

    private let book: PriceBook
    private var prices: [Key: PriceTag?] = [:]
    /// The prices that were looked up last, by a few bits: it saves nearly every look-up.
    private var recent: [(key: Key, price: PriceTag?)]

    init(book: PriceBook) {
        self.book = book
        let none = Key(provider: .absent, model: .absent, tier: .absent, region: .absent, hour: .min, rule: -2)
        recent = Array(repeating: (none, nil), count: 512)
    }

    /// The price that a record's call was made at; `nil` where the book has none.
    mutating func own(_ record: UsageRecord, _ vocabulary: Vocabulary) -> PriceTag? {
        find(record, rule: -1) { book, moment in
            guard let model = vocabulary.text(record.model) else { return nil }
            return book.applied(
                Self.biller(record, vocabulary), model, vocabulary.text(record.serviceTier),
                vocabulary.text(record.region), moment)
        }
    }

    /// The price of the model that a route leads to.
    mutating func target(_ terms: RouteTerms, rule: Int, for record: UsageRecord) -> PriceTag? {
        find(record, rule: rule) { book, moment in book.applied(terms.provider, terms.model, nil, nil, moment) }
    }

    /// The price of a model in another tier.
    ///
    /// - Parameter route: where the request goes, if elsewhere, and the rule that says so.
    mutating func tier(
        _ terms: TierTerms, rule: Int, route: (rule: Int, terms: RouteTerms)?, for record: UsageRecord,
        _ vocabulary: Vocabulary
    ) -> PriceTag? {
        find(record, rule: route.map { rule + ($0.rule + 1) * 1_000_000 } ?? rule) { book, moment in
            if let route = route?.terms { return book.applied(route.provider, route.model, terms.tier, nil, moment) }
            guard let model = vocabulary.text(record.model) else { return nil }
            return book.applied(
                Self.biller(record, vocabulary), model, terms.tier, vocabulary.text(record.region), moment)
        }
    }

    private static func biller(_ record: UsageRecord, _ vocabulary: Vocabulary) -> String? {
        vocabulary.text(record.hostProvider.isAbsent ? record.provider : record.hostProvider)
    }

    private mutating func find(
        _ record: UsageRecord, rule: Int, _ lookUp: (PriceBook, Timestamp) -> AppliedPrice?
    ) -> PriceTag? {
        let hour = record.startedAt.isRelative ? Int64.max : record.startedAt.hour
        let provider = record.hostProvider.isAbsent ? record.provider : record.hostProvider
        let key = Key(
            provider: provider, model: record.model, tier: record.serviceTier, region: record.region, hour: hour,
            rule: rule)
        let place = Int(truncatingIfNeeded: record.model.index &* 31 &+ record.serviceTier.index &* 7) &+ rule &* 61
        let slot = place & (recent.count &- 1)
        if recent[slot].key == key { return recent[slot].price }
        let price: PriceTag?
        if let known = prices[key] {
            price = known
        } else {
            let moment = hour == .max ? Period.always.end : Timestamp(seconds: hour * 3_600)
            price = lookUp(book, moment).map { PriceTag($0) }
            prices[key] = price
        }
        recent[slot] = (key, price)
        return price
    }
}

/// A price that many calls share: handed on by reference, since it is larger than what is done with it.
final class PriceTag: Sendable {
    let price: AppliedPrice

    init(_ price: AppliedPrice) { self.price = price }

    /// What a usage costs; `nil` where a bucket has no rate.
    func quote(_ usage: TokenUsage) -> NanoUSD? { price.quote(usage) }
}

extension PriceBook {
    /// A price, if the book has it.
    fileprivate func applied(
        _ provider: String?, _ model: String, _ tier: String?, _ region: String?, _ moment: Timestamp
    ) -> AppliedPrice? {
        try? price(provider: provider, model: model, tier: tier, region: region, at: moment).get()
    }
}

extension AppliedPrice {
    /// What a usage costs; `nil` where a bucket has no rate.
    func quote(_ usage: TokenUsage) -> NanoUSD? { try? cost(of: usage).get() }
}
