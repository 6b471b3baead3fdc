internal import Domain
internal import Policy
internal import Providers

extension Exchange {
    /// The journal cannot be written.
    static func journalRefusal(_ reason: String) -> CallerError {
        CallerError(
            status: 503, code: "ledger_unavailable",
            message: "The gateway cannot record calls now, and makes none that it cannot record. \(reason)")
    }

    /// A hard budget applies, and something has no bound.
    static func unbounded(_ what: String, _ why: String) -> CallerError {
        CallerError(
            status: 402, code: "cost_not_bounded",
            message: "A hard budget applies, and the cost of \(what) cannot be bounded: \(why).")
    }

    /// A limit per minute, or of requests at one time, is reached.
    static func error(of refusal: RateRefusal) -> CallerError {
        let what =
            switch refusal.kind {
            case .requests: "\(refusal.limit) requests per minute"
            case .tokens: "\(refusal.limit) tokens per minute"
            case .concurrency: "\(refusal.limit) requests at one time"
            }
        return CallerError(
            status: 429, code: "rate_limit_exceeded",
            message: "The key's limit of \(what) is reached; try again in \(refusal.retryAfter) s.",
            retryAfter: refusal.retryAfter)
    }

    /// A hard budget does not let the request through.
    static func error(of refusal: BudgetRefusal) -> CallerError {
        let budget = refusal.budget
        let need = refusal.worstCase.map { "could cost up to \($0.decimalText) USD" } ?? "has no bound"
        return CallerError(
            status: 402, code: "budget_exceeded",
            message: """
                The budget \(budget.id) (\(budget.scope.text), \(budget.limit.decimalText) USD per \(budget.period.text)) has \
                \(max(refusal.left, .zero).decimalText) USD left, and the request \(need). Spent: \
                \(refusal.spent.decimalText) USD. It resets at \(refusal.resetsAt.rfc3339).
                """)
    }
}
