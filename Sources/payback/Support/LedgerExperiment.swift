import ArgumentParser
import Domain
import Ledger
import Statistics

/// A ledger's requests as an experiment: those that were left untouched on purpose beside those that levers could touch, or the arms
/// that records name.
struct LedgerExperiment {
    /// What is measured of a request.
    enum Outcome: String, ExpressibleByArgument, CaseIterable {
        case cost = "cost_usd"
        case latency = "latency_ms"
        case output = "output_tokens"
        case failed

        /// The request's value; `nil` where it is not known.
        func value(of record: UsageRecord) -> Double? {
            switch self {
            case .cost: record.costKind == .unpriced ? nil : record.cost.dollars
            case .latency: record.latency < 0 ? nil : Double(record.latency) / 1_000
            case .output: record.usage.isKnown ? Double(record.usage.output.orZero) : nil
            case .failed: record.status == .ok ? 0 : 1
            }
        }
    }

    /// The name of requests that were left untouched.
    static let heldOut = "held out"

    /// The arms by name, the control among them.
    private(set) var arms: [String: ArmSummary] = [:]

    /// Reads a period's requests.
    ///
    /// - Parameter feature: only of this one; of all where absent.
    init(_ ledger: any UsageLedger, in period: Period, outcome: Outcome, feature: String?) throws {
        try ledger.forEachBatch(in: period) { batch in
            for record in batch.records where record.countsAsRequest {
                if let feature, batch.vocabulary.text(record.feature) != feature { continue }
                guard let value = outcome.value(of: record) else { continue }
                let named = batch.vocabulary.text(record.experimentArm)
                let arm = record.action == .heldOut ? Self.heldOut : named ?? "treated"
                arms[arm, default: ArmSummary()].add(value)
            }
        }
    }
}
