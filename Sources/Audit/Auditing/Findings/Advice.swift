internal import Domain

/// What could be done about what was found. Upper bounds and pointers, no forecasts: those are the savings model's.
enum Advice {
    /// The one thing most worth doing about a template.
    static func sentence(for template: TemplateFinding) -> String? {
        let cost = template.measures.cost.dollars
        let measures = template.measures
        if cost > 0, template.duplicateCost.dollars / cost >= 0.2 {
            return
                "Answer repeats from a cache: \(percent(template.duplicateCost.dollars / cost)) of its cost repeats a prompt."
        }
        let read = share(measures.cacheRead, of: measures.totalInput)
        if let position = earlyChange(in: template), read < 0.1 {
            return "Move what changes behind what stays: word \(position) differs from request to request, so no cache "
                + "can read the beginning."
        }
        if let reusable = template.reusableRate, reusable - read >= 0.15 {
            return "Let the provider's prompt cache read its prefix: \(percent(reusable)) of input repeats within "
                + "5 minutes, \(percent(read)) is read from a cache."
        }
        if measures.calls > 0, share(measures.failed + measures.refused, of: measures.calls) >= 0.05 {
            return
                "Find out why \(percent(share(measures.failed + measures.refused, of: measures.calls))) of its calls fail."
        }
        if measures.totalInput > 20 * max(measures.output, 1), measures.requests > 0 {
            return "Shorten its prompt: \(measures.totalInput / max(measures.requests, 1)) input tokens a request "
                + "for \(measures.output / max(measures.requests, 1)) of output."
        }
        if measures.requests > 0, measures.output / measures.requests <= 200 {
            return
                "Try a smaller model behind a quality gate: answers average \(measures.output / measures.requests) tokens."
        }
        return template.mainModel.flatMap { model in
            cost > 0 ? "Try a cheaper model than \(model) on a sample, behind a quality gate." : nil
        }
    }

    /// The position, from 1, of a word with digits among the first words of a prompt that is long enough to be cached.
    private static func earlyChange(in template: TemplateFinding) -> Int? {
        let requests = max(template.measures.requests, 1)
        guard template.measures.totalInput / requests >= 1024, let pattern = template.pattern else { return nil }
        return pattern.split(separator: " ").prefix(12).firstIndex { $0.contains("<n>") }.map { $0 + 1 }
    }

    /// The actions that the findings suggest, the largest bound first.
    static func plan(for findings: Findings) -> Plan {
        var actions: [Plan.Action] = []
        if findings.duplicates.duplicateCost > .zero {
            actions.append(
                Plan.Action(
                    lever: .exactCache, subject: "repeated prompts",
                    advice: "Serve repeated prompts from an exact cache.", upperBound: findings.duplicates.duplicateCost
                ))
        }
        if findings.totals.failedCost > 0 {
            actions.append(
                Plan.Action(
                    lever: .reliability, subject: "failed calls",
                    advice: "Stop paying for calls that fail or are made again.",
                    upperBound: NanoUSD(nanos: findings.totals.failedCost)))
        }
        if findings.untagged.cost > .zero {
            actions.append(
                Plan.Action(
                    lever: .attribution, subject: "untagged spend",
                    advice: "Tag every request with a customer or a feature; what nobody owns nobody reduces.",
                    upperBound: .zero))
        }
        return Plan(actions: actions.sorted { $0.upperBound > $1.upperBound })
    }

    private static func share(_ part: Int64, of whole: Int64) -> Double { whole > 0 ? Double(part) / Double(whole) : 0 }

    private static func percent(_ fraction: Double) -> String { "\(Int((fraction * 100).rounded())) %" }
}
