internal import Statistics

/// Effects by cohort and time (Callaway and Sant'Anna, 2021): the change of a cohort since just before its start, minus
/// the change of those who are not treated by then. Nobody who is treated already serves as a control.
package struct GroupTimeEffects: Sendable {
    /// Who is compared with.
    package enum Controls: String, Sendable, CaseIterable {
        /// Those who are never treated.
        case never
        /// Those as well who are treated later.
        case notYet = "not-yet"
    }

    /// One of them.
    struct Effect: Sendable {
        /// The place of the cohort's first treated time.
        let start: Int
        /// The place of the time that is looked at.
        let time: Int
        /// How many units the cohort has.
        let size: Int
        /// The effect.
        let contrast: GroupContrast

        /// Steps since the start; negative before.
        var event: Int { time - start }
    }

    let panel: CohortPanel
    /// All that can be told, by cohort and time; none for the time before the start, which is what changes begin at.
    let effects: [Effect]

    init(_ panel: CohortPanel, controls: Controls) {
        self.panel = panel
        effects = panel.cohorts.flatMap { start in
            (0..<panel.timeCount).compactMap { time in
                time == start - 1 ? nil : Self.effect(panel, start: start, time: time, controls)
            }
        }
    }

    private static func effect(_ panel: CohortPanel, start: Int, time: Int, _ controls: Controls) -> Effect? {
        let cohort = panel.units(of: start)
        let latest = max(time, start - 1)
        let others = panel.starts.indices.filter { unit in
            guard let begun = panel.starts[unit] else { return true }
            return controls == .notYet && begun > latest && begun != start
        }
        guard !others.isEmpty else { return nil }
        let change = { (unit: Int) in panel.outcome[time, unit] - panel.outcome[start - 1, unit] }
        return Effect(
            start: start, time: time, size: cohort.count, contrast: contrast(panel, cohort, others, change))
    }

    /// The mean change of some units minus that of others.
    static func contrast(
        _ panel: CohortPanel, _ group: [Int], _ others: [Int], _ change: (Int) -> Double
    ) -> GroupContrast {
        var contributions = [Double](repeating: 0, count: panel.starts.count)
        var means: [Double] = []
        for (units, sign) in [(group, 1.0), (others, -1.0)] {
            let changes = units.map(change)
            let mean = Vectors.mean(changes)
            for (unit, change) in zip(units, changes) {
                contributions[unit] = sign * (change - mean) / Double(units.count)
            }
            means.append(mean)
        }
        return GroupContrast(estimate: means[0] - means[1], contributions: contributions)
    }

    // MARK: Sums

    /// The mean over some effects, weighted by the cohorts' sizes, which are taken as given; `nil` of none.
    func mean(_ chosen: (Effect) -> Bool) -> GroupContrast? {
        let parts = effects.filter(chosen)
        let sum = parts.reduce(0) { $0 + $1.size }
        guard sum > 0 else { return nil }
        return .sum(
            parts.map { (weight: Double($0.size) / Double(sum), contrast: $0.contrast) }, units: panel.starts.count)
    }

    /// The mean over all treated cohorts and times.
    var overall: GroupContrast? { mean { $0.event >= 0 } }

    /// The mean at each number of steps since the start.
    var events: [(event: Int, contrast: GroupContrast)] {
        Set(effects.map(\.event)).sorted().compactMap { event in
            mean { $0.event == event }.map { (event, $0) }
        }
    }
}
