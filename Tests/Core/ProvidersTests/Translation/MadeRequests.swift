import JSONScan

@testable import Providers

/// Pseudo-random requests of what two providers both have.
struct MadeRequests {
    let families: Set<ProviderFamily>
    var numbers: SeededNumbers
    private var calls = 0

    init(_ way: Translating.Way, seed: UInt64) {
        families = [way.from, way.to]
        numbers = SeededNumbers(state: seed)
    }

    mutating func request() -> ChatRequest {
        var request = ChatRequest(model: "m")
        request.streams = chance(0.3)
        request.includesUsage = request.streams
        request.system = (0..<below(3)).map { _ in text() }
        if chance(0.6) { addTools(&request) }
        addMessages(&request)
        request.sampling = sampling()
        request.format = format()
        request.reasoning = reasoning()
        if chance(0.2) { request.tier = Stated(.standard) }
        if chance(0.2), !families.contains(.anthropic) { request.tier = Stated(chance(0.5) ? .flex : .priority) }
        if chance(0.3), !families.contains(.gemini) { request.user = Stated(text()) }
        return request
    }

    private mutating func addTools(_ request: inout ChatRequest) {
        let isStrict = chance(0.3)
        for number in 0...below(3) {
            request.tools.append(
                ChatTool(
                    name: "tool_\(number)", description: chance(0.7) ? text() : nil, schema: schema(),
                    isStrict: isStrict))
        }
        let choices: [ChatToolChoice] = [.auto, .never, .any, .tool("tool_0")]
        // Only one of Gemini's modes holds calls to their schema and can be told from the others.
        let fixed = isStrict && families.contains(.gemini)
        if fixed || chance(0.7) { request.toolChoice = Stated(fixed ? .auto : pick(choices)) }
        if let choice = request.toolChoice, choice.value != .never, !families.contains(.gemini), chance(0.3) {
            request.parallelToolCalls = Stated(false)
        }
    }

    private mutating func addMessages(_ request: inout ChatRequest) {
        request.messages.append(ChatMessage(.user, userParts()))
        for _ in 0..<below(4) {
            var parts: [ChatPart] = (0..<below(3)).map { _ in .text(text()) }
            var results: [ChatPart] = []
            for number in 0..<(request.tools.isEmpty ? 0 : below(3)) {
                calls += 1
                let call = ChatToolCall(id: "call_\(calls)", name: "tool_\(number)", arguments: .object(members()))
                parts.append(.toolCall(call))
                results.append(.toolResult(result(of: call.id)))
            }
            if parts.isEmpty { parts = [.text(text())] }
            request.messages.append(ChatMessage(.assistant, parts))
            if !results.isEmpty { request.messages.append(ChatMessage(.tool, results)) }
            if results.isEmpty || chance(0.5) { request.messages.append(ChatMessage(.user, userParts())) }
        }
    }

    private mutating func userParts() -> [ChatPart] {
        (0...below(3)).map { _ in
            if chance(0.2) { return .image(.data(mediaType: "image/png", base64: "iVBORw0KGgo=")) }
            if chance(0.1) { return .image(.url("https://example.com/\(below(99)).webp?a=b")) }
            return .text(text())
        }
    }

    private mutating func result(of id: String) -> ChatToolResult {
        let object = JSONValue.object([.init(key: "found", value: .object(members()))]).compactText
        var result = ChatToolResult(callID: id, parts: [.text(chance(0.3) ? object : text())])
        if !families.contains(.openAI) {
            result.isError = chance(0.2)
            if result.isError { result.parts = [.text(text())] }
            if chance(0.1) { result.parts.append(.image(.data(mediaType: "image/webp", base64: "UklGRg=="))) }
        }
        return result
    }

    private mutating func sampling() -> ChatSampling {
        var sampling = ChatSampling()
        sampling.outputLimit = Stated(Int64(2000 + below(5000)))
        if chance(0.5) { sampling.temperature = ChatNumber("0.\(below(100) + 1)").map { Stated($0) } }
        if chance(0.3) { sampling.topP = ChatNumber("0.\(below(9) + 1)").map { Stated($0) } }
        if chance(0.3) { sampling.stops = Stated((0...below(4)).map { _ in text() }) }
        if chance(0.3), !families.contains(.openAI) { sampling.topK = Stated(Int64(below(100) + 1)) }
        guard !families.contains(.anthropic) else { return sampling }
        if chance(0.3) { sampling.seed = Stated(Int64(below(1_000_000)) - 500_000) }
        if chance(0.3) { sampling.frequencyPenalty = ChatNumber("-1.\(below(9))").map { Stated($0) } }
        if chance(0.3) { sampling.presencePenalty = ChatNumber("1e-1").map { Stated($0) } }
        return sampling
    }

    private mutating func format() -> Stated<ChatFormat> {
        if chance(0.2) { return Stated(.schema(ChatSchema(schema: schema()))) }
        return Stated(chance(0.2) && !families.contains(.anthropic) ? .json : .text)
    }

    private mutating func reasoning() -> ChatReasoning {
        var reasoning = ChatReasoning()
        switch below(5) {
        case 0: reasoning.amount = Stated(.off)
        case 1: reasoning.effort = Stated(pick([.low, .medium, .high, .xhigh]))
        case 2 where !families.contains(.openAI):
            reasoning.amount = Stated(chance(0.5) ? .adaptive : .budget(Int64(1024 + below(900))))
            if chance(0.5) { reasoning.isShown = Stated(chance(0.5)) }
        default: break
        }
        return reasoning
    }

    // MARK: Values

    private mutating func schema() -> JSONValue {
        let names = (0...below(3)).map { "p\($0)" }
        let properties = names.map { JSONValue.Member(key: $0, value: .members(["type": "string"])) }
        return .members([
            "type": "object", "properties": .object(properties), "required": .array(names.map(JSONValue.string)),
            "additionalProperties": .bool(false),
        ])
    }

    private mutating func members(depth: Int = 2) -> [JSONValue.Member] {
        (0..<below(3)).map { .init(key: "k\($0)", value: value(depth: depth)) }
    }

    private mutating func value(depth: Int) -> JSONValue {
        switch below(depth > 0 ? 6 : 4) {
        case 0: .null
        case 1: .bool(chance(0.5))
        case 2: .number(pick(["0", "-1.50", "1e22", "123456789012345678901234567890"]))
        case 3: .string(text())
        case 4: .array((0..<below(3)).map { _ in value(depth: depth - 1) })
        default: .object(members(depth: depth - 1))
        }
    }

    private mutating func text() -> String {
        let pieces = [
            "a", " b", "\"", "\\", "\n", "\t", "é", "😀", "</script>", "{\"", "data: ", "\u{1}", "\u{2028}", "0",
        ]
        return "t" + (0..<below(6)).map { _ in pick(pieces) }.joined()
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &numbers) }

    private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &numbers) < share }
}
