package import Domain

/// For whom a request spends.
package struct Spender: Sendable, Hashable {
    /// The virtual key's id.
    package var key: String?
    /// The customer.
    package var customer: String?
    /// The feature.
    package var feature: String?
    /// The team.
    package var team: String?

    /// Creates a spender; what is not given is not known.
    package init(key: String? = nil, customer: String? = nil, feature: String? = nil, team: String? = nil) {
        (self.key, self.customer, self.feature, self.team) = (key, customer, feature, team)
    }
}

/// What a request holds of its budgets until it is settled.
package struct BudgetReservation: Sendable, Hashable {
    /// The worst case that was reserved, in USD.
    package let amount: NanoUSD
    /// When the request started: its spend belongs to the period around this moment.
    package let startedAt: Timestamp
    let accounts: [Int]
    let generation: Int
}

/// Why a budget does not let a request through.
package struct BudgetRefusal: Error, Sendable, Hashable {
    /// The budget.
    package let budget: Budget
    /// What the request could cost at worst; absent where that cannot be said.
    package let worstCase: NanoUSD?
    /// What is left of the budget, in USD, reservations taken off.
    package let left: NanoUSD
    /// What has been spent in the period.
    package let spent: NanoUSD
    /// When the period ends.
    package let resetsAt: Timestamp
}

/// A budget that has reached a threshold.
package struct BudgetAlert: Sendable, Hashable {
    /// The budget.
    package let budget: Budget
    /// The customer, where the budget counts each customer by itself.
    package let customer: String?
    /// The threshold, in percent of the limit: 80 or 100.
    package let threshold: Int64
    /// What has been spent in the period.
    package let spent: NanoUSD
}

/// How much of a budget is used, for displays.
package struct BudgetState: Sendable, Hashable {
    /// The budget.
    package let budget: Budget
    /// The customer, where the budget counts each customer by itself.
    package let customer: String?
    /// The period that is counted.
    package let period: Period
    /// What has been spent in it.
    package let spent: NanoUSD
    /// What calls in flight hold.
    package let reserved: NanoUSD

    /// Creates a state.
    package init(budget: Budget, customer: String?, period: Period, spent: NanoUSD, reserved: NanoUSD) {
        (self.budget, self.customer, self.period) = (budget, customer, period)
        (self.spent, self.reserved) = (spent, reserved)
    }
}

/// All budgets and what is spent and reserved against them: the arithmetic of "never exceeded".
///
/// A request reserves its worst case with every budget that applies before it is sent, and settles what it really cost
/// afterwards. Settled and reserved together never exceed a hard budget, so at no concurrency can the spend.
package struct BudgetBook: Sendable {
    private var accounts: [BudgetAccount] = []
    private var byScope: [BudgetScope: [Int]] = [:]
    /// Budgets that open an account for each customer when it first appears.
    private var templates: [Budget] = []
    /// Grows when the set of budgets changes, so that older reservations do not touch accounts that are not theirs.
    private var generation = 0

    /// Creates a book without budgets.
    package init() {}

    /// Whether there is any budget.
    package var isEmpty: Bool { accounts.isEmpty && templates.isEmpty }

    /// Replaces the set of budgets, keeping the accounts of those that stay.
    ///
    /// - Returns: budgets that are new: what the ledger says was spent in their period belongs to them; see ``load``.
    package mutating func replace(with budgets: [Budget], at moment: Timestamp) -> [Budget] {
        let old = accounts
        (accounts, byScope, templates) = ([], [:], budgets.filter { $0.scope == .eachCustomer })
        generation += 1
        var new: [Budget] = []
        for budget in budgets {
            let kept = old.filter { $0.budget.id == budget.id && $0.budget.hasPeriods(of: budget) }
            for account in kept { adopt(account.with(budget), of: budget) }
            if kept.isEmpty {
                new.append(budget)
                if budget.scope != .eachCustomer { open(budget, customer: nil, at: moment) }
            }
        }
        return new
    }

    /// Takes over what the ledger says was spent before this book existed.
    package mutating func load(_ amount: NanoUSD, budget: Budget, customer: String?, startedAt: Timestamp) {
        let position =
            accounts.firstIndex { $0.budget.id == budget.id && $0.customer == customer }
            ?? open(budget, customer: customer, at: startedAt)
        _ = accounts[position].charge(amount, startedAt: startedAt)
    }

    /// Whether a hard budget applies, so that the worst case has to be known.
    package mutating func isHard(for spender: Spender, at moment: Timestamp) -> Bool {
        applicable(to: spender, at: moment).contains { accounts[$0].budget.enforcement == .hard }
    }

    /// Reserves the worst case of a request with every budget that applies, or with none.
    ///
    /// - Parameter worstCase: `nil` where it cannot be bounded or priced: hard budgets refuse that.
    package mutating func reserve(
        _ worstCase: NanoUSD?, for spender: Spender, at moment: Timestamp
    ) -> Result<BudgetReservation, BudgetRefusal> {
        let positions = applicable(to: spender, at: moment)
        for position in positions {
            accounts[position].advance(to: moment)
            let account = accounts[position]
            guard account.budget.enforcement == .hard else { continue }
            if let worstCase, worstCase <= account.left { continue }
            return .failure(
                BudgetRefusal(
                    budget: account.budget, worstCase: worstCase, left: account.left, spent: account.settled,
                    resetsAt: account.period.end))
        }
        let amount = worstCase ?? .zero
        for position in positions { accounts[position].reserve(amount) }
        return .success(
            BudgetReservation(amount: amount, startedAt: moment, accounts: positions, generation: generation))
    }

    /// Replaces a reservation by what the request cost.
    ///
    /// - Returns: budgets that reached a threshold by it.
    package mutating func settle(
        _ reservation: BudgetReservation, actual: NanoUSD, for spender: Spender
    ) -> [BudgetAlert] {
        let isCurrent = reservation.generation == generation
        let positions = isCurrent ? reservation.accounts : applicable(to: spender, at: reservation.startedAt)
        var alerts: [BudgetAlert] = []
        for position in positions {
            accounts[position].release(reservation.amount, startedAt: reservation.startedAt)
            guard let threshold = accounts[position].charge(actual, startedAt: reservation.startedAt) else { continue }
            let account = accounts[position]
            alerts.append(
                BudgetAlert(
                    budget: account.budget, customer: account.customer, threshold: threshold, spent: account.settled))
        }
        return alerts
    }

    /// The state of every account at a moment.
    package mutating func states(at moment: Timestamp) -> [BudgetState] {
        accounts.indices.map { position in
            accounts[position].advance(to: moment)
            let account = accounts[position]
            return BudgetState(
                budget: account.budget, customer: account.customer, period: account.period, spent: account.settled,
                reserved: account.reserved)
        }
    }

    // MARK: Accounts

    private mutating func applicable(to spender: Spender, at moment: Timestamp) -> [Int] {
        if isEmpty { return [] }
        if let customer = spender.customer { openMissing(for: customer, at: moment) }
        var positions = byScope[.total] ?? []
        if let key = spender.key { positions += byScope[.key(key)] ?? [] }
        if let customer = spender.customer { positions += byScope[.customer(customer)] ?? [] }
        if let feature = spender.feature { positions += byScope[.feature(feature)] ?? [] }
        if let team = spender.team { positions += byScope[.team(team)] ?? [] }
        return positions
    }

    /// A customer that nobody has seen before has its budget from its first request on.
    private mutating func openMissing(for customer: String, at moment: Timestamp) {
        for budget in templates {
            let isOpen = byScope[.customer(customer)]?.contains { accounts[$0].budget.id == budget.id } ?? false
            if !isOpen { open(budget, customer: customer, at: moment) }
        }
    }

    @discardableResult
    private mutating func open(_ budget: Budget, customer: String?, at moment: Timestamp) -> Int {
        adopt(BudgetAccount(budget: budget, customer: customer, at: moment), of: budget)
    }

    @discardableResult
    private mutating func adopt(_ account: BudgetAccount, of budget: Budget) -> Int {
        let scope = account.customer.map(BudgetScope.customer) ?? budget.scope
        byScope[scope, default: []].append(accounts.count)
        accounts.append(account)
        return accounts.count - 1
    }
}

extension Budget {
    /// Whether spend is counted in the same periods, for the same scope.
    fileprivate func hasPeriods(of other: Budget) -> Bool {
        scope == other.scope && period == other.period && timeZone == other.timeZone
    }
}
