import Importing

/// What a meter should be read as, in a line of a table.
struct MeterExpectation: Sendable, CustomStringConvertible {
    let text: String
    let product: String?
    let reading: MeterReading

    var description: String { text }

    /// A line: the meter's name, the model, the class of tokens in the ledger's words, then what else it says.
    init(
        _ text: String, _ model: String?, _ tokenClass: String, tier: MeterTier = .standard, scope: MeterScope? = nil,
        modality: MeterModality? = nil, unit: MeterUnit? = .tokens(per: nil), region: String? = nil,
        thinking: Bool = false, long: Bool = false, product: String? = nil
    ) {
        (self.text, self.product) = (text, product)
        var reading = MeterReading()
        (reading.model, reading.tier, reading.scope, reading.modality) = (model, tier, scope, modality)
        (reading.unit, reading.region, reading.isThinking, reading.isLongContext) = (unit, region, thinking, long)
        for word in tokenClass.split(separator: " ") {
            if let direction = MeterDirection(rawValue: String(word)) { reading.direction = direction }
            if let cache = MeterCache(rawValue: String(word)) { reading.cache = cache }
        }
        self.reading = reading
    }
}
