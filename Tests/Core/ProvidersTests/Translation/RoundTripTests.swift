import JSONScan
import Testing

@testable import Providers

@Suite("There and back")
struct RoundTripTests {
    /// Writes a request in a family's words and reads it again.
    private func passed(_ request: ChatRequest, through family: ProviderFamily) throws -> ChatRequest {
        let body = try Translation.write(request, for: Translating.target(family)).body.compactText
        let route = Translating.route(family, streams: request.streams)
        var found = try Translation.read(try JSONValue.parse(body), route: route).request
        found.model = "m"
        return found
    }

    @Test("A request means the same after a visit to another API", arguments: Translating.ways)
    func requests(_ way: Translating.Way) throws {
        var calls = 0
        for seed in 0..<400 {
            var made = MadeRequests(way, seed: UInt64(seed))
            let first = try passed(made.request(), through: way.from)
            let second = try passed(first, through: way.to)
            let third = try passed(second, through: way.from)
            #expect(third == first, "seed \(seed)")
            #expect(second.messages == first.messages && second.tools == first.tools, "seed \(seed)")
            #expect(second.sampling == first.sampling && second.format == first.format, "seed \(seed)")
            calls += first.messages.count { $0.role == .tool }
        }
        #expect(calls > 100, "The requests made hold calls.")
    }

    @Test("What is made covers every part of a request")
    func coverage() {
        var all: [ChatRequest] = []
        for way in Translating.ways {
            for seed in 0..<100 {
                var made = MadeRequests(way, seed: UInt64(seed))
                all.append(made.request())
            }
        }
        #expect(all.contains { $0.parallelToolCalls != nil } && all.contains { $0.user != nil })
        #expect(all.contains { $0.format.value == .json } && all.contains { $0.tier?.value == .flex })
        #expect(all.contains { $0.sampling.topK != nil } && all.contains { $0.sampling.seed != nil })
        #expect(all.contains { $0.reasoning.isShown != nil } && all.contains { $0.streams })
    }

    @Test("A translation of one's own API leaves what only translations leave behind", arguments: Translating.families)
    func own(_ family: ProviderFamily) throws {
        let request = try passed(
            {
                var request = ChatRequest(model: "m")
                request.messages = [ChatMessage(.user, [.text("Hi")])]
                request.sampling.outputLimit = Stated(5)
                return request
            }(), through: family)
        #expect(try passed(request, through: family) == request)
    }

    @Test("Into one's own API, the traces of translations are taken out")
    func cleaning() throws {
        let chat = """
            {"model":"m","messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes",
            "thinking_blocks":[{"type":"thinking","thinking":"x","signature":"EqQB"}],"tool_calls":[
            {"id":"call_1__thought__QUJD","type":"function","function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"call_1__thought__QUJD","content":"1"}]}
            """
        let message = """
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[
            {"type":"thinking","thinking":"x","signature":""},{"type":"text","text":"Yes"},
            {"type":"tool_use","id":"toolu_1__thought__QUJD","name":"f","input":{}}]},{"role":"user","content":[
            {"type":"tool_result","tool_use_id":"toolu_1__thought__QUJD","content":"1"}]}]}
            """
        for (text, family) in [(chat, ProviderFamily.openAI), (message, .anthropic)] {
            let found = try Translating.request(text, from: family, to: Translating.target(family)).body
            #expect(Array(text.utf8).withUnsafeBufferPointer(Translation.hasTraces))
            #expect(!found.withUnsafeBufferPointer(Translation.hasTraces))
        }
    }

    @Test("Traces of translations are seen")
    func traces() {
        let bodies = [
            (#"{"id":"call_1__thought__QUJD"}"#, true), (#"{"thinking_blocks":[]}"#, true),
            (#"{"type":"thinking","thinking":"x","signature":""}"#, true),
            (#"{"thought":true,"thoughtSignature":"YW50aHJvcGljOkVxUUI="}"#, true),
            (#"{"type":"thinking","signature":"EqQB","id":"toolu_1"}"#, false),
        ]
        for (body, hasTraces) in bodies {
            let bytes = Array(body.utf8)
            #expect(bytes.withUnsafeBufferPointer { Translation.hasTraces($0) } == hasTraces)
        }
    }
}
