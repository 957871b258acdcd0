import { Keyring } from '@portillon/kernel';
import type { KeyAnnouncementService } from './key-announcement.service';
import { KeyFindings } from './key.findings';
import type { KeyConflict, KeyUse } from './key-rotation.policy';
import type { KeyRotationService } from './key-rotation.service';

const key = (id: string) => ({ id, secret: Buffer.from('0123456789abcdefghijklmnopqrstuv') });
const instance = { name: 'other:3002', keyIds: ['k2', 'k1'], announcedAt: new Date(0) };

function findings({ conflict, unreadable = [] }: { conflict?: KeyConflict; unreadable?: KeyUse[] } = {}) {
  const keyring = new Keyring([key('k1'), key('k0')]);
  const announcements = { conflict: async () => conflict, running: async () => [instance] };
  const rotation = { unreadable: async () => unreadable };
  const keys = new KeyFindings(
    announcements as unknown as KeyAnnouncementService,
    rotation as unknown as KeyRotationService,
    keyring,
  );
  return { keyring, keys };
}

describe('the keys of an instance', () => {
  it('are well, and the doctor counts who can read what they make', async () => {
    const { keys } = findings();
    expect(await keys.find()).toMatchObject({ state: 'well', values: { missingKeys: [] } });
    expect(await keys.check()).toMatchObject([
      { text: 'k1 makes; k0 read; 1 running instance(s) can read it' },
    ]);
  });

  it('fail without those of another instance, or of a mobile number that was met', async () => {
    const { keys, keyring } = findings({ conflict: { kind: 'lacking', keyId: 'k2', instance } });
    keyring.missing.add('k9');
    expect(await keys.find()).toMatchObject({ state: 'failing', values: { missingKeys: ['k2', 'k9'] } });
  });

  it('fail where the doctor finds rows that none of them reads', async () => {
    const unreadable = [{ keyId: 'k8', what: 'mobile numbers', rows: 4, vouched: false }];
    const { keys } = findings({ unreadable });
    expect(await keys.check()).toMatchObject([
      { state: 'failing', text: 'SECRET_KEYS cannot read 4 mobile numbers of k8' },
    ]);
  });
});
