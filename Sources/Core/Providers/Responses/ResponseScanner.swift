internal import Domain
internal import JSONScan

/// Reads usage, model and id off whole answers. Belongs to one event loop; the rest of an answer is stepped over.
package struct ResponseScanner: ~Copyable {
    private enum Slot: Int, CaseIterable { case id, model, tier, usage, created, output, error }

    private static let plan = FieldPlan(
        slotCount: Slot.allCases.count,
        paths: [
            (["id"], Slot.id.rawValue), (["responseId"], Slot.id.rawValue), (["model"], Slot.model.rawValue),
            (["modelVersion"], Slot.model.rawValue), (["service_tier"], Slot.tier.rawValue),
            (["usage"], Slot.usage.rawValue), (["usageMetadata"], Slot.usage.rawValue),
            (["created"], Slot.created.rawValue), (["created_at"], Slot.created.rawValue),
            (["output"], Slot.output.rawValue), (["candidates"], Slot.output.rawValue),
            (["error"], Slot.error.rawValue),
        ])

    private var scanner = FieldScanner(plan: Self.plan)
    private var bedrock = BedrockResponseScanner()

    /// Creates a scanner.
    package init() {}

    /// Reads an answer; one that is no object of JSON tells nothing.
    package mutating func read(_ surface: APISurface, _ body: UnsafeBufferPointer<UInt8>) -> MeteredResponse {
        if surface == .converse || surface == .invokeModel { return bedrock.read(body) }
        var response = MeteredResponse()
        response.reachedEnd = true
        do throws(JSONScanError) {
            try scanner.start(body)
            try scanner.next(in: 0..<body.count)
        } catch { return response }
        scanner.withValues { values in
            func text(_ slot: Slot) -> String? { values[slot.rawValue].text(in: body) }
            response.responseID = text(.id)
            response.model = text(.model)
            response.serviceTier = text(.tier)
            response.createdAt = text(.created).flatMap { Int64($0) }.map { Timestamp(seconds: $0) }
            response.take(usage: values[Slot.usage.rawValue].tree(in: body), surface)
            response.countPieces(values[Slot.output.rawValue].slice(of: body), surface)
        }
        response.generatedBytes = response.usageSource == .reported ? 0 : GeneratedText.length(in: body)
        return response
    }
}

extension MeteredResponse {
    /// Takes over a usage object, and what stands beside the tokens in it.
    mutating func take(usage object: JSONValue?, _ surface: APISurface) {
        guard let object, object.members.isEmpty == false else { return }
        take { () throws(UsageProblem) in
            switch surface {
            case .responses: try OpenAIUsage.responses(object)
            case .messages: try AnthropicUsage.read(object)
            case .generateContent, .geminiEmbeddings: try GeminiUsage.read(object)
            default: try ProviderUsage.read(object)
            }
        }
        serviceTier =
            serviceTier ?? object["service_tier"]?.text ?? object["serviceTier"]?.text ?? object["trafficType"]?.text
        region = region ?? object["inference_geo"]?.text
        let tools = object["server_tool_use"]
        for (key, kind) in [("web_search_requests", "web_search"), ("web_fetch_requests", "web_fetch")] {
            guard let count = tools?[key]?.integer, count > 0 else { continue }
            extras.removeAll { $0.kind == kind }
            extras.append(PieceUsage(kind, count: count))
        }
    }

    /// Counts the provider's own tools in what was generated.
    mutating func countPieces(_ output: UnsafeBufferPointer<UInt8>, _ surface: APISurface) {
        guard surface == .responses || surface == .generateContent, !output.isEmpty else { return }
        let marks =
            surface == .responses
            ? [("\"web_search_call\"", "web_search"), ("\"file_search_call\"", "file_search_call")]
            : [("\"webSearchQueries\"", "web_search")]
        for (mark, kind) in marks {
            let count = ByteSearch.count(of: mark, in: output)
            if count > 0 { extras.append(PieceUsage(kind, count: Int64(surface == .responses ? count : 1))) }
        }
    }
}

extension FieldValue {
    fileprivate func slice(of body: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: body[Int(start)..<(Int(start) + Int(count))])
    }

    func text(in body: UnsafeBufferPointer<UInt8>) -> String? {
        switch kind {
        case .string, .number: count == 0 ? nil : String(decoding: slice(of: body), as: UTF8.self)
        default: nil
        }
    }

    func tree(in body: UnsafeBufferPointer<UInt8>) -> JSONValue? {
        kind == .object ? try? JSONValue.parse(slice(of: body)) : nil
    }
}
