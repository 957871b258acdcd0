import type { AccountService } from '@portillon/account';
import type { SecurityChange, SecurityChangeService } from '@portillon/access';
import { Steps } from '@portillon/testing';
import { IdentityUnlinkingService } from './identity-unlinking.service';
import type { OwnAccountService } from './own-account.service';
import { client, own, session } from './testing/own.fixture';

function unlinking(nationalId: string | null, unlinked = true) {
  const steps = new Steps();
  const changed: SecurityChange[] = [];
  const service = new IdentityUnlinkingService(
    steps.transactions,
    steps.of<OwnAccountService>('own', { get: async () => own({ nationalId }) }),
    steps.of<AccountService>('accounts', { unlinkNationalId: async () => unlinked }),
    steps.of<SecurityChangeService>('changes', { complete: async (_, change) => void changed.push(change) }),
  );
  return { steps, changed, unlink: () => service.unlink(session, client) };
}

describe('the link to a card or an e-CPS', () => {
  it('is taken away with whatever was opened, and the journal has no full id', async () => {
    const { steps, changed, unlink } = unlinking('899700366240');
    await unlink();
    const all = ['accounts.unlinkNationalId(tx)', 'changes.complete(tx)'];
    expect(steps.taken).toEqual(['own.get', 'begin', ...all, 'commit']);
    expect(JSON.stringify(changed)).not.toContain('899700366240');
  });

  it('is not taken away twice', async () => {
    const { steps, unlink } = unlinking('899700366240', false);
    await unlink();
    expect(steps.taken).toEqual(['own.get', 'begin', 'accounts.unlinkNationalId(tx)', 'commit']);
  });

  it('needs nothing when there is none', async () => {
    const { steps, unlink } = unlinking(null);
    await unlink();
    expect(steps.taken).toEqual(['own.get']);
  });
});
