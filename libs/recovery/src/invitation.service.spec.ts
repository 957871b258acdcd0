import type { EntityManager } from 'typeorm';
import { Steps } from '@portillon/testing';
import { InvitationActor, InvitationService } from './invitation.service';
import type { LinkMailService, LinkRequest } from './link-mail.service';
import { claire, CLIENT, journalOf } from './testing/recovery.fixture';

describe('an invitation', () => {
  const invite = async (actor: InvitationActor) => {
    const steps = new Steps();
    const written: LinkRequest[] = [];
    const { audit, lines } = journalOf(steps);
    const links = steps.of<LinkMailService>('links', {
      write: async (link: LinkRequest) => void written.push(link),
    });
    const service = new InvitationService(links, audit);
    await steps.transactions.run((tx: EntityManager) => service.send(claire(), actor, tx));
    return { steps, written, lines };
  };

  it('is written and said in the journal in the transaction of the act that invites', async () => {
    const { steps, lines } = await invite({ id: 'paul', client: CLIENT });
    expect(steps.taken).toEqual(['begin', 'links.write(tx)', 'audit.record(tx)', 'commit']);
    expect(lines).toEqual(['user_invited']);
  });

  it('of many leaves at the pace set for them', async () => {
    const { written } = await invite({ id: null, bulk: true });
    expect(written).toEqual([{ kind: 'INVITATION', account: claire(), bulk: true }]);
  });
});
