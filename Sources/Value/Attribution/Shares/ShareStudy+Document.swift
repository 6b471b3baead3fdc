package import Documents
internal import Domain

extension ShareStudy {
    /// The shares for people: the finding as title, or that there is none.
    package var document: Document {
        Document(
            title: title, subtitle: "\(values.players.count) changes: \(EffectText.list(values.players)).",
            blocks: effect.warnings.map { .hint(Hint($0)) } + [.figures(figures)] + chart + [.table(table)]
                + statedBlocks + [
                    .heading(level: 1, text: "What has to hold"), .list(effect.assumptions),
                    .heading(level: 1, text: "What this cannot rule out"),
                    .list([
                        "Another change at the same time that is none of those named.",
                        "That shares would be different in another order of introduction: a Shapley value is the average over "
                            + "all orders, which is fair, but no order that ever was.",
                    ]),
                ],
            notes: [Note("Evidence: \(effect.grade.label).")])
    }

    private var title: String {
        guard isIdentified else { return "How much each change contributed is not identified" }
        let first = shares.max { ($0.share ?? $0.value ?? 0) < ($1.share ?? $1.value ?? 0) }
        guard let first, let value = first.value else { return "Shares" }
        let part = first.share.map { " (\(NumberText.percent($0)))" } ?? ""
        return
            "\(first.name) contributed the most: \(EffectText.number(value)) of \(EffectText.number(effect.estimate))\(part)"
    }

    private var figures: [Figure] {
        let level = effect.interval.map { EffectText.level($0.level) + " interval " + EffectText.interval($0) }
        return [Figure("Joint effect", EffectText.number(effect.estimate), note: level)]
            + shares.map { share in
                isIdentified
                    ? Figure(
                        share.name, EffectText.number(share.value),
                        note: [NumberText.percent(share.share), share.interval.map { EffectText.interval($0) }]
                            .compactMap { $0 }.joined(separator: ", "))
                    : Figure(share.name, NumberText.none, note: bounds(share))
            }
    }

    private func bounds(_ share: ChangeShare) -> String {
        share.bounds.map {
            "\(EffectText.number($0.lowerBound)) to \(EffectText.number($0.upperBound)) if none works against the others"
        }
            ?? "no bounds"
    }
}
