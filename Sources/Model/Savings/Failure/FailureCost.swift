package import Documents
package import Inputs

/// What wrong answers cost where people mend them, and from which accuracy on automation pays.
package struct FailureCost: SavingsModel {
    let requestsPerDay: Double
    let successRate: Double
    let minutes: Double
    let hourlyRate: Double
    let costPerRequest: Double?
    let manualMinutes: Double?
    let daysPerMonth: Double
    let path: PricePath

    /// The built-in example, as a file.
    package static let example = """
        # A million requests a day, of which one in twenty goes wrong and takes somebody five minutes.
        requests_per_day: 1000000
        success_rate: 0.95
        minutes_per_failure: 5
        hourly_rate: 50                 # USD, loaded
        cost_per_request: 0.005         # USD of inference; an assumption of this example
        manual_minutes_per_request: 5   # what a request takes where no model answers; an assumption too
        """

    private static let keys =
        [
            "name", "requests_per_day", "success_rate", "minutes_per_failure", "hourly_rate", "cost_per_request",
            "manual_minutes_per_request", "days_per_month",
        ] + PricePath.keys

    /// Reads a file.
    ///
    /// - Throws: everything that is wrong, with file, line and key.
    package init(_ document: YAMLDocument) throws(RefusedInput) {
        let root = InputSection.root(document, allowing: Self.keys)
        requestsPerDay = root.needed("requests_per_day", 0...1e12)
        successRate = root.needed("success_rate", 0...1)
        minutes = root.needed("minutes_per_failure", 0...1e6)
        hourlyRate = root.needed("hourly_rate", 0...1e6)
        costPerRequest = root.fraction("cost_per_request", 0...1e6)
        manualMinutes = root.fraction("manual_minutes_per_request", 0...1e6)
        daysPerMonth = root.fraction("days_per_month", 1...31) ?? 30
        path = PricePath(root)
        try root.context.check()
    }

    /// What one failure costs, USD.
    package var costPerFailure: Double { minutes / 60 * hourlyRate }
    /// Failures a day.
    package var failuresPerDay: Double { requestsPerDay - requestsPerDay * successRate }
    /// What they cost a day, USD.
    package var costPerDay: Double { failuresPerDay * costPerFailure }
    /// What they cost a month, USD.
    package var costPerMonth: Double { costPerDay * daysPerMonth }
    /// Failure cost over inference cost; `nil` where inference costs nothing or is not stated.
    package var multipleOfInference: Double? {
        guard let costPerRequest, costPerRequest > 0, requestsPerDay > 0 else { return nil }
        return costPerDay / (requestsPerDay * costPerRequest)
    }
    /// What a request costs that a person handles, USD.
    var manualCost: Double? { manualMinutes.map { $0 / 60 * hourlyRate } }

    /// The accuracy from which on a model and the mending of its failures cost less than doing without:
    /// c + (1 − a) F < M, so a > 1 − (M − c) / F. `nil` where manual work is not stated or failures cost nothing.
    package var breakEvenSuccessRate: Double? {
        guard let manualCost, costPerFailure > 0 else { return nil }
        return 1 - (manualCost - (costPerRequest ?? 0)) / costPerFailure
    }

    /// Whether a model and the mending of its failures cost less than doing without; `nil` where that is not stated.
    package var automationPays: Bool? {
        manualCost.map { (costPerRequest ?? 0) + (1 - successRate) * costPerFailure < $0 }
    }

    /// For programs.
    package var json: JSONOutput {
        .object([
            .init("failures_per_day", failuresPerDay), .init("cost_per_failure_usd", costPerFailure),
            .init("failure_cost_per_hour_usd", costPerDay / 24), .init("failure_cost_per_day_usd", costPerDay),
            .init("failure_cost_per_month_usd", costPerMonth), .init("failure_cost_per_year_usd", costPerDay * 365),
            .init("inference_cost_per_day_usd", costPerRequest.map { $0 * requestsPerDay }),
            .init("multiple_of_inference_cost", multipleOfInference),
            .init("multiple_after_horizon", multipleOfInference.map { $0 / path.level(month: path.horizonMonths) }),
            .init("value_of_a_point_per_month_usd", requestsPerDay * 0.01 * costPerFailure * daysPerMonth),
            .init("break_even_success_rate", breakEvenSuccessRate),
            .init("automation_pays", automationPays.map { .bool($0) } ?? .null),
        ])
    }

    /// For people.
    package var document: Document {
        var figures = [
            Figure(
                "A day", ProjectionText.headline(costPerDay),
                note: "\(NumberText.fixed(failuresPerDay, decimals: 0)) failures"),
            Figure(
                "A month", ProjectionText.headline(costPerMonth),
                note: "\(NumberText.fixed(daysPerMonth, decimals: 0)) days"),
            Figure(
                "A point of accuracy", ProjectionText.headline(requestsPerDay * 0.01 * costPerFailure * daysPerMonth),
                note: "a month"),
        ]
        if let multiple = multipleOfInference {
            figures.append(
                Figure(
                    "Against inference", NumberText.fixed(multiple, decimals: 1) + " ×",
                    note: "what the calls themselves cost"))
        }
        var blocks: [Block] = [.figures(figures)]
        if let threshold = breakEvenSuccessRate { blocks.append(.paragraph(sentence(threshold))) }
        if path.changeAnnual != 0, let multiple = multipleOfInference {
            let later = multiple / path.level(month: path.horizonMonths)
            blocks.append(
                .paragraph(
                    "As token prices move by \(NumberText.percent(path.changeAnnual)) a year, failures cost \(NumberText.fixed(later, decimals: 1)) times the inference after \(path.horizonMonths) months: cheaper tokens make accuracy matter more."
                ))
        }
        if manualMinutes == nil {
            blocks.append(.hint(Hint("State manual_minutes_per_request to see from which accuracy automation pays.")))
        }
        return Document(
            title: "What failures cost",
            subtitle:
                "\(NumberText.fixed(requestsPerDay, decimals: 0)) requests a day, \(NumberText.percent(successRate)) right, \(ProjectionText.unitCost(costPerFailure)) a failure.",
            blocks: blocks)
    }

    private func sentence(_ threshold: Double) -> String {
        if threshold <= 0 { return "Automation pays at any accuracy: even a failure costs less than doing it by hand." }
        if threshold > 1 { return "Automation does not pay at any accuracy: the calls cost more than the work." }
        let verdict = successRate > threshold ? "It pays" : "It does not pay"
        return "\(verdict): automation is worth it above \(NumberText.percent(threshold)) right answers."
    }
}
