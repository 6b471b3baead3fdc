internal import Domain
internal import NIOCore
internal import NIOHTTP1
internal import Policy
internal import Providers

extension Exchange {
    /// Nanoseconds that an answer that somebody else calls for is waited for, before the request calls for itself.
    private static let longestWait: UInt64 = 60_000_000_000

    /// Looks for the very same request among those that were answered.
    func askCache() {
        guard let position = course?.match.cache, let rule = course?.rule(position),
            case .cache(let terms) = rule.action
        else { return askSemanticCache() }
        guard let key = answerKey(terms, at: position) else { return askSemanticCache() }
        let wishes = course?.directives ?? CacheDirectives()
        guard wishes.mayRead else { return pass(by: position, key) }
        let waiter = wishes.mayStore ? waiter() : nil
        switch loop.core.levers.look(key, of: rule.name, at: startedAt, waiter: waiter) {
        case .answer(let answer):
            let age = startedAt.microseconds - answer.storedAt.microseconds
            guard wishes.accepts(age: age) else { return pass(by: position, key) }
            serve(answer, by: position, as: .exactCacheHit)
        case .wait:
            course?.waitsSince = loop.now
            course?.note(position, "waited for the same answer")
        case .call(let outcome):
            course?.note(position, outcome.text)
            if wishes.mayStore {
                course?.landing.append(LeverCourse.Landing(rule: position, key: key, keeps: true, isAwaited: true))
            }
            askSemanticCache()
        }
    }

    /// Goes on without what is kept, as the caller wishes.
    private func pass(by position: Int, _ key: AnswerKey) {
        let wishes = course?.directives ?? CacheDirectives()
        course?.cacheStatus = wishes.mayStore ? .refresh : .bypass
        course?.note(position, wishes.mayStore ? "a new answer was asked for" : "kept away from the cache as asked")
        if wishes.mayStore {
            course?.landing.append(
                LeverCourse.Landing(rule: position, key: key, keeps: true, replaces: true, isAwaited: false))
        }
        if wishes.mayRead { askSemanticCache() } else { askRouter() }
    }

    static let notCached = CallerError(
        status: 504, code: "not_cached", message: "Only a kept answer was asked for, and there is none.")

    // MARK: Waiting for somebody else's call

    /// What goes on here, on this event loop, when the answer that was waited for is there or will not come.
    private func waiter() -> LeverDesk.Waiter {
        let (eventLoop, bound) = (loop.eventLoop, NIOLoopBound(self, eventLoop: loop.eventLoop))
        return { answer in eventLoop.execute { bound.value.landed(answer) } }
    }

    private func landed(_ answer: StoredAnswer?) {
        guard course?.waitsSince != nil, !isOver else { return }
        course?.waitsSince = nil
        guard let answer, let position = course?.match.cache else { return askSemanticCache() }
        serve(answer, by: position, as: .exactCacheHit)
    }

    /// Waits no longer.
    func checkWait(at now: UInt64) {
        if let since = course?.embedsSince, now >= since + Self.longestEmbedding { embedded(nil) }
        guard let since = course?.waitsSince, now >= since + Self.longestWait else { return }
        landed(nil)
    }

    // MARK: Answering

    /// Answers with what was answered before.
    func serve(_ answer: StoredAnswer, by position: Int, as action: GatewayAction) {
        guard !isOver else { return }
        do throws(CallerError) { try admitAnswered() } catch { return refuse(error) }
        (times.admitted, times.ended) = (loop.now, loop.now)
        course?.act(position, action, CacheOutcome.hit.text)
        settleAnswered(by: answer)
        landAnswered(answer)
        loop.whenDurable { [self] _ in
            let head = headOfAnswer(answer)
            release { connection in
                connection.send(head)
                if head.status == .ok { connection.send(ByteBuffer(bytes: answer.body)) }
                connection.sendEnd(nil)
            }
            compareNow()
        }
    }

    private func headOfAnswer(_ answer: StoredAnswer) -> HTTPResponseHead {
        var head = HTTPResponseHead(version: .http1_1, status: .ok)
        head.headers = responseHeaders()
        head.headers.add(name: "content-type", value: answer.contentType)
        head.headers.add(name: "content-length", value: String(answer.body.count))
        let age = startedAt.microseconds - answer.storedAt.microseconds
        let status: CacheStatus = course?.action == .semanticCacheHit ? .semanticHit : .hit
        for (name, value) in CacheStatusHeaders.headers(
            status, age: age, similarity: course?.similarity, to: course?.directives ?? CacheDirectives())
        {
            head.headers.add(name: name, value: value)
        }
        return head
    }

    // MARK: Keeping

    /// Whether the answer's bytes are needed when it is complete.
    var keepsAnswer: Bool {
        course.map { !$0.landing.isEmpty || $0.comparesAnswer || $0.learning != nil } ?? false
    }

    /// Tells the caches how the call ended: whoever waits goes on, and a whole answer is kept.
    func land(_ end: CallEnd, _ outcome: CallOutcome, rest: [UInt8]) {
        if let question = course?.learning { learn(question, answerToKeep(end, outcome, rest: rest)) }
        guard let landings = course?.landing, !landings.isEmpty else { return }
        course?.landing = []
        let answer = answerToKeep(end, outcome, rest: rest)
        for landing in landings {
            guard let rule = course?.rule(landing.rule) else { continue }
            loop.core.levers.land(answer, landing, of: rule.name, keeps: landing.keeps && mayBeKept(answer))
        }
    }

    /// Whether an answer may be given again: it is complete, and nobody's trial.
    private func mayBeKept(_ answer: StoredAnswer?) -> Bool {
        guard let answer, target.rule.map({ course?.isTrusted($0) ?? false }) ?? true else { return false }
        return answer.reading(route.surface)?.isComplete ?? !route.surface.isConversation
    }

    /// Others wait for the call that is not made: they get what this request got.
    private func landAnswered(_ answer: StoredAnswer) {
        for landing in course?.landing ?? [] {
            guard let rule = course?.rule(landing.rule) else { continue }
            loop.core.levers.land(answer, landing, of: rule.name, keeps: false)
        }
        course?.landing = []
    }

    /// Tells the caches that no answer comes.
    func landWithoutAnswer() {
        for landing in course?.landing ?? [] {
            guard let rule = course?.rule(landing.rule) else { continue }
            loop.core.levers.land(nil, landing, of: rule.name, keeps: false)
        }
        course?.landing = []
    }

    /// What the answer that the caller got says; `nil` where it failed.
    func answerReading(_ end: CallEnd, _ outcome: CallOutcome, rest: [UInt8]) -> AnswerReading? {
        guard let answer = answerToKeep(end, outcome, rest: rest) else { return nil }
        return answer.reading(route.surface)
    }

    private func answerToKeep(_ end: CallEnd, _ outcome: CallOutcome, rest: [UInt8]) -> StoredAnswer? {
        guard case .answered = end, outcome.status == .ok, let head = relay.head, head.status == .ok,
            relay.inflater == nil, let kept = relay.isStream ? relay.kept : relay.held
        else { return nil }
        var answer = StoredAnswer(
            key: AnswerKey(scope: 0, model: 0, prompt: .absent), rule: "", storedAt: loop.core.clock(),
            timeToLive: course?.directives.timeToLive ?? .max, body: Array(kept.readableBytesView) + rest)
        answer.contentType =
            target.wire?.reply?.contentType ?? head.headers.first(name: "content-type") ?? "application/json"
        answer.tags = (course?.directives.tags ?? []) + leverTags
        (answer.usage, answer.provider) = (outcome.usage, target.upstream.billingProvider)
        (answer.requestedModel, answer.model) = (facts.model ?? "", outcome.model ?? "")
        answer.cost = outcome.costKind == .unpriced ? nil : outcome.cost
        return answer
    }

    /// Answers that a lever gave are taken back with it.
    private var leverTags: [String] {
        target.rule.flatMap { course?.rule($0).name }.map { [LeverDesk.tag(of: $0)] } ?? []
    }

    // MARK: Keys

    /// What parts this request's answer from others; `nil` where it is not shared, and why is noted.
    private func answerKey(_ terms: CacheTerms, at position: Int) -> AnswerKey? {
        guard let tenant = tenant(terms.scope) else {
            course?.note(position, CacheOutcome.unscoped.text)
            return nil
        }
        guard let identity = answerIdentity(tenant, folding: terms.match != .exact) else {
            course?.note(position, "its answer cannot be shared")
            return nil
        }
        if identity.hasServerTools || identity.isSampled && !terms.isSampled {
            course?.note(
                position, identity.hasServerTools ? "the provider calls tools" : "its answer is drawn by chance")
            return nil
        }
        return AnswerKey(
            scope: ByteHash.hash(tenant), model: ByteHash.hash(facts.model ?? ""),
            prompt: terms.match == .exact ? identity.exact : identity.normalised)
    }

    /// Whose it is, and what stands outside the body, are part of what is hashed under the key: names are chosen by callers,
    /// and none of them can be chosen so that it meets another's.
    func answerIdentity(_ tenant: String, folding: Bool) -> AnswerIdentity? {
        let outside = [tenant, course?.directives.namespace ?? ""] + wireTerms
        return body?.withUnsafeReadableBytes { raw in
            loop.answers.read(
                raw.bindMemory(to: UInt8.self), surface: route.surface, outside: outside, folding: folding,
                key: loop.core.promptKey)
        }
    }

    /// Whose answers may be shared; `nil` where nobody says.
    func tenant(_ scope: CacheTerms.Scope) -> String? {
        // A key of the caller's own provider account is a tenant of its own, whatever name it gives itself.
        let own = caller.key == nil ? headers.keys.first ?? "" : ""
        return switch scope {
        case .customer: caller.customer.map { "customer\u{0}\($0)\u{0}\(voucher ?? own)" }
        case .credential: caller.key.map { "key\u{0}\($0.id)" } ?? (own.isEmpty ? nil : "own\u{0}\(own)")
        case .everyone: "everyone"
        }
    }

    /// The key whose caller gives itself a customer's name: answers are shared under a name only by keys that bear it.
    private var voucher: String? {
        guard let key = caller.key, let customer = caller.customer else { return nil }
        return key.customer == customer || key.customers.contains(customer) ? "vouched" : "key\u{0}\(key.id)"
    }

    /// Path and query, without a key: they say how a stream is framed, and which version of an API answers.
    private var address: String {
        let parts = head.uri.split(separator: "?", maxSplits: 1)
        let query = parts.dropFirst().first?.split(separator: "&").filter { !$0.hasPrefix("key=") } ?? []
        return parts.prefix(1).joined() + "?" + query.joined(separator: "&")
    }

    /// What of the call stands outside its body and changes the answer or its form.
    private var wireTerms: [String] {
        let outside = ["anthropic-version", "anthropic-beta", "openai-beta", "openai-organization", "openai-project"]
        return [
            address, facts.model ?? "", targets.first?.upstream.name ?? "", targets.first?.model ?? "",
            facts.streams ? "stream" : "whole",
            facts.includesUsage ? "usage" : "",
        ] + outside.map { head.headers[$0].joined(separator: ",") }
    }
}
