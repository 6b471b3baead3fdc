package import Domain
internal import JSONScan

extension PriceBook: Equatable {
    /// Whether two books say the same, in the same order.
    package static func == (a: PriceBook, b: PriceBook) -> Bool {
        a.version == b.version && a.sources == b.sources && a.models == b.models && a.discounts == b.discounts
    }

    /// The book in its own file format. Reading it gives an equal book: prices are written as exact decimals.
    package var fileText: String {
        var members = [
            JSONValue.Member(key: "version", value: .string(version)),
            JSONValue.Member(key: "currency", value: .string("USD")),
            JSONValue.Member(key: "unit", value: .string("USD per million tokens")),
        ]
        let titles = sources.sorted { $0.key < $1.key }.map { source in
            JSONValue.Member(
                key: source.key, value: .object([JSONValue.Member(key: "title", value: .string(source.value))]))
        }
        members.append(JSONValue.Member(key: "sources", value: .object(titles)))
        members.append(JSONValue.Member(key: "models", value: .array(models.map(\.fileValue))))
        if !discounts.isEmpty {
            members.append(JSONValue.Member(key: "discounts", value: .array(discounts.map(\.fileValue))))
        }
        return JSONPrinter.text(.object(members))
    }
}

extension JSONValue {
    /// An object; members without a value are left out.
    fileprivate static func present(_ members: [(key: String, value: JSONValue?)]) -> JSONValue {
        .object(members.compactMap { entry in entry.value.map { Member(key: entry.key, value: $0) } })
    }

    /// An object of what a dictionary holds, sorted; absent where that is empty.
    fileprivate static func sortedObject<Value>(
        _ values: [String: Value], _ value: (Value) -> JSONValue
    ) -> JSONValue? {
        if values.isEmpty { return nil }
        return .object(values.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: value($0.value)) })
    }
}

extension ModelPrices {
    fileprivate var fileValue: JSONValue {
        JSONValue.present([
            ("provider", .string(provider)), ("model", .string(model)),
            ("aliases", aliases.isEmpty ? nil : .array(aliases.map { .string($0) })), ("mode", .string(mode)),
            ("context_window", contextWindow.map { .number(String($0)) }),
            ("max_output_tokens", maxOutputTokens.map { .number(String($0)) }),
            ("prices", .array(periods.map(\.fileValue))),
        ])
    }
}

extension PricePeriod {
    fileprivate var fileValue: JSONValue {
        JSONValue.present([
            ("from", from.map { .string($0.shortText) }), ("source", .string(source)),
            ("tiers", JSONValue.sortedObject(tiers) { $0.fileValue }),
            ("multipliers", JSONValue.sortedObject(multipliers) { .number($0.notation) }),
            ("fees", JSONValue.sortedObject(fees) { .number($0.decimalText) }),
        ])
    }
}

extension TierRates {
    fileprivate var fileValue: JSONValue {
        let steps = above.map { step in
            let threshold = JSONValue.Member(key: "input_tokens", value: .number(String(step.inputTokens)))
            return JSONValue.object([threshold] + step.rates.fileMembers)
        }
        let longer = steps.isEmpty ? [] : [JSONValue.Member(key: "above", value: .array(steps))]
        return .object(base.fileMembers + longer)
    }
}

extension TokenRates {
    fileprivate var fileMembers: [JSONValue.Member] {
        known.map { JSONValue.Member(key: $0.name, value: .number($0.rate.perMillionText)) }
    }
}

extension Discount {
    fileprivate var fileValue: JSONValue {
        JSONValue.present([
            ("provider", .string(provider)), ("model", model.map { .string($0) }),
            ("percent", .number(percent.notation)),
            ("from", period.start == Period.always.start ? nil : .string(period.start.shortText)),
            ("until", period.end == Period.always.end ? nil : .string(period.end.shortText)),
        ])
    }
}

extension Timestamp {
    /// The date, and the time where it is not midnight.
    fileprivate var shortText: String {
        microseconds.isMultiple(of: Self.microsecondsPerDay) ? dateText : rfc3339
    }
}

extension ExactDecimal {
    /// The number with exactly the decimals that it was given, so that it reads back as the same value and scale.
    package var notation: String {
        let digits = String(coefficient.magnitude)
        let sign = coefficient < 0 ? "-" : ""
        if scale < 0 { return sign + digits + "e" + String(-scale) }
        if scale == 0 { return sign + digits }
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        return sign + String(padded.dropLast(scale)) + "." + String(padded.suffix(scale))
    }
}
