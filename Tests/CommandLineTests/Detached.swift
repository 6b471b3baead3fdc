import Foundation

extension Thread {
    /// Runs blocking work on a thread of its own, away from the tests' own few.
    static func detached(_ work: @escaping @Sendable () -> [String]) -> Detached {
        let detached = Detached()
        Thread.detachNewThread { detached.finish(work()) }
        return detached
    }
}

/// Work on another thread, whose result can be waited for.
final class Detached: Sendable {
    private let done = DispatchSemaphore(value: 0)
    private let box = Box()

    private final class Box: @unchecked Sendable {
        // Written before the semaphore is signalled and read after it was waited for.
        var value: [String] = []
    }

    fileprivate func finish(_ value: [String]) {
        box.value = value
        done.signal()
    }

    /// Waits for the result.
    func result() -> [String] {
        done.wait()
        return box.value
    }
}

/// Carries something to a thread that uses it alone.
struct UncheckedSendable<Value>: @unchecked Sendable {
    // The test uses the value on one thread at a time.
    let value: Value

    init(_ value: Value) { self.value = value }
}
