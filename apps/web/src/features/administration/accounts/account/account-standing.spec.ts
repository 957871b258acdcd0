// @vitest-environment node
import { expect, it } from 'vitest';
import { adminAccount } from '../../../../../test/administration';
import type { AdminAccount } from '../../../../api/types';
import { blocksOf } from './account-standing';

const NOW = Date.parse('2026-12-04T10:00:00.000Z');
const LATER = '2026-12-04T10:15:00.000Z';
const BEFORE = '2026-12-03T10:00:00.000Z';
const OPEN = adminAccount().locks;
const blocks = (changes: Partial<AdminAccount>) => blocksOf(adminAccount(changes), NOW);

it('nothing keeps out who may come in', () => {
  expect(blocks({})).toEqual([]);
});

it('an invitation keeps out until it is taken up, and says when it was over', () => {
  const act = 'resendInvitation';
  const invited = (invitedUntil: string | null) => blocks({ status: 'INVITED', invitedUntil });
  expect(invited(BEFORE)).toEqual([{ why: 'invitationOver', at: BEFORE, act }]);
  expect(invited(LATER)).toEqual([{ why: 'invited', at: LATER, act }]);
  expect(invited(null)).toEqual([{ why: 'invitedBefore', act }]);
});

it('each lock is said, with the one act that ends both', () => {
  const locks = { ...OPEN, passwordUntil: LATER, codeUntil: LATER };
  expect(blocks({ locks })).toEqual([
    { why: 'passwordLocked', at: LATER, act: 'unlock' },
    { why: 'codeLocked', at: LATER, act: 'unlock' },
  ]);
  const closed = { ...OPEN, codeUntilReopened: true };
  expect(blocks({ locks: closed })).toEqual([{ why: 'codeClosed', act: 'unlock' }]);
});

it('a closed account is mended by opening it, but not while its person wants to be erased, or is', () => {
  expect(blocks({ status: 'DEACTIVATED' })).toEqual([{ why: 'closed', act: 'reactivate' }]);
  expect(blocks({ status: 'DEACTIVATED', erasureRequestedAt: BEFORE })).toEqual([{ why: 'closed' }]);
  expect(blocks({ status: 'DEACTIVATED', email: '' })).toEqual([{ why: 'erased' }]);
});
