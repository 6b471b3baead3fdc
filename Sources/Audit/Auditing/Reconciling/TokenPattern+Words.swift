extension TokenPattern {
    /// Its name among the causes.
    var cause: Reconciliation.Cause {
        switch self {
        case .cachedAsInput: .cachedAsInput
        case .cachedTwice: .cachedTwice
        case .reasoningMissing: .reasoning
        case .usageMissing: .usage
        }
    }

    /// The cause in a sentence.
    func detail(_ models: String, tokens: Int64, calls: Int64) -> String {
        switch self {
        case .cachedAsInput:
            "Tokens of a cache are recorded as uncached input for \(models): the tool drops the cache's counts, often those of streams; have it send them."
        case .cachedTwice:
            "\(tokens) tokens of a cache are recorded as uncached input of \(models) as well: the tool adds the cache to an input that already includes it; import it under the format that subtracts it."
        case .reasoningMissing:
            "\(tokens) tokens of reasoning of \(models) are not in the output that records have: the tool reports them by themselves; output includes them."
        case .usageMissing:
            "\(calls) calls of \(models) have no usage, and the bill charges \(tokens) tokens: streams that were cut off, or whose last piece with the usage nobody read."
        }
    }
}
