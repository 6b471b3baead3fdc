internal import Domain

extension MeteredResponse {
    /// Takes over what the headers of Bedrock's answers say: its id of the request, as its own logs have it, how the
    /// call was served, and the counts of InvokeModel.
    ///
    /// Counts in a body win where they tell of the cache: they may tell more of it than the headers, namely how long
    /// written tokens stay. Others come from the maker of the model, and Bedrock bills by its own.
    ///
    /// - Parameter header: the value of a header, named in lower case.
    package mutating func takeBedrock(headers header: (String) -> String?) {
        responseID = header("x-amzn-requestid") ?? responseID
        serviceTier =
            BedrockTier.name(
                serviceTier: header("x-amzn-bedrock-service-tier"),
                latency: header("x-amzn-bedrock-performanceconfig-latency")) ?? serviceTier
        providerLatency = header("x-amzn-bedrock-invocation-latency").flatMap { Int64($0) } ?? providerLatency
        if usageSource == .reported, usage.cacheRead.isKnown { return }
        func count(_ name: String) -> TokenCount {
            let stated = header("x-amzn-bedrock-\(name)-token-count").flatMap { Int64($0) } ?? -1
            return stated < 0 ? .unknown : TokenCount(stated)
        }
        let input = count("input")
        let output = isEmbedding ? count("output").orNone() : count("output")
        guard input.isKnown, output.isKnown else { return }
        usage = TokenUsage(
            uncachedInput: input, cacheRead: count("cache-read-input").orNone(),
            cacheWrite5m: count("cache-write-input").orNone(), cacheWrite1h: .zero, output: output,
            reasoning: usage.reasoning)
        (usageSource, problem) = (.reported, nil)
    }
}
