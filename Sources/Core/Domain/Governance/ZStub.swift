package struct SortableID: Sendable, Hashable { package var high: UInt64; package var low: UInt64
 package init(at: Timestamp, using r: inout some RandomNumberGenerator) { high = r.next(); low = r.next() }
 package var text: String { "\(high)-\(low)" } }
