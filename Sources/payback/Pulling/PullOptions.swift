import ArgumentParser
import Domain
import Importing

extension BucketWidth: ExpressibleByArgument {}

/// What is pulled.
struct PullOptions: ParsableArguments {
    @Option(help: "Pull from an API instead of reading files: \(PullSources.names.joined(separator: ", ")).")
    var from: String?

    @OptionGroup var period: PeriodOptions

    @Option(help: "The width of buckets of usage, where the API has several: 1d or 1h.")
    var bucket: BucketWidth?

    @Option(help: "The account's name, where the ledger gets more than one of the same source.")
    var account: String?

    /// The source that the user named; `nil` where files are to be read.
    func source() throws -> PullSource? {
        guard let from else { return nil }
        guard let source = PullSources.named(from) else {
            let known = PullSources.names.joined(separator: ", ")
            throw ValidationError("There is no source \(from). The sources are: \(known).")
        }
        return source
    }

    /// What the user asked for.
    func question() throws -> PullQuestion {
        let asked = try period.period()
        return PullQuestion(
            since: period.since == nil ? nil : asked.start, until: period.until == nil ? nil : asked.end,
            bucket: bucket ?? .day)
    }

    /// Refuses options that mean nothing without the others.
    func check(files: [String], format: String?, mapping: String?) throws {
        if try source() == nil {
            let stray = [("--since", period.since), ("--until", period.until), ("--account", account)]
                .first { $0.1 != nil }?.0
            if let stray = stray ?? bucket.map({ _ in "--bucket" }) {
                throw ValidationError("\(stray) belongs to --from; files are imported whole.")
            }
        } else if !files.isEmpty || format != nil || mapping != nil {
            throw ValidationError("--from pulls from an API: leave files, --source and --mapping out.")
        }
        _ = try question()
    }
}
