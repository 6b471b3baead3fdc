package import Documents
package import Inputs
internal import JSONScan

/// What moving from one quality to another returns.
package struct QualityReturn: SavingsModel {
    let currentQuality: Double
    let targetQuality: Double
    let currentCost: Double
    let targetCost: Double
    let valuePerPoint: Double
    let requestsPerMonth: Double
    let switchingCost: Double
    let path: PricePath

    /// The built-in example, as a file.
    package static let example =
        FrontierInput.example + """

            current_quality: 0.82
            target_quality: 0.95
            value_per_quality_point: 0.02   # USD per request and point of quality
            requests_per_month: 1000000
            """

    private static let keys =
        [
            "name", "configurations", "current_quality", "target_quality", "current_cost_per_request",
            "target_cost_per_request", "value_per_quality_point", "requests_per_month", "switching_cost",
        ] + PricePath.keys

    /// Reads a file.
    ///
    /// - Throws: everything that is wrong, with file, line and key.
    package init(_ document: YAMLDocument) throws(RefusedInput) {
        let root = InputSection.root(document, allowing: Self.keys)
        currentQuality = root.needed("current_quality", 0...1)
        targetQuality = root.needed("target_quality", 0...1)
        valuePerPoint = root.needed("value_per_quality_point", 0...1e6)
        requestsPerMonth = root.needed("requests_per_month", 0...1e12)
        switchingCost = root.fraction("switching_cost", 0...1e12) ?? 0
        path = PricePath(root)
        let measured = root.value["configurations"] == nil ? [] : FrontierInput.configurations(root)
        let frontier = QualityFrontier(measured)
        currentCost = Self.cost(root, "current", currentQuality, frontier)
        targetCost = Self.cost(root, "target", targetQuality, frontier)
        try root.context.check()
    }

    private static func cost(
        _ root: InputSection, _ which: String, _ quality: Double, _ frontier: QualityFrontier
    ) -> Double {
        if let stated = root.fraction("\(which)_cost_per_request", 0...1e6) { return stated }
        if let mixture = frontier.mixture(reaching: quality) { return mixture.cost }
        if root.value["\(which)_quality"] == nil { return 0 }
        let range = frontier.range.map { " (\($0.lowerBound) to \($0.upperBound))" } ?? ""
        root.complain(
            "\(which)_quality",
            "what \(quality) costs was not measured\(range); state \(which)_cost_per_request, or measured configurations around it"
        )
        return 0
    }

    /// Points of quality gained: hundredths.
    package var points: Double { (targetQuality - currentQuality) * 100 }
    /// USD a month.
    package var costIncrease: Double { (targetCost - currentCost) * requestsPerMonth }
    /// USD a month.
    package var valueIncrease: Double { points * valuePerPoint * requestsPerMonth }
    /// USD a month.
    package var netBenefit: Double { valueIncrease - costIncrease }
    /// Percent of the cost increase; `nil` where nothing is spent.
    package var roiPercent: Double? { costIncrease > 0 ? 100 * netBenefit / costIncrease : nil }
    /// The published ratio of cost to value, which is named months although nothing is invested once.
    package var publishedPayback: Double? { valueIncrease > 0 ? costIncrease / valueIncrease : nil }
    /// Months until the cost of switching is earned; `nil` where it never is.
    package var switchingPayback: Double? { netBenefit > 0 ? switchingCost / netBenefit : nil }
    /// The value of a point at which nothing is gained, USD per request; `nil` where no quality is gained.
    package var breakEvenValue: Double? {
        points > 0 && requestsPerMonth > 0 ? costIncrease / (points * requestsPerMonth) : nil
    }

    /// For programs.
    package var json: JSONOutput {
        .object([
            .init("current_quality", currentQuality), .init("target_quality", targetQuality),
            .init("quality_improvement_pct", points), .init("monthly_cost_increase", costIncrease),
            .init("monthly_value_increase", valueIncrease), .init("net_monthly_benefit", netBenefit),
            .init("roi_percentage", roiPercent), .init("payback_months", publishedPayback),
            .init(
                "payback_note", .string("cost increase over value increase: a ratio, since nothing is invested once")),
            .init("break_even_value_per_quality_point", breakEvenValue),
            .init("switching_payback_months", switchingCost > 0 ? switchingPayback : nil),
            .init("monthly_cost_increase_after_horizon", costIncrease * path.level(month: path.horizonMonths)),
        ])
    }

    /// For people.
    package var document: Document {
        let roi = roiPercent.map { NumberText.fixed($0, decimals: 2) + " %" } ?? "none: nothing more is spent"
        var blocks: [Block] = [
            .figures([
                Figure("Net benefit", ProjectionText.headline(netBenefit), note: "a month"),
                Figure("Costs more", ProjectionText.headline(costIncrease), note: "a month"),
                Figure("Is worth more", ProjectionText.headline(valueIncrease), note: "a month"),
                Figure("ROI", roi),
                Figure(
                    "Breaks even at", ProjectionText.unitCost(breakEvenValue),
                    note: "per point and request; you assume \(ProjectionText.unitCost(valuePerPoint))"),
            ]),
            .paragraph(
                "The value of a point is the assumption that carries this: a point is seldom worth the same from 80 to 81 % as from 95 to 96 %."
            ),
        ]
        if switchingCost > 0 {
            blocks.append(.paragraph("Switching is paid back after \(ProjectionText.months(switchingPayback))."))
        }
        if path.changeAnnual != 0 {
            let later = costIncrease * path.level(month: path.horizonMonths)
            blocks.append(
                .paragraph(
                    "As prices move by \(NumberText.percent(path.changeAnnual)) a year, it costs \(ProjectionText.headline(later)) more a month after \(path.horizonMonths) months; the value does not fall with token prices."
                ))
        }
        return Document(
            title: "What better quality returns",
            subtitle:
                "From \(NumberText.percent(currentQuality)) to \(NumberText.percent(targetQuality)), \(NumberText.fixed(requestsPerMonth, decimals: 0)) requests a month.",
            blocks: blocks)
    }
}
