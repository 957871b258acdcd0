import type { Admission, MembershipChangeService, SignInPolicy } from '@portillon/access';
import type { Account, AccountService } from '@portillon/account';
import type { AuditData, AuditService } from '@portillon/audit';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { FederatedSignInService, VerifiedIdentity } from './federated-sign-in.service';
import type { IdentityLinkService } from './identity-link.service';
import {
  SessionOpening,
  SignInCompletionService,
  SignInRefused,
} from '../session/sign-in-completion.service';
import { CLAIRE, OPEN, refusedFor, SESSION } from '../testing/sign-in.fixture';

const IDENTITY: VerifiedIdentity = {
  means: 'cpx',
  nationalId: CLAIRE.nationalId!,
  acr: null,
  amr: ['sc', 'pin'],
  client: CLIENT,
  evidence: { cardSerial: '4711' } as AuditData,
};

interface World {
  linked?: Account | undefined;
  admission?: Admission;
  /** The account as the transaction reads it. */
  held?: Account;
  isFirst?: boolean;
  open?: () => Promise<never>;
}

function coming(world: World = {}) {
  const { admission = OPEN, held = CLAIRE, isFirst = true, open } = world;
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const openings: SessionOpening[] = [];
  const joined: [accountId: string, by: string][] = [];
  const service = new FederatedSignInService(
    steps.of<AccountService>('accounts', {
      findByNationalId: async () => ('linked' in world ? world.linked : CLAIRE),
    }),
    { judge: () => admission } as unknown as SignInPolicy,
    steps.transactions,
    steps.of<SignInCompletionService>('completion', {
      open:
        open ??
        (async (opening) => {
          openings.push(opening);
          return { account: held, session: SESSION, sessionToken: 's' };
        }),
    }),
    steps.of<IdentityLinkService>('identities', { recordIfOld: async () => undefined }),
    steps.of<MembershipChangeService>('memberships', {
      acceptProven: async ({ id }, by) => void joined.push([id, by]),
    }),
    audit,
  );
  const presented = steps.of<{ consume: () => Promise<boolean>; keep: () => Promise<void> }>('means', {
    consume: async () => isFirst,
    keep: async () => undefined,
  });
  const signIn = () => service.signIn(IDENTITY, presented);
  return { steps, lines, entries, openings, joined, service, signIn };
}

describe('a sign-in by card or Pro Santé Connect', () => {
  it('uses up what the person came with and opens the session in one transaction', async () => {
    const { steps, signIn } = coming();
    expect(await signIn()).toMatchObject({ sessionToken: 's' });
    expect(steps.taken).toEqual([
      'accounts.findByNationalId',
      'begin',
      'means.consume(tx)',
      'identities.recordIfOld(tx)',
      'completion.open(tx)',
      'means.keep(tx)',
      'memberships.acceptProven(tx)',
      'commit',
    ]);
  });

  it('joins the structures that proposed it to this number, by the card or the e-CPS', async () => {
    for (const [means, by] of [
      ['cpx', 'card'],
      ['pro-sante-connect', 'e-cps'],
    ] as const) {
      const { joined, service } = coming();
      await service.signIn({ ...IDENTITY, means });
      expect(joined).toEqual([[CLAIRE.id, by]]);
    }
    const refused = coming({ linked: undefined });
    await refused.signIn().catch(() => undefined);
    expect(refused.joined).toEqual([]);
  });

  it('remembers no browser and no code: the means is proof enough', async () => {
    const { openings, signIn } = coming();
    await signIn();
    expect(openings).toMatchObject([{ means: 'cpx', codeAcceptedAt: null, browserId: null }]);
  });

  it('has nothing to use up where its means brings none', async () => {
    expect(await coming().service.signIn(IDENTITY)).toMatchObject({ sessionToken: 's' });
  });

  it('leaves in the journal what the means stated, opened or refused', async () => {
    const { openings, signIn } = coming();
    await signIn();
    expect(openings).toMatchObject([{ amr: ['sc', 'pin'], facts: { data: IDENTITY.evidence } }]);
    const refused = coming({ linked: undefined });
    await refused.signIn().catch(() => undefined);
    const entry = { outcome: 'FAILURE', means: 'cpx', accountId: null, data: IDENTITY.evidence };
    expect(refused.entries).toMatchObject([entry]);
  });

  it('takes no failure of the database for a refusal', async () => {
    const { lines, signIn } = coming({ open: () => Promise.reject(new Error('connection lost')) });
    await expect(signIn()).rejects.toThrow('connection lost');
    expect(lines).toEqual([]);
  });

  it('opens nothing for the second of two with one ticket', async () => {
    const { steps, lines, openings, signIn } = coming({ isFirst: false });
    expect(await signIn()).toBeUndefined();
    expect(steps.taken).toContain('rollback');
    expect([openings, lines]).toEqual([[], []]);
  });

  it.each<[string, World, string, string]>([
    [
      'nobody is linked',
      { linked: undefined, admission: refusedFor('unknown') },
      'account.not-linked',
      'unknown',
    ],
    [
      'the person was invited and never came',
      { admission: refusedFor('invited') },
      'account.not-linked',
      'invited',
    ],
    [
      'the structure wants another means',
      { admission: refusedFor('means-forbidden') },
      'means.unavailable',
      'means-forbidden',
    ],
  ])('is refused where %s, with the reason in the journal alone', async (_, world, code, reason) => {
    const { lines, openings, signIn } = coming(world);
    await expect(signIn()).rejects.toMatchObject({ code });
    expect(lines).toEqual([`authn_login_fail ${reason}`]);
    expect(openings).toEqual([]);
  });

  it('is undone for an identity that was unlinked since it was read', async () => {
    const { steps, lines, signIn } = coming({ held: { ...CLAIRE, nationalId: null } as Account });
    await expect(signIn()).rejects.toMatchObject({ code: 'account.not-linked' });
    expect(steps.taken).toContain('rollback');
    expect(lines).toEqual(['authn_login_fail unknown']);
  });

  it('is undone for an account that was closed since it was read', async () => {
    const refused = new SignInRefused(CLAIRE, 'deactivated');
    const { lines, signIn } = coming({ open: () => Promise.reject(refused) });
    await expect(signIn()).rejects.toMatchObject({ code: 'account.not-linked' });
    expect(lines).toEqual(['authn_login_fail deactivated']);
  });
});
