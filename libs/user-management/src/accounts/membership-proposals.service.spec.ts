import type { MembershipProposal, NewProposal, ProposalService } from '@portillon/account';
import { AppError, Keyring } from '@portillon/kernel';
import type { Limit, RateLimiterService } from '@portillon/rate-limit';
import { SettableClock, Steps } from '@portillon/testing';
import type { ActJournalService, JournalAct } from '../rights/act-journal.service';
import type { AdministeredAccountService } from '../rights/administered-account.service';
import type { AdministeredStructureService } from '../structures/administered-structure.service';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { MembershipProposalsService } from './membership-proposals.service';

/** `full`: the limits that are reached. */
function proposing(...full: string[]) {
  const steps = new Steps();
  const [clock, counted, journalled] = [new SettableClock(), [] as string[], [] as JournalAct[]];
  const retryAt = new Date(clock.now().getTime() + 60_000);
  const proposal = (wanted: NewProposal) =>
    ({
      ...wanted,
      identifierKind: 'nationalId',
      identifier: '810003456789',
    }) as unknown as MembershipProposal;
  const service = new MembershipProposalsService(
    steps.transactions,
    steps.of<AdministeredStructureService>('structures', { get: async () => ({}) as never }),
    steps.of<AdministeredAccountService>('administered', { requireGrantable: async () => undefined }),
    steps.of<ProposalService>('proposals', { propose: async (wanted) => proposal(wanted) }),
    steps.of<RateLimiterService>('limits', {
      consume: async ({ limit }: { limit: Limit }) => {
        counted.push(limit.name);
        return full.includes(limit.name) ? { limit, retryAt } : undefined;
      },
    }),
    steps.of<ActJournalService>('journal', {
      recordOnStructure: async (_by, _structureId, act) => void journalled.push(act),
    }),
    new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]),
    clock,
  );
  const propose = () => service.propose(OF_HOSPITAL, 'hospital', { nationalId: '810003456789' });
  return { steps, counted, journalled, propose };
}

describe('a proposal of a membership', () => {
  it('looks for no account, and is in the journal of the structure with a masked identifier', async () => {
    const { steps, journalled, propose } = proposing();
    expect(await propose()).toMatchObject({ roles: ['professional'], source: 'console', proposedBy: 'hugo' });
    expect(steps.taken).toEqual([
      'structures.get',
      'administered.requireGrantable',
      'limits.consume',
      'limits.consume',
      'begin',
      'proposals.propose(tx)',
      'journal.recordOnStructure(tx)',
      'commit',
    ]);
    expect(journalled).toMatchObject([{ name: 'membership_proposed', data: { roles: ['professional'] } }]);
    expect(JSON.stringify(journalled)).not.toContain('810003456789');
  });

  it.each(['proposal.administrator.hour', 'proposal.structure.day'])(
    'is refused by the limit %s, and writes nothing',
    async (limit) => {
      const { steps, propose } = proposing(limit);
      const refusal = await propose().catch((error: unknown) => error as AppError);
      expect(refusal).toMatchObject({ code: 'attempts.exceeded' });
      expect(steps.taken).not.toContain('begin');
    },
  );
});
