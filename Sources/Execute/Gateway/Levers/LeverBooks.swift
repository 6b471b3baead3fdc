internal import Documents
internal import Domain
internal import JSONScan
internal import Policy

/// What is counted of levers beside their gates: requests, and what people and judges said of the same answers.
struct LeverBooks: Sendable {
    /// So many answers are remembered that people may still judge.
    private static let mostRemembered = 20_000

    /// What is counted of one rule.
    private struct Book: Sendable {
        var seen: Int64 = 0
        var served: Int64 = 0
        /// What was spared of the calls as they were asked.
        var saved = NanoUSD.zero
        var agreement = JudgeAgreement()
    }

    /// An answer that a lever gave.
    struct Served: Sendable {
        let rule: PlanRule
        /// The plan under which it did.
        let plan: LivePlan
        /// The key of the caller that got it.
        let key: String?
        /// What the judge said of it, from 0 to 1.
        var judgeLoss: Double?
        /// What people said of it.
        var personLoss: Double?
    }

    private var books: [String: Book] = [:]
    private var answers: [String: Served] = [:]
    private var order: [String] = []

    /// Counts a request that rules mean.
    ///
    /// - Parameters:
    ///   - served: the rule that acted.
    ///   - saved: what was spared by it.
    mutating func count(seen rules: [String], served: String?, saved: NanoUSD) {
        for rule in rules { books[rule, default: Book()].seen += 1 }
        guard let served else { return }
        books[served, default: Book()].served += 1
        books[served, default: Book()].saved = (books[served]?.saved ?? .zero) + saved
    }

    /// Remembers whose answer a request got, so that verdicts find it.
    mutating func remember(_ request: String, _ served: Served) {
        if order.count >= Self.mostRemembered {
            for gone in order.prefix(Self.mostRemembered / 10) { answers[gone] = nil }
            order.removeFirst(Self.mostRemembered / 10)
        }
        answers[request] = served
        order.append(request)
    }

    /// The answer that a request got, where a lever gave it not long ago.
    func served(_ request: String) -> Served? { answers[request] }

    /// Notes what the judge said.
    mutating func judged(_ request: String, loss: Double) {
        answers[request]?.judgeLoss = loss
        compare(request)
    }

    /// Notes what a person said.
    mutating func posted(_ request: String, loss: Double) {
        answers[request]?.personLoss = loss
        compare(request)
    }

    private mutating func compare(_ request: String) {
        guard let answer = answers[request], let judge = answer.judgeLoss, let person = answer.personLoss else {
            return
        }
        books[answer.rule.name, default: Book()].agreement.take(
            judgeSaysWrong: judge >= 0.5, personSaysWrong: person >= 0.5)
    }

    // MARK: Between runs

    /// Goes on from what was kept.
    mutating func load(_ row: LeverRow) {
        guard books[row.rule] == nil else { return }
        var book = Book()
        let counters = row.kept.counters.flatMap { try? JSONValue.parse($0) }
        (book.seen, book.served) = (counters?["seen"]?.integer ?? 0, counters?["served"]?.integer ?? 0)
        book.saved = NanoUSD(nanos: counters?["saved_nano_usd"]?.integer ?? 0)
        if let known = row.kept.agreement.flatMap({ try? JSONValue.parse($0) }), let kept = JudgeAgreement(known) {
            book.agreement = kept
        }
        books[row.rule] = book
    }

    /// What is kept of a rule.
    func fill(_ record: inout LeverRecord, of rule: String) {
        let book = books[rule] ?? Book()
        let counters: JSONOutput = [
            "seen": .integer(book.seen), "served": .integer(book.served), "saved_nano_usd": .integer(book.saved.nanos),
        ]
        record.counters = counters.compactText
        if book.agreement.count > 0 { record.agreement = book.agreement.json.compactText }
    }
}
