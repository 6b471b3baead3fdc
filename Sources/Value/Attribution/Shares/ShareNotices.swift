internal import Documents
internal import Domain

/// What shares assume, and what the data do not say.
enum ShareNotices {
    static func assumptions(_ values: CoalitionValues, _ grade: EvidenceGrade, isBeforeAfter: Bool) -> [String] {
        var list: [String] = []
        if isBeforeAfter {
            list.append("Nothing but these changes moved the value between before and after.")
        } else {
            list.append(
                grade == .randomised
                    ? "Chance decided which changes were in force where."
                    : "Where different changes were in force, the value would otherwise have been the same.")
        }
        list.append("What chance did to one coalition's value has nothing to do with another's.")
        if values.assumesNothing { list.append("Without any change the value is 0; no row says otherwise.") }
        return list
    }

    static func warnings(_ values: CoalitionValues, _ shares: [ChangeShare], isBeforeAfter: Bool) -> [String] {
        var warnings: [String] = []
        if isBeforeAfter {
            warnings.append(
                "The split is not identified: with before and after alone, any division of the joint effect fits the data. "
                    + "Switch changes on one at a time, or run a factorial test.")
        } else if !values.missing.isEmpty {
            let names = values.missing.prefix(8).joined(separator: ", ")
            let more = values.missing.count > 8 ? " and \(values.missing.count - 8) more" : ""
            warnings.append(
                "The split is not identified: \(names)\(more) \(values.missing.count == 1 ? "was" : "were") not measured. "
                    + "Measure them, or read the bounds.")
        }
        if !values.missing.isEmpty, shares.contains(where: { $0.bounds == nil }) {
            warnings.append(
                "A change moved the value against the direction of all together, so there are no bounds; measure what is missing."
            )
        }
        let silent = values.entries.filter { $0.value.standardError == nil }.keys.sorted().map(values.label)
        if !silent.isEmpty {
            warnings.append(
                "No interval, for want of standard errors of \(silent.prefix(8).joined(separator: ", ")): add the column "
                    + "standard_error, or several rows for each coalition.")
        }
        return warnings + shares.compactMap { contradiction($0) }
    }

    private static func contradiction(_ share: ChangeShare) -> String? {
        guard let stated = share.stated, let found = share.share, let error = share.shareStandardError, error > 0,
            abs(stated - found) > 2 * error
        else { return nil }
        return
            "The stated \(NumberText.percent(stated)) for \(share.name) does not fit what was measured, \(NumberText.percent(found))."
    }
}
