/// Whose words a caller used for the cache: answers say how it went in the same.
package struct CacheDialects: OptionSet, Sendable, Hashable {
    /// The bits.
    package let rawValue: UInt8

    /// Creates a set from its bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `Helicone-Cache-…`.
    package static let helicone = CacheDialects(rawValue: 1)
    /// `x-portkey-cache…`.
    package static let portkey = CacheDialects(rawValue: 2)
    /// `cf-aig-…`.
    package static let cloudflare = CacheDialects(rawValue: 4)
    /// The member `cache` of the body.
    package static let liteLLM = CacheDialects(rawValue: 8)
    /// `x-bf-cache-…`.
    package static let bifrost = CacheDialects(rawValue: 16)
}
