"""Amazon's web adapter can be imported here, and the work-around for it leaves no trace."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

from ask_sdk_core.skill_builder import SkillBuilder

from skill.alexa import webservice

PROJECT = Path(__file__).parents[2]


def in_a_fresh_process(program: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Runs with every warning an error, as the first to import anything."""
    command = [sys.executable, "-W", "error", *options, "-c", textwrap.dedent(program)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)


def test_the_adapter_runs_a_skill() -> None:
    handler = webservice.WebserviceSkillHandler(
        SkillBuilder().create(), verify_signature=False, verifiers=[webservice.TimestampVerifier()]
    )
    assert callable(handler.verify_request_and_dispatch)
    assert issubclass(webservice.TimestampVerifier, webservice.AbstractVerifier)


def test_a_fresh_process_imports_it_without_a_warning_and_without_remains() -> None:
    done = in_a_fresh_process(
        """
        import json, sys
        import skill.alexa.webservice as webservice
        import ask_sdk_webservice_support.webservice_handler as real
        assert webservice.WebserviceSkillHandler is real.WebserviceSkillHandler
        print(json.dumps([n for n in sys.modules if n.split(".")[0] in ("oscrypto", "certvalidator")]))
        """
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    left = json.loads(done.stdout)
    # Where certvalidator works it is really imported, whole; where it does not, nothing is left of it.
    assert left == [] or {"certvalidator", "certvalidator.errors", "oscrypto.asymmetric"} <= set(left)


def test_after_it_certvalidator_fails_or_works_as_it_would_without_us() -> None:
    program = """
        try:
            import certvalidator
            print("works")
        except Exception as error:
            print(type(error).__name__)
        """
    after = in_a_fresh_process("import skill.alexa.webservice\n" + textwrap.dedent(program))
    assert after.returncode == 0, after.stderr
    assert after.stdout == in_a_fresh_process(program).stdout


def test_a_certvalidator_that_imports_is_used_and_kept(tmp_path: Path) -> None:
    package = tmp_path / "certvalidator"
    package.mkdir()
    (package / "__init__.py").write_text("class CertificateValidator: real = True\n")
    (package / "errors.py").write_text("class ValidationError(Exception): pass\nclass PathError(Exception): pass\n")
    done = in_a_fresh_process(
        f"""
        import sys
        sys.path.insert(0, {str(tmp_path)!r})
        import skill.alexa.webservice
        import ask_sdk_webservice_support.verifier as verifier
        assert verifier.CertificateValidator.real
        assert sys.modules["certvalidator"].CertificateValidator is verifier.CertificateValidator
        """
    )
    assert done.returncode == 0, done.stderr


def test_a_certvalidator_that_fails_halfway_leaves_nothing_behind(tmp_path: Path) -> None:
    for name, source in {
        "oscrypto/__init__.py": "",
        "oscrypto/errors.py": "class LibraryNotFoundError(Exception): pass",
        "certvalidator/__init__.py": "import oscrypto.errors\nraise oscrypto.errors.LibraryNotFoundError('version')",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(source)
    done = in_a_fresh_process(
        f"""
        import sys
        sys.path.insert(0, {str(tmp_path)!r})
        import skill.alexa.webservice
        assert not [n for n in sys.modules if n.split(".")[0] in ("oscrypto", "certvalidator")]
        import ask_sdk_webservice_support.verifier as verifier
        try:
            verifier.CertificateValidator(b"", [])
        except NotImplementedError as error:
            assert "skill.alexa.verify" in str(error)
        else:
            raise SystemExit("a stand-in was of use")
        """
    )
    assert done.returncode == 0, done.stderr


def test_threads_that_import_it_at_once_get_the_same() -> None:
    done = in_a_fresh_process(
        """
        import sys, threading
        gate, seen, failed = threading.Barrier(16), [], []
        def load():
            gate.wait()
            try:
                from skill.alexa.webservice import WebserviceSkillHandler
                seen.append(WebserviceSkillHandler)
            except BaseException as error:
                failed.append(error)
        threads = [threading.Thread(target=load) for _ in range(16)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        assert not failed, failed
        assert len(seen) == 16 and len(set(seen)) == 1
        assert "certvalidator" not in sys.modules or "oscrypto.asymmetric" in sys.modules
        """
    )
    assert done.returncode == 0, done.stderr


def test_a_stand_in_holds_nothing_but_what_the_adapter_imports() -> None:
    public = {
        module.__name__: {name for name in vars(module) if not name.startswith("_")}
        for module in webservice._stand_ins().values()
    }
    assert public == {
        "certvalidator": {"CertificateValidator", "errors"},
        "certvalidator.errors": {"PathError", "ValidationError"},
    }
