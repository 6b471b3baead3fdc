internal import Domain

/// The span of a LiteLLM budget, as our own files write it.
struct LiteLLMPeriod {
    /// `month` or `rolling:24h`.
    let text: String
    /// In what it differs; absent where it does not.
    let remark: String?

    private static let words = ["hourly": "1h", "daily": "24h", "weekly": "7d", "monthly": "30d"]
    private static let seconds: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]

    /// Reads `30m`, `24h`, `7d`, `2w`, `1mo`, `daily`. A budget is never dropped because of its span: one that cannot
    /// be kept becomes one of a calendar month, and says so.
    init(_ duration: String?) {
        guard let duration else {
            (text, remark) = ("month", "it had no duration; it is taken for one of a month")
            return
        }
        let written = Self.words[duration.lowercased()] ?? duration
        guard written != "1mo" else {
            (text, remark) = ("month", nil)
            return
        }
        let count = Int(written.dropLast())
        guard let unit = written.last.flatMap({ Self.seconds[$0] }), let count, count > 0,
            case let (span, overflow) = count.multipliedReportingOverflow(by: unit), !overflow, span <= 744 * 3_600
        else {
            (text, remark) = ("month", "its duration \(duration) is not available; it is taken for one of a month")
            return
        }
        let hours = (span + 3_599) / 3_600
        text = BudgetPeriod.rolling(hours: hours).text
        remark = span % 3_600 == 0 ? nil : "its duration \(duration) is rounded up to \(hours) h"
    }
}
