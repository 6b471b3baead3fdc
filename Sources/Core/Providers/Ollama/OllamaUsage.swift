package import Domain
package import JSONScan

/// The counts in the last object of Ollama's own API. Counts that are zero are left out.
package enum OllamaUsage {
    /// Keys that only this shape has.
    static let keys = ["prompt_eval_count", "eval_count"]

    /// Reads the object with `done: true`. How much of the prompt came from the cache is not given.
    package static func read(_ usage: JSONValue) throws(UsageProblem) -> TokenUsage {
        TokenUsage(
            uncachedInput: try usage.tokens(["prompt_eval_count"]).orNone(), cacheRead: .unknown, cacheWrite5m: .zero,
            cacheWrite1h: .zero, output: try usage.tokens(["eval_count"]).orNone())
    }
}
