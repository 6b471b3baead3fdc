import Ledger
import LedgerSQLite
import TestSupport
import Testing

@Suite("Every ledger engine")
struct LedgerContractTests {
    @Test(arguments: LedgerContract.cases.indices)
    func memory(_ number: Int) throws {
        try LedgerContract.cases[number].check(MemoryLedger())
    }

    @Test(arguments: LedgerContract.cases.indices)
    func sqlite(_ number: Int) throws {
        try LedgerContract.cases[number].check(try SQLiteLedger.inMemory())
    }
}
