import { posix } from 'node:path';
import { compileFunction } from 'node:vm';
import ts from 'typescript';

/**
 * What a policy exports, to be asked: the file runs as it stands, and of what it imports the files that its names come
 * from, each once, so that no module of the server is started.
 */
export function policyOf(code, file, known = new Map()) {
  if (known.has(file)) return known.get(file);
  const exports = {};
  known.set(file, exports);
  const { outputText } = ts.transpileModule(code.text(file), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  compileFunction(outputText, ['exports', 'require'])(exports, (name) => imported(code, file, name, known));
  return exports;
}

function imported(code, from, name, known) {
  const lib = /^@portillon\/([\w-]+)$/.exec(name)?.[1];
  if (!lib) return policyOf(code, `${posix.join(posix.dirname(from), name)}.ts`, known);
  const index = `libs/${lib}/src/index.ts`;
  return new Proxy({}, { get: (_target, symbol) => exported(code, index, symbol, known) });
}

function exported(code, index, symbol, known) {
  const from = code
    .tree(index)
    .statements.find((one) => one.exportClause?.elements?.some(({ name }) => name.text === symbol));
  if (!from) throw new Error(`${index} does not export ${String(symbol)}`);
  return imported(code, index, from.moduleSpecifier.text, known)[symbol];
}
