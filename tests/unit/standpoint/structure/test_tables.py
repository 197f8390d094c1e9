from standpoint.structure.lines import lines_of
from standpoint.structure.tables import table_rows


def cells(text):
    return [
        ({n: cell.of(text) for n, cell in row.cells.items()}, row.is_header)
        for row in table_rows([*lines_of(text)])
    ]


def test_rows_between_pipes_and_tabs_have_cells_by_column():
    rows = [({0: "Party", 1: "Dam"}, True), ({0: "Greens", 1: "Yes"}, False)]
    assert cells("Party | Dam\nGreens | Yes") == rows
    assert cells("| Party | Dam |\n|---|---|\n| **Greens** | Yes |") == rows
    assert cells("Party\tDam\nGreens\tYes") == rows


def test_one_line_with_a_pipe_is_no_table():
    assert cells("Home | News\n\nIt rains.") == []
