import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../workspace/command.mjs';

const SERVER = /^(?:libs\/(?!testing\/)[^/]+|apps\/api)\/src\/.*\.ts$/;
const TEST = /\.spec\.ts$|\/testing\//;

/**
 * Code from which the pages are generated, each file read and parsed once; `server`: files of the server, without
 * tests.
 */
export function codeOf(root = ROOT) {
  const text = once((file) => readFileSync(join(root, file), 'utf8'));
  return codeBy({
    has: (file) => existsSync(join(root, file)),
    text,
    tree: once((file) => parsed(file, text(file))),
    server: [...filesOf(root, 'libs'), ...filesOf(root, 'apps/api/src')]
      .filter((file) => SERVER.test(file) && !TEST.test(file))
      .sort(),
  });
}

/** The same code with some files replaced by `texts`, for tests with invalid code. */
export function codeWith(code, texts) {
  const isOther = (file) => Object.hasOwn(texts, file);
  return codeBy({
    ...code,
    has: (file) => isOther(file) || code.has(file),
    text: (file) => (isOther(file) ? texts[file] : code.text(file)),
    tree: once((file) => (isOther(file) ? parsed(file, texts[file]) : code.tree(file))),
  });
}

function codeBy(code) {
  return { ...code, json: (file) => JSON.parse(code.text(file)) };
}

function parsed(file, text) {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

function filesOf(root, folder) {
  return readdirSync(join(root, folder), { recursive: true }).map((name) => `${folder}/${name}`);
}

function once(read) {
  const known = new Map();
  return (file) => {
    if (!known.has(file)) known.set(file, read(file));
    return known.get(file);
  };
}
