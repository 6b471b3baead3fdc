import Domain
import Ledger
import ROI
import Registry

/// Finds what a plan's lines really came to: in the ledger, and among imported outcomes.
struct ActualsFinder {
    let ledgerOptions: LedgerOptions
    let registryOptions: RegistryOptions

    /// USD of each whole month that has passed, for every line that says where its actuals are.
    ///
    /// - Throws: exit code 65 where the plan has no dates or no line has actuals.
    func find(for model: ScenarioModel) throws -> [String: [Double]] {
        let scenario = model.scenario
        guard let first = scenario.firstMonth else {
            throw StandardError.fail(
                .data, "The scenario has no first_month, so its months have no dates. Write first_month: 2026-01.")
        }
        let bound = (scenario.costs + scenario.values).filter { $0.actuals != nil }
        guard !bound.isEmpty else {
            throw StandardError.fail(
                .data,
                "No line says where its actuals are. Write actuals: {ledger: {measure: cost_usd, feature: support}} in a line."
            )
        }
        let now = CalendarMonth(number: Int(PriceOptions.now.month) + 1970 * 12)
        let passed = min(now.number - first.number, scenario.horizon)
        guard passed > 0 else {
            throw StandardError.fail(.data, "The plan begins in \(first.text); no whole month of it has passed.")
        }
        var found: [String: [Double]] = [:]
        for line in bound {
            guard let binding = line.actuals else { continue }
            found[line.cell] = try amounts(binding, of: line.name, in: model, first: first, months: passed)
        }
        return found
    }

    private func amounts(
        _ binding: ActualsBinding, of name: String, in model: ScenarioModel, first: CalendarMonth, months: Int
    ) throws -> [Double] {
        let each = RunResult(model).value(of: binding.each)
        let period = Period(start: first.start, end: first.adding(months).start)
        let sums: [Int64: Double]
        switch binding.source {
        case .ledger(let reference):
            sums = try LedgerActuals(ledger: ledgerOptions.open(mustExist: true)).byMonth(reference, in: period)
        case .outcome(let outcome):
            let outcomes = try registryOptions.open(mustExist: true).outcomes(in: period)
                .filter { $0.name == outcome }
            sums = Dictionary(outcomes.map { ($0.timestamp.month, $0.amount) }) { $0 + $1 }
        }
        guard !sums.isEmpty else {
            throw StandardError.fail(
                .data,
                "\(name): there is not one record of \(binding.source.text) from \(first.text) on. Is it misspelled? Mend its actuals, or leave them out."
            )
        }
        let start = first.start.month
        return (0..<months).map { (sums[start + Int64($0)] ?? 0) * each }
    }
}

extension ActualsBinding.Source {
    /// In words, for messages.
    fileprivate var text: String {
        switch self {
        case .ledger(let reference):
            let filter = reference.filter.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            return (["the ledger's \(reference.measure)"] + filter).joined(separator: ", ")
        case .outcome(let name): return "the outcome \(name)"
        }
    }
}
