import type { AccountImport, ImportState } from '@portillon/account';
import { isOver, nextState } from './import-state.policy';

const LINES = { NEW: 0, GOOD: 0, BAD: 0, MADE: 0, INVITED: 0, UNDONE: 0, KEPT: 0 };
type Order = Pick<AccountImport, 'mode' | 'dryRun'>;

/** What follows `state` for an import with so many bad lines. */
function after(state: ImportState, BAD: number, order: Partial<Order> = {}): ImportState {
  return nextState({ state, mode: 'ALL_OR_NONE', dryRun: false, lines: { ...LINES, BAD }, ...order });
}

describe('an import, when no line of its state is left,', () => {
  it.each<[ImportState, number, Partial<Order>, ImportState]>([
    ['CHECKING', 0, {}, 'CREATING'],
    ['CHECKING', 1, {}, 'REFUSED'],
    ['CHECKING', 1, { mode: 'GOOD_LINES' }, 'CREATING'],
    ['CHECKING', 0, { dryRun: true }, 'CHECKED'],
    ['CHECKING', 1, { dryRun: true }, 'CHECKED'],
    ['CREATING', 0, {}, 'INVITING'],
    ['CREATING', 1, {}, 'UNDOING'],
    ['CREATING', 1, { mode: 'GOOD_LINES' }, 'INVITING'],
    ['INVITING', 0, {}, 'DONE'],
    ['UNDOING', 0, {}, 'UNDONE'],
  ])('goes from %s with %i bad lines, %j, to %s', (state, bad, order, next) => {
    expect(after(state, bad, order)).toBe(next);
  });

  it('is over when it is done, undone or refused', () => {
    const states: ImportState[] = ['DONE', 'UNDONE', 'REFUSED', 'CHECKED', 'CREATING', 'INVITING'];
    expect(states.map(isOver)).toEqual([true, true, true, false, false, false]);
  });
});
