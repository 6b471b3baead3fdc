package import Domain
internal import JSONScan
package import Pricing
package import Prompts

/// Turns rows into records: interns names, keeps texts, prices, and collects diagnostics.
///
/// Each parser has one; what it builds is a batch with its own vocabulary.
package struct RecordBuilder {
    /// What has been built since the last chunk.
    package var batch = RecordBatch()
    /// What was noticed since the last chunk; lines count from the chunk's start.
    package var diagnostics = Diagnostics()
    /// The line that is being read, from 0 at the chunk's start.
    package internal(set) var line = 0
    /// The source's name.
    package let source: Term
    /// Whether texts of prompts are wanted, for templates.
    package let keepsPromptText: Bool
    private let sourceSeed: UInt64
    private let promptKey: PromptKey
    private var pricer: Pricer
    private var meters: MeterMemory
    private var scratch: [UInt8] = []
    private var folded: [UInt8] = []

    /// Creates a builder.
    package init(source: String, prices: PriceBook, promptKey: PromptKey, keepsPromptText: Bool) {
        self.source = batch.vocabulary.term(source)
        self.keepsPromptText = keepsPromptText
        self.promptKey = promptKey
        sourceSeed = ByteHash.hash(source)
        pricer = Pricer(book: prices)
        meters = MeterMemory(book: prices)
    }

    // MARK: Names and texts

    /// The term of a field's text.
    package mutating func term(_ row: FieldRow, _ slot: Int) -> Term {
        let value = row.values[slot]
        switch value.kind {
        case .string, .number: return batch.vocabulary.term(row.base + Int(value.start), count: Int(value.count))
        case .absent, .null: return .absent
        default: return row.string(slot).map { batch.vocabulary.term($0) } ?? .absent
        }
    }

    /// The term of a text.
    package mutating func term(_ text: String?) -> Term { batch.vocabulary.term(text) }

    /// Keeps the text of a field.
    package mutating func text(_ row: FieldRow, _ slot: Int) -> TextSpan {
        if row.isMissing(slot) { return .empty }
        return row.withText(slot, scratch: &scratch) { batch.append($0) }
    }

    // MARK: Diagnostics

    /// Notes something about the row at hand.
    package mutating func note(_ code: String, _ message: String, severity: Diagnostic.Severity = .warning) {
        diagnostics.add(Diagnostic(code, message, severity: severity, line: line + 1))
    }

    // MARK: Meters

    /// What the name of a meter says; names whose words are not all known are noted.
    ///
    /// - Parameter product: the product that the meter belongs to, as the bill names it.
    package mutating func meter(_ text: String, _ dialect: MeterDialect, product: String? = nil) -> MeterResult {
        let result = meters.read(text, dialect, product: product)
        if !result.unknownWords.isEmpty {
            note(
                "unknown_meter",
                "The meter \"\(text)\" has words that are not known: \(result.unknownWords.joined(separator: ", ")). "
                    + "Its amount counts; its model and tokens are left open. A new model becomes known with --prices.")
        }
        return result
    }

    /// The price book's name of a model that another source names; `nil` where it is not known for sure.
    package mutating func bookModel(_ name: String, _ dialect: MeterDialect) -> String? {
        meters.model(named: name, dialect)
    }

    // MARK: Identity

    /// Identifies a record by its id in the source.
    package mutating func identify(_ record: inout UsageRecord, _ row: FieldRow, id slot: Int) {
        if row.isMissing(slot) {
            record.identity =
                row.whole.baseAddress.map {
                    ByteHash.hash($0, count: row.whole.count, seed: sourceSeed)
                } ?? 0
            record.hasSourceID = false
        } else {
            let raw = row.raw(slot)
            record.identity = raw.baseAddress.map { ByteHash.hash($0, count: raw.count, seed: sourceSeed) } ?? 0
            record.hasSourceID = true
        }
    }

    /// Identifies a record by an id that had to be put together.
    package func identify(_ record: inout UsageRecord, id: String) {
        record.identity = ByteHash.hash(id, seed: sourceSeed)
        record.hasSourceID = true
    }

    // MARK: Prompts

    /// Takes a prompt's text: hashes it exactly, normalised and by prefix blocks.
    package mutating func prompt(_ row: FieldRow, _ slot: Int, into record: inout UsageRecord) {
        if row.isMissing(slot) { return }
        let keepsText = keepsPromptText
        var scratch = self.scratch
        row.withText(slot, scratch: &scratch) { bytes in
            identifyPrompt(bytes, into: &record)
            if keepsText { record.promptText = batch.append(UnsafeBufferPointer(rebasing: bytes.prefix(2048))) }
        }
        self.scratch = scratch
    }

    /// Takes a prompt's text that had to be put together; see ``prompt(_:_:into:)``.
    package mutating func prompt(_ text: String, into record: inout UsageRecord) {
        if text.isEmpty { return }
        var text = text
        text.withUTF8 { bytes in
            identifyPrompt(bytes, into: &record)
            if keepsPromptText { record.promptText = batch.append(UnsafeBufferPointer(rebasing: bytes.prefix(2048))) }
        }
    }

    private mutating func identifyPrompt(_ bytes: UnsafeBufferPointer<UInt8>, into record: inout UsageRecord) {
        record.prompt.exact = promptKey.hash(UnsafeRawBufferPointer(bytes))
        folded.removeAll(keepingCapacity: true)
        PromptNormalisation.append(bytes, to: &folded)
        record.prompt.normalised = folded.withUnsafeBytes { promptKey.hash($0) }
        let start = batch.prefixHashes.count
        let count = PrefixBlocks.append(bytes, to: &batch.prefixHashes)
        record.prompt.prefix = ItemSpan(start: UInt32(start), count: UInt32(count))
    }

    /// Takes a prompt's hash as the source writes it; hexadecimal ones keep their digits, others their text.
    package mutating func promptHash(_ row: FieldRow, _ slot: Int, into record: inout UsageRecord) {
        if row.isMissing(slot) { return }
        let raw = row.raw(slot)
        if let hash = PromptHash(hexadecimal: raw) {
            record.prompt.exact = hash
        } else {
            record.prompt.exact = promptKey.hash(UnsafeRawBufferPointer(raw))
            record.prompt.label = text(row, slot)
        }
    }

    /// Takes a list of block hashes: a JSON array of numbers or strings.
    package mutating func prefixHashes(
        _ row: FieldRow, _ slot: Int, blockTokens: UInt32, into record: inout UsageRecord
    ) {
        guard row[slot].kind == .array || row[slot].kind == .string || row[slot].kind == .quotedCell else { return }
        let start = batch.prefixHashes.count
        HashList.append(row.raw(slot), to: &batch.prefixHashes)
        record.prompt.prefix = ItemSpan(start: UInt32(start), count: UInt32(batch.prefixHashes.count - start))
        record.prompt.prefixBlockTokens = blockTokens
    }

    // MARK: Finishing

    /// Names the provider, prices the record where its cost is not known, and keeps it.
    package mutating func finish(_ record: inout UsageRecord) {
        record.source = source
        if record.usageSource == .absent { record.usageSource = UsageSource(of: record.usage) }
        if record.startedAt.isKnown, record.startedAt.isRelative {
            note(
                "relative_time", "Times count from the start of a trace; they are shown from 1970-01-01.",
                severity: .note)
        }
        pricer.resolveProvider(of: &record, vocabulary: &batch.vocabulary)
        if record.costKind == .reported, record.cost > FieldRow.dearest || record.cost < .zero {
            (record.costKind, record.cost) = (.unpriced, .zero)
            note("implausible_cost", "A cost is negative or above a million USD; the price book was applied instead.")
        }
        // A refused call costs nothing, whatever it had asked for.
        let wasZero =
            record.costKind == .reported && record.cost == .zero && record.usage.total > 0 && record.status != .refused
        if wasZero {
            record.costKind = .unpriced
            note("zero_cost_repriced", "The cost is 0 although tokens were used; the price book was applied instead.")
        }
        if record.costKind == .unpriced { price(&record) }
        batch.records.append(record)
    }

    private mutating func price(_ record: inout UsageRecord) {
        switch pricer.price(record, vocabulary: &batch.vocabulary, extras: batch.extras[record.extras.range]) {
        case .success(let cost):
            record.cost = cost
            record.costKind = .priced
            record.priceBookVersion = pricer.version
        case .failure(let error):
            record.cost = .zero
            if record.status == .ok, record.usage.total > 0 || error.gap != .unknownUsage { explain(error.gap, record) }
        }
    }

    private mutating func explain(_ gap: PricingGap, _ record: UsageRecord) {
        let model = batch.vocabulary.text(record.model)
        let name = [batch.vocabulary.text(record.provider), model].compactMap(\.self).joined(separator: "/")
        let help = "add it to a file for --prices"
        switch gap {
        case .unknownModel where model == nil: note("no_model", "No model is named, so there is no price.")
        case .unknownModel: note(gap.code, "The price book does not have \(name); \(help).")
        case .notYetPriced: note(gap.code, "The price book has no price for \(name) at that time; \(help).")
        case .tier(let tier): note(gap.code, "The price book has no \(tier) price for \(name); \(help).")
        case .bucket(let bucket): note(gap.code, "The price book has no \(bucket) price for \(name); \(help).")
        case .unknownUsage: note(gap.code, "The row does not give both input and output tokens, so it has no price.")
        case .overflow: note(gap.code, "The cost of a row does not fit into 9.2 billion USD.")
        }
    }
}

extension UsageSource {
    /// What a reported usage is: complete, with some buckets unknown, or absent.
    package init(of usage: TokenUsage) {
        var known = usage.uncachedInput.isKnown ? 1 : 0
        if usage.cacheRead.isKnown { known += 1 }
        if usage.cacheWrite5m.isKnown { known += 1 }
        if usage.cacheWrite1h.isKnown { known += 1 }
        if usage.output.isKnown { known += 1 }
        self = known == 0 ? .absent : known == 5 ? .reported : .partial
    }
}
