extension NumberText {
    /// A duration: `0.4 ms`, `840 ms`, `2.1 s`, `3 min 5 s`.
    package static func duration(microseconds: Double?) -> String {
        guard let microseconds, microseconds.isFinite else { return none }
        let milliseconds = microseconds / 1000
        if milliseconds < 9.95 { return fixed(milliseconds, decimals: 1) + " ms" }
        if milliseconds < 999.5 { return fixed(milliseconds, decimals: 0) + " ms" }
        let seconds = milliseconds / 1000
        if seconds < 59.95 { return fixed(seconds, decimals: 1) + " s" }
        guard seconds < 9e15 else { return none }
        let whole = Int64(seconds.rounded(.toNearestOrEven))
        return "\(count(whole / 60)) min \(whole % 60) s"
    }

    /// Whole milliseconds for a column whose title names the unit: `2,134`; below ten with one decimal.
    package static func milliseconds(microseconds: Double?) -> String {
        guard let microseconds, microseconds.isFinite else { return none }
        return fixed(microseconds / 1000, decimals: microseconds < 9950 ? 1 : 0)
    }
}
