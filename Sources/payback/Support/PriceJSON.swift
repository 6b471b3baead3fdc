import Documents
import Domain
import Pricing

extension ModelPrices {
    /// The model with the given periods in JSON.
    func json(periods: [PricePeriod], sources: [String: String]) -> JSONOutput {
        [
            "provider": .string(provider), "model": .string(model),
            "aliases": .array(aliases.map { JSONOutput.string($0) }), "mode": .string(mode),
            "context_window": .count(contextWindow), "max_output_tokens": .count(maxOutputTokens),
            "prices": .array(periods.map { $0.json(sources: sources) }),
        ]
    }
}

extension PricePeriod {
    /// The period in JSON.
    func json(sources: [String: String]) -> JSONOutput {
        [
            "from": .text(from?.rfc3339), "source": .string(source), "source_title": .text(sources[source]),
            "tiers": Self.object(tiers) { $0.json },
            "multipliers": Self.object(multipliers) { JSONOutput.exact($0.notation) },
            "fees": Self.object(fees) { JSONOutput.money($0) },
        ]
    }

    private static func object<Value>(_ values: [String: Value], _ json: (Value) -> JSONOutput) -> JSONOutput {
        .object(values.sorted { $0.key < $1.key }.map { JSONOutput.Member($0.key, json($0.value)) })
    }
}

extension TierRates {
    /// The tier in JSON, with the steps of longer contexts.
    var json: JSONOutput {
        let steps = above.map { step in
            JSONOutput.object(
                [JSONOutput.Member("input_tokens", .integer(step.inputTokens))] + step.rates.jsonMembers)
        }
        let longer = steps.isEmpty ? [] : [JSONOutput.Member("above", .array(steps))]
        return .object(base.jsonMembers + longer)
    }
}

extension TokenRates {
    /// The known rates in USD per million tokens.
    var jsonMembers: [JSONOutput.Member] {
        known.map { JSONOutput.Member($0.name, .exact($0.rate.perMillionText)) }
    }
}
