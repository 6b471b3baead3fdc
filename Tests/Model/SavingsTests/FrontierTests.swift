import JSONScan
import Statistics
import Testing

@testable import Savings

@Suite("The frontier of quality and cost")
struct FrontierTests {
    private func made(
        _ name: String, _ cost: Double, _ quality: Double, _ interval: ClosedRange<Double>? = nil
    ) -> MeasuredConfiguration {
        MeasuredConfiguration(
            name: name, cost: cost, quality: quality, interval: interval, latencyP50: nil, latencyP99: nil)
    }

    private func place(_ name: String, in frontier: QualityFrontier) -> FrontierPlace? {
        frontier.places.first { $0.configuration.name == name }?.place
    }

    // MARK: The example

    @Test("The published example: all four are on it, and 93 % cost a mixture of two")
    func published() throws {
        let report = try Models.example(FrontierReport.self)
        let names = report.frontier.hull.map(\.name)
        #expect(names == ["small-fast", "medium", "large", "large-cot"])
        let mixture = try #require(report.mixture)
        #expect(mixture.first.name == "medium")
        #expect(mixture.second.name == "large")
        #expect(Models.close(mixture.secondShare, 0.5))
        #expect(Models.close(mixture.cost, 0.00125, 1e-12))
        #expect(Models.close(mixture.quality, 0.93))
        #expect(report.notMeasured == nil)
    }

    @Test("The same for programs and for people")
    func outputs() throws {
        let report = try Models.example(FrontierReport.self)
        let json = try Models.json(of: report)
        #expect(Models.number(json, "cost_at_target") == 0.00125)
        #expect(Models.number(json, "cost_at_target_monthly_usd") == 1_250)
        #expect(Models.number(json, "single_cost") == 0.002)
        #expect(json["single_configuration"]?.text == "large")
        #expect(json["note"] == .null)
        let configurations = try #require(json["configurations"]).elements
        let states = configurations.compactMap { $0["status"]?.text }
        #expect(states == ["frontier", "frontier", "frontier", "frontier"])
        let first = try #require(configurations.first)
        let (low, high) = (
            try #require(Models.number(first, "quality_low")), try #require(Models.number(first, "quality_high"))
        )
        #expect(low < 0.82)
        #expect(high > 0.82)
        #expect(high - low < 0.03)
        let page = Models.page(of: report)
        #expect(page.contains("medium"))
    }

    // MARK: Places

    @Test("A dominated configuration names the cheapest that dominates it")
    func dominated() {
        let frontier = QualityFrontier([
            made("small", 1, 0.5), made("large", 4, 0.9), made("slow", 5, 0.85), made("best", 4.5, 0.95),
            made("bad", 2, 0.4),
        ])
        #expect(place("slow", in: frontier) == .dominated(by: "large", isWithinNoise: false))
        #expect(place("bad", in: frontier) == .dominated(by: "small", isWithinNoise: false))
        #expect(place("large", in: frontier) == .onHull)
        #expect(place("best", in: frontier) == .onHull)
    }

    @Test("Intervals that overlap say that the order may be chance")
    func noise() {
        let frontier = QualityFrontier([
            made("good", 1, 0.9, 0.88...0.92), made("near", 2, 0.89, 0.87...0.91), made("far", 3, 0.6, 0.55...0.65),
        ])
        #expect(place("near", in: frontier) == .dominated(by: "good", isWithinNoise: true))
        #expect(place("far", in: frontier) == .dominated(by: "good", isWithinNoise: false))
    }

    @Test("Of two that are equal one stays")
    func equal() {
        let frontier = QualityFrontier([made("b", 1, 0.5), made("a", 1, 0.5)])
        let names = frontier.hull.map(\.name)
        #expect(names == ["a"])
        #expect(place("b", in: frontier) == .dominated(by: "a", isWithinNoise: false))
    }

    @Test("Below the hull a mixture of others is cheaper, and is named")
    func underHull() throws {
        let frontier = QualityFrontier([made("low", 1, 0.5), made("middle", 2, 0.6), made("high", 3, 0.9)])
        let names = frontier.hull.map(\.name)
        #expect(names == ["low", "high"])
        let found = try #require(place("middle", in: frontier))
        guard case .underHull(let mixture) = found else {
            Issue.record("a mixture was expected, not \(found)")
            return
        }
        #expect(Models.close(mixture.cost, 1.5))
        #expect(Models.close(mixture.quality, 0.6))
        #expect(Models.close(mixture.secondShare, 0.25))
        #expect(mixture.text.contains("high"))
        #expect(mixture.text.contains("low"))
    }

    @Test("On the line between its neighbours a configuration is on the frontier, however that rounds")
    func onTheLine() {
        let frontier = QualityFrontier([made("low", 0.1, 0.5), made("middle", 0.2, 0.7), made("high", 0.3, 0.9)])
        #expect(place("middle", in: frontier) == .onHull)
    }

    @Test("One alone is the cheapest of at least the quality, under the hull or not")
    func single() {
        let frontier = QualityFrontier([made("low", 1, 0.5), made("middle", 2, 0.6), made("high", 3, 0.9)])
        #expect(frontier.single(reaching: 0.55)?.name == "middle")
        #expect(frontier.single(reaching: 0.61)?.name == "high")
        #expect(frontier.single(reaching: 0.91) == nil)
    }

    // MARK: What was not measured

    @Test("Outside of what was measured there is no cost", arguments: [0, 0.49, 0.91, 1])
    func outside(quality: Double) {
        let frontier = QualityFrontier([made("low", 1, 0.5), made("high", 3, 0.9)])
        #expect(frontier.mixture(reaching: quality) == nil)
        #expect(frontier.range == 0.5...0.9)
    }

    @Test("At the ends there is one, without a mixture")
    func ends() throws {
        let frontier = QualityFrontier([made("low", 1, 0.5), made("high", 3, 0.9)])
        let (low, high) = (
            try #require(frontier.mixture(reaching: 0.5)), try #require(frontier.mixture(reaching: 0.9))
        )
        #expect(low.cost == 1)
        #expect(low.text == "low")
        #expect(Models.close(high.cost, 3))
        #expect(high.text == "high")
    }

    @Test(
        "A target that was not measured is said to be so",
        arguments: [
            ("target_quality=0.99", "Not measured: the best is 97.0 %"),
            ("target_quality=0.5", "the cheapest configuration, small-fast, already has 82.0 %"),
            ("max_latency_p50_ms=10", "Nothing was measured within the limits"),
        ])
    func notMeasured(override: String, words: String) throws {
        let report = try Models.example(FrontierReport.self, [override])
        #expect(report.mixture == nil)
        let json = try Models.json(of: report)
        #expect(json["cost_at_target"] == .null)
        #expect(json["mixture"] == .null)
        let note = try #require(json["note"]?.text)
        #expect(note.contains(words))
        let page = Models.page(of: report)
        #expect(!page.isEmpty)
    }

    @Test("Without a target there is neither a cost nor a complaint")
    func withoutTarget() throws {
        let text = "configurations:\n  - {name: a, cost_per_request: 0.001, quality: 0.9}\n"
        let report = try Models.read(FrontierReport.self, text)
        #expect(report.mixture == nil)
        #expect(report.notMeasured == nil)
    }

    // MARK: Latency

    @Test("What is too slow is left out, and says why")
    func latency() throws {
        let report = try Models.example(FrontierReport.self, ["max_latency_p50_ms=200", "target_quality=0.9"])
        let names = report.frontier.hull.map(\.name)
        #expect(names == ["small-fast", "medium"])
        #expect(place("large", in: report.frontier) == .excluded("p50 of 500 ms is above 200 ms"))
        #expect(report.frontier.range == 0.82...0.91)
        #expect(report.frontier.single(reaching: 0.92) == nil)
        let tail = try Models.example(FrontierReport.self, ["max_latency_p99_ms=1200"])
        #expect(place("large", in: tail.frontier) == .onHull)
        #expect(place("large-cot", in: tail.frontier) == .excluded("p99 of 2,000 ms is above 1,200 ms"))
    }

    @Test("A latency that is not known cannot keep a limit, and nothing is dominated by what is left out")
    func unknownLatency() {
        let slow = MeasuredConfiguration(
            name: "slow", cost: 1, quality: 0.9, interval: nil, latencyP50: 900, latencyP99: nil)
        let fast = MeasuredConfiguration(
            name: "fast", cost: 2, quality: 0.8, interval: nil, latencyP50: 90, latencyP99: nil)
        let limited = QualityFrontier([slow, fast, made("unknown", 1, 0.9)], p50: 100)
        #expect(place("unknown", in: limited) == .excluded("its p50 latency is not known"))
        #expect(place("fast", in: limited) == .onHull)
        let free = QualityFrontier([slow, fast])
        #expect(place("fast", in: free) == .dominated(by: "slow", isWithinNoise: false))
    }

    // MARK: Properties

    /// Made configurations; every third seed has ties and points on lines.
    private func random(_ seed: UInt64) -> [MeasuredConfiguration] {
        var random = SeededRandom(seed: seed)
        let count = 1 + random.below(40)
        let isCoarse = seed % 3 == 0
        var made: [MeasuredConfiguration] = []
        for number in 0..<count {
            var (cost, quality) = (random.unit(), random.unit())
            if isCoarse { (cost, quality) = ((cost * 10).rounded() / 10, (quality * 10).rounded() / 10) }
            made.append(self.made("c\(number)", cost, quality))
        }
        return made
    }

    @Test("Costs and qualities ascend along the frontier, and a point costs more and more", arguments: 1...60)
    func concave(seed: UInt64) {
        let hull = QualityFrontier(random(seed)).hull
        #expect(!hull.isEmpty)
        var slopes: [Double] = []
        for (left, right) in zip(hull, hull.dropFirst()) {
            #expect(left.cost < right.cost)
            #expect(left.quality < right.quality)
            slopes.append((right.quality - left.quality) / (right.cost - left.cost))
        }
        for (left, right) in zip(slopes, slopes.dropFirst()) { #expect(right < left * (1 + 1e-9)) }
    }

    @Test("Nothing that was measured lies above the frontier", arguments: 1...60)
    func above(seed: UInt64) throws {
        let configurations = random(seed)
        let frontier = QualityFrontier(configurations)
        let range = try #require(frontier.range)
        let cheapest = try #require(frontier.hull.first)
        for one in configurations {
            #expect(one.quality <= range.upperBound)
            #expect(one.cost >= cheapest.cost)
            guard one.quality >= range.lowerBound else { continue }
            let mixture = try #require(frontier.mixture(reaching: one.quality))
            #expect(mixture.cost <= one.cost + 1e-12)
            #expect(Models.close(mixture.quality, one.quality, 1e-12))
        }
    }

    @Test("Every place is what it says", arguments: 1...60)
    func places(seed: UInt64) throws {
        let configurations = random(seed)
        let frontier = QualityFrontier(configurations)
        #expect(frontier.places.count == configurations.count)
        for (one, place) in frontier.places {
            switch place {
            case .onHull:
                let mixture = try #require(frontier.mixture(reaching: one.quality))
                #expect(Models.close(mixture.cost, one.cost, 1e-12))
            case .underHull(let mixture):
                #expect(mixture.cost < one.cost)
            case .dominated(let name, _):
                let other = try #require(configurations.first { $0.name == name })
                #expect(other.cost <= one.cost)
                #expect(other.quality >= one.quality)
                #expect(!frontier.hull.contains(one))
            case .excluded:
                Issue.record("nothing was expected to be left out")
            }
        }
    }

    @Test("The order in which configurations are given does not matter", arguments: 1...20)
    func order(seed: UInt64) {
        let configurations = random(seed)
        let (one, other) = (QualityFrontier(configurations).hull, QualityFrontier(configurations.reversed()).hull)
        #expect(one == other)
    }
}
