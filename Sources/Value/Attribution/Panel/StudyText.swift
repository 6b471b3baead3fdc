internal import Documents
internal import Domain
internal import Statistics

/// How a study writes its numbers: with as many decimals as the largest of them needs for four digits.
struct StudyText: Sendable {
    /// Decimals, from 0 to 6.
    let decimals: Int

    /// Takes the decimals from numbers that are shown together.
    init(of values: some Sequence<Double>) {
        let largest = values.filter(\.isFinite).map(abs).max() ?? 0
        decimals = min(max(3 - Powers.magnitude(largest), 0), 6)
    }

    /// A number; a dash where there is none.
    func number(_ value: Double?) -> String {
        value.map { NumberText.fixed($0, decimals: decimals) } ?? NumberText.none
    }

    /// `-27.4 to -11.6`; an open end is said in words.
    func range(_ low: Double?, _ high: Double?) -> String {
        switch (low, high) {
        case (let low?, let high?): "\(number(low)) to \(number(high))"
        case (let low?, nil): "at least \(number(low))"
        case (nil, let high?): "at most \(number(high))"
        case (nil, nil): "not bounded"
        }
    }

    /// A p-value with three decimals: `0.077`, `below 0.001`.
    static func p(_ value: Double?) -> String {
        guard let value else { return NumberText.none }
        return value < 0.001 ? "below 0.001" : NumberText.fixed(value, decimals: 3)
    }

    /// `95 % interval`.
    static func level(_ level: Double) -> String { "\(NumberText.fixed(level * 100, decimals: 0)) % interval" }
}

extension EffectEstimate {
    /// The headline: the effect, its interval, the p-value with its rule, the grade.
    func figures(_ text: StudyText, named name: String, rule: String?) -> [Figure] {
        let range = interval.map { "\(StudyText.level($0.level)) \(text.range($0.low, $0.high))" }
        return [
            Figure(name, text.number(estimate), note: range),
            Figure("p-value of no effect", StudyText.p(pValue), note: rule), Figure("Evidence", grade.label),
        ]
    }

    /// What has to hold, what the method cannot see, and what these data say against it.
    func closing(cannotRuleOut: [String]) -> [Block] {
        let hints = warnings.map { Block.hint(Hint($0)) }
        return (hints.isEmpty ? [] : [.heading(level: 1, text: "What speaks against it")] + hints)
            + [.heading(level: 1, text: "What has to hold"), .list(assumptions)]
            + [.heading(level: 1, text: "What this cannot rule out"), .list(cannotRuleOut)]
    }
}
