internal import Domain
internal import Prompts

/// What prompt templates cost: those that the source names, and those mined from prompts' texts.
struct TemplateTable: Sendable {
    /// What is known of the records of one template.
    struct Totals: Sendable {
        var measures = UsageMeasures()
        var duplicateCost: Int64 = 0
        var distinctPrompts: Int64 = 0
        /// Input tokens of requests whose prefix is known.
        var prefixInput: Int64 = 0
        /// Of these, what a five-minute cache could have read.
        var reusable: Int64 = 0
        var costByModel: [Term: Int64] = [:]

        mutating func add(_ record: UsageRecord, model: Term, isNewPrompt: Bool, prefixInput: Int64, reusable: Int64) {
            measures.add(record)
            if isNewPrompt { distinctPrompts &+= 1 } else { duplicateCost &+= record.cost.nanos }
            self.prefixInput &+= prefixInput
            self.reusable &+= reusable
            costByModel[model, default: 0] &+= record.cost.nanos
        }

        static func += (a: inout Totals, b: Totals) {
            a.measures += b.measures
            a.duplicateCost &+= b.duplicateCost
            a.distinctPrompts &+= b.distinctPrompts
            a.prefixInput &+= b.prefixInput
            a.reusable &+= b.reusable
            a.costByModel.merge(b.costByModel) { $0 &+ $1 }
        }
    }

    private struct Waiting: Sendable {
        let prompt: [UInt8]
        var totals: Totals
    }

    /// Prompts without a template are gathered until there are this many, then templates are learned from them.
    static let learningSize = 4096

    private var trie = TemplateTrie()
    private(set) var mined: [Totals] = []
    private(set) var named: [Term: Totals] = [:]
    private(set) var unmatched = Totals()
    private var waiting: [Waiting] = []
    /// After fruitless learning only every n-th unmatched prompt is gathered.
    private var stride = 1
    private var skipped = 0

    /// The templates behind `mined`.
    var templates: [PromptTemplate] { trie.templates }

    /// Takes in a record whose source names its template.
    mutating func add(
        _ record: UsageRecord, named template: Term, model: Term, isNewPrompt: Bool, prefixInput: Int64, reusable: Int64
    ) {
        named[template, default: Totals()].add(
            record, model: model, isNewPrompt: isNewPrompt, prefixInput: prefixInput, reusable: reusable)
    }

    /// Takes in a record with its prompt's text.
    mutating func add(
        _ record: UsageRecord, prompt: ArraySlice<UInt8>, model: Term, isNewPrompt: Bool, prefixInput: Int64,
        reusable: Int64
    ) {
        if let template = prompt.withUnsafeBufferPointer({ trie.match($0) }) {
            mined[template].add(
                record, model: model, isNewPrompt: isNewPrompt, prefixInput: prefixInput, reusable: reusable)
            return
        }
        var totals = Totals()
        totals.add(record, model: model, isNewPrompt: isNewPrompt, prefixInput: prefixInput, reusable: reusable)
        skipped += 1
        guard skipped >= stride else {
            unmatched += totals
            return
        }
        skipped = 0
        waiting.append(Waiting(prompt: Array(prompt), totals: totals))
        if waiting.count >= Self.learningSize { learn() }
    }

    /// Learns from the prompts gathered so far and books them.
    mutating func learn() {
        let known = trie.templates.count
        trie.learn(from: waiting.map(\.prompt))
        mined += Array(repeating: Totals(), count: trie.templates.count - known)
        for entry in waiting {
            if let template = entry.prompt.withUnsafeBufferPointer({ trie.match($0) }) {
                mined[template] += entry.totals
            } else {
                unmatched += entry.totals
            }
        }
        waiting.removeAll(keepingCapacity: true)
        stride = trie.templates.count == known ? min(stride * 2, 64) : 1
    }
}
