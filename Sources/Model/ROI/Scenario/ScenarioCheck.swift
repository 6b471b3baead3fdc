internal import Documents
internal import Inputs
internal import JSONScan
internal import Statistics

/// A formula that has to stay between two bounds whatever its inputs come to: a share, a rate, a length of time.
package struct FormulaBound: Sendable, Hashable {
    /// Where the formula stands: `value.0.realisation`.
    let path: String
    /// The formula.
    let formula: Expression
    /// What it may be.
    let range: ClosedRange<Double>
}

/// Looks at what a scenario comes to, with every input at its base and at the ends of its range: everything has to be a
/// number, and every share a share. What would be refused as a literal is refused as a formula or a range too.
struct ScenarioCheck {
    private let model: ScenarioModel
    private let root: InputSection
    private var faults: Set<String> = []

    /// Complains about everything that is wrong with a model.
    static func check(_ model: ScenarioModel, root: InputSection) {
        var check = ScenarioCheck(model: model, root: root)
        check.checkWindows()
        check.check(RunResult(model), where: "")
        // Ends of ranges say nothing more about a case that is no number already.
        guard check.faults.isEmpty else { return }
        for input in model.graph.uncertainInputs {
            guard case .input(_, let distribution) = input.definition else { continue }
            for end in distribution.ends {
                let at = " where \(input.name) is \(ProjectionText.quantity(end, unit: ""))"
                check.check(RunResult(model, inputs: [input.name: end]), where: at)
            }
        }
    }

    private init(model: ScenarioModel, root: InputSection) { (self.model, self.root) = (model, root) }

    private mutating func complain(_ path: String, _ message: String) {
        // One fault of a line is enough; the next run shows the next.
        guard faults.insert(path).inserted else { return }
        root.complain(path, message)
    }

    // MARK: Numbers

    private mutating func check(_ result: RunResult, where place: String) {
        let scenario = model.scenario
        checkBounds(result, where: place)
        for (position, line) in scenario.costs.enumerated() {
            checkMonths(result, line.cell, "costs.\(position)", where: place)
        }
        for (position, line) in scenario.values.enumerated() {
            checkMonths(result, line.cell, "value.\(position)", where: place)
        }
        for driver in scenario.drivers {
            checkMonths(
                result, driver.name, root.value[driver.name] == nil ? "drivers.\(driver.name)" : driver.name,
                where: place)
        }
        if faults.isEmpty, result.figure("npv") == nil || result.figure("total_cost") == nil {
            complain("", "the sums are too large to be numbers\(place)")
        }
        for line in scenario.costs + scenario.values {
            guard let each = line.actuals?.each, !result.value(of: each).isFinite else { continue }
            let side = String(line.cell.prefix { $0 != "." })
            complain(side, "actuals.each of \(line.name): \(each) has no single value")
        }
    }

    private mutating func checkMonths(_ result: RunResult, _ cell: String, _ path: String, where place: String) {
        guard let value = result.values[cell] else { return }
        if let single = value.single, !single.isFinite {
            complain(path, "it is no number\(place); is something divided by zero?")
        }
        if let month = value.months.firstIndex(where: { !$0.isFinite }) {
            complain(path, "it is no number in month \(month)\(place); is something divided by zero?")
        }
    }

    private mutating func checkBounds(_ result: RunResult, where place: String) {
        for bound in model.scenario.bounds {
            let value = result.value(of: bound.formula)
            // What has a value for each month has no single one.
            if value.isNaN || bound.range.contains(value) { continue }
            let text = ProjectionText.quantity(value, unit: "")
            complain(
                bound.path,
                "a number from \(ProjectionText.quantity(bound.range.lowerBound, unit: "")) to \(ProjectionText.quantity(bound.range.upperBound, unit: "")) was expected; \(bound.formula) is \(text)\(place)"
            )
        }
    }

    // MARK: Windows

    /// What begins behind the horizon would count for nothing without a word.
    private mutating func checkWindows() {
        let scenario = model.scenario
        let sides = [("costs", scenario.costs), ("value", scenario.values)]
        for (side, lines) in sides {
            for (position, line) in lines.enumerated() where line.start > scenario.horizon {
                complain(
                    "\(side).\(position).start",
                    "it begins in month \(line.start), behind the horizon of \(scenario.horizon) months, and would count for nothing"
                )
            }
        }
        for (position, tranche) in scenario.tranches.enumerated() where tranche.month > scenario.horizon {
            complain(
                "tranches.\(position).month", "month \(tranche.month) lies behind the horizon of \(scenario.horizon)")
        }
        for (position, kill) in scenario.kills.enumerated() where kill.month > scenario.horizon {
            complain("kill.\(position).month", "month \(kill.month) lies behind the horizon of \(scenario.horizon)")
        }
    }
}

extension Distribution {
    /// The ends of what it can take; of unbounded ones, what one draw in a thousand passes.
    fileprivate var ends: [Double] {
        switch self {
        case .constant(let value): [value]
        case .uniform(let low, let high), .triangular(let low, _, let high), .pert(let low, _, let high): [low, high]
        case .discrete(let outcomes): outcomes.map(\.value)
        case .normal, .logNormal: [quantile(0.001), quantile(0.999)]
        }
    }
}
