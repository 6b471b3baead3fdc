package import Documents
package import Inputs

/// The quality–cost frontier of measured configurations, and what a quality costs on it.
package struct FrontierReport: SavingsModel {
    let frontier: QualityFrontier
    let target: Double?
    let requestsPerMonth: Double?

    /// The built-in example, as a file.
    package static let example =
        FrontierInput.example + """

            target_quality: 0.93
            requests_per_month: 1000000
            """

    /// Reads a file.
    ///
    /// - Throws: everything that is wrong, with file, line and key.
    package init(_ document: YAMLDocument) throws(RefusedInput) {
        let root = InputSection.root(
            document,
            allowing: [
                "name", "configurations", "target_quality", "max_latency_p50_ms", "max_latency_p99_ms",
                "requests_per_month",
            ])
        frontier = QualityFrontier(
            FrontierInput.configurations(root), p50: root.fraction("max_latency_p50_ms", 0...1e9),
            p99: root.fraction("max_latency_p99_ms", 0...1e9))
        target = root.share("target_quality")
        requestsPerMonth = root.fraction("requests_per_month", 0...1e12)
        try root.context.check()
    }

    /// The cheapest mixture that has the target quality; `nil` where none was measured.
    package var mixture: FrontierMixture? { target.flatMap { frontier.mixture(reaching: $0) } }

    /// Why there is no cost at the target.
    package var notMeasured: String? {
        guard let target, mixture == nil else { return nil }
        guard let range = frontier.range, let first = frontier.hull.first else {
            return "Nothing was measured within the limits."
        }
        if target < range.lowerBound {
            return
                "Not measured: the cheapest configuration, \(first.name), already has \(NumberText.percent(first.quality))."
        }
        return
            "Not measured: the best is \(NumberText.percent(range.upperBound)). Measure a better configuration; do not extrapolate."
    }

    // MARK: For programs

    /// For programs.
    package var json: JSONOutput {
        .object([
            .init("configurations", .array(frontier.places.map { Self.json($0.configuration, $0.place) })),
            .init("frontier", .array(frontier.hull.map { .string($0.name) })),
            .init("target_quality", target), .init("cost_at_target", mixture?.cost),
            .init("mixture", mixture.map(Self.json) ?? .null),
            .init("single_configuration", .text(single?.name)), .init("single_cost", single?.cost),
            .init(
                "cost_at_target_monthly_usd", mixture.flatMap { mixture in requestsPerMonth.map { $0 * mixture.cost } }),
            .init("note", .text(notMeasured)),
        ])
    }

    private var single: MeasuredConfiguration? { target.flatMap { frontier.single(reaching: $0) } }

    private static func json(_ one: MeasuredConfiguration, _ place: FrontierPlace) -> JSONOutput {
        var status = "frontier"
        var (by, mixture, reason): (String?, FrontierMixture?, String?) = (nil, nil, nil)
        var isWithinNoise: Bool?
        switch place {
        case .onHull: break
        case .underHull(let found): (status, mixture) = ("mixture_is_cheaper", found)
        case .dominated(let other, let noise): (status, by, isWithinNoise) = ("dominated", other, noise)
        case .excluded(let why): (status, reason) = ("excluded", why)
        }
        return .object([
            .init("name", .string(one.name)), .init("cost_per_request", one.cost), .init("quality", one.quality),
            .init("quality_low", one.interval?.lowerBound), .init("quality_high", one.interval?.upperBound),
            .init("status", .string(status)), .init("dominated_by", .text(by)),
            .init("within_noise", isWithinNoise.map { .bool($0) } ?? .null), .init("reason", .text(reason)),
            .init("mixture", mixture.map(json) ?? .null),
        ])
    }

    private static func json(_ mixture: FrontierMixture) -> JSONOutput {
        .object([
            .init("first", .string(mixture.first.name)), .init("second", .string(mixture.second.name)),
            .init("second_share", mixture.secondShare), .init("cost_per_request", mixture.cost),
            .init("quality", mixture.quality),
        ])
    }

    // MARK: For people

    /// For people.
    package var document: Document {
        var blocks: [Block] = []
        if let target {
            if let mixture {
                blocks.append(.figures(figures(mixture, target)))
            } else if let notMeasured {
                blocks.append(.hint(Hint(notMeasured)))
            }
        }
        blocks += [.table(table), .ranges(chart)]
        return Document(
            title: "What quality costs",
            subtitle: "Measured configurations; mixtures send a share of requests to each.",
            blocks: blocks)
    }

    private func figures(_ mixture: FrontierMixture, _ target: Double) -> [Figure] {
        var figures = [
            Figure(
                "\(NumberText.percent(target)) costs", ProjectionText.unitCost(mixture.cost),
                note: "a request: \(mixture.text)")
        ]
        if let single {
            figures.append(Figure("With one alone", ProjectionText.unitCost(single.cost), note: single.name))
        }
        if let requestsPerMonth {
            figures.append(Figure("A month", ProjectionText.headline(mixture.cost * requestsPerMonth)))
        }
        return figures
    }

    private var table: Table {
        let rows = frontier.places.map { one, place in
            Row([
                Cell(one.name), Cell(NumberText.fixed(one.cost * 1_000, decimals: 3)),
                Cell(NumberText.percentage(one.quality)), Cell(Self.text(of: place)),
            ])
        }
        return Table(
            "The frontier",
            columns: [
                Column("Configuration"), Column("USD per 1,000", .decimal), Column("Quality, %", .decimal),
                Column("Place"),
            ], rows: rows)
    }

    private static func text(of place: FrontierPlace) -> String {
        switch place {
        case .onHull: "on the frontier"
        case .underHull(let mixture): "a mixture is cheaper: \(mixture.text)"
        case .dominated(let by, let noise): "dominated by \(by)" + (noise ? ", within the noise of the samples" : "")
        case .excluded(let reason): "left out: \(reason)"
        }
    }

    private var chart: RangeChart {
        let items = frontier.places.map { one, _ in
            let range = one.interval ?? one.quality...one.quality
            let text =
                one.interval.map {
                    "\(NumberText.percentage($0.lowerBound)) to \(NumberText.percentage($0.upperBound))"
                }
                ?? NumberText.percentage(one.quality)
            return RangeItem(one.name, low: range.lowerBound, high: range.upperBound, middle: one.quality, text: text)
        }
        return RangeChart(
            "How well each is known", subtitle: "Quality in %, 95 % interval where n is known", items: items)
    }
}
