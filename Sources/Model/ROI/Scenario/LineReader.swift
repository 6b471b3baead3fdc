internal import Domain
internal import Inputs
internal import JSONScan

/// Reads cost and value lines.
struct LineReader {
    let sources: ScenarioSources
    /// Formulas of the lines read so far that have to stay between bounds.
    private(set) var bounds: [FormulaBound] = []

    /// The grades of drivers that studies stand behind.
    private let studied: [String: EvidenceGrade]

    init(sources: ScenarioSources, drivers: [Driver] = []) {
        self.sources = sources
        studied = Dictionary(drivers.compactMap { driver in driver.evidence.map { (driver.name, $0) } }) { first, _ in
            first
        }
    }

    /// What a line is.
    enum Kind: String {
        case cost = "costs"
        case value
    }

    private enum CostCategory: String, CaseIterable {
        case development, infrastructure, api, maintenance
        case changeManagement = "change_management"
        case opportunity, failure, other
    }

    private enum ValueCategory: String, CaseIterable {
        case labourSavings = "labour_savings"
        case laborSavings = "labor_savings"
        case speed, quality, revenue
        case riskReduction = "risk_reduction"
        case other
    }

    private enum Money: String, CaseIterable {
        case cash, capacity
    }

    private static let keys = [
        "name", "category", "one_time", "monthly", "annual", "yearly", "per_unit", "units", "failure", "start", "end",
        "ramp", "growth_annual", "source", "actuals",
    ]
    private static let valueKeys = ["quality_return", "realisation", "kind", "evidence"]

    /// Reads one line.
    mutating func read(_ section: InputSection, kind: Kind) -> Line {
        section.allow(kind == .cost ? Self.keys : Self.keys.filter { $0 != "failure" } + Self.valueKeys)
        let name = section.required("name") ?? ""
        let amount = amount(section)
        let category = category(section, kind)
        let isTime = category == ValueCategory.labourSavings.rawValue || category == ValueCategory.speed.rawValue
        let money = section.choice("kind", Money.self) ?? (kind == .value && isTime ? .capacity : .cash)
        var first: Int64 = 1
        if case .once? = amount { first = 0 }
        let start = section.number("start", 0...600) ?? first
        let end = section.number("end", 0...600)
        if let end, end < start { section.complain("end", "a month not before the start (\(start)) was expected") }
        refuseIdleKeys(section, amount)
        let growth = section.optionalFormula("growth_annual")
        check(growth, in: section, "growth_annual", -0.999...100)
        let realisation = section.optionalFormula("realisation")
        check(realisation, in: section, "realisation", 0...1)
        return Line(
            name: name, cell: "\(kind.rawValue).\(ScenarioReader.slug(name))", category: category,
            amount: amount ?? .monthly(.number(0)), start: Int(start), end: end.map { Int($0) }, ramp: ramp(section),
            growth: growth, realisation: realisation, isCash: money == .cash,
            evidence: section.choice("evidence", EvidenceGrade.self) ?? grade(of: amount) ?? .stated,
            source: section.text("source"),
            actuals: actuals(section))
    }

    /// The grade of the studies that an amount reads, the weakest of them; `nil` where it reads none.
    private func grade(of amount: Amount?) -> EvidenceGrade? {
        let cells: Set<String> =
            switch amount {
            case .once(let formula), .monthly(let formula): formula.cells
            case .yearly(let formulas): formulas.reduce(into: []) { $0.formUnion($1.cells) }
            case nil: []
            }
        return cells.compactMap { studied[$0] }.min()
    }

    /// A key that changes nothing would be believed to.
    private func refuseIdleKeys(_ section: InputSection, _ amount: Amount?) {
        if case .once? = amount {
            for key in ["ramp", "growth_annual", "end"] where section.value[key] != nil {
                section.complain(key, "a line that falls due once has no \(key); leave it out")
            }
        }
        if section.value["units"] != nil, section.value["per_unit"] == nil {
            section.complain("units", "only a line with per_unit has units; leave it out, or write per_unit")
        }
    }

    private func category(_ section: InputSection, _ kind: Kind) -> String {
        switch kind {
        case .cost: return (section.choice("category", CostCategory.self) ?? .other).rawValue
        case .value:
            let category = section.choice("category", ValueCategory.self) ?? .other
            return (category == .laborSavings ? .labourSavings : category).rawValue
        }
    }

    private mutating func check(
        _ formula: Expression?, in section: InputSection, _ key: String, _ range: ClosedRange<Double>
    ) {
        guard let formula else { return }
        guard case .number(let value) = formula else {
            let path = section.path.isEmpty ? key : "\(section.path).\(key)"
            return bounds.append(FormulaBound(path: path, formula: formula, range: range))
        }
        if !range.contains(value) {
            section.complain(
                key, "a fraction from \(range.lowerBound) to \(range.upperBound) was expected, not \(value)")
        }
    }

    // MARK: Amounts

    private static let amounts = ["one_time", "monthly", "annual", "yearly", "per_unit", "quality_return", "failure"]

    private mutating func amount(_ section: InputSection) -> Amount? {
        let given = Self.amounts.filter { section.value[$0] != nil }
        guard given.count == 1, let key = given.first else {
            section.complain(
                given.dropFirst().first,
                "one of \(Self.amounts.joined(separator: ", ")) was expected, not \(given.count)")
            return nil
        }
        switch key {
        case "one_time": return section.formula(key).map { .once($0) }
        case "monthly": return section.formula(key).map { .monthly($0) }
        case "annual": return section.formula(key).map { .monthly($0 / .number(12)) }
        case "yearly": return yearly(section)
        case "per_unit":
            guard let each = section.formula("per_unit"), let units = section.formula("units") else { return nil }
            return .monthly(each * units)
        case "quality_return": return qualityReturn(section.section(key))
        default: return failure(section.section(key))
        }
    }

    private func yearly(_ section: InputSection) -> Amount? {
        guard case .array(let years)? = section.value["yearly"] else {
            section.complain("yearly", "a list with an amount for each year was expected")
            return nil
        }
        let list = InputSection(
            context: section.context, path: section.path + ".yearly",
            value: .object(years.enumerated().map { JSONValue.Member(key: "\($0)", value: $1) }))
        return .yearly(years.indices.compactMap { list.formula("\($0)") })
    }

    /// Quality points × value of a point × requests ((target − current) × 100 × value × requests).
    private mutating func qualityReturn(_ section: InputSection) -> Amount? {
        section.allow(["from", "to", "value_per_point", "requests"])
        guard let from = section.formula("from"), let to = section.formula("to"),
            let each = section.formula("value_per_point"), let requests = section.formula("requests")
        else { return nil }
        return .monthly((to - from) * .number(100) * each * requests)
    }

    /// Failed requests × minutes each × the hourly rate.
    private mutating func failure(_ section: InputSection) -> Amount? {
        section.allow(["requests", "success_rate", "minutes", "hourly_rate"])
        guard let requests = section.formula("requests"), let success = section.formula("success_rate"),
            let minutes = section.formula("minutes"), let rate = section.formula("hourly_rate")
        else { return nil }
        check(success, in: section, "success_rate", 0...1)
        return .monthly(requests * (.number(1) - success) * minutes / .number(60) * rate)
    }

    // MARK: Ramps

    private enum RampShape: String, CaseIterable {
        case linear
        case sCurve = "s_curve"
        case jCurve = "j_curve"
        case steps
    }

    private mutating func ramp(_ section: InputSection) -> Ramp? {
        let ramp = section.section("ramp")
        if ramp.value == .null { return nil }
        ramp.allow(["shape", "months", "dip", "depth", "shares"])
        let shape = ramp.choice("shape", RampShape.self) ?? .linear
        refuseIdleKeys(ramp, shape)
        if shape == .steps { return steps(ramp) }
        guard let months = ramp.formula("months") else { return nil }
        check(months, in: ramp, "months", 1...600)
        switch shape {
        case .linear, .steps: return .linear(months: months)
        case .sCurve: return .sCurve(months: months)
        case .jCurve:
            guard let depth = ramp.formula("depth"), let dip = ramp.formula("dip") else { return nil }
            check(depth, in: ramp, "depth", 0...1)
            if case .number(let low) = dip, case .number(let whole) = months, low >= whole || low < 0 {
                ramp.complain("dip", "fewer months than the whole ramp takes (\(Int(whole))) were expected")
            }
            return .jCurve(depth: depth, dip: dip, months: months)
        }
    }

    private func refuseIdleKeys(_ ramp: InputSection, _ shape: RampShape) {
        let used: [String] =
            switch shape {
            case .linear, .sCurve: ["months"]
            case .jCurve: ["months", "dip", "depth"]
            case .steps: ["shares"]
            }
        for key in ["months", "dip", "depth", "shares"] where ramp.value[key] != nil && !used.contains(key) {
            ramp.complain(key, "a ramp of shape \(shape.rawValue) has no \(key); leave it out")
        }
    }

    private func steps(_ ramp: InputSection) -> Ramp? {
        guard case .array(let elements)? = ramp.value["shares"], !elements.isEmpty else {
            ramp.complain("shares", "a list of fractions, one for each month, was expected")
            return nil
        }
        var shares: [Double] = []
        for (position, element) in elements.enumerated() {
            guard let text = element.text, case .number(let share)? = try? Expression(parsing: text),
                (-1...1).contains(share)
            else {
                ramp.complain("shares.\(position)", "a fraction of at most 1 was expected: a ramp ends at the whole")
                continue
            }
            shares.append(share)
        }
        if let last = shares.last, last != 1 {
            ramp.complain(
                "shares.\(shares.count - 1)",
                "the last share stays for good and was expected to be 1; state a smaller amount for less")
        }
        return .steps(shares)
    }

    // MARK: Actuals

    private func actuals(_ section: InputSection) -> ActualsBinding? {
        let actuals = section.section("actuals")
        if actuals.value == .null { return nil }
        actuals.allow(["ledger", "outcome", "each"])
        let each = actuals.optionalFormula("each") ?? .number(1)
        if actuals.value["outcome"] != nil, actuals.value["ledger"] != nil {
            actuals.complain("ledger", "either ledger or outcome was expected, not both")
        }
        if let outcome = actuals.text("outcome") { return ActualsBinding(source: .outcome(outcome), each: each) }
        let ledger = actuals.section("ledger")
        guard ledger.value != .null else {
            actuals.complain(nil, "ledger or outcome was expected")
            return nil
        }
        return LedgerReferenceReader.read(ledger).map { ActualsBinding(source: .ledger($0), each: each) }
    }
}
