import ts from 'typescript';
import { CRYPTOGRAPHERS } from '../../lint/cryptography.mjs';
import { cell, codes, linkTo, pageOf, table } from './markdown.mjs';

const MODULES = ['node:crypto', 'crypto', 'jose'];
const LIST = 'tools/lint/cryptography.mjs';
/** Names of algorithms, as spelled by Node and JOSE. */
const ALGORITHM =
  /'((?:sha|SHA-)(?:1|224|256|384|512)|md5|aes-\d+-\w+|(?:RS|PS|ES|HS)(?:256|384|512)|EdDSA|RSA-OAEP\S*)'/g;

/** Files of the server that import cryptography, each with its imports and the algorithms that it names. */
function cryptographersOf(code) {
  return code.server
    .map((file) => ({ file, names: importedNames(code, file) }))
    .filter(({ names }) => names !== undefined)
    .map(({ file, names }) => ({ file, names, algorithms: algorithmsIn(code.text(file)) }));
}

/** Differences between the lint rule's list and the code: new files and outdated lines. */
export function algorithmProblems(code) {
  const found = cryptographersOf(code).map(({ file }) => file);
  return [
    ...found
      .filter((file) => !CRYPTOGRAPHERS[file])
      .map((file) => `${file} imports cryptography and is not in ${LIST}.`),
    ...Object.keys(CRYPTOGRAPHERS)
      .filter((file) => !found.includes(file))
      .map((file) => `${LIST} names ${file}, which imports no cryptography any more.`),
  ];
}

export function algorithmsPage(code) {
  const rows = cryptographersOf(code).map(({ file, names, algorithms }) => [
    linkTo(file),
    cell(CRYPTOGRAPHERS[file] ?? ''),
    codes(names),
    codes(algorithms),
  ]);
  return pageOf(
    'Algorithms: the only files that import cryptography',
    `${rows.length} files of the server import \`node:crypto\` or \`jose\`; a lint rule lets no other do so, by ${linkTo(LIST)}, and a check holds that list against the code. What libraries compute for us (Argon2id, WebAuthn, TOTP, TLS, OpenID) is in [cryptography](../crypto.md).`,
    table(['file', 'what for', 'takes', 'algorithms that it names'], rows),
  );
}

/** Module name of an import, `import()` or `require()`; nothing for other nodes. */
function importedNames(code, file) {
  if (!/crypto'|jose'/.test(code.text(file))) return undefined;
  const names = [];
  let isFound = false;
  visit(code.tree(file));
  return isFound ? [...new Set(names)].sort() : undefined;

  function visit(node) {
    if (MODULES.includes(moduleOf(node))) {
      isFound = true;
      const bindings = node.importClause?.namedBindings;
      names.push(
        ...(bindings?.elements?.map(({ name, propertyName }) => (propertyName ?? name).text) ?? ['*']),
      );
    }
    ts.forEachChild(node, visit);
  }
}

function moduleOf(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier?.text;
  if (!ts.isCallExpression(node)) return undefined;
  return ['import', 'require'].includes(node.expression.getText()) ? node.arguments[0]?.text : undefined;
}

function algorithmsIn(text) {
  return [...new Set([...text.matchAll(ALGORITHM)].map(([, name]) => name))].sort();
}
