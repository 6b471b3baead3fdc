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
    /// - Throws: ``Refusal`` naming the field.
    static func make(_ fields: Fields, at now: Timestamp) throws -> (VirtualKey, KeySecret) {
        var random = SystemRandomNumberGenerator()
        let secret = KeySecret(using: &random)
        var key = VirtualKey(id: SignIn.id("key_", now, &random), secretHash: secret.hash, createdAt: now)
        (key.name, key.hint) = (fields["name"], secret.hint)
        (key.customer, key.feature, key.team) = (fields["customer"], fields["feature"], fields["team"])
        key.models = (fields["models"] ?? "").filter { $0 != " " }.split(separator: ",").map(String.init)
        // A list that names no model would allow them all.
        if fields["models"] != nil, key.models.isEmpty {
            throw Refusal.bad("models names no model; leave it out for all.")
        }
        key.limits = RateLimits(
            requestsPerMinute: try count(fields, "requests_per_minute"),
            tokensPerMinute: try count(fields, "tokens_per_minute"),
            concurrentRequests: try count(fields, "concurrent_requests"))
        key.expiresAt = try end(fields["expires"], after: now)
        return (key, secret)
    }

    private static func count(_ fields: Fields, _ name: String) throws -> Int64? {
        guard let text = fields[name] else { return nil }
        guard let value = Int64(text), value > 0 else {
            throw Refusal.bad("\(name) takes a whole number of at least 1.")
        }
        return value
    }

    /// A day to come.
    static func end(_ text: String?, after now: Timestamp) throws -> Timestamp? {
        guard let text else { return nil }
        guard text.dropFirst(4).first == "-", let moment = Timestamp.read(text) else {
            throw Refusal.bad("expires \(text) is no date; write 2027-01-01.")
        }
        guard moment > now else { throw Refusal.bad("expires \(text) has passed already.") }
        return moment
    }
}
