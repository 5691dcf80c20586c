export const id = 925;
export const ids = [925];
export const modules = {

/***/ 4925:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   writeFiles: () => (/* binding */ writeFiles)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


/**
 * Writes files that are not there yet.
 * @param repository absolute path of the root
 * @param files text by path from the root
 * @param replace also those that are there with another text
 */
async function writeFiles(repository, files, replace) {
    const written = [];
    for (const [path, text] of Object.entries(files))
        written.push({ path, outcome: await writeOne((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(repository, path), text, replace) });
    return written;
}
async function writeOne(path, text, replace) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path), { recursive: true });
    if (await isNew(path, text))
        return 'written';
    if ((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8')) === text)
        return 'unchanged';
    if (!replace)
        return 'kept';
    // A link is replaced, not followed.
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, text, { flag: 'wx' });
    return 'replaced';
}
async function isNew(path, text) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, text, { flag: 'wx' });
        return true;
    }
    catch (error) {
        if (error.code === 'EEXIST')
            return false;
        throw error;
    }
}


/***/ })

};
