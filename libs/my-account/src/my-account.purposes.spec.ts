import { isGsm7 } from '@portillon/notification';
import { myAccountPurposes } from './my-account.purposes';

const words = Object.values(myAccountPurposes).flatMap(({ texts }) => [texts.fr.sms, texts.en.sms]);

describe('what a code of « Mon compte » is for', () => {
  it.each(words)('leaves an SMS in one segment of GSM-7: %s', (sms) => {
    expect(isGsm7(sms)).toBe(true);
    expect(sms.length).toBeLessThanOrEqual(30);
  });
});
