export const id = 891;
export const ids = [891];
export const modules = {

/***/ 1891:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   told: () => (/* binding */ told)
/* harmony export */ });
const outcomes = {
    written: 'Wrote',
    replaced: 'Replaced',
    unchanged: 'Already as it should be:',
    kept: 'Kept what was there (--force replaces it):',
};
/** What was found and written, and what a person has to do now. Plain text; names of files are as they are. */
function told(projects, written) {
    return `${projects.map(found).join('\n')}
${written.map(({ path, outcome }) => `${outcomes[outcome]} ${path}`).join('\n')}

Now:
  1. Look at what the gate says to the migrations that you have:  migration-gate check --all
  2. Commit these files on a branch and open a pull request; the gate runs on it.
  3. Make the check required: on GitHub, Settings > Rules > Rulesets > New branch ruleset > Require status checks to pass,
     and add "migration-gate". GitHub offers a check there once it has run, in the last seven days.
`;
}
function found({ tool, directory, migrations: { length: number } }) {
    return `Found ${tool} in ${directory || 'the root'}: ${number} ${number === 1 ? 'migration' : 'migrations'}.`;
}


/***/ })

};
