internal import Statistics

extension ABComparison {
    /// What a reading becomes.
    ///
    /// - Parameter share: the interval and p-value of two shares, read once.
    init(
        _ metric: String, _ treated: ArmEstimate, _ control: ArmEstimate, _ test: Test, _ reading: Reading,
        share: ProportionDifference? = nil, unadjusted: Unadjusted? = nil, complier: ComplierEffect? = nil
    ) {
        let (options, error) = (reading.options, reading.standardError)
        let fixed = FixedHorizon(
            interval: share.map { .init(level: options.level, low: $0.low, high: $0.high) } ?? reading.fixedInterval,
            pValue: share.map(\.pValue) ?? reading.fixedP)
        // Without a standard error, as of shares of 0 and 1, nothing can be read at any time.
        let isSequential = options.sequence != nil && error > 0
        self.init(
            metric: metric, treated: treated, control: control, test: test, estimate: reading.estimate,
            standardError: error, degrees: reading.degrees,
            interval: isSequential ? reading.interval : fixed.interval,
            pValue: isSequential ? reading.pValue : fixed.pValue, fixed: isSequential ? fixed : nil,
            unadjusted: unadjusted,
            varianceReduction: unadjusted.map { 1 - error * error / ($0.standardError * $0.standardError) },
            relative: RelativeEffect(reading, treated: treated, control: control),
            minimumDetectable: reading.minimumDetectable,
            posterior: error > 0 ? Self.posterior(reading) : nil, complier: complier, adjustedP: nil)
    }

    private static func posterior(_ reading: Reading) -> EffectPosterior? {
        reading.options.prior.map {
            EffectPosterior(
                estimate: reading.estimate, standardError: reading.standardError, prior: $0,
                level: reading.options.level)
        }
    }
}
