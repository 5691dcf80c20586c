"""What Alembic itself sends for each version file of an application, without the application.

usage: alembic_prints.py extract WHEEL FOLDER
       alembic_prints.py print < request.json > answer.json

`extract` takes the Python and configuration files out of a wheel. `print` runs upgrade() and downgrade() of each file twice: offline, as
`alembic --sql` does, and online on a connection that writes down what it is given and has no rows. Modules of the application and of
libraries that are not installed are stand-ins that may be imported and inherited from; called by a migration, they raise. Modules named
in `real` are the application's own, so that their types and helpers are what they are.
"""

import ast
import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import re
import sys
import types
import zipfile

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine.mock import MockConnection


class StandIn:
    permissive = 0
    # What a migration called and got no answer to: it may catch the error, and then does what it does without the application.
    called = []

    def __init__(self, name):
        self.__dict__["_name"] = name

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn(f"{self._name}.{name}")

    def __call__(self, *args, **kwargs):
        if StandIn.permissive:
            return StandIn(f"{self._name}()")
        StandIn.called.append(self._name)
        raise RuntimeError(f"{self._name} is not here")

    def __getitem__(self, key):
        return StandIn(f"{self._name}[]")

    def __iter__(self):
        return iter(())

    def __or__(self, other):
        return StandIn(f"{self._name}|")

    __ror__ = __or__

    def __mro_entries__(self, bases):
        return (object,)


class StandInModule(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn(f"{self.__name__}.{name}")


class StandInLoader(importlib.abc.Loader):
    def create_module(self, spec):
        module = StandInModule(spec.name)
        module.__path__ = []
        return module

    def exec_module(self, module):
        pass


class RealLoader(importlib.machinery.SourceFileLoader):
    """Code of the application: what it calls while it is imported gives stand-ins."""

    def exec_module(self, module):
        StandIn.permissive += 1
        try:
            super().exec_module(module)
        finally:
            StandIn.permissive -= 1


class ApplicationFinder(importlib.abc.MetaPathFinder):
    def __init__(self, root, package, real):
        self.root, self.package, self.real = root, package, real

    def find_spec(self, name, path, target=None):
        if name.split(".")[0] != self.package:
            return None
        place = f"{self.root}/{name.replace('.', '/')}"
        for file in (f"{place}.py", f"{place}/__init__.py") if name in self.real else ():
            with contextlib.suppress(FileNotFoundError):
                open(file).close()
                return importlib.util.spec_from_file_location(name, file, loader=RealLoader(name, file))
        return importlib.machinery.ModuleSpec(name, StandInLoader(), is_package=True)


class MissingFinder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        # A package that is installed and lacks a module says so itself.
        top = sys.modules.get(name.split(".")[0])
        if top is not None and not isinstance(top, StandInModule):
            return None
        return importlib.machinery.ModuleSpec(name, StandInLoader(), is_package=True)


class Rows:
    rowcount = 0

    def __iter__(self):
        return iter(())

    def __getattr__(self, name):
        if name in ("first", "one_or_none", "scalar", "scalar_one_or_none", "fetchone"):
            return lambda *args: None
        if name in ("all", "fetchall", "fetchmany"):
            return lambda *args: []
        if name in ("scalars", "mappings", "unique"):
            return lambda *args: self
        raise AttributeError(name)


class Transaction:
    is_active = True

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return False

    def commit(self):
        pass

    rollback = close = commit


class Connection:
    """A connection to nothing, which writes down the statements that it is given."""

    def __init__(self, sent):
        self.dialect, self.sent = postgresql.dialect(), sent

    def execute(self, statement, parameters=None, **kwargs):
        rows = parameters if isinstance(parameters, (list, tuple)) and parameters else [parameters or {}]
        for row in rows:
            self.sent.append(self.written(statement, row))
        return Rows()

    def written(self, statement, row):
        given = {key: value for key, value in row.items() if value is not None} if isinstance(row, dict) else {}
        with contextlib.suppress(Exception):
            bound = statement.bindparams(**given) if isinstance(statement, sa.sql.elements.TextClause) else statement
            return str(bound.compile(dialect=self.dialect, compile_kwargs={"literal_binds": True}))
        names = {"column_keys": list(given)} if isinstance(statement, sa.sql.dml.ValuesBase) else {}
        compiled = statement.compile(dialect=self.dialect, compile_kwargs={"render_postcompile": True}, **names)
        return re.sub(r"%\(\w+\)s(::\w+)?", "$1", str(compiled)).replace("%%", "%")

    def scalar(self, statement, parameters=None):
        self.execute(statement, parameters)

    def exec_driver_sql(self, statement, parameters=None):
        self.sent.append(statement)
        return Rows()

    def execution_options(self, **kwargs):
        return self

    def in_transaction(self):
        return False

    def get_transaction(self):
        return None

    def get_isolation_level(self):
        return "READ COMMITTED"

    def begin(self):
        return Transaction()

    begin_nested = begin

    def commit(self):
        pass

    rollback = close = commit

    @property
    def engine(self):
        return self


def convention(file):
    """The naming_convention that the application's MetaData has: the first one in the file."""
    for node in ast.walk(ast.parse(open(file, encoding="utf-8").read())):
        value = None
        if isinstance(node, ast.keyword) and node.arg == "naming_convention":
            value = node.value
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).lower().endswith("naming_convention"):
            value = node.value
        if isinstance(value, ast.Dict):
            return ast.literal_eval(value)
    raise SystemExit(f"no naming_convention in {file}")


def inspected(inspect):
    def recording(subject, *args, **kwargs):
        if isinstance(subject, (Connection, MockConnection)) or subject is None:
            StandIn.called.append("inspect")
        return inspect(subject, *args, **kwargs)

    return recording


def run(path, direction, metadata, online):
    sent = []
    StandIn.called.clear()
    opts = {"target_metadata": metadata}
    if online:
        context = MigrationContext(postgresql.dialect(), Connection(sent), opts)
    else:
        opts |= {"as_sql": True, "literal_binds": True, "output_buffer": io.StringIO()}
        context = MigrationContext.configure(
            dialect_name="postgresql", opts=opts, dialect_opts={"paramstyle": "named"}
        )
        context.impl.static_output = sent.append
    try:
        spec = importlib.util.spec_from_file_location("version", path)
        module = importlib.util.module_from_spec(spec)
        with Operations.context(context):
            spec.loader.exec_module(module)
            function = getattr(module, "upgrade" if direction == "up" else "downgrade", None)
            if function is not None:
                function()
        return {"sent": sent, "error": f"caught: {StandIn.called[0]}" if StandIn.called else None}
    except Exception as error:
        return {"sent": sent, "error": f"{type(error).__name__}: {error}"[:200]}
    except SystemExit as error:
        return {"sent": sent, "error": f"SystemExit: {error}"}


def main():
    if sys.argv[1] == "extract":
        with zipfile.ZipFile(sys.argv[2]) as wheel:
            for name in wheel.namelist():
                if name.endswith((".py", ".ini", ".toml")):
                    wheel.extract(name, sys.argv[3])
        return
    request = json.load(sys.stdin)
    answer_to, sys.stdout = sys.stdout, sys.stderr
    root = request["root"]
    sys.meta_path.insert(0, ApplicationFinder(root, request["package"], request["real"]))
    sys.meta_path.append(MissingFinder())
    sa.inspect = inspected(sa.inspect)
    for name in request["real"]:
        importlib.import_module(name)
    file = request["convention"]
    metadata = sa.MetaData(naming_convention=convention(f"{root}/{file}")) if file else sa.MetaData()
    answer = {}
    for path in request["files"]:
        answer[path] = {
            direction: {
                "offline": run(f"{root}/{path}", direction, metadata, False),
                "online": run(f"{root}/{path}", direction, metadata, True),
            }
            for direction in ("up", "down")
        }
    json.dump(answer, answer_to)


main()
