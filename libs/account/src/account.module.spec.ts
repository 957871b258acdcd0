import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { DAY, Keyring, KernelModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule, StructureService } from '@portillon/structure';
import { AccountModule } from './account.module';
import type { AccountOptions } from './account.options';
import { accountPersistence } from './account.persistence';
import { AccountService } from './account/account.service';
import { AccountPhoneService } from './phones/account-phone.service';

const keyring = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);

function start(options: AccountOptions) {
  return Test.createTestingModule({
    imports: [
      KernelModule.forRoot({ keyring }),
      PersistenceModule.forRoot({ url: ':memory:', parts: [accountPersistence] }),
      StructureModule,
      AccountModule.forRootAsync({ useFactory: () => options }),
    ],
  }).compile();
}

describe('the module', () => {
  it('provides every service of the domain without options', async () => {
    const app = await start({});
    for (const part of [AccountService, StructureService, AccountPhoneService]) {
      expect(app.get(part)).toBeInstanceOf(part);
    }
    await app.close();
  });

  it.each([DAY, Number.NaN])(
    'refuses to block accounts after %d ms, and names the option',
    async (blockedAfterMs) => {
      await expect(start({ inactivity: { blockedAfterMs } })).rejects.toThrow(
        'inactivity.blockedAfterMs must be',
      );
    },
  );

  it('accepts the countries that numbers may be from', async () => {
    const app = await start({ phones: { countries: ['BE'] } });
    expect(app.get(AccountPhoneService).parse('06 12 34 56 78')).toEqual({ status: 'country-not-allowed' });
    await app.close();
  });
});
