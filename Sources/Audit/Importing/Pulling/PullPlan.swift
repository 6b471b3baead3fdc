package import Domain
internal import JSONScan

/// The pull of one endpoint as a state machine: it says what to ask next, and what an answer means. It touches neither
/// the network nor a clock.
package struct PullPlan: Sendable {
    /// The endpoint.
    package let endpoint: any PullEndpoint
    /// What is asked for next.
    package private(set) var position: PullPosition
    /// The organisation that answered, where the API names it.
    package private(set) var owner: String?
    private let source: PullSource
    private var backoff = PullBackoff()
    /// Pages are named by tokens that do not live for ever; one from an earlier run may be too old.
    private var isResumed: Bool

    /// Creates the plan of a pull that begins, or goes on, at a position.
    package init(
        endpoint: any PullEndpoint, of source: PullSource, at position: PullPosition, owner: String? = nil
    ) {
        (self.endpoint, self.source, self.position, self.owner) = (endpoint, source, position, owner)
        isResumed = position.page != nil
    }

    /// Whether there is nothing left to ask for.
    package var isDone: Bool { position.window.start >= position.span.end }

    /// The next question; `nil` at the end.
    package var request: PullRequest? { isDone ? nil : endpoint.request(at: position) }

    /// Takes in an answer.
    ///
    /// - Throws: ``PullError`` where there is no point in going on.
    package mutating func receive(
        _ response: PullResponse, now: Timestamp, using random: inout some RandomNumberGenerator
    ) throws(PullError) -> PullStep {
        switch response.status {
        case 200..<300: return .page(try page(response))
        case 408, 425, 429, 500..<600:
            let asked = RetryAfter.seconds(response.headers["retry-after"], now: now)
            return try wait(asked, because: said(response), using: &random)
        default: return try refusal(response)
        }
    }

    /// Takes in that there was no answer.
    ///
    /// - Throws: ``PullError`` where it has been tried often enough.
    package mutating func fail(
        _ error: PullError, using random: inout some RandomNumberGenerator
    ) throws(PullError) -> PullStep { try wait(nil, because: error.message, using: &random) }

    // MARK: Pages

    private mutating func page(_ response: PullResponse) throws(PullError) -> PullPage {
        let document: JSONValue
        do throws(JSONScanError) { document = try JSONValue.parse(response.body) } catch {
            throw PullError(
                .unreadable, "\(place): The answer is not JSON (\(error.reason)). Check the server's address.")
        }
        try check(owner: endpoint.ownerHeader.flatMap { response.headers[$0] })
        let turn: PageTurn
        do throws(PullError) { turn = try endpoint.turn(document, at: position) } catch {
            throw PullError(error.code, "\(place): \(error.message)")
        }
        if let next = turn.next, next == position.page {
            throw PullError(.unreadable, "\(place): The page \(next) names itself as the next one.")
        }
        let page = PullPage(body: response.body, rows: turn.rows, window: position.window, endsWindow: turn.next == nil)
        advance(to: turn.next)
        return page
    }

    private mutating func advance(to next: String?) {
        backoff.reset()
        isResumed = false
        position.page = next
        guard next == nil else { return }
        position.window = endpoint.window(from: position.window.end, in: position.span, bucket: position.bucket)
    }

    private mutating func check(owner named: String?) throws(PullError) {
        guard let named, let owner, named != owner else {
            owner = named ?? owner
            return
        }
        throw PullError(
            .otherOwner,
            "The key belongs to the organisation \(named); what was pulled before is \(owner)'s. Give each a name with --account."
        )
    }

    // MARK: Failures

    private mutating func wait(
        _ asked: Double?, because reason: String, using random: inout some RandomNumberGenerator
    ) throws(PullError) -> PullStep {
        if let seconds = backoff.wait(asked: asked, using: &random) {
            return .wait(seconds: seconds, reason: reason)
        }
        let patience =
            asked.map { $0 > PullBackoff.longestWait ? "It asks to wait \(Int(min($0, 1e9))) seconds. " : "" } ?? ""
        throw PullError(
            .unreachable,
            "\(place) gives no answer after \(backoff.failures) attempts: \(reason). \(patience)Try again later.")
    }

    /// What an answer that is neither a page nor "later" means.
    private mutating func refusal(_ response: PullResponse) throws(PullError) -> PullStep {
        let status = response.status
        if [404, 405].contains(status), position.form + 1 < endpoint.forms {
            position.form += 1
            position.page = nil
            return .again
        }
        if isResumed, [400, 404, 410, 422].contains(status) {
            isResumed = false
            position.page = nil
            return .again
        }
        if endpoint.isOptional, [400, 403, 404, 405, 501].contains(status) { return .skip(reason: said(response)) }
        throw failure(response)
    }

    private func failure(_ response: PullResponse) -> PullError {
        switch response.status {
        case 401, 403:
            PullError(
                .refused,
                "\(place): \(source.title) does not accept \(source.keyName): \(said(response)). \(source.keyAdvice)")
        case 300..<400:
            PullError(
                .rejected, "\(place): The server sends elsewhere (\(response.status)); set \(source.baseVariable).")
        default: PullError(.rejected, "\(place): \(source.title) rejected the question: \(said(response)).")
        }
    }

    private func said(_ response: PullResponse) -> String {
        let text = ProviderErrorText.read(response.body).map { ", " + $0 } ?? ""
        return "status \(response.status)\(text)"
    }

    private var place: String { "\(source.name) \(endpoint.name)" }
}

/// What an answer means.
package enum PullStep: Sendable {
    /// A page, to be imported before the next question.
    case page(PullPage)
    /// The same question again, after so many seconds.
    case wait(seconds: Double, reason: String)
    /// The question has changed; ask at once.
    case again
    /// The server has no such list.
    case skip(reason: String)
}

/// A page of an answer.
package struct PullPage: Sendable {
    /// The bytes, as they would be saved to a file.
    package let body: [UInt8]
    /// How many rows it has.
    package let rows: Int
    /// The time that it is part of the answer for.
    package let window: Period
    /// Whether it is the last page for that time.
    package let endsWindow: Bool
}
