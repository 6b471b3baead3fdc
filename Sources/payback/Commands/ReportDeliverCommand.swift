import ArgumentParser
import Domain
import Gateway
import NIOPosix
import Pricing
import Registry
import Reports

/// `payback report deliver`.
struct ReportDeliverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver",
        abstract: "Deliver one scheduled report now, the last that was due, to try the mail server or a webhook.",
        discussion: """
            The schedule stays as it is: what payback serve has delivered is not changed.

            Examples:
              payback report deliver executive-month
              payback report deliver executive-month --to mailto:me@example.com
            """)

    @Argument(help: "The report's name, as payback report --schedule shows it.")
    var name: String

    @Option(help: "Only to this target: file:FOLDER, mailto:ADDRESS or https://….")
    var to: String?

    @OptionGroup var registryOptions: RegistryOptions
    @OptionGroup var ledgerOptions: LedgerOptions

    func run() async throws {
        try await reportingFailures { try await deliver() }
    }

    private func deliver() async throws {
        ignoreSignals()
        let settings = try registryOptions.configuration.load().configuration
        let report = try report(settings.delivery.plan)
        let source = try source(settings)
        let courier = Courier(
            post: HTTPPost(group: MultiThreadedEventLoopGroup.singleton), smtp: settings.delivery.smtp)
        let now = Timestamp.now
        let due = report.schedule.lastDue(at: now)
        let finished = try await source.make(report, report.schedule.period(dueAt: due), now: now)
        var failures = 0
        for target in try targets(of: report) {
            do {
                // Not the scheduled mail: that would be shown as the same.
                try await courier.bring(finished, to: target, due: now, now: now)
                StandardError.print("\(report.name) of \(finished.period.name) → \(target.label)")
            } catch {
                failures += 1
                StandardError.print("payback: \(target.label): \(error)")
            }
        }
        if failures > 0 { throw ExitCode(SystemExit.unavailable.rawValue) }
    }

    private func report(_ plan: DeliveryPlan) throws -> ScheduledReport {
        if let found = plan.reports.first(where: { $0.name == name }) { return found }
        let names = plan.reports.map(\.name)
        let known =
            names.isEmpty ? "payback.yaml has no delivery.reports" : "there are \(names.joined(separator: ", "))"
        throw StandardError.fail(.configuration, "There is no scheduled report \"\(name)\"; \(known).")
    }

    private func targets(of report: ScheduledReport) throws -> [DeliveryTarget] {
        guard let to else { return report.targets }
        guard let target = DeliveryTarget(to) else {
            throw ValidationError("--to takes file:FOLDER, mailto:ADDRESS or https://….")
        }
        return [target]
    }

    private func source(_ settings: GatewayConfiguration) throws -> DeliverySource {
        let registry = try registryOptions.open(mustExist: false)
        let prices = try PriceBook.loading(overlay: settings.prices)
        return DeliverySource(
            ledger: try ledgerOptions.open(mustExist: true, configured: settings.ledger), registry: registry,
            prices: { prices }, budgets: { try registry.budgets() + settings.budgets })
    }
}
