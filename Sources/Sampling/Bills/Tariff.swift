/// What tokens cost in a month, each price asked for once.
struct Tariff {
    /// The custom model's price per token of input and of output, in pico-dollars; no price book has it. Assumed.
    private static let custom: [SampleTokenClass: Int64] = [.input: 1_200_000, .output: 6_000_000]
    /// What is left of the list price of the model that the contract names, in percent.
    static let contracted: Int128 = 92

    private struct Key: Hashable {
        let model: SampleModel
        let tier: SampleTier
        let tokens: SampleTokenClass
        let day: Int
    }

    private let price: SamplePrice
    private var known: [Key: Int64] = [:]

    init(_ price: @escaping SamplePrice) { self.price = price }

    /// Pico-dollars that a request's tokens of a class cost by the list.
    ///
    /// - Throws: ``BilledMonthError`` where there are such tokens and no price for them.
    mutating func list(_ tokens: SampleTokenClass, of request: SampleRequest) throws(BilledMonthError) -> Int128 {
        let count = tokens.count(in: request)
        if count == 0 { return 0 }
        let model = request.sampleModel
        if model == .bedrockCustom { return Int128(count) * Int128(Self.custom[tokens] ?? 0) }
        let key = Key(model: model, tier: request.tier, tokens: tokens, day: request.milliseconds / SampleClock.day)
        if let picos = known[key] { return Int128(count) * Int128(picos) }
        let picos = try ask(key)
        known[key] = picos
        return Int128(count) * Int128(picos)
    }

    private func ask(_ key: Key) throws(BilledMonthError) -> Int64 {
        let facts = key.model.facts
        let meter = SampleMeter(
            provider: facts.provider, model: facts.name, tier: key.tier.rawValue, tokens: key.tokens,
            day: SampleClock.date(key.day))
        guard let picos = price(meter) else { throw .noPrice(meter) }
        return picos
    }
}

extension SampleRequest {
    /// The model by its name.
    var sampleModel: SampleModel { SampleModel(rawValue: model) ?? .luna }
}
