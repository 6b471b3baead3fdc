internal import Domain
internal import GRDB

/// The ids that names have in the ledger, for the terms of a writer.
struct NameTable {
    private var ids: [Int64] = [0]
    private let insertion: PreparedStatement
    private let search: PreparedStatement

    init(database: Database) throws {
        insertion = try PreparedStatement("INSERT INTO name (text) VALUES (?) ON CONFLICT DO NOTHING", in: database)
        search = try PreparedStatement("SELECT id FROM name WHERE text = ?", in: database)
    }

    /// Makes sure that every term of a vocabulary has an id.
    mutating func extend(to vocabulary: Vocabulary) throws {
        for text in vocabulary.texts.dropFirst(ids.count) { ids.append(try id(of: text)) }
    }

    /// The id of a term.
    func callAsFunction(_ term: Term) -> Int64 { ids[Int(term.index)] }

    private func id(of text: String) throws -> Int64 {
        insertion.clear()
        insertion.bind(1, text)
        _ = try insertion.step()
        if insertion.changes > 0 { return insertion.lastInsertedID }
        search.clear()
        search.bind(1, text)
        return try search.step() ? search.integer(0) ?? 0 : 0
    }
}
