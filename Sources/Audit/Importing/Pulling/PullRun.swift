internal import Domain
internal import Inputs
package import Ledger

/// Pulls the lists of a source into a ledger, page by page.
///
/// A page is committed before the cursor moves. What happens twice because of a crash between the two changes nothing:
/// records are known by their ids, control totals are the source's ``SourceStatement``.
package struct PullRun {
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
        var list = try open(endpoint)
        defer { summary.parts.append(list.part) }
        announce(list)
        writer.begin(
            SourceStatement(scope: "\(source.name)/\(endpoint.name)/\(account)", run: list.plan.position.run))
        while let request = list.plan.request {
            let step = try await ask(request, &list.plan, using: &random)
            guard try await follow(step, &list, into: writer) else { return }
        }
    }

    private func open(_ endpoint: any PullEndpoint) throws -> ListInHand {
        let key = PullCursor.Key(source: source.name, endpoint: endpoint.name, account: account, ledger: ledger)
        let cursor = try world.cursors.cursor(key) ?? PullCursor(key: key)
        let position = question.position(for: endpoint, after: cursor, now: world.now())
        var part = PullPart(endpoint: endpoint.name, format: endpoint.format, period: position.span)
        part.isResumed = cursor.open?.run == position.run
        // Only what the user asked for in so many words can be missed.
        part.isShortened = !part.isResumed && (question.since.map { $0.day < position.span.start.day } ?? false)
        let plan = PullPlan(endpoint: endpoint, of: source, at: position, owner: cursor.owner)
        return ListInHand(cursor: cursor, plan: plan, part: part)
    }

    private func announce(_ list: ListInHand) {
        let (part, position) = (list.part, list.plan.position)
        world.report(.began(endpoint: part.endpoint, window: position.window, isResumed: part.isResumed))
        if part.isShortened { world.report(.shortened(endpoint: part.endpoint, start: position.span.start)) }
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

    /// Does what an answer means.
    ///
    /// - Returns: whether the list goes on.
    private mutating func follow(
        _ step: PullStep, _ list: inout ListInHand, into writer: any LedgerWriter
    ) async throws -> Bool {
        switch step {
        case .page(let page): try await take(page, of: &list, into: writer)
        case .wait(let seconds, let reason):
            list.part.waits += 1
            list.part.secondsWaited += seconds
            world.report(.waiting(endpoint: list.part.endpoint, seconds: seconds, reason: reason))
            try await world.sleep(seconds)
        case .again: break
        case .skip(let reason):
            list.part.skipped = reason
            world.report(.skipped(endpoint: list.part.endpoint, reason: reason))
            return false
        }
        return true
    }

    private mutating func take(
        _ page: PullPage, of list: inout ListInHand, into writer: any LedgerWriter
    ) async throws {
        // An empty list inside of its wrapper would be read as a row itself.
        if page.rows > 0 { try await read(page, of: &list, into: writer) }
        if page.endsWindow {
            // A row that cannot be read takes nobody's word back.
            if !list.hasRejections { _ = try writer.withdrawOthers(in: page.window) }
            list.hasRejections = false
        }
        _ = try writer.commit()
        // The cursor moves next, and may not be ahead of the ledger even where the power fails.
        try writer.checkpoint()
        list.part.pages += 1
        list.cursor.owner = list.plan.owner
        list.cursor.move(to: list.plan.position, isDone: list.plan.isDone, now: world.now())
        try world.cursors.save(list.cursor)
        let part = list.part
        world.report(.page(endpoint: part.endpoint, number: part.pages, window: page.window, rows: part.rows))
    }

    private mutating func read(
        _ page: PullPage, of list: inout ListInHand, into writer: any LedgerWriter
    ) async throws {
        guard let format = formats.first(where: { $0.name == list.part.format }) else {
            throw PullError(.unreadable, "This version of Payback does not read \(list.part.format) yet.")
        }
        options.format = format
        var sink = PageSink(writer: writer)
        var reading = ReadingSummary()
        try await ImportRun(options: options).read(
            MemoryByteSource(page.body), named: "\(source.name) \(list.part.endpoint)", number: pagesRead, into: &sink,
            &reading)
        pagesRead += 1
        list.part.rows += reading.rowsRead
        list.hasRejections = list.hasRejections || reading.diagnostics.rejections > 0
        summary.rowsRead += reading.rowsRead
        summary.diagnostics.add(reading.diagnostics)
    }
}

/// A list while it is pulled.
private struct ListInHand {
    var cursor: PullCursor
    var plan: PullPlan
    var part: PullPart
    /// Whether a row of the window at hand could not be read.
    var hasRejections = false
}

/// Hands a page's batches to a ledger.
private struct PageSink: RecordSink {
    let writer: any LedgerWriter

    mutating func take(_ batch: RecordBatch, from origin: BatchOrigin) throws { try writer.append(batch, from: origin) }
}
