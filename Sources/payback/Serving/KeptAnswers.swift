import Domain
import Gateway
import Ledger
import Logging
import Policy

/// The answers of an earlier run. A folder that cannot be used makes the cache cold, and nothing else.
struct KeptAnswers {
    /// Where answers are kept from now on; absent where they are not.
    let archive: AnswerArchive?
    /// Those that can still be served, the oldest first.
    let answers: [StoredAnswer]

    init(_ settings: GatewayConfiguration, log: Logger) {
        let storage = settings.answers
        guard storage.persists else {
            (archive, answers) = (nil, [])
            return
        }
        let directory = storage.directory ?? settings.journal.directory + "/answers"
        do throws(JournalError) {
            let archive = try AnswerArchive(
                path: directory, mostBytes: storage.mostBytes, secret: UInt64.random(in: .min ... .max))
            answers = try archive.restore(at: .now)
            self.archive = archive
            let damaged = archive.progress.damagedBytes
            if damaged > 0 { log.notice("Cached answers were cut off at the end", metadata: ["bytes": "\(damaged)"]) }
        } catch {
            log.warning("Cached answers are kept in memory only", metadata: ["reason": "\(error.message)"])
            (archive, answers) = (nil, [])
        }
    }
}
