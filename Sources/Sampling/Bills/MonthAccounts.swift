/// What is on a line of a bill.
struct ChargeKey: Hashable, Comparable {
    /// The bill's day, from 0.
    let day: Int
    let model: SampleModel
    let tier: SampleTier
    let tokens: SampleTokenClass

    static func < (a: Self, b: Self) -> Bool { a.order.lexicographicallyPrecedes(b.order) }

    private var order: [Int] {
        let tier = SampleTier.allCases.firstIndex(of: tier) ?? 0
        return [day, model.rawValue, tier, SampleTokenClass.allCases.firstIndex(of: tokens) ?? 0]
    }
}

/// What a line of a bill comes to, in pico-dollars.
struct Charge {
    var tokens: Int128 = 0
    /// At list prices of the tier.
    var list: Int128 = 0
    /// What is billed before credits and taxes.
    var billed: Int128 = 0
}

/// The sums of a month: what is billed, what the records come to, and what each error accounts for.
struct MonthAccounts {
    /// What an error comes to.
    struct Difference {
        /// Billed less recorded, in pico-dollars.
        var amount: Int128 = 0
        /// Calls that carry it.
        var calls = 0
    }

    private(set) var charges: [BilledProvider: [ChargeKey: Charge]] = [:]
    /// Pico-dollars of the records by list prices.
    private(set) var ledger: [BilledProvider: Int128] = [:]
    private(set) var differences: [PlantedError: Difference] = [:]

    /// Books a request as it was made and as it was recorded.
    mutating func take(
        _ request: SampleRequest, recorded: [SampleRequest], _ cause: PlantedError?, _ tariff: inout Tariff
    ) throws(BilledMonthError) {
        var difference = cause == .timing ? 0 : try bill(request, &tariff)
        for record in recorded where cause != .unpricedModel {
            let cost = try Self.list(record, &tariff)
            ledger[request.provider, default: 0] += cost
            difference -= cost
        }
        guard let cause else { return }
        differences[cause, default: Difference()].amount += difference
        differences[cause, default: Difference()].calls += 1
    }

    /// Puts a request on its provider's bill.
    ///
    /// - Returns: what is billed for it.
    private mutating func bill(_ request: SampleRequest, _ tariff: inout Tariff) throws(BilledMonthError) -> Int128 {
        let (provider, model) = (request.provider, request.sampleModel)
        let day = provider.day(of: request.milliseconds)
        var sum: Int128 = 0
        for tokens in SampleTokenClass.allCases where tokens.count(in: request) > 0 {
            let list = try tariff.list(tokens, of: request)
            // Exact, since list prices are whole thousands of pico-dollars.
            let billed = model == .bedrockSonnet ? list * Tariff.contracted / 100 : list
            let key = ChargeKey(day: day, model: model, tier: request.tier, tokens: tokens)
            var charge = charges[provider, default: [:]][key] ?? Charge()
            charge.tokens += Int128(tokens.count(in: request))
            charge.list += list
            charge.billed += billed
            charges[provider, default: [:]][key] = charge
            sum += billed
        }
        return sum
    }

    private static func list(_ request: SampleRequest, _ tariff: inout Tariff) throws(BilledMonthError) -> Int128 {
        var sum: Int128 = 0
        for tokens in SampleTokenClass.allCases { sum += try tariff.list(tokens, of: request) }
        return sum
    }

    /// Books an error that stands on the bill alone.
    mutating func book(_ error: PlantedError, _ amount: Int128, calls: Int = 0) {
        differences[error] = Difference(amount: amount, calls: calls)
    }

    /// A provider's lines, in the order of the bill.
    func lines(_ provider: BilledProvider) -> [(key: ChargeKey, charge: Charge)] {
        (charges[provider] ?? [:]).map { (key: $0.key, charge: $0.value) }.sorted { $0.key < $1.key }
    }

    /// What a provider's usage is billed at, in pico-dollars, before credits and taxes.
    func usage(_ provider: BilledProvider) -> Int128 {
        (charges[provider] ?? [:]).values.reduce(0) { $0 + $1.billed }
    }
}
