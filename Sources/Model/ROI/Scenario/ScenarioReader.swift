package import Inputs
internal import JSONScan
internal import Statistics

/// Reads scenarios. Everything that is wrong is said at once, with file, line and key.
package struct ScenarioReader {
    /// Keys of a scenario that may be set from outside although the file does not have them.
    package static let settable = [
        "horizon_months", "discount_rate_annual", "tax_rate", "timing", "name", "first_month",
    ]

    private static let keys =
        settable + [
            "ask", "source", "drivers", "costs", "value", "unit", "correlations", "figures", "tranches", "kill",
            "warnings",
        ]

    private let root: InputSection
    private let sources: ScenarioSources

    private init(_ document: YAMLDocument, _ sources: ScenarioSources) {
        root = InputSection(context: InputSection.Context(document: document))
        self.sources = sources
    }

    /// Reads a scenario.
    ///
    /// - Parameters:
    ///   - document: the file, with values set from outside.
    ///   - sources: prices and sums that drivers may be taken from.
    ///   - parts: scenarios that are summed into it, each under a name of its own.
    /// - Throws: ``ScenarioError`` with everything that is wrong.
    package static func read(
        _ document: YAMLDocument, sources: ScenarioSources = .none, joining parts: [Scenario] = []
    ) throws(ScenarioError) -> ScenarioModel {
        let reader = ScenarioReader(document, sources)
        let scenario = reader.scenario(joining: parts)
        if reader.isRefused { throw ScenarioError(problems: reader.root.context.problems) }
        do throws(ModelGraphError) {
            let model = ScenarioModel(scenario: scenario, graph: try ScenarioGraph.build(scenario))
            ScenarioCheck.check(model, root: reader.root)
            if !reader.isRefused { return model }
        } catch { reader.complain(about: error, in: scenario) }
        throw ScenarioError(problems: reader.root.context.problems)
    }

    private var isRefused: Bool { root.context.problems.contains { $0.severity == .error } }

    /// A name as formulas and paths spell it: small letters, digits and underscores.
    package static func slug(_ name: String) -> String {
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }
        return words.joined(separator: "_")
    }

    private func scenario(joining parts: [Scenario]) -> Scenario {
        root.allow(Self.keys)
        if root.value.members.isEmpty { root.complain(nil, "a scenario was expected; payback roi init writes one") }
        let drivers = rates() + self.drivers() + parts.flatMap(\.drivers)
        for name in Self.repeated(drivers.map(\.name)) { root.complain("drivers.\(name)", "the name is given twice") }
        for driver in drivers where ScenarioGraph.reserved.contains(driver.name) {
            root.complain("drivers.\(driver.name)", "the model uses this name itself; choose another")
        }
        var lines = LineReader(sources: sources, drivers: drivers)
        let costs = root.sections("costs").map { lines.read($0, kind: .cost) } + parts.flatMap(\.costs)
        let values = root.sections("value").map { lines.read($0, kind: .value) } + parts.flatMap(\.values)
        for name in Self.repeated((costs + values).map(\.cell)) {
            root.complain(String(name.prefix { $0 != "." }), "two lines are called \(name)")
        }
        let bounds = rateBounds + lines.bounds
        var scenario = Scenario(
            name: root.required("name") ?? "", ask: root.text("ask"), source: root.text("source"),
            horizon: Int(root.number("horizon_months", 1...600) ?? missing("horizon_months", 12)),
            firstMonth: calendarMonth(), timing: root.choice("timing", DiscountTiming.self) ?? .monthly,
            drivers: drivers, costs: costs, values: values, unit: unit(),
            correlations: correlations(drivers) + parts.flatMap(\.correlations),
            figures: figures(), tranches: tranches() + parts.flatMap(\.tranches), kills: kills(),
            warnings: root.texts("warnings") + parts.flatMap(\.warnings), bounds: bounds)
        scenario.warnings += root.context.problems.filter { $0.severity == .warning }.map(\.description)
        return scenario
    }

    private var rateBounds: [FormulaBound] {
        [
            FormulaBound(path: "discount_rate_annual", formula: .cell("discount_rate_annual"), range: -0.5...1),
            FormulaBound(path: "tax_rate", formula: .cell("tax_rate"), range: 0...1),
        ]
    }

    private func missing<Value>(_ key: String, _ standIn: Value) -> Value {
        if root.value[key] == nil { root.complain(key, "it is missing") }
        return standIn
    }

    private static func repeated(_ names: [String]) -> [String] {
        Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys.sorted()
    }

    private func complain(about error: ModelGraphError, in scenario: Scenario) {
        let position =
            scenario.costs.firstIndex { $0.cell == error.cell }.map { "costs.\($0)" }
            ?? scenario.values.firstIndex { $0.cell == error.cell }.map { "value.\($0)" }
            ?? (scenario.drivers.contains { $0.name == error.cell } ? "drivers.\(error.cell)" : nil)
            ?? (scenario.figures.contains { $0.name == error.cell } ? "figures.\(error.cell)" : error.cell)
        root.complain(position, error.message)
    }

    // MARK: Drivers

    private func rates() -> [Driver] {
        let reader = DriverReader(sources: sources)
        var discount = reader.read(root, "discount_rate_annual", standard: 0.1)
        (discount.label, discount.unit) = ("Discount rate", "fraction")
        var tax = reader.read(root, "tax_rate", standard: 0)
        (tax.label, tax.unit) = ("Tax rate", "fraction")
        return [discount, tax]
    }

    private func drivers() -> [Driver] {
        let section = root.section("drivers")
        if case .object = section.value {
        } else if section.value != .null {
            root.complain("drivers", "a mapping of names was expected")
        }
        return section.value.members.map { DriverReader(sources: sources).read(section, $0.key, standard: nil) }
    }

    private func calendarMonth() -> CalendarMonth? {
        guard let text = root.text("first_month") else { return nil }
        guard let month = CalendarMonth(text) else {
            root.complain("first_month", "\"\(text)\" is no month; write 2027-01")
            return nil
        }
        return month
    }

    // MARK: The rest

    private func unit() -> UnitOfOutcome? {
        let section = root.section("unit")
        if section.value == .null { return nil }
        section.allow(["name", "volume"])
        guard let name = section.required("name"), let volume = section.formula("volume") else { return nil }
        return UnitOfOutcome(name: name, volume: volume)
    }

    private func correlations(_ drivers: [Driver]) -> [Correlation] {
        var pairs: Set<Set<String>> = []
        return root.sections("correlations").map { section in
            section.allow(["between", "value"])
            let names = section.texts("between")
            if !pairs.insert(Set(names)).inserted { section.complain("between", "the pair is given twice") }
            if names.count != 2 || Set(names).count != 2 { section.complain("between", "two drivers were expected") }
            for name in names {
                switch drivers.first(where: { $0.name == name })?.definition {
                case nil: section.complain("between", "there is no driver \(name)")
                case .formula: section.complain("between", "\(name) is a formula; name the drivers that it reads")
                case .stated(_, let distribution) where distribution.isConstant:
                    section.complain("between", "\(name) has no range, so nothing can move with it", severity: .warning)
                case .stated: break
                }
            }
            if section.value["value"] == nil { section.complain("value", "it is missing") }
            return Correlation(between: names, value: section.fraction("value", -1...1) ?? 0)
        }
    }

    private func figures() -> [ReportFigure] {
        let section = root.section("figures")
        for member in section.value.members where RunResult.keys.contains(member.key) {
            section.complain(member.key, "the result has this key itself; choose another")
        }
        return section.value.members.compactMap { member in
            if case .object = member.value {
                let own = section.section(member.key)
                own.allow(["formula", "label", "decimals"])
                guard let formula = own.formula("formula") else { return nil }
                return ReportFigure(
                    name: member.key, label: own.text("label") ?? member.key, formula: formula,
                    decimals: own.number("decimals", 0...9).map { Int($0) })
            }
            return section.formula(member.key).map { ReportFigure(name: member.key, label: member.key, formula: $0) }
        }
    }

    private func tranches() -> [Tranche] {
        root.sections("tranches").map { section in
            section.allow(["name", "month", "amount", "gate"])
            return Tranche(
                name: section.required("name") ?? "", month: Int(section.number("month", 0...600) ?? 0),
                amount: section.fraction("amount", 0...1e15), gate: section.text("gate"))
        }
    }

    private func kills() -> [KillCriterion] {
        root.sections("kill").compactMap { section in
            section.allow(["month", "when", "text"])
            guard let condition = section.formula("when") else { return nil }
            return KillCriterion(
                month: Int(section.number("month", 0...600) ?? 0), condition: condition,
                text: section.text("text") ?? condition.description)
        }
    }
}

/// A scenario with its graph.
package struct ScenarioModel: Sendable {
    /// What its author wrote.
    package let scenario: Scenario
    /// What it means.
    package let graph: ModelGraph
}

/// Why a scenario is refused: everything that is wrong with it.
package typealias ScenarioError = RefusedInput

extension InputSection {
    /// A formula under a key that has to be there.
    func formula(_ key: String) -> Expression? {
        if value[key] == nil || value[key] == .null {
            complain(key, "it is missing; a number or a formula was expected")
        }
        return optionalFormula(key)
    }

    /// A formula under a key.
    func optionalFormula(_ key: String) -> Expression? {
        guard let found = value[key], found != .null else { return nil }
        guard let text = found.text else {
            complain(key, "a number or a formula was expected")
            return nil
        }
        do throws(ExpressionError) { return try Expression(parsing: text) } catch {
            complain(key, "\(error.message), in \"\(text)\"")
            return nil
        }
    }
}
