package import Domain

/// What an audit found: the answer to "where did the money go, what repeats, and what can be done".
package struct Findings: Sendable {
    /// From the first to the last record; absent where no record has a time.
    package var period: Period?
    /// Rows that were read, rejected ones included.
    package var rowsRead = 0
    /// Rows that were rejected; each is in `diagnostics`.
    package var rowsRejected = 0
    /// Records that had been counted already: the same id or the same file again.
    package var recordsRepeated = 0
    /// Everything together.
    package var totals = UsageMeasures()
    /// Latency of requests.
    package var latency = LatencyHistogram()
    /// Time to first token of requests.
    package var timeToFirstToken = LatencyHistogram()
    /// By provider and model, the dearest first.
    package var byModel: [SpendGroup] = []
    /// By feature, the dearest first.
    package var byFeature: [SpendGroup] = []
    /// By customer, the dearest first.
    package var byCustomer: [SpendGroup] = []
    /// Records that name neither customer nor feature.
    package var untagged = UsageMeasures()
    /// Repeated prompts.
    package var duplicates = DuplicateFindings()
    /// What prompt caches could have read.
    package var prefixReuse: [PrefixReuseFinding] = []
    /// The dearest prompts.
    package var topPrompts: [TopPrompt] = []
    /// The dearest prompt templates.
    package var topTemplates: [TemplateFinding] = []
    /// Bills against records.
    package var coverage: [CoverageFinding] = []
    /// Bills as they are, summed.
    package var controlTotals: [ControlSummary] = []
    /// What could be done.
    package var plan = Plan()
    /// What was noticed in the input.
    package var diagnostics: [Diagnostic] = []
    /// The version of the price book that was applied.
    package var priceBookVersion = ""
    /// Whether the traffic says of itself that it is composed.
    package var isComposed = false

    /// Creates findings of nothing.
    package init() {}
}

/// The spend of one model, feature or customer.
package struct SpendGroup: Sendable {
    /// The provider, for models.
    package var provider: String?
    /// The name; absent for records that name none.
    package var name: String?
    /// Counts, tokens and money.
    package var measures: UsageMeasures
    /// Latency of its requests.
    package var latency: LatencyHistogram

    /// Creates a group.
    package init(provider: String? = nil, name: String?, measures: UsageMeasures, latency: LatencyHistogram) {
        (self.provider, self.name, self.measures, self.latency) = (provider, name, measures, latency)
    }
}

/// How often prompts repeat: the upper bound of what caching whole answers can save.
package struct DuplicateFindings: Sendable {
    /// Requests whose prompt is known.
    package var requestsWithPrompt: Int64 = 0
    /// Different prompts, byte for byte.
    package var distinctPrompts = 0
    /// Requests whose prompt had come before.
    package var duplicateRequests: Int64 = 0
    /// What these cost.
    package var duplicateCost = NanoUSD.zero
    /// The same after folding case and white space; absent where texts are not known.
    package var normalisedRequests: Int64?
    /// What these cost.
    package var normalisedCost: NanoUSD?

    /// Creates findings of nothing.
    package init() {}

    /// The share of requests with a known prompt that repeat one; `nil` without any.
    package var rate: Double? {
        requestsWithPrompt > 0 ? Double(duplicateRequests) / Double(requestsWithPrompt) : nil
    }

    /// The share after folding case and white space.
    package var normalisedRate: Double? {
        guard let normalisedRequests, requestsWithPrompt > 0 else { return nil }
        return Double(normalisedRequests) / Double(requestsWithPrompt)
    }
}

/// What a prompt cache with some time to live could have read.
package struct PrefixReuseFinding: Sendable {
    /// Time to live in seconds; absent for one that never ends.
    package var timeToLive: Int?
    /// Input tokens of requests whose prefix is known.
    package var inputTokens: Int64
    /// Of these, tokens that had been sent before within the time to live.
    package var reusableTokens: Int64

    /// Creates a finding.
    package init(timeToLive: Int?, inputTokens: Int64, reusableTokens: Int64) {
        (self.timeToLive, self.inputTokens, self.reusableTokens) = (timeToLive, inputTokens, reusableTokens)
    }

    /// The reusable share of input; `nil` without any input.
    package var rate: Double? { inputTokens > 0 ? Double(reusableTokens) / Double(inputTokens) : nil }
}

/// A dear prompt.
package struct TopPrompt: Sendable, Hashable {
    /// The prompt's hash in hexadecimal, or the name that the source gave it.
    package var promptHash: String
    /// How often it came.
    package var requests: Int64
    /// What it cost in all.
    package var cost: NanoUSD

    /// Creates a finding.
    package init(promptHash: String, requests: Int64, cost: NanoUSD) {
        (self.promptHash, self.requests, self.cost) = (promptHash, requests, cost)
    }
}

/// A dear prompt template.
package struct TemplateFinding: Sendable {
    /// The template's id, or the name that the source gave it.
    package var name: String
    /// The words that its prompts begin with; absent where the source named the template.
    package var pattern: String?
    /// Counts, tokens and money.
    package var measures: UsageMeasures
    /// Different prompts.
    package var distinctPrompts: Int64
    /// What repeated prompts cost.
    package var duplicateCost: NanoUSD
    /// The share of its input that a five-minute cache could have read; absent where prefixes are not known.
    package var reusableRate: Double?
    /// The model that most of its money goes to.
    package var mainModel: String?
    /// What could be done, in one sentence.
    package var advice: String?

    /// Creates a finding.
    package init(name: String, measures: UsageMeasures, distinctPrompts: Int64, duplicateCost: NanoUSD) {
        (self.name, self.measures) = (name, measures)
        (self.distinctPrompts, self.duplicateCost) = (distinctPrompts, duplicateCost)
    }
}

/// A provider's bill against its records, over the time that the bill covers.
package struct CoverageFinding: Sendable {
    /// The provider.
    package var provider: String
    /// How the billed amount is known.
    package var authority: ControlAuthority?
    /// What was billed; absent where no bill was given.
    package var billed: BilledAmount?
    /// The bill's currency.
    package var currency: String
    /// What the records of that time come to.
    package var explained: NanoUSD
    /// Tokens that a usage report states; absent where none was given.
    package var reportedTokens: Int64?
    /// Tokens of the records of that time.
    package var explainedTokens: Int64
    /// The span of time that is compared.
    package var period: Period?

    /// Creates a finding.
    package init(
        provider: String, authority: ControlAuthority?, billed: BilledAmount?, currency: String, explained: NanoUSD
    ) {
        (self.provider, self.authority, self.billed) = (provider, authority, billed)
        (self.currency, self.explained, explainedTokens) = (currency, explained, 0)
    }

    /// What was billed and no record explains, in pico-units; absent without a bill in US dollars.
    package var unattributed: BilledAmount? {
        guard let billed, currency == "USD" else { return nil }
        return BilledAmount(picos: billed.picos - Int128(explained.nanos) * 1000)
    }

    /// The explained share of the bill; may exceed 1. `nil` without a bill.
    package var rate: Double? {
        if let billed, billed.picos > 0, currency == "USD" {
            return Double(explained.nanos) * 1000 / Double(billed.picos)
        }
        guard let reportedTokens, reportedTokens > 0 else { return nil }
        return Double(explainedTokens) / Double(reportedTokens)
    }
}

/// Control totals of one source, provider and service, summed exactly.
package struct ControlSummary: Sendable {
    /// The format or API.
    package var source: String
    /// Who bills.
    package var provider: String
    /// The service.
    package var service: String?
    /// Whether it is AI usage.
    package var isAI: Bool
    /// The currency.
    package var currency: String
    /// How many rows.
    package var rows = 0
    /// Requests, where given.
    package var requests: Int64 = 0
    /// Tokens, where given.
    package var tokens: Int64 = 0
    /// Sum of what was billed.
    package var billed = BilledAmount(picos: 0)
    /// Sum of the amortised cost.
    package var effective = BilledAmount(picos: 0)
    /// Sum at list prices.
    package var list = BilledAmount(picos: 0)
    /// Sum at contracted prices.
    package var contracted = BilledAmount(picos: 0)

    /// Creates a summary of no rows.
    package init(source: String, provider: String, service: String?, isAI: Bool, currency: String) {
        (self.source, self.provider, self.service) = (source, provider, service)
        (self.isAI, self.currency) = (isAI, currency)
    }
}
