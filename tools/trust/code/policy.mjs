import { posix } from 'node:path';
import { compileFunction } from 'node:vm';
import ts from 'typescript';

const OPTIONS = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  experimentalDecorators: true,
};

/** Represents every unread package and file: any use of it has no effect. */
const STUB = new Proxy(function () {}, {
  get: (_target, name) =>
    ({ [Symbol.toPrimitive]: () => '', prototype: Object.prototype, done: true })[name] ?? STUB,
  apply: () => STUB,
  construct: () => STUB,
});

/** Exports of a policy. Runs the file and the used imports; starts no module of the server. */
export function policyOf(code, file) {
  return moduleOf(code, file, new Map()).exports;
}

/** Value of a constant, such as `libs/a/a.policy.ts#BOUNDS.lifeMs.default`, or undefined. */
export function constantOf(code, place) {
  const [file, path] = place.split('#');
  if (!path || !code.has(file)) return undefined;
  const [name, ...members] = path.split('.');
  const value = members.reduce(
    (found, member) => found?.[member],
    moduleOf(code, file, new Map()).valueOf(name),
  );
  return value === STUB ? undefined : value;
}

/** As `constantOf`, for a required value. @throws without it */
export function neededConstant(code, place) {
  const value = constantOf(code, place);
  if (value === undefined) throw new Error(`${place} is no constant that can be read. Was it moved?`);
  return value;
}

function moduleOf(code, file, known) {
  if (known.has(file)) return known.get(file);
  const found = { exports: {}, valueOf: () => undefined };
  known.set(file, found);
  const { outputText } = ts.transpileModule(code.text(file), { compilerOptions: OPTIONS });
  const text = `${outputText}\nreturn (name) => { try { return exports[name] ?? eval(name); } catch { return undefined; } };`;
  const run = compileFunction(text, ['exports', 'require']);
  found.valueOf = run(found.exports, (name) => imported(code, file, name, known));
  return found;
}

/** Runs a file on the first use of its exports. */
function imported(code, from, name, known) {
  const lib = /^@portillon\/([\w-]+)$/.exec(name)?.[1];
  const path = posix.join(posix.dirname(from), name);
  const file = lib
    ? `libs/${lib}/src/index.ts`
    : [`${path}.ts`, `${path}/index.ts`].find((one) => code.has(one));
  if (!file || !(lib || name.startsWith('.'))) return STUB;
  const get = (_target, symbol) =>
    lib ? exported(code, file, symbol, known) : moduleOf(code, file, known).exports[symbol];
  return new Proxy({}, { get });
}

function exported(code, index, symbol, known) {
  const from = code
    .tree(index)
    .statements.find((one) => one.exportClause?.elements?.some(({ name }) => name.text === symbol));
  return from ? imported(code, index, from.moduleSpecifier.text, known)[symbol] : STUB;
}
