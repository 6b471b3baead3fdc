import Domain
import Importing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tells people how a pull goes: what is worth knowing always, the rest on a terminal alone.
struct PullProgress {
    private let isShown = isatty(2) == 1

    /// Tells what has happened.
    func show(_ event: PullEvent) {
        if let remark = Self.remark(on: event) { return StandardError.print(remark) }
        if isShown, let line = Self.line(for: event) { StandardError.print(line) }
    }

    /// What a person has to know of the result.
    private static func remark(on event: PullEvent) -> String? {
        switch event {
        case .skipped(let endpoint, let reason): "note: \(endpoint): There is no such list here (\(reason))."
        case .shortened(let endpoint, let start):
            "warning: \(endpoint): The source goes back to \(start.dateText) only; what is before is missing."
        default: nil
        }
    }

    private static func line(for event: PullEvent) -> String? {
        switch event {
        case .began(let endpoint, let window, let isResumed):
            "\(endpoint): \(isResumed ? "going on" : "beginning") at \(window.start.dateText)"
        case .page(let endpoint, let number, let window, let rows):
            "\(endpoint): page \(number), up to \(window.end.dateText), \(rows) rows"
        case .waiting(let endpoint, let seconds, let reason):
            "\(endpoint): waiting \(Int(seconds.rounded(.up))) s (\(reason))"
        default: nil
        }
    }
}
