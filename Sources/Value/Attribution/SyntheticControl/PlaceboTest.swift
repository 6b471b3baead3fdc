internal import Statistics

/// Placebos in space: every donor, or every drawn group of donors, as if it had been treated.
package struct PlaceboTest: Sendable {
    /// One of them.
    package struct Placebo: Sendable {
        /// The donors' names.
        package let name: String
        /// What the method finds for it.
        package let fit: SyntheticFit
    }

    /// How units are ranked, and who takes part.
    package struct Rule: Sendable, Hashable {
        /// What is ranked.
        package enum Statistic: String, Sendable {
            /// The mean squared gap after, divided by the one before.
            case ratio = "mspe_ratio"
            /// The size of the mean gap after.
            case size = "absolute_effect"
        }

        /// What is ranked.
        package let statistic: Statistic
        /// Only units whose mean squared gap before is at most so many times the treated's; `nil` for all.
        package let limit: Double?
        /// The place of the treated, 1 for the largest; equal ones count as larger.
        package let rank: Int
        /// How many take part, the treated among them.
        package let count: Int
        /// Rank ÷ count.
        package var p: Double { Double(rank) / Double(count) }
    }

    /// The placebos.
    package let placebos: [Placebo]
    /// The ranks of the treated, the rule of the method's own p first.
    package let rules: [Rule]
    /// Whether groups were drawn rather than every donor taken once.
    package let isDrawn: Bool

    /// Fits every donor, or 200 drawn groups where several units are treated; none where the donors are too few.
    init(_ problem: DonorProblem, _ fit: SyntheticFit, names: [String], method: SyntheticMethod, seed: UInt64) {
        let groups = Self.groups(problem, seed: seed)
        isDrawn = problem.treatedCount > 1
        placebos = groups.compactMap { group in
            method.fit(problem.placebo(group), seed: seed, starts: PredictorSearch.placeboStarts).map {
                Placebo(name: group.map { names[$0] }.joined(separator: ", "), fit: $0)
            }
        }
        let asked: [(Rule.Statistic, Double?)] = [
            (.ratio, nil), (.ratio, 5), (.size, nil), (.size, 2), (.size, 5), (.size, 20),
        ]
        // A method with a constant fits the level before by construction: the ratio says less there.
        let ordered = method == .sdid ? [asked[2]] + asked.filter { $0.1 != nil && $0.0 == .size } : asked
        rules = placebos.isEmpty ? [] : ordered.map { [placebos] in Self.rule($0.0, $0.1, fit, placebos) }
    }

    private static func rule(
        _ statistic: Rule.Statistic, _ limit: Double?, _ fit: SyntheticFit, _ placebos: [Placebo]
    ) -> Rule {
        let value = { (fit: SyntheticFit) in statistic == .ratio ? fit.ratio : abs(fit.meanGap) }
        let present = placebos.filter { placebo in limit.map { placebo.fit.preMSPE <= $0 * fit.preMSPE } ?? true }
        let larger = present.count { value($0.fit) >= value(fit) }
        return Rule(statistic: statistic, limit: limit, rank: larger + 1, count: present.count + 1)
    }

    private static func groups(_ problem: DonorProblem, seed: UInt64) -> [[Int]] {
        let (count, size) = (problem.donors.columns, problem.treatedCount)
        if size == 1 { return count >= 3 ? (0..<count).map { [$0] } : [] }
        guard count >= 2 * size else { return [] }
        var random = SeededRandom(seed: seed)
        return (0..<200).map { _ in
            var left = Array(0..<count)
            return (0..<size).map { _ in left.remove(at: random.below(left.count)) }.sorted()
        }
    }

    /// The standard deviation of the placebos' effects, with n − 1; `nil` for fewer than two.
    package var deviation: Double? { SampleMean(of: placebos.map(\.fit.meanGap))?.deviation }
}
