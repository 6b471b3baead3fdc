internal import Domain
internal import Providers

extension Exchange {
    /// What a span tells of the call.
    func finishedCall(_ outcome: CallOutcome) -> FinishedCall {
        let now = loop.now
        let target = targets.isEmpty ? nil : self.target
        return FinishedCall(
            traceParent: headers.traceParent, requestID: id.text, operation: route.surface.operation,
            provider: target?.upstream.billingProvider ?? "", requestedModel: facts.model,
            model: outcome.model ?? target?.model, responseID: outcome.responseID, startedAt: startedAt,
            latency: Int64((now - times.start) / 1_000),
            timeToFirstToken: times.firstByte > 0 ? Int64((times.firstByte - times.start) / 1_000) : -1,
            usage: outcome.usage, cost: outcome.costKind == .unpriced ? nil : outcome.cost,
            httpStatus: outcome.httpStatus, errorType: outcome.errorType, customer: caller.customer,
            feature: caller.feature, serverAddress: target?.address.host)
    }
}

extension APISurface {
    /// The operation, as the GenAI conventions name it.
    var operation: String {
        switch self {
        case .chatCompletions, .responses, .messages, .converse: "chat"
        case .completions: "text_completion"
        case .generateContent: "generate_content"
        case .embeddings, .geminiEmbeddings: "embeddings"
        default: name
        }
    }
}
