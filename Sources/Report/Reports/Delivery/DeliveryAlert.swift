package import Documents
package import Domain
internal import Ledger

/// Something that somebody should know now.
package struct DeliveryAlert: Sendable, Hashable {
    /// What happened: `hourly_burn` or `movement`.
    package let event: String
    /// Of whom: `total`, `feature=search`.
    package let scope: String
    /// The hour or the day that it is about; one alert for each and scope.
    package let due: Timestamp
    /// Days in which another of the same scope is not sent.
    package let quietDays: Int64
    /// A sentence.
    package let text: String
    /// For programs.
    package let json: JSONOutput

    /// Creates an alert.
    package init(event: String, scope: String, due: Timestamp, quietDays: Int64, text: String, json: JSONOutput) {
        (self.event, self.scope, self.due) = (event, scope, due)
        (self.quietDays, self.text, self.json) = (quietDays, text, json)
    }

    /// What is kept of it.
    package var name: String { "alert \(event) \(scope)" }
}

extension BurnAlert {
    /// What is sent.
    package var alert: DeliveryAlert {
        let times = usual.nanos > 0 ? spent.dollars / usual.dollars : nil
        let factor = times.map { ", \(NumberText.fixed($0, decimals: 1)) times as much" } ?? ""
        return DeliveryAlert(
            event: "hourly_burn", scope: scope, due: hour, quietDays: 0,
            text:
                "\(scope == "total" ? "All traffic" : scope) spent \(NumberText.money(spent)) in the hour from \(hour.rfc3339); usual at this time: \(NumberText.money(usual))\(factor).",
            json: [
                "event": "hourly_burn", "scope": .string(scope), "hour": .string(hour.rfc3339),
                "spent_usd": .money(spent), "usual_usd": .money(usual), "threshold_usd": .money(threshold),
                "weeks_compared": .integer(Int64(weeks)),
            ])
    }
}

extension Movement {
    /// What is sent, once a week at most for each scope: the week that is compared moves on by a day only.
    ///
    /// - Parameter day: the midnight, UTC, up to which the week goes.
    package func alert(on day: Timestamp) -> DeliveryAlert {
        DeliveryAlert(
            event: "movement", scope: "\(dimension.rawValue)=\(name ?? "")", due: day, quietDays: 7,
            text:
                "\(label) spent \(NumberText.money(now)) in the seven days to \(day.dateText); usually \(NumberText.money(usual)). Requests: \(NumberText.count(requests)), usually \(NumberText.count(usualRequests)).",
            json: ["event": "movement", "until": .string(day.rfc3339), "movement": json])
    }
}
