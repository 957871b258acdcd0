import { Test } from '@nestjs/testing';
import { KernelModule, Keyring, MINUTE } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import {
  PendingSignInService,
  SessionModule,
  sessionPersistence,
  SessionPolicy,
  SessionService,
  TrustedDeviceService,
} from '.';

const KEYS = Keyring.parse(`test:${Buffer.alloc(32, 7).toString('base64')}`);

function application(session: ReturnType<typeof SessionModule.forRoot>) {
  const persistence = PersistenceModule.forRoot({ url: ':memory:', parts: [sessionPersistence] });
  return Test.createTestingModule({
    imports: [KernelModule.forRoot({ keyring: KEYS }), persistence, session],
  });
}

describe('the module', () => {
  it('gives an application the three services', async () => {
    const app = await application(SessionModule.forRoot({})).compile();
    for (const service of [SessionService, PendingSignInService, TrustedDeviceService]) {
      expect(app.get(service, { strict: false })).toBeInstanceOf(service);
    }
    await app.close();
  });

  it('takes its options from a factory', async () => {
    const module = SessionModule.forRootAsync({ useFactory: () => ({ idleMs: 5 * MINUTE }) });
    const app = await application(module).compile();
    expect(app.get(SessionPolicy, { strict: false }).idleMs).toBe(5 * MINUTE);
    await app.close();
  });

  it('does not start with an option outside its bound', async () => {
    const module = application(SessionModule.forRoot({ idleMs: 31 * MINUTE }));
    await expect(module.compile()).rejects.toThrow('SessionModule.idleMs must be a whole number');
  });
});
