import Synchronization

/// What models are told for callers who say nothing, and how often each was called.
final class ToldModels: Sendable {
    private let told: [String: String]
    private let calls = Mutex<[String: Int]>([:])

    /// Reads names with what they are told: `gpt-4o-mini!wrong=3`.
    init(_ names: [String]) {
        let pairs = names.map { name in
            let parts = name.split(separator: "!", maxSplits: 1).map(String.init)
            return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
        }
        told = Dictionary(pairs) { $1 }
    }

    /// Whether none is told anything.
    var isEmpty: Bool { told.isEmpty }

    /// What a model is told.
    subscript(model: String) -> String { told[model] ?? "" }

    /// Counts a call of a model, from 1.
    func call(of model: String) -> Int {
        calls.withLock { calls in
            calls[model, default: 0] += 1
            return calls[model, default: 0]
        }
    }
}
