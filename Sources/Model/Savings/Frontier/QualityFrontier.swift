internal import Documents
internal import Statistics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A way to answer requests whose cost and quality were measured.
package struct MeasuredConfiguration: Sendable, Hashable {
    /// Its name.
    package var name: String
    /// USD.
    package var cost: Double
    /// A fraction.
    package var quality: Double
    /// Between what the quality lies with 95 % confidence, where that is known.
    package var interval: ClosedRange<Double>?
    /// Median latency, milliseconds.
    package var latencyP50: Double?
    /// Ninety-ninth percentile of latency, milliseconds.
    package var latencyP99: Double?
}

/// Where a configuration stands.
package enum FrontierPlace: Sendable, Hashable {
    /// Nothing, and no mixture, is cheaper and as good.
    case onHull
    /// No other configuration is cheaper and as good, but a mixture of two is.
    case underHull(FrontierMixture)
    /// Another one costs no more and is no worse.
    case dominated(by: String, isWithinNoise: Bool)
    /// It is too slow.
    case excluded(String)
}

/// Two configurations that share the traffic.
package struct FrontierMixture: Sendable, Hashable {
    /// The cheaper one.
    package let first: MeasuredConfiguration
    /// The better one.
    package let second: MeasuredConfiguration
    /// The share of requests that the better one gets, a fraction.
    package let secondShare: Double

    /// USD a request.
    package var cost: Double { first.cost + secondShare * (second.cost - first.cost) }
    /// A fraction.
    package var quality: Double { first.quality + secondShare * (second.quality - first.quality) }

    /// `large for 40 % of requests, small for the rest`, or the name of the only one.
    package var text: String {
        if secondShare <= 0 { return first.name }
        if secondShare >= 1 { return second.name }
        let share = Int((secondShare * 100).rounded())
        return "\(second.name) for \(share) % of requests, \(first.name) for the rest"
    }
}

/// The best quality for each cost, of what was measured and of mixtures of it.
package struct QualityFrontier: Sendable {
    /// All configurations, in the order given, with their places.
    package let places: [(configuration: MeasuredConfiguration, place: FrontierPlace)]
    /// The corners of the upper hull, the cheapest first. Between two of them lie mixtures.
    package let hull: [MeasuredConfiguration]

    /// Finds the frontier.
    ///
    /// - Parameters:
    ///   - limits: slower configurations are left out; those without a latency too, where a limit is stated.
    package init(_ configurations: [MeasuredConfiguration], p50 limitP50: Double? = nil, p99 limitP99: Double? = nil) {
        let reasons = configurations.map { Self.exclusion($0, limitP50, limitP99) }
        let eligible = zip(configurations, reasons).filter { $1 == nil }.map(\.0)
        let best = eligible.filter { one in !eligible.contains { Self.dominates($0, one) } }
        let hull = Self.hull(of: best)
        self.hull = hull
        places = zip(configurations, reasons).map { one, reason in
            if let reason { return (one, .excluded(reason)) }
            if let other = eligible.filter({ Self.dominates($0, one) }).min(by: Self.isBefore) {
                return (one, .dominated(by: other.name, isWithinNoise: Self.overlap(one, other)))
            }
            if hull.contains(one) { return (one, .onHull) }
            if let mixture = Self.mixture(reaching: one.quality, on: hull), mixture.cost < one.cost {
                return (one, .underHull(mixture))
            }
            return (one, .onHull)
        }
    }

    /// The cheapest mixture of a quality; `nil` outside of what was measured.
    package func mixture(reaching quality: Double) -> FrontierMixture? { Self.mixture(reaching: quality, on: hull) }

    /// The cheapest single configuration of at least a quality.
    package func single(reaching quality: Double) -> MeasuredConfiguration? {
        places.filter { place in
            if case .excluded = place.place { return false }
            return place.configuration.quality >= quality
        }.map(\.configuration).min(by: Self.isBefore)
    }

    /// The qualities that were measured on the frontier.
    package var range: ClosedRange<Double>? {
        guard let first = hull.first, let last = hull.last else { return nil }
        return first.quality...last.quality
    }

    // MARK: Geometry

    private static func isBefore(_ a: MeasuredConfiguration, _ b: MeasuredConfiguration) -> Bool {
        (a.cost, -a.quality, a.name) < (b.cost, -b.quality, b.name)
    }

    /// Of two that are equal the one whose name comes first dominates, so that one of them stays.
    private static func dominates(_ a: MeasuredConfiguration, _ b: MeasuredConfiguration) -> Bool {
        guard a.cost <= b.cost, a.quality >= b.quality, a != b else { return false }
        return a.cost < b.cost || a.quality > b.quality || a.name < b.name
    }

    private static func overlap(_ a: MeasuredConfiguration, _ b: MeasuredConfiguration) -> Bool {
        guard let first = a.interval, let second = b.interval else { return false }
        return first.overlaps(second)
    }

    /// The upper hull: each further corner buys quality at a higher price a point than the one before.
    private static func hull(of best: [MeasuredConfiguration]) -> [MeasuredConfiguration] {
        var hull: [MeasuredConfiguration] = []
        for point in best.sorted(by: isBefore) {
            while hull.count >= 2, isUnder(hull[hull.count - 1], hull[hull.count - 2], point) { hull.removeLast() }
            hull.append(point)
        }
        return hull
    }

    private static func isUnder(
        _ middle: MeasuredConfiguration, _ left: MeasuredConfiguration, _ right: MeasuredConfiguration
    ) -> Bool {
        let (rise, whole) = (middle.quality - left.quality, right.quality - left.quality)
        let (run, length) = (middle.cost - left.cost, right.cost - left.cost)
        // A point on the line between its neighbours is a corner too; rounding does not decide.
        return rise * length < whole * run * (1 - 1e-12)
    }

    private static func mixture(reaching quality: Double, on hull: [MeasuredConfiguration]) -> FrontierMixture? {
        guard let first = hull.first, let last = hull.last, first.quality <= quality, quality <= last.quality else {
            return nil
        }
        let above = hull.firstIndex { $0.quality >= quality } ?? 0
        guard above > 0 else { return FrontierMixture(first: first, second: first, secondShare: 0) }
        let (low, high) = (hull[above - 1], hull[above])
        return FrontierMixture(
            first: low, second: high, secondShare: (quality - low.quality) / (high.quality - low.quality))
    }

    private static func exclusion(_ one: MeasuredConfiguration, _ p50: Double?, _ p99: Double?) -> String? {
        for (limit, latency, name) in [(p50, one.latencyP50, "p50"), (p99, one.latencyP99, "p99")] {
            guard let limit else { continue }
            guard let latency else { return "its \(name) latency is not known" }
            if latency > limit {
                return
                    "\(name) of \(ProjectionText.quantity(latency, unit: "")) ms is above \(ProjectionText.quantity(limit, unit: "")) ms"
            }
        }
        return nil
    }
}
