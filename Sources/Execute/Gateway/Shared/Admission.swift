internal import Domain
internal import Policy

/// The counters that all event loops share: budgets and rate limits. Small, and behind one lock.
struct Admission {
    var budgets = BudgetBook()
    private var limiters: [String: RateLimiter] = [:]

    /// What an admitted request holds until it ends.
    struct Ticket {
        var reservation: BudgetReservation?
        /// The key whose limits it counts against.
        var limitedKey: String?
        var estimatedTokens: Int64 = 0
    }

    /// What a request asks for.
    struct Demand {
        var spender: Spender
        var worstCase: NanoUSD?
        var estimatedTokens: Int64
        var limits: RateLimits
        var moment: Timestamp
    }

    /// Why a request is not admitted.
    enum Refusal: Error {
        case rate(RateRefusal)
        case budget(BudgetRefusal)
    }

    /// Admits a request, or says why not; then nothing is held.
    mutating func admit(_ demand: Demand) -> Result<Ticket, Refusal> {
        var ticket = Ticket(estimatedTokens: demand.estimatedTokens)
        if !budgets.isEmpty {
            switch budgets.reserve(demand.worstCase, for: demand.spender, at: demand.moment) {
            case .success(let reservation): ticket.reservation = reservation
            case .failure(let refusal): return .failure(.budget(refusal))
            }
        }
        guard let key = demand.spender.key, !demand.limits.isUnlimited else { return .success(ticket) }
        let admitted = limiters[key, default: RateLimiter()].admit(
            estimatedTokens: demand.estimatedTokens, limits: demand.limits, at: demand.moment)
        if case .failure(let refusal) = admitted {
            if let reservation = ticket.reservation {
                _ = budgets.settle(reservation, actual: .zero, for: demand.spender)
            }
            return .failure(.rate(refusal))
        }
        ticket.limitedKey = key
        return .success(ticket)
    }

    /// Admits a request that is answered without a call: only limits per minute, and of requests at one time, count.
    mutating func admitAnswered(_ demand: Demand) -> Result<Ticket, RateRefusal> {
        var ticket = Ticket()
        guard let key = demand.spender.key, !demand.limits.isUnlimited else { return .success(ticket) }
        let admitted = limiters[key, default: RateLimiter()].admit(
            estimatedTokens: 0, limits: demand.limits, at: demand.moment)
        if case .failure(let refusal) = admitted { return .failure(refusal) }
        ticket.limitedKey = key
        return .success(ticket)
    }

    /// Ends a request.
    ///
    /// - Returns: budgets that reached a threshold by it.
    mutating func settle(
        _ ticket: Ticket, spender: Spender, cost: NanoUSD, tokens: Int64, at moment: Timestamp
    ) -> [BudgetAlert] {
        if let key = ticket.limitedKey {
            limiters[key]?.finish(estimatedTokens: ticket.estimatedTokens, actualTokens: tokens, at: moment)
        }
        return ticket.reservation.map { budgets.settle($0, actual: cost, for: spender) } ?? []
    }
}
