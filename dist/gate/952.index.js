export const id = 952;
export const ids = [952];
export const modules = {

/***/ 4952:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   journalIn: () => (/* binding */ journalIn)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7597);

const shape = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    dialect: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    entries: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ when: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig(), tag: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(/^[^/\\]+$/) })),
});
/** Undefined for a text that is no journal. */
function journalIn(text) {
    try {
        return shape.safeParse(JSON.parse(text)).data;
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        return undefined;
    }
}


/***/ })

};
