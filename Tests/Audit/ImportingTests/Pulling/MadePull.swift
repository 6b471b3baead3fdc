import Domain
import Importing
import Ledger
import Pricing
import Synchronization

/// A pull in a world that a test controls: no network, no clock, no waiting.
final class MadePull {
    /// The moment of the tests: 21 November 2026, 04:00 UTC.
    static let now = Timestamp(year: 2026, month: 11, day: 21, hour: 4)

    let ledger = MemoryLedger()
    let cursors = RememberedCursors()
    var now = MadePull.now
    var slept: [Double] = []
    var events: [PullEvent] = []

    /// Pulls a source, or one of its lists.
    @discardableResult
    func run(
        _ source: PullSource, endpoint: String? = nil, _ question: PullQuestion = PullQuestion(), account: String = "",
        from provider: any PullTransport, formats: [any UsageFormat] = FormatRegistry.all
    ) async throws -> PullSummary {
        let world = PullRun.World(
            transport: provider, cursors: cursors, now: { [self] in now },
            sleep: { [self] in slept.append($0) }, report: { [self] in events.append($0) })
        let source = endpoint.map { name in source.only { $0.name == name } } ?? source
        var run = PullRun(
            source, question: question, account: account, ledger: "test", options: .init(prices: try .shipped()),
            formats: formats, world: world)
        var random = SystemRandomNumberGenerator()
        return try await run.run(into: ledger.writer(), using: &random)
    }

    /// The cursor of a list.
    func cursor(_ source: String, _ endpoint: String) -> PullCursor? {
        cursors.cursor(.init(source: source, endpoint: endpoint, account: "", ledger: "test"))
    }
}

/// Cursors in memory.
final class RememberedCursors: PullCursorStore {
    private(set) var kept: [PullCursor.Key: PullCursor] = [:]

    func cursor(_ key: PullCursor.Key) -> PullCursor? { kept[key] }
    func save(_ cursor: PullCursor) { kept[cursor.key] = cursor }
}

extension Period {
    /// From one day of 2026 until another.
    static func days(_ first: (month: Int, day: Int), _ last: (month: Int, day: Int)) -> Period {
        Period(
            start: Timestamp(year: 2026, month: first.month, day: first.day),
            end: Timestamp(year: 2026, month: last.month, day: last.day))
    }
}
