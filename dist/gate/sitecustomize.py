"""Sends every connection that SQLAlchemy opens to the scratch database of migration-gate.

Python imports `sitecustomize` when it starts (https://docs.python.org/3/library/site.html), so this runs before the
project's env.py and needs no change in it. It replaces the address, never asks for the one that it replaces, and refuses
databases other than PostgreSQL: whatever env.py says, nothing else is reached through SQLAlchemy. A connection that the
project opens with one of the drivers itself, to another place, is refused.

What happened is told as one JSON object a line, in the file that MIGRATION_GATE_EVENTS names. Values of rows (parameters,
DETAIL) are never written. Runs on Python 3.7 and later, SQLAlchemy 1.4 and later.
"""

import atexit
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
EVENTS = os.environ.get("MIGRATION_GATE_EVENTS")
ROOT = os.path.realpath(os.environ.get("MIGRATION_GATE_ROOT", os.curdir))
DRIVERS = ("psycopg2", "psycopg", "psycopg_async", "asyncpg", "pg8000")

# Everything that says where a server is, who we are, or how the connection is secured, in any of the drivers.
ADDRESS = (
    "host",
    "port",
    "user",
    "pass",
    "database",
    "dbname",
    "dsn",
    "conninfo",
    "service",
    "ssl",
    "gss",
    "krb",
    "channel_binding",
    "require",
    "unix_sock",
    "direct_tls",
    "target_session",
    "load_balance",
    "replication",
)

targets = []


opened = set()


def tell(event, **fields):
    with open(EVENTS, "a", encoding="utf-8") as file:
        file.write(json.dumps({"event": event, "pid": os.getpid(), **fields}) + "\n")


def chain():
    """Runs the sitecustomize that this one hides, as Debian and some CI images have one."""
    elsewhere = [path for path in sys.path if os.path.abspath(path or os.curdir) != HERE]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", elsewhere)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


class AfterImport(importlib.abc.MetaPathFinder):
    """Calls a function right after a module was imported, before the importer sees it."""

    def __init__(self, actions):
        self.actions = actions

    def find_spec(self, name, path=None, target=None):
        action = self.actions.pop(name, None)
        if action is None:
            return None
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def execute_then_act(module):
            execute(module)
            action(module)

        spec.loader.exec_module = execute_then_act
        return spec


def frames():
    """Places in the repository's own files that are being executed, outermost first."""
    found = []
    frame = sys._getframe()
    while frame is not None:
        found.append((frame.f_code.co_filename, frame.f_lineno))
        frame = frame.f_back
    return own(reversed(found))


def own(places):
    found = []
    for file, line in places:
        # `<frozen importlib._bootstrap>`, `<string>`
        if file.startswith("<"):
            continue
        path = os.path.realpath(file)
        if path.startswith(ROOT + os.sep) and os.sep + "site-packages" + os.sep not in path:
            found.append([os.path.relpath(path, ROOT).replace(os.sep, "/"), line])
    return found


def redirect(dialect, record, arguments, parameters):
    if dialect.name != "postgresql" or dialect.driver not in DRIVERS:
        tell("refused", dialect=str(dialect.name), driver=str(dialect.driver))
        raise RuntimeError(
            "migration-gate lets only PostgreSQL be reached, through %s; this is %s through %s"
            % (", ".join(DRIVERS), dialect.name, dialect.driver)
        )
    # Only to tell one database from two: the address itself goes nowhere.
    target = (list(arguments), [str(parameters.get(key)) for key in ("host", "port", "database", "dbname", "dsn", "service")])
    if target not in targets:
        targets.append(target)
    # SQLAlchemy 1.4 gives an engine's next connection the same dictionary: changed, it would name another database.
    parameters = {key: value for key, value in parameters.items() if not key.startswith(ADDRESS)}
    host, port = os.environ["PGHOST"], int(os.environ["PGPORT"])
    name = "dbname" if dialect.driver.startswith("psycopg") else "database"
    parameters.update({"user": os.environ["PGUSER"], "password": os.environ["PGPASSWORD"], name: os.environ["PGDATABASE"]})
    if host.startswith("/") and dialect.driver == "pg8000":
        parameters["unix_sock"] = "%s/.s.PGSQL.%d" % (host, port)
    else:
        parameters.update(host=host, port=port)
    tell("connected", driver=dialect.driver, target=targets.index(target))
    # Listeners of the class come first, and the first connection that one returns is taken: those of the project, which may
    # fetch a password or connect by themselves, are not asked.
    return dialect.connect(**parameters)


def text(value):
    return value if isinstance(value, str) and value != "" else None


def database_error(error):
    """SQLSTATE, message and names out of any of the drivers' errors, without DETAIL."""
    original = error
    # SQLAlchemy's asyncpg adapter keeps the driver's error as the cause.
    if getattr(error, "diag", None) is None and type(error.__cause__).__module__.startswith("asyncpg"):
        original = error.__cause__
    diag = getattr(original, "diag", None)
    fields = original.args[0] if original.args and isinstance(original.args[0], dict) else {}

    def first(*values):
        return next((value for value in map(text, values) if value is not None), None)

    message = first(getattr(diag, "message_primary", None), fields.get("M"), *[arg for arg in original.args if isinstance(arg, str)])
    return {
        "sqlstate": first(getattr(original, "sqlstate", None), getattr(original, "pgcode", None), fields.get("C")),
        "message": (message or type(original).__name__).split("\n")[0],
        "table": first(getattr(diag, "table_name", None), getattr(original, "table_name", None), fields.get("t")),
        "column": first(getattr(diag, "column_name", None), getattr(original, "column_name", None), fields.get("c")),
        "constraint": first(getattr(diag, "constraint_name", None), getattr(original, "constraint_name", None), fields.get("n")),
    }


def note_error(context):
    statement = context.statement if isinstance(context.statement, str) else None
    tell("error", statement=statement, frames=frames(), **database_error(context.original_exception))


def hook_sqlalchemy(sqlalchemy):
    from sqlalchemy import event
    from sqlalchemy.engine import Engine, create

    event.listen(Engine, "do_connect", redirect)
    event.listen(Engine, "handle_error", note_error)

    create_engine = create.create_engine

    def create_redirected_engine(*arguments, **parameters):
        # These open connections by themselves, past the event.
        for key in ("creator", "pool"):
            parameters.pop(key, None)
        return create_engine(*arguments, **parameters)

    for module in (create, sys.modules["sqlalchemy.engine"], sqlalchemy):
        module.create_engine = create_redirected_engine


def refuse_elsewhere(driver, host, port):
    """Lets a driver connect only where `redirect` sends it."""
    if (str(host), str(port)) == (os.environ["PGHOST"], os.environ["PGPORT"]):
        return
    tell("elsewhere", driver=driver, frames=frames())
    raise RuntimeError("migration-gate lets only the scratch database be reached; this connects elsewhere through " + driver)


def hook_psycopg2(psycopg2):
    connect = psycopg2.connect

    def connect_here(dsn=None, *arguments, **parameters):
        asked = {key: value for key, value in parameters.items() if key in ("host", "port")}
        place = psycopg2.extensions.parse_dsn(psycopg2.extensions.make_dsn(dsn, **asked))
        refuse_elsewhere("psycopg2", place.get("host"), place.get("port"))
        return connect(dsn, *arguments, **parameters)

    psycopg2.connect = connect_here


def hook_psycopg(psycopg):
    def guarded(kind):
        connect = kind.connect.__func__

        def connect_here(cls, conninfo="", *arguments, **parameters):
            asked = {key: value for key, value in parameters.items() if key in ("host", "port")}
            place = psycopg.conninfo.conninfo_to_dict(conninfo, **asked)
            refuse_elsewhere("psycopg", place.get("host"), place.get("port"))
            return connect(cls, conninfo, *arguments, **parameters)

        kind.connect = classmethod(connect_here)

    guarded(psycopg.Connection)
    guarded(psycopg.AsyncConnection)
    psycopg.connect = psycopg.Connection.connect


def hook_keywords(driver):
    """For the drivers that are given host and port by name; a DSN is never ours."""

    def hook(module):
        connect = module.connect

        def connect_here(*arguments, **parameters):
            host, port = parameters.get("host"), parameters.get("port")
            # Where the server listens on a socket only.
            ours = "%s/.s.PGSQL.%s" % (os.environ["PGHOST"], os.environ["PGPORT"])
            if parameters.get("unix_sock") == ours:
                host, port = os.environ["PGHOST"], os.environ["PGPORT"]
            if arguments or parameters.get("dsn") is not None:
                host = None
            refuse_elsewhere(driver, host, port)
            return connect(*arguments, **parameters)

        module.connect = connect_here

    return hook


def hook_alembic(migration):
    context = migration.MigrationContext
    initialise = context.__init__

    def initialise_and_tell(self, *arguments, **parameters):
        initialise(self, *arguments, **parameters)
        tell("version-table", table=self.version_table, schema=self.version_table_schema)

    context.__init__ = initialise_and_tell


def note_exception(kind, error, trace):
    """Python's own report goes to stderr as ever; this tells where the project's files were."""
    places = []
    step = trace
    while step is not None:
        places.append((step.tb_frame.f_code.co_filename, step.tb_lineno))
        step = step.tb_next
    is_database = any(base.__name__ == "DBAPIError" for base in kind.__mro__)
    # Errors of SQLAlchemy and of the drivers quote parameters, rows and addresses; a missing driver quotes only its name.
    quotes = kind.__module__.split(".")[0] in ("sqlalchemy", "psycopg2", "psycopg", "asyncpg", "pg8000")
    message = "" if quotes and kind.__name__ != "NoSuchModuleError" else str(error).split("\n")[0]
    tell("exception", type=kind.__name__, message=message, database=is_database, frames=own(places))
    report(kind, error, trace)


def exit_and_tell(status=None):
    """An exit is no exception for the hook of those."""
    if status not in (None, 0):
        tell("exited", frames=frames())
    leave(status)


def packages():
    """What is installed, by the folders that say its name and version."""
    found = set()
    for folder in sys.path:
        if os.path.isdir(folder):
            found.update(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
    return sorted(found)


def note_opened(event, arguments):
    # https://docs.python.org/3/library/audit_events.html: path, mode, flags
    if event == "open" and isinstance(arguments[0], str) and "r" in (arguments[1] or "r"):
        opened.add(arguments[0])


def note_loaded():
    """Files of the repository that decided what this process did. What Python keeps compiled it does not open anew."""
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    places = [(file, 0) for file in {*opened, *files} if isinstance(file, str) and "__pycache__" not in file]
    tell("loaded", files=sorted(file for file, _ in own(places)))


if EVENTS:
    tell("ready", python="%d.%d.%d" % sys.version_info[:3], packages=packages())
    atexit.register(note_loaded)
    if hasattr(sys, "addaudithook"):
        sys.addaudithook(note_opened)
    report = sys.excepthook
    sys.excepthook = note_exception
    leave = sys.exit
    sys.exit = exit_and_tell
    actions = {
        "sqlalchemy": hook_sqlalchemy,
        "alembic.runtime.migration": hook_alembic,
        "psycopg2": hook_psycopg2,
        "psycopg": hook_psycopg,
        "asyncpg": hook_keywords("asyncpg"),
        "pg8000": hook_keywords("pg8000"),
    }
    sys.meta_path.insert(0, AfterImport(actions))
chain()
