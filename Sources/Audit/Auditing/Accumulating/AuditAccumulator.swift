package import Domain
internal import Ledger

/// Folds records into everything that an audit tells, in one pass and little memory.
package struct AuditAccumulator: RecordSink {
    private(set) var vocabulary = Vocabulary()
    private var translations: [Int: TermTranslation] = [:]
    private(set) var totals = UsageMeasures()
    private(set) var latency = LatencyHistogram()
    private(set) var timeToFirstToken = LatencyHistogram()
    private(set) var models = GroupTable()
    private(set) var modelPairs = PairTable()
    private(set) var features = GroupTable()
    private(set) var customers = GroupTable()
    private(set) var providerDays = ProviderDays()
    private(set) var deduplication: RecordDeduplication
    private(set) var prompts = PromptTable()
    private(set) var prefixReuse = PrefixReuse()
    private(set) var templates = TemplateTable()
    private(set) var untagged = UsageMeasures()
    private(set) var earliest: Timestamp?
    private(set) var latest: Timestamp?
    /// What bills and admin APIs said.
    package private(set) var controlTotals: [ControlTotal] = []
    private var totalOrdinals = RowOrdinals()
    private var totalIdentities: Set<UInt64> = []
    private let period: Period
    private(set) var outsidePeriod = 0
    /// The sum of what was loaded ahead; kept so that the loads are not optimised away.
    private var warmth: UInt64 = 0

    /// Creates an empty accumulator.
    ///
    /// - Parameters:
    ///   - period: records outside of it are left out; records without a time are kept.
    ///   - hasSeveralInputs: whether equal rows and responses may come twice.
    package init(period: Period = .always, hasSeveralInputs: Bool) {
        self.period = period
        deduplication = RecordDeduplication(hasSeveralInputs: hasSeveralInputs)
    }

    package mutating func take(_ batch: RecordBatch, from origin: BatchOrigin) {
        var translation = translations[origin.parser] ?? TermTranslation()
        translation.extend(from: batch.vocabulary, into: &vocabulary)
        translations[origin.parser] = translation
        for total in batch.controlTotals {
            let identity = totalOrdinals.identity(ofRow: total.identity, input: origin.input)
            if totalIdentities.insert(identity).inserted { controlTotals.append(total) }
        }
        batch.records.withUnsafeBufferPointer { records in
            for start in stride(from: 0, to: records.count, by: Self.warmingSize) {
                let range = start..<min(start + Self.warmingSize, records.count)
                for position in range {
                    warmth &+=
                        deduplication.warm(records[position].identity)
                        &+ prompts.warm(records[position].prompt.exact.high)
                }
                for position in range { take(records[position], of: batch, translation, input: origin.input) }
            }
        }
    }

    /// How many records' table slots are loaded ahead.
    private static let warmingSize = 32

    private mutating func take(_ record: UsageRecord, of batch: RecordBatch, _ translate: TermTranslation, input: Int) {
        guard !record.startedAt.isKnown || period.contains(record.startedAt) else {
            outsidePeriod += 1
            return
        }
        guard deduplication.isNew(record, source: translate(record.source), in: batch, input: input) else { return }
        let provider = translate(record.provider)
        let model = modelPairs.number(provider, translate(record.model))
        let customer = translate(record.customer)
        let feature = translate(record.feature)
        totals.add(record)
        models.add(record, to: model)
        features.add(record, to: feature)
        customers.add(record, to: customer)
        if customer.isAbsent, feature.isAbsent { untagged.add(record) }
        providerDays.add(record, provider: provider)
        addTimes(record)
        if !record.prompt.exact.isAbsent || record.prompt.prefix.count > 0 || !record.template.isAbsent {
            addPrompt(record, batch, translate, model: model)
        }
    }

    private mutating func addTimes(_ record: UsageRecord) {
        if record.countsAsRequest {
            latency.add(record.latency)
            timeToFirstToken.add(record.timeToFirstToken)
        }
        guard record.startedAt.isKnown else { return }
        earliest = min(earliest ?? record.startedAt, record.startedAt)
        latest = max(latest ?? record.startedAt, record.startedAt)
    }

    private mutating func addPrompt(
        _ record: UsageRecord, _ batch: RecordBatch, _ translate: TermTranslation, model: Term
    ) {
        guard record.countsAsRequest else { return }
        var isNew = true
        var reusable: Int64 = 0
        var prefixInput: Int64 = 0
        if !record.prompt.exact.isAbsent { isNew = prompts.add(record, in: batch) }
        if record.prompt.prefix.count > 0 {
            prefixInput = record.usage.totalInput
            reusable = prefixReuse.add(
                record, hashes: batch.prefixHashes[record.prompt.prefix.range], scope: UInt64(model.index))
        }
        if !record.template.isAbsent {
            templates.add(
                record, named: translate(record.template), model: model, isNewPrompt: isNew, prefixInput: prefixInput,
                reusable: reusable)
        } else if !record.promptText.isEmpty {
            let start = Int(record.promptText.start)
            templates.add(
                record, prompt: batch.text[start..<(start + Int(record.promptText.count))], model: model,
                isNewPrompt: isNew, prefixInput: prefixInput, reusable: reusable)
        }
    }

    /// Takes in what bills and admin APIs said.
    package mutating func addControlTotals(_ totals: [ControlTotal]) { controlTotals += totals }

    /// Books what is still waiting; to be called once, at the end.
    package mutating func finish() {
        templates.learn()
        providerDays.flush()
    }
}

/// What each provider's records come to, day by day, for comparison with bills.
struct ProviderDays: Sendable {
    /// Cost, tokens and requests of a day.
    struct Day: Sendable {
        var cost: Int64 = 0
        var tokens: Int64 = 0
        var requests: Int64 = 0
    }

    /// The days of one provider, the latest one at hand.
    private struct Series: Sendable {
        var days: [Int64: Day] = [:]
        var latest = Day()
        var latestDay: Int64 = .min

        mutating func turn(to day: Int64) {
            flush()
            latest = days[day] ?? Day()
            latestDay = day
        }

        mutating func flush() { if latestDay != .min { days[latestDay] = latest } }
    }

    /// By the provider's term.
    private var series: [Series] = []

    mutating func add(_ record: UsageRecord, provider: Term) {
        let index = Int(provider.index)
        while series.count <= index { series.append(Series()) }
        let day = record.startedAt.day
        if series[index].latestDay != day { series[index].turn(to: day) }
        series[index].latest.cost &+= record.cost.nanos
        series[index].latest.tokens &+= record.usage.total
        series[index].latest.requests &+= record.countsAsRequest ? 1 : 0
    }

    /// Books the sums that are kept at hand.
    mutating func flush() {
        for index in series.indices { series[index].flush() }
    }

    /// The days by provider; to be asked after ``flush()``.
    var days: [Term: [Int64: Day]] {
        Dictionary(
            uniqueKeysWithValues: series.enumerated().filter { !$1.days.isEmpty }.map {
                (Term(index: UInt32($0)), $1.days)
            })
    }
}
