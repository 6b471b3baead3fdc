internal import Domain
internal import JSONScan

/// For whom a spend log's call was made.
struct LiteLLMNames {
    let row: FieldRow
    let metadata: JSONValue

    private typealias Field = LiteLLMFormat.Field

    func read(_ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        record.customer = builder.term(row, Field.customer.slot)
        record.team = builder.term(metadata["user_api_key_team_alias"]?.text)
        if record.team.isAbsent { record.team = builder.term(row, Field.team.slot) }
        readCredential(&record, &builder)
        record.serviceTier = builder.term(serviceTier)
        var dimensions = NamedDimensions()
        dimensions.take(tags: row.tree(Field.tags.slot))
        dimensions.take(metadata["spend_logs_metadata"])
        dimensions.fill(&record, &builder)
        if record.customer.isAbsent, let user = row.string(Field.user.slot), user != "default_user_id" {
            record.customer = builder.term(user)
        }
    }

    /// The key's alias, else its hash; old versions wrote the key itself, which is not kept.
    private func readCredential(_ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        if let alias = metadata["user_api_key_alias"]?.text {
            record.credential = builder.term(alias)
        } else if row.string(Field.apiKey.slot)?.hasPrefix("sk-") == true {
            builder.note("secret_skipped", "api_key holds a secret, not a hash; it was not kept.")
        } else {
            record.credential = builder.term(row, Field.apiKey.slot)
        }
    }

    private var serviceTier: String? {
        metadata["usage_object"]?["service_tier"]?.text ?? metadata["service_tier"]?.text
    }
}
