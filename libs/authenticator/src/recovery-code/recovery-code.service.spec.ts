import { readRecoveryCode, writeRecoveryCode } from './recovery-code.service';

it.each([
  ['00000000000000000000', '0000-0000-0000-0000'],
  ['ffffffffffffffffffff', 'ZZZZ-ZZZZ-ZZZZ-ZZZZ'],
  ['00000000000000000001', '0000-0000-0000-0001'],
  ['0123456789abcdef0123', '04HM-ASW9-NF6Y-Y093'],
  ['0123456789abcdef0123456789abcd', '04HM-ASW9-NF6Y-Y093-8NKR-KAYD'],
])('%s is written %s', (hexadecimal, code) => {
  expect(writeRecoveryCode(Buffer.from(hexadecimal, 'hex'))).toBe(code);
});

it.each([
  'a1b0-c1d0-e2f3-g4h5',
  ' AIBO CLDO E2F3 G4H5 ',
  'aibocldoe2f3g4h5',
  'A1B0\u2013C1D0\u2011E2F3\u202fG4H5',
])('"%s" is read as the one code that it can be', (typed) => {
  expect(readRecoveryCode(typed)).toBe('A1B0C1D0E2F3G4H5');
});
