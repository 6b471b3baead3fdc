internal import Domain
internal import JSONScan
internal import Policy
internal import Providers

/// A lever's answer beside the baseline's.
struct AnswerPair {
    private let candidate: AnswerReading?
    private let baseline: AnswerReading?

    init(_ candidate: AnswerReading?, against baseline: AnswerReading?) {
        (self.candidate, self.baseline) = (candidate, baseline)
    }

    /// The verdict that needs no judge; `nil` where one has to compare.
    private var plain: Verdict? {
        guard let baseline, baseline.isComplete else { return .failed("the baseline has no complete answer") }
        guard let candidate else { return .failed("the lever has no answer") }
        if !candidate.isComplete { return .scored(.whole) }
        return candidate.toolCalls.isEmpty == baseline.toolCalls.isEmpty ? nil : .scored(.whole)
    }

    /// What a judge compares: the texts, or where both want calls, the calls; `nil` where there is nothing to compare.
    var texts: (candidate: String, baseline: String)? {
        guard plain == nil, let candidate, let baseline else { return nil }
        return (candidate.comparedText, baseline.comparedText)
    }

    /// The verdict of a judge that needs nobody's help.
    func verdict(of judge: AnswerJudge) -> Verdict {
        guard let texts else { return plain ?? .failed("there is nothing to compare") }
        // Calls are compared as JSON, whatever judges the texts.
        let hasCalls = !(baseline?.toolCalls.isEmpty ?? true)
        guard let known = hasCalls ? Judge.json : Judge(judge) else { return .failed("nobody judges here") }
        return known.verdict(
            on: texts.candidate, against: texts.baseline,
            similarity: LexicalEncoder().similarity(of: texts.candidate, and: texts.baseline))
    }
}

extension AnswerReading {
    /// The text, or the calls as JSON.
    fileprivate var comparedText: String {
        if toolCalls.isEmpty { return text }
        let calls = toolCalls.map { call in
            let arguments = (try? JSONValue.parse(call.arguments)) ?? .string(call.arguments)
            return JSONValue.object([
                JSONValue.Member(key: "name", value: .string(call.name)),
                JSONValue.Member(key: "arguments", value: arguments),
            ])
        }
        return String(decoding: JSONValue.array(calls).compactBytes, as: UTF8.self)
    }
}

extension Judge {
    /// The judge that a plan names; `nil` where a model or a person is to be asked.
    init?(_ judge: AnswerJudge) {
        switch judge {
        case .exact: self = .exact
        case .normalised: self = .normalisedText
        case .json: self = .json
        case .numbers(let relative, let absolute):
            self = .numbers(NumericTolerance(relative: relative, absolute: absolute))
        case .similarity(let least): self = .similarity(atLeast: least)
        case .model, .feedback: return nil
        }
    }
}
