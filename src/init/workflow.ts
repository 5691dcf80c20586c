/** Where the workflow stands. GitHub reads no other folder. */
export const workflowFile = '.github/workflows/migration-gate.yml'

const text = `name: migration-gate

# No paths: filter. A required check that is skipped stays pending for ever; without a changed migration this one succeeds at once.
on:
  pull_request:
  merge_group: # for a merge queue; without one this event never happens

# Naming any permission takes all others away.
permissions:
  contents: read # checkout
  pull-requests: write # the report comment; with read the gate still decides, only the comment is missing

concurrency:
  group: migration-gate-\${{ github.event.pull_request.number || github.ref }}
  # A cancelled check blocks the merge queue, so only the runs of a pull request are replaced by newer ones.
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  migration-gate: # the name of the check that is made required
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v7
        with:
          fetch-depth: 0 # the gate compares with the base branch
          persist-credentials: false # migrations are run, and need no token
`

/** What most projects with Alembic do. */
export const usualInstall = 'pip install -r requirements.txt'

function python(install: string): string {
  return `      - uses: actions/setup-python@v6
        with: { python-version: '3.13' }
      - run: ${install}
`
}

const gate = `      - uses: migration-gate/migration-gate@v1
`

const forks = `# Whatever stands here, a pull request from a fork gets a token that can only read, and no secrets. The gate decides all the same,
# and its report is in the summary of the job and beside the code; only the comment is missing. Do not change pull_request to
# pull_request_target for its sake: that event has your secrets, and migrations are somebody's code. The gate does not run them there.
`

export interface WorkflowOptions {
  /** Steps that install the project's Alembic: the command of one; `perhaps`: as a comment; undefined: none. */
  readonly alembic: { readonly install: string } | 'perhaps' | undefined
  /** Anybody may open a pull request from a fork. */
  readonly isPublic: boolean
}

/** The workflow that runs the gate on pull requests and in a merge queue. */
export function workflow({ alembic, isPublic }: WorkflowOptions): string {
  const whole = `${text}${alembic ? steps(alembic) : ''}${gate}`
  return isPublic ? whole.replace('# Naming any permission', () => `${forks}\n# Naming any permission`) : whole
}

function steps(alembic: NonNullable<WorkflowOptions['alembic']>): string {
  if (alembic === 'perhaps')
    return `      # Only for Alembic: the gate runs your own.\n${python(usualInstall).replace(/^ {6}/gm, '      # ')}`
  return `      # The gate runs your own Alembic: this installs it.\n${python(alembic.install)}`
}
