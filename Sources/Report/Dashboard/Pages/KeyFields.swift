internal import Domain
internal import Registry

/// A key's fields, in forms and in the API.
enum KeyFields {
    static var form: Form {
        Form(
            title: "Make a key", action: "/keys",
            fields: [
                Form.Field(name: "name", label: "Name", help: "What people call it", isRequired: true),
                Form.Field(name: "customer", label: "Customer"), Form.Field(name: "feature", label: "Feature"),
                Form.Field(name: "team", label: "Team that pays"),
                Form.Field(
                    name: "models", label: "Models",
                    help: "Separated by commas; gpt-5* for all that begin so; empty for all"),
                Form.Field(name: "expires", label: "Ends on", kind: .date),
                Form.Field(name: "requests_per_minute", label: "Requests per minute", kind: .number),
                Form.Field(name: "tokens_per_minute", label: "Tokens per minute", kind: .number),
                Form.Field(name: "concurrent_requests", label: "Requests at one time", kind: .number),
            ], button: "Make the key")
    }

    /// The key that fields describe, with its secret.
    ///
    /// - Throws: `DraftError` naming the field.
    static func make(_ fields: Fields, at now: Timestamp) throws -> (VirtualKey, KeySecret) {
        var random = SystemRandomNumberGenerator()
        let secret = KeySecret(using: &random)
        var draft = KeyDraft()
        (draft.name, draft.models, draft.expires) = (fields["name"], fields["models"], fields["expires"])
        (draft.customer, draft.feature, draft.team) = (fields["customer"], fields["feature"], fields["team"])
        draft.requestsPerMinute = fields["requests_per_minute"]
        draft.tokensPerMinute = fields["tokens_per_minute"]
        draft.concurrentRequests = fields["concurrent_requests"]
        return (try draft.key(id: SignIn.id("key_", now, &random), secret, at: now), secret)
    }
}
