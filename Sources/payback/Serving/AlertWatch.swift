import Domain
import Ledger
import NIOPosix
import Reports

/// What there is to tell now: looked for once an hour and once a day, and kept so that a failed alert can be sent again.
struct AlertWatch: Sendable {
    private var hour: Int64?
    private var day: Int64?
    private var burns: [DeliveryAlert] = []
    private var movements: [DeliveryAlert] = []

    /// Alerts of the last whole hour and of the last whole day.
    var alerts: [DeliveryAlert] { burns + movements }

    /// Looks again where an hour or a day has ended: two minutes later, when its last requests have reached the ledger.
    mutating func look(at now: Timestamp, _ plan: AlertPlan, ledger: any UsageLedger) async throws {
        let settled = Timestamp(microseconds: now.microseconds - 120_000_000)
        if !plan.hourlyBurn { (hour, burns) = (nil, []) }
        if plan.hourlyBurn, hour != settled.hour {
            burns = try await NIOThreadPool.singleton.runIfActive {
                try BurnAlert.find(in: ledger, before: settled).map(\.alert)
            }
            hour = settled.hour
        }
        if !plan.movements { (day, movements) = (nil, []) }
        if plan.movements, day != settled.day {
            let midnight = Timestamp(microseconds: settled.day * Timestamp.microsecondsPerDay)
            movements = try await NIOThreadPool.singleton.runIfActive {
                try Movements.find(in: ledger, until: midnight).map { $0.alert(on: midnight) }
            }
            day = settled.day
        }
    }
}
