import { Test, TestingModule } from '@nestjs/testing';
import { KernelModule, Keyring } from '@portillon/kernel';
import { MigratorService, PersistenceModule, Transactions } from '@portillon/persistence';
import { OtpModule, OtpOptions, otpPersistence, OtpPolicy, OtpService } from '.';
import { signInRequest } from './testing/otp.fixture';

function start(module: ReturnType<typeof OtpModule.forRoot>): Promise<TestingModule> {
  const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
  const platform = [
    KernelModule.forRoot({ keyring }),
    PersistenceModule.forRoot({ url: ':memory:', parts: [otpPersistence] }),
  ];
  return Test.createTestingModule({ imports: [...platform, module] }).compile();
}

describe('the module of the codes', () => {
  it.each([
    ['given', OtpModule.forRoot({ digits: 8 })],
    ['found later', OtpModule.forRootAsync({ useFactory: (): OtpOptions => ({ digits: 8 }) })],
  ])('works with options that are %s', async (_, module) => {
    const application = await start(module);
    await application.get(MigratorService).migrate();
    const otp = application.get(OtpService);
    const issued = await application.get(Transactions).run((tx) => otp.issue(signInRequest(), tx));
    if (issued.status !== 'issued') throw new Error(issued.status);
    expect(issued.code).toMatch(/^\d{8}$/);
    const checked = await otp.check({ purpose: 'sign-in', binding: 'sign-in-1', code: issued.code });
    expect(checked.status).toBe('accepted');
    expect(application.get(OtpPolicy).options.triesPerCode).toBe(5);
    await application.close();
  });

  it('does not start with an option outside its range, and names it', async () => {
    await expect(start(OtpModule.forRoot({ triesPerCode: 6 }))).rejects.toThrow(
      'OtpModule.triesPerCode must be a whole number from 1 to 5',
    );
  });
});
