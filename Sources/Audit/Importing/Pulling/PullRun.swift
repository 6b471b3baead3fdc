package import Domain
internal import Inputs
package import Ledger

/// Keeps how far pulls have come.
package protocol PullCursorStore {
    /// How far something has been read; `nil` where it never was.
    func cursor(_ key: PullCursor.Key) throws -> PullCursor?
    /// Keeps how far something has been read.
    func save(_ cursor: PullCursor) throws
}

/// Pulls the lists of a source into a ledger, page by page.
///
/// A page is committed before the cursor moves. What happens twice because of a crash between the two changes nothing:
/// records are known by their ids, control totals are the source's ``SourceStatement``.
package struct PullRun {
    /// What a pull touches: the network, time, chance, and the user's screen. Tests bring their own.
    package struct World {
        /// Carries the questions.
        package var transport: any PullTransport
        /// Keeps how far pulls have come.
        package var cursors: any PullCursorStore
        /// The present moment.
        package var now: () -> Timestamp
        /// Waits for so many seconds.
        package var sleep: (Double) async throws -> Void
        /// Is told what happens.
        package var report: (PullEvent) -> Void

        /// Creates it.
        package init(
            transport: any PullTransport, cursors: any PullCursorStore, now: @escaping () -> Timestamp,
            sleep: @escaping (Double) async throws -> Void, report: @escaping (PullEvent) -> Void = { _ in }
        ) {
            (self.transport, self.cursors, self.now) = (transport, cursors, now)
            (self.sleep, self.report) = (sleep, report)
        }
    }

    private let source: PullSource
    private let question: PullQuestion
    private let account: String
    private let ledger: String
    private let formats: [any UsageFormat]
    private var options: ImportRun.Options
    private let world: World
    private var pagesRead = 0
    /// What it has come to so far; also where it was cut off by an error.
    package private(set) var summary = PullSummary()

    /// Creates a run.
    ///
    /// - Parameters:
    ///   - account: the account's name, where there is more than one; empty otherwise.
    ///   - ledger: the ledger's name: cursors belong to it.
    ///   - formats: what reads the pages.
    package init(
        _ source: PullSource, question: PullQuestion, account: String = "", ledger: String,
        options: ImportRun.Options, formats: [any UsageFormat] = FormatRegistry.all, world: World
    ) {
        (self.source, self.question, self.account, self.ledger) = (source, question, account, ledger)
        (self.options, self.formats, self.world) = (options, formats, world)
    }

    /// Pulls everything that was asked for.
    ///
    /// - Throws: ``PullError``, or what the ledger or the cursors' store throws; what came before stays.
    package mutating func run(
        into writer: any LedgerWriter, using random: inout some RandomNumberGenerator
    ) async throws -> PullSummary {
        for endpoint in source.endpoints { try await pull(endpoint, into: writer, using: &random) }
        summary.outcome = try writer.finish()
        return summary
    }

    private mutating func pull(
        _ endpoint: any PullEndpoint, into writer: any LedgerWriter, using random: inout some RandomNumberGenerator
    ) async throws {
        let key = PullCursor.Key(source: source.name, endpoint: endpoint.name, account: account, ledger: ledger)
        var cursor = try world.cursors.cursor(key) ?? PullCursor(key: key)
        let position = question.position(for: endpoint, after: cursor, now: world.now())
        var plan = PullPlan(endpoint: endpoint, of: source, at: position, owner: cursor.owner)
        var part = PullPart(endpoint: endpoint.name, format: endpoint.format, period: position.span)
        begin(endpoint, position, isResumed: cursor.open?.run == position.run, &part)
        writer.begin(SourceStatement(scope: "\(source.name)/\(endpoint.name)/\(account)", run: position.run))
        defer { summary.parts.append(part) }
        while let request = plan.request {
            switch try await ask(request, &plan, using: &random) {
            case .page(let page):
                try await take(page, of: endpoint, into: writer, &part)
                cursor.owner = plan.owner
                cursor.move(to: plan.position, isDone: plan.isDone, now: world.now())
                try world.cursors.save(cursor)
            case .wait(let seconds, let reason): try await wait(seconds, reason, endpoint, &part)
            case .again: continue
            case .skip(let reason):
                part.skipped = reason
                world.report(.skipped(endpoint: endpoint.name, reason: reason))
                return
            }
        }
    }

    private func ask(
        _ request: PullRequest, _ plan: inout PullPlan, using random: inout some RandomNumberGenerator
    ) async throws(PullError) -> PullStep {
        let response: PullResponse
        do throws(PullError) { response = try await world.transport.send(request) } catch {
            guard error.code == .unreachable else { throw error }
            return try plan.fail(error, using: &random)
        }
        return try plan.receive(response, now: world.now(), using: &random)
    }

    private mutating func take(
        _ page: PullPage, of endpoint: any PullEndpoint, into writer: any LedgerWriter, _ part: inout PullPart
    ) async throws {
        // An empty list inside of its wrapper would be read as a row itself.
        if page.rows > 0 { part.rows += try await read(page, endpoint, into: writer) }
        if page.endsWindow { _ = try writer.withdrawOthers(in: page.window) }
        _ = try writer.commit()
        part.pages += 1
        world.report(.page(endpoint: endpoint.name, number: part.pages, window: page.window, rows: part.rows))
    }

    private mutating func read(
        _ page: PullPage, _ endpoint: any PullEndpoint, into writer: any LedgerWriter
    ) async throws -> Int {
        guard let format = formats.first(where: { $0.name == endpoint.format }) else {
            throw PullError(.unreadable, "This version of Payback does not read \(endpoint.format) yet.")
        }
        options.format = format
        var sink = PageSink(writer: writer)
        var reading = ReadingSummary()
        try await ImportRun(options: options).read(
            MemoryByteSource(page.body), named: "\(source.name) \(endpoint.name)", number: pagesRead, into: &sink,
            &reading)
        pagesRead += 1
        summary.rowsRead += reading.rowsRead
        summary.diagnostics.add(reading.diagnostics)
        return reading.rowsRead
    }

    private func wait(
        _ seconds: Double, _ reason: String, _ endpoint: any PullEndpoint, _ part: inout PullPart
    ) async throws {
        part.waits += 1
        part.secondsWaited += seconds
        world.report(.waiting(endpoint: endpoint.name, seconds: seconds, reason: reason))
        try await world.sleep(seconds)
    }

    private func begin(
        _ endpoint: any PullEndpoint, _ position: PullPosition, isResumed: Bool, _ part: inout PullPart
    ) {
        part.isResumed = isResumed
        world.report(.began(endpoint: endpoint.name, window: position.window, isResumed: isResumed))
        // Only what the user asked for in so many words can be missed.
        guard let since = question.since, since.day < position.span.start.day, !isResumed else { return }
        part.isShortened = true
        world.report(.shortened(endpoint: endpoint.name, start: position.span.start))
    }
}

/// Hands a page's batches to a ledger.
private struct PageSink: RecordSink {
    let writer: any LedgerWriter

    mutating func take(_ batch: RecordBatch, from origin: BatchOrigin) throws { try writer.append(batch, from: origin) }
}
