import { SettableClock } from '@portillon/testing';
import { FRENCH_COUNTRIES } from '../account.options';
import { AccountPhoneService } from './account-phone.service';

const phonesOf = (countries: typeof FRENCH_COUNTRIES) =>
  new AccountPhoneService({} as never, {} as never, new SettableClock(), { countries });

const phones = phonesOf(FRENCH_COUNTRIES);

describe('a mobile number', () => {
  it.each([
    ['06 12 34 56 78', '+33612345678'],
    ['06.12.34.56.78', '+33612345678'],
    ['06-12-34-56-78', '+33612345678'],
    ['0612345678', '+33612345678'],
    [' 06\u00a012\u202f34\u200956 78 ', '+33612345678'],
    ['\u202a+33 6 12 34 56 78\u202c', '+33612345678'],
    ['06\u201112\u201134\u201156\u201178', '+33612345678'],
    ['07 81 23 45 67', '+33781234567'],
    ['06 39 98 12 42', '+33639981242'],
    ['+33 6 39 98 12 42', '+33639981242'],
    ['+33 6 12 34 56 78', '+33612345678'],
    ['+33 (0)6 12 34 56 78', '+33612345678'],
    ['0033 6 12 34 56 78', '+33612345678'],
    ['0692 12 34 56', '+262692123456'],
    ['0693 12 34 56', '+262693123456'],
    ['+262 692 12 34 56', '+262692123456'],
    ['0639 01 23 45', '+262639012345'],
    ['0690 30 12 34', '+590690301234'],
    ['0694 20 12 34', '+594694201234'],
    ['0696 20 12 34', '+596696201234'],
    ['+687 75 12 34', '+687751234'],
    ['+689 87 12 34 56', '+68987123456'],
    ['+681 82 12 34', '+681821234'],
    ['+508 55 12 34', '+508551234'],
  ])('is read as a person types it: "%s"', (typed, e164) => {
    expect(phones.parse(typed)).toEqual({ status: 'ok', e164 });
  });

  it.each([
    ['01 42 34 56 78', 'a fixed line'],
    ['05 56 12 34 56', 'a fixed line'],
    ['0262 41 23 45', 'a fixed line of Réunion'],
    ['+262 262 41 23 45', 'a fixed line of Réunion'],
    ['09 72 12 34 56', 'a voice-over-IP line'],
    ['0800 12 34 56', 'a free number'],
    ['0899 12 34 56', 'a premium number'],
    ['0700 12 34 56 78 90', 'a machine'],
  ])('is not %s: %s', (typed) => {
    expect(['not-mobile', 'invalid']).toContain(phones.parse(typed).status);
  });

  it.each(['01 42 34 56 78', '09 72 12 34 56', '+33 1 42 34 56 78', '+262 262 41 23 45'])(
    'is the only kind of line accepted: "%s"',
    (typed) => expect(phones.parse(typed)).toEqual({ status: 'not-mobile' }),
  );

  it.each([
    ['+32 470 12 34 56', 'Belgium'],
    ['+44 7400 123456', 'Great Britain'],
    ['+1 212 555 2368', 'the United States'],
    ['0032 470 12 34 56', 'Belgium'],
    ['+881 6 31 01 23 45', 'a satellite'],
    ['+882 16 12345678', 'an international network'],
  ])('from elsewhere is refused: %s (%s)', (typed) => {
    expect(['country-not-allowed', 'invalid']).toContain(phones.parse(typed).status);
  });

  it('from an unsupported country has a different error than a malformed one', () => {
    expect(phones.parse('+32 470 12 34 56')).toEqual({ status: 'country-not-allowed' });
  });

  it('from another country is accepted if the deployment allows it', () => {
    const belgian = phonesOf(['FR', 'BE']);
    expect(belgian.parse('+32 470 12 34 56')).toEqual({ status: 'ok', e164: '+32470123456' });
  });

  it.each([
    '',
    '   ',
    '12',
    '06 12 34 56',
    '06 12 34 56 78 9',
    '0000000000',
    '+',
    '++33612345678',
    '3+3612345678',
    'abc',
    '06 12 34 56 7a',
    '٠٦١٢٣٤٥٦٧٨',
    '０６１２３４５６７８',
    '06 12 34 56 78 ext 5',
    'tel:+33612345678',
    '+33612345678;ext=5',
    '+33612345678\r\nBcc: x',
    '06\u200b12345678',
    "06' OR 1=1 --",
    '6'.repeat(10_000),
    '+'.repeat(10_000),
  ])('is no number: %j', (typed) => {
    expect(phones.parse(typed)).toEqual({ status: 'invalid' });
  });
});
