internal import Domain
internal import Pricing

/// Prices records, looking each combination of names up once an hour of traffic.
struct Pricer {
    private struct Key: Hashable {
        let provider: Term
        let model: Term
        let tier: Term
        let region: Term
        /// Some prices differ by the hour.
        let hour: Int64
    }

    private struct NameKey: Hashable {
        let provider: Term
        let model: Term
    }

    private let book: PriceBook
    private var prices: [Key: Result<AppliedPrice, PricingGapError>] = [:]
    private var providers: [NameKey: Term] = [:]
    /// The names that were resolved last, by a few bits: it saves nearly every look-up.
    private var recent = [(key: NameKey, provider: Term)](
        repeating: (NameKey(provider: Term(index: .max), model: .absent), .absent), count: 256)
    /// The book's version as a term of the vocabulary, once it was used.
    private(set) var version: Term = .absent

    init(book: PriceBook) { self.book = book }

    /// Gives the provider its canonical name, or guesses it from the model.
    mutating func resolveProvider(of record: inout UsageRecord, vocabulary: inout Vocabulary) {
        let key = NameKey(provider: record.provider, model: record.model)
        let position = Int(truncatingIfNeeded: (key.provider.index &* 31 &+ key.model.index) & 255)
        if recent[position].key == key {
            record.provider = recent[position].provider
            return
        }
        let provider = providers[key] ?? resolve(key, vocabulary: &vocabulary)
        providers[key] = provider
        recent[position] = (key, provider)
        record.provider = provider
    }

    private func resolve(_ key: NameKey, vocabulary: inout Vocabulary) -> Term {
        if let stated = vocabulary.text(key.provider) { return vocabulary.term(ModelName.canonicalProvider(stated)) }
        guard let model = vocabulary.text(key.model) else { return .absent }
        if let prices = book.find(provider: nil, model: model) { return vocabulary.term(prices.provider) }
        return vocabulary.term(ModelName.guessProvider(ofModel: model))
    }

    /// What a record costs by the book.
    mutating func price(
        _ record: UsageRecord, vocabulary: inout Vocabulary, extras: ArraySlice<ExtraUsage>
    ) -> Result<NanoUSD, PricingGapError> {
        if version.isAbsent { version = vocabulary.term(book.version) }
        let provider = record.hostProvider.isAbsent ? record.provider : record.hostProvider
        let hour = record.startedAt.isRelative ? Int64.max : record.startedAt.hour
        let key = Key(
            provider: provider, model: record.model, tier: record.serviceTier, region: record.region, hour: hour)
        let price = prices[key] ?? lookUp(key, vocabulary)
        prices[key] = price
        switch price {
        case .failure(let error): return .failure(error)
        case .success(let applied):
            return applied.cost(of: record.usage).map { cost in
                extras.reduce(cost) { $0 + Self.fee($1, applied, vocabulary) }
            }
        }
    }

    /// Relative times are priced at today's prices.
    private func lookUp(_ key: Key, _ vocabulary: Vocabulary) -> Result<AppliedPrice, PricingGapError> {
        guard let model = vocabulary.text(key.model) else { return .failure(PricingGapError(.unknownModel)) }
        let moment = key.hour == .max ? Period.always.end : Timestamp(seconds: key.hour * 3600)
        return book.price(
            provider: vocabulary.text(key.provider), model: model, tier: vocabulary.text(key.tier),
            region: vocabulary.text(key.region), at: moment)
    }

    private static func fee(_ extra: ExtraUsage, _ price: AppliedPrice, _ vocabulary: Vocabulary) -> NanoUSD {
        guard let kind = vocabulary.text(extra.kind), let fee = price.fees[kind] else { return .zero }
        let nanos = (Int128(fee.nanos) * Int128(extra.millionths)).dividedRoundingHalfToEven(by: 1_000_000)
        return NanoUSD(nanos: Int64(nanos))
    }
}
