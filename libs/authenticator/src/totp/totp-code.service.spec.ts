import { Keyring } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { execFileSync, spawnSync } from 'node:child_process';
import { generateSync } from 'otplib';
import type { PasskeyOptions } from '../passkey.options';
import { FixedRandom } from '../testing/fixed-random';
import { TotpCodeService } from './totp-code.service';

const clock = new SettableClock(new Date('2033-05-18T03:33:20Z'));
const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const options = { rpName: 'Éclair' } as PasskeyOptions;
const codes = new TotpCodeService(clock, new FixedRandom(clock), keyring, options);
/** Seconds since 1970 of that moment, in the step 66,666,666. */
const NOW = 2_000_000_000;
const STEP = 66_666_666;

it('formats service and user name in the QR code as apps read them', () => {
  expect(codes.uri('JBSWY3DPEHPK3PXP', 'claire martin')).toBe(
    'otpauth://totp/%C3%89clair:claire%20martin?secret=JBSWY3DPEHPK3PXP&issuer=%C3%89clair',
  );
});

it.each(['', '12345', '1234567', 'abcdef', '12 345', '１２３４５６'])('refuses "%s" as a code', (text) => {
  expect(codes.stepOf(codes.secret(), text)).toBeUndefined();
});

it('accepts a code of a later step than the last, and none while the clock is before it', () => {
  const secret = codes.secret();
  const code = generateSync({ secret, epoch: NOW });
  const taken = [undefined, STEP - 1, STEP, STEP + 1000].map((last) => codes.stepOf(secret, code, last));
  expect(taken).toEqual([STEP, STEP, undefined, undefined]);
});

/** `oathtool` of Debian: a witness that is no part of the product. */
const there = !spawnSync('oathtool', ['--version']).error;

(there ? describe : describe.skip)('beside oathtool', () => {
  const witness = (secret: string, seconds: number) =>
    execFileSync('oathtool', ['--totp', '--base32', `--now=@${seconds}`, secret], {
      encoding: 'utf8',
    }).trim();

  it('returns the same codes for every secret, of the present and the adjacent steps', () => {
    for (let times = 0; times < 20; times++) {
      const secret = codes.secret();
      for (const ahead of [-1, 0, 1])
        expect(codes.stepOf(secret, witness(secret, NOW + 30 * ahead))).toBe(STEP + ahead);
      for (const ahead of [-2, 2])
        expect(codes.stepOf(secret, witness(secret, NOW + 30 * ahead))).toBeUndefined();
    }
  });
});
