/// Random numbers that a seed determines: xoshiro256** 1.0 (Blackman and Vigna, 2018), seeded by splitmix64.
///
/// The stream is integer arithmetic only, so it is the same on every machine and in every version of Swift.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var s0: UInt64
    private var s1: UInt64
    private var s2: UInt64
    private var s3: UInt64

    /// Creates the stream of a seed; every seed will do, 0 as well.
    package init(seed: UInt64) {
        var mixer = SplitMix(state: seed)
        (s0, s1, s2, s3) = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// Creates a stream from the state itself, four words that are not all 0.
    package init(state: (UInt64, UInt64, UInt64, UInt64)) { (s0, s1, s2, s3) = state }

    /// The next 64 random bits.
    package mutating func next() -> UInt64 {
        let result = Self.rotated(s1 &* 5, by: 7) &* 9
        let shifted = s1 &<< 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = Self.rotated(s3, by: 45)
        return result
    }

    /// A number in [0, 1) with 53 random bits.
    package mutating func unit() -> Double { Double(next() &>> 11) * 0x1p-53 }

    /// A number in (0, 1] with 53 random bits, so that its logarithm exists.
    package mutating func positiveUnit() -> Double { Double((next() &>> 11) &+ 1) * 0x1p-53 }

    /// A whole number in 0 ..< `count`; `count` is positive. Its bias is below `count` × 2⁻⁶⁴.
    package mutating func below(_ count: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
    }

    private static func rotated(_ word: UInt64, by bits: UInt64) -> UInt64 {
        (word &<< bits) | (word &>> (64 &- bits))
    }
}

/// The generator splitmix64 (Steele, Lea and Flood, 2014): for seeding others, and for mixing the bits of a number.
package struct SplitMix: Sendable {
    private var state: UInt64

    /// Creates the generator in a state.
    package init(state: UInt64) { self.state = state }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed &>> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed &>> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed &>> 31)
    }

    /// A number whose every bit depends on every bit of `value`; different values give different results.
    package static func mixed(_ value: UInt64) -> UInt64 {
        var mixer = SplitMix(state: value)
        return mixer.next()
    }
}
