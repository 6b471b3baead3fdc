/// What a source says anew each time it is asked: its control totals take the place of those it gave before.
///
/// Usage reports are revised for days, and the bucket of today grows. The totals of two answers may not be added up.
package struct SourceStatement: Sendable, Hashable {
    /// Whose word it is: source, endpoint and account.
    package let scope: String
    /// The run that asks; every run has a number of its own, and a run that goes on after a crash keeps its number.
    package let run: Int64

    /// Creates a statement.
    package init(scope: String, run: Int64) { (self.scope, self.run) = (scope, run) }
}
