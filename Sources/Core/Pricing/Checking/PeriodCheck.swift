internal import Domain

/// Checks the prices of one model, period by period.
struct PeriodCheck {
    private let model: ModelPrices
    private var findings: [PriceFinding] = []

    private init(model: ModelPrices) { self.model = model }

    static func findings(_ model: ModelPrices) -> [PriceFinding] {
        var check = PeriodCheck(model: model)
        if model.periods.isEmpty { check.report(.noPrices, "It has no prices.") }
        check.checkDates()
        for period in model.periods { check.check(period) }
        return check.findings
    }

    private mutating func report(_ rule: PriceRule, _ message: String) {
        findings.append(PriceFinding(model, rule, message))
    }

    private mutating func checkDates() {
        for (earlier, later) in zip(model.periods, model.periods.dropFirst()) {
            let start = earlier.from?.microseconds ?? .min
            guard let next = later.from else {
                report(.datesNotAscending, "Two periods have no beginning.")
                continue
            }
            if next.microseconds <= start {
                report(.datesNotAscending, "The period from \(next.dateText) does not begin after the one before it.")
            }
        }
    }

    private mutating func check(_ period: PricePeriod) {
        let since = period.from.map { "since " + $0.dateText } ?? "from the beginning"
        if Self.isAllZero(period) { report(.allZero, "No price is above zero (\(since)).") }
        for (name, tier) in period.tiers.sorted(by: { $0.key < $1.key }) {
            let place = "\(name), \(since)"
            check(tier.base, place)
            checkSteps(tier, place)
        }
        guard let standard = period.tiers["standard"] else {
            report(.noStandardTier, "There is no standard tier (\(since)).")
            return
        }
        compare(period, standard.base, since)
    }

    private mutating func check(_ rates: TokenRates, _ place: String) {
        for entry in rates.known where entry.rate.picos > Self.highest {
            let price = entry.rate.perMillionText
            report(.priceTooHigh, "\(entry.name) costs \(price) USD per million tokens; is it another unit? (\(place))")
        }
        checkCache(rates, place)
        checkOutput(rates, place)
    }

    private mutating func checkCache(_ rates: TokenRates, _ place: String) {
        guard let input = rates.input else { return }
        if let read = rates.cacheRead, read > input {
            report(.cacheReadAboveInput, Self.pair("cache_read", read, "input", input) + " (\(place)).")
        }
        for (name, write) in [("cache_write_5m", rates.cacheWrite5m), ("cache_write_1h", rates.cacheWrite1h)] {
            if let write, write.picos > 0, write < input {
                report(.cacheWriteBelowInput, Self.pair(name, write, "input", input) + " (\(place)).")
            }
        }
    }

    private mutating func checkOutput(_ rates: TokenRates, _ place: String) {
        guard model.mode == "chat" || model.mode == "responses", let input = rates.input,
            let output = rates.output
        else { return }
        if output.picos < input.picos / 10 {
            report(.outputBelowInput, Self.pair("output", output, "input", input) + " (\(place)).")
        }
    }

    private mutating func checkSteps(_ tier: TierRates, _ place: String) {
        var shorter = tier.base
        for step in tier.above {
            let length = "above \(step.inputTokens) tokens, \(place)"
            check(step.rates, length)
            for entry in step.rates.known {
                guard let below = shorter[name: entry.name], entry.rate < below else { continue }
                let words = Self.pair(entry.name, entry.rate, "shorter contexts", below)
                report(.contextBelowBase, "\(words) (\(length)).")
            }
            shorter = step.rates
        }
    }

    private mutating func compare(_ period: PricePeriod, _ standard: TokenRates, _ since: String) {
        for entry in standard.known {
            if let batch = period.tiers["batch"]?.base[name: entry.name], batch > entry.rate {
                let words = Self.pair("batch " + entry.name, batch, "standard", entry.rate)
                report(.batchAboveStandard, "\(words) (\(since)).")
            }
            if let flex = period.tiers["flex"]?.base[name: entry.name], flex > entry.rate {
                let words = Self.pair("flex " + entry.name, flex, "standard", entry.rate)
                report(.flexAboveStandard, "\(words) (\(since)).")
            }
            if let priority = period.tiers["priority"]?.base[name: entry.name], priority < entry.rate {
                let words = Self.pair("priority " + entry.name, priority, "standard", entry.rate)
                report(.priorityBelowStandard, "\(words) (\(since)).")
            }
        }
    }

    /// 10,000 USD per million tokens.
    private static let highest: Int64 = 10_000_000_000

    private static func isAllZero(_ period: PricePeriod) -> Bool {
        period.tiers.values.allSatisfy { tier in
            let steps = [tier.base] + tier.above.map(\.rates)
            return steps.allSatisfy { rates in rates.known.allSatisfy { $0.rate.picos == 0 } }
        }
    }

    private static func pair(
        _ name: String, _ rate: PicoUSDPerToken, _ otherName: String, _ other: PicoUSDPerToken
    ) -> String {
        "\(name) costs \(rate.perMillionText), \(otherName) \(other.perMillionText) USD per million tokens"
    }
}
