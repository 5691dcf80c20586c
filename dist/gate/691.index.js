export const id = 691;
export const ids = [691];
export const modules = {

/***/ 9691:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hasSqlDetails: () => (/* reexport safe */ libpg_query__WEBPACK_IMPORTED_MODULE_0__.hasSqlDetails),
/* harmony export */   loadModule: () => (/* reexport safe */ libpg_query__WEBPACK_IMPORTED_MODULE_0__.loadModule),
/* harmony export */   parsePlPgSQLSync: () => (/* reexport safe */ libpg_query__WEBPACK_IMPORTED_MODULE_0__.parsePlPgSQLSync),
/* harmony export */   parseSync: () => (/* reexport safe */ libpg_query__WEBPACK_IMPORTED_MODULE_0__.parseSync)
/* harmony export */ });
/* harmony import */ var libpg_query__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4120);
// The only file that imports the parser, so that a bundle can put its WebAssembly elsewhere.



/***/ })

};
