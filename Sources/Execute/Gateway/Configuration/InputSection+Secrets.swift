internal import Domain
internal import Inputs
internal import JSONScan

/// What only a configuration has: secrets and addresses from the environment.
extension InputSection {
    /// A secret under a key: `${NAME}`, `file:PATH`, or as it is.
    func secret(_ key: String) -> Secret? {
        guard let text = text(key) else { return nil }
        return resolve(text, key)
    }

    /// Secrets in a list.
    func secrets(_ key: String) -> [Secret] {
        texts(key).enumerated().compactMap { resolve($1, "\(key).\($0)") }
    }

    /// A text under a key with `${NAME}` in it replaced: addresses often differ between environments.
    func expandedText(_ key: String) -> String? { text(key).flatMap { expanded($0, key) } }

    /// The texts of a list with `${NAME}` in them replaced, each with its position.
    func expandedTexts(_ key: String) -> [(position: Int, text: String)] {
        texts(key).enumerated().compactMap { position, text in
            expanded(text, "\(key).\(position)").map { (position, $0) }
        }
    }

    /// The texts under the keys of a mapping, with `${NAME}` in them replaced.
    func pairs(_ key: String) -> [String: String] {
        guard let found = value[key], found != .null else { return [:] }
        guard case .object(let members) = found else {
            complain(key, "a mapping of texts was expected")
            return [:]
        }
        var pairs: [String: String] = [:]
        for member in members {
            guard let text = member.value.text else {
                complain("\(key).\(member.key)", "a text was expected")
                continue
            }
            pairs[member.key] = expanded(text, "\(key).\(member.key)")
        }
        return pairs
    }

    /// Replaces each `${NAME}`; `nil`, with a complaint, where the environment does not have it.
    private func expanded(_ text: String, _ key: String) -> String? {
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            guard var found = variable(String(rest[start.upperBound..<end]), key) else { return nil }
            result += rest[..<start.lowerBound]
            rest = rest[rest.index(after: end)...]
            while rest.hasPrefix("/"), found.hasSuffix("/") { found.removeLast() }
            result += found
        }
        return result + rest
    }

    private func variable(_ name: String, _ key: String) -> String? {
        guard let found = context.environment[name]?.nonEmpty else {
            complain(key, "the environment has no variable \(name)")
            return nil
        }
        return found
    }

    private func resolve(_ text: String, _ key: String) -> Secret? {
        if text.hasPrefix("${"), text.hasSuffix("}") {
            return variable(String(text.dropFirst(2).dropLast()), key).map { Secret($0) }
        }
        if text.hasPrefix("file:") {
            let path = String(text.dropFirst(5))
            do throws(InputError) {
                let found = try context.readFile(path).trimmed(\.isWhitespace)
                if found.isEmpty { complain(key, "\(path) is empty; put the secret into it") }
                return found.nonEmpty.map { Secret($0) }
            } catch {
                complain(key, error.description)
                return nil
            }
        }
        complain(key, "a secret stands in the file itself; write ${NAME} or file:PATH instead", severity: .warning)
        return Secret(text)
    }
}
