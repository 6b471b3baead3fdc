package import JSONScan

/// A function that the model may call.
package struct ChatTool: Sendable, Hashable {
    /// Its name.
    package var name: String
    /// What it does.
    package var description: String?
    /// JSON schema of its arguments; `nil` for a function without any.
    package var schema: JSONValue?
    /// Whether calls are guaranteed to fit the schema.
    package var isStrict: Bool
    /// Where it stood.
    package var path: SourcePath

    /// Creates a tool.
    package init(
        name: String, description: String? = nil, schema: JSONValue? = nil, isStrict: Bool = false, at path: String = ""
    ) {
        (self.name, self.description, self.schema, self.isStrict) = (name, description, schema, isStrict)
        self.path = SourcePath(path)
    }
}

/// Whether the model has to call a function.
package enum ChatToolChoice: Sendable, Hashable {
    /// As it likes.
    case auto
    /// It may not.
    case never
    /// At least one.
    case any
    /// This one.
    case tool(String)
}

/// What an answer has to be.
package enum ChatFormat: Sendable, Hashable {
    case text
    /// Any JSON object.
    case json
    /// JSON that fits a schema.
    case schema(ChatSchema)
}

/// A JSON schema of an answer.
package struct ChatSchema: Sendable, Hashable {
    /// The name that APIs want which name their schemas.
    package static let plainName = "response"

    /// Its name.
    package var name: String
    /// What the answer is, for the model.
    package var description: String?
    /// The schema.
    package var schema: JSONValue
    /// Whether the answer is guaranteed to fit.
    package var isStrict: Bool

    /// Creates a schema.
    package init(name: String = plainName, description: String? = nil, schema: JSONValue, isStrict: Bool = true) {
        (self.name, self.description, self.schema, self.isStrict) = (name, description, schema, isStrict)
    }

    /// The schema with the description in it, for APIs that have no other place for one.
    package var described: JSONValue {
        guard let description, case .object(let members) = schema, schema["description"] == nil else { return schema }
        return .object(members + [JSONValue.Member(key: "description", value: .string(description))])
    }
}
