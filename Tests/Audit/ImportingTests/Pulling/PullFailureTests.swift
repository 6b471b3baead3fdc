import Domain
import Importing
import Testing

@Suite("What goes wrong in a pull")
struct PullFailureTests {
    private let now = MadePull.now

    private func plan(
        _ source: PullSource = .openAI, _ endpoint: String = "completions", page: String? = nil,
        owner: String? = nil
    ) throws -> PullPlan {
        let list = try #require(source.endpoints.first { $0.name == endpoint })
        let key = PullCursor.Key(source: source.name, endpoint: endpoint, account: "", ledger: "test")
        var position = PullQuestion().position(for: list, after: PullCursor(key: key), now: now)
        position.page = page
        return PullPlan(endpoint: list, of: source, at: position, owner: owner)
    }

    /// The error that an answer leads to.
    private func error(_ plan: PullPlan, _ response: PullResponse) -> PullError? {
        var plan = plan
        var random = SystemRandomNumberGenerator()
        do {
            _ = try plan.receive(response, now: now, using: &random)
            return nil
        } catch { return error }
    }

    @Test(
        "A key that is not accepted is named, with what it has to be",
        arguments: [
            (PullSource.openAI, "completions", "OPENAI_ADMIN_KEY"), (.anthropic, "usage", "ANTHROPIC_ADMIN_KEY"),
            (.openRouter, "activity", "OPENROUTER_API_KEY"), (.liteLLM, "spend_logs", "LITELLM_MASTER_KEY"),
            (.langfuse, "generations", "LANGFUSE_SECRET_KEY"), (.helicone, "requests", "HELICONE_API_KEY"),
        ])
    func refused(_ source: PullSource, _ endpoint: String, _ variable: String) throws {
        let body = #"{"error":{"message":"Incorrect API key provided: sk-proj-abcdefghijklmnop.","code":"x"}}"#
        for status in [401, 403] {
            let error = try #require(error(try plan(source, endpoint), .status(status, body)))
            #expect(error.code == .refused)
            #expect(error.message.contains(variable) && error.message.contains("Incorrect API key provided: sk-pro…"))
            #expect(!error.message.contains("abcdefgh"))
        }
        if ["openai", "anthropic"].contains(source.name) { #expect(source.keyAdvice.contains("admin key")) }
    }

    @Test("A question that is not accepted: the provider's own words, short and on one line")
    func rejected() throws {
        let long = #"{"detail":"No\nsuch \#(String(repeating: "parameter ", count: 100))"}"#
        let error = try #require(error(try plan(), .status(422, long)))
        #expect(error.code == .rejected && error.message.contains("status 422, No such parameter"))
        #expect(error.message.count < 420 && !error.message.contains("\n"))
        let page = self.error(try plan(), .status(418, "<html><body>teapot</body></html>"))
        #expect(page?.message.contains("html") == false)
        let elsewhere = self.error(try plan(), .status(302, "", headers: ["Location": "https://login"]))
        #expect(elsewhere?.message.contains("OPENAI_BASE_URL") == true)
    }

    @Test(
        "An answer that cannot be read is not taken for an empty one",
        arguments: [
            "<html>Sign in</html>", "", "{}", #"{"data":{}}"#, #"{"data":[],"has_more":true,"next_page":null}"#,
            #"{"data":[],"has_more":true,"next_page":"p1"}"#, "[1,2",
        ])
    func unreadable(_ body: String) throws {
        #expect(error(try plan(page: "p1"), .page(body))?.code == .unreadable)
    }

    @Test("The server's wish to wait is never undercut, whichever way it is written")
    func retryAfter() throws {
        var random = SystemRandomNumberGenerator()
        let wishes = [("7", 7.0), ("Sat, 21 Nov 2026 04:00:30 GMT", 30), ("Fri, 20 Nov 2026 04:00:30 GMT", 0)]
        for (text, least) in wishes + [("soon", 0), ("-5", 0), ("nan", 0)] {
            for status in [429, 500, 503, 529] {
                var plan = try plan()
                let response = PullResponse.status(status, "slow down", headers: ["Retry-After": text])
                guard case .wait(let seconds, let reason) = try plan.receive(response, now: now, using: &random) else {
                    Issue.record("\(text) \(status)")
                    continue
                }
                #expect(seconds >= least && seconds >= 0.5 && seconds <= max(least, 1), "\(text)")
                #expect(reason == "status \(status), slow down")
            }
        }
    }

    @Test("Waits grow, are bounded, and come to an end")
    func backoff() throws {
        var backoff = PullBackoff()
        var random = FixedNumbers(value: .max)
        var waits: [Double] = []
        while let wait = backoff.wait(asked: nil, using: &random) { waits.append(wait.rounded()) }
        #expect(waits == [1, 2, 4, 8, 16, 32, 60])
        var patient = PullBackoff()
        #expect(patient.wait(asked: 86_400, using: &random) == nil)
        var low = FixedNumbers(value: 0)
        var jittered = PullBackoff()
        #expect(jittered.wait(asked: nil, using: &low) == 0.5)
    }

    @Test("A provider that wants a day is asked another day")
    func impatient() throws {
        let error = try #require(error(try plan(), .status(429, "quota", headers: ["retry-after": "86400"])))
        #expect(error.code == .unreachable && error.message.contains("It asks to wait 86400 seconds"))
        #expect(self.error(try plan(), .status(429, "", headers: ["retry-after": "1e300"]))?.code == .unreachable)
    }

    @Test("A page's token from an earlier run may be too old: its window begins anew, once")
    func oldToken() throws {
        var random = SystemRandomNumberGenerator()
        var plan = try plan(page: "page_old")
        guard case .again = try plan.receive(.status(400, "expired"), now: now, using: &random) else {
            Issue.record("not asked again")
            return
        }
        #expect(plan.request?["page"] == nil)
        #expect(error(plan, .status(400, "expired"))?.code == .rejected)
    }

    @Test("Lists that a server may do without are passed over; the others are not")
    func optional() throws {
        var random = SystemRandomNumberGenerator()
        for (source, endpoint) in [(PullSource.openAI, "images"), (.anthropic, "claude_code")] {
            var plan = try plan(source, endpoint)
            guard case .skip(let reason) = try plan.receive(.status(404, "nothing"), now: now, using: &random) else {
                Issue.record("not passed over")
                continue
            }
            #expect(reason == "status 404, nothing")
            #expect(error(try self.plan(source, endpoint), .status(401))?.code == .refused)
        }
        #expect(error(try plan(), .status(404))?.code == .rejected)
    }

    @Test("A key of another organisation is not mixed in")
    func owner() throws {
        let other = PullResponse.page(RecordedPages.nothing, headers: ["OpenAI-Organization": "org-b"])
        let error = try #require(error(try plan(owner: "org-a"), other))
        #expect(error.code == .otherOwner && error.message.contains("org-a") && error.message.contains("--account"))
        #expect(self.error(try plan(owner: "org-b"), other) == nil)
        #expect(self.error(try plan(), other) == nil)
        #expect(self.error(try plan(owner: "org-a"), .page(RecordedPages.nothing)) == nil)
    }
}

/// The same number again and again.
struct FixedNumbers: RandomNumberGenerator {
    let value: UInt64

    mutating func next() -> UInt64 { value }
}
