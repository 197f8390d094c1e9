"""How commands print tables and intervals."""

from standpoint.cli.output import format_table


def test_a_table_has_a_rule_below_its_head_and_columns_as_wide_as_their_cells():
    table = format_table([["name", "n"], ["a", "1"], ["bc", "10"]], right=[1])
    assert table.splitlines() == ["name   n", "────────", "a      1", "bc    10"]


def test_lines_of_a_table_do_not_end_in_blanks():
    assert format_table([["name", ""], ["a", ""]]).splitlines()[-1] == "a"
