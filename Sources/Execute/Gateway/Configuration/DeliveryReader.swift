internal import Domain
internal import Inputs
internal import JSONScan

/// Reads what is delivered when, to whom.
enum DeliveryReader {
    static func delivery(_ section: InputSection) -> DeliveryConfiguration {
        section.allow(["smtp", "reports", "alerts"])
        var result = DeliveryConfiguration()
        let smtpSection = section.section("smtp")
        if smtpSection.value != .null { result.smtp = SMTPReader.smtp(smtpSection) }
        let hasMail = smtpSection.value != .null
        result.plan.reports = reports(section, hasMail: hasMail)
        result.plan.alerts = alerts(section.section("alerts"), hasMail: hasMail)
        return result
    }

    // MARK: Reports

    private static func reports(_ section: InputSection, hasMail: Bool) -> [ScheduledReport] {
        var names: Set<String> = []
        return section.sections("reports").compactMap { entry in
            entry.allow(["name", "report", "every", "day", "on", "at", "time_zone", "format", "to"])
            let kind = entry.required("report").flatMap { _ in entry.choice("report", ReportKind.self) }
            let format = entry.choice("format", DeliveryFormat.self) ?? .html
            let targets = targets(entry, hasMail: hasMail)
            guard let schedule = DeliveryScheduleReader.schedule(entry), let kind else { return nil }
            let name = entry.text("name") ?? "\(kind.rawValue)-\(entry.text("every") ?? "")"
            checkName(name, entry)
            if !names.insert(name).inserted {
                entry.complain("report", "there are two reports named \"\(name)\"; give one another name")
            }
            return ScheduledReport(name: name, report: kind, schedule: schedule, format: format, targets: targets)
        }
    }

    /// It becomes part of file names and headers.
    private static func checkName(_ name: String, _ section: InputSection) {
        let isPlain = name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D || $0 == 0x5F
        }
        if !isPlain || name.isEmpty || name.utf8.count > 60 {
            section.complain("name", "it takes up to 60 letters, digits, - and _")
        }
    }

    private static func alerts(_ section: InputSection, hasMail: Bool) -> AlertPlan {
        section.allow(["to", "hourly_burn", "movements"])
        var plan = AlertPlan()
        if section.value != .null { plan.targets = targets(section, hasMail: hasMail, takesFiles: false) }
        plan.hourlyBurn = section.flag("hourly_burn") ?? true
        plan.movements = section.flag("movements") ?? true
        return plan
    }

    // MARK: Targets

    private static func targets(_ section: InputSection, hasMail: Bool, takesFiles: Bool = true) -> [DeliveryTarget] {
        let texts = section.expandedTexts("to")
        if [.null, .array([])].contains(section.value["to"] ?? .null) {
            section.complain("to", "it is missing; write a list of file:FOLDER, mailto:ADDRESS or https://…")
        }
        var seen: Set<DeliveryTarget> = []
        return texts.compactMap { position, text in
            let key = "to.\(position)"
            guard let target = DeliveryTarget(text) else {
                // What is no target is not shown: it may hold a password.
                section.complain(key, "it is no target; write file:FOLDER, mailto:ADDRESS or https://…")
                return nil
            }
            if !seen.insert(target).inserted { section.complain(key, "it is given twice") }
            switch target {
            case .mail where !hasMail:
                section.complain(key, "mail needs a server: delivery.smtp with url and from")
            case .folder where !takesFiles: section.complain(key, "alerts go to mailto:ADDRESS or https://…")
            default: break
            }
            return target
        }
    }
}
