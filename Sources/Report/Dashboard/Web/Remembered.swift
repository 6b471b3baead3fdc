internal import Synchronization

/// A value that is made when it is asked for first, and the same from then on.
final class Remembered<Value: Sendable>: Sendable {
    private let known = Mutex<Value?>(nil)

    /// The value.
    ///
    /// - Parameter make: makes it; what it throws is not remembered.
    func value(_ make: () throws -> Value) throws -> Value {
        if let value = known.withLock(\.self) { return value }
        let made = try make()
        known.withLock { $0 = made }
        return made
    }
}
