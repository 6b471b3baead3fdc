import Documents
import Domain
import Ledger
import ROI

/// Sums of the ledger by month, for scenarios.
struct LedgerActuals {
    let ledger: any UsageLedger

    /// The mean of whole months: those asked for, else the last three before this one.
    func monthlyMean(_ reference: LedgerReference) throws -> SourcedNumber {
        let end = try moment(reference.until) ?? .startOfMonth(PriceOptions.now.month)
        let start = try moment(reference.since) ?? usualStart(before: end)
        guard start < end else { throw SourceError("since lies behind until") }
        let months = try byMonth(reference, in: Period(start: start, end: end))
        let count = Self.months(from: start, to: end)
        guard !months.isEmpty else {
            throw SourceError("the ledger has no such records from \(start.dateText) to \(end.dateText)")
        }
        return SourcedNumber(
            value: months.values.reduce(0, +) / count, unit: Self.unit(of: reference.measure),
            source: "ledger, mean of \(Self.text(count)) months from \(start.dateText) to \(end.dateText)")
    }

    /// Three months before, or since the ledger's first day where that is later.
    private func usualStart(before end: Timestamp) throws -> Timestamp {
        let start = Timestamp.startOfMonth(end.month - 3)
        guard let first = try ledger.extent()?.start, first > start, first < end else { return start }
        return Timestamp(microseconds: first.day * Timestamp.microsecondsPerDay)
    }

    /// Whole months as they are; days of other spans in months of 30.4375.
    private static func months(from start: Timestamp, to end: Timestamp) -> Double {
        let isWhole = start == .startOfMonth(start.month) && end == .startOfMonth(end.month)
        if isWhole { return Double(end.month - start.month) }
        return Double(end.microseconds - start.microseconds) / Double(Timestamp.microsecondsPerDay) / 30.4375
    }

    private static func text(_ months: Double) -> String {
        NumberText.fixed(months, decimals: months == months.rounded() ? 0 : 1)
    }

    /// A measure by month, counted from January 1970. Months without records are left out.
    func byMonth(_ reference: LedgerReference, in period: Period) throws -> [Int64: Double] {
        var filter: [LedgerDimension: Set<String?>] = [:]
        for (name, value) in reference.filter {
            guard let dimension = LedgerDimension(rawValue: name) else { continue }
            filter[dimension] = [value]
        }
        let rows = try ledger.rows(for: LedgerQuery(period: period, grain: .month, filter: filter))
        var sums: [Int64: Double] = [:]
        for row in rows {
            guard let start = row.start else { continue }
            sums[start.month, default: 0] += Self.value(reference.measure, row.measures)
        }
        return sums
    }

    private static func value(_ measure: String, _ sums: UsageMeasures) -> Double {
        switch measure {
        case "requests": Double(sums.requests)
        case "input_tokens": Double(sums.totalInput)
        case "output_tokens": Double(sums.output)
        default: Double(sums.cost.nanos) / 1e9
        }
    }

    private static func unit(of measure: String) -> String {
        switch measure {
        case "requests": "requests per month"
        case "input_tokens", "output_tokens": "tokens per month"
        default: "USD per month"
        }
    }

    private func moment(_ text: String?) throws -> Timestamp? {
        guard let text else { return nil }
        guard let moment = Timestamp.read(text) else { throw SourceError("\"\(text)\" is no date; write 2026-10-01") }
        return moment
    }
}
