import { Keyring, SystemRandom } from '@portillon/kernel';
import type { Transactions } from '@portillon/persistence';
import { SettableClock } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import type { OtpChallengeEntity } from './otp-challenge.entity';
import type { OtpChallengeRepository } from './otp-challenge.repository';
import { OtpCodeService } from './otp-code.service';
import type { OtpSubjectEntity, OtpSubjectRepository } from './otp-subject.repository';
import { OtpPolicy } from './otp.policy';
import { OtpService } from './otp.service';
import { NEW_KEY, OLD_KEY, signInRequest, wrong } from './testing/otp.fixture';

const TX = {} as EntityManager;

/** Records the steps in order; one challenge and one subject replace the tables. */
class CheckFixture {
  readonly steps: string[] = [];
  readonly challenge: OtpChallengeEntity;
  readonly code: string;
  subject: OtpSubjectEntity = { id: 'claire', failures: 0, lockedUntilAt: null };
  overtaken = 0;
  commit = (): unknown => undefined;
  readonly otp: OtpService;

  constructor(keyring = new Keyring([OLD_KEY])) {
    const clock = new SettableClock();
    const policy = new OtpPolicy();
    const making = new OtpCodeService(clock, new SystemRandom(clock), new Keyring([OLD_KEY]), policy);
    const { row, code } = making.generate(signInRequest(), { round: 1, sends: 1 });
    this.challenge = row;
    this.code = code;
    const codes = new OtpCodeService(clock, new SystemRandom(clock), keyring, policy);
    const matches = codes.matches.bind(codes);
    codes.matches = (...given) => this.#note('compare', matches(...given));
    const { challenges, subjects, transactions } = this.#tables();
    this.otp = new OtpService(transactions, challenges, subjects, codes, policy, clock);
  }

  check(code: string) {
    return this.otp.check({ purpose: 'sign-in', binding: 'sign-in-1', code });
  }

  #tables() {
    const challenges = {
      findLatestWithSubject: async () => this.#note('read', { ...this.challenge, subject: this.subject }),
      takeAttempt: async () => this.#note('take attempt', this.overtaken-- <= 0),
    } as unknown as OtpChallengeRepository;
    const subjects = {
      countAttempt: async () => this.#note('count attempt', true),
    } as unknown as OtpSubjectRepository;
    const transactions = {
      runOrRollBack: async <Result>(work: (tx: EntityManager) => Promise<Result | undefined>) => {
        const result = await work(TX);
        if (result === undefined) return undefined;
        this.commit();
        return this.#note('commit', result);
      },
    } as unknown as Transactions;
    return { challenges, subjects, transactions };
  }

  #note<Value>(step: string, value: Value): Value {
    this.steps.push(step);
    return value;
  }
}

const COUNT = ['take attempt', 'count attempt', 'commit'];

describe('a code that is checked', () => {
  it.each(['right', 'wrong'])(
    'is counted, and the count committed, before it is compared (%s)',
    async (which) => {
      const bench = new CheckFixture();
      await bench.check(which === 'right' ? bench.code : wrong(bench.code));
      expect(bench.steps).toEqual(['read', ...COUNT, 'compare']);
    },
  );

  it('is compared after its own count only, however often others were counted first', async () => {
    const bench = new CheckFixture();
    bench.overtaken = 3;
    expect(await bench.check(bench.code)).toMatchObject({ status: 'accepted' });
    const turn = ['read', 'take attempt'];
    expect(bench.steps).toEqual([...turn, ...turn, ...turn, 'read', ...COUNT, 'compare']);
  });

  it('is given up, uncompared, when others are counted first time and again', async () => {
    const bench = new CheckFixture();
    bench.overtaken = Infinity;
    await expect(bench.check(bench.code)).rejects.toMatchObject({ code: 'service.busy' });
    expect(bench.steps).not.toContain('compare');
  });

  it('is not compared when its count cannot be committed, and the failure is not hidden', async () => {
    const bench = new CheckFixture();
    const lost = new Error('the connection was lost');
    bench.commit = () => {
      throw lost;
    };
    await expect(bench.check(bench.code)).rejects.toBe(lost);
    expect(bench.steps).toEqual(['read', 'take attempt', 'count attempt']);
  });

  it.each([
    ['locked', { failures: 100, lockedUntilAt: null }],
    ['locked', { failures: 10, lockedUntilAt: new Date('2100-01-01') }],
  ])('costs nothing and is not compared while its subject is %s', async (status, subject) => {
    const bench = new CheckFixture();
    bench.subject = { id: 'claire', ...subject };
    expect(await bench.check(bench.code)).toMatchObject({ status });
    expect(bench.steps).toEqual(['read']);
  });

  it('costs no attempt on an instance that does not have the key it was made with', async () => {
    const bench = new CheckFixture(new Keyring([NEW_KEY]));
    await expect(bench.check(bench.code)).rejects.toMatchObject({ code: 'service.busy' });
    expect(bench.steps).toEqual(['read']);
  });

  it('proves the address that it was sent to, and no other', async () => {
    const bench = new CheckFixture();
    const checked = await bench.check(bench.code);
    if (checked.status !== 'accepted') throw new Error(checked.status);
    expect(bench.otp.isSentTo(checked, 'EMAIL', 'claire.martin@hopital.example')).toBe(true);
    expect(bench.otp.isSentTo(checked, 'EMAIL', 'claire.martin@hopital.examplе')).toBe(false);
    expect(bench.otp.isSentTo(checked, 'SMS', 'claire.martin@hopital.example')).toBe(false);
  });
});
