import { MINUTE } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import { SessionEntity } from './session/session.entity';
import { SessionPersonalData } from './session.personal-data';
import { sessionPersistence } from './session.persistence';
import { SessionRepository } from './session/session.repository';
import { paul, SessionFixture } from './testing/session.fixture';
import { TrustedDeviceEntity } from './trusted-device/trusted-device.entity';
import { TrustedDeviceRepository } from './trusted-device/trusted-device.repository';

const claire = { id: 'claire', username: 'claire.martin', email: 'claire@hopital.example', nationalId: null };
const FIREFOX = { userAgent: 'Firefox', address: '192.0.2.1' };

describeOnEveryEngine('what is kept of where a person signed in', [sessionPersistence], (testDatabase) => {
  let fixture: SessionFixture;
  let source: SessionPersonalData;

  beforeEach(async () => {
    fixture = new SessionFixture(testDatabase.dataSource);
    await fixture.empty();
    source = new SessionPersonalData(
      new SessionRepository(testDatabase.dataSource.getRepository(SessionEntity)),
      new TrustedDeviceRepository(testDatabase.dataSource.getRepository(TrustedDeviceEntity)),
      fixture.signIns,
      fixture.browsers,
      fixture.sessions,
    );
  });

  it('is each of their sessions, open or ended, the newest first, and nothing of its secret', async () => {
    const activity = {
      profession: '10',
      skill: null,
      mode: 'L',
      sector: null,
      structure: 'Cabinet',
      structureId: 'C1',
    };
    const earlier = await fixture.open({ means: 'pro-sante-connect', amr: [], activity });
    fixture.clock.advance(MINUTE);
    const later = await fixture.open();
    await fixture.open({ principal: paul });
    await fixture.sessions.end(later.session.id, 'sign-out');
    const kept = ({ session }: typeof earlier) => {
      const { id, means, amr, activity: stated, signedInAt, expiresAt } = session;
      return { id, means, amr, activity: stated, signedInAt, expiresAt, ...FIREFOX };
    };
    expect(earlier.session.activity).toEqual(activity);
    expect((await source.export(claire)).sessions).toEqual([
      { ...kept(later), endedAt: fixture.clock.now(), endReason: 'sign-out' },
      { ...kept(earlier), endedAt: null, endReason: null },
    ]);
  });

  it('is each of their browsers, known or forgotten, the latest used first, and nothing of its secret', async () => {
    const createdAt = fixture.clock.now();
    const forgotten = await fixture.remember();
    const known = await fixture.remember();
    await fixture.remember('paul');
    fixture.clock.advance(MINUTE);
    const usedAt = fixture.clock.now();
    await fixture.rotateBrowser(forgotten.token);
    await fixture.browsers.end(forgotten.id, 'forgotten');
    const kept = { createdAt, codeAcceptedAt: createdAt, ...FIREFOX };
    expect((await source.export(claire)).browsers).toEqual([
      { ...kept, id: forgotten.id, lastUsedAt: usedAt, endedAt: usedAt, endReason: 'forgotten' },
      { ...kept, id: known.id, lastUsedAt: createdAt, endedAt: null, endReason: null },
    ]);
  });
});
