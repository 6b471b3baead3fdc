/// A name that repeats from record to record (a model, a customer, a feature) as a small number.
///
/// A term means something only together with the ``Vocabulary`` that issued it.
@usableFromInline
package struct Term: Sendable, Hashable {
    /// Position in the vocabulary.
    @usableFromInline
    package let index: UInt32

    /// Creates a term from a position.
    @inlinable
    package init(index: UInt32) { self.index = index }

    /// No name was given. It is position 0 of every vocabulary.
    package static let absent = Term(index: 0)

    /// Whether no name was given.
    @inlinable
    package var isAbsent: Bool { index == 0 }
}

/// The names behind terms: each distinct text once, numbered in order of first appearance.
///
/// Millions of records name a few thousand things. Numbering them where they are read makes a record a fixed-size
/// value without references, and every later grouping an array look-up.
package struct Vocabulary: Sendable {
    /// The texts; position 0 is the absent name.
    package private(set) var texts: [String] = [""]
    var hashes: [UInt64] = [0]
    /// Open addressing: 0 is free, else a term's position.
    var slots: [UInt32] = Array(repeating: 0, count: 64)

    /// Creates a vocabulary that knows only the absent name.
    package init() {}

    /// How many terms there are, the absent one included.
    package var count: Int { hashes.count }

    /// The text of a term; `nil` for the absent one.
    package func text(_ term: Term) -> String? { term.isAbsent ? nil : texts[Int(term.index)] }

    /// The term of a text, issued now if it is new. The empty text is the absent term.
    package mutating func term(_ text: String) -> Term {
        var text = text
        return text.withUTF8 { bytes in
            guard let start = bytes.baseAddress, !bytes.isEmpty else { return .absent }
            return term(start, count: bytes.count)
        }
    }

    /// The term of an optional text.
    package mutating func term(_ text: String?) -> Term { text.map { term($0) } ?? .absent }

    /// The term of `count` bytes of UTF-8 from `start`, issued now if it is new. Damaged UTF-8 is repaired.
    package mutating func term(_ start: UnsafePointer<UInt8>, count: Int) -> Term {
        if count == 0 { return .absent }
        let hash = ByteHash.hash(start, count: count)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
        while true {
            let index = slots[slot]
            if index == 0 { return issue(start, count, hash: hash, slot: slot) }
            if hashes[Int(index)] == hash { return Term(index: index) }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
    }

    /// The term of a text that is known already.
    package func existing(_ text: String) -> Term? {
        if text.isEmpty { return .absent }
        let hash = ByteHash.hash(text)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if hashes[Int(slots[slot])] == hash { return Term(index: slots[slot]) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    mutating func issue(_ start: UnsafePointer<UInt8>, _ count: Int, hash: UInt64, slot: Int) -> Term {
        let term = Term(index: UInt32(hashes.count))
        texts.append(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        hashes.append(hash)
        slots[slot] = term.index
        if hashes.count * 2 > slots.count { grow() }
        return term
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for index in 1..<hashes.count {
            var slot = Int(truncatingIfNeeded: hashes[index]) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(index)
        }
    }
}

/// Translates the terms of one vocabulary into those of another, each once.
package struct TermTranslation: Sendable {
    var translated: [UInt32] = [0]

    /// Creates a translation that knows only the absent name.
    package init() {}

    /// Takes in the terms that `source` has issued since the last call.
    package mutating func extend(from source: Vocabulary, into target: inout Vocabulary) {
        for text in source.texts.dropFirst(translated.count) { translated.append(target.term(text).index) }
    }

    /// The target's term.
    package func callAsFunction(_ term: Term) -> Term { Term(index: translated[Int(term.index)]) }
}
