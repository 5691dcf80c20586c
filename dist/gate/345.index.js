export const id = 345;
export const ids = [345,185];
export const modules = {

/***/ 8345:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   alembicSteps: () => (/* binding */ alembicSteps),
/* harmony export */   settings: () => (/* binding */ settings)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _workflow_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6185);


const page = 'https://github.com/migration-gate/migration-gate#configuration';
/**
 * The settings that say what was detected, with the ones that are most often changed as comments. Several histories are left to
 * be detected in each run: the settings have a place for one.
 */
function settings(projects) {
    const [only, ...others] = projects;
    const found = only && others.length === 0
        ? (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .stringify */ .As)({ tool: only.tool, directory: only.directory || '.' }, { lineWidth: 0 })
        : projects.map(({ tool, directory }) => `# found: ${tool} in ${JSON.stringify(directory || '.')}\n`).join('');
    return `# What migration-gate checks, and how. All settings: ${page}
${found}# postgres-version: 17 # the major version that production runs, 12 to 18
# fail-on: error # warning: warnings fail the check, too; never: findings are advice
# round-trip: auto # required: not being able to rehearse is a mistake of the configuration; off: only read
# timeout: 60 # seconds for one run of one migration
`;
}
const manifests = [
    ['requirements.txt', (path) => `pip install -r ${path}`],
    ['pyproject.toml', (path) => `pip install ./${path.slice(0, path.lastIndexOf('/') + 1)}`],
];
/**
 * What the workflow needs where one of these uses Alembic: from the first of requirements.txt and pyproject.toml that stands in its
 * folder, or in the root, and whose path is plain enough for a shell. Undefined: none does.
 * @param paths the files of the repository, from its root
 */
function alembicSteps(projects, paths) {
    const project = projects.find(({ tool }) => tool === 'alembic');
    if (!project)
        return undefined;
    const folders = [...new Set([project.directory ? `${project.directory}/` : '', ''])];
    const commands = folders.flatMap((folder) => manifests
        .filter(([file]) => paths.includes(`${folder}${file}`) && /^[\w./-]*$/.test(folder) && !folder.startsWith('-'))
        .map(([file, command]) => command(`${folder}${file}`)));
    return { install: commands[0] ?? _workflow_js__WEBPACK_IMPORTED_MODULE_1__.usualInstall };
}


/***/ }),

/***/ 6185:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   commentWorkflow: () => (/* binding */ commentWorkflow),
/* harmony export */   commentWorkflowFile: () => (/* binding */ commentWorkflowFile),
/* harmony export */   usualInstall: () => (/* binding */ usualInstall),
/* harmony export */   workflow: () => (/* binding */ workflow),
/* harmony export */   workflowFile: () => (/* binding */ workflowFile)
/* harmony export */ });
/** Where the workflows stand. GitHub reads no other folder. */
const workflowFile = '.github/workflows/migration-gate.yml';
const commentWorkflowFile = '.github/workflows/migration-gate-comment.yml';
/** A tag can be moved to other code, a commit cannot; the comment tells people, and Dependabot, which version it is. */
const pinned = {
    checkout: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
    setupPython: 'actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0',
    cacheRestore: 'actions/cache/restore@55cc8345863c7cc4c66a329aec7e433d2d1c52a9 # v6.1.0',
    cacheSave: 'actions/cache/save@55cc8345863c7cc4c66a329aec7e433d2d1c52a9 # v6.1.0',
    upload: 'actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1',
    download: 'actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1',
};
/** What most projects with Alembic do. */
const usualInstall = 'pip install -r requirements.txt';
/** The workflow that runs the gate on pull requests and in a merge queue. */
function workflow({ alembic, isPublic, defaultBranch }) {
    return `name: migration-gate

# No paths: filter. A required check that is skipped stays pending for ever; without a changed migration this one succeeds at once.
on:
  pull_request:
  merge_group: # for a merge queue; without one this event never happens
  push: # only to fill the cache
    branches: [${branch(defaultBranch)}]

permissions: {} # each job names its own

concurrency:
  group: migration-gate-\${{ github.event.pull_request.number || github.ref }}
  # A cancelled check blocks the merge queue, so only the runs of a pull request are replaced by newer ones.
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  migration-gate: # the name of the check that is made required
    name: migration-gate
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read # checkout
      ${isPublic ? 'pull-requests: read # the list of changed files' : 'pull-requests: write # the report comment; with read the gate still decides, only the comment is missing'}
    steps:
      - uses: ${pinned.checkout}
        with:
          fetch-depth: 0 # the gate compares with the base branch
          persist-credentials: false # migrations are run, and need no token
      # PostgreSQL, and the schema of the default branch. A pull request takes it up and never writes it: its code has run by then.
      - uses: ${pinned.cacheRestore}
        with:
          path: ~/.cache/migration-gate
          key: migration-gate-\${{ runner.os }}-\${{ runner.arch }}-\${{ github.sha }}
          restore-keys: migration-gate-\${{ runner.os }}-\${{ runner.arch }}-
${alembic ? steps(alembic) : ''}      - uses: migration-gate/migration-gate@v1
        id: gate
        with:
          keep-baseline: \${{ github.event_name == 'push' }} # and then nothing is judged
${isPublic ? leaveReport : ''}      - if: steps.gate.outputs.cache-changed == 'true'
        uses: ${pinned.cacheSave}
        with:
          path: ~/.cache/migration-gate
          key: migration-gate-\${{ runner.os }}-\${{ runner.arch }}-\${{ github.sha }}
`;
}
const leaveReport = `          comment: never # the run of a fork may not; migration-gate-comment.yml writes it
          report-file: \${{ runner.temp }}/migration-gate.json
      - if: \${{ !cancelled() && github.event_name == 'pull_request' }}
        uses: ${pinned.upload}
        with:
          name: migration-gate
          path: \${{ runner.temp }}/migration-gate.json
          retention-days: 1
`;
/** Of a public repository: the workflow that may comment, and runs nothing of a pull request. */
const commentWorkflow = `name: migration-gate-comment

# Has a token that can write, and so runs nothing of the pull request and checks nothing out: the report of the other run is read as data,
# and which pull request it belongs to is asked of GitHub.
on:
  workflow_run: # zizmor: ignore[dangerous-triggers]
    workflows: [migration-gate]
    types: [completed]

permissions: {} # each job names its own

concurrency:
  group: migration-gate-comment-\${{ github.event.workflow_run.head_sha }}
  cancel-in-progress: false

jobs:
  comment:
    name: comment
    if: github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.conclusion != 'cancelled'
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      actions: read # the report that the other run has left
      pull-requests: write # the comment
    steps:
      - uses: ${pinned.download}
        with:
          name: migration-gate
          path: report
          run-id: \${{ github.event.workflow_run.id }}
          github-token: \${{ github.token }}
      - uses: migration-gate/migration-gate@v1
        with:
          comment-from: report/migration-gate.json
`;
/** Quoted where YAML, or a pattern of branches, would read something else. */
function branch(name) {
    return /^[A-Za-z][\w./-]*$/.test(name) ? name : JSON.stringify(name.replace(/[*?+[\]!\\]/g, '\\$&'));
}
function python(install) {
    return `      - uses: ${pinned.setupPython}
        with: { python-version: '3.13' }
      - run: ${install}
`;
}
function steps(alembic) {
    if (alembic === 'perhaps')
        return `      # Only for Alembic: the gate runs your own.\n${python(usualInstall).replace(/^ {6}/gm, '      # ')}`;
    return `      # The gate runs your own Alembic: this installs it.\n${python(alembic.install)}`;
}


/***/ })

};
