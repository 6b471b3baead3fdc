/// A provider or gateway whose numbers can be pulled: where it is, which key it wants, and which lists it has.
package struct PullSource: Sendable {
    /// How a key is shown to the server.
    package enum Authentication: Sendable, Hashable {
        /// `Authorization: Bearer KEY`, of this environment variable.
        case bearer(variable: String)
        /// A header of its own.
        case header(name: String, variable: String)
        /// `Authorization: Basic`, of a public and a secret key.
        case basic(user: String, password: String)
    }

    /// The name for `--from`.
    package let name: String
    /// The name for people.
    package let title: String
    /// The environment variable of the address.
    package let baseVariable: String
    /// The address where the variable is not set; absent where there is no usual one.
    package let base: String?
    /// How the key is shown.
    package let authentication: Authentication
    /// What kind of key it has to be, and where to get it.
    package let keyAdvice: String
    /// The lists, in the order in which they are pulled.
    package let endpoints: [any PullEndpoint]

    /// The environment variables of the key, for messages.
    package var keyName: String {
        switch authentication {
        case .bearer(let variable), .header(_, let variable): "the key in \(variable)"
        case .basic(let user, let password): "the keys in \(user) and \(password)"
        }
    }

    /// The same source with some of its lists alone.
    package func only(_ isWanted: (any PullEndpoint) -> Bool) -> PullSource {
        PullSource(
            name: name, title: title, baseVariable: baseVariable, base: base, authentication: authentication,
            keyAdvice: keyAdvice, endpoints: endpoints.filter(isWanted))
    }

    /// The formats that read only a part of the source, and can be pulled by themselves.
    fileprivate var parts: [String] {
        endpoints.map(\.format).reduce(into: []) { parts, format in
            if format != name, !parts.contains(format) { parts.append(format) }
        }
    }
}

/// All sources.
package enum PullSources {
    /// The sources, in the order of `--help`.
    package static let all: [PullSource] = [.openAI, .anthropic, .openRouter, .liteLLM, .langfuse, .helicone]

    /// Every name that `--from` knows: sources, and formats that are only a part of one.
    package static var names: [String] {
        all.flatMap { [$0.name] + $0.parts }
    }

    /// The source of a name, or the part of one: `openai`, or `openai-costs`.
    package static func named(_ name: String) -> PullSource? {
        let name = name.lowercased()
        if let source = all.first(where: { $0.name == name }) { return source }
        return all.first { $0.parts.contains(name) }?.only { $0.format == name }
    }
}
