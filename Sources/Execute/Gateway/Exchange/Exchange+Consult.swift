internal import Domain
internal import NIOCore
internal import NIOHTTP1
internal import Policy
internal import Providers

extension Exchange {
    /// Asks the plan in force what to do. A lever that fails, or does not know, lets the request go on as it is.
    func consult() {
        guard let plan = snapshot.plan, errand == nil, route.surface.isMetered, head.method == .POST else {
            return proceed()
        }
        identifyPrompt()
        course = loop.course(of: leverRequest, under: plan, draw: id.low)
        course?.asked = targets.first
        guard let course, !course.match.isHeldOut else { return proceed() }
        if course.match.cache != nil || course.semantic != nil { self.course?.directives = directives }
        askCache()
    }

    /// Goes on to the call.
    func proceed() {
        guard !isOver else { return }
        do throws(CallerError) { try admitRouted() } catch { return refuse(error) }
        times.admitted = loop.now
        call()
    }

    /// Admits the call; a rule's model that a budget does not let through is left, and the model asked for admitted.
    private func admitRouted() throws(CallerError) {
        guard targets.first?.rule != nil else { return try admit() }
        do throws(CallerError) { try admit() } catch {
            guard error.status == 402 else { throw error }
            targets.removeFirst()
            course?.fellBack()
            try admit()
        }
    }

    /// Counts the request for the rules that mean it, and remembers who answered it.
    ///
    /// - Parameter saved: what was spared of the call as it was asked.
    func countLevers(saved: NanoUSD) {
        guard let course, errand == nil else { return }
        let (seen, served) = (course.meant, course.acted.map { course.rule($0) })
        if seen.isEmpty { return }
        let (id, key) = (id.text, caller.key?.id)
        loop.core.levers.withBooks { books in
            books.count(seen: seen, served: served?.name, saved: saved)
            if let served, served.needsGate {
                books.remember(id, LeverBooks.Served(rule: served, plan: course.plan, key: key))
            }
        }
    }

    private var offeredToolCount: Int64? {
        body?.withUnsafeReadableBytes { raw in
            OfferedTool.read(route.surface, body: raw.bindMemory(to: UInt8.self)).map { Int64($0.count) }
        }
    }

    private var directives: CacheDirectives {
        var directives = CacheDirectives(headers: head.headers.lazy.map { (name: $0.name, value: $0.value) })
        if let wishes = facts.cacheWishes { directives.take(body: wishes) }
        return directives
    }

    private var leverRequest: LiveRequest {
        var request = LiveRequest()
        request.at = startedAt
        request.provider = targets.first?.upstream.billingProvider
        request.model = facts.model
        (request.customer, request.credential) = (caller.customer, caller.key?.id)
        (request.feature, request.team, request.session) = (caller.feature, caller.team, caller.session)
        request.environment = snapshot.configuration.environment
        (request.prompt, request.identity) = (prompt, id.low)
        request.tags = caller.tags.isEmpty ? nil : caller.canonicalTags
        request.tools = facts.hasTools ? offeredToolCount : 0
        request.inputTokens = Int64((facts.promptBytes + 3) / 4)
        return request
    }
}
