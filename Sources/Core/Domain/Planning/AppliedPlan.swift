/// A plan that was put in force.
package struct AppliedPlan: Sendable, Hashable {
    /// Counted from 1; the highest is in force.
    package var number: Int64
    /// What the plan is called; may be empty.
    package var name: String
    /// The plan as a file of its own, JSON.
    package var body: String
    /// When it was put in force.
    package var appliedAt: Timestamp
    /// Why, in the words of whoever did it.
    package var note: String?

    /// Creates a record of a plan.
    package init(number: Int64, name: String, body: String, appliedAt: Timestamp, note: String? = nil) {
        (self.number, self.name, self.body) = (number, name, body)
        (self.appliedAt, self.note) = (appliedAt, note)
    }
}
