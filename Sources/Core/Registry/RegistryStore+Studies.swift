package import Domain
internal import GRDB

/// Studies that were kept.
extension RegistryStore {
    /// All studies, the newest first.
    package func studies() throws(RegistryError) -> [SavedStudy] {
        try read("reading studies") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM study ORDER BY saved_at DESC, name").map(Self.study)
        }
    }

    /// The study of a name; `nil` where there is none.
    package func study(named name: String) throws(RegistryError) -> SavedStudy? {
        try read("reading a study") { database in
            try Row.fetchOne(database, sql: "SELECT * FROM study WHERE name = ?", arguments: [name]).map(Self.study)
        }
    }

    /// Keeps a study, in the place of one of the same name.
    package func save(_ study: SavedStudy) throws(RegistryError) {
        try change("keeping a study", at: study.savedAt) { database, log in
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO study (name, method, title, subtitle, estimate, standard_error, level, low, high,
                      grade, json, page, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    study.name, study.method, study.title, study.subtitle, study.estimate, study.standardError,
                    study.level, study.low, study.high, study.grade.rawValue, study.json, study.page,
                    study.savedAt.microseconds,
                ])
            try log.note("study saved", study.name, study.method)
        }
    }

    private static func study(_ row: Row) throws -> SavedStudy {
        guard let grade = EvidenceGrade(rawValue: row["grade"]) else {
            throw RegistryError(
                .incompatible, "A newer version of Payback may have written the registry: use that one to read it.")
        }
        return SavedStudy(
            name: row["name"], method: row["method"], title: row["title"], subtitle: row["subtitle"],
            estimate: row["estimate"], standardError: row["standard_error"], level: row["level"], low: row["low"],
            high: row["high"], grade: grade, json: row["json"], page: row["page"],
            savedAt: Timestamp(microseconds: row["saved_at"]))
    }
}
