internal import Domain
internal import Inputs
internal import JSONScan

/// Reads how answers are judged, and what is demanded of them.
enum QualityReader {
    /// Reads a section; `nil` where there is none.
    ///
    /// - Parameter floor: the floor where the section states none; `nil` for the usual one.
    static func read(_ section: InputSection, floor: Double?) -> QualityTerms? {
        if section.value == .null { return nil }
        section.allow(["judge"] + GateTerms.numbers.map(\.key) + GateTerms.counts.map(\.key))
        var terms = QualityTerms()
        if let floor { terms.gate.floor = floor }
        for term in GateTerms.numbers {
            if let number = section.fraction(term.key, term.range) { terms.gate[keyPath: term.path] = number }
        }
        for term in GateTerms.counts {
            let range = Int64(term.range.lowerBound)...Int64(term.range.upperBound)
            if let count = section.number(term.key, range) { terms.gate[keyPath: term.path] = Int(count) }
        }
        terms.judge = judge(section) ?? terms.judge
        return terms
    }

    private enum Word: String, CaseIterable { case exact, normalised, json, feedback }
    private static let kinds = ["numbers", "similarity", "llm"]

    /// A word, or a mapping of one word to its terms.
    private static func judge(_ section: InputSection) -> AnswerJudge? {
        guard let value = section.value["judge"], value != .null else { return nil }
        if let text = value.text {
            switch Word(rawValue: text) {
            case .exact: return .exact
            case .normalised: return .normalised
            case .json: return .json
            case .feedback: return .feedback
            case nil:
                let words = Word.allCases.map(\.rawValue)
                section.complain(
                    "judge",
                    kinds.contains(text)
                        ? "\(text) needs terms: judge: {\(text): {…}}"
                        : "\"\(text)\" is none of \((words + kinds).joined(separator: ", "))")
                return nil
            }
        }
        return described(section.section("judge"))
    }

    private static func described(_ judge: InputSection) -> AnswerJudge? {
        judge.allow(kinds)
        guard judge.value.members.count == 1, let kind = judge.value.members.first?.key else {
            judge.complain(nil, "one judge was expected")
            return nil
        }
        let terms = judge.section(kind)
        switch kind {
        case "numbers":
            terms.allow(["relative", "absolute"])
            return .numbers(
                relative: terms.fraction("relative", 0...1) ?? 0, absolute: terms.fraction("absolute", 0...1e15) ?? 0)
        case "similarity":
            terms.allow(["at_least"])
            if terms.value["at_least"] == nil { terms.complain("at_least", "it is missing; a cosine was expected") }
            return .similarity(atLeast: terms.fraction("at_least", -1...1) ?? 1)
        case "llm": return model(terms).map { .model($0) }
        default: return nil
        }
    }

    /// Reads a model that judges.
    static func model(_ section: InputSection) -> ModelJudge? {
        section.allow(["upstream", "model", "instructions"])
        guard let model = section.required("model") else { return nil }
        return ModelJudge(model: model, upstream: section.text("upstream"), instructions: section.text("instructions"))
    }
}
