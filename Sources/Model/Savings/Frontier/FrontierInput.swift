internal import Inputs
internal import JSONScan
internal import Statistics

/// Reads measured configurations.
enum FrontierInput {
    static let example = """
        # Content moderation, four configurations measured on the same 5,000 cases.
        configurations:
          - {name: small-fast, cost_per_request: 0.0001, quality: 0.82, n: 5000, latency_p50_ms: 50, latency_p99_ms: 120}
          - {name: medium, cost_per_request: 0.0005, quality: 0.91, n: 5000, latency_p50_ms: 150, latency_p99_ms: 400}
          - {name: large, cost_per_request: 0.002, quality: 0.95, n: 5000, latency_p50_ms: 500, latency_p99_ms: 1200}
          - {name: large-cot, cost_per_request: 0.004, quality: 0.97, n: 5000, latency_p50_ms: 800, latency_p99_ms: 2000}
        """

    static func configurations(_ root: InputSection) -> [MeasuredConfiguration] {
        let sections = root.sections("configurations")
        if sections.isEmpty { root.complain("configurations", "at least one measured configuration was expected") }
        var names: Set<String> = []
        return sections.map { section in
            section.allow([
                "name", "cost_per_request", "quality", "n", "quality_low", "quality_high", "latency_p50_ms",
                "latency_p99_ms",
            ])
            let name = section.required("name") ?? ""
            if !names.insert(name).inserted { section.complain("name", "two configurations are called \(name)") }
            let quality = section.needed("quality", 0...1)
            return MeasuredConfiguration(
                name: name, cost: section.needed("cost_per_request", 0...1e6), quality: quality,
                interval: interval(section, quality), latencyP50: section.fraction("latency_p50_ms", 0...1e9),
                latencyP99: section.fraction("latency_p99_ms", 0...1e9))
        }
    }

    /// As stated, else of a share of so many judged answers (Wilson, 1927).
    private static func interval(_ section: InputSection, _ quality: Double) -> ClosedRange<Double>? {
        let (low, high) = (section.share("quality_low"), section.share("quality_high"))
        if (section.value["quality_low"] == nil) != (section.value["quality_high"] == nil) {
            section.complain("quality_low", "quality_low and quality_high were expected together")
        }
        if let low, let high {
            guard low <= quality, quality <= high else {
                section.complain(
                    "quality_low", "quality (\(quality)) was expected between quality_low and quality_high")
                return nil
            }
            return low...high
        }
        return section.number("n", 1...1_000_000_000).map { ShareInterval.wilson(share: quality, count: Double($0)) }
    }
}
