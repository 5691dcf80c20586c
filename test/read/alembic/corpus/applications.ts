/** An application whose wheel holds the history of its database. */
export interface Application {
  /** The distribution's name in the package registry. */
  readonly name: string
  readonly version: string
  /** The wheel's SHA-256: its version files are run. */
  readonly sha256: string
  /** The application's own package. */
  readonly package: string
  /** The folder of its `alembic.ini`. */
  readonly directory: string
  readonly versions: string
  /** What its `alembic.ini` leaves to code: lines for the section. */
  readonly settings: string
  /** The file with the `naming_convention` of the metadata that its `env.py` uses. */
  readonly convention: string | undefined
  /** Modules of its own that are run with the version files, because their types and helpers become SQL. */
  readonly real: readonly string[]
}

/** The small ones first: their wheels are 20 MB together. */
export const applications: readonly Application[] = [
  {
    name: 'prefect',
    version: '3.9.1',
    sha256: '0c662e26e971b617993eed1f3d02fb8bc3c2dd47bee521b495f6e4dfeb38ae74',
    package: 'prefect',
    directory: 'prefect/server/database',
    versions: 'prefect/server/database/_migrations/versions/postgresql',
    // Its env.py picks the folder by the database that it is connected to.
    settings: 'version_locations = %(here)s/_migrations/versions/postgresql',
    convention: 'prefect/server/database/orm_models.py',
    real: ['prefect.server.utilities.database'],
  },
  {
    name: 'apache-airflow',
    version: '2.10.5',
    sha256: '4c6d19159bcd85f496fbea70db72ef55d32335f80e4ffb82ae3c252782079ca0',
    package: 'airflow',
    directory: 'airflow',
    versions: 'airflow/migrations/versions',
    settings: '',
    convention: 'airflow/models/base.py',
    real: ['airflow.migrations.utils'],
  },
  {
    name: 'mlflow',
    version: '3.18.0',
    sha256: 'be7d84ba0d0b12392f5b53260cdb3e6d7b7ef4b80c29da90a89b5a1f6db7102f',
    package: 'mlflow',
    directory: 'mlflow/store/db_migrations',
    versions: 'mlflow/store/db_migrations/versions',
    settings: '',
    convention: undefined,
    real: [],
  },
  {
    name: 'langflow-base',
    version: '1.13.0',
    sha256: 'e15db23e16cf27d6d1ac8fcc5030cf25ad3a04356a9581862b4e97de739dd3a2',
    package: 'langflow',
    directory: 'langflow',
    versions: 'langflow/alembic/versions',
    settings: '',
    convention: 'langflow/alembic/env.py',
    real: ['langflow.utils.migration'],
  },
  {
    name: 'apache-superset',
    version: '6.1.0',
    sha256: '4b5886b2d6389a32df790aeae2532ad72529bce1af93b6edf2d1b2a8bf658748',
    package: 'superset',
    directory: 'superset/migrations',
    versions: 'superset/migrations/versions',
    settings: '',
    convention: undefined,
    real: ['superset.migrations.shared.utils', 'superset.migrations.shared.constraints'],
  },
]
