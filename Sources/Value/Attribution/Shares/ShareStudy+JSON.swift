package import Documents

extension ShareStudy {
    /// What shares add for programs.
    package var details: [JSONOutput.Member] {
        [
            .init("joint_effect", .fraction(effect.estimate)), .init("identified", .bool(isIdentified)),
            .init("missing_coalitions", .array(missing.map { .string($0) })),
            .init("shares", .array(shares.map { json($0) })),
        ]
    }

    private func json(_ share: ChangeShare) -> JSONOutput {
        .object([
            .init("name", .string(share.name)), .init("value", .fraction(share.value)),
            .init("standard_error", .fraction(share.standardError)), .init("interval", share.interval?.json ?? .null),
            .init("share", .fraction(share.share)), .init("share_standard_error", .fraction(share.shareStandardError)),
            .init("first_in", .fraction(share.firstIn)), .init("last_in", .fraction(share.lastIn)),
            .init("low", .fraction(isIdentified ? share.interval?.low : share.bounds?.lowerBound)),
            .init("high", .fraction(isIdentified ? share.interval?.high : share.bounds?.upperBound)),
            .init("stated_share", .fraction(share.stated)), .init("stated_value", .fraction(statedValue(share))),
        ])
    }

    func statedValue(_ share: ChangeShare) -> Double? {
        share.stated.flatMap { stated in effect.estimate.map { $0 * stated } }
    }
}
