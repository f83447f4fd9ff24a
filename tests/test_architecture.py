"""The architecture page as executable sentences."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("icv_app", "forms", "ui", "reports", "resources")


def _modules(*packages: str) -> list[str]:
    found = []
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found.append(".".join(part for part in parts if part != "__init__"))
    return found


def _run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)


def test_imports_look_down():
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter, "--no-cache"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_everything_below_the_window_works_on_a_machine_without_qt():
    names = [name for name in _modules("icv_app", "forms", "reports", "resources") if not name.endswith("__main__")]
    imports = "\n".join(f"import {name}" for name in [*names, "icv_app.__main__"])
    result = _run(f"import sys\nsys.modules['PySide6'] = None\nsys.modules['shiboken6'] = None\n{imports}")
    assert result.returncode == 0, result.stderr


def test_forms_need_nothing_but_the_standard_library():
    imports = "\n".join(f"import {name}" for name in _modules("forms"))
    code = (
        "import sys\nbefore = set(sys.modules)\n"
        f"{imports}\n"
        "tops = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(top for top in tops - set(sys.stdlib_module_names) - {'forms'} if not top.startswith('_')))"
    )
    result = _run(code)
    assert result.stdout.strip() == "[]", result.stdout + result.stderr


def test_the_command_line_starts_without_the_window_and_the_printer():
    result = _run("import icv_app.__main__, sys; print([m for m in ('PySide6', 'reportlab') if m in sys.modules])")
    assert result.stdout.strip() == "[]", result.stdout + result.stderr


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_is_longer_than_400_lines(package):
    long = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / package).rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_no_module_is_a_drawer():
    drawers = {"utils", "helpers", "common", "manager", "misc"}
    assert not [name for name in _modules(*PACKAGES) if name.rpartition(".")[2] in drawers]


def test_test_folders_are_not_packages():
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_imports_by_name_are_nowhere():
    found = [
        str(path)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "import_module(" in path.read_text(encoding="utf-8")
    ]
    assert found == []
