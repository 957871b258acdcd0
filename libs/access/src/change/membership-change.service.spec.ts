import { isProven } from './membership-change.service';

const AT = new Date(0);

describe('an account is known to be that of the person whom a proposal means', () => {
  const byMail = { identifierKind: 'email' as const, roles: ['structure-admin'] };
  const byNumber = { identifierKind: 'nationalId' as const, roles: ['professional'] };

  it('by the address, when its mailbox answered', () => {
    const card = { identity: { method: 'card', at: AT } } as const;
    expect(isProven(byMail, card, { by: 'account' })).toBe(false);
    expect(isProven(byMail, card, { by: 'card' })).toBe(false);
    expect(isProven(byMail, { identity: null }, { by: 'account', provesMailbox: true })).toBe(true);
  });

  it('by the number, when a card or an e-CPS proved it, now or before', () => {
    const answer = { by: 'link', provesMailbox: true } as const;
    expect(isProven(byNumber, { identity: null }, answer)).toBe(false);
    expect(isProven(byNumber, { identity: { method: 'face-to-face', at: AT } }, answer)).toBe(false);
    for (const method of ['card', 'pro-sante-connect'] as const)
      expect(isProven(byNumber, { identity: { method, at: AT } }, answer)).toBe(true);
    for (const by of ['card', 'e-cps'] as const)
      expect(isProven(byNumber, { identity: null }, { by })).toBe(true);
  });

  it('by the number, for a role that administers, when this card or e-CPS proves it', () => {
    const proposal = { ...byNumber, roles: ['structure-admin'] };
    const identity = { method: 'pro-sante-connect', at: AT } as const;
    expect(isProven(proposal, { identity }, { by: 'account', provesMailbox: true })).toBe(false);
    expect(isProven(proposal, { identity }, { by: 'card' })).toBe(true);
  });
});
