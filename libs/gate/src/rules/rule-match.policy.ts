import type { GateRule } from './gate-rule.types';
import { laxPath } from './requested-path';

type Matched = Pick<GateRule, 'paths' | 'methods'>;

/** The first rule for this canonical path and method: it alone decides. Nothing when none is, which refuses. */
export function ruleFor<Rule extends Matched>(
  rules: readonly Rule[],
  path: string,
  method: string,
): Rule | undefined {
  return rules.find(
    (rule) => isForMethod(rule.methods, method) && rule.paths.some((one) => holds(one, path)),
  );
}

/**
 * Whether the server behind the gate may read this path as one of another rule. For example, Windows reads `/admin.` as
 * `/admin`, and normalisation makes full-width letters plain. Such a request is refused, whichever rule is stricter.
 */
export function isReadTwoWays(rules: readonly Matched[], path: string, method: string): boolean {
  const lax = rules.map((rule) => ({ rule, methods: rule.methods, paths: rule.paths.map(laxPath) }));
  return ruleFor(rules, path, method) !== ruleFor(lax, laxPath(path), method)?.rule;
}

function holds(prefix: string, path: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}

function isForMethod(methods: readonly string[], method: string): boolean {
  if (methods.length === 0 || methods.includes(method)) return true;
  return method === 'HEAD' && methods.includes('GET');
}
