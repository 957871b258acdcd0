import { cell, linkTo, pageOf, table } from './markdown.mjs';
import { policyOf } from './policy.mjs';

const POLICY = 'libs/user-management/src/rights/rights.policy.ts';
const SOMEWHERE = { id: 'own' };
/** Each role with and without a structure, which `rightsScopeOf` distinguishes. */
const ROLES = [
  ['professional', SOMEWHERE],
  ['structure-admin', SOMEWHERE],
  ['structure-admin', null],
  ['auditor', SOMEWHERE],
  ['auditor', null],
  ['national-admin', SOMEWHERE],
];

/** Rights of each role: the policy itself computes each cell. */
export function rightsPage(code) {
  const policy = policyOf(code, POLICY);
  const acts = Object.keys(policy.RIGHTS);
  const rows = acts.map((act) => [
    `\`${act}\``,
    ...ROLES.map(([role, structure]) => reachOf(policy.rightsScopeOf(act, holderOf(role, structure)))),
    policy.machineScope(act) ? `\`${policy.machineScope(act)}\`` : 'no',
  ]);
  return pageOf(
    'Rights: role, act, own or other structure',
    `Of ${linkTo(POLICY)}, asked for each cell; of several roles the widest counts.`,
    table(['act', ...ROLES.map(headOf), 'a machine, by scope'], rows),
    [
      '- « own »: what belongs to the structures where the role is held, and to all below them. « every »: every structure, and what belongs to none.',
      '- A machine reaches the structure of its application, or every one where the application is of the whole service.',
      '- « own » stops before people who reach more: a structure’s administrator handles neither a national administrator nor an auditor.',
      '- A service narrows some of it further: what only a national administrator may set of an application, and what waits for a second one. `events.prove` always proves the whole journal; with « own » the result names no line of another structure.',
      '- With the own account everybody does what « Mon compte » offers, without any right of this table.',
    ].join('\n'),
    mayHandleTable(policy),
  );
}

function mayHandleTable(policy) {
  const roles = ['professional', 'structure-admin', 'auditor', 'national-admin'];
  const handles = (scope) =>
    roles.map((role) => (policy.mayHandle({ structureIds: scope }, [role]) ? 'yes' : 'no'));
  return [
    '## Whose account may be handled',
    table(
      ['who acts', ...roles.map((role) => `a person who is \`${role}\``)],
      [
        ['with « own »', ...handles(['own'])],
        ['with « every »', ...handles(null)],
      ],
    ),
  ].join('\n\n');
}

function holderOf(role, structure) {
  return { roles: [role], memberships: structure ? [{ structure, roles: [role] }] : [] };
}

function reachOf(scope) {
  if (!scope) return 'no';
  return scope.structureIds === null ? 'every' : 'own';
}

function headOf([role, structure], _index, all) {
  const isOne = all.filter(([other]) => other === role).length === 1;
  return cell(`\`${role}\`${isOne ? '' : structure ? ' of a structure' : ' of none'}`);
}
