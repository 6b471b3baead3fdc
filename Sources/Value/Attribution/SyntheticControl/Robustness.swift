internal import Statistics

/// What the effect is without single donors, and before there was one.
package struct Robustness: Sendable {
    /// The effect without a donor.
    package struct LeftOut: Sendable {
        /// The donor's name.
        package let name: String
        /// The effect, in the outcome's unit.
        package let effect: Double
    }

    /// A treatment that was not: the data end where the real one begins.
    package struct FakeStart: Sendable {
        /// The last time before the fake start.
        package let lastBefore: String
        /// What the method finds.
        package let fit: SyntheticFit
        /// The root mean squared gap after the fake start.
        package var postRMSPE: Double { fit.postMSPE.squareRoot() }
    }

    /// Without each donor that weighs more than a thousandth, in the order of the donors.
    package let leaveOneOut: [LeftOut]
    /// The fake start at two thirds of what lies before; `nil` where that leaves too little.
    package let inTime: FakeStart?

    init(
        _ problem: DonorProblem, _ fit: SyntheticFit, names: [String], labels: [String], method: SyntheticMethod,
        seed: UInt64
    ) {
        let heavy = fit.weights.indices.filter { abs(fit.weights[$0]) > 1e-3 }
        // Without a donor there must be one left; spread-out weights say less one by one than they cost.
        leaveOneOut =
            problem.donors.columns < 2 || heavy.count > 40
            ? []
            : heavy.compactMap { donor in
                method.fit(problem.without([donor]), seed: seed).map { LeftOut(name: names[donor], effect: $0.meanGap) }
            }
        let fake = problem.preCount * 2 / 3
        inTime =
            fake < 2 || fake >= problem.preCount
            ? nil
            : method.fit(problem.earlier(preCount: fake), seed: seed).map {
                FakeStart(lastBefore: labels[fake - 1], fit: $0)
            }
    }
}
