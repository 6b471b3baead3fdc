internal import Domain

/// Hours in which a price differs, as a multiplier's key states them.
///
/// `outside-weekday-hours:01-04,06-10` applies at all times but Monday to Friday from 01:00 to 04:00 and from 06:00 to
/// 10:00 UTC; a range's end does not belong to it.
struct OffPeakHours {
    static let prefix = "outside-weekday-hours:"

    private let peak: [Range<Int64>]

    /// Reads a multiplier's key; `nil` where it is of another kind or names no hours.
    init?(key: String) {
        guard key.hasPrefix(Self.prefix) else { return nil }
        peak = key.dropFirst(Self.prefix.count).split(separator: ",").compactMap { range in
            let ends = range.split(separator: "-").compactMap { Int64($0) }
            return ends.count == 2 && ends[0] < ends[1] ? ends[0]..<ends[1] : nil
        }
        if peak.isEmpty { return nil }
    }

    /// Whether a moment lies outside of the named hours.
    func contains(_ moment: Timestamp) -> Bool {
        // 1970-01-01 was a Thursday; Monday is 0.
        let weekday = (moment.day + 3) - (moment.day + 3).floorDivided(by: 7) * 7
        if weekday > 4 { return true }
        let hour = moment.hour - moment.day * 24
        return !peak.contains { $0.contains(hour) }
    }
}

extension PricePeriod {
    /// The product of the factors that depend on the time of day.
    func timeFactor(at moment: Timestamp) -> ExactDecimal {
        var factor = ExactDecimal(coefficient: 1, scale: 0)
        for (key, multiplier) in multipliers {
            if let hours = OffPeakHours(key: key), hours.contains(moment) { factor = factor.multiplied(by: multiplier) }
        }
        return factor
    }
}
