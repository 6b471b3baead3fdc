internal import Domain
internal import JSONScan
internal import NIOCore
internal import NIOHTTP1
internal import Providers

/// A request as it goes to an upstream: the caller's, with its key exchanged, and changed only where it has to be.
struct OutgoingRequest {
    let head: HTTPRequestHead
    let body: ByteBuffer?

    init(of exchange: Exchange) {
        self = exchange.target.wire.map { Self(exchange, exchange.target, $0) } ?? Self(asSent: exchange)
    }

    /// The request in the caller's own words.
    private init(asSent exchange: Exchange) {
        let target = exchange.target
        var edits = BodyEdits(facts: exchange.facts)
        if let model = target.model, model != exchange.facts.model { edits.rename(model: model) }
        if exchange.hidesUsageChunk { edits.includeUsage() }
        if let body = exchange.body, exchange.route.family == .openAI { edits.leaveOutCacheWishes(of: body) }
        if let limit = exchange.addedOutputLimit {
            edits.limitOutput(limit, surface: exchange.route.surface, target)
        }
        body = exchange.body.map { exchange.alignedForPromptCache(edits.isEmpty ? $0 : edits.applied(to: $0)) }
        var head = HTTPRequestHead(
            version: .http1_1, method: exchange.head.method, uri: Self.uri(of: exchange, target))
        head.headers = exchange.headers.forwarded
        // Another request, perhaps another account.
        if target.rule != nil {
            for name in ["idempotency-key", "openai-organization", "openai-project"] { head.headers.remove(name: name) }
        }
        head.headers.add(name: "host", value: target.address.hostHeader)
        head.headers.add(name: "accept-encoding", value: "identity")
        if let body {
            head.headers.add(name: "content-length", value: String(body.readableBytes))
        } else if exchange.head.method == .POST || exchange.head.method == .PUT {
            head.headers.add(name: "content-length", value: "0")
        }
        for (name, value) in target.upstream.headers { head.headers.replaceOrAdd(name: name, value: value) }
        Self.authorise(&head, body, exchange, target)
        self.head = head
    }

    /// The request in its target's words.
    private init(_ exchange: Exchange, _ target: CallTarget, _ wire: CallWire) {
        var head = HTTPRequestHead(
            version: .http1_1, method: .POST, uri: target.address.pathPrefix + wire.request.path)
        for (name, value) in exchange.headers.forwarded where wire.request.passes(header: name) {
            head.headers.add(name: name, value: value)
        }
        for (name, value) in wire.request.headers { head.headers.replaceOrAdd(name: name, value: value) }
        head.headers.replaceOrAdd(name: "host", value: target.address.hostHeader)
        head.headers.replaceOrAdd(name: "accept-encoding", value: "identity")
        head.headers.add(name: "content-length", value: String(wire.body.readableBytes))
        for (name, value) in target.upstream.headers { head.headers.replaceOrAdd(name: name, value: value) }
        Self.authorise(&head, wire.body, exchange, target)
        (self.head, body) = (head, wire.body)
    }

    /// The path behind the upstream's prefix, without a key in its query, and with the upstream's own model name.
    private static func uri(of exchange: Exchange, _ target: CallTarget) -> String {
        if exchange.route.family == .bedrock { return bedrockURI(of: exchange, target) }
        let whole = exchange.head.uri
        if whole.hasPrefix("/v1/"), !whole.utf8.contains(UInt8(ascii: "?")), exchange.route.model == nil {
            return target.address.pathPrefix + whole
        }
        let parts = whole.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var path = String(parts.first ?? "/")
        if exchange.route.family == .openAI, !exchange.route.isAzure, !path.hasPrefix("/v1") { path = "/v1" + path }
        if let asked = exchange.route.model, let model = target.model, asked != model {
            path = path.replacing("/\(asked)", with: "/\(model)", maxReplacements: 1)
        }
        let query = parts.dropFirst().first?.split(separator: "&").filter { !$0.hasPrefix("key=") } ?? []
        return target.address.pathPrefix + path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    /// Adds the upstream's credential in the way of its API. Without one, a key of the caller's that is not ours is
    /// taken for the provider's and passed on.
    private static func authorise(
        _ head: inout HTTPRequestHead, _ body: ByteBuffer?, _ exchange: Exchange, _ target: CallTarget
    ) {
        let upstream = target.upstream
        if let key = upstream.accessKey, let region = upstream.region {
            return sign(&head, body, with: key, region: region, at: exchange.loop.core.clock())
        }
        // A key for one provider is none for another, and a signature was made for another address: neither it nor the
        // id in it is passed on.
        let mayPass =
            exchange.caller.key == nil && target.rule == nil && exchange.errand == nil && !exchange.headers.isSigned
        let own = mayPass ? exchange.headers.keys.first : nil
        guard let secret = exchange.loop.credential(of: upstream)?.value ?? own else { return }
        switch upstream.kind {
        case .openAI, .openAICompatible, .bedrock:
            head.headers.replaceOrAdd(name: "authorization", value: "Bearer " + secret)
        case .anthropic: head.headers.replaceOrAdd(name: "x-api-key", value: secret)
        case .gemini: head.headers.replaceOrAdd(name: "x-goog-api-key", value: secret)
        case .azure: head.headers.replaceOrAdd(name: "api-key", value: secret)
        }
    }
}

/// Changes to a body, by where they are: everything else stays byte for byte.
struct BodyEdits {
    private let facts: RequestFacts
    private var replacements: [(range: Range<Int>, text: String)] = []
    /// Members to add before the first.
    private var additions: [String] = []

    init(facts: RequestFacts) { self.facts = facts }

    /// Whether there is nothing to change.
    var isEmpty: Bool { replacements.isEmpty && additions.isEmpty }

    /// Names the model as the upstream calls it.
    mutating func rename(model: String) {
        guard facts.modelValue.kind != .absent else { return }
        let start = Int(facts.modelValue.start)
        replacements.append((start..<(start + Int(facts.modelValue.count)), JSONText.escaped(model)))
    }

    /// Asks for the usage of a stream.
    mutating func includeUsage() {
        let options = facts.streamOptions
        let range = Int(options.start)..<(Int(options.start) + Int(options.count))
        switch options.kind {
        case .absent: additions.append("\"stream_options\":{\"include_usage\":true}")
        case .object where options.count > 2:
            // Behind the brace: of a key given twice the last counts, so what the caller says comes first and ours last.
            replacements.append(((range.upperBound - 1)..<range.upperBound, ",\"include_usage\":true}"))
        default: replacements.append((range, "{\"include_usage\":true}"))
        }
    }

    /// Leaves out what was meant for a cache of ours: providers refuse what they do not know.
    mutating func leaveOutCacheWishes(of body: ByteBuffer) {
        guard facts.cacheValue.kind == .object,
            let bytes = body.getBytes(at: body.readerIndex, length: body.readableBytes)
        else { return }
        var (start, end) = (Int(facts.cacheValue.start), Int(facts.cacheValue.start) + Int(facts.cacheValue.count))
        // Back over the colon and the key to where the member begins.
        start -= Array(bytes[..<start].reversed()).firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? 0
        var quotes = 0
        while start > 0, quotes < 2 {
            start -= 1
            if bytes[start] == UInt8(ascii: "\"") { quotes += 1 }
        }
        // One comma goes with it: the next one, or for the last member the one before.
        let isBlank = { (byte: UInt8) in byte <= 0x20 }
        let next = bytes[end...].firstIndex { !isBlank($0) } ?? end
        let before = bytes[..<start].lastIndex { !isBlank($0) } ?? start
        if bytes[next] == UInt8(ascii: ",") {
            end = next + 1
        } else if bytes[before] == UInt8(ascii: ",") {
            start = before
        }
        replacements.append((start..<end, ""))
    }

    /// Limits the output, in the words of the API.
    mutating func limitOutput(_ tokens: Int64, surface: APISurface, _ target: CallTarget) {
        switch surface {
        case .chatCompletions:
            additions.append(
                "\"\(target.upstream.kind == .openAICompatible ? "max_tokens" : "max_completion_tokens")\":\(tokens)")
        case .completions, .messages: additions.append("\"max_tokens\":\(tokens)")
        case .responses: additions.append("\"max_output_tokens\":\(tokens)")
        case .generateContent: limit(tokens, in: "generationConfig", "maxOutputTokens")
        case .converse: limit(tokens, in: "inferenceConfig", "maxTokens")
        case .invokeModel:
            switch BedrockModel.outputLimit(of: target.pricedModel ?? "") {
            case .member(let key): additions.append("\"\(key)\":\(tokens)")
            case .nested(let object, let key): limit(tokens, in: object, key)
            case nil: break
            }
        default: break
        }
    }

    /// Limits the output by a member of the object that does so, or of a new one.
    private mutating func limit(_ tokens: Int64, in object: String, _ key: String) {
        let stated = object == "textGenerationConfig" ? facts.textGenerationConfig : facts.generationConfig
        guard let found = stated else {
            additions.append("\"\(object)\":{\"\(key)\":\(tokens)}")
            return
        }
        let start = Int(found.start)
        replacements.append(((start + 1)..<(start + 1), "\"\(key)\":\(tokens)\(found.count > 2 ? "," : "")"))
    }

    /// The changed body.
    func applied(to body: ByteBuffer) -> ByteBuffer {
        var edits = replacements
        if !additions.isEmpty {
            let text = additions.joined(separator: ",") + (facts.isEmpty ? "" : ",")
            edits.append((facts.firstMember..<facts.firstMember, text))
        }
        edits.sort { $0.range.lowerBound < $1.range.lowerBound }
        var result = ByteBufferAllocator().buffer(
            capacity: body.readableBytes + edits.reduce(0) { $0 + $1.text.utf8.count })
        let start = body.readerIndex
        var position = 0
        for edit in edits {
            if let slice = body.getSlice(at: start + position, length: edit.range.lowerBound - position) {
                result.writeImmutableBuffer(slice)
            }
            result.writeString(edit.text)
            position = edit.range.upperBound
        }
        if let slice = body.getSlice(at: start + position, length: body.readableBytes - position) {
            result.writeImmutableBuffer(slice)
        }
        return result
    }
}
