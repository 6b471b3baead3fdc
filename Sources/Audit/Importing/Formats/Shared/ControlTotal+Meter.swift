internal import Domain

extension ControlTotal {
    /// Takes in what the charge's meter says: the model, and what tells its price apart from others of the model.
    mutating func take(_ meter: MeterResult) {
        let reading = meter.reading
        if !meter.unknownWords.isEmpty { dimensions["unknown_words"] = meter.unknownWords.joined(separator: " ") }
        if model == nil { model = reading.model }
        dimensions["token_class"] = reading.tokenClass
        if reading.tier != .standard { dimensions["service_tier"] = reading.tier.rawValue }
        dimensions["scope"] = reading.scope?.rawValue
        dimensions["modality"] = reading.modality?.rawValue
        if reading.isLongContext { dimensions["context"] = "long" }
        if reading.isThinking { dimensions["thinking"] = "true" }
        if dimensions["region"] == nil { dimensions["region"] = reading.region }
    }
}

extension MeterReading {
    /// The bucket that is charged for, in the words of the ledger; `nil` where it is not of tokens.
    var tokenClass: String? {
        switch (cache, direction) {
        case (.read, _): "cache_read"
        case (.write5m, _): "cache_write_5m"
        case (.write1h, _): "cache_write_1h"
        case (.storage, _): "cache_storage"
        case (.none, .input): "uncached_input"
        case (.none, .output): "output"
        case (.none, nil): nil
        }
    }
}
