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
    private var prices: [Key: AppliedPrice?] = [:]
    private var last: (key: Key, price: AppliedPrice?)?

    init(book: PriceBook) { self.book = book }

    /// The price that a record's call was made at; `nil` where the book has none.
    mutating func own(_ record: UsageRecord, _ vocabulary: Vocabulary) -> AppliedPrice? {
        find(record, rule: -1) { book, moment in
            guard let model = vocabulary.text(record.model) else { return nil }
            return book.applied(
                Self.biller(record, vocabulary), model, vocabulary.text(record.serviceTier),
                vocabulary.text(record.region), moment)
        }
    }

    /// The price of the model that a route leads to.
    mutating func target(_ terms: RouteTerms, rule: Int, for record: UsageRecord) -> AppliedPrice? {
        find(record, rule: rule) { book, moment in book.applied(terms.provider, terms.model, nil, nil, moment) }
    }

    /// The price of a model in another tier.
    ///
    /// - Parameter route: where the request goes, if elsewhere.
    mutating func tier(
        _ terms: TierTerms, rule: Int, route: RouteTerms?, for record: UsageRecord, _ vocabulary: Vocabulary
    ) -> AppliedPrice? {
        find(record, rule: route == nil ? rule : rule + 1_000_000) { book, moment in
            if let route { return book.applied(route.provider, route.model, terms.tier, nil, moment) }
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
    ) -> AppliedPrice? {
        let hour = record.startedAt.isRelative ? Int64.max : record.startedAt.hour
        let provider = record.hostProvider.isAbsent ? record.provider : record.hostProvider
        let key = Key(
            provider: provider, model: record.model, tier: record.serviceTier, region: record.region, hour: hour,
            rule: rule)
        if let last, last.key == key { return last.price }
        let price: AppliedPrice?
        if let known = prices[key] {
            price = known
        } else {
            price = lookUp(book, hour == .max ? Period.always.end : Timestamp(seconds: hour * 3_600))
            prices[key] = price
        }
        last = (key, price)
        return price
    }
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
