internal import GRDB
internal import GRDBSQLite
func _probe() -> Int32 { sqlite3_libversion_number() }
