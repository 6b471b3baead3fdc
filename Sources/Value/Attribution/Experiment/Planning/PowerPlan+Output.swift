package import Documents

extension PowerPlan {
    /// For programs.
    package var json: JSONOutput {
        .object([
            .init("per_arm", .integer(Int64(perArm))), .init("total", .integer(Int64(perArm) * Int64(arms))),
            .init("days", .count(days.map(Int64.init))), .init("effect", .number(effect)),
            .init("alpha", .number(alpha)), .init("power", .number(power)), .init("arms", .integer(Int64(arms))),
            .init("design_effect", .number(designEffect)), .init("units_per_day", .fraction(unitsPerDay)),
        ])
    }

    /// For people.
    package var document: Document {
        let total = NumberText.count(Int64(perArm) * Int64(arms))
        let time = days.map { " in \(NumberText.count(Int64($0))) \($0 == 1 ? "day" : "days")" } ?? ""
        return Document(
            title: "\(total) units\(time) to see an effect of \(effectText)",
            subtitle: "Planned before the start; \(arms) arms of one size.",
            blocks: [
                .figures([
                    Figure("Units in each arm", NumberText.count(Int64(perArm))),
                    Figure("Days", days.map { NumberText.count(Int64($0)) } ?? NumberText.none, note: traffic),
                    Figure("Effect to be seen", effectText, note: spread),
                    Figure("Power", EffectText.level(power), note: "α \(EffectText.level(alpha)), two-sided"),
                ]),
                .list(advice),
            ])
    }

    private var effect: Double {
        switch outcome {
        case .mean(let effect, _), .proportion(_, let effect): effect
        }
    }

    private var effectText: String {
        switch outcome {
        case .mean(let effect, _): EffectText.number(effect)
        case .proportion(_, let effect): EffectText.number(effect * 100) + " points"
        }
    }

    private var spread: String {
        switch outcome {
        case .mean(_, let deviation): "standard deviation \(EffectText.number(deviation))"
        case .proportion(let base, _): "from \(NumberText.percent(base))"
        }
    }

    private var traffic: String {
        unitsPerDay.map { "\(EffectText.number($0)) units a day in all arms together" }
            ?? "state the traffic with --units-per-day"
    }

    private var advice: [String] {
        var advice = [
            "Fix the end before the start, or read it as an anytime-valid test (--sequential), which needs more units.",
            "Run whole weeks: weekdays differ.",
        ]
        if designEffect > 1 {
            advice.append("Clusters multiply the number of rows by \(EffectText.number(designEffect)).")
        }
        if arms > 2 { advice.append("α is parted among \(arms - 1) comparisons.") }
        return advice
    }
}
