import ts from 'typescript';

/** What stands in a title for a value that only the run knows: `%s`, `$name` and `${name}`. */
const PLACEHOLDER = /\$\{[^}]*\}|%(?:\.\d+)?[sdifjopO#]|\$[A-Za-z_][\w.]*/g;

/** What a helper adds to the title of a group that it repeats on every engine. */
const ENGINE = / \((MariaDB|embedded)\)/g;

/** The full names of the tests that a source declares, as it writes them, joined as the reporters do. */
export function titlesOf(source) {
  const tree = ts.createSourceFile('spec.ts', source, ts.ScriptTarget.Latest, true);
  const titles = [];
  visit(tree, []);
  return titles;

  function visit(node, above) {
    const call = ts.isCallExpression(node) ? declared(node) : undefined;
    if (call?.kind === 'test') titles.push([...above, call.title].join(' '));
    const inside = call?.kind === 'group' ? [...above, call.title] : above;
    ts.forEachChild(node, (child) => visit(child, inside));
  }
}

/** Whether the name of a proof is this title, or one of those that it stands for. */
export function isNamedBy(title, name) {
  return title === name || new RegExp(`^${patternOf(title)}$`).test(name);
}

/** Whether a test that ran under this name is one of a title's, whatever the values, the engine, and the groups that a helper put it in. */
export function isRunOf(title, name) {
  return new RegExp(`(?:^| )${patternOf(withoutEngine(title))}$`).test(withoutEngine(name));
}

function patternOf(title) {
  const parts = title.split(PLACEHOLDER).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.join('[\\s\\S]*?');
}

function withoutEngine(name) {
  return name.replace(ENGINE, '');
}

/** A skipped test proves nothing: it counts as none. */
function declared(call) {
  const [root, ...members] = calleeOf(call.expression);
  const title = call.arguments.map(textOf).find((text) => text !== undefined);
  if (!root || title === undefined || members.some((one) => /^(skip|todo|fixme)$/.test(one)))
    return undefined;
  if (members.includes('describe') || /^(describe|on[A-Z])/.test(root)) return { kind: 'group', title };
  return root === 'it' || root === 'test' ? { kind: 'test', title } : undefined;
}

/** `test.describe.each(rows)('title')` is `['test', 'describe', 'each']`. */
function calleeOf(expression) {
  if (ts.isIdentifier(expression)) return [expression.text];
  if (ts.isPropertyAccessExpression(expression))
    return [...calleeOf(expression.expression), expression.name.text];
  if (ts.isCallExpression(expression)) return calleeOf(expression.expression);
  if (ts.isTaggedTemplateExpression(expression)) return calleeOf(expression.tag);
  if (ts.isParenthesizedExpression(expression)) return calleeOf(expression.expression);
  // `(there ? describe : describe.skip)('title')`: it runs where what it needs is there.
  if (ts.isConditionalExpression(expression)) return calleeOf(expression.whenTrue);
  return [];
}

function textOf(node) {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? node.getText().slice(1, -1) : undefined;
}
