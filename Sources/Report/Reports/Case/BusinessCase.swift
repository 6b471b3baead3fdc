package import Documents
internal import Domain
package import Productivity
package import ROI

/// A case for those who decide: what to do and why first, then the case, what tasks have shown so far, and the risks.
package struct BusinessCase: Sendable {
    /// What the numbers recommend.
    package enum Recommendation: String, Sendable {
        /// Worth it, and a loss is unlikely.
        case fund
        /// Worth it on the whole, with a chance of a loss that calls for gates.
        case stage
        /// Not worth it as planned.
        case decline
    }

    private let result: RunResult
    private let page: Document
    private let chanceOfLoss: Double?
    private let tasks: TaskSummary

    /// Above this chance of a loss money is released in parts.
    private static let tolerableLoss = 0.2

    /// Runs a case.
    ///
    /// - Parameter tasks: what has been recorded; empty where nothing has.
    /// - Throws: where correlations cannot be.
    package static func make(
        _ model: ScenarioModel, tasks: TaskSummary, draws: Int, seed: UInt64
    ) async throws -> BusinessCase {
        let isUncertain = !model.graph.uncertainInputs.isEmpty
        let simulation = isUncertain ? try await Simulation.run(model, draws: draws, seed: seed) : nil
        return BusinessCase(
            result: RunResult(model),
            page: try await CasePage.make(model, draws: draws, seed: seed, simulation: simulation),
            chanceOfLoss: simulation?.probabilityOfLoss, tasks: tasks)
    }

    /// What to do; it follows the numbers, never the other way round.
    package var recommendation: Recommendation {
        guard let value = result.figure("npv"), value > 0 else { return .decline }
        // A point without a range is no ground to release everything at once.
        guard let chanceOfLoss, !isMostlyStated else { return .stage }
        return chanceOfLoss > Self.tolerableLoss ? .stage : .fund
    }

    /// Whether most of the value rests on somebody's word.
    private var isMostlyStated: Bool {
        let values = result.scenario.values.map { line in
            (isStated: line.evidence == .stated, sum: result.months(line.cell).reduce(0, +))
        }
        return values.filter(\.isStated).reduce(0) { $0 + $1.sum } > 0.5 * values.reduce(0) { $0 + $1.sum }
    }

    // MARK: For programs

    /// The case's own keys, with what is recommended and why.
    package var json: JSONOutput {
        result.json.adding("report", .string("business-case"))
            .adding("recommendation", .string(recommendation.rawValue))
            .adding("recommendation_text", .string(verdict)).adding("probability_of_loss", .fraction(chanceOfLoss))
            .adding("risks", .array(risks.map { .string($0) }))
            .adding("tasks", tasks.tasks.isEmpty ? .null : tasks.json)
    }

    // MARK: For people

    /// The whole document.
    package var document: Document {
        var blocks: [Block] = [
            .heading(level: 1, text: "Executive summary"), .paragraph(verdict), .list(conditions),
        ]
        blocks += [.heading(level: 1, text: "The case")] + page.blocks
        blocks += breakdown
        blocks += [.heading(level: 1, text: "Risks"), .list(risks)]
        return Document(
            title: "Business case: \(page.title)", subtitle: page.subtitle, blocks: blocks, notes: page.notes)
    }

    private var verdict: String {
        let (value, cost) = (
            ProjectionText.headline(result.figure("npv")), ProjectionText.headline(result.figure("total_cost"))
        )
        let loss = chanceOfLoss.map { " The chance of a loss is \(NumberText.percent($0))." } ?? ""
        switch recommendation {
        case .fund:
            return "Fund it: \(cost) are expected to return \(value) more than they cost, in today's money.\(loss)"
        case .stage where chanceOfLoss == nil:
            return
                "Fund a first part: the plan is worth \(value), but no input has a range, so nobody knows how surely."
        case .stage where isMostlyStated:
            return
                "Fund a first part, and measure: the plan is worth \(value) in today's money, but most of its value is only stated.\(loss)"
        case .stage:
            return "Fund a first part, and the rest at a gate: the plan is worth \(value) in today's money.\(loss)"
        case .decline:
            let lost = ProjectionText.headline(result.figure("npv").map { -$0 })
            return "Do not fund it as planned: in today's money it loses \(lost).\(loss)"
        }
    }

    /// What has to hold, or to change.
    private var conditions: [String] {
        let margins = result.breakEvens.prefix(3).map { row -> String in
            let (assumed, needed) = (
                ProjectionText.quantity(row.base, unit: row.unit), ProjectionText.quantity(row.value, unit: row.unit)
            )
            return recommendation == .decline
                ? "It would break even with \(row.label) at \(needed) instead of \(assumed)."
                : "It holds as long as \(row.label) does not go from \(assumed) to \(needed)."
        }
        let kills = result.scenario.kills.map { "Stop in month \($0.month) if: \($0.text)." }
        let payback = "Payback: \(ProjectionText.months(result.figure("payback_months")))."
        return [payback] + margins + kills
    }

    private var breakdown: [Block] {
        let heading = Block.heading(level: 1, text: "What tasks have shown")
        if tasks.tasks.isEmpty {
            return [heading, .hint(Hint("No task has been recorded.", command: "payback track import tasks.csv"))]
        }
        let rows = tasks.byType.map { type, list -> Row in
            let part = tasks.part(list)
            return Row([
                Cell(type), Cell("\(list.count)"), Cell(NumberText.fixed(part.minutesSaved / 60, decimals: 1)),
                Cell(ProjectionText.column(part.value)), Cell(ProjectionText.column(part.apiCost)),
                Cell(NumberText.percentage(part.quality)),
            ])
        }
        return [
            heading,
            .table(
                Table(
                    "By task",
                    columns: [
                        Column("Task"), Column("Done", .decimal), Column("Hours saved", .decimal),
                        Column("Value, USD", .decimal), Column("API cost, USD", .decimal),
                        Column("Quality, %", .decimal, priority: 1),
                    ], rows: rows)),
        ]
    }

    private var risks: [String] {
        var list = result.warnings
        let weak = result.scenario.values.filter { $0.evidence == .stated }
        if !weak.isEmpty {
            list.append(
                "\(weak.count) of \(result.scenario.values.count) value lines are only stated (\(weak.map(\.name).joined(separator: ", "))): measure them before the next gate."
            )
        }
        let value = result.figure("total_value") ?? 0
        if value > 0, let freed = result.figure("total_freed_capacity"), freed > 0.5 * value {
            list.append(
                "\(NumberText.percent(freed / value)) of the value is freed time, which is money only as far as it is used."
            )
        }
        if result.scenario.kills.isEmpty { list.append("The case does not say when to stop; state kill criteria.") }
        return list
    }
}
