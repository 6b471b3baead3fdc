internal import Domain

/// What has been spent and is reserved against one budget (of one customer, where the budget is for each).
///
/// Spend belongs to the period in which its request started, as it does in the ledger.
struct BudgetAccount {
    private(set) var budget: Budget
    /// The customer, where the budget counts each customer by itself.
    let customer: String?
    /// When this account began to see requests; what started before is charged when it settles.
    let openedAt: Timestamp
    private(set) var period: Period
    private(set) var settled = NanoUSD.zero
    private(set) var reserved = NanoUSD.zero
    /// Of a rolling budget: what was spent in each hour that still counts.
    private var hours: [Int64: NanoUSD] = [:]
    /// Thresholds that have been reported in this period, in percent.
    private var reported: Int64 = 0

    init(budget: Budget, customer: String?, at moment: Timestamp) {
        (self.budget, self.customer, self.openedAt) = (budget, customer, moment)
        period = BudgetCalendar.period(of: budget, at: moment)
    }

    /// The same account under a new limit or enforcement.
    func with(_ budget: Budget) -> BudgetAccount {
        var account = self
        account.budget = budget
        return account
    }

    /// What is left for new requests; negative where more was spent than is allowed.
    var left: NanoUSD { budget.limit - settled - reserved }

    /// Begins a new period where the old one is over.
    mutating func advance(to moment: Timestamp) {
        guard moment >= period.end else { return }
        period = BudgetCalendar.period(of: budget, at: moment)
        reported = 0
        guard case .rolling = budget.period else {
            // What is in flight started in the old period and will be charged to it.
            (settled, reserved) = (.zero, .zero)
            return
        }
        for (hour, amount) in hours where hour < period.start.hour {
            settled = settled - amount
            hours[hour] = nil
        }
    }

    mutating func reserve(_ amount: NanoUSD) { reserved = reserved + amount }

    /// Gives back what a request of this period had reserved.
    mutating func release(_ amount: NanoUSD, startedAt: Timestamp) {
        if isRolling || period.contains(startedAt) { reserved = max(reserved - amount, .zero) }
    }

    /// Counts what a request cost.
    ///
    /// - Returns: a threshold that is crossed by it, in percent of the limit.
    mutating func charge(_ amount: NanoUSD, startedAt: Timestamp) -> Int64? {
        guard period.contains(startedAt) else { return nil }
        settled = settled + amount
        if isRolling { hours[startedAt.hour, default: .zero] += amount }
        return crossed()
    }

    private var isRolling: Bool {
        if case .rolling = budget.period { return true }
        return false
    }

    private mutating func crossed() -> Int64? {
        guard budget.limit.nanos > 0 else { return nil }
        let percent = Int64(min(Int128(settled.nanos) * 100 / Int128(budget.limit.nanos), 1_000))
        guard let threshold = [100, 80].first(where: { percent >= $0 && $0 > reported }) else { return nil }
        reported = threshold
        return threshold
    }
}
