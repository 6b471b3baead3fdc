internal import Documents
package import Domain
internal import Statistics

/// How a joint effect is shared among several changes that came together.
package struct ShareStudy: Study {
    /// How coalitions were measured, and what is stated.
    package struct Options: Sendable {
        /// The level of intervals, a fraction.
        package var level = 0.95
        /// How the coalitions were made: `randomised` for a factorial test.
        package var grade = EvidenceGrade.quasiExperiment
        /// A split that somebody states, in percent; empty for none.
        package var stated: [(name: String, percent: Double)] = []

        /// Creates the usual options.
        package init() {}
    }

    /// The joint effect of all changes.
    package let effect: EffectEstimate
    /// What each contributed, by name.
    package let shares: [ChangeShare]
    /// Coalitions that were not measured.
    package let missing: [String]
    /// What was measured.
    package let values: CoalitionValues
    /// Whether a split was stated.
    package let hasStated: Bool

    /// Whether the data say what each contributed.
    package var isIdentified: Bool { missing.isEmpty }

    /// Whether nothing but the time before and after all changes was measured.
    package var isBeforeAfter: Bool { values.isBeforeAfter }

    /// Shares the effect.
    ///
    /// - Throws: ``StudyError`` where a stated split does not fit.
    package static func run(_ values: CoalitionValues, _ options: Options = Options()) throws(StudyError) -> ShareStudy
    {
        guard options.level >= 0.5, options.level < 1 else {
            throw StudyError(.badInput, "The level is a fraction from 0.5 to below 1, such as 0.95.")
        }
        let stated = try StatedSplit.check(options.stated, values.players)
        let calculator = ShareCalculator(values: values, level: options.level)
        var shares = calculator.shares()
        for place in shares.indices { shares[place].stated = stated[shares[place].name] }
        return ShareStudy(calculator, shares, options, hasStated: !stated.isEmpty)
    }

    private init(_ calculator: ShareCalculator, _ shares: [ChangeShare], _ options: Options, hasStated: Bool) {
        values = calculator.values
        (self.shares, self.hasStated, missing) = (shares, hasStated, values.missing)
        let error = calculator.jointVariance?.squareRoot()
        let reach = StandardNormal.quantile(0.5 + options.level / 2) * (error ?? 0)
        let joint = calculator.joint
        let isBeforeAfter = values.isBeforeAfter
        let grade = isBeforeAfter ? EvidenceGrade.beforeAfter : options.grade
        effect = EffectEstimate(
            method: "shares", estimate: joint, standardError: error,
            interval: error.map { _ in .init(level: options.level, low: joint - reach, high: joint + reach) },
            pValue: error.flatMap { $0 > 0 ? StudentsT.twoSided(joint / $0, degrees: .infinity) : nil },
            treatedCount: values.entries[values.all]?.count ?? 0, controlCount: values.entries[0]?.count ?? 0,
            grade: !values.missing.isEmpty && hasStated ? .stated : grade,
            assumptions: ShareNotices.assumptions(values, options.grade, isBeforeAfter: isBeforeAfter),
            warnings: ShareNotices.warnings(values, shares, isBeforeAfter: isBeforeAfter))
    }
}

/// A split that somebody states.
enum StatedSplit {
    /// Fractions by name.
    ///
    /// - Throws: ``StudyError`` where it does not sum to 100, or names what was not measured.
    static func check(_ stated: [(name: String, percent: Double)], _ players: [String]) throws(StudyError) -> [String:
        Double]
    {
        guard !stated.isEmpty else { return [:] }
        var shares: [String: Double] = [:]
        for (name, percent) in stated {
            guard players.contains(name), shares[name] == nil else {
                throw StudyError(
                    .badInput,
                    "The stated split names \"\(name)\" \(shares[name] == nil ? "which is none of the changes" : "twice"); "
                        + "there are \(players.joined(separator: ", ")).")
            }
            guard (0...100).contains(percent) else {
                throw StudyError(
                    .badInput, "The stated part of \"\(name)\" is \(percent); write percent from 0 to 100.")
            }
            shares[name] = percent / 100
        }
        if let absent = players.first(where: { shares[$0] == nil }) {
            throw StudyError(.badInput, "The stated split leaves out \"\(absent)\"; state 0 where it brought nothing.")
        }
        let sum = stated.reduce(0) { $0 + $1.percent }
        guard abs(sum - 100) < 1e-6 else {
            throw StudyError(.badInput, "The stated split sums to \(EffectText.number(sum)) percent; it has to be 100.")
        }
        return shares
    }
}
