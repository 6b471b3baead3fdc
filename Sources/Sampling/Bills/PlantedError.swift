/// The ten reasons for which bills and records of the month differ; the raw value names them in `truth.json`.
enum PlantedError: String, CaseIterable, Sendable {
    case missingDay = "missing_day"
    case cacheWritesMissing = "cache_writes_missing"
    case tierPricedAsStandard = "tier_priced_as_standard"
    case negotiatedPrice = "negotiated_price"
    case duplicateRecords = "duplicate_records"
    case timing
    case credit
    case tax
    case currency
    case unpricedModel = "unpriced_model"

    /// Whose bill differs from the records.
    var provider: BilledProvider {
        switch self {
        case .missingDay, .tierPricedAsStandard: .openai
        case .cacheWritesMissing, .duplicateRecords: .anthropic
        case .negotiatedPrice, .unpricedModel: .bedrock
        case .timing, .credit: .vertex
        case .tax, .currency: .mistral
        }
    }

    /// Whether single requests carry it; the others stand on the bill alone.
    var isOfRequests: Bool {
        switch self {
        case .credit, .tax, .currency: false
        default: true
        }
    }
}
