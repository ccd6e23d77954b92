from ledger.cli.export import file_names


def test_files_of_units_are_safe_to_write_and_told_apart() -> None:
    units = ["综合组", "A/B", "A:B", "a b", "..", "组\x1b", "长" * 90, "../../etc/passwd"]
    names = list(file_names(units))
    assert len({name.casefold() for name in names}) == len(units)
    assert names[:4] == ["填报-综合组.xlsx", "填报-A_B.xlsx", "填报-A_B-2.xlsx", "填报-a_b-3.xlsx"]
    assert names[4] == "填报-单位.xlsx"
    assert all("/" not in name and "\\" not in name and len(name.encode()) < 255 for name in names)
