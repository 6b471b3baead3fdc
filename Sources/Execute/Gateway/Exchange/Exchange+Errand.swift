internal import Domain
internal import NIOCore
internal import NIOHTTP1
internal import Providers

extension Exchange {
    /// Comparisons under way at one time and event loop; beyond them more are left out, not queued.
    private static let mostComparisons = 64

    /// Makes a call of our own on behalf of this request: for the same customer, against the same budgets.
    ///
    /// - Parameter completion: what came of it; without an answer where none came. Not called where it is not begun.
    /// - Returns: whether it is begun: what nobody waits for is left out where there is too much of it, or near the end.
    @discardableResult
    func run(
        _ purpose: CallPurpose, _ call: ErrandCall, to target: CallTarget,
        _ completion: @escaping (ErrandAnswer?) -> Void
    ) -> Bool {
        let isAwaited = connection != nil && !isOver
        guard isAwaited || (loop.errands < Self.mostComparisons && !loop.isDraining) else { return false }
        var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: call.uri)
        for (name, value) in self.head.headers where call.passes(name) { head.headers.add(name: name, value: value) }
        for (name, value) in call.headers { head.headers.replaceOrAdd(name: name, value: value) }
        loop.errands += 1
        let errand = Errand(purpose, for: id) { [loop] answer in
            loop.errands -= 1
            completion(answer)
        }
        Exchange(head: head, loop: loop, connection: nil, errand: errand).begin(call.body, for: caller, to: target)
        return true
    }

    /// Begins an errand.
    private func begin(_ body: ByteBuffer, for caller: Caller, to target: CallTarget) {
        (self.caller, self.body) = (caller, body)
        becomeWhole()
        let read = body.withUnsafeReadableBytes { raw in
            Result { () throws(RequestProblem) in
                try loop.requests.facts(of: raw.bindMemory(to: UInt8.self), route: route)
            }
        }
        guard case .success(let facts) = read else { return errand?.end(nil) ?? () }
        (self.facts, targets) = (facts, [target])
        do throws(CallerError) { try admit() } catch { return refuse(error) }
        times.admitted = loop.now
        loop.watch(self)
        call()
    }
}

/// What an errand asks.
struct ErrandCall {
    let uri: String
    let body: ByteBuffer
    var headers: [String: String] = [:]
    /// Whether a header of the request that it is made for goes along.
    var passes: (String) -> Bool = { _ in false }

    init(uri: String, body: ByteBuffer) { (self.uri, self.body) = (uri, body) }

    /// A call in the words of the API that the caller speaks.
    init(_ whole: WholeCall) {
        self.init(uri: whole.uri, body: whole.body)
        passes = { !["idempotency-key", "content-length", "accept-encoding", "expect"].contains($0.lowercased()) }
    }

    /// A call that was put into its target's words.
    init(_ request: RoutedRequest) {
        self.init(uri: request.path, body: ByteBuffer(bytes: request.body))
        headers = request.headers
        passes = { name in
            request.passes(header: name)
                && !["content-length", "accept-encoding", "expect"].contains(name.lowercased())
        }
    }
}
