package import Documents
internal import Domain
internal import Statistics

extension DifferencesStudy {
    /// For people: the effect, treated against controls, the event study, tests.
    package var document: Document {
        let blocks: [Block] =
            [.figures(effect.figures(text, named: "Effect on the treated", rule: rule))] + courses
            + [.ranges(eventChart)] + tables
        return Document(
            title: finding, subtitle: subtitle,
            blocks: blocks
                + effect.closing(cannotRuleOut: [
                    "Something else that began at the same time among the treated alone.",
                    "Trends that were parallel before and would have parted anyway.",
                    "Controls that were affected too: then the effect is the difference of two effects.",
                ]))
    }

    private var text: StudyText { StudyText(of: [effect.estimate, effect.standardError].compactMap { $0 }) }

    private var rule: String? {
        guard isSimple else { return "t, groups' own variances" }
        if effect.treatedCount == 1 { return "rank among \(permutation?.count ?? 0) units by size of change" }
        return "t with \(panel.starts.count - 1) degrees, clustered by unit"
    }

    private var finding: String {
        let size = text.number(effect.estimate?.magnitude)
        let way = (effect.estimate ?? 0) < 0 ? "fell" : "rose"
        return "\(outcomeName) \(way) by \(size) more among the treated than among the controls"
    }

    private var subtitle: String {
        let treated = "\(effect.treatedCount) treated, \(effect.controlCount) never treated"
        let kind =
            isSimple
            ? "Difference-in-differences"
            : "Difference-in-differences, \(panel.cohorts.count) starts, "
                + "compared with \(controls == .never ? "those never treated" : "those not yet treated")"
        return "\(kind). \(panel.labels.first ?? "") to \(panel.labels.last ?? ""), \(treated)."
    }

    /// The treated, and where the controls' change would have taken them.
    private var courses: [Block] {
        guard let means, let start = panel.cohorts.first else { return [] }
        let mean = { (units: [Int]) in
            (0..<panel.timeCount).map { time in Vectors.mean(units.map { panel.outcome[time, $0] }) }
        }
        let shift = means.treatedBefore - means.controlBefore
        let others = mean(panel.units(of: nil))
        return [
            .lines(
                LineChart(
                    "From \(panel.labels[start]) on: treated against the controls' course",
                    subtitle:
                        "Mean \(outcomeName); the dashed line is the controls, moved to the treated's level before",
                    axis: "Time", points: panel.labels,
                    series: [
                        LineSeries(
                            "without treatment", values: others.map { $0 + shift }, role: .other, isDashed: true),
                        LineSeries("treated", values: mean(panel.units(of: start))),
                        LineSeries("controls", values: others, role: .other),
                    ]
                ))
        ]
    }

    private var eventChart: RangeChart {
        let items = events.map { item -> RangeItem in
            let (low, high) = item.estimate.interval ?? (item.estimate.estimate, item.estimate.estimate)
            let label = isSimple ? time(item.event) : item.event < 0 ? "\(-item.event) before" : "\(item.event) after"
            return RangeItem(
                label, low: low, high: high, middle: item.estimate.estimate,
                text: "\(text.number(item.estimate.estimate)) (\(text.range(low, high)))")
        }
        return RangeChart(
            "Before the start the effect should be 0",
            subtitle: "Effect by time, with \(StudyText.level(options.level)); changes since the time before the start",
            items: items, reference: 0)
    }

    private func time(_ event: Int) -> String {
        panel.cohorts.first.map { panel.labels[$0 + event] } ?? "\(event)"
    }
}
