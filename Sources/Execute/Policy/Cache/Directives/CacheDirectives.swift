/// What a caller asks of the cache. Nothing here lets a caller have more than a rule gives: words that contradict each
/// other, or cannot be read, come to the more careful of their meanings.
package struct CacheDirectives: Sendable, Hashable {
    /// Whether a kept answer may be served.
    package internal(set) var mayRead = true
    /// Whether the answer may be kept.
    package internal(set) var mayStore = true
    /// Whether nothing but a kept answer is wanted (RFC 9111, 5.2.1.7): without one the caller gets 504. With
    /// ``mayRead`` false there never is one.
    package internal(set) var onlyCached = false
    /// Whether the caller asks for the cache by name, for rules that serve only those who do.
    package internal(set) var isAskedFor = false
    /// Whether an answer to a question that only means the same will do.
    package internal(set) var mayMatchAlike = true
    /// Whether the caller names semantic matching.
    package internal(set) var asksForAlike = false
    /// The oldest answer that will do, in microseconds; `nil` where the caller does not say.
    package internal(set) var mostAge: Int64?
    /// The least cosine that the caller asks for in semantic matches.
    package internal(set) var leastSimilarity: Double?
    /// What the answer is kept under, for taking it back.
    package internal(set) var tags: [String] = []
    /// Whose words were used.
    package internal(set) var dialects: CacheDialects = []
    /// Names of headers and members whose values could not be read, in order; their values are not repeated.
    package internal(set) var misread: [String] = []

    var lifetime: Int64?
    var namespaces: Set<String> = []

    /// The most tags that are taken; an answer with more could not be taken back by all of them, so it is not kept.
    package static let mostTags = 16
    /// The longest tag and namespace, in bytes.
    package static let longestName = 256

    /// A caller who says nothing.
    package init() {}

    /// How long the answer may be kept, in microseconds; `nil` where the caller does not say.
    package var timeToLive: Int64? {
        // For Helicone's callers `max-age` says how long to keep as well.
        dialects.contains(.helicone) ? [lifetime, mostAge].compactMap(\.self).min() : lifetime
    }

    /// What parts this caller's answers from others of the same tenant; `nil` where the caller names none.
    ///
    /// To be hashed with the secret key, as a part of the prompt's identity: a text of the caller's choice must not
    /// reach a scope by a hash that can be inverted.
    package var namespace: String? {
        namespaces.isEmpty ? nil : namespaces.sorted().joined(separator: "\u{1F}")
    }

    /// How long an answer is kept under a rule, in microseconds.
    package func timeToLive(under rule: Int64) -> Int64 { min(rule, timeToLive ?? rule) }

    /// The least similarity under a rule: a caller may only raise it.
    package func leastSimilarity(under rule: Double) -> Double { max(rule, leastSimilarity ?? rule) }

    /// Whether an answer of some age will do.
    ///
    /// - Parameter age: microseconds.
    package func accepts(age: Int64) -> Bool { mayRead && age <= mostAge ?? .max }

    // MARK: Readers' tools

    mutating func bypass() { (mayRead, mayStore) = (false, false) }

    mutating func limit(age: Int64) { mostAge = min(mostAge ?? age, age) }

    mutating func limit(lifetime new: Int64) { lifetime = min(lifetime ?? new, new) }

    mutating func raise(similarity: Double) { leastSimilarity = max(leastSimilarity ?? similarity, similarity) }

    /// Notes what could not be read, and keeps away from the cache.
    mutating func misread(_ name: String) {
        misread.append(name)
        bypass()
    }

    mutating func add(namespace: String, from name: String) {
        if namespace.isEmpty { return }
        guard namespace.utf8.count <= Self.longestName else { return misread(name) }
        namespaces.insert(namespace)
    }

    mutating func add(tag: String, from name: String) {
        if tag.isEmpty || tags.contains(tag) { return }
        guard tags.count < Self.mostTags, tag.utf8.count <= Self.longestName else { return misread(name) }
        tags.append(tag)
    }
}
