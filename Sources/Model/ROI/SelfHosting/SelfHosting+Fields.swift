package import Documents
package import Inputs
internal import JSONScan

extension SelfHosting {
    /// The fields by their names in files and `--set`.
    package static let fields: [(name: String, path: any WritableKeyPath<SelfHosting, Double> & Sendable)] = [
        ("input_tokens_millions", \.inputMillions), ("output_tokens_millions", \.outputMillions),
        ("api_input_price", \.apiInputPrice), ("api_output_price", \.apiOutputPrice), ("gpu_hourly", \.gpuHourly),
        ("hours_monthly", \.hoursMonthly), ("overhead", \.overhead), ("tokens_per_second", \.tokensPerSecond),
        ("utilisation", \.utilisation), ("spare_gpus", \.spareGPUs), ("people_monthly", \.peopleMonthly),
        ("setup", \.setup), ("api_price_change_annual", \.apiPriceChange),
        ("gpu_price_change_annual", \.gpuPriceChange),
    ]

    /// The built-in example as a file.
    package static var example: String {
        let values = SelfHosting()
        return (fields.map { "\($0.name): \(values[keyPath: $0.path])" } + ["horizon_months: \(values.horizonMonths)"])
            .joined(separator: "\n")
    }

    /// Reads a file; what it does not say stays as in the example.
    ///
    /// - Throws: ``ScenarioError`` with everything that is wrong.
    package init(_ document: YAMLDocument) throws(ScenarioError) {
        self.init()
        let root = InputSection(context: InputSection.Context(document: document))
        root.allow(Self.fields.map(\.name) + ["horizon_months"])
        if root.value.members.isEmpty { root.complain(nil, "a mapping with at least one field was expected") }
        for field in Self.fields {
            if let value = root.fraction(field.name, Self.range(of: field.name)) { self[keyPath: field.path] = value }
        }
        if spareGPUs != spareGPUs.rounded() { root.complain("spare_gpus", "whole GPUs were expected") }
        if let months = root.number("horizon_months", 1...600) { horizonMonths = Int(months) }
        if utilisation <= 0 || utilisation > 1 {
            root.complain("utilisation", "a fraction above 0 and up to 1 was expected")
        }
        if volume <= 0 { root.complain("input_tokens_millions", "some tokens were expected") }
        if !root.context.problems.isEmpty { throw ScenarioError(problems: root.context.problems) }
    }

    private static func range(of name: String) -> ClosedRange<Double> {
        switch name {
        case "hours_monthly": 1...744
        case "overhead": 1...10
        case "api_price_change_annual", "gpu_price_change_annual": -0.99...10
        default: 0...1e15
        }
    }

    /// The answer for programs.
    package var json: JSONOutput {
        .object(
            [
                member("api_monthly_usd", apiMonthly), member("hosting_monthly_usd", hostingMonthly(for: volume)),
                member("saving_monthly_usd", apiMonthly - hostingMonthly(for: volume)),
                member("gpus", gpus(for: volume)),
                member("gpu_monthly_usd", gpuMonthly), member("api_usd_per_million_tokens", apiPricePerMillion),
                member("gpu_usd_per_million_tokens", gpuPricePerMillion),
                member("volume_million_tokens", volume), member("break_even_million_tokens", breakEvenMillions),
                member("capacity_million_tokens_per_gpu", millionsPerGPU.isFinite ? millionsPerGPU : nil),
                member("payback_months", paybackMonths),
                member("net_over_horizon_usd", savings.reduce(0, +)),
            ] + [.init("assumptions", .object(assumptions))])
    }

    private var assumptions: [JSONOutput.Member] {
        Self.fields.map { member($0.name, self[keyPath: $0.path]) }
            + [.init("horizon_months", .integer(Int64(horizonMonths)))]
    }

    private func member(_ name: String, _ value: Double?) -> JSONOutput.Member { .init(name, .fraction(value)) }

    /// The answer for people.
    package var document: Document {
        let (api, own) = (apiMonthly, hostingMonthly(for: volume))
        let verdict = own < api ? "At this volume own GPUs are cheaper." : "At this volume the API is cheaper."
        let breakEven =
            breakEvenMillions.map { NumberText.fixed($0, decimals: 0) + " million tokens a month" } ?? "never"
        var blocks: [Block] = [
            .paragraph(
                "\(verdict) The API charges $\(NumberText.fixed(api, decimals: 2)) a month, hosting costs $\(NumberText.fixed(own, decimals: 2))."
            ),
            .figures([
                Figure(
                    "Break-even", breakEven,
                    note: "at the same mix of input and output; you have \(NumberText.fixed(volume, decimals: 0))"),
                Figure(
                    "GPUs", NumberText.fixed(gpus(for: volume), decimals: 0),
                    note: "$\(NumberText.fixed(gpuMonthly, decimals: 2)) a month each"),
                Figure(
                    "A million tokens", "$" + ProjectionText.quantity(apiPricePerMillion, unit: ""),
                    note: gpuPricePerMillion.map {
                        "by API; $\(ProjectionText.quantity($0, unit: "")) on a GPU kept busy as assumed"
                    } ?? "by API"),
                Figure(
                    "Payback of the set-up",
                    setup > 0 ? ProjectionText.months(paybackMonths) : "nothing to pay back"),
            ]),
            .lines(staircase),
        ]
        if tokensPerSecond == 0 {
            blocks.append(
                .hint(
                    Hint(
                        "One GPU is taken to serve any volume. State tokens_per_second to see the staircase of whole GPUs."
                    )))
        }
        if peopleMonthly == 0 { blocks.append(.hint(Hint("Nobody is paid to keep it running. State people_monthly."))) }
        return Document(title: "Self-hosted or API", subtitle: "USD a month", blocks: blocks)
    }

    private var staircase: LineChart {
        let most = max(volume, breakEvenMillions ?? volume) * 2
        let volumes = (0...24).map { Double($0) / 24 * most }
        return LineChart(
            "What each costs as the volume grows", subtitle: "USD a month, by million tokens a month", axis: "Mtok",
            points: volumes.map { NumberText.fixed($0, decimals: 0) },
            series: [
                LineSeries("API", values: volumes.map { $0 * apiPricePerMillion }, role: .series(4)),
                LineSeries("Own GPUs", values: volumes.map { hostingMonthly(for: $0) }, role: .series(5)),
            ])
    }
}
