package import Domain

extension TokenRates {
    /// The rate with this name in the file format, for example `cache_read`; `nil` where it is not known.
    package subscript(name name: String) -> PicoUSDPerToken? {
        get {
            for key in Self.keys where key.name == name { return self[keyPath: key.path] }
            return nil
        }
        set {
            for key in Self.keys where key.name == name { self[keyPath: key.path] = newValue }
        }
    }

    /// The rates that are known, with their names, in the order of the file format.
    package var known: [NamedRate] {
        Self.keys.compactMap { key in
            self[keyPath: key.path].map { NamedRate(name: key.name, rate: $0) }
        }
    }
}

/// A rate and what it is for.
package struct NamedRate: Sendable, Hashable {
    /// The name in the file format.
    package let name: String
    /// The price per token.
    package let rate: PicoUSDPerToken
}
