import ts from 'typescript';

const CODE = /\.[cm]?[jt]s$/;

/** Whether `file` of content `text` has `symbol`: declared, where it is code; written, where it is anything else. */
export function hasSymbol(file, text, symbol) {
  return CODE.test(file) ? declaredIn(text).has(symbol) : text.includes(symbol);
}

/** Every name that a source declares: what it exports, the members of its classes, types and objects. */
function declaredIn(text) {
  const names = new Set();
  visit(ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest));
  return names;

  function visit(node) {
    const { name } = node;
    if (name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name)))
      names.add(name.text);
    ts.forEachChild(node, visit);
  }
}
