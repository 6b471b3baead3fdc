package import Domain
package import Ledger

/// What a pull came to.
package struct PullSummary: Sendable {
    /// The lists, in the order in which they were pulled.
    package var parts: [PullPart] = []
    /// Rows that were there, rejected ones included.
    package var rowsRead = 0
    /// What was noticed in them.
    package var diagnostics = Diagnostics()
    /// What it made of the ledger.
    package var outcome = AppendOutcome()

    /// Creates an empty summary.
    package init() {}

    /// How many pages were read.
    package var pages: Int { parts.reduce(0) { $0 + $1.pages } }
    /// How often was waited.
    package var waits: Int { parts.reduce(0) { $0 + $1.waits } }
    /// How long was waited, in seconds.
    package var secondsWaited: Double { parts.reduce(0) { $0 + $1.secondsWaited } }
}

/// What a pull of one list came to.
package struct PullPart: Sendable {
    /// The list, for example `completions`.
    package let endpoint: String
    /// The format that read its pages.
    package let format: String
    /// The time that was asked for.
    package let period: Period
    /// How many pages were read.
    package var pages = 0
    /// How many rows they had.
    package var rows = 0
    /// How often was waited.
    package var waits = 0
    /// How long was waited, in seconds.
    package var secondsWaited = 0.0
    /// Whether it went on where an earlier pull was cut off.
    package var isResumed = false
    /// Whether the source does not go back as far as it was asked to.
    package var isShortened = false
    /// Why the source has no such list; absent where it has.
    package var skipped: String?
}

/// What happens during a pull, for people who watch.
package enum PullEvent: Sendable {
    /// A list is asked for, from a window on.
    case began(endpoint: String, window: Period, isResumed: Bool)
    /// A page is in the ledger.
    case page(endpoint: String, number: Int, window: Period, rows: Int)
    /// The source wants to be asked later.
    case waiting(endpoint: String, seconds: Double, reason: String)
    /// The source has no such list.
    case skipped(endpoint: String, reason: String)
    /// The source does not go back as far as it was asked to.
    case shortened(endpoint: String, start: Timestamp)
}
