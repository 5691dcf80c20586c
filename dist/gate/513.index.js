export const id = 513;
export const ids = [513];
export const modules = {

/***/ 3513:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  initCommand: () => (/* binding */ initCommand)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/config.ts + 1 modules
var src_config = __webpack_require__(9054);
// EXTERNAL MODULE: ./src/config-rehearsal.ts
var config_rehearsal = __webpack_require__(6475);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./src/model/dry-run.ts
var dry_run = __webpack_require__(5536);
;// CONCATENATED MODULE: ./src/init/workflow.ts

/** Where the workflows stand. GitHub reads no other folder. */
const workflowFile = '.github/workflows/migration-gate.yml';
const commentWorkflowFile = '.github/workflows/migration-gate-comment.yml';
const stagingWorkflowFile = '.github/workflows/migration-gate-staging.yml';
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
/** The secret of an environment that holds the URL of its database. */
const stagingSecret = 'STAGING_DATABASE_URL';
/** The workflow that is started by hand: a dry run against the database of an environment. */
function stagingWorkflow({ alembic, environment, directories, }) {
    const isOneOfSeveral = directories.length > 1;
    return `name: migration-gate-staging

# Started by hand, for the branch that is chosen: Actions > migration-gate-staging > Run workflow. GitHub offers that once this file is
# on the default branch.
on:
  workflow_dispatch:
    inputs:
      environment:
        description: The environment whose database is asked
        type: choice # of those named here only; add others below
        options: [${workflow_text(environment)}]
        default: ${workflow_text(environment)}
        required: true
      mode:
        description: plan only reads; rehearse reads the schema; apply-and-rollback takes real locks
        type: choice
        options: [${dry_run/* dryRunModes */.b$.join(', ')}]
        default: plan
        required: true
${isOneOfSeveral ? directoryInput(directories) : ''}      to:
        description: The last migration to include; empty for all that are pending
        type: string
        required: false

permissions: {} # the job names its own

concurrency: # one at a time for each environment, and none is cut off
  group: migration-gate-staging-\${{ inputs.environment }}
  cancel-in-progress: false

jobs:
  dry-run:
    name: \${{ inputs.mode }} on \${{ inputs.environment }}
    runs-on: ubuntu-latest # must reach the database: a runner inside its network, or an address that is let in
    timeout-minutes: 30
    environment: \${{ inputs.environment }} # its reviewers, its branches, its secrets
    permissions:
      contents: read # checkout
    steps:
      - uses: ${pinned.checkout}
        with:
          persist-credentials: false # migrations are run, and need no token
${alembic ? steps(alembic) : ''}      - uses: migration-gate/migration-gate@v1
        id: gate
        with:
          command: dry-run
          mode: \${{ inputs.mode }}
${isOneOfSeveral ? '          directory: ${{ inputs.directory }}\n' : ''}          to: \${{ inputs.to }}
          lock-timeout: 2s
          statement-timeout: 30s
        env: # an input would be printed in the log where a workflow is debugged
          MIGRATION_GATE_STAGING_URL: \${{ secrets.${stagingSecret} }}
      # The report is in the summary of the run, and here to be kept.
      - if: \${{ !cancelled() && steps.gate.outputs.report-path != '' }}
        uses: ${pinned.upload}
        with:
          name: migration-gate-staging
          path: \${{ steps.gate.outputs.report-path }}
          retention-days: 30
`;
}
function directoryInput(directories) {
    return `      directory:
        description: The migrations of this database
        type: choice
        options: [${directories.map((directory) => workflow_text(directory || '.')).join(', ')}]
        required: true
`;
}
/** Quoted where YAML, or a pattern of branches, would read something else. */
function branch(name) {
    return workflow_text(name, name.replace(/[*?+[\]!\\]/g, '\\$&'));
}
/** As it is where it is plain. */
function workflow_text(plain, otherwise = plain) {
    return /^[A-Za-z][\w./-]*$/.test(plain) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(plain)
        ? plain
        : JSON.stringify(otherwise);
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

;// CONCATENATED MODULE: ./src/init/settings.ts


const page = 'https://github.com/migration-gate/migration-gate#configuration';
/**
 * The settings that say what was detected, with the ones that are most often changed as comments. Several histories are left to
 * be detected in each run: the settings have a place for one.
 */
function settings(projects) {
    const [only, ...others] = projects;
    const found = only && others.length === 0
        ? (0,dist/* stringify */.As)({ tool: only.tool, directory: only.directory || '.' }, { lineWidth: 0 })
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
    return { install: commands[0] ?? usualInstall };
}

;// CONCATENATED MODULE: ./src/init/words.ts

const outcomes = {
    written: 'Wrote',
    replaced: 'Replaced',
    unchanged: 'Already as it should be:',
    kept: 'Kept what was there (--force replaces it):',
};
/**
 * What was found and written, and what a person has to do now. Plain text; names of files are as they are.
 * @param environment of the workflow for dry runs; undefined: it was not asked for
 */
function told(projects, written, environment) {
    return `${projects.map(found).join('\n')}
${written.map(({ path, outcome }) => `${outcomes[outcome]} ${path}`).join('\n')}

Now:
  1. Look at what the gate says to the migrations that you have:  migration-gate check --all
  2. Commit these files on a branch and open a pull request; the gate runs on it.
  3. Make the check required: on GitHub, Settings > Rules > Rulesets > New branch ruleset > Require status checks to pass,
     and add "migration-gate". GitHub offers a check there once it has run, in the last seven days.
${environment === undefined ? '' : staging(environment)}`;
}
function staging(environment) {
    return `  4. Make the environment "${environment}": on GitHub, Settings > Environments. Give it the secret ${stagingSecret}, the URL of its
     database with a role that may only read; name the branches that may use it, because their code is what runs; and reviewers.
  5. Once ${stagingWorkflowFile} is on the default branch, start it:
     Actions > migration-gate-staging > Run workflow, or
     gh workflow run migration-gate-staging.yml --ref BRANCH --field mode=plan
`;
}
function found({ tool, directory, migrations: { length: number } }) {
    return `Found ${tool} in ${directory || 'the root'}: ${number} ${number === 1 ? 'migration' : 'migrations'}.`;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./src/init/write.ts


/**
 * Writes files that are not there yet.
 * @param repository absolute path of the root
 * @param files text by path from the root
 * @param replace also those that are there with another text
 */
async function writeFiles(repository, files, replace) {
    const written = [];
    for (const [path, text] of Object.entries(files))
        written.push({ path, outcome: await writeOne((0,external_node_path_.join)(repository, path), text, replace) });
    return written;
}
async function writeOne(path, text, replace) {
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
    if (await isNew(path, text))
        return 'written';
    if ((await (0,promises_.readFile)(path, 'utf8')) === text)
        return 'unchanged';
    if (!replace)
        return 'kept';
    // A link is replaced, not followed.
    await (0,promises_.rm)(path);
    await (0,promises_.writeFile)(path, text, { flag: 'wx' });
    return 'replaced';
}
async function isNew(path, text) {
    try {
        await (0,promises_.writeFile)(path, text, { flag: 'wx' });
        return true;
    }
    catch (error) {
        if (error.code === 'EEXIST')
            return false;
        throw error;
    }
}

// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: ./src/output-file.ts
var output_file = __webpack_require__(8861);
// EXTERNAL MODULE: ./src/read/changed-files.ts
var changed_files = __webpack_require__(8630);
// EXTERNAL MODULE: ./src/read/read.ts + 21 modules
var read = __webpack_require__(3803);
// EXTERNAL MODULE: ./src/report/inert.ts
var inert = __webpack_require__(1822);
;// CONCATENATED MODULE: ./src/init-command.ts












/** What `migration-gate init` does: finds the migrations, writes files, says what to do now. */
async function initCommand(flags) {
    const environment = flags.staging === undefined ? undefined : environmentName(flags.staging);
    const repository = await (0,changed_files/* repositoryRoot */.Hn)((0,external_node_path_.resolve)(flags.cwd));
    const projects = await (0,read/* readProjects */.VH)({ repository, changed: undefined, ...(await whereToLook(repository, flags)) });
    const alembic = alembicSteps(projects, await (0,changed_files/* listFiles */.CS)(repository));
    const files = {
        [workflowFile]: workflow({
            alembic,
            isPublic: flags.public ?? false,
            defaultBranch: await (0,changed_files/* defaultBranch */.OR)(repository),
        }),
        ...(flags.public && { [commentWorkflowFile]: commentWorkflow }),
        ...(environment && {
            [stagingWorkflowFile]: stagingWorkflow({
                alembic,
                environment,
                directories: projects.map((project) => project.directory),
            }),
        }),
        [src_config/* configFile */.Ze]: settings(projects),
    };
    const written = await (0,output_file/* toldWhereNot */.c)(Object.keys(files).join(', '), () => writeFiles(repository, files, flags.force ?? false));
    process.stdout.write((0,inert/* block */.om)(told(projects, written, environment)));
}
/** Settings that are there, and stay, may say where the migrations are and what runs them. */
async function whereToLook(repository, { tool, directory, force }) {
    if (force)
        return { tool, directory: directory === undefined ? undefined : (0,src_config/* plainFolder */.nI)(directory) };
    // A URL of a server is not needed here.
    const values = { tool, directory, database: 'auto' };
    const config = await (0,src_config/* loadConfig */.Z9)({ repository, values, origin: 'the command line' });
    return { tool: config.tool, directory: config.directory, commands: (0,config_rehearsal/* ownCommands */.hO)(config) };
}
function environmentName(given) {
    const name = given.trim();
    if (!/^[^\p{C}]{1,255}$/u.test(name))
        throw new errors/* UserError */.y('--staging: give the name of an environment on GitHub, such as staging.');
    return name;
}


/***/ })

};
