import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { Keyring, KernelModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { AccountTokenService } from './tokens/account-token.service';
import { CredentialModule } from './credential.module';
import type { CredentialOptions } from './credential.options';
import { credentialPersistence } from './credential.persistence';
import { PasswordAttemptService } from './password-attempt.service';
import { PasswordHashingService } from './password-hashing.service';
import { ResetRequestService } from './reset-request.service';

const keyring = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);

function start(options: CredentialOptions) {
  return Test.createTestingModule({
    imports: [
      KernelModule.forRoot({ keyring }),
      PersistenceModule.forRoot({ url: ':memory:', parts: [credentialPersistence] }),
      CredentialModule.forRootAsync({ useFactory: () => options }),
    ],
  }).compile();
}

describe('the module', () => {
  it('provides every service of the domain without options', async () => {
    const app = await start({});
    for (const part of [
      PasswordHashingService,
      PasswordAttemptService,
      AccountTokenService,
      ResetRequestService,
    ]) {
      expect(app.get(part)).toBeInstanceOf(part);
    }
    await app.close();
  });

  it('refuses to start with hashes weaker than the policy, and names the option', async () => {
    await expect(start({ passwords: { memory: 8_192 } })).rejects.toThrow('passwords.memory must be');
  });

  it('ends its hashing threads with the application', async () => {
    const app = await start({});
    expect(await app.get(PasswordHashingService).verify(null, 'x')).toBe(false);
    await app.close();
    await expect(app.get(PasswordHashingService).verify(null, 'x')).rejects.toMatchObject({
      code: 'service.busy',
    });
  });
});
