// @vitest-environment node
import { expect, it } from 'vitest';
import { cellsOf, emptyRow, faultsOf, type InviteRow, proposalFor, usualDomain } from './invite-rows';

const row = (changes: Partial<InviteRow> = {}): InviteRow => ({
  ...emptyRow(1),
  lastName: 'Le Goff',
  firstName: 'Zoé',
  email: 'zoe.le-goff@hopital.example',
  username: 'zoe.le-goff',
  ...changes,
});

it('proposes an address in the domain of most colleagues', () => {
  expect(usualDomain(['a@hopital.example', 'b@other.example', 'c@HOPITAL.example', ''])).toBe(
    'hopital.example',
  );
  expect(usualDomain([])).toBe('');
  expect(proposalFor(row(), 'hopital.example')).toEqual({
    username: 'zoe.le-goff',
    email: 'zoe.le-goff@hopital.example',
  });
  expect(proposalFor(row(), '').email).toBe('');
  expect(proposalFor(emptyRow(1), 'hopital.example').email).toBe('');
});

it('reads cells copied from a spreadsheet without heading and quotes', () => {
  expect(cellsOf('NOM\tPrénom\r\nPetit\t"Hugo"\r\n')).toEqual([['Petit', 'Hugo']]);
  expect(cellsOf('Petit\tHugo')).toEqual([['Petit', 'Hugo']]);
  expect(cellsOf('Petit')).toEqual([]);
});

it.each<[Partial<InviteRow>, object]>([
  [{}, {}],
  [{ email: 'zoe@hopital' }, { email: 'format' }],
  [{ email: ' ' }, { email: 'required' }],
  [
    { lastName: '', role: '' },
    { lastName: 'required', role: 'choice' },
  ],
  [{ refused: { username: 'taken' } }, { username: 'taken' }],
  [{ email: 'zoe@hopital', sent: true }, {}],
])('of a line with %j is wrong: %j', (changes, faults) => {
  const one = row(changes);
  expect(faultsOf(one, [one, emptyRow(1)])).toEqual(faults);
});

it('accepts an empty line, and reports a user name written twice', () => {
  const [one, twin] = [row(), row({ username: 'Zoe.Le-Goff ' })];
  expect(faultsOf(emptyRow(1), [])).toEqual({});
  expect(faultsOf(one, [one, twin])).toEqual({ username: 'taken' });
});
