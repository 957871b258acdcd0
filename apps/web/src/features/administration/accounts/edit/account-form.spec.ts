// @vitest-environment node
import { expect, it } from 'vitest';
import type { Role } from '../../../../api/types';
import { emptyFields, missingFields } from './account-form';

const typed = {
  ...emptyFields(),
  displayName: 'Zoé Le Goff',
  username: 'zoe.le-goff',
  email: 'zoe@hopital.example',
};
const hospital = { id: 's1', name: 'Hôpital des Trois Dames' };

it.each<[Role[], boolean]>([
  [['professional'], true],
  [['professional', 'structure-admin'], true],
  [['structure-admin', 'national-admin'], true],
  [['national-admin'], false],
  [['professional', 'national-admin'], false],
  [['auditor'], false],
  [['structure-admin', 'auditor'], true],
])('an account of %j needs a structure, chosen by a national administrator: %s', (roles, needed) => {
  expect(missingFields({ ...typed, roles }, true)).toEqual(needed ? ['structure'] : []);
  expect(missingFields({ ...typed, roles, structure: hospital }, true)).toEqual([]);
});

it('hides the structure field from an administrator of one structure', () => {
  expect(missingFields(typed, false)).toEqual([]);
});
