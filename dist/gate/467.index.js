export const id = 467;
export const ids = [467];
export const modules = {

/***/ 3467:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  findAlembic: () => (/* binding */ findAlembic),
  readAlembicProject: () => (/* binding */ readAlembicProject)
});

// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: ./node_modules/smol-toml/dist/index.js + 8 modules
var dist = __webpack_require__(3292);
;// CONCATENATED MODULE: ./src/read/alembic/settings.ts

/** The options of the `[alembic]` section of an `alembic.ini` as written. Undefined: the text has no such section. */
function iniSettings(text) {
    // The rules of Python's configparser (https://docs.python.org/3/library/configparser.html#supported-ini-file-structure): a line that
    // is indented goes on with the value before it, and a comment has a line of its own.
    const options = new Map();
    let found = false;
    let inside = false;
    let key;
    for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
        const trimmed = line.trim();
        if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';'))
            continue;
        if (key !== undefined && /^\s/.test(line)) {
            if (inside)
                options.set(key, `${options.get(key) ?? ''}\n${trimmed}`);
            continue;
        }
        if (trimmed.startsWith('[')) {
            inside = trimmed === '[alembic]';
            found ||= inside;
            key = undefined;
            continue;
        }
        const at = trimmed.search(/[=:]/);
        if (at < 0)
            continue;
        key = trimmed.slice(0, at).trim().toLowerCase();
        if (inside)
            options.set(key, trimmed.slice(at + 1).trim());
    }
    return found ? options : undefined;
}
/**
 * The options of `[tool.alembic]` in a `pyproject.toml`, which Alembic reads from 1.16 on
 * (https://alembic.sqlalchemy.org/en/latest/tutorial.html#using-pyproject-toml-for-configuration). Undefined: it has no such table.
 * @throws TomlError for a text that is not TOML
 */
function tomlSettings(text) {
    // Most files of that name say nothing of Alembic, and need not be parsed.
    if (!text.includes('alembic'))
        return undefined;
    const tool = tableOf((0,dist/* parse */.qg)(text.replace(/^\uFEFF/, '')), 'tool');
    const section = tool && tableOf(tool, 'alembic');
    return section && new Map(Object.entries(section));
}
function tableOf(value, name) {
    const found = Object.entries(value).find(([key]) => key === name)?.[1];
    return typeof found === 'object' && found !== null && !Array.isArray(found) && !(found instanceof Date)
        ? found
        : undefined;
}
/** Whether a `pyproject.toml` is, or was meant to be, Alembic's. */
function speaksOfAlembic(text) {
    try {
        return tomlSettings(text) !== undefined;
    }
    catch (error) {
        if (!(error instanceof dist/* TomlError */.zx))
            throw error;
        return /^\s*\[\s*tool\s*\.\s*alembic\s*\]/m.test(text);
    }
}

;// CONCATENATED MODULE: ./src/read/alembic/configuration.ts


/** Thrown where a setting cannot be used; `message` is a sentence about the file `what`. */
class Unusable extends Error {
    name = 'Unusable';
}
/** Stands for the folder of a configuration file until paths are resolved. */
const here = '\u0000';
/**
 * Reads a project's configuration.
 * @param directory the folder in which Alembic is run; '' for the root.
 * @param paths the files of the repository, to find a `package:folder` location.
 */
function readConfiguration(files, directory, paths) {
    const what = files.ini?.path ?? files.toml?.path ?? 'alembic.ini';
    try {
        return configured(files, directory, paths);
    }
    catch (error) {
        const at = { file: what, line: 1, column: 1, endLine: 1 };
        if (error instanceof Unusable)
            return { what, why: error.message, at };
        if (error instanceof dist/* TomlError */.zx && files.toml)
            return {
                what: files.toml.path,
                why: `It could not be read as TOML (line ${error.line}, column ${error.column}).`,
                at: { file: files.toml.path, line: error.line, column: error.column, endLine: error.line },
            };
        throw error;
    }
}
function configured({ ini, toml }, directory, paths) {
    const section = ini && iniSettings(ini.text);
    const table = toml && tomlSettings(toml.text);
    if (!section && !table)
        throw new Unusable('It has no [alembic] section.');
    const fromIni = (name) => section && interpolate(section.get(name), section);
    const fromToml = (name) => substituted(table?.get(name), name);
    const list = (name, separator) => {
        const written = fromIni(name);
        const value = written ? written.split(separator) : fromToml(name);
        if (value === undefined)
            return [];
        if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
            throw new Unusable(`Its \`${name}\` is not a list of texts.`);
        return value.map((item) => item.trim()).filter((item) => item !== '');
    };
    /** The folder that `%(here)s` stands for, in the file that has the option. */
    const homeOf = (name) => folderOf((section?.get(name) ? ini?.path : toml?.path) ?? '');
    const place = (path, name, base = directory) => {
        const resolved = resolvePath(path, base, homeOf(name), paths);
        if (resolved === undefined)
            throw new Unusable(`Its folder ${path.replace(here, '.')} is not in this repository.`);
        return resolved;
    };
    const location = fromIni('script_location') ?? fromToml('script_location');
    if (location !== undefined && typeof location !== 'string')
        throw new Unusable('Its `script_location` is not a text.');
    const home = folderOf(ini?.path ?? toml?.path ?? '');
    // Flask-Migrate leaves the option out: its files are beside the `.ini` (https://flask-migrate.readthedocs.io/en/latest/).
    const isFlask = !location && paths.includes(inFolder(home, 'env.py'));
    if (!location && !isFlask)
        throw new Unusable('It sets no script_location.');
    const base = location ? baseOf(location, directory, paths) : directory;
    const scriptLocation = location ? place(location, 'script_location', base) : home;
    if (!paths.some((path) => path.startsWith(inFolder(scriptLocation, ''))))
        throw new Unusable(`Its script_location is ${scriptLocation}, and no such folder is there. Expected one with env.py and versions/.`);
    const separator = separatorOf(fromIni('path_separator') ?? fromIni('version_path_separator'));
    const folders = list('version_locations', separator ?? /,\s*|\s+/);
    const recursive = fromIni('recursive_version_locations') ?? fromToml('recursive_version_locations');
    const prepended = list('prepend_sys_path', separatorOf(fromIni('path_separator')) ?? /,\s*|\s+|:/);
    return {
        scriptLocation,
        versionFolders: folders.length > 0
            ? folders.map((folder) => place(folder, 'version_locations', base))
            : [inFolder(scriptLocation, 'versions')],
        namesFolders: folders.length > 0,
        recursive: recursive === 'true' || recursive === true,
        // Folders outside of the repository hold none of its modules.
        prepended: prepended.flatMap((path) => resolvePath(path, base, homeOf('prepend_sys_path'), paths) ?? []),
    };
}
/** More names than a configuration puts into one option. Without an end, ten levels of ten names would be ten thousand million. */
const mostNames = 1000;
/** `%(here)s` is the folder of the file itself; `%(name)s` another option; `%%` a percent sign. */
function interpolate(value, section) {
    let names = 0;
    const filled = (text, depth) => text?.replace(/%%|%\(([^)]*)\)s/g, (_, name) => {
        if (name === undefined)
            return '%';
        if (name.toLowerCase() === 'here')
            return here;
        const other = depth < 10 && names++ < mostNames ? filled(section.get(name.toLowerCase()), depth + 1) : undefined;
        if (other === undefined)
            throw new Unusable(`It uses %(${name})s, which is not set in its [alembic] section.`);
        return other;
    });
    return filled(value, 0);
}
/** In TOML only `%(here)s` is known, and `%%` is a percent sign there too. */
function substituted(value, name) {
    if (Array.isArray(value))
        return value.map((item) => substituted(item, name));
    if (typeof value !== 'string')
        return value;
    return value.replace(/%%|%\(([^)]*)\)s/g, (_, key) => {
        if (key === undefined)
            return '%';
        if (key !== 'here')
            throw new Unusable(`Its \`${name}\` uses %(${key})s, which Alembic does not know there.`);
        return here;
    });
}
/** `path_separator`, or `version_path_separator` before Alembic 1.16. Undefined: it is not set. */
function separatorOf(word) {
    switch (word) {
        case undefined:
            return undefined;
        case 'space':
            return / /;
        case 'newline':
            return /\n/;
        case ';':
            return /;/;
        default:
            // `os` is a colon where these migrations run in production.
            return /:/;
    }
}
/**
 * The folder that a relative location starts from: where Alembic is run. That is the folder of the configuration or one that it is in; the
 * nearest from which the location leads to files.
 */
function baseOf(location, directory, paths) {
    if (location.includes(here) || location.includes(':'))
        return directory;
    for (let base = directory;; base = folderOf(base)) {
        const found = resolvePath(location, base, base, paths);
        if (found !== undefined && paths.some((path) => path.startsWith(inFolder(found, ''))))
            return base;
        if (base === '')
            return directory;
    }
}
/** A path from the root of the repository. Undefined: it leads out of it. */
function resolvePath(path, base, home, paths) {
    const [packageName = '', ...inside] = path.split(':');
    if (inside.length > 0 && /^[\w.]+$/.test(packageName)) {
        const folder = [packageName.replaceAll('.', '/'), ...inside].join('/');
        const start = inFolder(base, '');
        const known = paths.find((file) => file.startsWith(`${start}${folder}/`)) ??
            paths.find((file) => `/${file}`.includes(`/${folder}/`));
        return known?.slice(0, `/${known}`.indexOf(`/${folder}/`) + folder.length);
    }
    if (path.startsWith('/'))
        return undefined;
    const start = path.startsWith(here) ? home : base;
    const parts = start === '' ? [] : start.split('/');
    for (const part of path.replace(here, '.').replaceAll('\\', '/').split('/')) {
        if (part === '' || part === '.')
            continue;
        if (part !== '..')
            parts.push(part);
        else if (parts.pop() === undefined)
            return undefined;
    }
    return parts.join('/');
}
/** The folder of a path; '' for the root. */
function folderOf(path) {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
/** A path inside a folder of the repository, whose root is ''. */
function inFolder(folder, path) {
    return folder === '' ? path : `${folder}/${path}`;
}

// EXTERNAL MODULE: ./node_modules/@lezer/python/dist/index.js + 3 modules
var python_dist = __webpack_require__(1283);
;// CONCATENATED MODULE: ./src/read/alembic/grammar.ts
/**
 * Python that `@lezer/python` does not accept, written so that it does: with the same length, so that every place stays the same. Names
 * and values are read from the file as written; what is left out here (a target after `as`, the pattern after `case`) is not known then,
 * which is the honest way for what the reader does not follow. `test/read/alembic/grammar.test.ts` has each of these, run by Python too.
 */
function acceptable(text) {
    const code = withoutText(text);
    const copy = [...text.split('')];
    const put = (from, to, with_) => {
        for (let at = from; at < to; at++)
            copy[at] = with_[at - from] ?? ' ';
    };
    // `1.` without a digit after the point.
    for (const match of code.matchAll(/(?<![\w.])\d[\d_]*\.(?![\w.])/g))
        put(endOf(match) - 1, endOf(match), ' ');
    // `yield` without a value; a function with one is not followed.
    for (const match of code.matchAll(/\byield(?=[ \t\uE000]*(?:[)\]},;]|$))/gm))
        put(match.index, endOf(match), 'None');
    // The starred name of `for a, *b in …`, under which nothing is found afterwards.
    for (const match of code.matchAll(/\bfor\b[^\n:]*?\bin\b/g))
        for (const star of match[0].matchAll(/\*\s*\w+/g))
            put(match.index + star.index, match.index + endOf(star), '_'.repeat(star[0].length));
    for (const match of code.matchAll(/^[ \t]*case[ \t]+(?=[^\s=:.,)\]])/gm)) {
        const end = closing(code, endOf(match), ':');
        if (end !== undefined)
            put(endOf(match), end, '_');
    }
    for (const match of code.matchAll(/^[ \t]*(?:async[ \t]+)?with\b/gm))
        openWith(code, endOf(match), put);
    return copy.join('');
}
/** `with (a as b, c as d):` without its parentheses and on one line, and `as` without targets that are not names. */
function openWith(code, start, put) {
    const end = closing(code, start, ':');
    if (end === undefined)
        return;
    const header = code.slice(start, end);
    for (const match of header.matchAll(/\bas\s+(?=\(|\w+\s*[.[])/g)) {
        const from = start + endOf(match);
        const last = code[from] === '(' ? closing(code, from + 1, ')') : start + endOfTarget(header, endOf(match)) - 1;
        if (last !== undefined)
            put(start + match.index, last + 1, '');
    }
    const open = start + (header.length - header.trimStart().length);
    const close = code[open] === '(' ? closing(code, open + 1, ')') : undefined;
    if (close === undefined || code.slice(close + 1, end).trim() !== '')
        return;
    const inside = code.slice(open + 1, close);
    if (!/\bas\b/.test(inside))
        return;
    put(open, open + 1, ' ');
    put(close, close + 1, ' ');
    const comma = /,\s*$/.exec(inside);
    if (comma)
        put(open + 1 + comma.index, open + 2 + comma.index, ' ');
    let depth = 0;
    for (const [at, char] of [...inside.split('')].entries()) {
        if ('([{'.includes(char))
            depth++;
        if (')]}'.includes(char))
            depth--;
        if (depth === 0 && (char === '\n' || char === comment))
            put(open + 1 + at, open + 2 + at, ' ');
    }
}
/** The end of `self.a["b"]`. */
function endOfTarget(header, from) {
    let at = from;
    while (at < header.length && /[\w.]/.test(header[at] ?? ''))
        at++;
    if (header[at] !== '[')
        return at;
    return (closing(header, at + 1, ']') ?? at) + 1;
}
/** Where `mark` stands outside of the brackets that open after `from`. Undefined: the line ends before. */
function closing(code, from, mark) {
    let depth = 0;
    for (let at = from; at < code.length; at++) {
        const char = code[at] ?? '';
        if (depth === 0 && char === mark)
            return at;
        if ('([{'.includes(char))
            depth++;
        else if (')]}'.includes(char))
            depth--;
        else if (depth === 0 && char === '\n' && mark === ':' && code[at - 1] !== '\\')
            return undefined;
        if (depth < 0)
            return undefined;
    }
    return undefined;
}
function endOf(match) {
    return (match.index ?? 0) + match[0].length;
}
/** Stands for each character of a comment. */
const comment = '\uE000';
/** The code with the characters of strings and comments replaced, so that nothing in them is taken for code. */
function withoutText(text) {
    const pattern = /("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*(?:\1|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|#[^\n]*/g;
    return text.replace(pattern, (part) => {
        if (part.startsWith('#'))
            return comment.repeat(part.length);
        return part.replace(/[^\n]/g, '"');
    });
}

;// CONCATENATED MODULE: ./src/read/alembic/source.ts


/** Parses Python. Never fails: what is not Python is an error node in the tree, see `firstError`. */
function parsePython(file, written, module) {
    const text = written.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    const lines = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
        lines.push(at + 1);
    return { file, text, tree: treeOf(text), lines, module };
}
function treeOf(text) {
    const tree = python_dist/* parser */.K.parse(text);
    if (!errorIn(tree))
        return tree;
    const other = python_dist/* parser */.K.parse(acceptable(text));
    return errorIn(other) ? tree : other;
}
function errorIn(tree) {
    const cursor = tree.cursor();
    do {
        if (cursor.type.isError)
            return cursor.node;
    } while (cursor.next());
    return undefined;
}
/** Line and column, both from 1, of an offset into `source.text`. */
function position(source, offset) {
    let low = 0;
    let high = source.lines.length - 1;
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((source.lines[middle] ?? 0) <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return { line: low + 1, column: offset - (source.lines[low] ?? 0) + 1 };
}
/** Where a stretch of the file stands. */
function locate(source, range) {
    const end = Math.max(range.from, range.to);
    return { file: source.file, ...position(source, range.from), endLine: position(source, end).line };
}
/** The first place that Python's grammar does not accept, or undefined for a whole file. */
function firstError(source) {
    return errorIn(source.tree);
}
/** The children that mean something: comments are left out. */
function childrenOf(node) {
    const children = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
        if (child.name !== 'Comment')
            children.push(child);
    }
    return children;
}
/** The text of a node, as written. */
function textOf(source, node) {
    return source.text.slice(node.from, node.to);
}
/** The text of a node on one line and not longer than a message can hold. */
function excerpt(source, node) {
    const words = textOf(source, { from: node.from, to: Math.min(node.to, node.from + 400) })
        .split(/\s+/)
        .join(' ');
    return words.length > 60 ? `${words.slice(0, 57)}…` : words;
}
/** The nodes of a list between its commas: `a, b` → `[[a], [b]]`; a group holds several nodes for `*a`, `k=v` and the like. */
function groupsOf(nodes, separator = ',') {
    const groups = [];
    let group = [];
    for (const node of nodes) {
        if (node.name === separator) {
            if (group.length > 0)
                groups.push(group);
            group = [];
        }
        else
            group.push(node);
    }
    if (group.length > 0)
        groups.push(group);
    return groups;
}

;// CONCATENATED MODULE: ./src/read/alembic/text.ts
/** The place of what stands in no line of the version file: the place of the statement that uses it is told instead. */
const elsewhere = -1;
/** A text that stands nowhere in the file, made by the code at `at`. */
function madeAt(value, at) {
    return { value, origins: [{ offset: 0, at, verbatim: false }] };
}
/** More than any statement that people write: what grows beyond it is a loop that does not end. */
const maximum = { length: 4_000_000, origins: 100_000 };
/** Thrown when a file's own loops, calls and strings do not come to an end. */
class Endless extends Error {
    name = 'Endless';
}
/** The texts one after the other. */
function concatenate(parts) {
    let value = '';
    const origins = [];
    for (const part of parts) {
        if (part.value === '' && parts.length > 1)
            continue;
        for (const origin of part.origins)
            origins.push({ ...origin, offset: origin.offset + value.length });
        value += part.value;
    }
    if (value.length > maximum.length || origins.length > maximum.origins)
        throw new Endless('a string grows too long to be followed');
    if (origins.length === 0)
        return { value, origins: parts[0]?.origins ?? [{ offset: 0, at: elsewhere, verbatim: false }] };
    return { value, origins };
}
/** Part of a text, with the places its characters came from. */
function slice(text, from, to = text.value.length) {
    const origins = [];
    for (const origin of text.origins) {
        if (origin.offset >= to && origin.offset > from)
            break;
        if (origin.offset > from)
            origins.push({ ...origin, offset: origin.offset - from });
        else {
            const moved = origin.verbatim ? origin.at + (from - origin.offset) : origin.at;
            origins[0] = { offset: 0, at: moved, verbatim: origin.verbatim };
        }
    }
    return { value: text.value.slice(from, to), origins };
}
/** The text with each match of `pattern` (global) replaced; what replaces it is generated, the rest keeps its place. */
function replaceAll(text, pattern, replacement) {
    const parts = [];
    let done = 0;
    for (const match of text.value.matchAll(pattern)) {
        parts.push(slice(text, done, match.index));
        const here = slice(text, match.index, match.index + 1).origins[0];
        parts.push(madeAt(replacement(match), here?.at ?? elsewhere));
        done = match.index + match[0].length;
    }
    if (done === 0 && parts.length === 0)
        return text;
    parts.push(slice(text, done));
    return concatenate(parts);
}
/** The text between separators, each part with its place. */
function split(text, separator) {
    const parts = [];
    let from = 0;
    for (let at = text.value.indexOf(separator); at >= 0; at = text.value.indexOf(separator, from)) {
        parts.push(slice(text, from, at));
        from = at + separator.length;
    }
    parts.push(slice(text, from));
    return parts;
}
/** The text without the given characters (white space when undefined) at its start, its end or both. */
function strip(text, side, characters) {
    const goes = (char) => char !== undefined && (characters === undefined ? char.trim() === '' : characters.includes(char));
    let from = 0;
    let to = text.value.length;
    if (side !== 'end')
        while (from < to && goes(text.value[from]))
            from++;
    if (side !== 'start')
        while (to > from && goes(text.value[to - 1]))
            to--;
    return slice(text, from, to);
}
/** What Python's `textwrap.dedent` gives: the white space that all lines share is removed. */
function dedent(text) {
    let margin;
    for (const line of text.value.split('\n')) {
        if (line.trim() === '')
            continue;
        const indent = line.slice(0, line.length - line.trimStart().length);
        if (margin === undefined)
            margin = indent;
        else {
            let same = 0;
            while (same < margin.length && margin[same] === indent[same])
                same++;
            margin = margin.slice(0, same);
        }
    }
    const lines = split(text, '\n').map((line) => line.value.trim() === '' ? slice(line, line.value.length) : slice(line, (margin ?? '').length));
    return concatenate(lines.flatMap((line, index) => (index === 0 ? [line] : [madeAt('\n', line.origins[0]?.at ?? elsewhere), line])));
}

;// CONCATENATED MODULE: ./src/read/alembic/values.ts

/** Thrown where SQL cannot be made from a value; becomes an `unreadable` part at the statement. `message` is its reason. */
class Undecided extends Error {
    name = 'Undecided';
}
const none = { kind: 'none' };
function booleanValue(value) {
    return { kind: 'boolean', value };
}
function numberValue(value) {
    return { kind: 'number', value, text: String(value) };
}
function stringOf(text) {
    return { kind: 'string', text };
}
function unknown(reason, reaches = false) {
    return { kind: 'unknown', reason, reaches };
}
/** Looks a name up as Python does. Undefined: neither a local nor a module name. */
function lookUp(scope, name) {
    for (let at = scope; at; at = at.parent) {
        const value = at.names.get(name);
        if (value)
            return value;
    }
    return undefined;
}
function values_assign(scope, name, value) {
    let target = scope;
    if (scope.globals.has(name))
        while (target.parent)
            target = target.parent;
    if (Object.isFrozen(target))
        throw new Shared('a module that others use is changed');
    target.names.set(name, value);
}
/** Whether Python takes the value for true. Undefined: not known. */
function truth(value) {
    switch (value.kind) {
        case 'none':
            return false;
        case 'boolean':
            return value.value;
        case 'number':
            return value.value !== 0;
        case 'string':
            return value.text.value !== '';
        case 'list':
        case 'tuple':
        case 'set':
            return value.items.length > 0;
        case 'dict':
            return value.entries.length > 0;
        case 'function':
        case 'class':
        case 'live':
        case 'batch':
            return true;
        default:
            return undefined;
    }
}
/** Whether Python finds two values equal. Undefined: not known. */
function equal(left, right) {
    if (left.kind === 'enum member' && right.kind === 'enum member')
        return left.name === right.name;
    const a = plain(left);
    const b = plain(right);
    if (a !== undefined && b !== undefined)
        return a === b;
    if (isSequence(left) && isSequence(right)) {
        if (left.kind !== right.kind || left.items.length !== right.items.length)
            return left.kind === 'set' ? undefined : false;
        let all = true;
        for (const [index, item] of left.items.entries()) {
            const same = equal(item, right.items[index] ?? none);
            if (same === false)
                return false;
            if (same === undefined)
                all = undefined;
        }
        return all;
    }
    const known = (value) => plain(value) !== undefined || isSequence(value) || value.kind === 'dict';
    return known(left) && known(right) && left.kind !== right.kind ? false : undefined;
}
function isSequence(value) {
    return value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set';
}
function plain(value) {
    switch (value.kind) {
        case 'none':
            return null;
        case 'boolean':
            return Number(value.value);
        case 'number':
            return value.value;
        case 'string':
            return value.text.value;
        default:
            return undefined;
    }
}
/** What Python's `str(value)` gives. Undefined: not known. */
function printed(value) {
    return value.kind === 'string' ? value.text.value : represented(value);
}
/** What Python's `repr(value)` gives. Undefined: not known. */
function represented(value) {
    switch (value.kind) {
        case 'none':
            return 'None';
        case 'boolean':
            return value.value ? 'True' : 'False';
        case 'number':
            return value.text;
        case 'string': {
            const text = value.text.value;
            if (text.includes('\\') || [...text].some((char) => char < ' ' || char > '~'))
                return undefined;
            return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
        }
        case 'list':
        case 'tuple': {
            const items = value.items.map(represented);
            if (items.includes(undefined))
                return undefined;
            if (value.kind === 'list')
                return `[${items.join(', ')}]`;
            return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
        }
        default:
            return undefined;
    }
}
/** The enum's members where the value is a class of Python's `enum`, in order. */
function enumMembers(value) {
    if (value.kind !== 'class' || !isEnumClass(value))
        return undefined;
    return [...value.members.values()].filter((member) => member.kind === 'enum member');
}
function isEnumClass(value) {
    return value.bases.some((base) => base.kind === 'imported' ? /^enum\.(Str|Int)?Enum$/.test(base.path) : base.kind === 'class' && isEnumClass(base));
}
/** The argument at a place or by name. Throws `Undecided` where an argument of unknown name may be it. */
function argument(given, index, name) {
    const value = given.named.get(name) ?? (index === undefined ? undefined : given.positional[index]);
    if (value === undefined && given.named.has('**'))
        throw new Undecided('arguments given with `**` are known only when the migration runs');
    return value;
}
/** A Python sequence of arguments. Throws `Undecided` for anything else. */
function items(value, what) {
    if (value && isSequence(value))
        return value.items;
    throw new Undecided(whyNot(value, what));
}
/** A string that is known. Throws `Undecided`. */
function knownString(value, what) {
    if (value?.kind === 'string')
        return value.text.value;
    throw new Undecided(whyNot(value, what));
}
/** A boolean option, `undefined` for `None` and for an option that was not given. Throws `Undecided`. */
function values_option(given, name, index) {
    const value = argument(given, index, name);
    if (value === undefined || value.kind === 'none')
        return undefined;
    const known = truth(value);
    if (known === undefined)
        throw new Undecided(whyNot(value, `\`${name}\``));
    return known;
}
/** The dotted name of another package that a value goes back to. */
function importedRoot(value) {
    if (value.kind === 'imported')
        return /^(sqlalchemy|sqlmodel|alembic|builtins)\b/.test(value.path) || !value.path.includes('.')
            ? undefined
            : value.path;
    if (value.kind === 'attribute')
        return importedRoot(value.of);
    return value.kind === 'call' ? importedRoot(value.callee) : undefined;
}
/** Why a value cannot be used, in a sentence without a full stop. */
function whyNot(value, what) {
    if (value?.kind === 'unknown')
        return value.reason;
    const root = value && importedRoot(value);
    if (root)
        return `\`${root.slice(root.lastIndexOf('.') + 1)}\` comes from \`${root.slice(0, root.lastIndexOf('.'))}\`, which is not read`;
    return `${what} is known only when the migration runs`;
}
/** Thrown where code would change a module that other version files were read with too: it has to be read with one of its own. */
class Shared extends Error {
    name = 'Shared';
}
/** A list or dictionary of the program that its code may change. Throws `Shared`. */
function own(items) {
    if (Object.isFrozen(items))
        throw new Shared('a module that others use is changed');
    return items;
}
/** Sets one entry of a dictionary, in the place of one with the same key. */
function setEntry(entries, key, value) {
    const entry = own(entries).find(([known]) => equal(known, key));
    if (entry)
        entry[1] = value;
    else
        entries.push([key, value]);
}
/** What a loop over the value goes through. Undefined: not known. */
function iterated(value) {
    if (isSequence(value))
        return value.items;
    if (value.kind === 'dict')
        return value.entries.map(([key]) => key);
    if (value.kind === 'string') {
        return [...value.text.value].map((_, index) => stringOf(slice(value.text, index, index + 1)));
    }
    return enumMembers(value);
}

;// CONCATENATED MODULE: ./src/read/alembic/assign.ts



/** Assigns a value to what stands left of `=` or after `for`: `a`, `a, b`, `(a, *b)`, `a[0]`, `a.b`. */
function unpack(targets, value, scope, run) {
    const [target] = targets;
    if (!target)
        return;
    if (targets.length > 1)
        unpackEach(groupsOf(targets), value, scope, run);
    else if (target.name === 'VariableName')
        values_assign(scope, textOf(run.source, target), value);
    else if (target.name === 'TupleExpression' || target.name === 'ArrayExpression') {
        unpackEach(groupsOf(childrenOf(target).slice(1, -1)), value, scope, run);
    }
    else if (target.name === 'ParenthesizedExpression')
        unpack(childrenOf(target).slice(1, -1), value, scope, run);
    else if (target.name === 'MemberExpression')
        setMember(target, value, scope, run);
}
/** What cannot be taken apart becomes unknown. */
function unpackEach(targets, value, scope, run) {
    const parts = iterated(value);
    const starred = targets.some(([first]) => first?.name === '*');
    const reason = value.kind === 'unknown' ? value.reason : 'a part of an assignment is known only when the migration runs';
    for (const [index, [first, second]] of targets.entries()) {
        const node = first?.name === '*' ? second : first;
        const known = !starred && parts?.length === targets.length ? parts[index] : undefined;
        if (node)
            unpack([node], known ?? unknown(reason, value.kind === 'unknown' && value.reaches), scope, run);
    }
}
/** `a[key] = value` on a dictionary or list of the file. Attributes that are set are not followed. */
function setMember(target, value, scope, run) {
    const [of, bracket, key] = childrenOf(target);
    if (!of || !key || bracket?.name !== '[')
        return;
    const owner = evaluate(of, scope, run);
    const index = evaluate(key, scope, run);
    if (owner.kind === 'dict')
        setEntry(owner.entries, index, value);
    else if (owner.kind === 'list' && index.kind === 'number')
        own(owner.items)[index.value] = value;
}

;// CONCATENATED MODULE: ./src/read/alembic/library.ts
/** What a dotted name means in SQLAlchemy, whichever of its modules it was imported from. Undefined: another library's. */
function symbol(value) {
    if (value.kind !== 'imported')
        return undefined;
    const parts = value.path.split('.');
    if (parts[0] !== 'sqlalchemy' && parts[0] !== 'sqlmodel')
        return undefined;
    const at = parts.indexOf('func');
    const dialect = parts[1] === 'dialects' ? parts[2] : undefined;
    if (at > 0 && at < parts.length - 1)
        return { name: 'func', dialect, sqlFunction: parts.slice(at + 1).join('.') };
    return { name: parts[parts.length - 1] ?? '', dialect, sqlFunction: undefined };
}
/** The SQLAlchemy class or function that a value is a call of: `Column` for `sa.Column(…)`. */
function calledName(value) {
    return value?.kind === 'call' ? symbol(value.callee)?.name : undefined;
}
/** Whether a value was made by a call of one of these SQLAlchemy classes or functions. */
function isCallOf(value, ...names) {
    const name = calledName(value);
    return name !== undefined && names.includes(name);
}
/** What `op.f("name")` was given: a name that is final. Undefined: the value is something else. */
function finalName(value) {
    const isFinal = value?.kind === 'call' && value.callee.kind === 'imported' && value.callee.path === 'alembic.op.f';
    return isFinal || isCallOf(value, 'conv') ? (value.given.positional[0] ?? value.given.named.get('name')) : undefined;
}
/** Modules that come with Python: nothing in them sends statements. */
const standardModules = new Set(('__future__ abc argparse array ast asyncio base64 binascii bisect builtins calendar cmath codecs collections concurrent ' +
    'configparser contextlib contextvars copy csv dataclasses datetime decimal difflib enum errno fnmatch fractions functools ' +
    'getpass glob gzip hashlib heapq hmac html inspect io ipaddress itertools json locale logging math numbers ' +
    'operator os pathlib pickle platform pprint random re secrets shutil string struct sys tempfile textwrap threading time ' +
    'timeit traceback types typing typing_extensions unicodedata urllib uuid warnings weakref xml zlib zoneinfo ' +
    'loguru structlog tqdm rich click').split(' '));
/** `a` of `a.b.c`. */
function firstOf(path) {
    const dot = path.indexOf('.');
    return dot < 0 ? path : path.slice(0, dot);
}
function isStandard(path) {
    return standardModules.has(firstOf(path));
}
/** Names that a migration cannot import from its own repository: they are Python's, SQLAlchemy's or Alembic's. */
function isLibrary(path) {
    return isStandard(path) || ['sqlalchemy', 'sqlmodel', 'alembic'].includes(firstOf(path));
}
/** Python's built-in functions that the files of a migration use. */
const builtins = new Set(('abs all any bool bytes callable chr dict dir divmod enumerate filter float format frozenset getattr globals hasattr hash ' +
    'hex id input int isinstance issubclass iter len list locals map max min next object oct open ord pow print range repr ' +
    'reversed round set setattr slice sorted staticmethod classmethod property str sum super tuple type vars zip ' +
    'Exception BaseException ValueError TypeError KeyError IndexError AttributeError RuntimeError NotImplementedError ' +
    'NotImplemented ImportError OSError LookupError ArithmeticError StopIteration AssertionError SystemExit Warning ' +
    'UserWarning DeprecationWarning NameError PermissionError FileNotFoundError UnicodeDecodeError KeyboardInterrupt ' +
    '__name__ __file__ __doc__ Ellipsis').split(' '));
/** Whether a call that gets these arguments could send statements through one of them. */
function handsOnConnection(given) {
    return [...given.positional, ...given.named.values()].some(reaches);
}
/** Whether statements can be sent through a value. */
function reaches(value) {
    switch (value.kind) {
        case 'live':
            return value.what !== 'dialect';
        case 'batch':
            return true;
        case 'imported':
            return value.path === 'alembic.op' || value.path.startsWith('alembic.op.');
        case 'unknown':
            return value.reaches;
        case 'list':
        case 'tuple':
        case 'set':
            return value.items.some(reaches);
        case 'call':
        case 'attribute':
            return false;
        default:
            return false;
    }
}

;// CONCATENATED MODULE: ./src/read/alembic/attributes.ts



/** What `value.name` is. */
function attributeOf(value, name) {
    switch (value.kind) {
        case 'imported':
            return { kind: 'imported', path: `${value.path}.${name}` };
        case 'call':
        case 'attribute':
        case 'computed':
            return { kind: 'attribute', of: value, name };
        case 'enum member':
            if (name === 'value')
                return value.value;
            return name === 'name' ? literalString(value.name) : unknown(`\`${name}\` of an enum member is not read`);
        case 'class':
            return mapped(value, name) ?? memberOf(value, name) ?? unknown(`\`${value.name}.${name}\` is not read`, true);
        case 'live':
            return liveAttribute(value, name);
        case 'unknown':
            return value;
        case 'function':
            return unknown(`\`${value.name}.${name}\` is not read`, true);
        default:
            return { kind: 'method', of: value, name };
    }
}
/** The table or a column of a class that maps a table. Undefined: it is something else. */
function mapped(value, name) {
    if (!memberOf(value, '__tablename__'))
        return undefined;
    const isColumn = isCallOf(memberOf(value, name), 'Column', 'mapped_column');
    return name === '__table__' || isColumn ? { kind: 'attribute', of: value, name } : undefined;
}
/** What a class has under a name, itself or from the classes that it goes back to. Undefined: nothing that is known. */
function memberOf({ members, bases }, name, depth = 0) {
    const own = members.get(name);
    if (own || depth > 20)
        return own;
    for (const base of bases) {
        const inherited = base.kind === 'class' ? memberOf(base, name, depth + 1) : undefined;
        if (inherited)
            return inherited;
        // What `declarative_base()` makes has a MetaData, which says how names are made.
        if (base.kind === 'call' && name === 'metadata')
            return { kind: 'attribute', of: base, name };
    }
    return undefined;
}
function literalString(value) {
    return stringOf({ value, origins: [{ offset: 0, at: elsewhere, verbatim: false }] });
}
function liveAttribute(value, name) {
    if (name === 'dialect')
        return { kind: 'live', what: 'dialect' };
    if (name === 'name' && (value.what === 'dialect' || value.what === 'connection'))
        return literalString('postgresql');
    if (value.what === 'dialect' && name === 'type_descriptor')
        return { kind: 'method', of: value, name };
    if (value.what === 'dialect')
        return unknown(`\`dialect.${name}\` is known only when the migration runs`);
    if (value.what === 'migration context' && name === 'impl')
        return value;
    if (value.what === 'migration context' && name === 'as_sql')
        return booleanValue(false);
    if (['bind', 'connection', 'engine'].includes(name))
        return { kind: 'live', what: 'connection' };
    if (['config', 'opts', 'script'].includes(name))
        return unknown(`\`${name}\` is known only when the migration runs`);
    return { kind: 'method', of: value, name };
}

;// CONCATENATED MODULE: ./src/read/alembic/operators.ts


/** Whether a value stands for SQL that SQLAlchemy builds, so that operators on it build more of it. */
function isExpression(value) {
    return value.kind === 'call' || value.kind === 'attribute' || value.kind === 'computed';
}
/** A comparison, `in` or `is`. Undefined: the operator is none of them, or the answer is not known. */
function compare(operator, left, right) {
    if (isExpression(left) || isExpression(right)) {
        if (!['==', '!=', '<', '>', '<=', '>='].includes(operator))
            return undefined;
        return { kind: 'computed', operator, operands: [left, right] };
    }
    const answer = (known) => known === undefined ? undefined : booleanValue(known);
    switch (operator) {
        case '==':
            return answer(equal(left, right));
        case '!=': {
            const same = equal(left, right);
            return answer(same === undefined ? undefined : !same);
        }
        case 'is':
        case 'is not': {
            const same = right.kind === 'none' && left.kind !== 'unknown' ? left.kind === 'none' : equal(left, right);
            return answer(same === undefined ? undefined : same === (operator === 'is'));
        }
        case 'in':
        case 'not in': {
            const found = contains(left, right);
            return answer(found === undefined ? undefined : found === (operator === 'in'));
        }
    }
    if (left.kind !== right.kind || (left.kind !== 'number' && left.kind !== 'string'))
        return undefined;
    const a = left.kind === 'number' ? left.value : left.text.value;
    const b = right.kind === 'number' ? right.value : right.kind === 'string' ? right.text.value : '';
    switch (operator) {
        case '<':
            return booleanValue(a < b);
        case '>':
            return booleanValue(a > b);
        case '<=':
            return booleanValue(a <= b);
        case '>=':
            return booleanValue(a >= b);
        default:
            return undefined;
    }
}
function contains(value, container) {
    if (container.kind === 'string')
        return value.kind === 'string' ? container.text.value.includes(value.text.value) : undefined;
    const found = iterated(container)?.map((item) => equal(item, value));
    if (!found || (found.includes(undefined) && !found.includes(true)))
        return undefined;
    return found.includes(true);
}
/** An operator on numbers, strings, lists or SQL expressions. Undefined: not known. */
function arithmetic(operator, operands) {
    const [left, right] = operands;
    if (isExpression(left) || (right && isExpression(right))) {
        return { kind: 'computed', operator, operands: right ? [left, right] : [left] };
    }
    if (!right) {
        if (left.kind !== 'number')
            return undefined;
        return operator === '-' ? numberValue(-left.value) : operator === '+' ? left : undefined;
    }
    if (left.kind === 'string') {
        if (operator === '+' && right.kind === 'string')
            return stringOf(concatenate([left.text, right.text]));
        if (operator === '%')
            return percent(left, right);
        if (operator === '*' && right.kind === 'number')
            return repeat(left, right.value);
        return undefined;
    }
    if (isSequence(left)) {
        if (operator === '+' && isSequence(right) && left.items.length + right.items.length < 20_000)
            return { kind: left.kind, items: [...left.items, ...right.items] };
        if (operator === '*' && right.kind === 'number' && right.value * left.items.length < 10_000) {
            return { kind: left.kind, items: Array.from({ length: right.value }, () => left.items).flat() };
        }
        return undefined;
    }
    if (left.kind === 'dict' && right.kind === 'dict' && operator === '|') {
        return { kind: 'dict', entries: [...left.entries.filter(([key]) => !contains(key, right)), ...right.entries] };
    }
    return left.kind === 'number' && right.kind === 'number' ? number(operator, left.value, right.value) : undefined;
}
function repeat(left, times) {
    if (times * left.text.value.length > 100_000)
        return undefined;
    return stringOf(concatenate(Array.from({ length: Math.max(0, times) }, () => left.text)));
}
function number(operator, left, right) {
    const results = {
        '+': left + right,
        '-': left - right,
        '*': left * right,
        '//': Math.floor(left / right),
        '%': left - right * Math.floor(left / right),
        '**': left ** right,
    };
    const result = results[operator];
    // Python prints floating-point numbers in its own way, and whole ones without limit.
    if (result === undefined || !Number.isSafeInteger(result))
        return undefined;
    return Number.isInteger(left) && Number.isInteger(right) ? numberValue(result) : undefined;
}
/** `"…%s…" % values`: what is put in is generated, the rest keeps its place. Undefined: not known. */
function percent(left, right) {
    const given = right.kind === 'tuple' ? right.items : [right];
    let next = 0;
    let known = true;
    const text = replaceAll(left.text, /%(?:\((\w+)\))?(.?)/gs, (match) => {
        if (match[2] === '%')
            return '%';
        const key = match[1];
        const value = key === undefined
            ? given[next++]
            : right.kind === 'dict'
                ? right.entries.find(([name]) => printed(name) === key)?.[1]
                : undefined;
        const shown = value && match[2] === 's'
            ? printed(value)
            : value && match[2] === 'r'
                ? represented(value)
                : value?.kind === 'number' && match[2] === 'd' && Number.isInteger(value.value)
                    ? value.text
                    : undefined;
        if (shown === undefined)
            known = false;
        return shown ?? '';
    });
    return known ? stringOf(text) : undefined;
}
/** `format(value, specification)` for the specifications that migrations use: widths of numbers. Undefined: not known. */
function formatted(value, specification) {
    if (specification === '')
        return printed(value);
    const width = /^0(\d+)d?$/.exec(specification)?.[1];
    if (value.kind !== 'number' || width === undefined || !Number.isInteger(value.value) || value.value < 0)
        return undefined;
    return value.text.padStart(Math.min(Number(width), 100), '0');
}
/** `"…{}…{name}".format(…)`. Undefined: not known. */
function formatCall(of, positional, named) {
    let next = 0;
    let known = true;
    const text = replaceAll(of.text, /\{\{|\}\}|\{([^{}]*)\}/g, (match) => {
        if (match[1] === undefined)
            return match[0].slice(1);
        const [, field = '', conversion, specification = ''] = /^(\w*)(?:!(\w))?(?::(.*))?$/s.exec(match[1]) ?? [
            undefined,
            '?',
        ];
        const value = field === '' ? positional[next++] : /^\d+$/.test(field) ? positional[Number(field)] : named.get(field);
        const shown = !value ? undefined : conversion === 'r' ? represented(value) : formatted(value, specification);
        if (shown === undefined || (conversion !== undefined && conversion !== 'r'))
            known = false;
        return shown ?? '';
    });
    return known ? stringOf(text) : unknown('a value put into a string is known only when the migration runs');
}
/** The text of a string put in the place of `node`: not written in the file as it is. */
function madeString(value, at) {
    return stringOf(madeAt(value, at));
}

;// CONCATENATED MODULE: ./src/read/alembic/builtins.ts



/** A call of one of Python's own functions. `at` is the place in the file for text that it makes. */
function callBuiltin(name, given, at) {
    const [first, second, third] = given.positional;
    const list = first ? iterated(first) : undefined;
    switch (name) {
        case 'str':
        case 'repr': {
            const shown = first ? (name === 'str' ? printed(first) : represented(first)) : '';
            if (first?.kind === 'string' && name === 'str')
                return first;
            if (shown !== undefined)
                return madeString(shown, at);
            break;
        }
        case 'len':
            if (first?.kind === 'string')
                return numberValue([...first.text.value].length);
            if (list)
                return numberValue(list.length);
            break;
        case 'int':
            if (first?.kind === 'number' && Number.isInteger(first.value))
                return first;
            if (first?.kind === 'string' && /^\s*-?\d{1,15}\s*$/.test(first.text.value))
                return numberValue(Number(first.text.value));
            break;
        case 'bool': {
            const known = first ? truth(first) : false;
            if (known !== undefined)
                return booleanValue(known);
            break;
        }
        case 'list':
        case 'tuple':
        case 'set':
        case 'frozenset':
            if (!first || list)
                return { kind: name === 'frozenset' ? 'set' : name, items: [...(list ?? [])] };
            break;
        case 'dict':
            if (!first || first.kind === 'dict') {
                const named = [...given.named].map(([key, value]) => [madeString(key, at), value]);
                if (!given.named.has('**'))
                    return { kind: 'dict', entries: [...(first?.entries ?? []), ...named] };
            }
            break;
        case 'range': {
            const numbers = given.positional.map((value) => (value.kind === 'number' ? value.value : undefined));
            const [start, end, width] = numbers.length === 1 ? [0, numbers[0], 1] : [numbers[0], numbers[1], third ? numbers[2] : 1];
            if (start === undefined || end === undefined || !width || (end - start) / width > 10_000)
                break;
            const items = [];
            for (let value = start; width > 0 ? value < end : value > end; value += width)
                items.push(numberValue(value));
            return { kind: 'list', items };
        }
        case 'enumerate': {
            const start = second ?? given.named.get('start');
            if (!list || (start && start.kind !== 'number'))
                break;
            return {
                kind: 'list',
                items: list.map((item, index) => ({ kind: 'tuple', items: [numberValue(index + (start?.value ?? 0)), item] })),
            };
        }
        case 'zip': {
            const lists = given.positional.map(iterated);
            if (lists.includes(undefined) || lists.length === 0)
                break;
            const length = Math.min(...lists.map((each) => each?.length ?? 0));
            const items = Array.from({ length }, (_, index) => ({
                kind: 'tuple',
                items: lists.map((each) => each?.[index] ?? none),
            }));
            return { kind: 'list', items };
        }
        case 'reversed':
            if (list)
                return { kind: 'list', items: [...list].reverse() };
            break;
        case 'sorted': {
            const texts = list?.map((item) => (item.kind === 'string' ? item.text.value : undefined));
            if (!list || !texts || texts.includes(undefined) || given.named.size > 0)
                break;
            const compare = (a, b) => ((printed(a) ?? '') < (printed(b) ?? '') ? -1 : 1);
            return { kind: 'list', items: [...list].sort(compare) };
        }
        case 'any':
        case 'all': {
            const known = list?.map(truth);
            const deciding = name === 'any';
            if (known?.includes(deciding))
                return booleanValue(deciding);
            if (known && !known.includes(undefined))
                return booleanValue(!deciding);
            break;
        }
        case 'isinstance': {
            const known = first && second ? isInstance(first, second) : undefined;
            if (known !== undefined)
                return booleanValue(known);
            break;
        }
        case 'print':
        case 'input':
            return none;
    }
    return unknown(`what \`${name}()\` gives is known only when the migration runs`, false);
}
/** `isinstance(bind.dialect, MySQLDialect)`, which files ask to tell one database from another. Undefined: not known. */
function isInstance(value, type) {
    if (type.kind === 'tuple') {
        const known = type.items.map((item) => isInstance(value, item));
        return known.includes(true) ? true : known.includes(undefined) ? undefined : false;
    }
    const dialect = type.kind === 'imported' ? /^sqlalchemy\.dialects\.(\w+)\./.exec(type.path)?.[1] : undefined;
    if (value.kind === 'live' && value.what === 'dialect' && dialect)
        return dialect === 'postgresql';
    const names = {
        string: 'str',
        list: 'list',
        tuple: 'tuple',
        dict: 'dict',
        boolean: 'bool',
    };
    const own = names[value.kind];
    return own && type.kind === 'imported' && type.path.startsWith('builtins.')
        ? type.path === `builtins.${own}`
        : undefined;
}
/** A method of a string, list or dictionary of the file. */
function callMethod(of, name, given, at) {
    const known = of.kind === 'string'
        ? stringMethod(of, name, given, at)
        : of.kind === 'dict'
            ? dictionaryMethod(of, name, given)
            : isSequence(of)
                ? listMethod(of, name, given)
                : undefined;
    return known ?? unknown(`what \`.${name}()\` gives is known only when the migration runs`);
}
function stringMethod(of, name, { positional, named }, at) {
    const text = of.text.value;
    const [first, second] = positional.map((value) => (value.kind === 'string' ? value.text.value : undefined));
    if (positional.length > 0 && first === undefined && !['join', 'format', 'zfill'].includes(name))
        return undefined;
    switch (name) {
        case 'format':
            return formatCall(of, positional, named);
        case 'strip':
            return stringOf(strip(of.text, 'both', first));
        case 'lstrip':
            return stringOf(strip(of.text, 'start', first));
        case 'rstrip':
            return stringOf(strip(of.text, 'end', first));
        case 'upper':
            return madeString(text.toUpperCase(), of.text.origins[0]?.at ?? at);
        case 'lower':
            return madeString(text.toLowerCase(), of.text.origins[0]?.at ?? at);
        case 'startswith':
            return first === undefined ? undefined : booleanValue(text.startsWith(first));
        case 'endswith':
            return first === undefined ? undefined : booleanValue(text.endsWith(first));
        case 'removeprefix':
            return first && text.startsWith(first) ? stringOf(slice(of.text, first.length)) : of;
        case 'removesuffix':
            return first && text.endsWith(first) ? stringOf(slice(of.text, 0, text.length - first.length)) : of;
        case 'replace': {
            if (!first || second === undefined || positional.length > 2)
                return undefined;
            const pattern = new RegExp(first.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g');
            return stringOf(replaceAll(of.text, pattern, () => second));
        }
        case 'split': {
            if (positional.length > 1 || named.size > 0)
                return undefined;
            if (first === '')
                return undefined;
            const parts = first === undefined ? words(of.text) : split(of.text, first);
            return { kind: 'list', items: parts.map(stringOf) };
        }
        case 'splitlines':
            if (positional.length > 0)
                return undefined;
            return {
                kind: 'list',
                items: split(text.endsWith('\n') ? slice(of.text, 0, text.length - 1) : of.text, '\n').map(stringOf),
            };
        case 'join': {
            const list = positional[0] ? iterated(positional[0]) : undefined;
            const texts = list?.map((item) => (item.kind === 'string' ? item.text : undefined));
            if (!texts || texts.includes(undefined))
                return undefined;
            const parts = texts.flatMap((part, index) => (part ? (index === 0 ? [part] : [of.text, part]) : []));
            return parts.length === 0 ? madeString('', at) : stringOf(concatenate(parts));
        }
        default:
            return undefined;
    }
}
function words(text) {
    return [...text.value.matchAll(/\S+/g)].map((match) => slice(text, match.index, match.index + match[0].length));
}
function dictionaryMethod(of, name, { positional }) {
    const [key, fallback] = positional;
    switch (name) {
        case 'items':
            return { kind: 'list', items: of.entries.map((entry) => ({ kind: 'tuple', items: [...entry] })) };
        case 'keys':
            return { kind: 'list', items: of.entries.map(([entry]) => entry) };
        case 'values':
            return { kind: 'list', items: of.entries.map(([, value]) => value) };
        case 'get': {
            if (!key)
                return undefined;
            const found = of.entries.find(([entry]) => equal(entry, key));
            const unclear = of.entries.some(([entry]) => equal(entry, key) === undefined);
            return found?.[1] ?? (unclear ? undefined : (fallback ?? none));
        }
        case 'copy':
            return { kind: 'dict', entries: of.entries.map(([entry, value]) => [entry, value]) };
        default:
            // Whatever else changes it is not followed: nothing may be read from it afterwards.
            own(of.entries).splice(0, of.entries.length, [unknown('a changed dictionary is not followed'), none]);
            return undefined;
    }
}
/** Longer lists than people write are not followed. */
const longestList = 20_000;
function listMethod(of, name, { positional }) {
    const [first] = positional;
    switch (name) {
        case 'append':
        case 'add':
            if (first && (name === 'append' || !of.items.some((item) => equal(item, first))))
                own(of.items).push(first);
            return none;
        case 'extend':
        case 'update': {
            const more = first ? iterated(first) : undefined;
            if (more && of.items.length + more.length <= longestList)
                own(of.items).push(...more);
            else
                own(of.items).push(unknown('a list is known only when the migration runs'));
            return none;
        }
        case 'copy':
            return { kind: of.kind, items: [...of.items] };
        case 'index': {
            const at = first ? of.items.findIndex((item) => equal(item, first)) : -1;
            return at < 0 ? undefined : numberValue(at);
        }
        case 'count':
        case 'union':
        case 'difference':
        case 'intersection':
        case 'issubset':
            return undefined;
        default:
            own(of.items).splice(0, of.items.length, unknown('a changed list is not followed'));
            return undefined;
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./src/read/alembic/names.ts



/**
 * Words that PostgreSQL does not take as a column or table name without quotes
 * (https://www.postgresql.org/docs/current/sql-keywords-appendix.html, "reserved", with those that may be function or type names).
 */
const reserved = new Set(('all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate collation column ' +
    'concurrently constraint create cross current_catalog current_date current_role current_schema current_time ' +
    'current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full ' +
    'grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime ' +
    'localtimestamp natural not notnull null off offset on only or order outer overlaps placing primary references returning ' +
    'right select session_user similar some symmetric system_user table tablesample then to trailing true union unique user ' +
    'using variadic verbose when where window with new old of').split(' '));
/** An identifier as PostgreSQL needs it to be written: quoted where it would be read as another name or as a keyword. */
function quoted(name) {
    return /^[a-z_][a-z0-9_$]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
/** `schema.name`, quoted. */
function qualified(name, schema) {
    return schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
}
/** PostgreSQL keeps 63 bytes of a name; SQLAlchemy counts characters. */
const longest = 63;
/** A name that SQLAlchemy makes up or is told to take as final, shortened as it does: the rest and four digits of an MD5 sum. */
function shortened(name) {
    if (name.length <= longest)
        return name;
    const sum = (0,external_node_crypto_.createHash)('md5').update(name).digest('hex');
    return `${name.slice(0, longest - 8)}_${sum.slice(-4)}`;
}
/** The name of an index or constraint that is there already; undefined for `None`. Throws `Undecided`. */
function objectName(value) {
    if (value === undefined || value.kind === 'none')
        return undefined;
    const final = finalName(value);
    if (final)
        return shortened(knownString(final, 'the name'));
    const name = identifier(value, 'the name');
    if (name.length > longest)
        throw new Undecided(`the name \`${name}\` is longer than ${longest} characters, which SQLAlchemy refuses`);
    return name;
}
/** What SQLAlchemy calls the label of a column: its schema, table and name. */
function labelOf(table, schema, column) {
    return `${schema === undefined ? '' : `${schema.replaceAll('.', '_')}_`}${table}_${column}`;
}
/** A name of a table, column, schema or type. Throws `Undecided`. */
function identifier(value, what) {
    if (isCallOf(value, 'quoted_name'))
        return knownString(argument(value.given, 0, 'value'), what);
    const final = finalName(value);
    if (final)
        return knownString(final, what);
    if (value?.kind === 'enum member' && value.value.kind === 'string')
        return value.value.text.value;
    const name = knownString(value, what);
    if (name === '')
        throw new Undecided(`${what} is empty`);
    return name;
}
/** A schema's name, or undefined for `None`. Throws `Undecided`. */
function schemaName(value) {
    return value === undefined || value.kind === 'none' ? undefined : identifier(value, 'the schema');
}

;// CONCATENATED MODULE: ./src/read/alembic/naming.ts



/** The project sets no convention: SQLAlchemy then names indexes, and PostgreSQL everything else. */
const plainNaming = {
    patterns: new Map([['ix', 'ix_%(column_0_label)s']]),
    unknown: undefined,
    mayChange: new Set(),
};
/**
 * The name of a constraint or index as SQLAlchemy sends it. Undefined where it is left to PostgreSQL. Throws `Undecided`.
 * @param value as given: `op.f("name")` is final, a plain name may be put into a pattern
 */
function nameOf(kind, value, of, parts) {
    const final = finalName(value);
    if (final)
        return shortened(knownString(final, 'the name'));
    const given = value === undefined || value.kind === 'none' ? undefined : identifier(value, 'the name');
    const { naming } = of;
    if (naming.unknown !== undefined && kind !== 'ex' && (given === undefined || naming.mayChange.has(kind)))
        throw new Undecided(naming.unknown);
    const pattern = naming.patterns.get(kind);
    if (pattern !== undefined && (given === undefined || pattern.includes('constraint_name')))
        return shortened(filled(pattern, given, of, parts));
    if (given !== undefined && given.length > longest)
        throw new Undecided(`the name \`${given}\` is longer than ${longest} characters, which SQLAlchemy refuses`);
    return given;
}
/** `uq_%(table_name)s_%(column_0_name)s` with its tokens replaced, as SQLAlchemy does it. */
function filled(pattern, given, of, parts) {
    return pattern.replace(/%%|%\((\w+)\)s/g, (whole, token) => {
        if (token === undefined)
            return whole === '%%' ? '%' : whole;
        const value = tokenValue(token, given, of, parts);
        if (value === undefined)
            throw new Undecided(`the naming convention \`${pattern}\` cannot be followed here`);
        return value;
    });
}
function tokenValue(token, given, of, parts) {
    if (token === 'table_name')
        return of.table;
    if (token === 'constraint_name')
        return given;
    if (token === 'referred_table_name')
        return parts.referred?.table;
    const [, referred, number = '0', all, what] = /^(referred_)?column_(\d+)(_?N)?_(name|key|label)$/.exec(token) ?? [];
    const columns = referred ? parts.referred?.columns : parts.columns;
    if (what === undefined || columns === undefined)
        return undefined;
    const one = (column) => {
        if (column === undefined || (what === 'label' && referred))
            return undefined;
        return what === 'label' ? labelOf(of.table, of.schema, column) : column;
    };
    if (!all) {
        const at = Number(number);
        return at < columns.length ? one(columns[at]) : '';
    }
    const each = columns.map(one);
    return each.includes(undefined) ? undefined : each.join(all === '_N' ? '_' : '');
}

;// CONCATENATED MODULE: ./src/read/alembic/run.ts


/** More than any migration written by people does, and less than a second of work. */
const maximumSteps = 50_000;
/** Counts one step of work. Throws `Endless`. */
function step(run) {
    run.steps++;
    if (run.steps > maximumSteps || run.depth > 1000)
        throw new Endless('its loops, calls or expressions go on for too long to be followed');
}
/** A run that has not begun; `statement` numbers are offsets into the file. */
function newRun(source, { modules, naming }, sends, execute) {
    return {
        main: source,
        source,
        site: undefined,
        modules,
        naming,
        imported: { names: new Map(), circles: 0 },
        sharing: true,
        sends,
        sink: [],
        autocommit: false,
        repeated: false,
        statement: -1,
        unreadableStatement: -2,
        unreadableCount: 0,
        enums: new Set(),
        steps: 0,
        depth: 0,
        nested: 0,
        execute,
    };
}
/** Where in the version file a node of the code being executed is. */
function placeOf(run, node) {
    return run.site ? run.site.node.from : node.from;
}
/** The origin of a text made by the code at `node`: its offset in the version file, or `elsewhere` in other modules. */
function originOf(run, node) {
    return run.source === run.main ? node.from : elsewhere;
}
/** Notes which statement of the version file is being executed. */
function begin(run, node) {
    if (run.source === run.main)
        run.statement = node.from;
}
/** Adds SQL to the script. A string is SQL that Alembic makes from the code at `node`; a text knows its own places. */
function emit(run, sql, node) {
    if (!run.sends)
        return;
    const { value, origins } = typeof sql === 'string' ? { value: sql, origins: [{ offset: 0, at: elsewhere, verbatim: false }] } : sql;
    const anchors = [];
    for (const { offset, at, verbatim } of origins) {
        if (offset > 0 && offset >= value.length)
            break;
        anchors.push({ offset, ...position(run.main, at === elsewhere ? placeOf(run, node) : at), verbatim });
    }
    run.sink.push({
        kind: 'sql',
        sql: value,
        file: run.main.file,
        anchors,
        ...(run.autocommit ? { autocommit: true } : {}),
        ...(run.repeated ? { repeated: true } : {}),
    });
}
/** Adds a part that could not be turned into SQL, once for each statement of the file. */
function unreadable(run, reason, node) {
    if (!run.sends || run.statement === run.unreadableStatement)
        return;
    run.unreadableStatement = run.statement;
    const from = placeOf(run, node);
    const at = locate(run.main, { from, to: from });
    const line = run.site && locate(run.source, node).line;
    const inside = run.site ? `in \`${run.site.name}()\`, at line ${line} of ${run.source.file}: ` : '';
    run.unreadableCount++;
    const part = { kind: 'unreadable', reason: `${inside}${reason}`, at };
    const last = run.sink.at(-1);
    // Statement after statement with the same reason is one part.
    if (last?.kind === 'unreadable' && last.reason === part.reason && last.at.line <= at.line)
        run.sink[run.sink.length - 1] = { ...last, at: { ...last.at, endLine: Math.max(last.at.endLine, at.endLine) } };
    else
        run.sink.push(part);
}

;// CONCATENATED MODULE: ./src/read/alembic/modules.ts






/** Nothing else is read. */
const noSurroundings = {
    modules: { find: () => undefined, isWaiting: () => false, shared: new Map() },
    naming: () => plainNaming,
};
/** More than people nest imports of modules whose constants are needed at once. */
const deepest = 30;
/**
 * What a name that was imported stands for, where a module of the repository defines it as a constant, function or class. Anything else,
 * and every other value, is given back as it is.
 */
function resolve(value, run) {
    let at = value;
    for (let hops = 0; at.kind === 'imported' && hops < 10; hops++) {
        if (at.path === 'typing.TYPE_CHECKING')
            return booleanValue(false);
        const next = defined(at.path, run);
        if (!next)
            return at;
        at = next;
    }
    return at;
}
/** What `a.b.c` is: `c` of the module `a.b`, or `b` of the module `a` and `c` of that. */
function defined(path, run) {
    if (isLibrary(path))
        return undefined;
    const parts = path.split('.');
    for (let end = parts.length; end > 0; end--) {
        const name = parts.slice(0, end).join('.');
        const source = run.modules.find(name);
        if (!source)
            continue;
        const [first, ...rest] = parts.slice(end);
        const value = first === undefined ? undefined : namesOf(name, source, run)?.names.get(first);
        return value && rest.reduce((of, attribute) => attributeOf(of, attribute), value);
    }
    return undefined;
}
/** The names that a module has once it is imported. Undefined: it imports itself in a circle, or goes on for too long. */
function namesOf(name, source, run) {
    const shared = run.sharing ? run.modules.shared.get(name) : undefined;
    if (shared)
        return shared;
    if (run.imported.names.has(name)) {
        const scope = run.imported.names.get(name);
        if (!scope)
            run.imported.circles++;
        return scope;
    }
    if (run.nested >= deepest)
        return undefined;
    run.imported.names.set(name, undefined);
    const scope = { names: new Map(), parent: undefined, globals: new Set() };
    const own = {
        ...newRun(run.main, run, false, run.execute),
        source,
        imported: run.imported,
        sharing: run.sharing,
    };
    own.nested = run.nested + 1;
    const { circles } = run.imported;
    try {
        run.execute(source.tree.topNode, scope, own);
    }
    catch (problem) {
        if (problem instanceof Endless || problem instanceof RangeError)
            return undefined;
        throw problem;
    }
    run.imported.names.set(name, scope);
    if (run.sharing && run.imported.circles === circles && !run.modules.isWaiting()) {
        for (const value of scope.names.values())
            share(value);
        run.modules.shared.set(name, Object.freeze(scope));
    }
    return scope;
}
/** Keeps the lists and dictionaries of a module from being changed. */
function share(value) {
    if (value.kind === 'dict' && !Object.isFrozen(value.entries)) {
        for (const entry of Object.freeze(value.entries))
            for (const item of entry)
                share(item);
    }
    else if (isSequence(value) && !Object.isFrozen(value.items)) {
        for (const item of Object.freeze(value.items))
            share(item);
    }
    else if (value.kind === 'class') {
        for (const member of value.members.values())
            share(member);
    }
}

;// CONCATENATED MODULE: ./src/read/alembic/literals.ts

/** For DDL: no tables in front of columns, every value known. */
const ddl = { qualify: false, parameters: undefined, bound: new Map() };
/** A constant as SQL. Throws `Undecided`. */
function literal(value, writing, family) {
    switch (value.kind) {
        case 'none':
            // SQLAlchemy stores None in a JSON column as JSON's null (https://docs.sqlalchemy.org/en/20/core/type_basics.html#sqlalchemy.types.JSON.params.none_as_null).
            return family === 'json' ? "'null'" : 'NULL';
        case 'boolean':
            return String(value.value);
        case 'number':
            return value.text;
        case 'string':
            return family === 'json' ? stringLiteral(JSON.stringify(value.text.value)) : stringLiteral(value.text.value);
        case 'enum member':
            return stringLiteral(value.name);
        case 'dict':
        case 'list': {
            const json = family === 'array' ? undefined : jsonOf(value);
            if (json !== undefined && family === 'json')
                return stringLiteral(json);
        }
    }
    if (!writing.parameters)
        throw new Undecided(whyNot(value, 'a value'));
    return `$${writing.parameters.next++}`;
}
function stringLiteral(value) {
    return `'${value.replaceAll("'", "''")}'`;
}
/** What Python's `json.dumps` gives. Undefined: not known. */
function jsonOf(value) {
    switch (value.kind) {
        case 'none':
            return 'null';
        case 'boolean':
            return String(value.value);
        case 'number':
            return value.text;
        case 'string':
            return JSON.stringify(value.text.value);
        case 'list':
        case 'tuple': {
            const items = value.items.map(jsonOf);
            return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
        }
        case 'dict': {
            const entries = value.entries.map(([key, item]) => {
                const text = jsonOf(item);
                return key.kind === 'string' && text !== undefined ? `${JSON.stringify(key.text.value)}: ${text}` : undefined;
            });
            return entries.includes(undefined) ? undefined : `{${entries.join(', ')}}`;
        }
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./src/read/alembic/references.ts




/** The table that a value stands for. Undefined: it is not one. Throws `Undecided` where its name is not known. */
function tableReference(value) {
    if (isCallOf(value, 'table', 'Table')) {
        const { given } = value;
        const name = identifier(argument(given, 0, 'name'), 'the name of a table');
        const columns = given.positional
            .filter((item) => isCallOf(item, 'column', 'Column'))
            .map((item) => ({ name: columnName(item), value: item }));
        const schema = schemaName(argument(given, undefined, 'schema'));
        return { sql: qualified(name, schema), name, schema, columns };
    }
    if (value.kind === 'attribute' && value.name === '__table__')
        return tableReference(value.of);
    const named = value.kind === 'class' ? memberOf(value, '__tablename__') : undefined;
    if (value.kind === 'class' && named) {
        const name = identifier(named, 'the name of a table');
        if (value.bases.some(hasColumns))
            throw new Undecided(`the columns of \`${value.name}\` come from several classes, whose order is not followed`);
        const columns = [...value.members]
            .filter(([, member]) => isCallOf(member, 'Column', 'mapped_column'))
            .map(([key, member]) => ({ name: mappedName(key, member), value: member }));
        return { sql: quoted(name), name, schema: undefined, columns };
    }
    return undefined;
}
function hasColumns(base) {
    return (base.kind === 'class' &&
        ([...base.members.values()].some((member) => isCallOf(member, 'Column', 'mapped_column')) ||
            base.bases.some(hasColumns)));
}
function mappedName(key, member) {
    const first = member.kind === 'call' ? member.given.positional[0] : undefined;
    return first?.kind === 'string' ? first.text.value : key;
}
/** The name of `sa.column("x")` or `sa.Column("x", …)`. Throws `Undecided`. */
function columnName(value) {
    return identifier(argument(value.given, 0, value.callee.kind === 'imported' && calledName(value) === 'column' ? 'text' : 'name'), 'the name of a column');
}
/**
 * Whether a value is `sa.column("x")` or the like of a `sa.table(…)`, or a `sa.Column` of a table or class. Python asks the second, whose
 * class is made from that of the first, before the first, wherever they are compared: the first to the left makes them change places.
 */
function columnClass(value) {
    const isOfTable = value.kind === 'attribute' && value.of.kind === 'attribute' && ['c', 'columns'].includes(value.of.name);
    const table = isOfTable && value.of.kind === 'attribute' ? value.of.of : undefined;
    const declared = table && tableReference(table)?.columns.find(({ name }) => name === (value.kind === 'attribute' && value.name));
    const column = declared?.value ?? value;
    if (isCallOf(column, 'Column', 'mapped_column'))
        return 'Column';
    if (isCallOf(column, 'column') || isCallOf(table, 'table'))
        return 'column';
    return table ? 'Column' : undefined;
}
/** The column that a value stands for and its table, where it has one. Undefined: it is not a column. */
function columnReference(value) {
    if (isCallOf(value, 'column', 'Column'))
        return { name: columnName(value), table: undefined };
    if (value.kind !== 'attribute')
        return undefined;
    const { of, name } = value;
    const table = of.kind === 'attribute' && (of.name === 'c' || of.name === 'columns') ? tableReference(of.of) : undefined;
    if (table)
        return { name, table };
    const mapped = of.kind === 'class' ? tableReference(of) : undefined;
    if (!mapped || of.kind !== 'class' || name.startsWith('__'))
        return undefined;
    const member = of.members.get(name);
    return { name: member ? mappedName(name, member) : name, table: mapped };
}

;// CONCATENATED MODULE: ./src/read/alembic/foreign-types.ts

const foreign_types_none = { positional: [], named: new Map() };
/** A number given by name or place. Throws `Undecided`. */
function foreign_types_number(given, name, index) {
    const value = argument(given, index, name);
    if (value === undefined || value.kind === 'none')
        return undefined;
    if (value.kind !== 'number' || !Number.isInteger(value.value))
        throw new Undecided(whyNot(value, `\`${name}\``));
    return value.value;
}
function varchar(name, index, otherwise) {
    return (given) => `VARCHAR(${foreign_types_number(given, name, index) ?? otherwise})`;
}
function vector(word) {
    return (given) => {
        const dimensions = foreign_types_number(given, 'dim', 0);
        return dimensions === undefined ? word : `${word}(${dimensions})`;
    };
}
/** The type that it decorates, with what it is given itself. */
function decorating(type) {
    return ({ named }) => ({ type, given: { positional: [], named } });
}
function foreign_types_text(value, otherwise) {
    if (value === undefined)
        return otherwise;
    if (value.kind !== 'string')
        throw new Undecided(whyNot(value, "a type's option"));
    return value.text.value;
}
/** PostGIS. With `spatial_index`, which is the default, GeoAlchemy makes an index by itself. */
function spatial(name) {
    return (given) => {
        if (values_option(given, 'spatial_index') !== false)
            throw new Undecided('GeoAlchemy makes an index for this column by itself, in a way that is not followed (`spatial_index=False` and `op.create_index` say it plainly)');
        const kind = argument(given, 0, 'geometry_type');
        if (kind?.kind === 'none')
            return name;
        return `${name}(${foreign_types_text(kind, 'GEOMETRY')},${foreign_types_number(given, 'srid', 1) ?? -1})`;
    };
}
const types = {
    sqlalchemy_utils: {
        UUIDType: (given) => {
            if (values_option(given, 'native', 1) === false)
                throw new Undecided('`UUIDType(native=False)` has no type on PostgreSQL');
            return 'UUID';
        },
        EmailType: varchar('length', 0, 255),
        URLType: () => 'TEXT',
        JSONType: () => 'JSON',
        CountryType: () => 'VARCHAR(2)',
        CurrencyType: () => 'VARCHAR(3)',
        LocaleType: () => 'VARCHAR(10)',
        ColorType: varchar('max_length', 0, 20),
        TimezoneType: () => 'VARCHAR(50)',
        IPAddressType: varchar('max_length', 0, 50),
        PhoneNumberType: varchar('max_length', 1, 20),
        TSVectorType: () => 'TSVECTOR',
        LtreeType: () => 'LTREE',
        ScalarListType: () => 'TEXT',
        ArrowType: decorating('DateTime'),
        EncryptedType: () => 'BYTEA',
        StringEncryptedType: ({ named }) => {
            const length = foreign_types_number({ positional: [], named }, 'length', 0);
            return length === undefined ? 'VARCHAR' : `VARCHAR(${length})`;
        },
    },
    fastapi_users_db_sqlalchemy: { GUID: () => 'UUID', TIMESTAMPAware: decorating('TIMESTAMP') },
    sqlalchemy_jsonfield: {
        JSONField: (given) => {
            if (argument(given, 3, 'json_type'))
                throw new Undecided('`JSONField(json_type=…)` is not read');
            return values_option(given, 'enforce_string', 0) ? 'TEXT' : { type: 'JSON', given: foreign_types_none };
        },
    },
    pgvector: {
        Vector: vector('VECTOR'),
        VECTOR: vector('VECTOR'),
        HALFVEC: vector('HALFVEC'),
        SPARSEVEC: vector('SPARSEVEC'),
        BIT: (given) => `BIT(${foreign_types_number(given, 'length', 0) ?? 1})`,
    },
    geoalchemy2: {
        Geometry: spatial('geometry'),
        Geography: spatial('geography'),
    },
};
/** The type of another library, by its dotted name, made with these arguments. Undefined: it is not known. Throws `Undecided`. */
function foreignType(path, given) {
    const parts = path.split('.');
    const library = types[parts[0] ?? ''];
    const name = parts.at(-1) ?? '';
    return library && Object.hasOwn(library, name) ? library[name]?.(given) : undefined;
}

;// CONCATENATED MODULE: ./src/read/alembic/types.ts







/** Types that are written without arguments, by the name of their SQLAlchemy class. */
const types_plain = {
    Boolean: 'BOOLEAN',
    BOOLEAN: 'BOOLEAN',
    Date: 'DATE',
    DATE: 'DATE',
    DATETIME: 'DATETIME',
    DOUBLE: 'DOUBLE',
    LargeBinary: 'BYTEA',
    PickleType: 'BYTEA',
    BYTEA: 'BYTEA',
    BLOB: 'BLOB',
    INET: 'INET',
    CIDR: 'CIDR',
    MACADDR: 'MACADDR',
    MACADDR8: 'MACADDR8',
    MONEY: 'MONEY',
    OID: 'OID',
    REGCLASS: 'REGCLASS',
    REGCONFIG: 'REGCONFIG',
    TSVECTOR: 'TSVECTOR',
    TSQUERY: 'TSQUERY',
    HSTORE: 'HSTORE',
    CITEXT: 'CITEXT',
    JSONPATH: 'JSONPATH',
    INT4RANGE: 'INT4RANGE',
    INT8RANGE: 'INT8RANGE',
    NUMRANGE: 'NUMRANGE',
    DATERANGE: 'DATERANGE',
    TSRANGE: 'TSRANGE',
    TSTZRANGE: 'TSTZRANGE',
    INT4MULTIRANGE: 'INT4MULTIRANGE',
    INT8MULTIRANGE: 'INT8MULTIRANGE',
    NUMMULTIRANGE: 'NUMMULTIRANGE',
    DATEMULTIRANGE: 'DATEMULTIRANGE',
    TSMULTIRANGE: 'TSMULTIRANGE',
    TSTZMULTIRANGE: 'TSTZMULTIRANGE',
};
const strings = {
    String: 'VARCHAR',
    VARCHAR: 'VARCHAR',
    Unicode: 'VARCHAR',
    AutoString: 'VARCHAR',
    Text: 'TEXT',
    TEXT: 'TEXT',
    UnicodeText: 'TEXT',
    CHAR: 'CHAR',
    NCHAR: 'NCHAR',
    NVARCHAR: 'NVARCHAR',
    CLOB: 'CLOB',
};
const integers = {
    Integer: ['INTEGER', 'SERIAL'],
    INTEGER: ['INTEGER', 'SERIAL'],
    INT: ['INTEGER', 'SERIAL'],
    BigInteger: ['BIGINT', 'BIGSERIAL'],
    BIGINT: ['BIGINT', 'BIGSERIAL'],
    SmallInteger: ['SMALLINT', 'SMALLSERIAL'],
    SMALLINT: ['SMALLINT', 'SMALLSERIAL'],
};
/** Types of other dialects that SQLAlchemy writes for PostgreSQL under the same name. */
const shared = new Set('INTEGER BIGINT SMALLINT VARCHAR CHAR TEXT JSON DATE BOOLEAN NUMERIC DECIMAL REAL'.split(' '));
function other(sql) {
    return { sql, serial: undefined, family: 'other' };
}
/** The SQL of a type given as a class (`sa.Integer`) or as an object (`sa.String(50)`). Throws `Undecided`. */
function typeOf(value, tableSchema) {
    if (value === undefined || value.kind === 'none')
        throw new Undecided('a column has no type');
    const call = value.kind === 'call' ? value : undefined;
    if (call?.callee.kind === 'attribute')
        return variant(call, tableSchema);
    const named = call ? call.callee : value;
    const given = call?.given ?? { positional: [], named: new Map() };
    if (named.kind === 'class')
        return localType(named, given, tableSchema);
    const foreign = named.kind === 'imported' ? foreignType(named.path, given) : undefined;
    if (typeof foreign === 'string')
        return made(foreign);
    if (foreign)
        return typeOf(ofLibrary(foreign.type, foreign.given, value), tableSchema);
    const known = symbol(named);
    if (!known || known.sqlFunction) {
        const path = named.kind === 'imported' ? named.path : undefined;
        throw new Undecided(path ? `the type \`${path}\` is not one of SQLAlchemy's, so its SQL is not known` : whyNot(value, 'a type'));
    }
    const { name } = known;
    if (known.dialect && known.dialect !== 'postgresql' && !shared.has(name)) {
        throw new Undecided(`\`${name}\` is a type of ${known.dialect}, not of PostgreSQL`);
    }
    const integer = integers[name];
    if (integer)
        return { sql: integer[0], serial: integer[1], family: 'number' };
    if (strings[name]) {
        const length = count(argument(given, 0, 'length'));
        const collation = argument(given, 1, 'collation');
        const suffix = collation && collation.kind !== 'none' ? ` COLLATE "${knownString(collation, 'the collation')}"` : '';
        return { sql: `${strings[name]}${length ? `(${length})` : ''}${suffix}`, serial: undefined, family: 'string' };
    }
    if (types_plain[name])
        return other(types_plain[name]);
    const zone = (index) => (values_option(given, 'timezone', index) ? 'WITH' : 'WITHOUT');
    const width = (precision) => (precision ? `(${precision})` : '');
    switch (name) {
        case 'Numeric':
        case 'NUMERIC':
        case 'DECIMAL': {
            const precision = count(argument(given, 0, 'precision'));
            const scale = count(argument(given, 1, 'scale'));
            const word = name === 'DECIMAL' ? 'DECIMAL' : 'NUMERIC';
            const sql = precision === undefined ? word : `${word}(${precision}${scale === undefined ? '' : `, ${scale}`})`;
            return { sql, serial: 'SERIAL', family: 'number' };
        }
        case 'Float':
        case 'FLOAT': {
            const precision = count(argument(given, 0, 'precision'));
            return {
                sql: `FLOAT${precision && precision !== '0' ? `(${precision})` : ''}`,
                serial: 'SERIAL',
                family: 'number',
            };
        }
        case 'REAL':
            return { sql: 'REAL', serial: 'SERIAL', family: 'number' };
        case 'Double':
        case 'DOUBLE_PRECISION':
            return { sql: 'DOUBLE PRECISION', serial: 'SERIAL', family: 'number' };
        case 'DateTime':
            return other(`TIMESTAMP ${zone(0)} TIME ZONE`);
        case 'TIMESTAMP':
            return other(`TIMESTAMP${width(known.dialect ? count(argument(given, 1, 'precision')) : undefined)} ${zone(0)} TIME ZONE`);
        case 'Time':
            return other(`TIME ${zone(0)} TIME ZONE`);
        case 'TIME':
            return other(`TIME${width(known.dialect ? count(argument(given, 1, 'precision')) : undefined)} ${zone(0)} TIME ZONE`);
        case 'Interval':
            return other(`INTERVAL${width(count(argument(given, 1, 'second_precision')))}`);
        case 'INTERVAL': {
            const fields = argument(given, 1, 'fields');
            const words = fields && fields.kind !== 'none' ? ` ${knownString(fields, 'the fields')}` : '';
            return other(`INTERVAL${words}${width(count(argument(given, 0, 'precision')))}`);
        }
        case 'Uuid':
            return other(values_option(given, 'native_uuid', 1) === false ? 'CHAR(32)' : 'UUID');
        case 'UUID':
            return other('UUID');
        case 'JSON':
        case 'JSONB':
            return { sql: name, serial: undefined, family: 'json' };
        case 'BIT': {
            const varying = values_option(given, 'varying', 1);
            const length = count(argument(given, 0, 'length'));
            return other(varying ? `BIT VARYING${width(length)}` : `BIT(${length ?? 1})`);
        }
        case 'ARRAY': {
            const inner = typeOf(argument(given, 0, 'item_type'), tableSchema);
            const dimensions = Number(count(argument(given, 2, 'dimensions')) ?? 1);
            const at = inner.sql.indexOf(' COLLATE ');
            const [type, collation] = at < 0 ? [inner.sql, ''] : [inner.sql.slice(0, at), inner.sql.slice(at)];
            const sql = `${type}${'[]'.repeat(Math.min(dimensions, 6))}${collation}`;
            return { sql, serial: undefined, family: 'array', ...(inner.enum ? { enum: inner.enum } : {}) };
        }
        case 'Enum':
        case 'ENUM':
            return enumOf(name, value, tableSchema);
        default:
            throw new Undecided(`the type \`${name}\` is not one that is read`);
    }
}
function count(value) {
    if (value === undefined || value.kind === 'none')
        return undefined;
    if (value.kind === 'number' && Number.isInteger(value.value) && value.value >= 0)
        return value.text;
    throw new Undecided(whyNot(value, "a type's length"));
}
/** `type.with_variant(other, 'postgresql')`. */
function variant(call, tableSchema) {
    const { callee, given } = call;
    if (callee.kind !== 'attribute' || callee.name !== 'with_variant')
        throw new Undecided(whyNot(call, 'a type'));
    const names = given.positional.slice(1).map((name) => knownString(name, 'the dialect of a variant'));
    return typeOf(names.includes('postgresql') ? given.positional[0] : callee.of, tableSchema);
}
/** `sqlalchemy.name(given)`. */
function ofLibrary(name, given, value) {
    if (value.kind !== 'call')
        return { kind: 'imported', path: `sqlalchemy.${name}` };
    return { ...value, callee: { kind: 'imported', path: `sqlalchemy.${name}` }, given };
}
/** A type whose values go through code of its own before they are sent. */
function made(sql) {
    return { sql, serial: undefined, family: 'made' };
}
/**
 * A type that the repository defines itself: a `TypeDecorator` with a plain `impl` or a `load_dialect_impl` that can be followed, a
 * `UserDefinedType` that names its column type, or another name for one of SQLAlchemy's.
 */
function localType(value, given, tableSchema) {
    const own = new Undecided(`the SQL of the type \`${value.name}\` is made by its own code`);
    const has = (name) => memberOf(value, name) !== undefined;
    if (value.isCompiled)
        throw own;
    if (goesBackTo(value, 'TypeDecorator')) {
        const chosen = value.method('load_dialect_impl', [unknown(own.message), { kind: 'live', what: 'dialect' }]);
        const impl = chosen ?? (has('__init__') ? undefined : implementation(memberOf(value, 'impl'), given));
        if (!impl || impl.kind === 'unknown')
            throw own;
        const { sql, serial } = typeOf(impl, tableSchema);
        return { sql, serial, family: has('process_bind_param') || has('process_literal_param') ? 'made' : 'other' };
    }
    if (goesBackTo(value, 'UserDefinedType')) {
        const written = value.method('get_col_spec', [unknown(own.message)]);
        if (written?.kind === 'string')
            return made(written.text.value);
        throw own;
    }
    const [base] = value.bases;
    const isPlain = [...value.members.values()].every(({ kind }) => kind !== 'function');
    if (!base || value.bases.length > 1 || !isPlain || (base.kind !== 'class' && !symbol(base)))
        throw own;
    return typeOf(implementation(base, given), tableSchema);
}
/** What a decorator is made of: its arguments go to a class, and to an object that is there already not. */
function implementation(impl, given) {
    const isClass = impl?.kind === 'imported' || impl?.kind === 'class';
    if (!isClass || given.positional.length + given.named.size === 0)
        return impl;
    return { kind: 'call', callee: impl, given };
}
/** Whether a class of the repository is made from one of SQLAlchemy's. */
function goesBackTo(value, name) {
    return value.bases.some((base) => (base.kind === 'class' ? goesBackTo(base, name) : symbol(base)?.name === name));
}
/** The labels of `sa.Enum(…)`: strings, or the names of the members of a Python enum. */
function labelsOf(value) {
    const { positional, named } = value.given;
    const members = positional[0] ? enumMembers(positional[0]) : undefined;
    if (!members)
        return positional.map((label) => knownString(label, 'a label of an enum type'));
    const chosen = named.get('values_callable');
    if (!chosen || chosen.kind === 'none')
        return members.map((member) => member.name);
    // Written in one way by everybody: `lambda cls: [member.value for member in cls]`.
    if (chosen.kind === 'function')
        return members.map((member) => knownString(member.value, 'a label of an enum type'));
    throw new Undecided('the labels of an enum type come from a function');
}
function enumOf(kind, value, tableSchema) {
    if (value.kind !== 'call')
        throw new Undecided('an enum type has no name');
    const { given } = value;
    const [first] = given.positional;
    const ofClass = first?.kind === 'class' ? first.name.toLowerCase() : undefined;
    const labels = labelsOf(value);
    if (kind === 'Enum' && values_option(given, 'native_enum') === false) {
        const longest = Math.max(0, ...labels.map((label) => label.length));
        const length = count(argument(given, undefined, 'length'));
        const sql = `VARCHAR(${length === undefined ? longest : Math.max(longest, Number(length))})`;
        const name = given.named.get('name') ?? (ofClass === undefined ? undefined : madeString(ofClass, elsewhere));
        return {
            sql,
            serial: undefined,
            family: 'string',
            ...(values_option(given, 'create_constraint') ? { check: { name, labels } } : {}),
        };
    }
    const nameValue = argument(given, undefined, 'name');
    const name = nameValue && nameValue.kind !== 'none' ? identifier(nameValue, 'the name of an enum type') : ofClass;
    if (name === undefined)
        throw new Undecided('an enum type has no name');
    const inherits = values_option(given, 'inherit_schema');
    const metadata = argument(given, undefined, 'metadata') ?? none;
    const common = isCallOf(metadata, 'MetaData') ? argument(metadata.given, undefined, 'schema') : undefined;
    const schema = inherits ? tableSchema : schemaName(argument(given, undefined, 'schema') ?? common);
    const created = metadata.kind === 'none' && (kind === 'Enum' || values_option(given, 'create_type') !== false);
    const type = { name, schema, labels, created };
    return { sql: qualified(name, schema), serial: undefined, family: 'string', enum: type };
}
/** Whether a value is a type that has a name in the database: an enum. */
function isEnum(value) {
    const name = calledName(value);
    return name === 'Enum' || name === 'ENUM';
}
/** CREATE TYPE for an enum. */
function createEnum(type) {
    const labels = type.labels.map((label) => `'${label.replaceAll("'", "''")}'`);
    return `CREATE TYPE ${qualified(type.name, type.schema)} AS ENUM (${labels.join(', ')})`;
}
/** Whether a value can be a type at all, so that a column's second argument can be told from a constraint. */
function isConstraintOrDefault(value) {
    const name = calledName(value);
    return (name !== undefined &&
        [
            'ForeignKey',
            'CheckConstraint',
            'UniqueConstraint',
            'PrimaryKeyConstraint',
            'Identity',
            'Computed',
            'Sequence',
            'FetchedValue',
            'DefaultClause',
            'ColumnDefault',
        ].includes(name));
}

;// CONCATENATED MODULE: ./src/read/alembic/expressions.ts







/** How tightly the operators bind, as in https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE. */
const level = { or: 1, and: 2, not: 3, is: 4, comparison: 5, like: 6, other: 7, sum: 8, product: 9, atom: 20 };
function atom(sql) {
    return { sql, level: level.atom };
}
/** The SQL of an expression. Throws `Undecided`. */
function expression(value, writing) {
    return piece(value, writing).sql;
}
/** The SQL of an expression, in parentheses unless it stands for itself: as an index or a constraint needs it. */
function grouped(value, writing) {
    return within(piece(value, writing), level.atom);
}
function within(inner, least) {
    return inner.level < least ? `(${inner.sql})` : inner.sql;
}
/** The text of `sa.text("…")`, with `.bindparams(…)`. Undefined: the value is something else. */
function textClause(value) {
    if (value.kind !== 'call')
        return undefined;
    if (value.callee.kind === 'attribute') {
        const inner = textClause(value.callee.of);
        if (!inner)
            return undefined;
        const { name } = value.callee;
        if (name === 'bindparams') {
            for (const parameter of value.given.positional) {
                if (!isCallOf(parameter, 'bindparam'))
                    throw new Undecided(whyNot(parameter, 'a parameter'));
                inner.bound.set(knownString(argument(parameter.given, 0, 'key'), 'the name of a parameter'), parameter);
            }
            for (const [key, bound] of value.given.named)
                inner.bound.set(key, bound);
        }
        else if (!['columns', 'execution_options', 'self_group'].includes(name))
            throw new Undecided(`\`text().${name}()\` is not read`);
        return inner;
    }
    if (!isCallOf(value, 'text', 'literal_column'))
        return undefined;
    const text = argument(value.given, 0, 'text');
    if (text?.kind !== 'string')
        throw new Undecided(whyNot(text, 'the SQL'));
    return { text: text.text, bound: new Map() };
}
/** Letters, digits and `_` in any script, as Python's `\w`. */
const parameterName = /\\(:[\p{L}\p{N}_$]*)(?![:\p{L}\p{N}_$])|(?<![:\p{L}\p{N}_$\\]):([\p{L}\p{N}_$]+)(?![:\p{L}\p{N}_$])/gu;
/** The text with its `:name` parameters replaced and `\:` read as a colon, as SQLAlchemy does. Throws `Undecided`. */
function fillIn(text, writing) {
    const used = new Map();
    return replaceAll(text, parameterName, (match) => {
        const name = match[2];
        if (name === undefined)
            return match[1] ?? '';
        let sql = used.get(name);
        if (sql === undefined) {
            const value = writing.bound.get(name) ?? writing.boundElsewhere;
            if (!value)
                throw new Undecided(`SQLAlchemy reads \`:${name}\` in this text as a parameter, and no value is given for it`);
            sql = parameter(value, writing);
            used.set(name, sql);
        }
        return sql;
    });
}
function parameter(value, writing) {
    if (!isCallOf(value, 'bindparam'))
        return literal(value, writing);
    const { given } = value;
    const name = argument(given, 0, 'key');
    const bound = argument(given, 1, 'value') ??
        (name?.kind === 'string' ? writing.bound.get(name.text.value) : undefined) ??
        writing.boundElsewhere;
    if (!bound || bound === value)
        throw new Undecided('a parameter has no value');
    const type = argument(given, 2, 'type_');
    if (values_option(given, 'expanding'))
        return list(bound, writing);
    return literal(bound, writing, type && type.kind !== 'none' ? typeOf(type).family : undefined);
}
function list(value, writing) {
    const items = isSequence(value) ? value.items : undefined;
    if (!items)
        return literal(value, writing);
    return items.length === 0 ? '(NULL)' : `(${items.map((item) => expression(item, writing)).join(', ')})`;
}
const operators = {
    '==': ['=', level.comparison],
    '!=': ['!=', level.comparison],
    '<': ['<', level.comparison],
    '>': ['>', level.comparison],
    '<=': ['<=', level.comparison],
    '>=': ['>=', level.comparison],
    '*': ['*', level.product],
    '/': ['/', level.product],
    '-': ['-', level.sum],
    '&': ['AND', level.and],
    '|': ['OR', level.or],
};
/** Functions of the SQL standard that are written without parentheses. */
const withoutParentheses = new Set('current_date current_time current_timestamp current_user localtime localtimestamp session_user user'.split(' '));
function piece(value, writing) {
    const text = textClause(value);
    if (text)
        return atom(fillIn(text.text, { ...writing, bound: new Map([...writing.bound, ...text.bound]) }).value);
    const column = columnReference(value);
    if (column) {
        const table = writing.qualify && column.table ? `${column.table.sql}.` : '';
        return atom(`${table}${quoted(column.name)}`);
    }
    if (value.kind === 'computed')
        return computed(value.operator, value.operands, writing);
    if (value.kind !== 'call')
        return atom(literal(value, writing));
    if (value.callee.kind === 'attribute')
        return method(value.callee.of, value.callee.name, value.given, writing);
    const called = symbol(value.callee);
    const { given } = value;
    const first = given.positional[0];
    const all = () => given.positional.map((item) => expression(item, writing));
    if (called?.sqlFunction) {
        const name = called.sqlFunction;
        const words = name.split('.').map((part) => (/^[a-z_][a-z0-9_$]*$/i.test(part) ? part : quoted(part)));
        if (withoutParentheses.has(name.toLowerCase()))
            return atom(name.toUpperCase());
        return atom(`${words.join('.')}(${given.positional.length === 0 && name === 'count' ? '*' : all().join(', ')})`);
    }
    switch (called?.name) {
        case 'and_':
        case 'or_': {
            const word = called.name === 'and_' ? 'and' : 'or';
            const parts = given.positional.map((item) => within(piece(item, writing), level[word]));
            if (parts.length === 1 && first)
                return piece(first, writing);
            return { sql: parts.join(` ${word.toUpperCase()} `), level: level[word] };
        }
        case 'not_':
            return negated(required(first), writing);
        case 'null':
            return atom('NULL');
        case 'true':
        case 'false':
            return atom(called.name);
        case 'literal':
        case 'inline_literal': {
            const type = argument(given, 1, 'type_');
            return atom(literal(required(first), writing, type && type.kind !== 'none' ? typeOf(type).family : undefined));
        }
        case 'bindparam':
            return atom(parameter(value, writing));
        case 'cast':
        case 'type_coerce': {
            const inner = expression(required(first), writing);
            return atom(called.name === 'cast' ? `CAST(${inner} AS ${typeOf(given.positional[1]).sql})` : inner);
        }
        case 'desc':
        case 'asc':
            return { sql: `${named(required(first), writing)} ${called.name.toUpperCase()}`, level: level.atom };
        case 'nullslast':
        case 'nulls_last':
        case 'nullsfirst':
        case 'nulls_first':
            return {
                sql: `${named(required(first), writing)} NULLS ${called.name.includes('last') ? 'LAST' : 'FIRST'}`,
                level: level.atom,
            };
        case 'case':
            return choice(given, writing);
        case 'tuple_':
            return atom(`(${all().join(', ')})`);
        case 'conv':
        case 'DefaultClause':
            return piece(required(first), writing);
        case 'extract': {
            const [field, from] = given.positional;
            return atom(`EXTRACT(${knownString(field, 'the field')} FROM ${expression(required(from), writing)})`);
        }
    }
    if (value.callee.kind === 'imported' && value.callee.path === 'alembic.op.inline_literal') {
        return atom(literal(required(first), writing));
    }
    throw new Undecided(`the SQL of \`${called?.name ?? 'this expression'}\` is not read`);
}
/** A string names a column where an order is given. */
function named(value, writing) {
    return value.kind === 'string' ? quoted(value.text.value) : expression(value, writing);
}
function required(value) {
    if (!value)
        throw new Undecided('an argument is missing');
    return value;
}
/** `sa.case((condition, value), …, else_=value)`; before SQLAlchemy 1.4 the pairs were in a list. */
function choice({ positional, named: words }, writing) {
    const [first] = positional;
    const pairs = first?.kind === 'list' ? first.items : positional;
    const whens = pairs.map((pair) => {
        if (pair.kind !== 'tuple' || words.has('value'))
            throw new Undecided('the SQL of this `case` is not read');
        const [condition, result] = pair.items;
        return `WHEN ${expression(required(condition), writing)} THEN ${expression(required(result), writing)}`;
    });
    const otherwise = words.get('else_');
    const tail = otherwise && otherwise.kind !== 'none' ? ` ELSE ${expression(otherwise, writing)}` : '';
    return atom(`CASE ${whens.join(' ')}${tail} END`);
}
/** What SQLAlchemy makes of a negation: the opposite operator where there is one. */
const opposites = {
    '==': '!=',
    '!=': '==',
    '<': '>=',
    '>=': '<',
    '>': '<=',
    '<=': '>',
    in_: 'not_in',
    not_in: 'in_',
    notin_: 'in_',
    like: 'not_like',
    ilike: 'not_ilike',
    is_: 'is_not',
    is_not: 'is_',
    isnot: 'is_',
};
function negated(value, writing) {
    if (value.kind === 'computed') {
        const operator = value.operands.length === 2 ? opposites[value.operator] : undefined;
        if (operator)
            return computed(operator, value.operands, writing);
    }
    if (value.kind === 'call' && value.callee.kind === 'attribute') {
        const name = opposites[value.callee.name];
        if (name)
            return method(value.callee.of, name, value.given, writing);
    }
    return { sql: `NOT ${within(piece(value, writing), level.atom)}`, level: level.not };
}
/** Comparisons as the other side has them. */
const mirrored = {
    '==': '==',
    '!=': '!=',
    '<': '>',
    '>': '<',
    '<=': '>=',
    '>=': '<=',
};
function computed(operator, operands, writing) {
    const [left, right] = operands;
    const mirror = mirrored[operator];
    if (mirror && left && right && columnClass(left) === 'column' && columnClass(right) === 'Column')
        return computed(mirror, [right, left], writing);
    if (!left)
        throw new Undecided('an operand is missing');
    if (!right) {
        if (operator === '~')
            return negated(left, writing);
        return { sql: `${operator}${within(piece(left, writing), level.atom)}`, level: level.product };
    }
    if ((operator === '==' || operator === '!=') && (right.kind === 'none' || isCallOf(right, 'null'))) {
        return {
            sql: `${within(piece(left, writing), level.like)} IS ${operator === '==' ? '' : 'NOT '}NULL`,
            level: level.is,
        };
    }
    if (operator === '+')
        return sum(left, right, writing);
    const known = operators[operator];
    if (!known)
        throw new Undecided(`the operator \`${operator}\` in an expression is not read`);
    const [sql, own] = known;
    const associative = own === level.and || own === level.or;
    return {
        sql: `${within(piece(left, writing), own === level.comparison ? own + 1 : own)} ${sql} ${within(piece(right, writing), associative ? own : own + 1)}`,
        level: own,
    };
}
/** `+` is `||` for strings: SQLAlchemy decides by the type of the left side, or of a string constant. */
function sum(left, right, writing) {
    const family = familyOf(left) ?? familyOf(right);
    if (!family)
        throw new Undecided('whether `+` adds or concatenates depends on a type that is not known here');
    const sql = family === 'string' ? '||' : '+';
    const own = family === 'string' ? level.other : level.sum;
    return { sql: `${within(piece(left, writing), own)} ${sql} ${within(piece(right, writing), own + 1)}`, level: own };
}
function familyOf(value) {
    if (value.kind === 'string')
        return 'string';
    if (value.kind === 'number')
        return 'number';
    if (value.kind === 'computed' && value.operator === '+')
        return familyOf(value.operands[0]);
    const column = isCallOf(value, 'column', 'Column')
        ? value
        : columnReference(value)?.table?.columns.find(({ name }) => name === columnReference(value)?.name)?.value;
    const type = column?.kind === 'call' ? column.given.positional[1] : undefined;
    if (!type)
        return undefined;
    const { family } = typeOf(type);
    return family === 'string' || family === 'number' ? family : undefined;
}
/** A method of a column or another expression. */
function method(of, name, given, writing) {
    const [first, second] = given.positional;
    const left = (least) => within(piece(of, writing), least);
    const right = (least) => within(piece(required(first), writing), least);
    switch (name) {
        case 'is_':
            return { sql: `${left(level.like)} IS ${right(level.like)}`, level: level.is };
        case 'is_not':
        case 'isnot':
            return { sql: `${left(level.like)} IS NOT ${right(level.like)}`, level: level.is };
        case 'in_':
        case 'not_in':
        case 'notin_': {
            const items = first ? iterated(first) : undefined;
            if (!items || items.length === 0)
                throw new Undecided('the values of an IN are known only when the migration runs');
            const sql = `${left(level.other)} ${name === 'in_' ? '' : 'NOT '}IN ${list(required(first), writing)}`;
            return { sql: name === 'in_' ? sql : `(${sql})`, level: name === 'in_' ? level.like : level.atom };
        }
        case 'like':
        case 'ilike':
        case 'not_like':
        case 'notlike':
        case 'not_ilike':
        case 'notilike': {
            const words = `${name.startsWith('not') ? 'NOT ' : ''}${name.endsWith('ilike') ? 'ILIKE' : 'LIKE'}`;
            return { sql: `${left(level.other)} ${words} ${right(level.other)}`, level: level.like };
        }
        case 'between':
            return {
                sql: `${left(level.other)} BETWEEN ${right(level.other)} AND ${within(piece(required(second), writing), level.other)}`,
                level: level.like,
            };
        case 'desc':
        case 'asc':
            return atom(`${left(0)} ${name.toUpperCase()}`);
        case 'nulls_last':
        case 'nullslast':
            return atom(`${left(0)} NULLS LAST`);
        case 'nulls_first':
        case 'nullsfirst':
            return atom(`${left(0)} NULLS FIRST`);
        case 'cast':
            return atom(`CAST(${left(0)} AS ${typeOf(first).sql})`);
        case 'self_group':
            return piece(of, writing);
        case 'next_value':
            if (isCallOf(of, 'Sequence')) {
                const sequence = qualified(identifier(argument(of.given, 0, 'name'), 'a sequence'), schemaName(argument(of.given, undefined, 'schema')));
                return atom(`nextval(${stringLiteral(sequence)})`);
            }
            throw new Undecided('the sequence of `.next_value()` is not known');
        case 'label':
            return atom(left(0));
        default:
            throw new Undecided(`\`.${name}()\` of an expression is not read`);
    }
}
/** The text of a value that must be SQL text: a string or `sa.text(…)`, with the places it came from. */
function sqlText(value, writing) {
    if (value.kind === 'string')
        return fillIn(value.text, writing);
    const clause = textClause(value);
    return clause && fillIn(clause.text, { ...writing, bound: new Map([...writing.bound, ...clause.bound]) });
}

;// CONCATENATED MODULE: ./src/read/alembic/columns.ts






/** Takes `sa.Column(…)` apart. Throws `Undecided`. */
function columnOf(value, tableSchema) {
    if (!isCallOf(value, 'Column'))
        throw new Undecided(whyNot(value, 'a column'));
    const { given } = value;
    const positional = [...given.positional];
    const nameValue = argument(given, undefined, 'name') ?? positional.shift();
    const [candidate] = positional;
    const typeValue = argument(given, undefined, 'type_') ??
        (candidate && !isConstraintOrDefault(candidate) ? positional.shift() : undefined);
    const attached = positional.filter((item) => item.kind !== 'none');
    const identityOrComputed = [...attached, argument(given, undefined, 'server_default')];
    const identity = identityOrComputed.find((item) => isCallOf(item, 'Identity'));
    const computed = identityOrComputed.find((item) => isCallOf(item, 'Computed'));
    const known = ['ForeignKey', 'CheckConstraint', 'Identity', 'Computed', 'FetchedValue', 'Sequence'];
    for (const item of attached)
        if (!isCallOf(item, ...known))
            throw new Undecided(whyNot(item, 'a part of a column'));
    const comment = argument(given, undefined, 'comment');
    const auto = argument(given, undefined, 'autoincrement');
    return {
        name: identifier(nameValue, 'the name of a column'),
        type: typeOf(typeValue, tableSchema),
        primaryKey: values_option(given, 'primary_key') ?? false,
        nullable: values_option(given, 'nullable'),
        unique: values_option(given, 'unique') ?? false,
        index: values_option(given, 'index') ?? false,
        serverDefault: serverDefault(argument(given, undefined, 'server_default')),
        identity: identity && identityClause(identity),
        computed: computed && computedClause(computed),
        comment: comment && comment.kind !== 'none' ? commentText(comment) : undefined,
        autoincrement: auto?.kind === 'string'
            ? auto.text.value === 'ignore_fk'
                ? 'ignore_fk'
                : 'auto'
            : (values_option(given, 'autoincrement') ?? 'auto'),
        hasDefault: (argument(given, undefined, 'default')?.kind ?? 'none') !== 'none' ||
            attached.some((item) => isCallOf(item, 'Sequence') && !values_option(item.given, 'optional')),
        foreignKeys: attached.filter((item) => isCallOf(item, 'ForeignKey')),
        checks: attached.filter((item) => isCallOf(item, 'CheckConstraint')),
    };
}
/** A comment as a string constant. Throws `Undecided`. */
function commentText(value) {
    if (value.kind !== 'string')
        throw new Undecided(whyNot(value, 'the comment'));
    return stringLiteral(value.text.value);
}
/** The SQL of a `server_default`; undefined for none. Throws `Undecided`. */
function serverDefault(value) {
    if (value === undefined || value.kind === 'none' || isCallOf(value, 'FetchedValue', 'Identity', 'Computed'))
        return undefined;
    if (value.kind === 'imported' && symbol(value)?.name === 'FetchedValue')
        return undefined;
    if (value.kind === 'string')
        return stringLiteral(value.text.value);
    if (value.kind === 'enum member' && value.value.kind === 'string')
        return stringLiteral(value.value.text.value);
    if (value.kind !== 'call' && value.kind !== 'computed')
        throw new Undecided(whyNot(value, 'the server default'));
    return expression(value, ddl);
}
/** GENERATED … AS IDENTITY with its options, in SQLAlchemy's order. Throws `Undecided`. */
function identityClause(value) {
    const { given } = value;
    const options = sequenceOptions(value, 2);
    const kind = values_option(given, 'always', 0) ? 'ALWAYS' : 'BY DEFAULT';
    return `GENERATED ${kind} AS IDENTITY${options ? ` (${options})` : ''}`;
}
/** What changes one identity into another, option by option in the order of their names. Throws `Undecided`. */
function identityChange(value, existing) {
    const [after, before] = [identityOptions(value, 2), identityOptions(existing, 2)];
    const changes = Object.keys(after)
        .sort()
        .flatMap((name) => {
        const option = after[name];
        return option === undefined || option === before[name] ? [] : [`SET ${option}`];
    });
    const always = values_option(value.given, 'always', 0) ?? false;
    if (always !== (values_option(existing.given, 'always', 0) ?? false))
        changes.unshift(`SET GENERATED ${always ? 'ALWAYS' : 'BY DEFAULT'}`);
    if (changes.length === 0)
        throw new Undecided('the identity stays as it is, of which Alembic makes no whole statement');
    return changes.join(' ');
}
/** The options of an identity or a sequence; `from` is the place of `start` among the arguments. Throws `Undecided`. */
function sequenceOptions(value, from) {
    const options = identityOptions(value, from);
    return ['increment', 'start', 'minvalue', 'maxvalue', 'nominvalue', 'nomaxvalue', 'cache', 'cycle']
        .flatMap((name) => options[name] ?? [])
        .join(' ');
}
function identityOptions({ given }, from) {
    const number = (name, index, words) => {
        const item = argument(given, index, name);
        if (item === undefined || item.kind === 'none')
            return undefined;
        if (item.kind !== 'number')
            throw new Undecided(whyNot(item, `\`${name}\``));
        return `${words} ${item.text}`;
    };
    const without = (name, index, words) => values_option(given, name, index) === undefined ? undefined : words;
    const cycle = values_option(given, 'cycle', from + 6);
    return {
        start: number('start', from, 'START WITH'),
        increment: number('increment', from + 1, 'INCREMENT BY'),
        minvalue: number('minvalue', from + 2, 'MINVALUE'),
        maxvalue: number('maxvalue', from + 3, 'MAXVALUE'),
        nominvalue: without('nominvalue', from + 4, 'NO MINVALUE'),
        nomaxvalue: without('nomaxvalue', from + 5, 'NO MAXVALUE'),
        cycle: cycle === undefined ? undefined : cycle ? 'CYCLE' : 'NO CYCLE',
        cache: number('cache', from + 7, 'CACHE'),
    };
}
function computedClause(value) {
    if (values_option(value.given, 'persisted', 1) === false)
        throw new Undecided('SQLAlchemy refuses a computed column that is not stored');
    return `GENERATED ALWAYS AS (${conditionSql(argument(value.given, 0, 'sqltext'))}) STORED`;
}
/** SQL given as a string, as `sa.text(…)` or as an expression. Throws `Undecided`. */
function conditionSql(value) {
    if (!value)
        throw new Undecided('an expression is missing');
    return sqlText(value, ddl)?.value ?? expression(value, ddl);
}
/** One element of an index: a column's name, or an expression in the parentheses that PostgreSQL wants. Throws `Undecided`. */
function indexElement(value) {
    if (value.kind === 'string')
        return { sql: quoted(value.text.value), column: value.text.value };
    if (isCallOf(value, 'Column', 'column')) {
        const name = identifier(value.given.positional[0], 'the name of a column');
        return { sql: quoted(name), column: name };
    }
    return { sql: grouped(value, ddl), column: undefined };
}
/** The column that SQLAlchemy makes SERIAL: a single key of a counting type without a default or foreign key. */
function autoincrementColumn(keys) {
    if (keys.length !== 1)
        return keys.find((column) => column.autoincrement === true);
    const [only] = keys;
    if (!only || only.autoincrement === false)
        return undefined;
    if (only.autoincrement === true)
        return only;
    if (!only.type.serial || only.hasDefault || only.serverDefault !== undefined || only.computed)
        return undefined;
    return only.foreignKeys.length > 0 && only.autoincrement !== 'ignore_fk' ? undefined : only;
}
/** A column as CREATE TABLE and ADD COLUMN have it. `isKey`: it is in the primary key; `counts`: it is SERIAL. */
function columnSql(column, isKey, counts) {
    const serial = counts && !column.identity && !column.hasDefault ? column.type.serial : undefined;
    const parts = [quoted(column.name), serial ?? column.type.sql];
    if (!serial && column.serverDefault !== undefined)
        parts.push(`DEFAULT ${column.serverDefault}`);
    if (column.computed)
        parts.push(column.computed);
    if (column.identity)
        parts.push(column.identity);
    if (column.identity) {
        if (column.nullable)
            parts.push('NULL');
    }
    else if (!(column.nullable ?? !isKey))
        parts.push('NOT NULL');
    return parts.join(' ');
}

;// CONCATENATED MODULE: ./src/read/alembic/constraints.ts







/** `CONSTRAINT name `, or nothing where PostgreSQL is to choose. */
function constraints_named(name) {
    return name === undefined ? '' : `CONSTRAINT ${quoted(name)} `;
}
function word(given, name) {
    const value = argument(given, undefined, name);
    if (value === undefined || value.kind === 'none')
        return undefined;
    if (value.kind !== 'string')
        throw new Undecided(whyNot(value, `\`${name}\``));
    return value.text.value;
}
function deferrability(given) {
    const deferrable = values_option(given, 'deferrable');
    const initially = word(given, 'initially');
    const first = deferrable === undefined ? '' : deferrable ? ' DEFERRABLE' : ' NOT DEFERRABLE';
    return `${first}${initially ? ` INITIALLY ${initially}` : ''}`;
}
function validity(given) {
    return values_option(given, 'postgresql_not_valid') ? ' NOT VALID' : '';
}
/** A column named by a string or given as an object. Throws `Undecided`. */
function columnNamed(value) {
    return columnReference(value)?.name ?? identifier(value, 'the name of a column');
}
function columnList(columns) {
    return columns.map((column) => quoted(columnNamed(column))).join(', ');
}
function include(given) {
    const value = argument(given, undefined, 'postgresql_include');
    if (value === undefined || value.kind === 'none')
        return '';
    const columns = items(value, '`postgresql_include`');
    return columns.length === 0 ? '' : ` INCLUDE (${columnList(columns)})`;
}
/** What a foreign key refers to: `sa.ForeignKey("schema.table.column")`, or a column object. Throws `Undecided`. */
function target(value) {
    const reference = columnReference(value);
    if (reference?.table)
        return { table: reference.table.name, schema: reference.table.schema, column: reference.name };
    const parts = identifier(value, 'what a foreign key refers to').split('.');
    const column = parts.pop();
    const table = parts.pop();
    if (column === undefined || table === undefined)
        throw new Undecided('a foreign key names no column');
    return { table, schema: parts.length > 0 ? parts.join('.') : undefined, column };
}
/** FOREIGN KEY with its options, in the order in which SQLAlchemy writes them. `of` undefined: without a name. `isAlone`: in no table. */
function foreignKey(name, key, given, of, isAlone = false) {
    const [match, onDelete, onUpdate] = [word(given, 'match'), word(given, 'ondelete'), word(given, 'onupdate')];
    const parts = { columns: key.columns, referred: { table: key.table, columns: isAlone ? key.referred : undefined } };
    return [
        `${of ? constraints_named(nameOf('fk', name, of, parts)) : ''}FOREIGN KEY (${key.columns.map(quoted).join(', ')})`,
        ` REFERENCES ${qualified(key.table, key.schema)} (${key.referred.map(quoted).join(', ')})`,
        match ? ` MATCH ${match}` : '',
        onDelete ? ` ON DELETE ${onDelete}` : '',
        onUpdate ? ` ON UPDATE ${onUpdate}` : '',
        deferrability(given),
        validity(given),
    ].join('');
}
/** The constraint of `sa.ForeignKey(…)` inside a column. `of` undefined: without its name. Throws `Undecided`. */
function columnForeignKey(column, value, of) {
    const refers = argument(value.given, 0, 'column');
    if (!refers)
        throw new Undecided('a foreign key names no column');
    const { column: referred, ...table } = target(refers);
    const key = { columns: [column], ...table, referred: [referred] };
    return foreignKey(argument(value.given, undefined, 'name'), key, value.given, of);
}
/** `op.create_foreign_key`'s constraint. Throws `Undecided`. */
function namedForeignKey(name, key, given, of) {
    const refers = {
        columns: items(key.columns, 'the columns of a foreign key').map(columnNamed),
        table: identifier(key.table, 'the table that is referred to'),
        schema: schemaName(key.schema),
        referred: items(key.referred, 'the columns that are referred to').map(columnNamed),
    };
    return foreignKey(name, refers, given, of, true);
}
function unique(name, columns, given, of) {
    const distinct = values_option(given, 'postgresql_nulls_not_distinct');
    const nulls = distinct === undefined ? '' : distinct ? 'NULLS NOT DISTINCT ' : 'NULLS DISTINCT ';
    const word = constraints_named(nameOf('uq', name, of, { columns: columns.map(columnNamed) }));
    return `${word}UNIQUE ${nulls}(${columnList(columns)})${include(given)}${deferrability(given)}`;
}
function primaryKey(name, columns, given, of) {
    const word = constraints_named(nameOf('pk', name, of, { columns: columns.map(columnNamed) }));
    return `${word}PRIMARY KEY (${columnList(columns)})${include(given)}${deferrability(given)}`;
}
/** Columns of the condition are not looked for: a convention that needs them cannot be followed. */
function check(name, condition, given, of) {
    const word = constraints_named(nameOf('ck', name, of, { columns: [undefined] }));
    return `${word}CHECK (${conditionSql(condition)})${deferrability(given)}${validity(given)}`;
}
/** The constraint that `sa.Enum(…, native_enum=False, create_constraint=True)` brings: its name, and the whole. Throws `Undecided`. */
function typeCheck(column, type, of) {
    const name = nameOf('ck', type.name, of, { columns: [column] });
    return { name, sql: `${constraints_named(name)}CHECK (${quoted(column)} IN (${type.labels.map(stringLiteral).join(', ')}))` };
}
function exclude(name, elements, given, of) {
    const using = word(given, 'using') ?? 'gist';
    const where = argument(given, undefined, 'where');
    const classes = argument(given, undefined, 'ops');
    const parts = elements.map((element) => {
        const [by, operator] = items(element, 'an element of an exclusion constraint');
        if (!by || operator?.kind !== 'string')
            throw new Undecided(whyNot(operator, 'the operator of an exclusion constraint'));
        const { sql, column } = indexElement(by);
        return `${sql}${operatorClass(classes, column)} WITH ${operator.text.value}`;
    });
    const condition = where && where.kind !== 'none' ? ` WHERE (${conditionSql(where)})` : '';
    const title = constraints_named(nameOf('ex', name, of, { columns: [] }));
    return `${title}EXCLUDE USING ${using} (${parts.join(', ')})${condition}${deferrability(given)}`;
}
/** ` text_pattern_ops`, where `{column: class}` names one for the column. */
function operatorClass(classes, column) {
    if (classes === undefined || classes.kind === 'none')
        return '';
    if (classes.kind !== 'dict')
        throw new Undecided(whyNot(classes, 'the operator classes'));
    for (const [key, value] of classes.entries) {
        if (column !== undefined && identifier(key, 'a column') === column)
            return ` ${identifier(value, 'an operator class')}`;
    }
    return '';
}
/** A constraint object of `create_table`, such as `sa.UniqueConstraint(…)`. Throws `Undecided`. */
function tableConstraint(value, of) {
    const { given } = value;
    const name = argument(given, undefined, 'name');
    switch (calledName(value)) {
        case 'PrimaryKeyConstraint':
            return primaryKey(name, given.positional, given, of);
        case 'UniqueConstraint':
            return unique(name, given.positional, given, of);
        case 'CheckConstraint':
            return check(argument(given, 1, 'name'), argument(given, 0, 'sqltext'), given, of);
        case 'ExcludeConstraint':
            return exclude(name, given.positional, given, of);
        case 'ForeignKeyConstraint': {
            const columns = items(argument(given, 0, 'columns'), 'the columns of a foreign key').map(columnNamed);
            const targets = items(argument(given, 1, 'refcolumns'), 'the columns that are referred to').map(target);
            const [first] = targets;
            if (!first)
                throw new Undecided('a foreign key names no column');
            const { table, schema } = first;
            const key = { columns, table, schema, referred: targets.map(({ column }) => column) };
            return foreignKey(argument(given, 2, 'name'), key, given, of);
        }
        default:
            throw new Undecided(whyNot(value, 'a constraint'));
    }
}
/** Whether a value is a constraint that `create_table` takes beside its columns. */
function isConstraint(value) {
    return isCallOf(value, 'PrimaryKeyConstraint', 'UniqueConstraint', 'CheckConstraint', 'ExcludeConstraint', 'ForeignKeyConstraint');
}

;// CONCATENATED MODULE: ./src/read/alembic/joins.ts




/** A table, `sa.join(a, b, condition)` or `a.join(b, condition)`. Undefined: the value is something else. Throws `Undecided`. */
function fromItem(value, writing) {
    const table = tableReference(value);
    if (table)
        return { sql: table.sql, tables: [table.sql] };
    if (value.kind !== 'call')
        return undefined;
    const { callee, given } = value;
    const [first, ...others] = given.positional;
    const called = callee.kind === 'attribute' ? callee.name : symbol(callee)?.name;
    if (called !== 'join' && called !== 'outerjoin')
        return undefined;
    const left = callee.kind === 'attribute' ? callee.of : first;
    const rest = callee.kind === 'attribute' ? given : { ...given, positional: others };
    const item = left && fromItem(left, writing);
    return item && joined(item, called, rest, writing);
}
/** An item joined with what the arguments of `.join(target, condition)` say. Throws `Undecided`. */
function joined(left, called, given, writing) {
    const [target] = given.positional;
    const table = target && tableReference(target);
    if (!table)
        throw new Undecided('the tables of a query are not read');
    const condition = argument(given, 1, 'onclause');
    if (!condition || condition.kind === 'none')
        throw new Undecided('a join without a condition is not read');
    const outer = called === 'outerjoin' || values_option(given, 'isouter', 2) === true;
    const words = values_option(given, 'full', 3) === true ? 'FULL OUTER JOIN' : outer ? 'LEFT OUTER JOIN' : 'JOIN';
    const on = expression(condition, writing);
    return { sql: `${left.sql} ${words} ${table.sql} ON ${on}`, tables: [...left.tables, table.sql] };
}

;// CONCATENATED MODULE: ./src/read/alembic/dml.ts









const verbs = ['select', 'insert', 'update', 'delete'];
function isVerb(name) {
    return verbs.includes(name);
}
/** Takes a statement of SQLAlchemy Core apart. Undefined: it is not one. */
function chainOf(value) {
    const steps = [];
    let at = value;
    while (at.kind === 'call') {
        if (at.callee.kind === 'imported') {
            const name = symbol(at.callee)?.name ?? '';
            if (!isVerb(name))
                return undefined;
            const [first] = at.given.positional;
            return {
                verb: name,
                table: name === 'select' || !first ? undefined : tableReference(first),
                given: at.given,
                steps: steps.reverse(),
            };
        }
        if (at.callee.kind !== 'attribute')
            return undefined;
        const { name, of } = at.callee;
        const table = isVerb(name) ? tableReference(of) : undefined;
        if (table && isVerb(name))
            return { verb: name, table, given: at.given, steps: steps.reverse() };
        steps.push({ name, given: at.given });
        at = of;
    }
    return undefined;
}
/** Whether a value is a statement built with SQLAlchemy Core. */
function isCore(value) {
    return chainOf(value) !== undefined;
}
/** The SQL of a statement built with SQLAlchemy Core; `row` holds the values given when it is executed. Throws `Undecided`. */
function coreStatement(value, row, writing) {
    const chain = chainOf(value);
    if (!chain)
        throw new Undecided('a statement is known only when the migration runs');
    switch (chain.verb) {
        case 'insert':
            return insert(chain, row, writing);
        case 'update':
            return update(chain, row, writing);
        case 'delete':
            return remove(chain, writing);
        case 'select':
            return dml_select(chain, writing, []);
    }
}
function dml_tableOf(chain) {
    if (!chain.table)
        throw new Undecided('the table of a statement is known only when the migration runs');
    return chain.table;
}
/** `column = value` pairs, in the order of the table's columns as SQLAlchemy has them. */
function pairs(chain, row) {
    const table = dml_tableOf(chain);
    const rows = [];
    const add = (entries) => {
        const target = rows[0];
        if (target)
            target.push(...entries);
        else
            rows.push([...entries]);
    };
    for (const { name, given } of chain.steps) {
        if (name !== 'values')
            continue;
        const [first] = given.positional;
        if (given.named.has('**'))
            throw new Undecided('the values of a statement are known only when the migration runs');
        if (first?.kind === 'list')
            rows.push(...first.items.map(entriesOf));
        else if (first)
            add(entriesOf(first));
        if (given.named.size > 0)
            add([...given.named]);
    }
    if (row.length > 0 || rows.length === 0)
        add(row);
    const place = (name) => {
        const at = table.columns.findIndex((column) => column.name === name);
        return at < 0 ? table.columns.length : at;
    };
    return { table, rows: rows.map((entries) => [...entries].sort(([a], [b]) => place(a) - place(b))) };
}
/** A row given as a dictionary of column names or columns. Throws `Undecided`. */
function entriesOf(value) {
    if (value.kind !== 'dict')
        throw new Undecided(whyNot(value, 'a row'));
    return value.entries.map(([key, item]) => {
        const name = columnReference(key)?.name ?? printed(key);
        if (name === undefined)
            throw new Undecided(whyNot(key, 'a column of a row'));
        return [name, item];
    });
}
/** A value that goes into a column, in the way of the column's type. */
function columnValue(table, name, value, writing) {
    const column = table.columns.find((known) => known.name === name)?.value;
    const type = column?.kind === 'call' ? column.given.positional[1] : undefined;
    if (['call', 'attribute', 'computed'].includes(value.kind) && !isCore(value))
        return expression(value, writing);
    if (isCore(value))
        return subquery(value, writing, [table]);
    return literal(value, writing, type && !columnlike(type) ? dml_familyOf(type) : undefined);
}
function columnlike(value) {
    return value.kind === 'none' || value.kind === 'unknown';
}
/** How a type's values are written; types of other libraries are written like the value itself. */
function dml_familyOf(type) {
    try {
        return typeOf(type).family;
    }
    catch (error) {
        if (error instanceof Undecided)
            return undefined;
        throw error;
    }
}
function insert(chain, row, writing) {
    const from = chain.steps.find(({ name }) => name === 'from_select');
    const own = { ...writing, qualify: true };
    const { table, rows } = pairs(chain, row);
    if (from) {
        const [columns, query] = from.given.positional;
        if (!columns || !isSequence(columns) || !query)
            throw new Undecided('the columns of an INSERT are known only when the migration runs');
        const inner = chainOf(query);
        const text = textClause(query);
        if (!inner && !text)
            throw new Undecided(whyNot(query, 'the query of an INSERT'));
        const sql = inner ? dml_select(inner, own, []) : fillIn(text?.text ?? { value: '', origins: [] }, own).value;
        return `INSERT INTO ${table.sql} (${columns.items.map((column) => quoted(columnNamed(column))).join(', ')}) ${sql}${suffix(chain, own)}`;
    }
    const [first = []] = rows;
    if (first.length === 0)
        return `INSERT INTO ${table.sql} DEFAULT VALUES${suffix(chain, own)}`;
    const columns = first.map(([name]) => name);
    const tuples = rows.map((entries) => {
        const byName = new Map(entries);
        const values = columns.map((name) => {
            const value = byName.get(name);
            if (!value)
                throw new Undecided('the rows of an INSERT have different columns');
            return columnValue(table, name, value, own);
        });
        return `(${values.join(', ')})`;
    });
    return `INSERT INTO ${table.sql} (${columns.map(quoted).join(', ')}) VALUES ${tuples.join(', ')}${suffix(chain, own)}`;
}
function update(chain, row, writing) {
    const own = { ...writing, qualify: true, bound: new Map([...writing.bound, ...row]) };
    // Values given at execution are parameters of the statement where it names them, and columns to set where it does not.
    const named = chain.steps.some(({ name }) => name === 'values');
    const { table, rows } = pairs(chain, named ? [] : row);
    const set = (rows[0] ?? []).map(([name, value]) => `${quoted(name)}=${columnValue(table, name, value, own)}`);
    if (set.length === 0)
        throw new Undecided('the values of an UPDATE are known only when the migration runs');
    const others = otherTables(chain, table, rows[0] ?? []);
    return `UPDATE ${table.sql} SET ${set.join(', ')}${others.length > 0 ? ` FROM ${others.join(', ')}` : ''}${where(chain, own)}${suffix(chain, own)}`;
}
function remove(chain, writing) {
    const own = { ...writing, qualify: true };
    const table = dml_tableOf(chain);
    const others = otherTables(chain, table, []);
    return `DELETE FROM ${table.sql}${others.length > 0 ? ` USING ${others.join(', ')}` : ''}${where(chain, own)}${suffix(chain, own)}`;
}
/** The tables beside the statement's own that its conditions and values name. */
function otherTables(chain, table, values) {
    const conditions = chain.steps.filter(({ name }) => name === 'where').flatMap(({ given }) => given.positional);
    const found = [...conditions, ...values.map(([, value]) => value)].flatMap((value) => tablesIn(value));
    return [...new Set(found)].filter((name) => name !== table.sql);
}
/** The tables of the columns in an expression; those of a query inside it belong to the query. */
function tablesIn(value) {
    const column = columnReference(value);
    if (column)
        return column.table ? [column.table.sql] : [];
    if (isCore(value))
        return [];
    if (value.kind === 'computed')
        return value.operands.flatMap(tablesIn);
    if (value.kind !== 'call')
        return [];
    const of = value.callee.kind === 'attribute' ? tablesIn(value.callee.of) : [];
    return [...of, ...value.given.positional.flatMap(tablesIn)];
}
function where(chain, writing) {
    const steps = chain.steps.filter(({ name }) => name === 'where' || name === 'filter');
    const conditions = steps.flatMap(({ given }) => given.positional);
    // Before SQLAlchemy 2 the condition could be given with the verb.
    const first = chain.given.positional[chain.verb === 'select' || symbolTable(chain) ? 1 : 0];
    if (first && chain.verb !== 'insert' && chain.verb !== 'select')
        conditions.unshift(first);
    if (conditions.length === 0)
        return '';
    const parts = conditions.map((condition) => expression(condition, writing));
    return ` WHERE ${parts.length === 1 ? parts[0] : parts.map((part) => (/ OR /i.test(part) ? `(${part})` : part)).join(' AND ')}`;
}
/** Whether the table is an argument of the verb, `update(t)`, and not what it is a method of, `t.update()`. */
function symbolTable(chain) {
    const [first] = chain.given.positional;
    return first !== undefined && tableReference(first) !== undefined;
}
/** RETURNING, ON CONFLICT and what else may follow; whatever is not known makes the statement undecided. */
function suffix(chain, writing) {
    const parts = [];
    for (const { name, given } of chain.steps) {
        switch (name) {
            case 'values':
            case 'where':
            case 'filter':
            case 'from_select':
            case 'execution_options':
            case 'inline':
                break;
            case 'returning':
                parts.push(` RETURNING ${given.positional.map((item) => expression(item, writing)).join(', ')}`);
                break;
            case 'on_conflict_do_nothing': {
                const constraint = argument(given, 0, 'constraint');
                const elements = argument(given, 1, 'index_elements');
                if (elements && isSequence(elements)) {
                    parts.push(` ON CONFLICT (${elements.items.map((item) => quoted(columnNamed(item))).join(', ')}) DO NOTHING`);
                }
                else if (constraint && constraint.kind !== 'none') {
                    parts.push(` ON CONFLICT ON CONSTRAINT ${quoted(columnNamed(constraint))} DO NOTHING`);
                }
                else
                    parts.push(' ON CONFLICT DO NOTHING');
                break;
            }
            default:
                throw new Undecided(`\`.${name}()\` of a statement is not read`);
        }
    }
    return parts.join('');
}
function subquery(value, writing, outer) {
    const chain = chainOf(value);
    if (chain?.verb !== 'select')
        throw new Undecided(whyNot(value, 'a query'));
    return `(${dml_select(chain, writing, outer)})`;
}
/** ` AS name`: the names that SQLAlchemy gives to what is not a plain column. */
function dml_labelOf(value, labels) {
    if (value.kind === 'call' && value.callee.kind === 'attribute' && value.callee.name === 'label') {
        return ` AS ${quoted(identifier(value.given.positional[0], 'a label'))}`;
    }
    const [first] = value.kind === 'call' ? value.given.positional : [];
    const cast = isCallOf(value, 'cast') && first ? columnReference(first)?.name : undefined;
    if (cast !== undefined)
        return ` AS ${quoted(cast)}`;
    const called = value.kind === 'call' ? symbol(value.callee)?.sqlFunction : undefined;
    const name = called ? called.slice(called.lastIndexOf('.') + 1) : value.kind === 'computed' ? 'anon' : undefined;
    if (name === undefined)
        return '';
    labels.set(name, (labels.get(name) ?? 0) + 1);
    return ` AS ${quoted(`${name}_${labels.get(name)}`)}`;
}
/** What a query reads from, in SQLAlchemy's order: what is named for it, then the tables of its columns and conditions. */
function fromClause(chain, tables, outer, writing) {
    const items = [];
    for (const { name, given } of chain.steps) {
        if (name === 'select_from') {
            const item = given.positional[0] && fromItem(given.positional[0], writing);
            if (!item)
                throw new Undecided('the tables of a query are not read');
            items.push(item);
        }
        else if (name === 'join' || name === 'outerjoin') {
            const free = tables.filter((table) => !items.some((item) => item.tables.includes(table)));
            const left = items.length > 0 ? items.pop() : { sql: free[0] ?? '', tables: free };
            if (!left || items.length > 0 || left.sql === '')
                throw new Undecided('what a query joins is not read');
            const [target] = given.positional;
            const other = target && tableReference(target)?.sql;
            // Which of several tables is joined, SQLAlchemy tells from the condition.
            if (left.tables === free && free.some((table) => table !== left.sql && table !== other))
                throw new Undecided('what a query joins is not read');
            items.push(joined({ ...left, tables: left.tables === free ? [left.sql] : left.tables }, name, given, writing));
        }
    }
    const free = tables.filter((table) => !items.some((item) => item.tables.includes(table)));
    const named = items.map(({ sql }) => sql);
    const correlated = free.filter((table) => !outer.some((known) => known.sql === table));
    const all = [...named, ...(named.length + correlated.length > 0 ? correlated : free)];
    return all.length > 0 ? ` FROM ${all.join(', ')}` : '';
}
function dml_select(chain, writing, outer) {
    const own = { ...writing, qualify: true };
    const given = chain.given.positional.flatMap((item) => (item.kind === 'list' ? item.items : [item]));
    const listed = chain.table ? [] : given;
    const columns = [];
    const tables = [];
    const labels = new Map();
    const addTable = (table) => {
        if (!tables.includes(table.sql))
            tables.push(table.sql);
        if (table.columns.length === 0)
            throw new Undecided('the columns of a table are known only when the migration runs');
        columns.push(...table.columns.map((column) => `${table.sql}.${quoted(column.name)}`));
    };
    if (chain.table)
        addTable(chain.table);
    for (const item of listed) {
        const table = tableReference(item);
        if (table)
            addTable(table);
        else {
            columns.push(`${expression(item, own)}${dml_labelOf(item, labels)}`);
            for (const name of tablesIn(item))
                if (!tables.includes(name))
                    tables.push(name);
        }
    }
    let tail = '';
    for (const { name, given: more } of chain.steps) {
        const [first] = more.positional;
        switch (name) {
            case 'where':
            case 'filter':
                for (const condition of more.positional)
                    for (const table of tablesIn(condition))
                        if (!tables.includes(table))
                            tables.push(table);
                break;
            case 'limit':
            case 'offset':
                tail += ` ${name.toUpperCase()} ${first ? literal(first, own) : ''}`;
                break;
            case 'order_by':
            case 'group_by':
                tail += ` ${name === 'order_by' ? 'ORDER' : 'GROUP'} BY ${more.positional.map((item) => expression(item, own)).join(', ')}`;
                break;
            case 'distinct':
            case 'scalar_subquery':
            case 'as_scalar':
            case 'execution_options':
            case 'with_for_update':
            case 'select_from':
            case 'join':
            case 'outerjoin':
                break;
            default:
                throw new Undecided(`\`.${name}()\` of a query is not read`);
        }
    }
    const from = fromClause(chain, tables, outer, own);
    const distinct = chain.steps.some(({ name }) => name === 'distinct') ? 'DISTINCT ' : '';
    const lock = chain.steps.find(({ name }) => name === 'with_for_update');
    if (lock && (lock.given.positional.length > 0 || lock.given.named.size > 0)) {
        const plain = [...lock.given.named].filter(([, value]) => truth(value) !== false);
        if (plain.length !== 1 || plain[0]?.[0] !== 'skip_locked')
            throw new Undecided('the options of FOR UPDATE are not read');
        tail += ' FOR UPDATE SKIP LOCKED';
    }
    else if (lock)
        tail += ' FOR UPDATE';
    return `SELECT ${distinct}${columns.join(', ')}${from}${where(chain, own)}${tail}`;
}

;// CONCATENATED MODULE: ./src/read/alembic/indexes.ts





/** CREATE INDEX with the options that SQLAlchemy knows for PostgreSQL. Throws `Undecided`. */
function createIndex(nameValue, of, elements, given) {
    const known = ['concurrently', 'where', 'using', 'include', 'ops', 'with', 'tablespace', 'nulls_not_distinct'];
    for (const key of given.named.keys()) {
        if (key === '**' || (key.startsWith('postgresql_') && !known.includes(key.slice('postgresql_'.length)))) {
            throw new Undecided(key === '**' ? 'arguments given with `**` are known only when the migration runs' : `\`${key}\` is not read`);
        }
    }
    const classes = argument(given, undefined, 'postgresql_ops');
    const written = elements.map(indexElement);
    const parts = written.map(({ sql, column }) => `${sql}${operatorClass(classes, column)}`);
    const name = nameOf('ix', nameValue, of, { columns: written.map(({ column }) => column) });
    if (name === undefined)
        throw new Undecided('an index has no name');
    if (parts.length === 0)
        throw new Undecided('an index has no columns');
    const [using, space] = [indexes_text(given, 'postgresql_using'), indexes_text(given, 'postgresql_tablespace')];
    const nulls = values_option(given, 'postgresql_nulls_not_distinct');
    const where = argument(given, undefined, 'postgresql_where');
    return [
        `CREATE ${values_option(given, 'unique') ? 'UNIQUE ' : ''}INDEX `,
        values_option(given, 'postgresql_concurrently') ? 'CONCURRENTLY ' : '',
        values_option(given, 'if_not_exists') ? 'IF NOT EXISTS ' : '',
        `${quoted(name)} ON ${qualified(of.table, of.schema)}${using ? ` USING ${using}` : ''} (${parts.join(', ')})`,
        include(given),
        nulls === undefined ? '' : nulls ? ' NULLS NOT DISTINCT' : ' NULLS DISTINCT',
        storage(argument(given, undefined, 'postgresql_with')),
        space ? ` TABLESPACE ${quoted(space)}` : '',
        where && where.kind !== 'none' ? ` WHERE ${conditionSql(where)}` : '',
    ].join('');
}
function indexes_text(given, name) {
    const value = argument(given, undefined, name);
    return value && value.kind !== 'none' && !(value.kind === 'boolean' && !value.value)
        ? identifier(value, `\`${name}\``)
        : undefined;
}
function storage(value) {
    if (value === undefined || value.kind === 'none')
        return '';
    if (value.kind !== 'dict')
        throw new Undecided(whyNot(value, '`postgresql_with`'));
    const options = value.entries.map(([key, setting]) => `${printed(key) ?? ''} = ${printed(setting) ?? ''}`);
    if (value.entries.some((entry) => entry.some((part) => printed(part) === undefined)))
        throw new Undecided(whyNot(undefined, '`postgresql_with`'));
    return options.length === 0 ? '' : ` WITH (${options.join(', ')})`;
}

;// CONCATENATED MODULE: ./src/read/alembic/send.ts









/** What a statement gives back. */
const rows = unknown('the rows that a query returns are known only when the migration runs');
function givenRows(value) {
    if (value === undefined || value.kind === 'none')
        return { rows: [[]], elsewhere: undefined };
    try {
        if (value.kind === 'dict')
            return { rows: [entriesOf(value)], elsewhere: undefined };
        if (value.kind === 'list' || value.kind === 'tuple') {
            return { rows: value.items.length > 0 ? value.items.map(entriesOf) : [[]], elsewhere: undefined };
        }
    }
    catch (error) {
        if (!(error instanceof Undecided))
            throw error;
    }
    return { rows: [[]], elsewhere: value };
}
/**
 * Adds what `op.execute(value)` or `connection.execute(value, parameters)` sends. A string is read as SQLAlchemy reads it:
 * `:name` is a parameter. Whatever is not known becomes unreadable.
 */
function send(run, value, parameters, node) {
    decided(run, node, () => {
        const given = givenRows(parameters);
        const many = given.elsewhere !== undefined && given.elsewhere.kind !== 'dict' && isMany(given.elsewhere);
        const repeated = run.repeated;
        run.repeated = repeated || many;
        try {
            for (const row of given.rows) {
                const writing = {
                    qualify: true,
                    parameters: { next: 1 },
                    bound: new Map(row),
                    boundElsewhere: given.elsewhere,
                };
                const text = sqlText(value, writing);
                if (isCallOf(value, 'DDL'))
                    emit(run, ddlText(value), node);
                else if (text)
                    emit(run, text, node);
                else if (isCore(value)) {
                    if (given.elsewhere)
                        throw new Undecided(whyNot(given.elsewhere, 'a row'));
                    emit(run, coreStatement(value, row, writing), node);
                }
                else
                    emit(run, construct(value), node);
            }
        }
        finally {
            run.repeated = repeated;
        }
    });
    return rows;
}
/** A list that is built from data sends the statement once for each of its items. */
function isMany(value) {
    return value.kind === 'list' || value.kind === 'tuple';
}
/** Adds SQL that goes to the driver as it is: no parameters are looked for. */
function sendRaw(run, value, node) {
    decided(run, node, () => {
        if (value?.kind !== 'string')
            throw new Undecided(whyNot(value, 'the SQL'));
        emit(run, value.text, node);
    });
    return rows;
}
/** Does the work, and adds an unreadable part where it finds that the SQL cannot be known. */
function decided(run, node, work) {
    try {
        work();
    }
    catch (error) {
        if (!(error instanceof Undecided))
            throw error;
        unreadable(run, error.message, node);
    }
}
/** The text of `sa.DDL("…", context={…})`, in which `%(name)s` stands for a value of the context. Throws `Undecided`. */
function ddlText(value) {
    const statement = argument(value.given, 0, 'statement') ?? none;
    const context = argument(value.given, 1, 'context');
    const given = context && context.kind !== 'none' ? context : { kind: 'dict', entries: [] };
    const filled = statement.kind === 'string' ? arithmetic('%', [statement, given]) : statement;
    if (filled?.kind !== 'string')
        throw new Undecided(whyNot(filled, 'the SQL'));
    return filled.text;
}
/** DDL that SQLAlchemy builds from an object: sequences, schemas. Throws `Undecided`. */
function construct(value) {
    const element = value.kind === 'call' ? value.given.positional[0] : undefined;
    const name = value.kind === 'call' ? symbol(value.callee)?.name : undefined;
    if (value.kind === 'call' && element && name) {
        const { given } = value;
        if (isCallOf(element, 'Sequence')) {
            const sequence = qualified(identifier(element.given.positional[0], 'a sequence'), schemaName(argument(element.given, undefined, 'schema')));
            if (name === 'DropSequence')
                return `DROP SEQUENCE ${values_option(given, 'if_exists') ? 'IF EXISTS ' : ''}${sequence}`;
            if (name === 'CreateSequence') {
                const type = argument(element.given, undefined, 'data_type');
                const options = sequenceOptions(element, 1);
                return `CREATE SEQUENCE ${values_option(given, 'if_not_exists') ? 'IF NOT EXISTS ' : ''}${sequence}${type && type.kind !== 'none' ? ` AS ${typeOf(type).sql}` : ''}${options ? ` ${options}` : ''}`;
            }
        }
        if (name === 'CreateSchema')
            return `CREATE SCHEMA ${values_option(given, 'if_not_exists') ? 'IF NOT EXISTS ' : ''}${quoted(identifier(element, 'a schema'))}`;
        if (name === 'DropSchema') {
            return `DROP SCHEMA ${values_option(given, 'if_exists') ? 'IF EXISTS ' : ''}${quoted(identifier(element, 'a schema'))}${values_option(given, 'cascade') ? ' CASCADE' : ''}`;
        }
    }
    throw new Undecided(whyNot(value, 'the SQL'));
}

;// CONCATENATED MODULE: ./src/read/alembic/tables.ts









/** The statements of CREATE TABLE as Alembic sends them: types, the table, its indexes, its comments. Throws `Undecided`. */
function createTable(given, enums, naming) {
    if (given.named.has('**'))
        throw new Undecided('arguments given with `**` are known only when the migration runs');
    const name = identifier(argument(given, 0, 'table_name') ?? given.named.get('name'), 'the name of a table');
    const schema = schemaName(argument(given, undefined, 'schema'));
    const of = { table: name, schema, naming };
    const table = qualified(name, schema);
    const parts = (given.named.has('table_name') ? given.positional : given.positional.slice(1)).filter((part) => part.kind !== 'none');
    const columns = parts.filter((part) => isCallOf(part, 'Column')).map((part) => columnOf(part, schema));
    const constraints = parts.filter(isConstraint);
    const indexes = parts.filter((part) => isCallOf(part, 'Index'));
    for (const part of parts) {
        if (!isCallOf(part, 'Column', 'Index') && !isConstraint(part))
            throw new Undecided(whyNot(part, `a part of the table \`${name}\``));
    }
    const keyConstraint = constraints.find((constraint) => calledName(constraint) === 'PrimaryKeyConstraint');
    const keyNames = new Set(keyConstraint && keyConstraint.given.positional.length > 0
        ? keyConstraint.given.positional.map(columnNamed)
        : columns.filter((column) => column.primaryKey).map((column) => column.name));
    const keys = columns.filter((column) => keyNames.has(column.name));
    const counting = autoincrementColumn(keys.map((column) => withTableForeignKeys(column, constraints)));
    const lines = columns.map((column) => {
        const checks = column.checks.map((check) => tableConstraint(check, of));
        return [columnSql(column, keyNames.has(column.name), counting?.name === column.name), ...checks].join(' ');
    });
    if (keyConstraint && keyConstraint.given.positional.length > 0)
        lines.push(tableConstraint(keyConstraint, of));
    else if (keys.length > 0) {
        const counted = counting ? [counting, ...keys.filter((column) => column.name !== counting.name)] : keys;
        lines.push(primaryKey(undefined, counted.map(nameValue), tables_plain, of));
    }
    for (const constraint of constraints)
        if (constraint !== keyConstraint)
            lines.push(tableConstraint(constraint, of));
    for (const column of columns)
        lines.push(...columnConstraints(column, of));
    const statements = [];
    for (const column of columns) {
        const type = column.type.enum;
        if (type?.created && !enums.has(enumKey(type))) {
            enums.add(enumKey(type));
            statements.push(createEnum(type));
        }
    }
    const prefixes = argument(given, undefined, 'prefixes');
    const words = prefixes && prefixes.kind !== 'none'
        ? items(prefixes, '`prefixes`').map((word) => `${identifier(word, 'a prefix')} `)
        : [];
    const exists = values_option(given, 'if_not_exists') ? 'IF NOT EXISTS ' : '';
    statements.push(`CREATE ${words.join('')}TABLE ${exists}${table} (\n    ${lines.join(',\n    ')}\n)${tableOptions(given)}`);
    for (const column of columns)
        if (column.index)
            statements.push(columnIndex(column, of));
    for (const index of indexes)
        statements.push(indexOf(index, of));
    const comment = argument(given, undefined, 'comment');
    if (comment && comment.kind !== 'none')
        statements.push(`COMMENT ON TABLE ${table} IS ${commentText(comment)}`);
    statements.push(...columns.flatMap((column) => columnComment(column, table)));
    return statements;
}
function enumKey(type) {
    return qualified(type.name, type.schema);
}
/** A key that a constraint of the table makes a foreign key does not count itself up either. */
function withTableForeignKeys(column, constraints) {
    const foreign = constraints.filter((constraint) => calledName(constraint) === 'ForeignKeyConstraint' &&
        items(argument(constraint.given, 0, 'columns'), 'the columns of a foreign key').some((name) => columnNamed(name) === column.name));
    return foreign.length > 0 ? { ...column, foreignKeys: [...column.foreignKeys, ...foreign] } : column;
}
/** The constraints that a column brings: foreign keys, the labels of its type, and UNIQUE unless an index of its own sees to it. */
function columnConstraints(column, of) {
    const own = column.unique && !column.index ? [unique(undefined, [nameValue(column)], tables_plain, of)] : [];
    const { check } = column.type;
    return [
        ...own,
        ...column.foreignKeys.map((key) => columnForeignKey(column.name, key, of)),
        ...(check ? [typeCheck(column.name, check, of).sql] : []),
    ];
}
const tables_plain = { positional: [], named: new Map() };
function nameValue(column) {
    return madeString(column.name, elsewhere);
}
function columnIndex(column, of) {
    const named = new Map(column.unique ? [['unique', booleanValue(true)]] : []);
    return createIndex(undefined, of, [nameValue(column)], { positional: [], named });
}
/** `sa.Index("name", "column", …)` inside a table. */
function indexOf(index, of) {
    const [name, ...elements] = index.given.positional;
    return createIndex(name, of, elements, index.given);
}
function columnComment(column, table) {
    return column.comment === undefined ? [] : [`COMMENT ON COLUMN ${table}.${quoted(column.name)} IS ${column.comment}`];
}
/** PARTITION BY, INHERITS and the like. */
function tableOptions(given) {
    const text = (name) => {
        const value = argument(given, undefined, `postgresql_${name}`);
        return value && value.kind !== 'none' ? identifier(value, `\`postgresql_${name}\``) : undefined;
    };
    const known = ['inherits', 'partition_by', 'using', 'with', 'on_commit', 'tablespace'].map((name) => `postgresql_${name}`);
    const strange = [...given.named.keys()].find((name) => name.startsWith('postgresql_') && !known.includes(name));
    if (strange !== undefined || given.named.has('postgresql_with'))
        throw new Undecided(`\`${strange ?? 'postgresql_with'}\` is not read`);
    const inherits = given.named.get('postgresql_inherits');
    const parents = inherits && (inherits.kind === 'string' ? [inherits] : items(inherits, '`postgresql_inherits`'));
    const [partition, using, commit, space] = [text('partition_by'), text('using'), text('on_commit'), text('tablespace')];
    return [
        parents ? ` INHERITS (${parents.map((parent) => quoted(identifier(parent, 'a table'))).join(', ')})` : '',
        partition ? ` PARTITION BY ${partition}` : '',
        using ? ` USING ${using}` : '',
        commit ? ` ON COMMIT ${commit.replaceAll('_', ' ').toUpperCase()}` : '',
        space ? ` TABLESPACE ${quoted(space)}` : '',
    ].join('');
}
/** The statements of ADD COLUMN as Alembic sends them: the column, its constraints, its index, its comment. Throws `Undecided`. */
function addColumn(tableName, schemaValue, columnValue, given, naming) {
    const name = identifier(tableName, 'the name of a table');
    const schema = schemaName(schemaValue);
    const of = { table: name, schema, naming };
    const table = qualified(name, schema);
    if (!columnValue)
        throw new Undecided('a column is missing');
    const column = columnOf(columnValue, schema);
    const counts = column.primaryKey && autoincrementColumn([column]) !== undefined;
    const [reference] = column.foreignKeys;
    const inline = values_option(given, 'inline_references') && column.foreignKeys.length === 1;
    const words = [
        values_option(given, 'if_not_exists') ? 'IF NOT EXISTS ' : '',
        columnSql(column, column.primaryKey, counts),
        ...column.checks.map((check) => ` ${tableConstraint(check, of)}`),
        values_option(given, 'inline_primary_key') && column.primaryKey ? ' PRIMARY KEY' : '',
    ];
    if (reference && inline)
        words.push(inlineReference(reference));
    const constraints = columnConstraints(inline ? { ...column, foreignKeys: [] } : column, of);
    return [
        `ALTER TABLE ${table} ADD COLUMN ${words.join('')}`,
        ...constraints.map((constraint) => `ALTER TABLE ${table} ADD ${constraint}`),
        ...(column.index ? [columnIndex(column, of)] : []),
        ...columnComment(column, table),
    ];
}
/** ` REFERENCES …` after the column: the foreign key without its name. */
function inlineReference(value) {
    const constraint = columnForeignKey('x', value, undefined);
    return constraint.slice(constraint.indexOf(' REFERENCES '));
}

;// CONCATENATED MODULE: ./src/read/alembic/operations.ts












/** The table, as a value; `index` is its place in a call of `op`. */
function tableValue({ given, batch }, index, name = 'table_name') {
    return batch ? batch.table : argument(given, index, name);
}
function schemaValue({ given, batch }, name = 'schema') {
    return batch ? batch.schema : argument(given, undefined, name);
}
/** The table, quoted. Throws `Undecided`. */
function operations_tableOf(target, index, name = 'table_name', schema = 'schema') {
    return qualified(identifier(tableValue(target, index, name), 'the name of a table'), schemaName(schemaValue(target, schema)));
}
/** The table as that which names of constraints are made from. Throws `Undecided`. */
function namedOf(target, index, name = 'table_name', schema = 'schema') {
    return {
        table: identifier(tableValue(target, index, name), 'the name of a table'),
        schema: schemaName(schemaValue(target, schema)),
        naming: target.naming,
    };
}
/** An argument that comes after the table in a call of `op`, and one place earlier in a batch. */
function after({ given, batch }, index, name) {
    return argument(given, batch ? index - 1 : index, name);
}
/** The statements of each directive, in the order in which Alembic sends them. They throw `Undecided`. */
const directives = {
    create_table: ({ given, naming }, enums) => createTable(given, enums, naming),
    drop_table: (target) => [`DROP TABLE ${values_option(target.given, 'if_exists') ? 'IF EXISTS ' : ''}${operations_tableOf(target, 0)}`],
    rename_table: (target) => [
        `ALTER TABLE ${operations_tableOf(target, 0, 'old_table_name')} RENAME TO ${quoted(identifier(after(target, 1, 'new_table_name'), 'the new name'))}`,
    ],
    add_column: (target) => addColumn(tableValue(target, 0), schemaValue(target), after(target, 1, 'column'), target.given, target.naming),
    drop_column: (target) => {
        const exists = values_option(target.given, 'if_exists') ? 'IF EXISTS ' : '';
        return [
            `ALTER TABLE ${operations_tableOf(target, 0)} DROP COLUMN ${exists}${quoted(identifier(after(target, 1, 'column_name'), 'the name of a column'))}`,
        ];
    },
    alter_column: (target) => alterColumn(target),
    create_index: (target) => {
        const elements = items(after(target, 2, 'columns'), 'the columns of an index');
        return [createIndex(argument(target.given, 0, 'index_name'), namedOf(target, 1), elements, target.given)];
    },
    drop_index: (target) => dropIndex(target),
    create_foreign_key: (target) => {
        const key = {
            columns: after(target, 3, 'local_cols'),
            table: after(target, 2, 'referent_table'),
            schema: argument(target.given, undefined, 'referent_schema'),
            referred: after(target, 4, 'remote_cols'),
        };
        const constraint = namedForeignKey(argument(target.given, 0, 'constraint_name'), key, target.given, namedOf(target, 1, 'source_table', 'source_schema'));
        return [`ALTER TABLE ${operations_tableOf(target, 1, 'source_table', 'source_schema')} ADD ${constraint}`];
    },
    create_unique_constraint: (target) => {
        const columns = items(after(target, 2, 'columns'), 'the columns of a constraint');
        return [
            `ALTER TABLE ${operations_tableOf(target, 1)} ADD ${unique(argument(target.given, 0, 'constraint_name'), columns, target.given, namedOf(target, 1))}`,
        ];
    },
    create_primary_key: (target) => {
        const columns = items(after(target, 2, 'columns'), 'the columns of a constraint');
        return [
            `ALTER TABLE ${operations_tableOf(target, 1)} ADD ${primaryKey(argument(target.given, 0, 'constraint_name'), columns, target.given, namedOf(target, 1))}`,
        ];
    },
    create_check_constraint: (target) => {
        const constraint = check(argument(target.given, 0, 'constraint_name'), after(target, 2, 'condition'), target.given, namedOf(target, 1));
        return [`ALTER TABLE ${operations_tableOf(target, 1)} ADD ${constraint}`];
    },
    create_exclude_constraint: (target) => {
        const constraint = exclude(argument(target.given, 0, 'constraint_name'), target.given.positional.slice(target.batch ? 1 : 2), target.given, namedOf(target, 1));
        return [`ALTER TABLE ${operations_tableOf(target, 1)} ADD ${constraint}`];
    },
    drop_constraint: (target) => {
        const name = droppedName(target);
        if (name === undefined)
            throw new Undecided('a constraint without a name cannot be dropped');
        return [
            `ALTER TABLE ${operations_tableOf(target, 1)} DROP CONSTRAINT ${values_option(target.given, 'if_exists') ? 'IF EXISTS ' : ''}${quoted(name)}`,
        ];
    },
    create_table_comment: (target) => {
        const comment = after(target, 1, 'comment');
        if (!comment)
            throw new Undecided('a comment is missing');
        return [`COMMENT ON TABLE ${operations_tableOf(target, 0)} IS ${comment.kind === 'none' ? 'NULL' : commentText(comment)}`];
    },
    drop_table_comment: (target) => [`COMMENT ON TABLE ${operations_tableOf(target, 0)} IS NULL`],
};
/** TYPE, NULL, DEFAULT, COMMENT, RENAME: each in an ALTER TABLE of its own, in this order. */
function alterColumn(target) {
    const { given } = target;
    if (given.named.has('**'))
        throw new Undecided('arguments given with `**` are known only when the migration runs');
    const table = operations_tableOf(target, 0);
    const of = namedOf(target, 0);
    const name = identifier(after(target, 1, 'column_name'), 'the name of a column');
    const column = quoted(name);
    const alter = `ALTER TABLE ${table} ALTER COLUMN ${column}`;
    const keyword = (name) => argument(given, undefined, name);
    const statements = [];
    const type = keyword('type_');
    const existing = keyword('existing_type');
    if (type && type.kind !== 'none') {
        const before = existing && existing.kind !== 'none' ? typeOf(existing).check : undefined;
        if (before) {
            const dropped = typeCheck(name, before, of).name;
            if (dropped === undefined)
                throw new Undecided('a constraint without a name cannot be dropped');
            statements.push(`ALTER TABLE ${table} DROP CONSTRAINT ${quoted(dropped)}`);
        }
        const using = keyword('postgresql_using');
        const expression = using && using.kind !== 'none' ? ` USING ${usingText(using)}` : '';
        statements.push(`${alter} TYPE ${typeOf(type).sql}${expression}`);
    }
    const nullable = values_option(given, 'nullable');
    if (nullable !== undefined)
        statements.push(`${alter} ${nullable ? 'DROP' : 'SET'} NOT NULL`);
    const value = keyword('server_default');
    if (value && !(value.kind === 'boolean' && !value.value))
        statements.push(`${alter} ${defaultChange(value, keyword('existing_server_default'))}`);
    const comment = keyword('comment');
    if (comment && !(comment.kind === 'boolean' && !comment.value)) {
        statements.push(`COMMENT ON COLUMN ${table}.${column} IS ${comment.kind === 'none' ? 'NULL' : commentText(comment)}`);
    }
    const renamed = keyword('new_column_name');
    if (renamed && renamed.kind !== 'none') {
        statements.push(`ALTER TABLE ${table} RENAME ${column} TO ${quoted(identifier(renamed, 'the new name of a column'))}`);
    }
    const check = type && type.kind !== 'none' ? typeOf(type).check : undefined;
    if (check)
        statements.push(`ALTER TABLE ${table} ADD ${typeCheck(name, check, of).sql}`);
    return statements;
}
function usingText(value) {
    if (value.kind === 'string')
        return value.text.value;
    throw new Undecided(whyNot(value, '`postgresql_using`'));
}
function defaultChange(value, existing) {
    const had = existing && existing.kind !== 'none' && !(existing.kind === 'boolean' && !existing.value) ? existing : undefined;
    if (isCallOf(value, 'Computed') || isCallOf(had, 'Computed'))
        throw new Undecided('Alembic cannot change a computed column');
    if (isCallOf(value, 'Identity')) {
        if (isCallOf(had, 'Identity'))
            return identityChange(value, had);
        if (had)
            throw new Undecided('a default that becomes an identity is not read');
        return `ADD ${identityClause(value)}`;
    }
    if (isCallOf(had, 'Identity') && value.kind === 'none')
        return 'DROP IDENTITY';
    const sql = serverDefault(value);
    return sql === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${sql}`;
}
/** The name of a constraint that is dropped: with its `type_` known, a convention for given names is applied to it too. */
function droppedName(target) {
    const value = argument(target.given, 0, 'constraint_name');
    const kinds = { foreignkey: 'fk', primary: 'pk', unique: 'uq', check: 'ck' };
    const type = after(target, 2, 'type_');
    const kind = type?.kind === 'string' ? kinds[type.text.value] : undefined;
    if (kind === undefined || value === undefined || value.kind === 'none')
        return objectName(value);
    return nameOf(kind, value, namedOf(target, 1), { columns: [undefined] });
}
/** The schema of a dropped index is that of its table. */
function dropIndex(target) {
    const { given } = target;
    const name = objectName(argument(given, 0, 'index_name'));
    if (name === undefined)
        throw new Undecided('an index has no name');
    const words = `${values_option(given, 'postgresql_concurrently') ? 'CONCURRENTLY ' : ''}${values_option(given, 'if_exists') ? 'IF EXISTS ' : ''}`;
    return [`DROP INDEX ${words}${qualified(name, schemaName(schemaValue(target)))}`];
}
/** A call of `op.name(…)`, or of `batch_op.name(…)` where there is a batch: adds its statements and gives its value. */
function operate(run, name, given, node, batch) {
    switch (name) {
        case 'f':
        case 'inline_literal':
            return { kind: 'call', callee: { kind: 'imported', path: `alembic.op.${name}` }, given };
        case 'get_bind':
            return { kind: 'live', what: 'connection' };
        case 'get_context':
            return { kind: 'live', what: 'migration context' };
        case 'execute':
            return send(run, argument(given, 0, 'sqltext') ?? none, undefined, node);
        case 'bulk_insert':
            bulkInsert(run, given, node);
            return none;
        case 'batch_alter_table':
            return openBatch(run, given, node);
    }
    const directive = directives[name];
    if (!directive || (batch && ['create_table', 'drop_table', 'rename_table'].includes(name))) {
        unreadable(run, `\`op.${name}()\` is not one of Alembic's own operations, or what it sends is known only when it runs`, node);
        return unknown(`what \`op.${name}()\` gives is known only when the migration runs`, true);
    }
    const { sink } = run;
    if (batch)
        run.sink = batch.held;
    decided(run, node, () => {
        for (const sql of directive({ given, batch, naming: run.naming() }, run.enums))
            emit(run, sql, node);
    });
    run.sink = sink;
    return name === 'create_table'
        ? { kind: 'call', callee: { kind: 'imported', path: 'sqlalchemy.Table' }, given: tableArguments(given) }
        : none;
}
function tableArguments(given) {
    const name = given.named.get('table_name');
    return name ? { ...given, positional: [name, ...given.positional] } : given;
}
function openBatch(run, given, node) {
    const recreate = given.named.get('recreate');
    if (recreate && !(recreate.kind === 'string' && ['auto', 'never'].includes(recreate.text.value))) {
        const reason = 'a batch that recreates the table copies it, in steps that depend on the table it finds';
        unreadable(run, reason, node);
        return unknown(reason, true);
    }
    return {
        kind: 'batch',
        batch: {
            table: given.positional[0] ?? given.named.get('table_name') ?? none,
            schema: given.positional[1] ?? given.named.get('schema'),
            held: [],
        },
    };
}
/** One INSERT for each row, as Alembic writes it with `--sql`. */
function bulkInsert(run, given, node) {
    decided(run, node, () => {
        const table = argument(given, 0, 'table');
        const rows = items(argument(given, 1, 'rows'), 'the rows to insert');
        if (!table)
            throw new Undecided('a table is missing');
        const insert = {
            kind: 'call',
            callee: { kind: 'attribute', of: table, name: 'insert' },
            given: { positional: [], named: new Map() },
        };
        const statements = rows.map((row) => coreStatement(insert, entriesOf(row), { qualify: true, parameters: { next: 1 }, bound: new Map() }));
        for (const sql of statements)
            emit(run, sql, node);
    });
}
/** Whether a name is an operation that sends nothing by itself. */
const silentOperations = new Set(['f', 'inline_literal', 'get_bind', 'get_context']);

;// CONCATENATED MODULE: ./src/read/alembic/effects.ts





/**
 * Whether the code under a node could send statements, as far as can be told without running it: true unless every call in it is known
 * to send nothing. Decides whether code that is not executed must be told as unreadable.
 */
function mayReach(node, scope, run, entered = new Set()) {
    let found = false;
    node.cursor().iterate((at) => {
        if (found)
            return false;
        if (at.name === 'CallExpression')
            found = callReaches(at.node, scope, run, entered);
        return !found && at.name !== 'FunctionDefinition' && at.name !== 'ClassDefinition';
    });
    return found;
}
/** Whether the value of an expression may be something through which statements can be sent: a function, `op`, a connection. */
function mayHold(node, scope, run) {
    let found = false;
    node.cursor().iterate((at) => {
        if (found || at.name !== 'VariableName')
            return !found;
        const name = textOf(run.source, at);
        const known = lookUp(scope, name);
        found = known ? holds(known, run) : !builtins.has(name);
        return !found;
    });
    return found;
}
/** Whether statements may be sent through a value, or by calling it. */
function holds(known, run) {
    const value = resolve(known, run);
    if (value.kind === 'function')
        return functionReaches(value, run);
    if (value.kind === 'imported')
        return !symbol(value) && !isStandard(value.path) && !value.path.startsWith('builtins.');
    return reaches(value);
}
/** What a method can be called on without reaching the database. */
const literals = new Set('String FormatString ContinuedString Number ArrayExpression DictionaryExpression TupleExpression SetExpression'.split(' '));
function callReaches(node, scope, run, entered) {
    const callee = node.firstChild;
    if (!callee)
        return true;
    const written = textOf(run.source, callee);
    const rootNode = leftmost(callee);
    if (rootNode.name !== 'VariableName')
        return !literals.has(rootNode.name);
    const name = textOf(run.source, rootNode);
    const known = lookUp(scope, name);
    if (!known)
        return !builtins.has(name);
    const found = resolve(dotted(known, callee, run), run);
    const value = found.kind === 'imported' ? known : found;
    const member = written.slice(written.lastIndexOf('.') + 1);
    const creates = ['create', 'drop', 'create_all', 'drop_all', 'execute'].includes(member);
    switch (value.kind) {
        case 'imported':
            if (value.path.startsWith('alembic.'))
                return !(silentOperations.has(member) && isDotted(callee)) && member !== 'is_offline_mode';
            if (symbol(value))
                return creates;
            return !isStandard(value.path) && !(constructs(value.path, member, callee) && !handsOn(node, scope, run));
        case 'function':
            return functionReaches(value, run, entered);
        case 'live':
            return value.what !== 'inspector' && value.what !== 'dialect';
        case 'batch':
            return true;
        case 'class':
            // A class that maps a table or lists values sends nothing when it is only named or made.
            return creates || [...value.members.values()].some(({ kind }) => kind === 'function');
        case 'call':
        case 'attribute':
        case 'computed':
            return creates || !goesBackToLibrary(value);
        default:
            return reaches(value);
    }
}
/** The name, call or literal at which `a.b(c).d` begins. */
function leftmost(node) {
    let at = node;
    while ((at.name === 'MemberExpression' || at.name === 'CallExpression') && at.firstChild)
        at = at.firstChild;
    return at;
}
/** `op.f`, and not `op.get_bind().execute`. */
function isDotted(node) {
    return (node.name === 'VariableName' || (node.name === 'MemberExpression' && childrenOf(node)[0]?.name !== 'CallExpression'));
}
/** A class of another package that is only constructed. */
function constructs(path, member, callee) {
    const name = callee.name === 'VariableName' ? path.slice(path.lastIndexOf('.') + 1) : member;
    return /^_*[A-Z]/.test(name) && isDotted(callee);
}
/** Whether something through which statements can be sent is among the arguments of a call. */
function handsOn(node, scope, run) {
    let found = false;
    node
        .getChild('ArgList')
        ?.cursor()
        .iterate((at) => {
        const value = at.name === 'VariableName' ? lookUp(scope, textOf(run.source, at)) : undefined;
        found ||= value !== undefined && reaches(value);
        return !found;
    });
    return found;
}
/** `a.b.c` where `a` was imported: the name of what is called. */
function dotted(value, callee, run) {
    if (value.kind !== 'imported' || callee.name !== 'MemberExpression' || !isDotted(callee))
        return value;
    const chain = textOf(run.source, callee).split('.').slice(1);
    return chain.every((name) => /^\s*\w+\s*$/.test(name))
        ? { kind: 'imported', path: [value.path, ...chain.map((name) => name.trim())].join('.') }
        : value;
}
/** Whether a call of a function of the file could send statements. */
function functionReaches(value, run, entered = new Set()) {
    const key = `${value.source.file}:${value.node.from}`;
    if (entered.has(key))
        return false;
    if (entered.size > 100)
        return true;
    entered.add(key);
    const body = childrenOf(value.node).find((part) => part.name === 'Body') ?? value.node.lastChild;
    const inside = value.source === run.source ? run : { ...run, source: value.source };
    return body ? mayReach(body, value.scope, inside, entered) : false;
}
function goesBackToLibrary(value) {
    if (value.kind === 'call')
        return (symbol(value.callee) !== undefined || (value.callee.kind === 'attribute' && goesBackToLibrary(value.callee.of)));
    if (value.kind === 'attribute')
        return goesBackToLibrary(value.of);
    return value.kind === 'computed';
}

;// CONCATENATED MODULE: ./src/read/alembic/live.ts




/** A call of a method of a connection, session, migration context, dialect or inspector. */
function callLive(of, name, given, node, run) {
    const [first, second] = given.positional;
    const parameters = given.named.get('parameters') ?? given.named.get('params') ?? second;
    if (of.what === 'inspector')
        return unknown(`what the database holds (\`${excerpt(run.source, node)}\`) is known only when the migration runs`);
    switch (name) {
        case 'execute':
        case 'scalar':
        case 'scalars': {
            const statement = first ?? given.named.get('statement') ?? given.named.get('sqltext') ?? none;
            return send(run, statement, parameters, node);
        }
        case 'exec_driver_sql':
            if (parameters)
                unreadable(run, 'parameters given to the driver are not read', node);
            else
                sendRaw(run, first, node);
            return rows;
        case 'begin_nested':
            return { kind: 'live', what: 'savepoint' };
        case 'autocommit_block':
            return { kind: 'live', what: 'autocommit block' };
        case 'begin':
        case 'connect':
        case 'begin_transaction':
        case 'get_bind':
            return { kind: 'live', what: 'connection' };
        case 'type_descriptor':
            return of.what === 'dialect' && first ? first : unknown('a type is known only when the migration runs');
        case 'close':
        case 'flush':
        case 'expunge_all':
        case 'expire_all':
        case 'in_transaction':
        case 'get_isolation_level':
            return none;
        case 'commit':
        case 'rollback':
            // A session on Alembic's connection leaves the transaction to it.
            if (of.what === 'session')
                return none;
            break;
        case 'execution_options':
            if (!given.named.has('isolation_level') && !given.named.has('**'))
                return of;
            break;
    }
    const reason = `\`.${name}()\` of a ${of.what} is not read`;
    unreadable(run, reason, node);
    return unknown(reason, true);
}

;// CONCATENATED MODULE: ./src/read/alembic/calls.ts

















/** Calls a value. What it sends is added to the script; the value is what the call gives. */
function call(callee, given, node, run) {
    step(run);
    switch (callee.kind) {
        case 'imported':
            return callImported(callee.path, given, node, run);
        case 'function':
            return callFunction(callee, given, node, run);
        case 'class':
            return callClass(callee, given);
        case 'method':
            if (callee.of.kind === 'live')
                return callLive(callee.of, callee.name, given, node, run);
            if (callee.of.kind === 'batch')
                return operate(run, callee.name, given, node, callee.of.batch);
            return callMethod(callee.of, callee.name, given, originOf(run, node));
        case 'attribute':
            return callAttribute(callee, given, node, run);
        case 'call':
            // What a constructor gave is called: `sessionmaker(bind=…)()`.
            if (isCallOf(callee, 'sessionmaker', 'scoped_session'))
                return { kind: 'live', what: 'session' };
            return opaque(`what \`${excerpt(run.source, node)}\` gives is known only when the migration runs`, given, node, run);
        case 'unknown':
            if (callee.reaches || handsOnConnection(given))
                unreadable(run, callee.reason, node);
            return callee;
        default:
            return opaque(`\`${excerpt(run.source, node)}\` is known only when the migration runs`, given, node, run);
    }
}
/** A call that is not followed: unreadable where it is handed something to send statements with. */
function opaque(reason, given, node, run) {
    const reaching = handsOnConnection(given);
    if (reaching)
        unreadable(run, reason, node);
    return unknown(reason, reaching);
}
function callImported(path, given, node, run) {
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (path.startsWith('alembic.op.'))
        return operate(run, path.slice('alembic.op.'.length), given, node);
    if (path.startsWith('alembic.context.'))
        return callContext(name, given, node, run);
    if (path.startsWith('builtins.')) {
        handOn(given, node, run);
        const value = callBuiltin(name, given, originOf(run, node));
        // `getattr(op, name)` and `globals()[name]` can be anything.
        const anything = handsOnConnection(given) || ['globals', 'locals', 'vars'].includes(name);
        return value.kind === 'unknown' && anything ? unknown(value.reason, true) : value;
    }
    if (path === 'importlib.import_module') {
        const [module] = given.positional;
        if (module?.kind === 'string')
            return resolve({ kind: 'imported', path: module.text.value }, run);
    }
    if (path === 'textwrap.dedent') {
        const [text] = given.positional;
        if (text?.kind === 'string')
            return stringOf(dedent(text.text));
    }
    if (isStandard(path)) {
        const reason = `what \`${name}()\` gives is known only when the migration runs`;
        handOn(given, node, run);
        return unknown(reason, path.startsWith('functools.') && given.positional.some(isCallable));
    }
    const known = symbol({ kind: 'imported', path });
    if (known) {
        if (known.name === 'inspect' || path.endsWith('.Inspector.from_engine') || known.name === 'Inspector')
            return { kind: 'live', what: 'inspector' };
        if (['Session', 'AsyncSession'].includes(known.name))
            return { kind: 'live', what: 'session' };
        return { kind: 'call', callee: { kind: 'imported', path }, given: withLabels(known.name, given, node, run) };
    }
    // A class of another package is not made to send anything; a function may be.
    const module = path.slice(0, Math.max(0, path.lastIndexOf('.')));
    const reason = `\`${name}\` comes from \`${module}\`, which is not read`;
    if (/^_*[A-Z]/.test(name) && !handsOnConnection(given))
        return { kind: 'call', callee: { kind: 'imported', path }, given };
    unreadable(run, reason, node);
    return unknown(reason, true);
}
/** Python's own functions call what they are given: `map(op.drop_table, names)`. Unreadable where that could send something. */
function handOn(given, node, run) {
    for (const value of [...given.positional, ...given.named.values()]) {
        const calls = value.kind === 'function' ? functionReaches(value, run) : value.kind === 'imported' && isCallable(value);
        if (calls)
            unreadable(run, `what \`${excerpt(run.source, node)}\` does is known only when the migration runs`, node);
    }
}
/** Whether a value can be called and may then send something. `functools.partial(op.execute, …)` keeps it for later. */
function isCallable(value) {
    return (value.kind === 'function' ||
        (value.kind !== 'live' && reaches(value) && !(value.kind === 'imported' && value.path === 'alembic.op')));
}
/** The labels of `sa.Enum(PythonEnum, values_callable=…)`, which a function of the file chooses. */
function withLabels(name, given, node, run) {
    const [first] = given.positional;
    const chooser = given.named.get('values_callable');
    if ((name !== 'Enum' && name !== 'ENUM') || first?.kind !== 'class' || chooser?.kind !== 'function')
        return given;
    const labels = callFunction(chooser, { positional: [first], named: new Map() }, node, run);
    if (!isSequence(labels))
        return given;
    const named = new Map(given.named);
    named.delete('values_callable');
    if (!named.has('name'))
        named.set('name', stringOf({ value: first.name.toLowerCase(), origins: [{ offset: 0, at: originOf(run, node), verbatim: false }] }));
    return { positional: labels.items, named };
}
function callContext(name, given, node, run) {
    switch (name) {
        case 'is_offline_mode':
            return { kind: 'boolean', value: false };
        case 'get_context':
            return { kind: 'live', what: 'migration context' };
        case 'get_bind':
            return { kind: 'live', what: 'connection' };
        case 'execute':
            return send(run, given.positional[0] ?? none, undefined, node);
        case 'get_x_argument':
        case 'get_tag_argument':
        case 'get_head_revision':
            return unknown(`what \`context.${name}()\` gives is known only when the migration runs`);
        default:
            return opaque(`\`context.${name}()\` is not read`, given, node, run);
    }
}
function callClass(callee, given) {
    const [first] = given.positional;
    if (first && isEnumClass(callee)) {
        const found = enumMembers(callee)?.find((member) => equal(member.value, first));
        if (found)
            return found;
    }
    return { kind: 'call', callee, given };
}
/** A method of something that a library's constructor made: `sa.text(…).bindparams(…)`, `sa.Enum(…).create(bind)`. */
function callAttribute(callee, given, node, run) {
    const { of, name } = callee;
    const reaching = handsOnConnection(given);
    if (of.kind === 'call' && reaching && (name === 'create' || name === 'drop')) {
        if (isEnum(of)) {
            decided(run, node, () => {
                const type = typeOf(of).enum;
                if (!type)
                    throw new Undecided('an enum type without a name of its own is not created');
                emit(run, name === 'create' ? createEnum(type) : `DROP TYPE ${qualified(type.name, type.schema)}`, node);
            });
            return none;
        }
        if (isCallOf(of, 'Table')) {
            decided(run, node, () => {
                if (name === 'drop')
                    throw new Undecided('`Table.drop()` is not read');
                // A table object has its MetaData between its name and its columns.
                const parts = of.given.positional.filter((part) => !isCallOf(part, 'MetaData'));
                for (const sql of createTable({ ...of.given, positional: parts }, new Set(), plainNaming))
                    emit(run, sql, node);
            });
            return none;
        }
    }
    if (root(of)) {
        if (reaching || ['create', 'drop', 'create_all', 'drop_all', 'execute', 'scalar'].includes(name))
            unreadable(run, `\`${excerpt(run.source, node)}\` is not read`, node);
        if (reaching)
            return opaque(`\`${excerpt(run.source, node)}\` is not read`, given, node, run);
        return { kind: 'call', callee, given };
    }
    const reason = `\`${excerpt(run.source, node)}\` is not read`;
    unreadable(run, reason, node);
    return unknown(reason, true);
}
/** Whether a value goes back to SQLAlchemy, whose objects send nothing by themselves, or to a class of the file that maps a table. */
function root(value) {
    switch (value.kind) {
        case 'call':
            return value.callee.kind === 'attribute'
                ? root(value.callee.of)
                : symbol(value.callee) !== undefined || isInlined(value.callee);
        case 'attribute':
            return root(value.of);
        case 'class':
            return value.members.has('__tablename__');
        case 'computed':
            return value.operands.some(root);
        default:
            return false;
    }
}
function isInlined(callee) {
    return callee.kind === 'imported' && callee.path.startsWith('alembic.op.');
}
/** Calls a function of the file, or of a module of the repository: its body is executed with the arguments. */
function callFunction(callee, given, node, run) {
    const { statement, source, site } = run;
    const enter = () => {
        run.source = callee.source;
        if (callee.source === run.main)
            run.site = undefined;
        else
            run.site ??= { node, name: callee.name };
    };
    const leave = () => {
        run.source = source;
        run.site = site;
    };
    const scope = { names: new Map(), parent: callee.scope, globals: new Set() };
    enter();
    const parts = childrenOf(callee.node);
    const missing = bindParameters(parts.find((part) => part.name === 'ParamList'), given, scope, run);
    leave();
    if (missing)
        return opaque(missing, given, node, run);
    if (suspends(callee.node, callee.source)) {
        const reason = `\`${callee.name}()\` is a generator or a coroutine, whose steps are known only when the migration runs`;
        if (functionReaches(callee, run))
            unreadable(run, reason, node);
        return unknown(reason);
    }
    run.depth++;
    enter();
    try {
        if (callee.node.name === 'LambdaExpression') {
            const body = parts[parts.length - 1];
            return body ? evaluate(body, scope, run) : none;
        }
        const body = parts.find((part) => part.name === 'Body');
        const flow = body ? run.execute(body, scope, run) : undefined;
        if (flow?.kind === 'raise') {
            const reason = `it refuses to run: \`${excerpt(run.source, flow.node)}\``;
            unreadable(run, reason, flow.node);
            return unknown(reason);
        }
        return flow?.kind === 'return'
            ? flow.value
            : flow?.kind === 'lost'
                ? unknown(`what \`${callee.name}()\` gives is known only when the migration runs`)
                : none;
    }
    finally {
        run.depth--;
        run.statement = statement;
        leave();
    }
}
/** Whether a function's body does not run when it is called. */
function suspends(node, source) {
    if (node.firstChild?.name === 'async')
        return true;
    let found = false;
    node.cursor().iterate((at) => {
        if (at.from > node.from && (at.name === 'FunctionDefinition' || at.name === 'LambdaExpression'))
            return false;
        if (at.name === 'YieldStatement' || at.name === 'YieldExpression')
            found = true;
        // As `acceptable` has to write a `yield` without a value.
        if (at.name === 'None' && source.text.startsWith('yield', at.from))
            found = true;
        return !found;
    });
    return found;
}
/** Puts arguments under the names of the parameters. Gives the reason where that is not possible. */
function bindParameters(list, given, scope, run) {
    if (given.named.has('**'))
        return 'arguments given with `**` are known only when the migration runs';
    const nodes = list
        ? childrenOf(list).filter((part) => part.name !== '(' && part.name !== ')' && part.name !== 'TypeDef')
        : [];
    const positional = [...given.positional];
    const named = new Map(given.named);
    for (const group of groupsOf(nodes)) {
        const [first, second, third] = group;
        if (!first)
            continue;
        if (first.name === '/')
            continue;
        if (first.name === '*') {
            if (second)
                scope.names.set(textOf(run.source, second), { kind: 'tuple', items: positional.splice(0) });
        }
        else if (first.name === '**' && second) {
            const entries = [...named].map(([key, value]) => [
                stringOf({ value: key, origins: [{ offset: 0, at: originOf(run, first), verbatim: false }] }),
                value,
            ]);
            scope.names.set(textOf(run.source, second), { kind: 'dict', entries });
            named.clear();
        }
        else {
            const name = textOf(run.source, first);
            const value = positional.shift() ?? named.get(name);
            named.delete(name);
            if (value)
                unpack([first], value, scope, run);
            else if (second?.name === 'AssignOp' && third)
                unpack([first], evaluate(third, scope.parent ?? scope, run), scope, run);
            else
                return `the argument \`${name}\` of a call is missing`;
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/read/alembic/strings.ts


const escapes = {
    '\\': '\\',
    "'": "'",
    '"': '"',
    a: '\x07',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
};
function quotesOf(source, node) {
    let from = node.from;
    let prefix = '';
    while (from < node.to && source.text[from] !== '"' && source.text[from] !== "'")
        prefix += source.text[from++];
    const quote = source.text[from] ?? '';
    const width = source.text.startsWith(quote.repeat(3), from) && node.to - from >= 6 ? 3 : 1;
    const lower = prefix.toLowerCase();
    return { raw: lower.includes('r'), bytes: lower.includes('b'), from: from + width, to: node.to - width };
}
/**
 * The value of the part of a string literal between two offsets, as Python reads it: escapes decoded
 * (https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals), `{{` as `{` in a format string.
 * Undefined where a character is named (`\N{…}`), whose table Python has and we do not.
 */
function decode(source, from, to, raw, format) {
    let value = '';
    const origins = [{ offset: 0, at: from, verbatim: true }];
    const resume = (at) => {
        if (at < to)
            origins.push({ offset: value.length, at, verbatim: true });
    };
    const made = (text, at, next) => {
        if (text !== '')
            origins.push({ offset: value.length, at, verbatim: false });
        value += text;
        resume(next);
        return next;
    };
    let at = from;
    while (at < to) {
        const char = source.text[at] ?? '';
        if (char === '\\' && !raw) {
            const next = source.text[at + 1] ?? '';
            const digits = (pattern, start) => {
                pattern.lastIndex = start;
                return pattern.exec(source.text)?.[0] ?? '';
            };
            const code = (text, radix, width) => {
                const point = Number.parseInt(text, radix);
                return text.length < width || point > 0x10ffff ? undefined : String.fromCodePoint(point);
            };
            if (next === '\n')
                at = made('', at, at + 2);
            else if (next === 'N')
                return undefined;
            else if (next === 'x' || next === 'u' || next === 'U') {
                const width = next === 'x' ? 2 : next === 'u' ? 4 : 8;
                const hex = digits(/[0-9a-fA-F]*/y, at + 2).slice(0, width);
                const decoded = code(hex, 16, width);
                if (decoded === undefined)
                    return undefined;
                at = made(decoded, at, at + 2 + width);
            }
            else if (next >= '0' && next <= '7') {
                const octal = digits(/[0-7]*/y, at + 1).slice(0, 3);
                at = made(code(octal, 8, 1) ?? '', at, at + 1 + octal.length);
            }
            else if (escapes[next] !== undefined)
                at = made(escapes[next], at, at + 2);
            else {
                value += char;
                at++;
            }
        }
        else if (format && (char === '{' || char === '}') && source.text[at + 1] === char) {
            value += char;
            at += 2;
            resume(at);
        }
        else {
            value += char;
            at++;
        }
    }
    const distinct = origins.filter((origin, index) => origins[index + 1]?.offset !== origin.offset);
    return { value, origins: distinct.length > 0 ? distinct : [{ offset: 0, at: from, verbatim: true }] };
}
/** The value of a `String` node. Undefined for bytes, and for characters given by name. */
function stringValue(source, node) {
    const quotes = quotesOf(source, node);
    if (quotes.bytes)
        return undefined;
    return decode(source, quotes.from, Math.max(quotes.from, quotes.to), quotes.raw, false);
}
/**
 * The value of a `FormatString` node; `replacement` gives the text of each `{…}`. Undefined as soon as one part is.
 * What a `{…}` gives is generated at its place, wherever its value was written.
 */
function formatStringValue(source, node, replacement) {
    const quotes = quotesOf(source, node);
    const parts = [];
    let from = quotes.from;
    let known = true;
    const literal = (to) => {
        const part = decode(source, from, to, quotes.raw, true);
        if (part)
            parts.push(part);
        return part !== undefined;
    };
    for (const child of childrenOf(node)) {
        if (child.name !== 'FormatReplacement')
            continue;
        const value = replacement(child);
        known &&= literal(child.from) && value !== undefined;
        parts.push(madeAt(value ?? '', child.from));
        from = child.to;
    }
    known &&= literal(Math.max(from, quotes.to));
    return known ? concatenate(parts) : undefined;
}

;// CONCATENATED MODULE: ./src/read/alembic/evaluate.ts












/** The value of an expression, as far as it can be known. Calls in it that send statements add them to the script. */
function evaluate(node, scope, run) {
    run.depth++;
    step(run);
    const value = evaluateNode(node, scope, run);
    run.depth--;
    return value;
}
function evaluateNode(node, scope, run) {
    const reason = () => `\`${excerpt(run.source, node)}\` is known only when the migration runs`;
    const atRunTime = () => unknown(reason());
    /** For a part that was not evaluated, and may send something when it is. */
    const skipped = (part) => {
        const reaching = mayReach(part, scope, run);
        if (reaching)
            unreadable(run, reason(), part);
        return unknown(reason(), reaching);
    };
    switch (node.name) {
        case 'None':
            return none;
        case 'Boolean':
            return booleanValue(textOf(run.source, node) === 'True');
        case 'Number':
            // `1.` is read without its point.
            return evaluate_number(`${textOf(run.source, node)}${run.source.text[node.to] === '.' ? '.0' : ''}`);
        case 'String':
        case 'FormatString':
        case 'ContinuedString': {
            const text = evaluate_literal(node, scope, run);
            if (!text)
                return atRunTime();
            return stringOf(run.source === run.main ? text : madeAt(text.value, elsewhere));
        }
        case 'VariableName': {
            const name = textOf(run.source, node);
            const value = lookUp(scope, name);
            if (value)
                return resolve(value, run);
            if (builtins.has(name))
                return { kind: 'imported', path: `builtins.${name}` };
            return unknown(`\`${name}\` is not defined in this file`, true);
        }
        case 'ParenthesizedExpression':
        case 'AwaitExpression': {
            const inner = childrenOf(node).find((child) => child.name !== '(' && child.name !== ')' && child.name !== 'await');
            return inner ? evaluate(inner, scope, run) : atRunTime();
        }
        case 'TupleExpression':
        case 'ArrayExpression':
        case 'SetExpression': {
            const items = sequence(childrenOf(node).slice(1, -1), scope, run);
            const kind = node.name === 'TupleExpression' ? 'tuple' : node.name === 'SetExpression' ? 'set' : 'list';
            return items ? { kind, items } : atRunTime();
        }
        case 'DictionaryExpression':
            return dictionary(node, scope, run) ?? atRunTime();
        case 'ArrayComprehensionExpression':
        case 'ComprehensionExpression':
        case 'SetComprehensionExpression':
        case 'DictionaryComprehensionExpression':
            return comprehension(node, scope, run) ?? skipped(node);
        case 'CallExpression': {
            const [calleeNode, list] = childrenOf(node);
            if (!calleeNode || !list)
                return atRunTime();
            const callee = evaluate(calleeNode, scope, run);
            return call(callee, argumentsOf(list, scope, run), node, run);
        }
        case 'MemberExpression':
            return member(node, scope, run);
        case 'ConditionalExpression': {
            const [whenTrue, , test, , whenFalse] = childrenOf(node);
            if (!whenTrue || !test || !whenFalse)
                return atRunTime();
            const decided = truth(evaluate(test, scope, run));
            if (decided !== undefined)
                return evaluate(decided ? whenTrue : whenFalse, scope, run);
            skipped(whenTrue);
            return skipped(whenFalse);
        }
        case 'NamedExpression': {
            const [target, , right] = childrenOf(node);
            if (!target || !right)
                return atRunTime();
            const value = evaluate(right, scope, run);
            values_assign(scope, textOf(run.source, target), value);
            return value;
        }
        case 'UnaryExpression': {
            const [operator, operand] = childrenOf(node);
            if (!operator || !operand)
                return atRunTime();
            const value = evaluate(operand, scope, run);
            if (operator.name !== 'not')
                return arithmetic(textOf(run.source, operator), [value]) ?? atRunTime();
            const known = truth(value);
            return known === undefined ? atRunTime() : booleanValue(!known);
        }
        case 'BinaryExpression':
            return binary(node, scope, run) ?? atRunTime();
        case 'LambdaExpression':
            return { kind: 'function', node, name: 'lambda', scope, source: run.source };
        default:
            return skipped(node);
    }
}
function evaluate_number(text) {
    const plain = text.replaceAll('_', '');
    const value = Number(plain);
    if (Number.isNaN(value))
        return unknown(`the number ${text} is not read`);
    return { kind: 'number', value, text: /^0[xob]/i.test(plain) ? String(value) : plain };
}
/** The text of a string literal, of a format string whose parts are known, or of several written side by side. */
function evaluate_literal(node, scope, run) {
    if (node.name === 'String')
        return stringValue(run.source, node);
    if (node.name === 'FormatString') {
        return formatStringValue(run.source, node, (replacement) => {
            const parts = childrenOf(replacement).filter((part) => part.name !== '{' && part.name !== '}');
            const [expression, ...extras] = parts;
            if (!expression)
                return undefined;
            const value = evaluate(expression, scope, run);
            if (extras.length === 0)
                return printed(value);
            const [extra] = extras;
            if (extras.length > 1 || !extra)
                return undefined;
            if (extra.name === 'FormatConversion') {
                const conversion = textOf(run.source, extra);
                return conversion === '!r' ? represented(value) : conversion === '!s' ? printed(value) : undefined;
            }
            if (extra.name === 'FormatSpec' && !extra.firstChild?.nextSibling) {
                return formatted(value, textOf(run.source, extra).slice(1));
            }
            return undefined;
        });
    }
    const parts = childrenOf(node).map((part) => evaluate_literal(part, scope, run));
    return parts.includes(undefined) ? undefined : concatenate(parts.filter((part) => part !== undefined));
}
/** The values of `a, b, *c`. Undefined where a starred one is not known. */
function sequence(nodes, scope, run) {
    const items = [];
    let known = true;
    for (const [first, second] of groupsOf(nodes)) {
        if (!first)
            continue;
        if (first.name === '*' && second) {
            const list = iterated(evaluate(second, scope, run));
            items.push(...(list ?? []));
            known &&= list !== undefined;
        }
        else
            items.push(evaluate(first, scope, run));
    }
    return known ? items : undefined;
}
/** The value of `a` or of `a, b`, which is a tuple. */
function evaluateList(nodes, scope, run) {
    const [only] = nodes;
    if (only && nodes.length === 1 && only.name !== '*')
        return evaluate(only, scope, run);
    const items = sequence(nodes, scope, run);
    return items ? { kind: 'tuple', items } : unknown('a list is known only when the migration runs');
}
function dictionary(node, scope, run) {
    const entries = [];
    let known = true;
    for (const group of groupsOf(childrenOf(node).slice(1, -1))) {
        const [key, , value] = group;
        if (key?.name === '**' && group[1]) {
            const spread = evaluate(group[1], scope, run);
            known &&= spread.kind === 'dict';
            if (spread.kind === 'dict')
                for (const [name, item] of spread.entries)
                    setEntry(entries, name, item);
        }
        else if (key && value)
            setEntry(entries, evaluate(key, scope, run), evaluate(value, scope, run));
    }
    return known ? { kind: 'dict', entries } : undefined;
}
/** `f(x for x in y)`: a comprehension without brackets of its own. */
function generated(parts, scope, run) {
    const value = comprehensionOf(parts, 'ComprehensionExpression', scope, run);
    if (value)
        return value;
    const reaching = parts.filter((part) => mayReach(part, scope, run));
    const reason = 'what a list is made from is known only when the migration runs';
    if (reaching[0])
        unreadable(run, reason, reaching[0]);
    return unknown(reason, reaching.length > 0);
}
function comprehension(node, scope, run) {
    return comprehensionOf(childrenOf(node).slice(1, -1), node.name, scope, run);
}
function comprehensionOf(parts, kind, scope, run) {
    const at = parts.findIndex((part) => part.name === 'for');
    const [key, , mapped] = parts;
    if (at < 0 || !key)
        return undefined;
    const items = [];
    const entries = [];
    const inner = { names: new Map(), parent: scope, globals: new Set() };
    const clause = (rest) => {
        const [word] = rest;
        if (!word) {
            if (kind === 'DictionaryComprehensionExpression') {
                if (!mapped)
                    return false;
                setEntry(entries, evaluate(key, inner, run), evaluate(mapped, inner, run));
            }
            else
                items.push(evaluate(key, inner, run));
            return true;
        }
        const next = rest.findIndex((part, index) => index > 0 && (part.name === 'for' || part.name === 'if'));
        const end = next < 0 ? rest.length : next;
        if (word.name === 'if') {
            const test = rest[1] ? truth(evaluate(rest[1], inner, run)) : undefined;
            return test === undefined ? false : !test || clause(rest.slice(end));
        }
        const isIn = rest.findIndex((part) => part.name === 'in');
        const source = rest[isIn + 1];
        if (word.name !== 'for' || isIn < 0 || !source)
            return false;
        const over = iterated(evaluate(source, inner, run));
        if (!over)
            return false;
        return over.every((item) => {
            step(run);
            unpack(rest.slice(1, isIn), item, inner, run);
            return clause(rest.slice(end));
        });
    };
    if (!clause(parts.slice(at)))
        return undefined;
    if (kind === 'DictionaryComprehensionExpression')
        return { kind: 'dict', entries };
    return { kind: kind === 'SetComprehensionExpression' ? 'set' : 'list', items };
}
/** What a call is given: the values of its `ArgList`. */
function argumentsOf(list, scope, run) {
    const positional = [];
    const named = new Map();
    const nodes = childrenOf(list).slice(1, -1);
    for (const group of groupsOf(nodes)) {
        const [first, second, third] = group;
        if (!first)
            continue;
        if (first.name === '*' && second) {
            const value = evaluate(second, scope, run);
            const list = iterated(value);
            if (list)
                positional.push(...list);
            else {
                positional.push(value.kind === 'unknown' ? value : unknown('a list of arguments is known only when the migration runs'));
                named.set('**', none);
            }
        }
        else if (first.name === '**' && second) {
            const value = evaluate(second, scope, run);
            if (value.kind !== 'dict')
                named.set('**', value);
            else
                for (const [key, item] of value.entries)
                    named.set(printed(key) ?? '**', item);
        }
        else if (second?.name === 'AssignOp' && third)
            named.set(textOf(run.source, first), evaluate(third, scope, run));
        else if (second?.name === 'for')
            positional.push(generated(group, scope, run));
        else
            positional.push(evaluate(first, scope, run));
    }
    return { positional, named };
}
function member(node, scope, run) {
    const [of, dot, ...rest] = childrenOf(node);
    if (!of || !dot)
        return none;
    const value = evaluate(of, scope, run);
    if (dot.name === '.')
        return resolve(attributeOf(value, rest[0] ? textOf(run.source, rest[0]) : ''), run);
    // `TypeDecorator[str]` is the class for a type checker.
    if (value.kind === 'imported' && symbol(value))
        return value;
    const inside = rest.slice(0, -1);
    const atRunTime = unknown(`\`${excerpt(run.source, node)}\` is known only when the migration runs`, value.kind === 'unknown' && value.reaches);
    const colon = inside.findIndex((part) => part.name === ':');
    if (colon >= 0) {
        const bound = (part) => {
            const limit = part ? evaluate(part, scope, run) : undefined;
            return limit?.kind === 'number' ? limit.value : undefined;
        };
        const [from, to] = [bound(inside[colon - 1]), bound(inside[colon + 1])];
        const unclear = (colon > 0 && from === undefined) || (inside.length > colon + 1 && to === undefined);
        if (unclear || inside.length > colon + 2)
            return atRunTime;
        if (value.kind === 'list' || value.kind === 'tuple')
            return { kind: value.kind, items: value.items.slice(from ?? 0, to) };
        if (value.kind !== 'string')
            return atRunTime;
        const length = value.text.value.length;
        const clamp = (limit) => Math.min(length, Math.max(0, limit < 0 ? length + limit : limit));
        return stringOf(slice(value.text, clamp(from ?? 0), Math.max(clamp(from ?? 0), clamp(to ?? length))));
    }
    const [keyNode] = inside;
    if (!keyNode || inside.length > 1)
        return atRunTime;
    const key = evaluate(keyNode, scope, run);
    if (value.kind === 'dict')
        return value.entries.find(([known]) => equal(known, key))?.[1] ?? atRunTime;
    if (isSequence(value) && key.kind === 'number')
        return value.items.at(key.value) ?? atRunTime;
    if (key.kind !== 'string')
        return atRunTime;
    if (value.kind === 'attribute')
        return { kind: 'attribute', of: value, name: key.text.value };
    return enumMembers(value)?.find((known) => known.name === key.text.value) ?? atRunTime;
}
function binary(node, scope, run) {
    const parts = childrenOf(node);
    const [left, right] = [parts[0], parts[parts.length - 1]];
    if (!left || !right || parts.length < 3)
        return undefined;
    const operator = parts
        .slice(1, -1)
        .map((part) => textOf(run.source, part))
        .join(' ');
    const first = evaluate(left, scope, run);
    if (operator === 'and' || operator === 'or') {
        const known = truth(first);
        if (known !== undefined)
            return known === (operator === 'or') ? first : evaluate(right, scope, run);
        if (mayReach(right, scope, run)) {
            unreadable(run, `whether \`${excerpt(run.source, right)}\` runs is known only when the migration runs`, right);
            return unknown('an answer is known only when the migration runs', true);
        }
        const second = truth(evaluate(right, scope, run));
        return second === (operator === 'or') ? booleanValue(operator === 'or') : undefined;
    }
    const second = evaluate(right, scope, run);
    if (chained(left))
        return undefined;
    return compare(operator, first, second) ?? arithmetic(operator, [first, second]);
}
/** `a < b < c` is not `(a < b) < c` in Python. */
function chained(left) {
    return left.name === 'BinaryExpression' && childrenOf(left)[1]?.name === 'CompareOp';
}

;// CONCATENATED MODULE: ./src/read/alembic/definitions.ts





/** `import a.b as c`, `from a.b import (c as d)`. */
function imports(node, scope, run) {
    const parts = childrenOf(node).filter((part) => part.name !== '(' && part.name !== ')');
    const at = parts.findIndex((part) => part.name === 'import');
    const module = parts
        .slice(1, Math.max(at, 1))
        .map((part) => textOf(run.source, part))
        .join('')
        .replace(/^\.+/, (dots) => packageAbove(run.source, dots.length));
    const from = parts[0]?.name === 'from';
    for (const group of groupsOf(parts.slice(at + 1))) {
        const as = group.findIndex((part) => part.name === 'as');
        const path = (as < 0 ? group : group.slice(0, as)).map((part) => textOf(run.source, part)).join('');
        const alias = as < 0 ? undefined : group[as + 1];
        if (path === '*')
            continue;
        if (from)
            values_assign(scope, alias ? textOf(run.source, alias) : path, {
                kind: 'imported',
                path: `${module}${module.endsWith('.') ? '' : '.'}${path}`,
            });
        else if (alias)
            values_assign(scope, textOf(run.source, alias), { kind: 'imported', path });
        else
            values_assign(scope, path.split('.')[0] ?? path, { kind: 'imported', path: path.split('.')[0] ?? path });
    }
}
/** What the dots of `from ..a import b` stand for. Where there is no such package they stay: nothing is found under such a name. */
function packageAbove({ module }, dots) {
    const names = module?.name.split('.') ?? [];
    const kept = names.slice(0, names.length - dots + (module?.isPackage ? 1 : 0));
    return kept.length > 0 ? `${kept.join('.')}.` : '.'.repeat(dots);
}
/** A class: its constants, its columns if it maps a table, its members if it is an enum. */
function classDefinition(node, scope, run) {
    const parts = childrenOf(node);
    const name = textOf(run.source, parts.find((part) => part.name === 'VariableName') ?? node);
    const list = parts.find((part) => part.name === 'ArgList');
    const body = parts.find((part) => part.name === 'Body');
    const bases = list
        ? groupsOf(childrenOf(list).slice(1, -1)).flatMap((group) => group[0] && group.length === 1 ? [evaluate(group[0], scope, run)] : [])
        : [];
    const inner = { names: new Map(), parent: scope, globals: new Set() };
    if (body)
        run.execute(body, inner, run);
    const isEnum = isEnumClass({ bases });
    const members = new Map();
    for (const [key, value] of inner.names) {
        const isMember = isEnum && !key.startsWith('_') && value.kind !== 'function' && value.kind !== 'class';
        // A method does not see the names of its class.
        const own = value.kind === 'function' && value.scope === inner ? { ...value, scope } : value;
        members.set(key, isMember ? { kind: 'enum member', name: key, value } : own);
    }
    const value = {
        kind: 'class',
        name,
        bases,
        members,
        method: (method, positional) => {
            const member = memberOf(value, method);
            if (member?.kind !== 'function')
                return member && unknown(`\`${name}.${method}\` is not a plain method`);
            const quiet = { ...run, sends: false, site: undefined };
            return call(member, { positional, named: new Map() }, node, quiet);
        },
        isCompiled: new RegExp(`\\bcompiles\\(\\s*${name}\\b`).test(run.source.text),
    };
    values_assign(scope, name, value);
}
/** `def name(…)`. */
function functionDefinition(node, scope, run) {
    const part = childrenOf(node).find(({ name }) => name === 'VariableName');
    if (!part)
        return;
    const name = textOf(run.source, part);
    values_assign(scope, name, { kind: 'function', node, name, scope, source: run.source });
}
/** What a decorator makes of a function or class is not known. */
function decorated(node, scope, run) {
    const definition = childrenOf(node).find((part) => part.name === 'FunctionDefinition' || part.name === 'ClassDefinition');
    const name = definition && childrenOf(definition).find((part) => part.name === 'VariableName');
    if (!definition || !name)
        return;
    if (definition.name === 'ClassDefinition') {
        classDefinition(definition, scope, run);
        return;
    }
    const word = textOf(run.source, name);
    values_assign(scope, word, unknown(`\`${word}\` is decorated, so what it does is known only when the migration runs`, true));
}

;// CONCATENATED MODULE: ./src/read/alembic/forget.ts



const reason = 'a value that depends on a condition is known only when the migration runs';
/**
 * Makes the names that code defines when it runs, and the lists that it may change, unknown: for code that may or may not run. What is
 * called under such a name afterwards may send statements if anything in its definition could.
 */
function forget(node, scope, run) {
    const reaching = mayReach(node, scope, run);
    const lose = (targets, reaches) => {
        for (const target of targets) {
            if (target.name === 'VariableName')
                loseName(textOf(run.source, target), reaches);
            else if (target.name === 'MemberExpression')
                loseContainer(target);
            else
                lose(childrenOf(target), reaches);
        }
    };
    const loseName = (name, reaches) => {
        // It may also keep the value that it has, or that another branch gave it.
        const before = lookUp(scope, name);
        values_assign(scope, name, unknown(reason, reaches || (before !== undefined && holds(before, run))));
    };
    const loseContainer = (member) => {
        const owner = member?.firstChild;
        if (owner?.name !== 'VariableName')
            return;
        const name = textOf(run.source, owner);
        if (['list', 'dict', 'set'].includes(lookUp(scope, name)?.kind ?? ''))
            values_assign(scope, name, unknown(reason, reaching));
    };
    node.cursor().iterate((at) => {
        const parts = childrenOf(at.node);
        const first = (...names) => parts.findIndex((part) => names.includes(part.name));
        switch (at.name) {
            case 'LambdaExpression':
                return false;
            case 'FunctionDefinition':
            case 'ClassDefinition':
                lose(parts.slice(0, first('ParamList', 'ArgList', 'Body')), true);
                return false;
            case 'ImportStatement':
                lose(parts.slice(first('import')), true);
                break;
            case 'AssignStatement': {
                const right = parts.slice(parts.findLastIndex((part) => part.name === 'AssignOp') + 1);
                const holding = reaching || right.some((part) => mayHold(part, scope, run));
                lose(parts.slice(0, Math.max(0, first('AssignOp', 'TypeDef'))), holding);
                break;
            }
            case 'UpdateStatement':
            case 'NamedExpression':
                lose(parts.slice(0, 1), reaching);
                break;
            case 'ForStatement':
                lose(parts.slice(1, Math.max(1, first('in'))), reaching);
                break;
            case 'WithStatement':
                for (const [index, part] of parts.entries())
                    if (part.name === 'as')
                        lose(parts.slice(index + 1, index + 2), true);
                break;
            case 'CallExpression':
                // `list.append(…)`: the list may or may not have grown.
                loseContainer(parts[0]);
                break;
        }
        return true;
    });
}

;// CONCATENATED MODULE: ./src/read/alembic/loops.ts







const next = { kind: 'next' };
/** `for`: over a list that is known, its body is executed for each item; over anything else it is not read. */
function loop(node, scope, run) {
    const parts = childrenOf(node).filter((part) => part.name !== 'async');
    const isIn = parts.findIndex((part) => part.name === 'in');
    const bodyAt = parts.findIndex((part) => part.name === 'Body');
    const body = parts[bodyAt];
    const otherwise = parts[bodyAt + 2];
    if (isIn < 0 || !body)
        return next;
    const over = parts.slice(isIn + 1, bodyAt);
    const list = iterated(evaluateList(over, scope, run));
    if (!list) {
        const [first] = over;
        undecided(node, `what this loop goes through (\`${first ? excerpt(run.source, first) : ''}\`) is known only when the migration runs`, scope, run);
        return next;
    }
    for (const item of [...list]) {
        unpack(parts.slice(1, isIn), item, scope, run);
        const flow = run.execute(body, scope, run);
        if (flow.kind === 'break')
            return next;
        if (flow.kind === 'lost' && flow.of === 'loop') {
            if (mayReach(body, scope, run))
                lose(flow, run);
            forget(node, scope, run);
            return next;
        }
        if (flow.kind !== 'next' && flow.kind !== 'continue')
            return flow;
    }
    return otherwise?.name === 'Body' ? run.execute(otherwise, scope, run) : next;
}
/**
 * `while`: with counters that are known it is executed round by round. One whose end depends on data (`while True:` with a `break`,
 * `while result.rowcount:`) is read once, and what it sends stands for every round.
 */
function whileLoop(node, scope, run) {
    const [, test, body] = childrenOf(node);
    if (!test || !body)
        return next;
    const { length } = run.sink;
    const saved = new Map(scope.names);
    for (let round = 0; round < 1000; round++) {
        const decision = truth(evaluate(test, scope, run));
        if (decision === false)
            return next;
        if (decision === undefined && round === 0) {
            undecided(node, `how often this loop runs depends on \`${excerpt(run.source, test)}\`, which is known only when the migration runs`, scope, run);
            return next;
        }
        // Back to before the first round, for one round that stands for all.
        const restart = () => {
            run.sink.length = length;
            for (const [name, value] of saved)
                scope.names.set(name, value);
            return everyRound(body, scope, run);
        };
        if (decision === undefined || endsByData(test, body))
            return restart();
        const flow = run.execute(body, scope, run);
        if (flow.kind === 'lost' && flow.of === 'loop')
            return restart();
        if (flow.kind === 'break')
            return next;
        if (flow.kind !== 'next' && flow.kind !== 'continue')
            return flow;
    }
    return next;
}
/** `while True:` and `while 1:` end by what is found inside. */
function endsByData(test, body) {
    const last = childrenOf(body).at(-1);
    return (test.name === 'Boolean' || test.name === 'Number') && last?.name !== 'BreakStatement';
}
function everyRound(body, scope, run) {
    forget(body, scope, run);
    const { repeated } = run;
    run.repeated = true;
    const flow = run.execute(body, scope, run);
    run.repeated = repeated;
    forget(body, scope, run);
    return flow.kind === 'raise' || flow.kind === 'return' || flow.kind === 'lost' ? flow : next;
}

;// CONCATENATED MODULE: ./src/read/alembic/statements.ts










const statements_next = { kind: 'next' };
/** Executes the statements of a body or of a whole file, one after the other. */
function execute(body, scope, run) {
    const statements = childrenOf(body).filter((statement) => statement.name !== ':');
    for (const [index, statement] of statements.entries()) {
        const flow = executeOne(statement, scope, run);
        if (flow.kind === 'lost') {
            const rest = statements.slice(index + 1);
            if (rest.some((other) => mayReach(other, scope, run)))
                lose(flow, run);
            for (const other of rest)
                forget(other, scope, run);
        }
        if (flow.kind !== 'next')
            return flow;
    }
    return statements_next;
}
/** Tells once, at the place where it was lost, that what follows is not read. */
function lose(flow, run) {
    begin(run, flow.node);
    unreadable(run, flow.reason, flow.node);
}
function executeOne(node, scope, run) {
    step(run);
    begin(run, node);
    switch (node.name) {
        case 'StatementGroup':
            return execute(node, scope, run);
        case 'ExpressionStatement':
            for (const group of groupsOf(childrenOf(node)))
                if (group[0])
                    evaluate(group[0], scope, run);
            return statements_next;
        case 'AssignStatement':
            assignment(node, scope, run);
            return statements_next;
        case 'UpdateStatement': {
            const [target, operator, right] = childrenOf(node);
            if (!target || !operator || !right)
                return statements_next;
            const symbol = textOf(run.source, operator).slice(0, -1);
            const [left, value] = [evaluate(target, scope, run), evaluate(right, scope, run)];
            unpack([target], arithmetic(symbol, [left, value]) ??
                unknown(`\`${excerpt(run.source, node)}\` is known only when the migration runs`), scope, run);
            return statements_next;
        }
        case 'ReturnStatement': {
            const values = childrenOf(node).slice(1);
            return { kind: 'return', value: values.length > 0 ? evaluateList(values, scope, run) : none };
        }
        case 'RaiseStatement':
            return { kind: 'raise', node };
        case 'BreakStatement':
            return { kind: 'break' };
        case 'ContinueStatement':
            return { kind: 'continue' };
        case 'ImportStatement':
            imports(node, scope, run);
            return statements_next;
        case 'ScopeStatement':
            for (const name of childrenOf(node).slice(1))
                if (node.firstChild?.name === 'global')
                    scope.globals.add(textOf(run.source, name));
            return statements_next;
        case 'DeleteStatement':
            for (const name of childrenOf(node).slice(1))
                if (name.name === 'VariableName')
                    scope.names.delete(textOf(run.source, name));
            return statements_next;
        case 'FunctionDefinition':
            functionDefinition(node, scope, run);
            return statements_next;
        case 'ClassDefinition':
            classDefinition(node, scope, run);
            return statements_next;
        case 'DecoratedStatement':
            decorated(node, scope, run);
            return statements_next;
        case 'IfStatement':
            return conditional(node, scope, run);
        case 'ForStatement':
            return loop(node, scope, run);
        case 'WhileStatement':
            return whileLoop(node, scope, run);
        case 'TryStatement':
            return attempt(node, scope, run);
        case 'WithStatement':
            return withBlock(node, scope, run);
        case 'AssertStatement':
            for (const [test] of groupsOf(childrenOf(node).slice(1)))
                if (test)
                    evaluate(test, scope, run);
            return statements_next;
        case 'PassStatement':
        case 'PrintStatement':
        case 'TypeDefinition':
            return statements_next;
        default:
            undecided(node, `\`${excerpt(run.source, node)}\` is not read`, scope, run);
            return statements_next;
    }
}
/** Tells that a statement is not followed, if it could send anything, and forgets what it assigns. */
function undecided(node, reason, scope, run) {
    begin(run, node);
    if (mayReach(node, scope, run))
        unreadable(run, reason, node);
    forget(node, scope, run);
}
function assignment(node, scope, run) {
    const parts = childrenOf(node).filter((part) => part.name !== 'TypeDef');
    const groups = [[]];
    for (const part of parts) {
        if (part.name === 'AssignOp')
            groups.push([]);
        else
            groups[groups.length - 1]?.push(part);
    }
    const right = groups.pop();
    if (!right || groups.length === 0)
        return;
    const value = evaluateList(right, scope, run);
    for (const targets of groups)
        unpack(targets, value, scope, run);
}
function conditional(node, scope, run) {
    const parts = childrenOf(node);
    for (let at = 0; at < parts.length; at++) {
        const word = parts[at];
        if (word?.name === 'else')
            return parts[at + 1] ? execute(parts[at + 1], scope, run) : statements_next;
        if (word?.name !== 'if' && word?.name !== 'elif')
            continue;
        const test = parts[at + 1];
        const body = parts[at + 2];
        if (!test || !body || body.name !== 'Body')
            return statements_next;
        begin(run, node);
        const value = evaluate(test, scope, run);
        const decision = truth(value);
        if (decision === true)
            return execute(body, scope, run);
        if (decision === undefined)
            return openConditional(node, parts.slice(at), excerpt(run.source, test), scope, run);
        at += 2;
    }
    return statements_next;
}
/** An `if` that only the running migration decides: what is in it is not read. */
function openConditional(node, rest, test, scope, run) {
    const depends = `depends on \`${test}\`, which is known only when the migration runs`;
    const bodies = rest.filter((part) => part.name === 'Body');
    begin(run, node);
    if (bodies.some((body) => mayReach(body, scope, run)))
        unreadable(run, `what is done here ${depends}`, node);
    for (const body of bodies)
        forget(body, scope, run);
    // A branch that raises ends the migration: what follows is what runs otherwise.
    if (bodies.some((body) => leaves(body, ['ReturnStatement']))) {
        return { kind: 'lost', of: 'function', reason: `what follows here ${depends}`, node };
    }
    if (!run.repeated && bodies.some((body) => leaves(body, ['BreakStatement', 'ContinueStatement']))) {
        return { kind: 'lost', of: 'loop', reason: `how this loop goes on ${depends}`, node };
    }
    return statements_next;
}
/** Whether a body holds one of these statements for the block around it. */
function leaves(body, names) {
    let found = false;
    body.cursor().iterate((at) => {
        if (at.name === 'FunctionDefinition' || at.name === 'LambdaExpression')
            return false;
        if ((at.name === 'ForStatement' || at.name === 'WhileStatement') && !names.includes('ReturnStatement'))
            return false;
        if (names.includes(at.name))
            found = true;
        return !found;
    });
    return found;
}
/**
 * The `try` part, `else` and `finally` run when nothing fails; a handler that sends something runs only when it does. After a part that
 * could not be read it is not known which of the two happens.
 */
function attempt(node, scope, run) {
    const parts = childrenOf(node);
    const handlers = parts.filter((part, index) => part.name === 'Body' && sectionOf(parts, index) === 'except');
    let flow = statements_next;
    let handled;
    for (const [index, part] of parts.entries()) {
        if (part.name !== 'Body')
            continue;
        const section = sectionOf(parts, index);
        if (section === 'except') {
            begin(run, part);
            if (mayReach(part, scope, run))
                unreadable(run, 'this runs only when the statements before it fail', part);
            if (flow.kind === 'raise')
                handled = statements_next;
            forget(part, scope, run);
        }
        else if (section === 'finally' || flow.kind === 'next') {
            const ended = section === 'try' && handlers.length > 0 ? guarded(part, scope, run) : execute(part, scope, run);
            if (flow.kind === 'next' || ended.kind !== 'next')
                flow = ended;
        }
    }
    return handled ?? flow;
}
/** Which part of a `try` statement a body belongs to. */
function sectionOf(parts, index) {
    const words = parts.slice(0, index).filter((part) => ['try', 'except', 'else', 'finally'].includes(part.name));
    return words.at(-1)?.name ?? '';
}
/** Executes a body whose errors are caught: where a part of it is not read, it may have failed, and the rest may not run. */
function guarded(body, scope, run) {
    const statements = childrenOf(body).filter((statement) => statement.name !== ':');
    for (const [index, statement] of statements.entries()) {
        const known = run.unreadableCount;
        const flow = executeOne(statement, scope, run);
        if (flow.kind !== 'next')
            return flow;
        const rest = statements.slice(index + 1);
        if (run.unreadableCount === known)
            continue;
        for (const other of rest)
            undecided(other, 'whether this runs depends on whether what stands before it fails', scope, run);
        return statements_next;
    }
    return statements_next;
}
function withBlock(node, scope, run) {
    const parts = childrenOf(node);
    const body = parts.find((part) => part.name === 'Body');
    const ends = [];
    for (const group of groupsOf(statements_withoutParentheses(parts.filter((part) => part !== body && part.name !== 'with' && part.name !== 'async')))) {
        const [expression, , name] = group;
        if (!expression)
            continue;
        const value = evaluate(expression, scope, run);
        if (name)
            unpack([name], value.kind === 'unknown' ? value : entered(value), scope, run);
        if (value.kind === 'batch') {
            ends.push(() => {
                run.sink.push(...value.batch.held
                    .splice(0)
                    .map((part) => (part.kind === 'sql' ? { ...part, inBatch: true } : part)));
            });
        }
        else if (value.kind === 'live' && value.what === 'autocommit block') {
            const before = run.autocommit;
            run.autocommit = true;
            ends.push(() => {
                run.autocommit = before;
            });
        }
        else if (value.kind === 'live' && value.what === 'savepoint') {
            emit(run, 'SAVEPOINT sa_savepoint_1', expression);
            ends.push(() => emit(run, 'RELEASE SAVEPOINT sa_savepoint_1', expression));
        }
    }
    const flow = body ? execute(body, scope, run) : statements_next;
    for (const end of ends.reverse())
        end();
    return flow;
}
/** `with (a, b):` enters both: what looks like a tuple is not one. */
function statements_withoutParentheses(parts) {
    const [only] = parts;
    return parts.length === 1 && only?.name === 'TupleExpression' ? childrenOf(only).slice(1, -1) : parts;
}
/** What `with … as name` gives: mostly the object itself. */
function entered(value) {
    return value.kind === 'live' || value.kind === 'batch'
        ? value
        : unknown(whyNot(value, 'what a `with` statement gives'));
}

;// CONCATENATED MODULE: ./src/read/alembic/environment.ts








/** Of a project without an `env.py`, and what Alembic's own template does: one transaction for all migrations. */
const plainEnvironment = { transaction: 'run', patterns: undefined, problems: [] };
/**
 * Reads `env.py` without running it. What is not decided there is read as Alembic's default: one transaction for all.
 * @param hasFolders the configuration names the folders of the version files
 */
function readEnvironment(file, text, modules, hasFolders) {
    const source = parsePython(file, text);
    const error = firstError(source);
    if (error) {
        const at = locate(source, error);
        const why = `It could not be read as Python (line ${at.line}, column ${at.column}).`;
        return { ...plainEnvironment, problems: [{ what: file, why, at }] };
    }
    const found = nodesOf(source);
    const problems = found.folders && !hasFolders ? [ownFolders(source, found.folders)] : [];
    const { calls, assigned } = configurations(source, found, modules);
    const online = calls.filter(({ named }) => !named.has('url'));
    const used = online.length > 0 ? online : calls;
    const patterns = used.map(({ named }) => assigned ?? conventionOf(named.get('target_metadata')));
    return {
        // In a transaction that somebody else began, Alembic begins none.
        transaction: used.length > 0 && !found.begins && used.every(oneForEach) ? 'script' : 'run',
        patterns: patterns[0] && patterns.every((each) => each === patterns[0]) ? patterns[0] : undefined,
        problems,
    };
}
/** https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.environment.EnvironmentContext.configure */
function oneForEach({ named }) {
    const is = (name) => {
        const value = named.get(name);
        return value && truth(value);
    };
    // Where the database is said to have no transactional DDL, each migration is in one of its own.
    return is('transaction_per_migration') === true || is('transactional_ddl') === false;
}
function nodesOf(source) {
    const configure = [];
    let begins = false;
    let folders;
    const naming = [];
    source.tree.cursor().iterate(({ node, name }) => {
        const written = name === 'CallExpression' && node.firstChild ? textOf(source, node.firstChild) : '';
        if (/(^|\.)configure$/.test(written))
            configure.push(node);
        if (written.endsWith('.begin'))
            begins = true;
        if (name === 'AssignStatement' && /\.naming_convention\s*=/.test(textOf(source, node)))
            naming.push(node);
        if (name === 'PropertyName' && textOf(source, node) === 'version_locations')
            folders ??= node;
        if (name === 'String' && /^.version_locations.$/.test(textOf(source, node)))
            folders ??= node;
    });
    return { configure, begins, folders, naming };
}
function ownFolders(source, node) {
    return {
        what: source.file,
        why: 'It sets `version_locations` itself, which is not followed. Name the folders in the configuration file.',
        at: locate(source, node),
    };
}
/** What each `context.configure(…)` is given, as far as the module's own names tell, and the convention that is set on its metadata. */
function configurations(source, found, modules) {
    const run = { ...newRun(source, { ...noSurroundings, modules }, false, execute), sharing: false };
    const scope = { names: new Map(), parent: undefined, globals: new Set() };
    try {
        execute(source.tree.topNode, scope, run);
        const lists = found.configure.flatMap((node) => node.getChild('ArgList') ?? []);
        const [naming, ...others] = found.naming;
        const [target, , value] = naming ? childrenOf(naming) : [];
        const isTarget = target && others.length === 0 && isMetadata(textOf(source, target), source);
        run.steps = 0;
        return {
            calls: lists.map((list) => argumentsOf(list, scope, run)),
            assigned: isTarget && value ? patternsOf(evaluate(value, scope, run)) : undefined,
        };
    }
    catch (problem) {
        if (problem instanceof Endless || problem instanceof RangeError)
            return { calls: [], assigned: undefined };
        throw problem;
    }
}
/** Whether `x.naming_convention` is that of `target_metadata`, by its own name or by the one that it is given. */
function isMetadata(written, source) {
    const owner = written.slice(0, -'.naming_convention'.length);
    const given = [...source.text.matchAll(/^target_metadata\s*=\s*([\w.]+)\s*(?:#.*)?$/gm)].map((match) => match[1]);
    return owner === 'target_metadata' || (given.length === 1 && given[0] === owner);
}
/** The convention of `MetaData(naming_convention={…})`, wherever it is found behind `Base.metadata`. Undefined: none is found. */
function conventionOf(metadata, depth = 0) {
    if (metadata === undefined || depth > 10)
        return undefined;
    if (isCallOf(metadata, 'MetaData'))
        return patternsOf(metadata.given.named.get('naming_convention'));
    if (metadata.kind !== 'attribute' || metadata.name !== 'metadata')
        return undefined;
    const { of } = metadata;
    if (of.kind !== 'call')
        return undefined;
    // `declarative_base(metadata=…)`, `SQLAlchemy(metadata=…)` of Flask; or `registry(metadata=…).generate_base()`.
    const { callee } = of;
    const maker = callee.kind === 'attribute' && callee.name === 'generate_base' ? callee.of : of;
    return maker.kind === 'call' ? conventionOf(maker.given.named.get('metadata'), depth + 1) : undefined;
}
const known = new WeakMap();
/** The patterns by kind. Undefined where one of them is not a text. */
function patternsOf(value) {
    if (value?.kind !== 'dict')
        return undefined;
    const before = known.get(value);
    if (before)
        return before;
    const patterns = new Map();
    for (const [key, pattern] of value.entries) {
        if (key.kind !== 'string')
            return undefined;
        if (pattern.kind === 'string')
            patterns.set(key.text.value, pattern.text.value);
        else if (['ix', 'uq', 'ck', 'fk', 'pk'].includes(key.text.value))
            return undefined;
    }
    known.set(value, patterns);
    return patterns;
}

;// CONCATENATED MODULE: ./src/read/alembic/graph.ts
/**
 * Orders revisions so that each comes after its parents and after what it depends on; where that leaves a choice, by file path. Several
 * heads are no problem for reading. Missing parents, revisions that two files claim, and cycles are faults.
 */
function order(files, isNew = () => false) {
    const faults = [];
    const byPath = [...files].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
    const revisions = new Map();
    // What is on the base branch keeps its place.
    for (const version of [...byPath.filter(({ file }) => !isNew(file)), ...byPath.filter(({ file }) => isNew(file))]) {
        const other = revisions.get(version.revision);
        if (other)
            faults.push({ ...marked(version), kind: 'duplicate', other: other.file });
        else
            revisions.set(version.revision, version);
    }
    const waiting = byPath
        .filter((version) => revisions.get(version.revision) === version)
        .map((version) => {
        const parents = [];
        for (const [name, word] of [
            ...version.downRevisions.map((revision) => [revision, 'comes after']),
            ...version.dependsOn.map((revision) => [revision, 'depends on']),
        ]) {
            const found = word === 'depends on' ? graph_resolve(name, revisions) : revisions.get(name);
            if (found)
                parents.push(found.revision);
            else
                faults.push({ ...marked(version), kind: 'missing-parent', parent: name, link: word });
        }
        return { version, parents: [...new Set(parents)] };
    });
    const migrations = [];
    const done = new Set();
    while (waiting.length > 0) {
        const at = waiting.findIndex(({ parents }) => parents.every((parent) => done.has(parent)));
        const [first] = at < 0 ? [] : waiting.splice(at, 1);
        if (!first)
            break;
        migrations.push(first);
        done.add(first.version.revision);
    }
    const inCycle = waiting.map(({ version }) => version.file);
    for (const { version } of waiting)
        faults.push({ ...marked(version), kind: 'cycle', files: inCycle });
    return { migrations, faults };
}
function marked({ file, revision, at }) {
    return { migration: revision, name: baseName(file), at };
}
/** What a person calls a version file. */
function baseName(file) {
    return file.slice(file.lastIndexOf('/') + 1, -'.py'.length);
}
/** What `depends_on` names: a revision, the beginning of one, or the label of a branch. */
function graph_resolve(name, revisions) {
    const exact = revisions.get(name);
    if (exact)
        return exact;
    const all = [...revisions.values()];
    const labelled = all.filter((version) => version.branchLabels.includes(name));
    const begun = name.length < 4 ? [] : all.filter((version) => version.revision.startsWith(name));
    const found = labelled.length > 0 ? labelled : begun;
    return found.length === 1 ? found[0] : undefined;
}

;// CONCATENATED MODULE: ./src/read/alembic/heads.ts

/**
 * The revisions that no other comes after. What only depends on a revision (`depends_on`) does not come after it.
 * https://alembic.sqlalchemy.org/en/latest/branches.html
 */
function headsOf(versions, statusOf) {
    const heads = ends(versions);
    const lines = new Map(heads.map((head) => [head, line(head, versions)]));
    const isLabelled = (head) => [...(lines.get(head) ?? [])].some((version) => version.branchLabels.length > 0 &&
        // A label in the common past of several heads tells none of them from the others.
        !heads.some((other) => other !== head && lines.get(other)?.has(version)));
    return {
        heads: heads.map((head) => ({
            migration: head.revision,
            name: baseName(head.file),
            at: head.at,
            isNew: statusOf(head.file) === 'new',
            isLabelled: isLabelled(head),
        })),
        headsBefore: ends(versions.filter(({ file }) => statusOf(file) !== 'new')).length,
    };
}
function ends(versions) {
    const parents = new Set(versions.flatMap(({ downRevisions }) => downRevisions));
    return versions.filter(({ revision }) => !parents.has(revision));
}
/** A revision with all that comes before it. */
function line(head, versions) {
    const byRevision = new Map(versions.map((version) => [version.revision, version]));
    const found = new Set([head]);
    for (const version of found)
        for (const parent of version.downRevisions) {
            const before = byRevision.get(parent);
            if (before)
                found.add(before);
        }
    return found;
}

;// CONCATENATED MODULE: ./src/read/alembic/repository.ts



/** More modules than the migrations of one project import. */
const most = 3000;
/** The modules of a repository that Python finds from these folders. */
function repositoryModules(paths, roots, readText) {
    const files = new Set(paths.filter((path) => path.endsWith('.py')));
    const folders = new Set([...files].flatMap(foldersOf));
    const sources = new Map();
    const wanted = new Map();
    /** The folder that a package is in. Undefined: none has it, or several that may be meant. */
    const rootOf = (top) => {
        const at = (root) => inFolder(root, top);
        const isModule = (root) => files.has(`${at(root)}/__init__.py`) || files.has(`${at(root)}.py`);
        // A folder without `__init__.py` is a package only where no other place has a whole one.
        for (const has of [isModule, (root) => folders.has(at(root))]) {
            const certain = roots.first.find(has);
            if (certain !== undefined)
                return certain;
            const possible = [...new Set(roots.possible)].filter(has);
            if (possible.length > 0)
                return possible.length === 1 ? possible[0] : undefined;
        }
        return undefined;
    };
    const place = (name) => {
        const root = rootOf(name.split('.')[0] ?? '');
        if (root === undefined)
            return undefined;
        const start = inFolder(root, name.replaceAll('.', '/'));
        if (files.has(`${start}/__init__.py`))
            return { path: `${start}/__init__.py`, isPackage: true };
        return files.has(`${start}.py`) ? { path: `${start}.py`, isPackage: false } : undefined;
    };
    const find = (name) => {
        if (sources.has(name))
            return sources.get(name);
        const found = /^[\w-]+(\.[\w-]+)*$/.test(name) ? place(name) : undefined;
        if (found && sources.size < most)
            wanted.set(name, found);
        else
            sources.set(name, undefined);
        return undefined;
    };
    const load = async () => {
        const asked = [...wanted];
        wanted.clear();
        for (const [name, { path, isPackage }] of asked) {
            const text = await readable(readText(path));
            const source = text === undefined ? undefined : parsePython(path, text, { name, isPackage });
            sources.set(name, source && !firstError(source) ? source : undefined);
        }
        return asked.length > 0;
    };
    return { find, load, isWaiting: () => wanted.size > 0, shared: new Map() };
}
/** The text. Undefined where the file is there and cannot be read, such as one that is not UTF-8: it is not followed. */
async function readable(text) {
    try {
        return await text;
    }
    catch (error) {
        if (error instanceof errors/* UserError */.y)
            return undefined;
        throw error;
    }
}
function foldersOf(path) {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
/** A folder and those it is in, from the inside out, each with the `src` folder that may stand in it. */
function withFoldersAbove(directory) {
    const folders = [];
    for (let at = directory;; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
        folders.push(at, at === '' ? 'src' : `${at}/src`);
        if (at === '')
            return folders;
    }
}

;// CONCATENATED MODULE: ./src/read/alembic/surroundings.ts


/**
 * @param patterns the naming convention that `env.py` leads to; undefined: none was found there
 * @param others the Python files that could set one all the same
 */
function projectSurroundings(modules, patterns, others, readText) {
    let naming = patterns && { ...plainNaming, patterns };
    let asked = false;
    return {
        modules,
        naming: () => {
            asked ||= naming === undefined;
            return naming ?? plainNaming;
        },
        load: async () => {
            const more = await modules.load();
            if (!asked)
                return more;
            naming = await conventionElsewhere(others, readText);
            asked = false;
            return more || naming !== plainNaming;
        },
    };
}
/** As an argument of MetaData, an attribute, or a key; what `batch_alter_table` is given is another thing. */
const setsConvention = /MetaData|\.naming_convention|["']naming_convention["']/;
/** Where no file so much as mentions a convention, there is none. Where one does, what it means for a name is not known. */
async function conventionElsewhere(files, readText) {
    for (const file of files) {
        const text = await readable(readText(file));
        if (!text?.includes('naming_convention') || !setsConvention.test(text))
            continue;
        const reason = `a \`naming_convention\` is set in ${file}, where it is not followed, so the name here is not known`;
        return { patterns: new Map(), unknown: reason, mayChange: renamed(text) };
    }
    return plainNaming;
}
const kinds = ['ix', 'uq', 'ck', 'fk', 'pk'];
/** The kinds of constraint whose given names are put into a pattern: those with `%(constraint_name)s`; all, where that is not clear. */
function renamed(text) {
    const mentions = text.split('%(constraint_name)s').length - 1;
    const clear = [...text.matchAll(/["'](ix|uq|ck|fk|pk)["']\s*:\s*f?["'][^"'\n]*%\(constraint_name\)s/g)];
    if (clear.length < mentions || (mentions === 0 && !/["']uq["']\s*:/.test(text)))
        return new Set(kinds);
    return new Set(kinds.filter((kind) => clear.some((match) => match[1] === kind)));
}

;// CONCATENATED MODULE: ./src/read/alembic/version-file.ts








/**
 * Reads a version file: its place in the history, and the SQL that its `upgrade` and `downgrade` would send to PostgreSQL through
 * Alembic, without Python. What cannot be decided without running it is an `unreadable` fragment of the script.
 * @param file path from the root of the repository, for locations.
 * @param around what it may import from the repository, and how the project names things.
 * @returns a `NotChecked` for a text that is not Python, or that has no `revision`.
 */
function readVersionFile(file, text, around = noSurroundings) {
    const source = parsePython(file, text);
    const error = firstError(source);
    if (error) {
        const at = locate(source, error);
        return { what: file, why: `It could not be read as Python (line ${at.line}, column ${at.column}).`, at };
    }
    try {
        return versionOf(source, { around, sharing: true });
    }
    catch (problem) {
        if (!(problem instanceof Shared))
            throw problem;
        return versionOf(source, { around, sharing: false });
    }
}
function versionOf(source, with_) {
    const { file } = source;
    const top = { file, line: 1, column: 1, endLine: 1 };
    try {
        const names = moduleNames(source, with_);
        const revision = names.get('revision');
        if (revision?.kind !== 'string') {
            return {
                what: file,
                why: `It has no \`revision\` that can be read, so it has no place in Alembic's history.`,
                at: top,
            };
        }
        const identifiers = (name) => revisions(names.get(name), name);
        return {
            file,
            revision: revision.text.value,
            at: placeOfParents(source),
            downRevisions: identifiers('down_revision'),
            dependsOn: identifiers('depends_on'),
            branchLabels: identifiers('branch_labels'),
            message: message(source),
            up: script(source, 'up', with_, names) ?? withoutUpgrade(source),
            down: script(source, 'down', with_, moduleNames(source, with_)),
        };
    }
    catch (problem) {
        const why = problem instanceof UnreadableHistory ? problem.message : tooMuch(problem);
        return { what: file, why: `Its place in Alembic's history could not be read: ${why}.`, at: top };
    }
}
/** Why reading was given up; other errors are thrown on. */
function tooMuch(problem) {
    if (problem instanceof Endless)
        return problem.message;
    // The only way to run out of stack here is code that nests deeper than people write.
    if (problem instanceof RangeError)
        return 'its code is nested too deeply to be followed';
    throw problem;
}
/** The names that are defined once the module is imported. */
function moduleNames(source, with_) {
    const scope = { names: new Map(), parent: undefined, globals: new Set() };
    execute(source.tree.topNode, scope, { ...newRun(source, with_.around, false, execute), sharing: with_.sharing });
    return scope.names;
}
class UnreadableHistory extends Error {
    name = 'UnreadableHistory';
}
/** `down_revision` and its like: `None`, one name, or several. */
function revisions(value, name) {
    if (value === undefined || value.kind === 'none')
        return [];
    if (value.kind === 'string')
        return [value.text.value];
    if (isSequence(value))
        return value.items.flatMap((item) => revisions(item, name));
    throw new UnreadableHistory(whyNot(value, `\`${name}\``));
}
function message(source) {
    const [first] = childrenOf(source.tree.topNode);
    const literal = first?.name === 'ExpressionStatement' ? first.firstChild : undefined;
    const text = literal?.name === 'String' ? stringValue(source, literal)?.value : undefined;
    return (text ?? '').trim().split('\n')[0]?.trim() ?? '';
}
const functionNames = { up: 'upgrade', down: 'downgrade' };
/**
 * What `upgrade()` or `downgrade()` sends. Undefined: the file has no such function.
 * @param names those of the module before anything of it was called: the function may change its lists.
 */
function script(source, direction, with_, names) {
    const name = functionNames[direction];
    const given = names.get(name);
    if (!given)
        return undefined;
    const run = { ...newRun(source, with_.around, true, execute), sharing: with_.sharing };
    const value = resolve(given, run);
    const isOwn = value.kind === 'function' && value.source === source;
    const node = isOwn ? value.node : definition(source, name);
    try {
        if (isOwn)
            enter(value, run);
        else if (value.kind === 'function')
            call(value, { positional: [], named: new Map() }, node, run);
        else
            unreadable(run, `\`${name}\` is ${value.kind === 'imported' ? `imported from \`${value.path}\`` : 'not a plain function'}, so what it does is not read`, node);
    }
    catch (problem) {
        run.statement = -1;
        unreadable(run, tooMuch(problem), node);
    }
    const at = locate(source, isOwn ? { from: node.from, to: node.from } : node);
    return { direction, file: source.file, at, fragments: run.sink, transaction: 'run' };
}
function enter(value, run) {
    const parts = childrenOf(value.node);
    const scope = { names: new Map(), parent: value.scope, globals: new Set() };
    const list = parts.find((part) => part.name === 'ParamList');
    for (const parameter of list ? childrenOf(list) : []) {
        if (parameter.name !== 'VariableName')
            continue;
        const name = textOf(run.source, parameter);
        scope.names.set(name, unknown(`the argument \`${name}\` is known only when the migration runs`));
    }
    const body = parts.find((part) => part.name === 'Body');
    const flow = body ? execute(body, scope, run) : undefined;
    if (flow?.kind !== 'raise')
        return;
    run.statement = flow.node.from;
    unreadable(run, `it refuses to run: \`${excerpt(run.source, flow.node)}\``, flow.node);
    const refusal = said.exec(textOf(run.source, flow.node))?.[2] ?? '';
    run.sink.push(...run.sink.splice(-1).map((part) => (part.kind === 'unreadable' ? { ...part, refusal } : part)));
}
/** The text of an exception. */
const said = /^raise\s+[\w.]+\(\s*[a-zA-Z]?(['"])([\s\S]*?)\1/;
function placeOfParents(source) {
    const node = definition(source, 'down_revision');
    return locate(source, { from: node.from, to: node.from });
}
/** The statement that gives a name its value, for a name that is not a plain function. */
function definition(source, name) {
    const statements = childrenOf(source.tree.topNode);
    return statements.find((statement) => textOf(source, statement).split(/\W+/).includes(name)) ?? source.tree.topNode;
}
/** Alembic fails on a file without `upgrade()`. */
function withoutUpgrade(source) {
    const at = { file: source.file, line: 1, column: 1, endLine: 1 };
    const reason = 'there is no `upgrade()` function';
    return { direction: 'up', file: source.file, at, fragments: [{ kind: 'unreadable', reason, at }], transaction: 'run' };
}

;// CONCATENATED MODULE: ./src/read/alembic/project.ts









/**
 * The folders that hold an `alembic.ini` with an `[alembic]` section, or a `pyproject.toml` with `[tool.alembic]`, in order of path; ''
 * for the root. An `alembic.ini` that cannot be read may have the section, and a `pyproject.toml` the table where Alembic's template
 * is below it: reading the project tells why.
 * @param paths the files of the repository, from its root, with forward slashes.
 */
async function findAlembic(paths, readText) {
    const found = new Set();
    for (const path of paths) {
        const folder = folderOf(path);
        const name = path.slice(path.lastIndexOf('/') + 1);
        if (name !== 'alembic.ini' && name !== 'pyproject.toml')
            continue;
        const text = await readable(readText(path));
        const speaks = name === 'alembic.ini' ? iniSettings : speaksOfAlembic;
        if (text === undefined ? name === 'alembic.ini' || hasTemplate(folder, paths) : speaks(text))
            found.add(folder);
    }
    return [...found].sort();
}
/** Whether `alembic init` was run in this folder or below it. */
function hasTemplate(folder, paths) {
    return paths.some((path) => path.endsWith('/script.py.mako') && path.startsWith(inFolder(folder, '')));
}
/**
 * Reads the history of an Alembic project: the version files that its configuration points to, in the order in which Alembic can run them.
 * Files that cannot be read, and faults of the history, are in `notChecked`.
 * @throws whatever `readText` does, but for a `UserError`, which becomes a `NotChecked`
 */
async function readAlembicProject(options) {
    const { directory, paths, readText, statusOf } = options;
    const written = await configurationFiles(options);
    const configuration = 'why' in written ? written : readConfiguration(written, directory, paths);
    if ('why' in configuration) {
        return {
            tool: 'alembic',
            directory,
            folders: [],
            migrations: [],
            notChecked: [configuration],
            hasGaps: true,
            hasDowngrades: true,
        };
    }
    const { versionFolders, recursive, scriptLocation, namesFolders, prepended } = configuration;
    const possible = [...withFoldersAbove(directory), ...withFoldersAbove(scriptLocation)];
    const modules = repositoryModules(paths, { first: prepended, possible }, readText);
    const environment = await environmentOf(inFolder(scriptLocation, 'env.py'), options, modules, namesFolders);
    const files = [...new Set(versionFolders.flatMap((folder) => versionFiles(folder, recursive, paths)))].sort();
    const isVersion = new Set(files);
    const others = paths.filter((path) => path.endsWith('.py') && !isVersion.has(path));
    const around = projectSurroundings(modules, environment.patterns, others, readText);
    const versions = [];
    const lost = namesFolders && files.length === 0 ? [withoutFiles(versionFolders, written)] : [];
    const notChecked = [...environment.problems, ...lost];
    for (const file of files) {
        const version = await project_versionOf(file, readText, around);
        if ('why' in version)
            notChecked.push(version);
        else
            versions.push(version);
    }
    const history = order(versions, (file) => statusOf(file) === 'new');
    const migrations = history.migrations.map(({ version, parents }) => {
        const { up, down } = version;
        const { transaction } = environment;
        return {
            id: version.revision,
            name: baseName(version.file),
            file: version.file,
            parents,
            up: { ...up, transaction },
            down: down && { ...down, transaction },
            status: statusOf(version.file),
        };
    });
    // What cannot be read may be the revision that is missing.
    const isMissing = notChecked.length === 0;
    const faults = history.faults.filter(({ kind }) => kind !== 'missing-parent' || isMissing);
    const problems = [...notChecked, ...history.faults.flatMap((fault) => unchecked(fault, isMissing))];
    const heads = headsOf(versions, statusOf);
    // Where env.py says where the version files are, and is not understood, each Python file in a folder beside it may be one.
    const inside = paths.filter((path) => path.endsWith('.py') && folderOf(path).startsWith(inFolder(scriptLocation, '')));
    const elsewhere = environment.problems.length + lost.length > 0 ? inside.map(folderOf) : [];
    return {
        tool: 'alembic',
        directory,
        folders: [...new Set([...versionFolders, ...files.map(folderOf), ...elsewhere])].sort(),
        migrations,
        notChecked: problems,
        lineage: { faults, ...heads, changes: [] },
        hasGaps: problems.length + faults.length > 0,
        hasDowngrades: true,
    };
}
function withoutFiles(folders, written) {
    const what = ('why' in written ? undefined : (written.ini ?? written.toml)?.path) ?? 'alembic.ini';
    return { what, why: `Its version_locations are ${folders.join(', ')}, and no Python file is there.` };
}
/** What a fault keeps from being checked, besides the rehearsal. */
function unchecked(fault, isMissing) {
    const { at, kind } = fault;
    if (kind !== 'missing-parent')
        return [{ what: at.file, why: 'It has no place in the order, so what it does was not checked.', at }];
    if (isMissing)
        return [];
    return [
        { what: at.file, why: `It ${fault.link} revision ${fault.parent}, which no file has that could be read.`, at },
    ];
}
async function configurationFiles(options) {
    const { directory, configuration, paths, readText } = options;
    const read = async (path) => {
        if (!paths.includes(path))
            return undefined;
        const text = await textOr(path, readText);
        return typeof text === 'string' ? { path, text } : text;
    };
    const ini = await read(configuration ?? inFolder(directory, 'alembic.ini'));
    const toml = await read(inFolder(directory, 'pyproject.toml'));
    if (ini && 'why' in ini)
        return ini;
    return toml && 'why' in toml ? toml : { ini, toml };
}
/** The text of a file, or why it is not to be had. */
async function textOr(file, readText) {
    try {
        return await readText(file);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.y))
            throw error;
        const at = { file, line: 1, column: 1, endLine: 1 };
        return { what: file, why: `It could not be read: ${error.message}.`, at };
    }
}
/** What is read may ask for more of the repository: it is read again with that, until it asks for no more. */
async function whole({ load }, read) {
    for (;;) {
        const result = read();
        if (!(await load()))
            return result;
    }
}
async function environmentOf(file, { paths, readText }, modules, hasFolders) {
    if (!paths.includes(file))
        return plainEnvironment;
    const text = await textOr(file, readText);
    if (typeof text !== 'string')
        return { ...plainEnvironment, problems: [text] };
    return await whole(modules, () => readEnvironment(file, text, modules, hasFolders));
}
async function project_versionOf(file, readText, around) {
    const text = await textOr(file, readText);
    if (typeof text !== 'string')
        return text;
    return await whole(around, () => readVersionFile(file, text, around));
}
/** The files that Alembic takes for revisions: Python files but for `__init__.py` and the locks of an editor. */
function versionFiles(folder, recursive, paths) {
    const start = folder === '' ? '' : `${folder}/`;
    return paths.filter((path) => {
        if (!path.startsWith(start) || !path.endsWith('.py'))
            return false;
        const rest = path.slice(start.length);
        const name = rest.slice(rest.lastIndexOf('/') + 1);
        if (name.startsWith('__init__') || name.startsWith('.#'))
            return false;
        return recursive ? !rest.split('/').includes('__pycache__') : !rest.includes('/');
    });
}


/***/ })

};
