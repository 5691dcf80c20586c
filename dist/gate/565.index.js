export const id = 565;
export const ids = [565];
export const modules = {

/***/ 6565:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bm: () => (/* binding */ isCached),
/* harmony export */   clearCache: () => (/* binding */ clearCache),
/* harmony export */   f8: () => (/* binding */ wasFaster),
/* harmony export */   listCache: () => (/* binding */ listCache),
/* harmony export */   nF: () => (/* binding */ cacheFolder),
/* harmony export */   zz: () => (/* binding */ cannotWrite)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7206);




/** Where downloaded servers and prepared data folders are kept between runs. */
function cacheFolder(environment = process.env) {
    const { MIGRATION_GATE_CACHE, XDG_CACHE_HOME } = environment;
    if (MIGRATION_GATE_CACHE)
        return MIGRATION_GATE_CACHE;
    // A relative XDG_CACHE_HOME is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
    const base = XDG_CACHE_HOME && (0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(XDG_CACHE_HOME) ? XDG_CACHE_HOME : (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)(), '.cache');
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(base, 'migration-gate');
}
/**
 * Whether the folder is in the cache. What lies in it is run, so a folder that another user could have put there is a UserError.
 * Folders get their final name only when they are complete.
 */
async function isCached(folder) {
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(folder).catch((error) => {
        if (error.code === 'ENOENT')
            return undefined;
        throw error;
    });
    if (found === undefined)
        return false;
    const ours = process.getuid === undefined || found.uid === process.getuid() || found.uid === 0;
    if (ours && found.isDirectory() && (found.mode & 0o022) === 0)
        return true;
    throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y(`${folder} belongs to another user or can be written by others, so it is not used. ` +
        'Remove it, or name another cache folder in MIGRATION_GATE_CACHE.');
}
/** Renaming a complete folder into the cache failed because a parallel run was faster. */
function wasFaster(error) {
    const { code } = error;
    return code === 'ENOTEMPTY' || code === 'EEXIST';
}
/** The cache cannot be written: a read-only home, a full disk, somebody else's folder. */
function cannotWrite(error) {
    return ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EDQUOT'].includes(error.code ?? '');
}
/** The names of what is kept between runs: another list says that there is something new, or something gone. */
async function listCache() {
    const folder = cacheFolder();
    const names = await Promise.all(['', 'baselines'].map((within) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, within)).catch((error) => {
        if (error.code === 'ENOENT')
            return [];
        throw error;
    })));
    return names.flat().sort();
}
/**
 * Removes what is kept between runs, and nothing else that lies in the folder.
 * @returns the folder, and the names of what was removed from it
 */
async function clearCache() {
    const folder = cacheFolder();
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder).catch((error) => {
        if (error.code === 'ENOENT')
            return [];
        throw error;
    });
    const removed = names.filter((name) => /^(postgres-\d|data-\d|\.installing-|baselines$)/.test(name)).sort();
    for (const name of removed)
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name), { recursive: true, force: true });
    return { folder, removed };
}


/***/ })

};
