internal import Domain
internal import NIOCore
internal import NIOHTTP1
internal import Providers

extension Exchange {
    /// Whether the body is JSON that says what is asked for.
    var hasGovernedBody: Bool { route.surface.isMetered || route.surface == .countTokens }

    /// Reads what the body asks for.
    func fingerprint() throws(CallerError) {
        facts.model = route.model
        facts.streams = route.streams
        guard hasGovernedBody, head.method == .POST else { return }
        guard let body, body.readableBytes > 0 else {
            throw CallerError(
                status: 400, code: "invalid_request", message: "The body is empty; a JSON object was expected.")
        }
        let read = body.withUnsafeReadableBytes { raw in
            Result { () throws(RequestProblem) in
                try loop.requests.facts(of: raw.bindMemory(to: UInt8.self), route: route)
            }
        }
        do { facts = try read.get() } catch {
            throw CallerError(status: 400, code: "invalid_request", message: error.message, parameter: error.parameter)
        }
        if route.family == .bedrock {
            facts.takeBedrock(
                serviceTier: head.headers.first(name: "x-amzn-bedrock-service-tier"),
                latency: head.headers.first(name: "x-amzn-bedrock-performanceconfig-latency"))
        }
        guard facts.model != nil else {
            throw CallerError(
                status: 400, code: "invalid_request", message: "\"model\" is missing; it is needed to price the call.",
                parameter: "model")
        }
        try attributeByBody()
        try checkModel()
    }

    private func checkModel() throws(CallerError) {
        guard let key = caller.key, !key.models.isEmpty, let model = facts.model else { return }
        guard key.models.contains(where: { ModelPattern.matches($0, model) }) else {
            throw CallerError(
                status: 403, code: "model_not_allowed",
                message: "The key \(key.id) may not call the model \"\(model)\".",
                parameter: "model")
        }
    }

    /// Computes the prompt's identity; done while the upstream works on its answer, and off the way of the request.
    func identifyPrompt() {
        guard let body, !facts.promptRanges.isEmpty, prompt.exact.isAbsent else { return }
        var record = UsageRecord()
        body.withUnsafeReadableBytes { raw in
            loop.identities.identify(
                &record, body: raw.bindMemory(to: UInt8.self), ranges: facts.promptRanges, key: loop.core.promptKey,
                batch: &loop.batch)
        }
        prompt = record.prompt
        promptBlocks = Array(loop.batch.prefixHashes[record.prompt.prefix.range])
        loop.batch.removeRecords()
    }
}
