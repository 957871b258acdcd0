import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { Keyring, KernelModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { AccountModule } from './account.module';
import type { AccountOptions } from './account.options';
import { accountPersistence } from './account.persistence';
import { AccountService } from './account.service';
import { PasswordAttemptService } from './password-attempt.service';
import { PasswordHashingService } from './password-hashing.service';
import { PhoneNumberService } from './phone-number.service';
import { StructureService } from './structure.service';

const keyring = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);

function start(options: AccountOptions) {
  return Test.createTestingModule({
    imports: [
      KernelModule.forRoot({ keyring }),
      PersistenceModule.forRoot({ url: ':memory:', parts: [accountPersistence] }),
      AccountModule.forRootAsync({ useFactory: () => options }),
    ],
  }).compile();
}

describe('the module', () => {
  it('gives every part of the domain, without any option', async () => {
    const app = await start({});
    for (const part of [
      AccountService,
      StructureService,
      PasswordHashingService,
      PasswordAttemptService,
      PhoneNumberService,
    ]) {
      expect(app.get(part)).toBeInstanceOf(part);
    }
    await app.close();
  });

  it('refuses to start with hashes weaker than the policy, and names the option', async () => {
    await expect(start({ passwords: { memory: 8_192 } })).rejects.toThrow('passwords.memory must be');
  });

  it('takes the countries that numbers may be from', async () => {
    const app = await start({ phones: { countries: ['BE'] } });
    expect(app.get(PhoneNumberService).parse('06 12 34 56 78')).toEqual({ status: 'country-not-allowed' });
    await app.close();
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
