internal import Domain

/// Turns text into a vector by its letters: pieces of three and four, and whole words, hashed into 384 places with a sign
/// (Weinberger and others, 2009).
///
/// It knows spelling, not meaning: a detector first, that serves only where the gate has proven it. It needs no model, no
/// network and no randomness, so the same text gives the same vector on every machine.
package struct LexicalEncoder: Sendable {
    /// Its name and version. Thresholds and vectors of another tag mean something else.
    package static let tag = "lexical-384-1"
    /// How long its vectors are.
    package static let dimensions = 384

    /// Words that carry little; their pieces count half.
    private static let smallWords: Set<String> = [
        "a", "an", "the", "is", "are", "was", "were", "be", "been", "am", "do", "does", "did", "i", "my", "me", "you",
        "your", "it", "its", "this", "that", "there", "of", "please", "can", "could", "would", "will", "shall", "have",
        "has", "had", "and", "or", "so", "what", "how", "why", "when", "where", "which", "who", "with", "for", "just",
        "to", "in", "on", "if", "at",
    ]
    private static let wordWeight: Float = 3

    /// Creates the encoder.
    package init() {}

    /// The vector of a text, of length 1; `nil` where the text has neither letters nor digits.
    package func encode(_ text: String) -> [Float]? { encode(Conversation(question: text)) }

    /// The vector of a conversation, of length 1; `nil` where it has neither letters nor digits.
    ///
    /// Who said a piece, and how many turns ago, is part of it, so that the same words at another place are others.
    package func encode(_ conversation: Conversation) -> [Float]? {
        var features: [(hash: UInt64, weight: Float)] = []
        for (age, turn) in conversation.turns.reversed().enumerated() {
            let place = age == 0 && turn.speaker == "user" ? 0 : ByteHash.hash(turn.speaker, seed: UInt64(age) &+ 1)
            Self.collect(turn.text, place: place, into: &features)
        }
        // In the order of hashes: sums of Float depend on the order, and dictionaries have another in each process.
        features.sort { $0.hash < $1.hash }
        return Self.normalised(Self.hashed(features))
    }

    /// How alike two texts are, a cosine; `nil` where one of them has neither letters nor digits.
    package func similarity(of text: String, and other: String) -> Double? {
        guard let first = encode(text), let second = encode(other) else { return nil }
        return Double(zip(first, second).reduce(0) { $0 + $1.0 * $1.1 })
    }

    // MARK: Pieces

    private static func collect(_ text: String, place: UInt64, into features: inout [(hash: UInt64, weight: Float)]) {
        for word in TextWords.split(TextWords.folded(text), also: "'") {
            let weight: Float = smallWords.contains(word) ? 0.5 : 1
            let letters = [1] + word.unicodeScalars.map { UInt64($0.value) } + [2]
            var whole = place
            for position in letters.indices {
                whole = ByteHash.mix(whole ^ letters[position], 0x9e37_79b9_7f4a_7c15)
                guard position >= 2 else { continue }
                let three = letters[position - 2] | letters[position - 1] &<< 21 | letters[position] &<< 42
                features.append((mixed(three, place &+ 3), weight))
                guard position >= 3 else { continue }
                features.append((mixed(three ^ letters[position - 3] &* 0xd6e8_feb8_6659_fd93, place &+ 4), weight))
            }
            features.append((mixed(whole, place &+ 5), weight * wordWeight))
        }
    }

    private static func mixed(_ value: UInt64, _ salt: UInt64) -> UInt64 {
        ByteHash.mix(value ^ 0xa076_1d64_78bd_642f, ByteHash.mix(salt ^ 0xe703_7ed1_a0b4_28db, 0x8ebc_6af0_9c88_c6e3))
    }

    // MARK: Vectors

    /// Equal pieces count by the root of their number: the tenth says less than the first.
    private static func hashed(_ features: [(hash: UInt64, weight: Float)]) -> [Float] {
        var vector = [Float](repeating: 0, count: dimensions)
        var start = 0
        while start < features.count {
            let hash = features[start].hash
            var (end, weight) = (start, Float(0))
            while end < features.count, features[end].hash == hash {
                weight += features[end].weight
                end += 1
            }
            let place = Int((hash &>> 1) % UInt64(dimensions))
            vector[place] += hash & 1 == 0 ? weight.squareRoot() : -weight.squareRoot()
            start = end
        }
        return vector
    }

    /// The vector at length 1; `nil` where it has none or is not finite.
    static func normalised(_ vector: [Float]) -> [Float]? {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length.isFinite, length > 1e-12 else { return nil }
        return vector.map { $0 / length }
    }
}
