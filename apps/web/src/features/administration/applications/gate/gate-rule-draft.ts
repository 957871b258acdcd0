import type { AdminGateRule } from '../../../../api/types';
import type { Choice } from '../../shared/SearchPicker.vue';

/** Maximum lengths that the API accepts, for an application and for each list of a rule. */
export const MOST_RULES = 100;
export const MOST = 20;
const PATH_LENGTH = 500;
const METHOD = /^[A-Z][A-Z-]{0,19}$/;

/** A rule being edited: one path per line; methods separated by spaces or commas. */
export interface RuleDraft {
  /** Identity of the rule while it moves. */
  key: number;
  paths: string;
  methods: string;
  access: AdminGateRule['access'];
  roles: string[];
  structures: Choice[];
  /** Empty: the application's value. */
  acr: string;
  /** In seconds; empty: the application's value. */
  maxAge: string;
}
export type TypedField = 'paths' | 'methods';
export type Fault = 'pathMissing' | 'pathWrong' | 'methodWrong' | 'tooMany';

export function newDraft(key: number): RuleDraft {
  return { key, paths: '', methods: '', access: 'signed-in', roles: [], structures: [], acr: '', maxAge: '' };
}

export function draftOf(rule: AdminGateRule, key: number, nameOf: (structure: string) => string): RuleDraft {
  const { paths, methods, access, roles, structures, acr, maxAgeSeconds } = rule;
  return {
    key,
    paths: paths.join('\n'),
    methods: methods.join(', '),
    access,
    roles: [...roles],
    structures: structures.map((id) => ({ id, name: nameOf(id) })),
    acr: acr ?? '',
    maxAge: maxAgeSeconds === null ? '' : String(maxAgeSeconds),
  };
}

/** Converts to the API's format. A rule without sign-in has no conditions on people. */
export function ruleOf(draft: RuleDraft): AdminGateRule {
  const asks = draft.access === 'signed-in';
  return {
    paths: pathsIn(draft),
    methods: methodsIn(draft),
    access: draft.access,
    roles: asks ? [...draft.roles] : [],
    structures: asks ? draft.structures.map(({ id }) => id) : [],
    acr: asks ? ((draft.acr || null) as AdminGateRule['acr']) : null,
    maxAgeSeconds: asks && draft.maxAge ? Number(draft.maxAge) : null,
  };
}

/** Errors of the typed text; the API checks the rest. */
export function faultOf(draft: RuleDraft, field: TypedField): Fault | undefined {
  return field === 'paths' ? faultOfPaths(pathsIn(draft)) : faultOfMethods(methodsIn(draft));
}

function faultOfPaths(paths: string[]): Fault | undefined {
  if (paths.length === 0) return 'pathMissing';
  if (paths.length > MOST) return 'tooMany';
  return paths.every(isPath) ? undefined : 'pathWrong';
}

function faultOfMethods(methods: string[]): Fault | undefined {
  if (methods.length > MOST) return 'tooMany';
  return methods.every((one) => METHOD.test(one)) ? undefined : 'methodWrong';
}

function isPath(path: string): boolean {
  return path.startsWith('/') && (path === '/' || !path.endsWith('/')) && path.length <= PATH_LENGTH;
}

/** A path may contain spaces. */
function pathsIn({ paths }: RuleDraft): string[] {
  return once(paths.split('\n').map((line) => line.trim()));
}

function methodsIn({ methods }: RuleDraft): string[] {
  return once(methods.toUpperCase().split(/[\s,;]+/));
}

function once(texts: string[]): string[] {
  return [...new Set(texts)].filter(Boolean);
}
