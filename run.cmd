@echo off
rem Sets everything up on first use, then starts the program: see the file "run" for what each word does.
setlocal
set "here=%~dp0"
where py >nul 2>nul && (
  py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && (
    py -3 "%here%.ci\bootstrap.py" %*
    goto :done
  )
)
where python >nul 2>nul && (
  python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && (
    python "%here%.ci\bootstrap.py" %*
    goto :done
  )
)
echo Python 3.11 or newer is needed. Please install Python from the Microsoft Store, then start again. 1>&2
exit /b 3
:done
exit /b %errorlevel%
