package import Documents
internal import Domain

extension GateState {
    /// The gate as a document that ``GateStateReader`` reads back without loss; its terms are not in it.
    package var json: JSONOutput {
        .object([
            .init("state", .string(state.rawValue)), .init("pause_reason", .text(pauseReason)),
            .init("attempt", .integer(Int64(attempt))), .init("judged", .integer(Int64(process.judged))),
            .init("loss_sum", .double(process.lossSum)), .init("failed", .integer(Int64(failed))),
            .init("failures_in_row", .integer(Int64(failuresInRow))), .init("floor_rate", .double(process.floor)),
            .init("log_wealth_below", .doubles(process.fallingLogs)),
            .init("log_wealth_above", .doubles(process.risingLogs)),
            .init("detector_judged", .integer(Int64(detector.judged))),
            .init("detector_sums", .doubles(detector.sums)),
            .init("promotion_log_evidence", promotionLogEvidence.map { .double($0) } ?? .null),
            .init("earlier_promotions", .doubles(earlierPromotions)),
            .init("transitions", .array(transitions.map(\.json))),
        ])
    }
}

extension GateTransition {
    /// The change as a document.
    package var json: JSONOutput {
        .object([
            .init("from", .string(from.rawValue)), .init("to", .string(to.rawValue)),
            .init("cause", .string(cause.rawValue)), .init("at", .string(at.rfc3339)),
            .init("reason", .string(reason)), .init("evidence", evidence.json),
        ])
    }
}

extension GateEvidence {
    /// The evidence as a document.
    package var json: JSONOutput {
        .object([
            .init("attempt", .integer(Int64(attempt))), .init("judged", .integer(Int64(judged))),
            .init("loss_sum", .double(lossSum)), .init("failed", .integer(Int64(failed))),
            .init("upper_bound_rate", .double(upperBound)), .init("log_evidence", .double(logEvidence)),
            .init("detector", .double(detector)), .init("serving_judged", .integer(Int64(servingJudged))),
        ])
    }
}

extension JSONOutput {
    /// A number with all its bits; evidence adds up over years, so that rounding it would too.
    fileprivate static func double(_ value: Double) -> JSONOutput {
        value.isFinite ? .exact(value.description) : .null
    }

    fileprivate static func doubles(_ values: [Double]) -> JSONOutput { .array(values.map { double($0) }) }
}
