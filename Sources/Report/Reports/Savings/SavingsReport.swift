package import Documents
package import Domain
package import Ledger

/// What each lever saved, beside what was predicted.
package struct SavingsReport: Sendable {
    /// A lever.
    struct Row {
        let action: GatewayAction
        var requests: Int64 = 0
        var baseline = NanoUSD.zero
        var realized = NanoUSD.zero
        /// A month's saving as a weighed plan predicts it.
        var predictedMonthly: NanoUSD?

        var saving: NanoUSD { baseline - realized }
    }

    let rows: SpendRows
    let levers: [Row]
    /// Shadows, judges and embeddings: what saving costs.
    let ownCost: NanoUSD
    private let months: Double

    /// Asks a ledger. No record is read.
    ///
    /// - Parameter plan: a weighed plan, for what was predicted.
    package static func make(_ ledger: any UsageLedger, _ period: ReportPeriod, plan: Plan? = nil) throws
        -> SavingsReport
    {
        var found: [GatewayAction: Row] = [:]
        var own = NanoUSD.zero
        for sums in try ledger.rows(for: LedgerQuery(period: period.period, by: [.action, .purpose])) {
            guard let action = GatewayAction.allCases.first(where: { $0.name == sums.values[0] }),
                let purpose = CallPurpose.allCases.first(where: { $0.name == sums.values[1] })
            else { continue }
            switch purpose {
            case .shadow, .judge, .embedding: own = own + sums.measures.cost
            case .retry, .fallback: continue
            case .serve:
                var row = found[action] ?? Row(action: action)
                row.requests += sums.measures.requests
                row.baseline = row.baseline + NanoUSD(nanos: sums.measures.baseline)
                row.realized = row.realized + sums.measures.cost
                found[action] = row
            }
        }
        for rule in plan?.rules ?? [] where rule.state == .on {
            guard let action = rule.action.recordedAs, let predicted = rule.predictedMonthly else { continue }
            var row = found[action] ?? Row(action: action)
            row.predictedMonthly = (row.predictedMonthly ?? .zero) + predicted
            found[action] = row
        }
        return SavingsReport(
            rows: try SpendRows(ledger, period), levers: found.values.sorted { $0.saving > $1.saving }, ownCost: own,
            months: period.months(until: try ledger.extent()?.end))
    }

    /// Whether the ledger has nothing of the period.
    package var isEmpty: Bool { rows.totals.calls == 0 }

    private func monthly(_ row: Row) -> NanoUSD { NanoUSD(nanos: Int64(Double(row.saving.nanos) / max(months, 0.001))) }

    /// For programs.
    package var json: JSONOutput {
        .object([
            .init("report", .string("savings")), .init("period", rows.period.json),
            .init("baseline_usd", .money(rows.baseline)), .init("realized_usd", .money(rows.realized)),
            .init("saving_usd", .money(rows.saving)), .init("own_cost_usd", .money(ownCost)),
            .init(
                "by_lever",
                .array(
                    levers.map { row in
                        .object([
                            .init("action", .string(row.action.name)), .init("requests", .integer(row.requests)),
                            .init("baseline_usd", .money(row.baseline)), .init("realized_usd", .money(row.realized)),
                            .init("saving_usd", .money(row.saving)), .init("monthly_usd", .money(monthly(row))),
                            .init("predicted_monthly_usd", .money(row.predictedMonthly)),
                        ])
                    })),
        ])
    }

    /// For people.
    package var document: Document {
        let table = levers.map { row in
            Documents.Row([
                Cell(row.action.label), Cell(NumberText.count(row.requests)),
                Cell(NumberText.money(row.baseline, symbol: "")),
                Cell(NumberText.money(row.realized, symbol: "")), Cell(NumberText.money(monthly(row), symbol: "")),
                Cell(row.predictedMonthly.map { NumberText.money($0, symbol: "") } ?? NumberText.none),
            ])
        }
        var blocks: [Block] = [
            .table(
                Table(
                    "By what was done with the request",
                    columns: [
                        Column("Lever"), Column("Requests", .decimal), Column("Baseline, USD", .decimal),
                        Column("Realised, USD", .decimal), Column("Saved a month, USD", .decimal),
                        Column("Predicted, USD", .decimal, priority: 1),
                    ], rows: table))
        ]
        if rows.weeks.count > 1 { blocks.append(.lines(rows.trend)) }
        if ownCost > .zero {
            blocks.append(
                .paragraph(
                    "Shadows, judges and embeddings cost \(NumberText.money(ownCost)); that is in what was realised."))
        }
        if levers.allSatisfy({ $0.predictedMonthly == nil }) {
            blocks.append(
                .hint(
                    Hint(
                        "Nothing was predicted.",
                        command: "payback model replay --plan plan.yaml --write-plan weighed.json")))
        }
        return Document(
            title: rows.headline, subtitle: "\(rows.period.name), USD, UTC. Savings report.", blocks: blocks)
    }
}

extension GatewayAction {
    fileprivate var label: String {
        switch self {
        case .pass: "passed through"
        case .exactCacheHit: "answered from the cache"
        case .semanticCacheHit: "answered by a like question's answer"
        case .routed: "sent to another model"
        case .promptAdjusted: "prompt adjusted"
        case .heldOut: "held out"
        }
    }
}

extension PlanAction {
    /// What records say where this acted.
    fileprivate var recordedAs: GatewayAction? {
        switch self {
        case .cache(let terms): terms.match == .semantic ? .semanticCacheHit : .exactCacheHit
        case .route: .routed
        case .shorten, .limitOutput, .alignPrefix: .promptAdjusted
        case .tier: nil
        }
    }
}
