internal import Statistics

/// Makes the graph of a scenario: drivers, lines, and the figures that finance asks for.
enum ScenarioGraph {
    /// Names that the model itself uses.
    static let reserved: Set<String> = [
        "month", "cost", "value", "cash_value", "freed_capacity", "tax", "net", "cumulative_net", "discount_factor",
        "total_cost", "total_value", "total_cash_value", "total_freed_capacity", "total_tax", "net_value",
        "roi_percent",
        "npv", "present_cost", "present_value", "roi_present_percent", "payback_months", "units", "total_units",
        "cost_per_unit", "one_time_cost", "total_one_time_cost",
    ]

    static func build(_ scenario: Scenario) throws(ModelGraphError) -> ModelGraph {
        var cells = scenario.drivers.map { cell(of: $0, in: scenario) }
        cells += scenario.costs.map { line in
            ModelCell(
                line.cell, label: line.name, unit: "USD", source: line.source, .monthly(LineFormula.monthly(line)))
        }
        cells += scenario.values.map { line in
            ModelCell(
                line.cell, label: line.name, unit: "USD", source: line.source, .monthly(LineFormula.monthly(line)))
        }
        cells += months(scenario) + totals + results(scenario)
        // A figure that bears a driver's name is that driver.
        let own = scenario.figures.filter { figure in !scenario.drivers.contains { $0.name == figure.name } }
        cells += own.map { ModelCell($0.name, label: $0.label, .formula($0.formula)) }
        cells += scenario.kills.enumerated().map { number, kill in
            ModelCell("kill.\(number)", label: kill.text, .monthly(kill.condition))
        }
        return try ModelGraph(cells, horizon: scenario.horizon)
    }

    private static func cell(of driver: Driver, in scenario: Scenario) -> ModelCell {
        let definition: ModelCell.Definition =
            switch driver.definition {
            case .stated(let base, let distribution): .input(base: base, distribution)
            case .formula(let formula):
                isMonthly(formula, scenario, deep: 0) ? .monthly(formula) : .formula(formula)
            }
        return ModelCell(driver.name, label: driver.label, unit: driver.unit, source: driver.source, definition)
    }

    /// Whether a driver's formula has a value for each month, itself or through what it reads.
    private static func isMonthly(_ formula: Expression, _ scenario: Scenario, deep: Int) -> Bool {
        if formula.readsMonth { return true }
        // A circle is found, and named, when the graph is built.
        guard deep < scenario.drivers.count else { return false }
        return scenario.drivers.contains { driver in
            guard case .formula(let inner) = driver.definition, formula.cells.contains(driver.name) else {
                return false
            }
            return isMonthly(inner, scenario, deep: deep + 1)
        }
    }

    // MARK: Months

    private static func months(_ scenario: Scenario) -> [ModelCell] {
        let cost = Expression.sum(scenario.costs.map { .cell($0.cell) })
        let once = Expression.sum(scenario.costs.filter(\.amount.isOnce).map { .cell($0.cell) })
        let cash = Expression.sum(scenario.values.filter(\.isCash).map { .cell($0.cell) })
        let freed = Expression.sum(scenario.values.filter { !$0.isCash }.map { .cell($0.cell) })
        let tax = Expression.cell("tax_rate") * (.cell("value") - .cell("cost"))
        let base = Expression.number(1) + .cell("discount_rate_annual")
        let years: Expression =
            switch scenario.timing {
            case .monthly: .month / .number(12)
            case .tei: .unary(.ceil, .month / .number(12))
            }
        return [
            ModelCell("cost", label: "Cost", unit: "USD", .monthly(cost)),
            ModelCell("one_time_cost", label: "One-time cost", unit: "USD", .monthly(once)),
            ModelCell("cash_value", label: "Value in cash", unit: "USD", .monthly(cash)),
            ModelCell("freed_capacity", label: "Freed capacity", unit: "USD", .monthly(freed)),
            ModelCell("value", label: "Value", unit: "USD", .monthly(.cell("cash_value") + .cell("freed_capacity"))),
            ModelCell("tax", label: "Tax", unit: "USD", .monthly(tax)),
            ModelCell("net", label: "Net flow", unit: "USD", .monthly(.cell("value") - .cell("cost") - .cell("tax"))),
            ModelCell("cumulative_net", label: "Net so far", unit: "USD", .cumulative(of: "net")),
            ModelCell(
                "discount_factor", label: "Discount factor", .monthly(.binary(.power, base, .unary(.negate, years)))),
            ModelCell("discounted_net", unit: "USD", .monthly(.cell("net") * .cell("discount_factor"))),
            ModelCell("discounted_cost", unit: "USD", .monthly(.cell("cost") * .cell("discount_factor"))),
            ModelCell("discounted_value", unit: "USD", .monthly(.cell("value") * .cell("discount_factor"))),
        ]
    }

    // MARK: Results

    private static let totals = [
        ModelCell("total_cost", label: "Total cost", unit: "USD", .total(of: "cost")),
        ModelCell("total_one_time_cost", label: "One-time cost", unit: "USD", .total(of: "one_time_cost")),
        ModelCell("total_value", label: "Total value", unit: "USD", .total(of: "value")),
        ModelCell("total_cash_value", label: "Value in cash", unit: "USD", .total(of: "cash_value")),
        ModelCell("total_freed_capacity", label: "Freed capacity", unit: "USD", .total(of: "freed_capacity")),
        ModelCell("total_tax", label: "Tax", unit: "USD", .total(of: "tax")),
        ModelCell("net_value", label: "Net value", unit: "USD", .total(of: "net")),
        ModelCell("npv", label: "Net present value", unit: "USD", .total(of: "discounted_net")),
        ModelCell("present_cost", label: "Present value of costs", unit: "USD", .total(of: "discounted_cost")),
        ModelCell("present_value", label: "Present value of benefits", unit: "USD", .total(of: "discounted_value")),
        ModelCell("payback_months", label: "Payback", unit: "months", .payback(of: "net")),
    ]

    /// A return on a cost that is above zero; there is none on what costs nothing or earns by itself.
    private static func share(_ gain: Expression, of cost: String) -> Expression {
        .choice(.binary(.greater, .cell(cost), .number(0)), gain / .cell(cost), .number(.nan))
    }

    private static func results(_ scenario: Scenario) -> [ModelCell] {
        let hundred = Expression.number(100)
        let presentNet = Expression.cell("present_value") - .cell("present_cost")
        var cells = [
            ModelCell(
                "roi_percent", label: "ROI", unit: "%", .formula(share(.cell("net_value"), of: "total_cost") * hundred)),
            ModelCell(
                "roi_present_percent", label: "ROI on present values", unit: "%",
                .formula(share(presentNet, of: "present_cost") * hundred)),
        ]
        if let unit = scenario.unit {
            let within = Expression.choice(.binary(.greaterOrEqual, .month, .number(1)), unit.volume, .number(0))
            cells += [
                ModelCell("units", label: unit.name, unit: unit.name, .monthly(within)),
                ModelCell("total_units", label: "Units of \(unit.name)", .total(of: "units")),
                ModelCell(
                    "cost_per_unit", label: "Cost per \(unit.name)", unit: "USD",
                    .formula(.cell("total_cost") / .cell("total_units"))),
            ]
        }
        return cells
    }
}
