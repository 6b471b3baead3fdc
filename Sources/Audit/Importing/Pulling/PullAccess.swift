internal import Domain

/// The address and the key of a source, read from the environment.
package struct PullAccess: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address, for ``PullRequest/url(base:)``.
    package let base: String
    /// The headers with the key.
    package let headers: [String: String]
    private let secrets: [String]

    /// Reads the environment.
    ///
    /// - Throws: ``PullError`` that names the variable that is missing or damaged.
    package init(_ source: PullSource, environment: [String: String]) throws(PullError) {
        base = try Self.base(of: source, environment)
        let key = { (variable: String) throws(PullError) in try Self.key(variable, of: source, environment) }
        switch source.authentication {
        case .bearer(let variable):
            secrets = [try key(variable)]
            headers = ["Authorization": "Bearer " + secrets[0]]
        case .header(let name, let variable):
            secrets = [try key(variable)]
            headers = [name: secrets[0]]
        case .basic(let user, let password):
            let pair = try key(user) + ":" + key(password)
            let encoded = Base64.encode(Array(pair.utf8))
            secrets = [try key(password), try key(user), encoded]
            headers = ["Authorization": "Basic " + encoded]
        }
    }

    /// Never the key, also where the access is printed by mistake.
    package var description: String { "(secret)" }
    package var debugDescription: String { "(secret)" }
    /// Nothing, so that a dump shows nothing either.
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// A text in which the key, should it be there, cannot be read.
    package func hidingSecrets(in text: String) -> String {
        secrets.reduce(text) { text, secret in
            text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "…")
        }
    }

    private static func base(of source: PullSource, _ environment: [String: String]) throws(PullError) -> String {
        let named = environment[source.baseVariable].flatMap { $0.isEmpty ? nil : $0 }
        guard let base = named ?? source.base else {
            throw PullError(
                .notConfigured, "\(source.baseVariable) is not set: it says where \(source.title) is, as https://HOST.")
        }
        guard base.hasPrefix("https://") || base.hasPrefix("http://"), !base.contains(where: \.isWhitespace) else {
            throw PullError(.notConfigured, "\(source.baseVariable) is no address; write https://HOST.")
        }
        return base
    }

    private static func key(
        _ variable: String, of source: PullSource, _ environment: [String: String]
    ) throws(PullError) -> String {
        guard let key = environment[variable], !key.isEmpty else {
            throw PullError(.notConfigured, "\(variable) is not set. \(source.keyAdvice)")
        }
        // A line feed copied with the key would end the header.
        guard key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw PullError(.notConfigured, "\(variable) has blanks or other characters that no key has; set it again.")
        }
        return key
    }
}
