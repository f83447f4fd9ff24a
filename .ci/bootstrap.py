"""The set-up: makes `.venv` from the hashed lock when the lock has changed, then starts what was asked for.

Runs on a bare Python 3.11 or newer, standard library only. `run` and `run.cmd` call it.
"""

import hashlib
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
MARK = ENVIRONMENT / "installed-locks.txt"


def _interpreter() -> Path:
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _fingerprint(lock: Path) -> str:
    digest = hashlib.sha256(lock.read_bytes())
    digest.update(f"{sys.version_info[:2]} {sysconfig.get_platform()} {ROOT}".encode())
    return f"{lock.name} {digest.hexdigest()}"


def prepare(lock: Path) -> Path:
    """Bring `.venv` to what `lock` says and return its interpreter.

    The mark is written last, so that a broken set-up begins again.
    """
    wanted = _fingerprint(lock)
    installed = MARK.read_text(encoding="utf-8").splitlines() if MARK.exists() else []
    if wanted in installed and _interpreter().exists():
        return _interpreter()
    print(f"Setting up (once): installing what {lock.name} lists ...", file=sys.stderr, flush=True)
    same_machine = [line for line in installed if line in {_fingerprint(other) for other in ROOT.glob("*.lock")}]
    venv.create(ENVIRONMENT, with_pip=True, clear=not same_machine)
    python = str(_interpreter())
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-input"]
    subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)], check=True, stdout=sys.stderr)
    # A path file puts the five packages on the interpreter's path, as an editable install would, without a build.
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    (Path(site) / "icv-app.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    MARK.write_text("\n".join([*same_machine, wanted]) + "\n", encoding="utf-8")
    return _interpreter()


def main(arguments: list[str]) -> int:
    """Set up, then run the tests or the program with `arguments`; returns its exit status, 3 where set-up failed."""
    testing = arguments[:1] == ["test"]
    try:
        python = prepare(ROOT / ("requirements-dev.lock" if testing else "requirements.lock"))
    except (subprocess.CalledProcessError, OSError) as error:
        print(
            f"The set-up did not finish, so nothing was started; it will begin again next time.\n{error}",
            file=sys.stderr,
        )
        return 3
    if testing:
        command = [str(python), "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
        return subprocess.run([*command, "-n", "2", *arguments[1:]], cwd=ROOT, check=False).returncode
    return subprocess.run([str(python), "-m", "icv_app", *arguments], check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
