import { posix } from 'node:path';
import ts from 'typescript';

/**
 * What a source says of a name, such as `libs/a/a.policy.ts#BOUNDS.lifeMs.default`: numbers, texts, lists, objects, and
 * sums of them. Nothing runs; what is no such constant is `undefined`.
 */
export function constantOf(code, place) {
  const [file, path] = place.split('#');
  if (!path || !code.has(file)) return undefined;
  const [name, ...members] = path.split('.');
  return members.reduce((value, member) => value?.[member], named(code, file, name));
}

/** Like `constantOf`, of what a page cannot do without. */
export function neededConstant(code, place) {
  const value = constantOf(code, place);
  if (value === undefined) throw new Error(`${place} is no constant that can be read. Was it moved?`);
  return value;
}

function named(code, file, name) {
  const source = code.tree(file);
  for (const statement of source.statements) {
    const declared = declarationOf(statement, name);
    if (declared) return valueOf(declared, { code, file });
    const from = importOf(statement, name);
    if (from) return named(code, fileOf(code, file, from.module), from.name);
  }
  return undefined;
}

function declarationOf(statement, name) {
  if (!ts.isVariableStatement(statement)) return undefined;
  return statement.declarationList.declarations.find((one) => one.name.getText() === name)?.initializer;
}

/** Of an import, or of an index that hands it on. */
function importOf(statement, name) {
  const names = ts.isImportDeclaration(statement)
    ? statement.importClause?.namedBindings?.elements
    : ts.isExportDeclaration(statement) && statement.moduleSpecifier && statement.exportClause?.elements;
  const found = names && [...names].find((one) => one.name.text === name);
  return found && { name: (found.propertyName ?? found.name).text, module: statement.moduleSpecifier.text };
}

function fileOf(code, from, module) {
  const lib = /^@portillon\/([\w-]+)$/.exec(module)?.[1];
  if (lib) return `libs/${lib}/src/index.ts`;
  const path = posix.join(posix.dirname(from), module);
  return [`${path}.ts`, `${path}/index.ts`].find((file) => code.has(file)) ?? path;
}

const READERS = {
  [ts.SyntaxKind.NumericLiteral]: (node) => Number(node.text.replaceAll('_', '')),
  [ts.SyntaxKind.StringLiteral]: (node) => node.text,
  [ts.SyntaxKind.NoSubstitutionTemplateLiteral]: (node) => node.text,
  [ts.SyntaxKind.TrueKeyword]: () => true,
  [ts.SyntaxKind.FalseKeyword]: () => false,
  [ts.SyntaxKind.AsExpression]: (node, place) => valueOf(node.expression, place),
  [ts.SyntaxKind.SatisfiesExpression]: (node, place) => valueOf(node.expression, place),
  [ts.SyntaxKind.ParenthesizedExpression]: (node, place) => valueOf(node.expression, place),
  [ts.SyntaxKind.Identifier]: (node, { code, file }) => code.has(file) && named(code, file, node.text),
  [ts.SyntaxKind.BinaryExpression]: (node, place) => computed(node, place),
  // A set is told as the list that it is made of.
  [ts.SyntaxKind.NewExpression]: ({ expression, arguments: [list] = [] }, place) =>
    expression.getText() === 'Set' && list ? valueOf(list, place) : undefined,
  [ts.SyntaxKind.ArrayLiteralExpression]: (node, place) =>
    node.elements.flatMap((one) =>
      ts.isSpreadElement(one) ? valueOf(one.expression, place) : [valueOf(one, place)],
    ),
  [ts.SyntaxKind.ObjectLiteralExpression]: (node, place) =>
    Object.fromEntries(
      node.properties
        .filter((one) => ts.isPropertyAssignment(one))
        .map((one) => [one.name.text, valueOf(one.initializer, place)]),
    ),
};

/** The value of an expression that stands in `place.file`. */
function valueOf(node, place) {
  return READERS[node.kind]?.(node, place);
}

function computed(node, place) {
  const [left, right] = [valueOf(node.left, place), valueOf(node.right, place)];
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  const compute = { '*': left * right, '/': left / right, '+': left + right, '-': left - right };
  return compute[node.operatorToken.getText()];
}
