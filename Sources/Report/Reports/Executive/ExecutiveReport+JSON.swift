internal import Auditing
package import Documents
internal import Domain
internal import Statistics

extension ExecutiveReport {
    /// For programs.
    package var json: JSONOutput {
        .object([
            .init("report", .string("executive")), .init("period", rows.period.json),
            .init("baseline_usd", .money(rows.baseline)), .init("realized_usd", .money(rows.realized)),
            .init("saving_usd", .money(rows.saving)),
            .init("savings_percent", .fraction(rows.savingShare.map { $0 * 100 })),
            .init("savings_percent_denominator", .string("baseline of gateway and imported traffic")),
            .init("savings_percent_low", .fraction(rows.savingInterval.map { $0.lowerBound * 100 })),
            .init("savings_percent_high", .fraction(rows.savingInterval.map { $0.upperBound * 100 })),
            .init("weekly", .array(rows.weeks.map(\.json))),
            .init(
                "unit_costs",
                .object([
                    .init("requests", .integer(rows.totals.requests)),
                    .init("cost_per_request_usd", .money(costPerRequest)),
                    .init("customers", .integer(Int64(rows.namedCustomers))),
                    .init("cost_per_customer_usd", .money(costPerCustomer)),
                ])),
            .init("change", bridge.json), .init("coverage", .array(coverage.map(\.reportJSON))),
            .init(
                "unpriced",
                .object([
                    .init("requests", .integer(rows.totals.unpricedRequests)),
                    .init("tokens", .integer(rows.totals.unpricedTokens)),
                    .init("token_share", .fraction(rows.unpricedShare)),
                ])),
            .init("holdout", holdout?.json ?? .null), .init("actions", .array(actions.map(\.json))),
        ])
    }
}

extension ReportPeriod {
    var json: JSONOutput {
        .object([
            .init("name", .string(name)), .init("start", .string(period.start.rfc3339)),
            .init("end", .string(period.end.rfc3339)),
        ])
    }
}

extension SpendRows.Week {
    var json: JSONOutput {
        let (baseline, realized) = (NanoUSD(nanos: measures.baseline), measures.cost)
        return .object([
            .init("week", .string(start.dateText)), .init("is_partial", .bool(isPartial)),
            .init("baseline_usd", .money(baseline)), .init("realized_usd", .money(realized)),
            .init("savings_percent", .fraction((baseline - realized).share(of: baseline).map { $0 * 100 })),
            .init("requests", .integer(measures.requests)),
        ])
    }
}

extension SpendBridge {
    var json: JSONOutput {
        .object(
            [.init("from_usd", .money(from)), .init("to_usd", .money(to))]
                + parts.map { .init("\($0.cause.rawValue)_usd", .money($0.amount)) })
    }
}

extension CoverageFinding {
    var reportJSON: JSONOutput {
        .object([
            .init("provider", .string(provider)), .init("billed", .amount(billed)),
            .init("currency", .string(currency)),
            .init("explained_usd", .money(explained)), .init("unattributed", .amount(unattributed)),
            .init("coverage_rate", .fraction(rate)),
        ])
    }
}

extension HoldoutCheck {
    var json: JSONOutput {
        .object([
            .init("held_out_requests", .integer(Int64(heldOut))), .init("treated_requests", .integer(Int64(treated))),
            .init("saving_per_request_usd", .fraction(difference?.estimate)),
            .init("low_usd", .fraction(difference?.low)), .init("high_usd", .fraction(difference?.high)),
            .init("measured_savings_percent", .fraction(savingShare.map { $0 * 100 })),
        ])
    }
}

extension NextAction {
    var json: JSONOutput {
        .object([
            .init("subject", .string(subject)), .init("advice", .string(advice)),
            .init("monthly_usd", .money(monthly)), .init("is_predicted", .bool(isPredicted)),
        ])
    }
}
