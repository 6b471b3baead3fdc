internal import Documents

/// Realised hit rates, as shares of all requests, that a claimed saving would take.
struct HitRates {
    /// At the stated share of input.
    let stated: (low: Double?, high: Double?)
    /// If all spend were input.
    let allInput: (low: Double?, high: Double?)
}

extension LeverModel {
    /// The share of all requests that the cache would have to answer for the claim; `nil` without a claim or a cache.
    ///
    /// Eligible is not hit: a claim that takes the eligible share for the hit rate is told here what it means.
    var hitRateForClaim: HitRates? {
        guard let claim, let cache = levers.firstIndex(where: { $0.kind == .semanticCache }) else { return nil }
        func needed(_ share: Double, _ inputShare: Double) -> Double? {
            Bisection.root(from: 0, to: 1) { rate in
                var values = base
                // Eligible and hit as one number.
                (values[cache][0], values[cache][1]) = (rate, 1)
                return self.share(values, inputShare: inputShare) - share
            }
        }
        func pair(_ inputShare: Double) -> (Double?, Double?) {
            (needed(claim.lowerBound, inputShare), needed(claim.upperBound, inputShare))
        }
        return HitRates(stated: pair(inputShare), allInput: pair(1))
    }

    /// The same in words.
    var hitRateSentence: [Block] {
        guard let rates = hitRateForClaim, let low = rates.stated.low, let high = rates.stated.high else { return [] }
        var text =
            "Of all requests the cache would have to answer \(NumberText.percent(low)) to \(NumberText.percent(high))"
        if let first = rates.allInput.low, let last = rates.allInput.high {
            text += ", or \(NumberText.percent(first)) to \(NumberText.percent(last)) if all spend were input"
        }
        return [.paragraph(text + ". Eligible is not hit.")]
    }
}
