internal import Statistics

/// How far a judge can be trusted: its verdicts beside those of people on the same answers.
///
/// The gate's guarantee concerns the judge's verdicts; this is what they are worth.
package struct JudgeAgreement: Sendable, Hashable {
    /// Both say wrong.
    package private(set) var bothWrong = 0
    /// Both say good.
    package private(set) var bothGood = 0
    /// The judge says wrong, the person good.
    package private(set) var onlyJudgeWrong = 0
    /// The person says wrong, the judge good: what the gate does not see.
    package private(set) var onlyPersonWrong = 0

    /// Creates an empty comparison.
    package init() {}

    /// A comparison that was kept.
    init(bothWrong: Int, bothGood: Int, onlyJudgeWrong: Int, onlyPersonWrong: Int) {
        (self.bothWrong, self.bothGood) = (bothWrong, bothGood)
        (self.onlyJudgeWrong, self.onlyPersonWrong) = (onlyJudgeWrong, onlyPersonWrong)
    }

    /// Takes what both said of one answer.
    package mutating func take(judgeSaysWrong: Bool, personSaysWrong: Bool) {
        switch (judgeSaysWrong, personSaysWrong) {
        case (true, true): bothWrong += 1
        case (false, false): bothGood += 1
        case (true, false): onlyJudgeWrong += 1
        case (false, true): onlyPersonWrong += 1
        }
    }

    /// How many answers both looked at.
    package var count: Int { bothWrong + bothGood + onlyJudgeWrong + onlyPersonWrong }

    /// The share on which they agree, a fraction; `nil` where nothing was compared.
    package var agreementShare: Double? { count > 0 ? Double(bothWrong + bothGood) / Double(count) : nil }

    /// Between what that share lies (Wilson, 1927).
    package func agreementInterval(level: Double = 0.95) -> ClosedRange<Double> {
        ShareInterval.wilson(share: agreementShare ?? 0, count: Double(count), level: level)
    }

    /// Agreement beyond chance (Cohen, 1960): 1 is full, 0 what chance gives; `nil` where one of them always says the same.
    package var kappa: Double? {
        guard let observed = agreementShare else { return nil }
        let n = Double(count)
        let (judge, person) = (Double(bothWrong + onlyJudgeWrong) / n, Double(bothWrong + onlyPersonWrong) / n)
        let expected = judge * person + (1 - judge) * (1 - person)
        return expected < 1 ? (observed - expected) / (1 - expected) : nil
    }

    /// The share of what people call wrong that the judge lets pass, a fraction; `nil` where they call nothing wrong.
    package var missedShare: Double? {
        let wrong = bothWrong + onlyPersonWrong
        return wrong > 0 ? Double(onlyPersonWrong) / Double(wrong) : nil
    }

    /// What people would at most call wrong where the judge calls at most `judgeBound` wrong, a fraction: what it misses is
    /// added, by its exact upper bound (Clopper and Pearson, 1934). Good for a sample whose size was fixed in advance.
    package func personBound(judgeBound: Double, level: Double = 0.95) -> Double {
        min(judgeBound + ShareInterval.upperBound(successes: onlyPersonWrong, of: count, level: level), 1)
    }
}
