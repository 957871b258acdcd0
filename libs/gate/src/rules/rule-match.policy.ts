import type { GateRule } from './gate-rule.types';

/** The first rule for this canonical path and method: it alone decides. Nothing when none is, which refuses. */
export function ruleFor<Rule extends Pick<GateRule, 'paths' | 'methods'>>(
  rules: readonly Rule[],
  path: string,
  method: string,
): Rule | undefined {
  return rules.find(
    (rule) => isForMethod(rule.methods, method) && rule.paths.some((one) => holds(one, path)),
  );
}

function holds(prefix: string, path: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}

function isForMethod(methods: readonly string[], method: string): boolean {
  if (methods.length === 0 || methods.includes(method)) return true;
  return method === 'HEAD' && methods.includes('GET');
}
