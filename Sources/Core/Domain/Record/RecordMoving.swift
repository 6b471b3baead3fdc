extension UsageRecord {
    /// The terms of a record.
    package static let termPaths: [any WritableKeyPath<UsageRecord, Term> & Sendable] = [
        \.source, \.provider, \.hostProvider, \.requestedModel, \.model, \.serviceTier, \.region, \.customer, \.feature,
        \.team, \.environment, \.credential, \.tags, \.experimentArm, \.priceBookVersion, \.baselineMethod, \.template,
        \.actionReason,
    ]

    /// The texts of a record.
    package static let textPaths: [any WritableKeyPath<UsageRecord, TextSpan> & Sendable] = [
        \.requestID, \.responseID, \.session, \.promptText, \.prompt.label, \.trace,
    ]

    /// The record as one of another batch: its texts, hashes and extras are copied there, its terms translated.
    package func moved(
        from source: RecordBatch, to target: inout RecordBatch, _ translate: TermTranslation
    ) -> UsageRecord {
        var record = self
        for path in Self.termPaths { record[keyPath: path] = translate(self[keyPath: path]) }
        for path in Self.textPaths where !self[keyPath: path].isEmpty {
            let span = self[keyPath: path]
            record[keyPath: path].start = UInt32(target.text.count)
            target.text += source.text[Int(span.start)..<(Int(span.start) + Int(span.count))]
        }
        record.prompt.prefix.start = UInt32(target.prefixHashes.count)
        target.prefixHashes += source.prefixHashes[prompt.prefix.range]
        record.extras.start = UInt32(target.extras.count)
        target.extras += source.extras[extras.range].map {
            ExtraUsage(kind: translate($0.kind), millionths: $0.millionths)
        }
        return record
    }
}
