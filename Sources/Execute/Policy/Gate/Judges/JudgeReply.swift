internal import JSONScan

/// Reads what a judge's model replied. Only a reply that is the JSON object that was asked for, and nothing else, counts;
/// a fence of Markdown around it is taken off.
package enum JudgeReply {
    /// The verdict on the candidate, by a judge that was shown both answers.
    ///
    /// | the judge says | loss |
    /// |---|---|
    /// | the candidate is better, or they are the same | 0 |
    /// | the baseline is better, and the candidate will do | ½ |
    /// | the baseline is better, and the candidate will not do | 1 |
    ///
    /// - Parameters:
    ///   - reply: the visible text of the judge's answer.
    ///   - order: what the judge was shown as A.
    /// - Returns: `failed` where it cannot be read or contradicts itself.
    package static func verdict(of reply: String, order: JudgeQuestion.Order) -> Verdict {
        guard let members = members(of: reply, ["better", "a_ok", "b_ok"]), let better = members["better"]?.text,
            ["A", "B", "same"].contains(better), case .bool(let isAGood) = members["a_ok"],
            case .bool(let isBGood) = members["b_ok"]
        else { return .failed("the judge's reply is not the JSON that it was asked for") }
        let isFirst = order == .candidateFirst
        let (candidate, baseline) = isFirst ? (isAGood, isBGood) : (isBGood, isAGood)
        let isWorse = better == (isFirst ? "B" : "A")
        // The better of two that differ cannot be the one that will not do.
        let contradicts = isWorse ? candidate && !baseline : !candidate && baseline
        if contradicts { return .failed("the judge contradicts itself") }
        return isWorse ? .scored(candidate ? .half : .whole) : .scored(.none)
    }

    /// The verdict of a judge that was shown the candidate alone.
    ///
    /// - Returns: `unavailable` where the reply cannot be read.
    package static func acceptance(of reply: String) -> Cascade.Verdict {
        guard case .bool(let isGood) = members(of: reply, ["a_ok"])?["a_ok"] else {
            return .unavailable("the judge's reply is not the JSON that it was asked for")
        }
        return isGood ? .good : .bad("the judge says that it will not do")
    }

    /// The members of the object; `nil` where there are others than these, or one stands twice.
    private static func members(of reply: String, _ keys: Set<String>) -> [String: JSONValue]? {
        guard case .object(let members) = JSONEquality.document(reply), members.count == keys.count,
            Set(members.map(\.key)) == keys
        else { return nil }
        return Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    }
}
