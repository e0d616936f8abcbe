from datetime import date

from contract.rows import NOW, refusal
from loyalty.domain.imports import Import, ImportedLine, ImportStatus
from loyalty.domain.writes import AddImportedLine, ChangeImport, ChangeImportedLine, OpenImport
from support.stored import Stored

IMPORT = Import("old-system", "admin-1", NOW, "we moved")


def line(number: int) -> ImportedLine:
    return ImportedLine("old-system", number, "lin", 100, date(2027, 3, 15), f"digest-{number}")


def test_an_import_is_opened_once(mall: Stored) -> None:
    assert mall.imports.opened("old-system") is None
    mall.store.commit([OpenImport(IMPORT)])
    assert mall.imports.opened("old-system") == IMPORT
    again = OpenImport(IMPORT)
    assert refusal(mall, again) == [(again, IMPORT)]


def test_an_import_is_undone_once(mall: Stored) -> None:
    mall.store.commit([OpenImport(IMPORT)])
    undone = IMPORT.undone()
    mall.store.commit([ChangeImport(undone)])
    found = mall.imports.opened("old-system")
    assert found and (found, found.status) == (undone, ImportStatus.UNDONE)
    again = ChangeImport(undone)
    assert refusal(mall, again) == [(again, undone)]


def test_a_line_is_booked_once_and_found_by_its_number(mall: Stored) -> None:
    mall.store.commit([AddImportedLine(line(2))])
    assert mall.imports.booked("old-system", [1, 2, 3]) == {2: line(2)}
    assert mall.imports.booked("another", [2]) == {}
    again = AddImportedLine(line(2))
    assert refusal(mall, again) == [(again, line(2))]


def test_a_line_is_taken_back_once(mall: Stored) -> None:
    mall.store.commit([AddImportedLine(line(2))])
    undone = line(2).undone(NOW, 60)
    mall.store.commit([ChangeImportedLine(undone)])
    assert mall.imports.booked("old-system", [2]) == {2: undone}
    again = ChangeImportedLine(undone)
    assert refusal(mall, again) == [(again, undone)]


def test_lines_come_in_their_order_and_the_list_goes_on(mall: Stored) -> None:
    mall.store.commit([OpenImport(IMPORT)])
    for number in (10, 2, 100_000):
        mall.store.commit([AddImportedLine(line(number))])
    page = mall.imports.lines("old-system", limit=2)
    rest = mall.imports.lines("old-system", limit=2, position=page.next_position)
    assert [one.number for one in page.items] == [2, 10]
    assert [one.number for one in rest.items] == [100_000]
    assert rest.next_position is None
