internal import Domain
internal import JSONScan

/// Reads whole answers of Converse and InvokeModel. Belongs to one event loop.
struct BedrockResponseScanner: ~Copyable {
    private enum Slot: Int, CaseIterable {
        case id, model, usage, tier, latency, milliseconds, prompt, generated, embedding
    }

    private static let plan = FieldPlan(
        slotCount: Slot.allCases.count,
        paths: [
            (["id"], Slot.id.rawValue), (["model"], Slot.model.rawValue), (["usage"], Slot.usage.rawValue),
            (["serviceTier", "type"], Slot.tier.rawValue), (["performanceConfig", "latency"], Slot.latency.rawValue),
            (["metrics", "latencyMs"], Slot.milliseconds.rawValue), (["prompt_token_count"], Slot.prompt.rawValue),
            (["inputTextTokenCount"], Slot.prompt.rawValue), (["generation_token_count"], Slot.generated.rawValue),
            (["embedding"], Slot.embedding.rawValue), (["embeddings"], Slot.embedding.rawValue),
            (["embeddingsByType"], Slot.embedding.rawValue),
        ])

    private var scanner = FieldScanner(plan: Self.plan)

    /// Reads an answer; one that is no object of JSON tells nothing.
    mutating func read(_ body: UnsafeBufferPointer<UInt8>) -> MeteredResponse {
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
            response.serviceTier = BedrockTier.name(serviceTier: text(.tier), latency: text(.latency))
            response.providerLatency = text(.milliseconds).flatMap { Int64($0) }
            if let usage = values[Slot.usage.rawValue].tree(in: body) {
                response.takeBedrock(usage: usage)
            } else {
                let isEmbedding = !values[Slot.embedding.rawValue].isMissing
                response.take(prompt: text(.prompt), generated: text(.generated) ?? (isEmbedding ? "0" : nil))
            }
            response.isEmbedding = !values[Slot.embedding.rawValue].isMissing
        }
        response.generatedBytes = response.usageSource == .reported ? 0 : GeneratedText.length(inBedrock: body)
        return response
    }
}

extension MeteredResponse {
    /// Takes over a usage in any of the shapes that models on Bedrock have.
    mutating func takeBedrock(usage: JSONValue) {
        take { () throws(UsageProblem) in try BedrockUsage.ofMaker(usage) }
        serviceTier = serviceTier ?? usage["service_tier"]?.text
    }

    /// Takes over counts that stand beside the text.
    fileprivate mutating func take(prompt: String?, generated: String?) {
        let members = [("prompt_token_count", prompt), ("generation_token_count", generated)].compactMap { key, text in
            text.map { JSONValue.Member(key: key, value: .number($0)) }
        }
        guard !members.isEmpty else { return }
        take { () throws(UsageProblem) in try BedrockUsage.meta(.object(members)) }
    }
}
