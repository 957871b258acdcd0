import { Keyring, Random, SystemRandom } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { OtpCodeService } from './otp-code.service';
import { OtpPolicy } from './otp.policy';
import { OLD_KEY, signInRequest } from './testing/otp.fixture';

const clock = new SettableClock();

function maker(random: Random = new SystemRandom(clock)): OtpCodeService {
  return new OtpCodeService(clock, random, new Keyring([OLD_KEY]), new OtpPolicy());
}

describe('the code generator', () => {
  it('keeps leading zeros of a code', () => {
    const random = new SystemRandom(clock);
    random.digits = () => '000042';
    const { row, code } = maker(random).generate(signInRequest(), { round: 1, sends: 1 });
    expect(code).toBe('000042');
    expect(maker().matches(row, '42')).toBe(false);
    expect(maker().matches(row, '000042')).toBe(true);
  });

  it('returns another digest of the same code each time', () => {
    const random = new SystemRandom(clock);
    random.digits = () => '123456';
    const digests = [1, 2, 3].map(
      () => maker(random).generate(signInRequest(), { round: 1, sends: 1 }).row.codeDigest,
    );
    expect(new Set(digests).size).toBe(3);
  });

  it.each(['purpose', 'id', 'subjectId', 'binding', 'destinationDigest'] as const)(
    'binds the code to its %s',
    (name) => {
      const { row, code } = maker().generate(signInRequest(), { round: 1, sends: 1 });
      expect(maker().matches(row, code)).toBe(true);
      expect(maker().matches({ ...row, [name]: 'other' }, code)).toBe(false);
    },
  );

  it('binds the code to its destination', () => {
    const { row } = maker().generate(signInRequest({ destination: '+33612345678' }), { round: 1, sends: 1 });
    const other = maker().generate(signInRequest({ destination: '+33612345679' }), {
      round: 1,
      sends: 1,
    }).row;
    expect(row.destinationDigest).not.toBe(other.destinationDigest);
  });

  it('gives codes references that are rarely confused', () => {
    const marks = Array.from(
      { length: 200 },
      () => maker().generate(signInRequest(), { round: 1, sends: 1 }).row.reference,
    );
    expect(marks.every((mark) => /^[CFHJKMNPRTWXY3479]{4}$/.test(mark))).toBe(true);
    expect(new Set(marks).size).toBeGreaterThan(190);
  });
});
