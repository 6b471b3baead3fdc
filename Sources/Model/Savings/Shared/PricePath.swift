internal import Documents
internal import Inputs

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What prices are believed to do, and over what time a decision is looked at.
package struct PricePath: Sendable, Hashable {
    /// Change of token prices per year, a fraction: −0.6 is 60 % less. Published estimates are −0.5 to −0.7.
    package var changeAnnual = 0.0
    /// How far decisions look, in months.
    package var horizonMonths = 12
    /// The discount rate per year, a fraction.
    package var discountRate = 0.1

    /// The keys in files.
    static let keys = ["price_change_annual", "horizon_months", "discount_rate_annual"]

    /// Reads the keys from a section; what is not stated stays as it is.
    init(_ section: InputSection) {
        changeAnnual = section.fraction("price_change_annual", -0.99...10) ?? 0
        horizonMonths = section.number("horizon_months", 1...120).map { Int($0) } ?? 12
        discountRate = section.fraction("discount_rate_annual", -0.5...1) ?? 0.1
    }

    /// Prices in a month from now, as a share of today's.
    package func level(month: Int) -> Double { pow(1 + changeAnnual, Double(month) / 12) }
}

/// Whether to build something now, later, or not at all, as the prices fall that it would save.
package struct TimingDecision: Sendable, Hashable {
    /// Net present value of building now, USD.
    package let valueNow: Double
    /// The month to build in with the highest net present value; `nil` where none is above zero.
    package let bestMonth: Int?
    /// Net present value of building then, USD.
    package let bestValue: Double
    /// The change of prices per year at which building now is worth nothing, a fraction; `nil` where none is between
    /// −99 % and +1,000 %.
    package let breakEvenChange: Double?

    /// Decides.
    ///
    /// - Parameters:
    ///   - cost: once, USD.
    ///   - saving: a month at today's prices, before running cost, USD.
    ///   - running: a month from then on, USD; it does not fall with token prices.
    package init(cost: Double, saving: Double, running: Double, path: PricePath) {
        let value = { (month: Int, path: PricePath) in
            Self.value(building: month, cost: cost, saving: saving, running: running, path: path)
        }
        valueNow = value(0, path)
        let best = (0..<path.horizonMonths).max { value($0, path) < value($1, path) } ?? 0
        bestValue = value(best, path)
        bestMonth = bestValue > 0 ? best : nil
        breakEvenChange = Bisection.root(from: -0.99, to: 10) { change in
            var other = path
            other.changeAnnual = change
            return value(0, other)
        }
    }

    private static func value(
        building start: Int, cost: Double, saving: Double, running: Double, path: PricePath
    ) -> Double {
        let monthly = pow(1 + path.discountRate, 1.0 / 12)
        let flows = (start..<path.horizonMonths).reduce(0.0) { sum, month in
            sum + (saving * path.level(month: month + 1) - running) / pow(monthly, Double(month + 1))
        }
        return flows - cost / pow(monthly, Double(start))
    }

    /// The decision in a word.
    package var word: String {
        switch bestMonth {
        case nil: "do_not_build"
        case 0?: "build_now"
        default: "wait"
        }
    }

    /// The decision in a sentence.
    var sentence: String {
        switch bestMonth {
        case nil: "Do not build it: within the horizon it never earns what it costs."
        case 0?: "Build it now: worth \(ProjectionText.headline(valueNow)) today over the horizon."
        case let month?:
            "Wait until month \(month): then it is worth \(ProjectionText.headline(bestValue)), now \(ProjectionText.headline(valueNow))."
        }
    }

    var json: JSONOutput {
        .object([
            .init("decision", .string(word)), .init("npv_now_usd", valueNow),
            .init("best_month", .count(bestMonth.map { Int64($0) })),
            .init("npv_best_usd", bestMonth.map { _ in bestValue }),
            .init("break_even_price_change_annual", breakEvenChange),
        ])
    }
}

/// Finds where a function that rises or falls passes zero.
enum Bisection {
    /// - Returns: `nil` where it has the same sign at both ends.
    static func root(from low: Double, to high: Double, of function: (Double) -> Double) -> Double? {
        var (low, high) = (low, high)
        let (first, last) = (function(low), function(high))
        if first == 0 && last == 0 { return nil }
        if first == 0 { return low }
        if last == 0 { return high }
        guard first.isFinite, last.isFinite, (first < 0) != (last < 0) else { return nil }
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if (function(middle) < 0) == (first < 0) { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
