import Domain
import Importing
import Ledger
import Pricing

/// `payback import --from`: a source's own numbers into the ledger.
struct PullImport {
    let source: PullSource
    let access: PullAccess
    let question: PullQuestion
    let account: String
    let prices: PriceBook
    let ledger: any UsageLedger
    let ledgerName: String
    let cursors: any PullCursorStore

    /// Reads the address and the key of a source from the environment.
    ///
    /// - Throws: exit code 78 where something is missing.
    static func access(to source: PullSource) throws -> PullAccess {
        do throws(PullError) { return try PullAccess(source, environment: ConfigurationOptions.environment) } catch {
            throw StandardError.fail(.configuration, error.message)
        }
    }

    /// Pulls.
    ///
    /// - Throws: the exit code of what went wrong; what was imported until then stays.
    func run() async throws -> PullSummary { try await HTTPPullTransport.with(access) { try await pull(through: $0) } }

    private func pull(through transport: HTTPPullTransport) async throws -> PullSummary {
        let progress = PullProgress()
        // How long to wait is what the provider's answer says, or the back-off; here is only the clock.
        let world = PullRun.World(
            transport: transport, cursors: cursors, now: { .now },
            sleep: { try await Task.sleep(for: .seconds($0)) }, report: { progress.show($0) })
        var run = PullRun(
            source, question: question, account: account, ledger: ledgerName,
            options: .init(prices: prices, keepsPromptText: false), world: world)
        var random = SystemRandomNumberGenerator()
        do { return try await run.run(into: try ledger.writer(), using: &random) } catch let error as PullError {
            StandardError.show(run.summary.diagnostics)
            throw StandardError.fail(
                error.exit,
                access.hidingSecrets(in: error.message)
                    + " What was imported until now stays; the same command goes on from there.")
        }
    }
}

extension PullError {
    /// The exit code of a failure of a pull.
    fileprivate var exit: SystemExit {
        switch code {
        case .notConfigured: .configuration
        case .refused, .rejected, .unreachable: .unavailable
        case .unreadable: .data
        case .otherOwner: .usage
        }
    }
}
