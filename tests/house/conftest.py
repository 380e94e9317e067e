"""What the house tests walk over: every module of the project, its functions, and every file that is tracked."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIGURE = "house figure"
FOLDERS = ("src", "tests", "tools")


@dataclass(frozen=True)
class Module:
    path: Path

    @property
    def name(self):
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self):
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self):
        return ast.parse(self.text)

    @property
    def lines(self):
        return len(self.text.splitlines())

    def functions(self):
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return [Function(self, node) for node in ast.walk(self.tree) if isinstance(node, kinds)]


@dataclass(frozen=True)
class Function:
    module: Module
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def name(self):
        return f"{self.module.name}:{self.node.lineno} {self.node.name}"

    @property
    def lines(self):
        """Lines from the first statement to the last, blank lines and comments among them, without the docstring."""
        body = self.node.body[1:] if ast.get_docstring(self.node) else self.node.body
        return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def tracked():
    """Every file that git tracks or would track; the machine's own and what is fetched or built are not among them."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="session")
def modules(tracked):
    """Every module that people wrote; migrations are written by Django."""
    found = [path for path in tracked if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in FOLDERS]
    return [Module(path) for path in found if "migrations" not in path.parts]


@pytest.fixture(scope="session")
def product(modules):
    """The modules of the product itself."""
    return [module for module in modules if module.name.startswith("src/")]


@pytest.fixture
def figure(record_property):
    """Print a figure about the code at the end of the run."""
    return lambda sentence: record_property(FIGURE, sentence)
