export const id = 289;
export const ids = [289];
export const modules = {

/***/ 2289:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  loadCustomRules: () => (/* binding */ loadCustomRules)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 9 modules
var schemas = __webpack_require__(7597);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/errors.js
var errors = __webpack_require__(3342);
// EXTERNAL MODULE: ./src/model/errors.ts
var model_errors = __webpack_require__(7206);
// EXTERNAL MODULE: external "node:module"
var external_node_module_ = __webpack_require__(1376);
;// CONCATENATED MODULE: ./src/custom-rules/module.ts

/** What `import { defineRule } from 'migration-gate'` gives where the package itself is not installed: the action, for one. */
const code = 'export const defineRule = (rule) => rule';
const url = `data:text/javascript,${encodeURIComponent(code)}`;
const offered = new Set();
/** From here on, modules below `folder` (a file URL that ends in `/`) can import `migration-gate`. */
function offerDefineRule(folder) {
    if (offered.has(folder))
        return;
    offered.add(folder);
    // Node 20 has only the older of the two, which Node 26 warns of.
    if (typeof external_node_module_.registerHooks === 'function') {
        external_node_module_.registerHooks({
            resolve: (specifier, context, next) => specifier === 'migration-gate' && context.parentURL?.startsWith(folder)
                ? { url, format: 'module', shortCircuit: true }
                : next(specifier, context),
        });
        return;
    }
    const hook = `export const resolve = async (specifier, context, next) =>
  specifier === 'migration-gate' && context.parentURL?.startsWith(${JSON.stringify(folder)})
    ? { url: ${JSON.stringify(url)}, format: 'module', shortCircuit: true }
    : next(specifier, context)`;
    external_node_module_.register(`data:text/javascript,${encodeURIComponent(hook)}`);
}

;// CONCATENATED MODULE: ./src/custom-rules/load.ts
var __rewriteRelativeImportExtension = (undefined && undefined.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};







const endings = ['js', 'mjs', 'ts', 'mts'];
const load_name = schemas/* string */.YjP().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'is no name in small letters with hyphens');
const generator = schemas/* custom */.IeY((value) => typeof value === 'function', {
    error: 'is not a function',
});
const load_option = schemas/* strictObject */.rej({
    default: schemas/* union */.KCZ([schemas/* number */.aig().min(0), schemas/* string */.YjP(), schemas/* boolean */.zMY(), schemas/* array */.YOg(schemas/* string */.YjP())]),
    description: schemas/* string */.YjP(),
});
const shape = schemas/* strictObject */.rej({
    name: load_name,
    summary: schemas/* string */.YjP().min(1),
    severity: schemas/* enum */.k5n(['error', 'warning', 'info']),
    isPolicy: schemas/* boolean */.zMY().optional(),
    options: schemas/* record */.g1P(schemas/* string */.YjP(), load_option).optional(),
    fails: schemas/* string */.YjP().optional(),
    general: schemas/* boolean */.zMY().optional(),
    check: generator.optional(),
    observe: generator.optional(),
});
const place = schemas/* object */.Ikc({
    file: schemas/* string */.YjP(),
    line: schemas/* number */.aig().int().min(1),
    column: schemas/* number */.aig().int().min(1),
    endLine: schemas/* number */.aig().int().min(1),
});
const report = schemas/* strictObject */.rej({
    at: place.optional(),
    direction: schemas/* enum */.k5n(['up', 'down']),
    message: schemas/* string */.YjP().min(1),
    help: schemas/* string */.YjP(),
    suggestion: schemas/* string */.YjP().optional(),
    evidence: schemas/* array */.YOg(schemas/* string */.YjP()).optional(),
    sqlstate: schemas/* string */.YjP().optional(),
});
/**
 * The rules in a folder: in each folder of it a `rule.js` (`.mjs`; `.ts` and `.mts` where Node strips types), whose default export is the
 * rule, and its page, `README.md`. This runs their code.
 *
 * @param options.files the folder on disk
 * @param options.folder how to call it: its path from the root of the repository
 * @param options.pages what stands before the path of a page to make a link of it; '' where nothing is known to
 * @param options.taken names that a rule cannot have
 * @throws UserError for a folder without rules, code that cannot be loaded, and what is not a rule; and, when a rule runs, for an exception
 *   in it and for what is not a report
 */
async function loadCustomRules(options) {
    const { files, folder, pages, taken } = options;
    const rooms = await roomsIn(files, folder);
    offerDefineRule((0,external_node_url_.pathToFileURL)(`${files}/`).href);
    const rules = [];
    for (const room of rooms) {
        const shown = `${folder}/${room}`;
        if (taken.has(room))
            throw new model_errors/* UserError */.y(`${shown}: there is a rule ${room} already. Give yours another name.`);
        if (!(0,external_node_fs_.existsSync)((0,external_node_path_.join)(files, room, 'README.md')))
            throw new model_errors/* UserError */.y(`${shown}: the page of the rule is missing: ${shown}/README.md.`);
        const file = endings.map((ending) => `rule.${ending}`).find((each) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(files, room, each)));
        if (!file)
            throw new model_errors/* UserError */.y(`${shown}: there is no rule.js (or ${endings.slice(1).join(', ')}) in it.`);
        rules.push({
            ...(await load((0,external_node_path_.join)(files, room, file), room, `${shown}/${file}`)),
            page: `${pages}${encodeURI(shown)}/README.md`,
        });
    }
    return rules;
}
async function roomsIn(files, folder) {
    const entries = await (0,promises_.readdir)(files, { withFileTypes: true }).catch((cause) => {
        throw new model_errors/* UserError */.y(`custom-rules: ${folder} cannot be read (${cause.code ?? cause.message}).`, { cause });
    });
    const rooms = entries
        .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
        .map((entry) => entry.name);
    if (rooms.length === 0)
        throw new model_errors/* UserError */.y(`custom-rules: ${folder} holds no rule: a folder with a rule.js and a README.md for each.`);
    return rooms.sort();
}
async function load(path, room, shown) {
    if (/ts$/.test(path) && !process.features.typescript)
        throw new model_errors/* UserError */.y(`${shown}: Node ${process.versions.node} does not read TypeScript; Node 22.18 and later do. Or write rule.js.`);
    let module;
    try {
        module = await import(__rewriteRelativeImportExtension(/* webpackIgnore: true */ /* @vite-ignore */ (0,external_node_url_.pathToFileURL)(path).href, true));
    }
    catch (cause) {
        throw new model_errors/* UserError */.y(`${shown} cannot be loaded: ${said(cause)}`, { cause });
    }
    const parsed = shape.safeParse(module.default);
    if (!parsed.success) {
        const [issue] = parsed.error.issues;
        const where = issue?.path.map(String).join('.') || 'the default export';
        throw new model_errors/* UserError */.y(`${shown} is not a rule as defineRule takes one: ${where}: ${issue?.message}`);
    }
    const { data } = parsed;
    if (data.name !== room)
        throw new model_errors/* UserError */.y(`${shown}: the rule is called ${data.name}, its folder ${room}.`);
    if (!data.check && !data.observe)
        throw new model_errors/* UserError */.y(`${shown}: the rule has neither check nor observe.`);
    // What was checked is only what was read: methods are taken from the rule itself, so that `this` is what its author expects.
    return guarded(module.default, shown);
}
/** The rule, with every report of it looked at, and with its exceptions told as its own. */
function guarded(rule, shown) {
    function* reports(migration, run) {
        try {
            for (const each of run())
                yield report.parse(each);
        }
        catch (cause) {
            const why = cause instanceof errors/* ZodError */.G ? `what it yields is not a report: ${issueOf(cause)}` : said(cause);
            throw new model_errors/* UserError */.y(`The rule ${rule.name} (${shown}) failed on ${migration}: ${why}`, { cause });
        }
    }
    return {
        ...rule,
        ...(rule.check && {
            check: (context, values) => reports(context.migration.name, () => rule.check?.(context, values) ?? []),
        }),
        ...(rule.observe && {
            observe: (context, values) => reports(context.migration.name, () => rule.observe?.(context, values) ?? []),
        }),
    };
}
function issueOf({ issues: [issue] }) {
    return `${issue?.path.map(String).join('.') || 'the whole'}: ${issue?.message}`;
}
function said(error) {
    return error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error);
}


/***/ })

};
