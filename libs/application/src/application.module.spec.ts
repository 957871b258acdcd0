import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { Keyring, KernelModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import {
  ACR_OF_MEANS,
  ApplicationModule,
  applicationPersistence,
  ApplicationRefusals,
  ApplicationSecretService,
  ApplicationService,
} from '.';

const keyring = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);

function start(acrOfMeans?: string) {
  return Test.createTestingModule({
    imports: [
      KernelModule.forRoot({ keyring }),
      PersistenceModule.forRoot({ url: ':memory:', parts: [applicationPersistence] }),
      ApplicationModule.forRoot({ acrOfMeans }),
    ],
  }).compile();
}

describe('the module', () => {
  it('provides every service of the domain', async () => {
    const app = await start();
    for (const part of [ApplicationService, ApplicationSecretService, ApplicationRefusals])
      expect(app.get(part, { strict: false })).toBeInstanceOf(part);
    await app.close();
  });

  it("provides the deployment's levels", async () => {
    const app = await start('cpx=eidas2');
    expect(app.get(ACR_OF_MEANS, { strict: false })).toMatchObject({ cpx: 'eidas2', passkey: 'eidas1-mfa' });
    await app.close();
  });

  it('does not start with an unknown level', async () => {
    await expect(start('cpx=gold')).rejects.toThrow('"cpx=gold"');
  });
});
