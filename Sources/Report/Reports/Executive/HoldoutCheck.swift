internal import Documents
package import Domain
package import Ledger
package import Statistics

/// The modelled saving beside a measured one: held-out requests against those that levers could touch.
package struct HoldoutCheck: Sendable, Hashable {
    /// Requests that were left untouched.
    package let heldOut: Int
    /// Requests that were not.
    package let treated: Int
    /// What a treated request costs less than a held-out one, USD, with its interval (Welch); `nil` with fewer than two
    /// of either.
    package let difference: IntervalEstimate?
    /// The mean cost of a held-out request, USD.
    package let heldOutMean: Double?

    /// Reads a period's requests.
    ///
    /// - Returns: `nil` where nothing was held out.
    package static func of(_ ledger: any UsageLedger, in period: Period) throws -> HoldoutCheck? {
        var (held, treated) = (ArmSummary(), ArmSummary())
        try ledger.forEachBatch(in: period) { batch in
            for record in batch.records where record.countsAsRequest && record.costKind != .unpriced {
                let cost = record.cost.dollars
                if record.action == .heldOut { held.add(cost) } else { treated.add(cost) }
            }
        }
        guard held.count > 0 else { return nil }
        return HoldoutCheck(
            heldOut: held.count, treated: treated.count,
            difference: IntervalEstimate(difference: held.sampleMean, minus: treated.sampleMean),
            heldOutMean: held.mean)
    }

    /// What was measured, in a sentence.
    package var sentence: String {
        guard let share = savingShare, let difference else {
            return "Only \(heldOut) request was held out: too few to measure by."
        }
        let (low, high) = (ProjectionText.unitCost(difference.low), ProjectionText.unitCost(difference.high))
        return """
            Measured against \(NumberText.count(Int64(heldOut))) requests that were left untouched: \(NumberText.percent(share)) \
            saved, \(low) to \(high) a request (95 %).
            """
    }

    /// The saving as a share of what held-out requests cost, measured.
    package var savingShare: Double? {
        guard let difference, let heldOutMean, heldOutMean > 0 else { return nil }
        return difference.estimate / heldOutMean
    }
}
