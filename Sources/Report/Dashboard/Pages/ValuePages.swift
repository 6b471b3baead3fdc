internal import Documents
internal import Domain
internal import Inputs
internal import Productivity
internal import ROI
internal import Registry
internal import Reports
internal import Statistics

/// What it is worth: tasks that were recorded, and scenarios whose assumptions can be moved.
enum ValuePages {
    static let routes: [Route] = [
        .get("/value", .wholeView) { .page(try tasks($0, $1)) },
        .get("/value/:template", .wholeView) { .page(try await scenario($0, $1)) },
    ]

    private static func tasks(_ request: WebRequest, _ site: Site) throws -> Page {
        let period = try site.period(of: request)
        let summary = try RecordedTasks(site.room.registry, ledger: site.ledger(for: request))
            .summary(in: period.period)
        let templates = ScenarioTemplate.all.map {
            Page.Link(label: $0.name, target: "/value/" + $0.name.percentEncoded)
        }
        let document = summary.document
        let isEmpty = summary.tasks.isEmpty
        return Page(
            title: isEmpty ? "No task of \(period.name) is recorded" : document.title,
            subtitle: isEmpty ? "" : document.subtitle, section: .value,
            parts: [
                .links("Scenarios whose assumptions you can move", templates),
                .blocks(
                    isEmpty
                        ? [
                            .hint(
                                Hint(
                                    "Applications report what a task took with and without AI to POST /api/v1/tasks; files are imported.",
                                    command: "payback track import tasks.csv"))
                        ] : document.blocks),
            ], notes: isEmpty ? [] : document.notes, hasMonths: true)
    }

    private static func scenario(_ request: WebRequest, _ site: Site) async throws -> Page {
        let name = request.parameters["template"] ?? ""
        guard let template = ScenarioTemplate.named(name) else {
            throw Refusal.missing(
                "There is no scenario \(name). There are \(ScenarioTemplate.all.map(\.name).joined(separator: ", ")).")
        }
        let model = try ScenarioRun.model(template, request.query, site)
        let base = try ScenarioRun.model(template, Fields(""), site)
        let document = try await CasePage.make(model, draws: ScenarioRun.draws, seed: 1)
        return Page(
            title: document.title, subtitle: document.subtitle + " " + template.purpose, section: .value,
            parts: [
                .form(ScenarioRun.form(name, model.scenario, base: base.scenario)), .result(document.blocks),
                .links(
                    "Take it along",
                    ["html", "pdf", "xlsx", "markdown", "json"].map {
                        Page.Link(
                            label: $0,
                            target: "/reports/business-case"
                                + request.query.setting("template", to: name).setting("format", to: $0).link)
                    }),
            ], notes: document.notes)
    }
}

/// A scenario with the values that a query sets.
enum ScenarioRun {
    /// Enough for a page: a quantile's error is then about a hundredth of the spread.
    static let draws = 4_000

    /// Reads a template with `set.NAME=value` fields laid over it.
    ///
    /// - Throws: ``Refusal`` where a value is none.
    static func model(_ template: ScenarioTemplate, _ query: Fields, _ site: Site) throws -> ScenarioModel {
        let overrides = try query.all.filter { $0.name.hasPrefix("set.") }.map { field -> FieldOverride in
            guard Double(field.value)?.isFinite ?? false,
                let override = FieldOverride("\(field.name.dropFirst(4))=\(field.value)")
            else { throw Refusal.bad("\(field.name) takes a number.") }
            return override
        }
        do {
            return try ScenarioReader.read(
                try template.document().setting(overrides), sources: site.room.scenarioSources)
        } catch let error as InputError { throw Refusal.bad(error.description) } catch let error as RefusedInput {
            throw Refusal.bad("\(error)")
        }
    }

    /// A slider for each stated driver, from a quarter to twice what the template says; shares stay shares.
    static func form(_ name: String, _ scenario: Scenario, base: Scenario) -> Form {
        let values = stated(scenario)
        let fields = base.drivers.compactMap { driver -> Form.Field? in
            guard case .stated(let middle, _) = driver.definition, middle != 0 else { return nil }
            let value = values[driver.name] ?? middle
            let isShare = driver.unit == "fraction" || driver.unit == "share"
            let high = isShare ? 1 : middle * 2
            let (low, top) = (isShare ? 0 : min(middle / 4, high), max(middle / 4, high))
            let width = step(top - low, through: value)
            let least = multiple(of: width, below: min(low, value))
            return Form.Field(
                name: "set." + driver.name, label: driver.label + (driver.unit.isEmpty ? "" : ", \(driver.unit)"),
                kind: .range(least...max(top, value), step: width), value: JSONOutput.number(value).compactText)
        }
        return Form(
            title: "Assumptions", action: "/value/" + name.percentEncoded, changes: false, fields: fields,
            button: "Compute", recomputes: true)
    }

    private static func stated(_ scenario: Scenario) -> [String: Double] {
        Dictionary(
            scenario.drivers.compactMap { driver in
                if case .stated(let base, _) = driver.definition { (driver.name, base) } else { nil }
            }
        ) { first, _ in first }
    }

    /// A power of ten, at least a hundred of them; finer where a value would lie between two: a browser moves such a value
    /// to the next one, and would send an assumption that nobody has changed.
    private static func step(_ width: Double, through value: Double) -> Double {
        var step = 1.0
        while step * 100 > width, step > 1e-9 { step /= 10 }
        while step * 1_000 < width { step *= 10 }
        while step > 1e-9, abs((value / step).rounded() - value / step) > 1e-6 { step /= 10 }
        return step
    }

    /// The multiple at or below a number: browsers count steps from the least value. Divided rather than multiplied where the
    /// step is a fraction, because 3 × 0.1 is not 0.3.
    private static func multiple(of step: Double, below value: Double) -> Double {
        if step >= 1 { return (value / step).rounded(.down) * step }
        let parts = (1 / step).rounded()
        return (value * parts + 1e-6).rounded(.down) / parts
    }
}
