export const id = 536;
export const ids = [536];
export const modules = {

/***/ 2536:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   folderAt: () => (/* binding */ folderAt)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var simple_git__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4724);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7206);





/**
 * @param repository absolute path of the work tree's root
 * @param folder from the root of the repository
 * @throws UserError where the commit is not here and cannot be fetched, or has no such folder
 */
async function folderAt(repository, commit, folder) {
    const git = (0,simple_git__WEBPACK_IMPORTED_MODULE_3__/* .simpleGit */ .Lp)(repository);
    const isHere = async () => {
        const found = await git.raw(['cat-file', '-t', commit]).catch(() => '');
        return found.trim() === 'commit';
    };
    if (!(await isHere()))
        await git.raw(['fetch', '--quiet', '--depth=1', 'origin', commit]).catch(() => '');
    if (!(await isHere()))
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .y(`custom-rules: the base commit ${commit} is not here, and the rules are read from it. Fetch it (actions/checkout: fetch-depth: 0).`);
    const listed = await git.raw(['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit, '--', `${folder}/`]);
    const files = listed.split('\0').filter((file) => file !== '');
    if (files.length === 0)
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .y(`custom-rules: the base commit ${commit} has no folder ${folder}. Rules count once they are merged.`);
    const path = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'migration-gate-rules-'));
    const copy = { path, [Symbol.asyncDispose]: () => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true }) };
    try {
        for (const file of files) {
            const target = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(path, file.slice(folder.length + 1));
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(target), { recursive: true });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(target, await git.showBuffer(`${commit}:${file}`));
        }
    }
    catch (error) {
        await copy[Symbol.asyncDispose]();
        throw error;
    }
    return copy;
}


/***/ })

};
