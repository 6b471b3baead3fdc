internal import Domain
internal import Statistics

/// Draws shares by hash: no randomness, so the same thing is always decided alike, here and in every replica.
package enum StableShare {
    /// Whether a unit falls into a share.
    ///
    /// - Parameters:
    ///   - unit: what is drawn: a hash of a prompt, a session.
    ///   - stratum: units of each stratum are drawn apart, so that each has the same share.
    ///   - salt: another salt draws others.
    ///   - share: a fraction; 0 takes none, 1 all.
    package static func takes(_ unit: UInt64, stratum: UInt64 = 0, salt: UInt64, share: Double) -> Bool {
        if share <= 0 { return false }
        if share >= 1 { return true }
        let mixed = SplitMix.mixed(unit ^ SplitMix.mixed(stratum &+ 0x9e37_79b9_7f4a_7c15) ^ SplitMix.mixed(salt))
        return Double(mixed &>> 11) * 0x1p-53 < share
    }

    /// A salt from a name.
    package static func salt(_ name: String) -> UInt64 { ByteHash.hash(name) }
}
