import Domain
import Policy
import Testing

@Suite("How often prefixes come again")
struct PrefixReuseTests {
    private func outline(_ system: String, _ turns: [String] = ["q"]) throws -> PromptOutline {
        let messages = turns.map { #"{"role":"user","content":"\#($0)"}"# }.joined(separator: ",")
        let body = Array(#"{"system":"\#(system)","messages":[\#(messages)]}"#.utf8)
        return try #require(body.withUnsafeBufferPointer { PromptOutlineReader().read($0) })
    }

    private func at(_ seconds: Int) -> Timestamp { Timestamp(seconds: Int64(seconds)) }

    @Test("Shares rise from nothing towards what is seen, and fall again")
    func learning() throws {
        var reuse = PrefixReuse()
        var shares: [Double] = []
        for request in 0..<200 {
            shares.append(
                reuse.observe(try outline("same", ["q\(request)"]), template: 1, scope: 1, at: at(1_000 + request))[
                    .system
                ]
                .short)
        }
        #expect(shares[0] == 0 && zip(shares, shares.dropFirst()).allSatisfy { $0 < $1 })
        #expect(shares[199] > 0.9 && shares[199] < 1)
        for request in 0..<200 {
            shares.append(
                reuse.observe(try outline("other \(request)"), template: 1, scope: 1, at: at(2_000 + request))[.system]
                    .short)
        }
        #expect(shares[399] < 0.05)
    }

    @Test("Templates and the provider's accounts learn apart; 5 minutes and an hour as well")
    func apart() throws {
        var reuse = PrefixReuse()
        var (first, second) = (PrefixReuse.Expectation(), PrefixReuse.Expectation())
        for request in 0..<50 {
            let moment = at(1_000 + request * 600)
            first = reuse.observe(try outline("same"), template: 1, scope: 1, at: moment)
            second = reuse.observe(try outline("other \(request)"), template: 2, scope: 1, at: moment)
        }
        #expect(first[.system].short == 0 && first[.system].long > 0.8)
        #expect(second[.system] == PrefixReuse.Shares())
        let elsewhere = reuse.observe(try outline("same"), template: 1, scope: 2, at: at(32_000))
        #expect(elsewhere[.system] == PrefixReuse.Shares() && elsewhere.history == nil)
    }

    @Test("Only the end of an earlier conversation teaches that ends are read")
    func tails() throws {
        var reuse = PrefixReuse()
        var found = PrefixReuse.Expectation()
        for request in 0..<40 {
            found = reuse.observe(
                try outline("s", ["example", "question \(request)"]), template: 1, scope: 1, at: at(1_000 + request))
        }
        #expect(found[.history].short > 0.8 && found[.tail].short == 0 && found.history == 1)
    }

    @Test("Memory does not grow: what was not seen for long makes room, what is in use stays")
    func bounded() throws {
        var reuse = PrefixReuse(prefixes: 64, templates: 8)
        var found = PrefixReuse.Expectation()
        for request in 0..<2_000 {
            _ = reuse.observe(try outline("once \(request)"), template: 5, scope: 1, at: at(1_000 + request))
            found = reuse.observe(try outline("same"), template: 4, scope: 1, at: at(1_000 + request))
        }
        #expect(found[.system].short > 0.9)
    }
}
