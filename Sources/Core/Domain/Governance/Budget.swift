/// How much may be spent, by whom, in which span of time.
package struct Budget: Sendable, Hashable {
    /// The budget's id, for example `bud_01J9…`.
    package var id: String
    /// Whose spend it limits.
    package var scope: BudgetScope
    /// The most that may be spent in one period, in USD.
    package var limit: NanoUSD
    /// How long a period is.
    package var period: BudgetPeriod
    /// The IANA name of the time zone in which days, weeks and months begin.
    package var timeZone: String
    /// What happens at the limit.
    package var enforcement: BudgetEnforcement
    /// Where a warning is posted; absent for the log alone.
    package var webhook: String?

    /// Creates a budget.
    package init(
        id: String, scope: BudgetScope, limit: NanoUSD, period: BudgetPeriod, timeZone: String = "UTC",
        enforcement: BudgetEnforcement = .hard, webhook: String? = nil
    ) {
        (self.id, self.scope, self.limit, self.period) = (id, scope, limit, period)
        (self.timeZone, self.enforcement, self.webhook) = (timeZone, enforcement, webhook)
    }
}

/// Whose spend a budget limits.
package enum BudgetScope: Sendable, Hashable {
    /// Everything that goes through the gateway.
    case total
    /// One virtual key, by its id.
    case key(String)
    /// One customer, by name.
    case customer(String)
    /// Each customer by itself, those that nobody has named yet included.
    case eachCustomer
    /// One feature, by name.
    case feature(String)
    /// One team, by name.
    case team(String)

    /// Reads `total`, `key=ID`, `customer=NAME`, `customer=*`, `feature=NAME` or `team=NAME`; `nil` for anything else.
    package init?(_ text: String) {
        if text == "total" {
            self = .total
            return
        }
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        switch parts[0] {
        case "key": self = .key(parts[1])
        case "customer": self = parts[1] == "*" ? .eachCustomer : .customer(parts[1])
        case "feature": self = .feature(parts[1])
        case "team": self = .team(parts[1])
        default: return nil
        }
    }

    /// As it is written in commands and in the registry.
    package var text: String {
        switch self {
        case .total: "total"
        case .key(let id): "key=\(id)"
        case .customer(let name): "customer=\(name)"
        case .eachCustomer: "customer=*"
        case .feature(let name): "feature=\(name)"
        case .team(let name): "team=\(name)"
        }
    }
}

/// How long a budget's period is.
package enum BudgetPeriod: Sendable, Hashable {
    /// From midnight to midnight.
    case day
    /// From Monday to Monday.
    case week
    /// From the first of the month to the next.
    case month
    /// The last so many hours, at every moment; 1 to 744.
    case rolling(hours: Int)

    /// Reads `day`, `week`, `month`, or a rolling span such as `rolling:24h` or `rolling:30d`; `nil` for anything else.
    package init?(_ text: String) {
        switch text {
        case "day": self = .day
        case "week": self = .week
        case "month": self = .month
        default:
            guard text.hasPrefix("rolling:"), let unit = text.last,
                let count = Int(text.dropFirst("rolling:".count).dropLast())
            else { return nil }
            let hours = unit == "h" ? count : unit == "d" ? count.multipliedReportingOverflow(by: 24).partialValue : 0
            guard (1...744).contains(hours) else { return nil }
            self = .rolling(hours: hours)
        }
    }

    /// As it is written in commands and in the registry.
    package var text: String {
        switch self {
        case .day: "day"
        case .week: "week"
        case .month: "month"
        case .rolling(let hours): "rolling:\(hours)h"
        }
    }
}

/// What happens when a budget's limit is reached.
package enum BudgetEnforcement: String, Sendable, CaseIterable {
    /// Requests go on; a warning is logged, counted, and posted.
    case soft
    /// A request whose worst case does not fit is refused; the limit is never exceeded.
    case hard
}
