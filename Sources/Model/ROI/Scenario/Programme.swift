package import Inputs
internal import JSONScan

/// Several scenarios as one: their costs and values summed, with shared costs, drivers that move together, and gates.
///
/// A programme is a scenario of its own whose `scenarios` name files; what they define is found under their names:
/// `support.deflection_rate`, `support.costs.licences`.
package enum Programme {
    /// Whether a file is a programme.
    package static func isOne(_ document: YAMLDocument) -> Bool { document.root["scenarios"] != nil }

    /// Reads a programme and its scenarios.
    ///
    /// - Parameters:
    ///   - read: reads a scenario's file, named as the programme names it.
    /// - Throws: ``InputError`` where a file cannot be read, ``ScenarioError`` with everything that is wrong.
    package static func read(
        _ document: YAMLDocument, sources: ScenarioSources, reading read: (String) throws -> YAMLDocument
    ) throws -> ScenarioModel {
        let root = InputSection(context: InputSection.Context(document: document))
        var parts: [(name: String, scenario: Scenario)] = []
        for section in root.sections("scenarios") {
            section.allow(["name", "file", "set"])
            guard let file = section.required("file") else { continue }
            let name = section.text("name").map(ScenarioReader.slug) ?? ScenarioReader.slug(file)
            if parts.contains(where: { $0.name == name }) {
                section.complain("name", "two scenarios are called \(name)")
            }
            let settings = section.texts("set")
            for text in settings where FieldOverride(text) == nil {
                section.complain("set", "\"\(text)\" is no key=value")
            }
            let part = try read(file).setting(settings.compactMap { FieldOverride($0) })
            let model = try ScenarioReader.read(part, sources: sources)
            check(model, in: section, of: root)
            var scenario = model.scenario.under(name)
            if let horizon = root.number("horizon_months", 1...600) { scenario.end(before: Int(horizon)) }
            parts.append((name, scenario))
        }
        if parts.isEmpty { root.complain("scenarios", "at least one scenario was expected") }
        if !root.context.problems.isEmpty { throw ScenarioError(problems: root.context.problems) }
        let own = document.replacing(root: .object(document.root.members.filter { $0.key != "scenarios" }))
        return try ScenarioReader.read(own, sources: sources, joining: parts.map(\.scenario))
    }

    /// What a scenario says for itself alone, and what a programme has only one of.
    private static func check(_ model: ScenarioModel, in section: InputSection, of root: InputSection) {
        let lines = model.scenario.costs + model.scenario.values
        for line in lines {
            let sums = (model.graph[line.cell]?.reads ?? []).intersection(ScenarioGraph.reserved)
            guard let sum = sums.sorted().first else { continue }
            section.complain(
                "file",
                "\(line.name) reads \(sum), which in a programme is the sum of all scenarios; write it over drivers or lines instead"
            )
        }
        let tax = RunResult(model).figure("tax_rate") ?? 0
        if tax != 0, root.value["tax_rate"] == nil {
            section.complain(
                "file", "it is taxed, and a programme has one tax rate; state tax_rate in the programme (here: \(tax))")
        }
    }
}

extension Scenario {
    /// The scenario with everything that it names under a name of its own; the rates are the programme's.
    func under(_ name: String) -> Scenario {
        let shared: Set<String> = ["discount_rate_annual", "tax_rate"]
        let own = Set(drivers.map(\.name)).subtracting(shared)
        let rename: (String) -> String = { cell in own.contains(cell) || cell.contains(".") ? "\(name).\(cell)" : cell }
        var scenario = self
        scenario.drivers = drivers.filter { !shared.contains($0.name) }.map { driver in
            var driver = driver
            (driver.name, driver.label) = (rename(driver.name), "\(self.name): \(driver.label)")
            if case .formula(let formula) = driver.definition { driver.definition = .formula(formula.renamed(rename)) }
            return driver
        }
        scenario.costs = costs.map { $0.under(name, self.name, rename) }
        scenario.values = values.map { $0.under(name, self.name, rename) }
        scenario.correlations = correlations.map { Correlation(between: $0.between.map(rename), value: $0.value) }
        // Bounds have been looked at when the scenario was read for itself.
        scenario.bounds = []
        scenario.warnings += leftOut.map { "\(self.name): its \($0) not part of the programme." }
        scenario.tranches = tranches.map { tranche in
            var tranche = tranche
            tranche.name = "\(self.name): \(tranche.name)"
            return tranche
        }
        return scenario
    }
}

extension Scenario {
    /// What belongs to a scenario alone.
    private var leftOut: [String] {
        let parts: [(String, Bool)] = [
            ("unit is", unit != nil), ("figures are", !figures.isEmpty), ("kill criteria are", !kills.isEmpty),
            ("first month is", firstMonth != nil),
        ]
        return parts.filter(\.1).map(\.0)
    }

    /// Ends its lines at its own horizon, where the programme looks further.
    fileprivate mutating func end(before programme: Int) {
        guard horizon < programme else { return }
        for position in costs.indices where !costs[position].amount.isOnce {
            costs[position].end = min(costs[position].end ?? horizon, horizon)
        }
        for position in values.indices where !values[position].amount.isOnce {
            values[position].end = min(values[position].end ?? horizon, horizon)
        }
    }
}

extension Line {
    fileprivate func under(_ name: String, _ title: String, _ rename: (String) -> String) -> Line {
        var line = self
        line.cell = "\(name).\(cell)"
        line.name = "\(title): \(self.name)"
        line.amount = amount.renamed(rename)
        line.growth = growth?.renamed(rename)
        line.realisation = realisation?.renamed(rename)
        line.ramp = ramp?.renamed(rename)
        line.actuals?.each = actuals?.each.renamed(rename) ?? .number(1)
        return line
    }
}

extension Amount {
    fileprivate func renamed(_ rename: (String) -> String) -> Amount {
        switch self {
        case .once(let amount): .once(amount.renamed(rename))
        case .monthly(let amount): .monthly(amount.renamed(rename))
        case .yearly(let amounts): .yearly(amounts.map { $0.renamed(rename) })
        }
    }
}

extension Ramp {
    fileprivate func renamed(_ rename: (String) -> String) -> Ramp {
        switch self {
        case .linear(let months): .linear(months: months.renamed(rename))
        case .sCurve(let months): .sCurve(months: months.renamed(rename))
        case .jCurve(let depth, let dip, let months):
            .jCurve(depth: depth.renamed(rename), dip: dip.renamed(rename), months: months.renamed(rename))
        case .steps: self
        }
    }
}
