package import Documents
internal import Domain
internal import Statistics

extension RunResult {
    /// The keys of ``json``, which a figure of the author's may not bear.
    static let keys: Set<String> = [
        "name", "horizon_months", "total_cost", "total_value", "net_value", "roi_percent", "payback_months",
        "payback_is_after_horizon", "discounted_payback_months", "npv", "irr_annual_percent",
        "irr_all_annual_percent", "irr_note", "mirr_annual_percent", "discount_rate_annual", "timing", "present_cost",
        "present_value", "roi_present_percent", "total_cash_value", "total_freed_capacity", "total_one_time_cost",
        "total_tax", "years", "cash_flows", "assumptions", "lines", "unit_economics", "break_even", "kill_criterion",
        "tranches", "warnings", "simulated_npv", "best_share", "actuals",
    ]

    /// The result for programs; its keys are fixed by the command line's contract.
    package var json: JSONOutput {
        .object(headline + returns + [member("years", .array(yearRows.map(\.json)))] + details + ownFigures)
    }

    private func member(_ key: String, _ value: JSONOutput) -> JSONOutput.Member { JSONOutput.Member(key, value) }

    private func figures(_ names: [String]) -> [JSONOutput.Member] {
        names.map { member($0, .fraction(figure($0))) }
    }

    private var headline: [JSONOutput.Member] {
        [member("name", .string(scenario.name)), member("horizon_months", .integer(Int64(scenario.horizon)))]
            + figures(["total_cost", "total_value", "net_value", "roi_percent", "payback_months"])
            + [
                member("payback_is_after_horizon", .bool((figure("payback_months") ?? 0) > Double(scenario.horizon))),
                member("discounted_payback_months", .fraction(discountedPayback)),
            ] + figures(["npv"])
    }

    private var returns: [JSONOutput.Member] {
        let rates = returnRates
        return [
            member("irr_annual_percent", .fraction(returnRate)),
            member("irr_all_annual_percent", .array(rates.map { .number($0) })),
            member("irr_note", .text(returnRateNote)),
            member("mirr_annual_percent", .fraction(modifiedReturnRate)),
            member("discount_rate_annual", .number(discountRate)),
            member("timing", .string(scenario.timing.rawValue)),
        ]
            + figures([
                "present_cost", "present_value", "roi_present_percent", "total_cash_value", "total_freed_capacity",
            ])
            + figures(["total_one_time_cost", "total_tax"])
    }

    /// What to know about the internal rate of return; `nil` where there is exactly one.
    package var returnRateNote: String? {
        switch returnRates.count {
        case 0: "There is no internal rate of return: no rate makes these flows worth nothing."
        case 1: nil
        default: "The flows change their sign more than once and have several rates of return; use the MIRR."
        }
    }

    private var details: [JSONOutput.Member] {
        [
            member("cash_flows", .array(cashFlows)),
            member("assumptions", .array(assumptions)),
            member("lines", .array(lines)),
            member("unit_economics", unitEconomics),
            member("break_even", .array(breakEvens.map(\.json))),
            member("kill_criterion", killCriterion),
            member("tranches", .array(scenario.tranches.map { json(of: $0) })),
            member("warnings", .array(warnings.map { .string($0) })),
        ]
    }

    private var cashFlows: [JSONOutput] {
        let (cost, value, net) = (months("cost"), months("value"), months("net"))
        let (cash, tax, cumulative) = (months("cash_value"), months("tax"), months("cumulative_net"))
        return net.indices.map { month in
            [
                "month": .integer(Int64(month)), "cost": .number(cost[month]), "value": .number(value[month]),
                "cash_value": .number(cash[month]), "tax": .number(tax[month]), "net": .number(net[month]),
                "cumulative": .number(cumulative[month]),
            ]
        }
    }

    private var assumptions: [JSONOutput] {
        graph.inputs.map { cell in
            [
                "name": .string(cell.name), "value": .fraction(figure(cell.name)), "unit": .text(cell.unit.nonEmpty),
                "source": .text(cell.source), "range": .text(cell.rangeText),
            ]
        }
    }

    private var lines: [JSONOutput] {
        (scenario.costs + scenario.values).map { line in
            [
                "name": .string(line.name), "side": .string(line.isCost ? "cost" : "value"),
                "category": .string(line.category), "total": .number(total(of: line)),
                "kind": .text(line.isCost ? nil : line.isCash ? "cash" : "capacity"),
                "evidence": .text(line.isCost ? nil : line.evidence.rawValue), "source": .text(line.source),
            ]
        }
    }

    /// A line over the horizon, USD.
    func total(of line: Line) -> Double { months(line.cell).reduce(0, +) }

    private var unitEconomics: JSONOutput {
        guard let unit = scenario.unit else { return .null }
        let running = (figure("total_cost") ?? 0) - (figure("total_one_time_cost") ?? 0)
        let units = figure("total_units") ?? 0
        return [
            "unit": .string(unit.name), "units": .number(units), "cost_per_unit": .fraction(figure("cost_per_unit")),
            "running_cost_per_unit": .fraction(units == 0 ? nil : running / units),
            "value_per_unit": .fraction(units == 0 ? nil : figure("total_value").map { $0 / units }),
        ]
    }

    /// The share of the planned value below which the case is lost, on present values.
    package var smallestValueShare: Double? {
        guard let cost = figure("present_cost"), let value = figure("present_value"), value > 0 else { return nil }
        return cost / value
    }

    private var killCriterion: JSONOutput {
        [
            "value_share_of_plan": .fraction(smallestValueShare),
            "stated": .array(
                scenario.kills.enumerated().map { number, kill in
                    [
                        "month": .integer(Int64(kill.month)), "date": .text(date(kill.month)),
                        "when": .string(kill.text),
                        "plan_meets_it": .bool(planMeets(number, kill)),
                    ]
                }),
        ]
    }

    /// Whether the plan itself would be stopped.
    func planMeets(_ number: Int, _ kill: KillCriterion) -> Bool {
        let months = self.months("kill.\(number)")
        return months.indices.contains(kill.month) && months[kill.month] != 0
    }

    /// The calendar's name of a month of the plan.
    func date(_ month: Int) -> String? { scenario.firstMonth.map { $0.adding(month - 1).text } }

    private func json(of tranche: Tranche) -> JSONOutput {
        [
            "name": .string(tranche.name), "month": .integer(Int64(tranche.month)), "date": .text(date(tranche.month)),
            "amount": .fraction(tranche.amount), "gate": .text(tranche.gate),
        ]
    }

    /// Figures of the author's own, under their own keys; those that the contract fixes stay.
    private var ownFigures: [JSONOutput.Member] {
        scenario.figures.map { figure in member(figure.name, .fraction(value(of: figure))) }
    }

    /// A figure of the author's, rounded as asked.
    func value(of figure: ReportFigure) -> Double? {
        guard let value = self.figure(figure.name) else { return nil }
        guard let decimals = figure.decimals else { return value }
        let factor = InterestRate.power(10, Double(decimals))
        return (value * factor).rounded(.toNearestOrEven) / factor
    }

    /// What readers should know: the author's warnings, and what the numbers themselves give reason to say.
    package var warnings: [String] {
        var result = scenario.warnings
        if figure("payback_months") == nil {
            result.append(
                (months("net").last ?? 0) > 0
                    ? "It does not pay back within ten years at the last month's pace."
                    : "It never pays back: the last month adds nothing to what is missing.")
        }
        if figure("roi_percent") == nil {
            result.append("There is no ROI: the case has no cost to compare its value with.")
        }
        let negative = scenario.costs.filter { total(of: $0) < 0 }.map(\.name)
        if !negative.isEmpty {
            result.append("A cost is below zero (\(negative.joined(separator: ", "))); what is earned is a value line.")
        }
        let shares = graph.inputs.filter { $0.unit == "fraction" && !(0...1).contains(figure($0.name) ?? 0) }
        for cell in shares where cell.name != "discount_rate_annual" {
            result.append("\(cell.label) is a fraction and is not between 0 and 1.")
        }
        if let note = returnRateNote { result.append(note) }
        let unrealised = scenario.values.filter { !$0.isCash && $0.realisation == nil && total(of: $0) > 0 }
        if !unrealised.isEmpty {
            result.append(
                "Freed capacity is counted in full (\(unrealised.map(\.name).joined(separator: ", "))): "
                    + "it becomes money only as far as somebody uses it. State a realisation share.")
        }
        for (number, kill) in scenario.kills.enumerated() where planMeets(number, kill) {
            result.append("The plan itself meets the reason to stop in month \(kill.month): \(kill.text).")
        }
        return result
    }
}

extension Line {
    /// Whether it stands among the costs.
    var isCost: Bool { cell.hasPrefix("costs.") || cell.contains(".costs.") }
}

extension String {
    /// Itself, unless it is empty.
    var nonEmpty: String? { isEmpty ? nil : self }
}

extension YearRow {
    var json: JSONOutput {
        [
            "year": .integer(Int64(year)), "cost": .number(cost), "value": .number(value), "net": .number(net),
            "roi_percent": .fraction(roiPercent), "cumulative_net": .number(cumulativeNet),
        ]
    }
}

extension BreakEven {
    var json: JSONOutput {
        [
            "input": .string(input), "base": .number(base), "break_even": .fraction(value),
            "unit": .text(unit.nonEmpty),
            "margin_percent": .fraction(margin.map { $0 * 100 }),
        ]
    }
}

extension ModelCell {
    /// What is believed around an input, in words; `nil` where nothing is.
    package var rangeText: String? {
        guard case .input(_, let distribution) = definition else { return nil }
        return switch distribution {
        case .constant: nil
        case .uniform(let low, let high): "\(Self.text(low)) to \(Self.text(high)), all alike"
        case .triangular(let low, _, let high): "\(Self.text(low)) to \(Self.text(high)) (triangular)"
        case .pert(let low, _, let high): "\(Self.text(low)) to \(Self.text(high)) (PERT)"
        case .normal(let mean, let deviation): "\(Self.text(mean)) ± \(Self.text(deviation)) (normal)"
        case .logNormal:
            "\(Self.text(distribution.quantile(0.1))) to \(Self.text(distribution.quantile(0.9))) (log-normal, P10 to P90)"
        case .discrete(let outcomes):
            outcomes.map { "\(Self.text($0.value)) (\(Self.text($0.probability)))" }.joined(separator: ", ")
        }
    }

    private static func text(_ value: Double) -> String {
        JSONOutput.number((value * 1e6).rounded() / 1e6).text.filter { !$0.isNewline }
    }
}
