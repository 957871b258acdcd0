import type { EntityManager } from 'typeorm';
import type { AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { InvitationActor, InvitationService } from './invitation.service';
import type { LinkMailService, LinkRequest } from './link-mail.service';
import { claire } from './testing/recovery.fixture';

const UNTIL = new Date('2026-12-03T10:00:00.000Z');

describe('an invitation', () => {
  const invite = async (actor: InvitationActor) => {
    const steps = new Steps();
    const written: LinkRequest[] = [];
    const { audit, lines } = journalOf<AuditService>(steps);
    const links = steps.of<LinkMailService>('links', {
      write: async (link: LinkRequest) => {
        written.push(link);
        return UNTIL;
      },
    });
    const noted: unknown[] = [];
    const accounts = steps.of<AccountService>('accounts', {
      noteInvitation: async (id, until) => void noted.push([id, until]),
    });
    const service = new InvitationService(links, accounts, audit);
    await steps.transactions.run((tx: EntityManager) => service.send(claire(), actor, tx));
    return { steps, written, noted, lines };
  };

  it('is written and said in the journal in the transaction of the act that invites', async () => {
    const { steps, noted, lines } = await invite({ id: 'paul', client: CLIENT });
    expect(steps.taken).toEqual([
      'begin',
      'links.write(tx)',
      'accounts.noteInvitation(tx)',
      'audit.record(tx)',
      'commit',
    ]);
    expect(noted).toEqual([['claire', UNTIL]]);
    expect(lines).toEqual(['user_invited']);
  });

  it('of many leaves at the pace set for them', async () => {
    const { written } = await invite({ id: null, bulk: true });
    expect(written).toEqual([{ kind: 'INVITATION', account: claire(), bulk: true }]);
  });
});
