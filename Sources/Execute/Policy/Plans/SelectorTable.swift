internal import Domain

/// A selector over terms: each name is compared once, then looked up by its number.
struct SelectorTable: Sendable {
    private enum Answer: UInt8 { case unknown, yes, no }

    private struct Dimension: Sendable {
        let contains: @Sendable (String) -> Bool
        let term: @Sendable (PolicyRequest) -> Term
        var answers: [Answer] = []

        mutating func contains(_ request: PolicyRequest, _ vocabulary: Vocabulary) -> Bool {
            let term = term(request)
            let index = Int(term.index)
            while answers.count <= index { answers.append(.unknown) }
            if answers[index] == .unknown {
                answers[index] = vocabulary.text(term).map(contains) ?? false ? .yes : .no
            }
            return answers[index] == .yes
        }
    }

    private var dimensions: [Dimension]
    private let inputTokens: ClosedRange<Int64>
    private let tools: ClosedRange<Int64>?

    init(_ selector: RequestSelector) {
        let all: [(Set<String>, @Sendable (PolicyRequest) -> Term)] = [
            (selector.features, { $0.feature }), (selector.customers, { $0.customer }), (selector.teams, { $0.team }),
            (selector.environments, { $0.environment }), (selector.providers, { $0.provider }),
            (selector.models, { $0.model }), (selector.templates, { $0.template }),
        ]
        dimensions = all.filter { !$0.0.isEmpty }.map { names, term in
            Dimension(contains: { names.contains($0) }, term: term)
        }
        (inputTokens, tools) = (selector.inputTokens, selector.tools)
        let tags = selector.tags
        if tags.isEmpty { return }
        dimensions.append(
            Dimension(
                contains: { text in text.split(separator: "\n").contains { tags.contains(String($0)) } },
                term: { $0.tags }))
    }

    /// Whether the selector means a request. The vocabulary may only grow from call to call.
    mutating func matches(_ request: PolicyRequest, _ vocabulary: Vocabulary) -> Bool {
        guard inputTokens.contains(request.inputTokens) else { return false }
        if let tools, !(request.tools.map(tools.contains) ?? false) { return false }
        for position in dimensions.indices where !dimensions[position].contains(request, vocabulary) { return false }
        return true
    }
}
