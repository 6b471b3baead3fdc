package import Auditing
internal import Documents
internal import Domain
package import Pricing

/// A file of levers drafted from an audit: what is known is filled in with its source, the rest is for people to judge.
package enum LeverDraft {
    /// Writes the draft.
    ///
    /// - Parameters:
    ///   - findings: of the period that stands for a month.
    ///   - book: for the share of input in the spend.
    /// - Returns: `nil` where the audit has no spend or no period.
    package static func text(_ findings: Findings, prices book: PriceBook) -> String? {
        guard let period = findings.period, findings.totals.cost > .zero else { return nil }
        let days = Double(period.end.microseconds - period.start.microseconds) / Double(Timestamp.microsecondsPerDay)
        let months = max(days, 1) / 30.4375
        let spend = findings.totals.cost.dollars / months
        let levers = [repeats(findings), prefixes(findings)].compactMap { $0 }
        let place = "audit of \(period.start.dateText) to \(period.end.dateText)"
        return """
            # Drafted from the \(place), \(NumberText.fixed(days, decimals: 1)) days.
            # What people have to judge is not in it: which requests a cheaper model may answer (routing), how much shorter
            # prompts can be (prompt_optimisation), what can wait (batch), and what each costs to build.
            source: \(place)
            monthly_spend: \(number(spend))
            input_share: \(number(inputShare(findings, book)))
            levers:
            \(levers.isEmpty ? "  batch: {share: 0}    # nothing repeats as far as the audit can see" : levers.joined(separator: "\n"))
            """
    }

    /// Repeated prompts: a bound within the period, whoever asked.
    private static func repeats(_ findings: Findings) -> String? {
        let duplicates = findings.duplicates
        let cost = max(duplicates.duplicateCost, duplicates.normalisedCost ?? .zero)
        guard let share = cost.share(of: findings.totals.cost), share > 0 else { return nil }
        return """
              semantic_cache:
                eligible_share: \(number(share))    # repeated prompts, by cost; without tenants and times to live: an upper bound
                hit_share: {value: 0.6, low: 0.2, high: 1}    # of them, realised; an assumption
            """
    }

    /// Prefixes that a provider's cache could read, and does not yet.
    private static func prefixes(_ findings: Findings) -> String? {
        let input = findings.totals.totalInput
        guard let reuse = findings.prefixReuse.first, reuse.inputTokens > 0, input > 0, let rate = reuse.rate else {
            return nil
        }
        let read = Double(findings.totals.cacheRead) / Double(input)
        guard rate > read else { return nil }
        return """
              provider_caching:
                prefix_share: \(number(min(Double(reuse.inputTokens) / Double(input), 1)))    # input whose prefixes are known
                reuse_share: \(number(rate - read))    # reusable within five minutes, less what is read already
                write_factor: 1    # 1.25 where the provider charges for writing
            """
    }

    /// Input's share of the spend by the book's prices; a half where nothing has one.
    private static func inputShare(_ findings: Findings, _ book: PriceBook) -> Double {
        var (input, all) = (0.0, 0.0)
        for group in findings.byModel {
            guard let model = group.name,
                case .success(let price) = book.price(
                    provider: group.provider, model: model, tier: nil, at: findings.period?.end ?? .unknown)
            else { continue }
            let sums = group.measures
            let usage = TokenUsage(
                uncachedInput: TokenCount(sums.uncachedInput), cacheRead: TokenCount(sums.cacheRead),
                cacheWrite5m: TokenCount(sums.cacheWrite5m), cacheWrite1h: TokenCount(sums.cacheWrite1h), output: .zero)
            var whole = usage
            whole.output = TokenCount(sums.output)
            guard let part = price.quote(usage), let total = price.quote(whole) else { continue }
            input += part.dollars
            all += total.dollars
        }
        return all > 0 ? input / all : 0.5
    }

    /// At most six decimals.
    private static func number(_ value: Double) -> String { "\((value * 1e6).rounded() / 1e6)" }
}
