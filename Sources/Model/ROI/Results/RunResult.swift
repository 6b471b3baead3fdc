/// What a scenario comes to, with every input at its base.
package struct RunResult: Sendable {
    /// The scenario.
    package let scenario: Scenario
    /// The graph.
    package let graph: ModelGraph
    /// All cells.
    package let values: [String: CellValue]

    /// Runs a scenario.
    ///
    /// - Parameter inputs: values that replace the base of inputs.
    package init(_ model: ScenarioModel, inputs: [String: Double] = [:]) {
        (scenario, graph) = (model.scenario, model.graph)
        values = model.graph.values(inputs: inputs)
    }

    /// A single figure; `nil` where it does not exist.
    package func figure(_ name: String) -> Double? {
        values[name]?.single.flatMap { $0.isFinite ? $0 : nil }
    }

    /// A monthly cell, from month 0.
    package func months(_ name: String) -> [Double] { values[name]?.months ?? [] }

    /// Net flows of the months, USD.
    package var flows: CashFlows { CashFlows(months("net")) }

    /// The discount rate per year, a fraction.
    package var discountRate: Double { figure("discount_rate_annual") ?? 0 }

    /// The discount rate per month: (1 + r)^(1/12) − 1.
    package var monthlyRate: Double { InterestRate.monthly(discountRate) }

    /// Months until discounted flows have paid back.
    package var discountedPayback: Double? {
        var flows = months("discounted_net")
        if flows.reduce(0, +) >= 0 { return Payback.months(of: flows) }
        // The last month's flow is carried on, each month discounted by one more, as far as a payback may reach.
        let last = months("net").last ?? 0
        for month in flows.count...max(flows.count, Int(Payback.longest)) { flows.append(last * discountFactor(month)) }
        return flows.reduce(0, +) >= 0 ? Payback.months(of: flows) : nil
    }

    private func discountFactor(_ month: Int) -> Double {
        switch scenario.timing {
        case .monthly: InterestRate.power(1 + discountRate, -Double(month) / 12)
        case .tei: InterestRate.power(1 + discountRate, -Double((month + 11) / 12))
        }
    }

    /// Internal rates of return per year, percent, ascending; empty where none exists.
    package var returnRates: [Double] {
        switch scenario.timing {
        case .monthly: flows.internalRates.map { 100 * InterestRate.annual($0) }
        // Discounted at year end, the flows that count are those of whole years.
        case .tei: CashFlows(yearlyFlows).internalRates.map { 100 * $0 }
        }
    }

    /// The net flow of month 0, and of each year.
    private var yearlyFlows: [Double] {
        let net = months("net")
        return [net.first ?? 0] + years.map { year in year.months.reduce(0) { $0 + net[$1] } }
    }

    /// The rate of return that is shown where only one can be: the one nearest to zero.
    package var returnRate: Double? { returnRates.min { abs($0) < abs($1) } }

    /// The modified rate of return per year, percent: financed and reinvested at the discount rate.
    package var modifiedReturnRate: Double? {
        switch scenario.timing {
        case .monthly:
            flows.modifiedRate(finance: monthlyRate, reinvestment: monthlyRate).map { 100 * InterestRate.annual($0) }
        case .tei:
            CashFlows(yearlyFlows).modifiedRate(finance: discountRate, reinvestment: discountRate).map { 100 * $0 }
        }
    }

    // MARK: Years

    /// A year's months: 1…12, 13…24, and what is left.
    struct Year {
        let number: Int
        let months: ClosedRange<Int>
    }

    /// The years of the horizon, month 0 apart.
    var years: [Year] {
        stride(from: 1, through: scenario.horizon, by: 12).map { first in
            Year(number: (first + 11) / 12, months: first...min(first + 11, scenario.horizon))
        }
    }

    /// The years as finance reads them; month 0 belongs to the first.
    package var yearRows: [YearRow] {
        let (cost, value, net) = (months("cost"), months("value"), months("net"))
        var cumulative = 0.0
        return years.map { year in
            let first = year.number == 1 ? 0 : year.months.lowerBound
            let range = first...year.months.upperBound
            let row = YearRow(
                year: year.number, cost: range.reduce(0) { $0 + cost[$1] }, value: range.reduce(0) { $0 + value[$1] },
                net: range.reduce(0) { $0 + net[$1] }, cumulativeNet: cumulative + range.reduce(0) { $0 + net[$1] })
            cumulative = row.cumulativeNet
            return row
        }
    }
}

/// A year of a case, in USD.
package struct YearRow: Sendable, Hashable {
    /// 1 for the first.
    package let year: Int
    /// What it costs.
    package let cost: Double
    /// What it is worth.
    package let value: Double
    /// Value less cost and tax.
    package let net: Double
    /// Net since the start.
    package let cumulativeNet: Double

    /// Net over cost, percent; `nil` without cost.
    package var roiPercent: Double? { cost == 0 ? nil : 100 * net / cost }
}

extension RunResult {
    /// The value of a formula over the model's single cells.
    package func value(of formula: Expression) -> Double {
        switch formula {
        case .number(let value): value
        case .month: .nan
        case .cell(let name): values[name]?.single ?? .nan
        case .unary(let operation, let a): operation(value(of: a))
        case .binary(let operation, let a, let b): operation(value(of: a), value(of: b))
        case .choice(let condition, let a, let b): value(of: condition) != 0 ? value(of: a) : value(of: b)
        }
    }
}
