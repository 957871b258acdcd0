import { smsProviders } from '@portillon/notification';
import type { Environment } from '../environment.types';
import { notificationOptions } from '../lib-options';
import { fileSettingOf, secretFiles } from '../secret-files';
import { readSettings } from './read-settings';
import { complete, kannel, ovh, problemsOf, twilio } from '../testing/settings.fixture';

const settingsOf = (changes: Environment) => readSettings({ ...complete, ...changes }, '/nowhere');
const namesOf = (changes: Environment) => settingsOf(changes).sms.map(({ kind }) => kind);

describe('the providers of SMS', () => {
  it.each<[string, Environment, string[]]>([
    ['none', {}, []],
    ['Twilio alone, as before', twilio, ['twilio']],
    ['all that are set up', { ...kannel, ...ovh, ...twilio }, ['twilio', 'ovh', 'kannel']],
    ['in the order that is named', { ...ovh, ...kannel, SMS_PROVIDERS: 'kannel, ovh' }, ['kannel', 'ovh']],
    ['those that are named', { ...twilio, ...ovh, SMS_PROVIDERS: 'ovh' }, ['ovh']],
  ])('are %s', (_, environment, names) => {
    expect(namesOf(environment)).toEqual(names);
  });

  it.each<[string, Environment]>([
    ['SMS_PROVIDERS', { SMS_PROVIDERS: 'sinch' }],
    [
      'KANNEL_URL',
      { SMS_PROVIDERS: 'kannel', KANNEL_USERNAME: 'x', KANNEL_PASSWORD: 'x', KANNEL_SENDER: 'Portillon' },
    ],
    ['OVH_CONSUMER_KEY', { ...ovh, OVH_CONSUMER_KEY: '' }],
    ['OVH_SMS_SERVICE', { ...ovh, OVH_SMS_SERVICE: '../me' }],
    ['OVH_PER_SECOND', { ...ovh, OVH_PER_SECOND: '-1' }],
    ['KANNEL_PASSWORD', { ...kannel, KANNEL_PASSWORD: '' }],
    ['SMS_HTTP_FILE', { SMS_PROVIDERS: 'http' }],
    ['SMS_HTTP_FILE', { SMS_HTTP_SECRET: 'x' }],
    ['SMS_HTTP_FILE', { SMS_HTTP_FILE: '/nowhere.json' }],
    ['SMS_HTTP_FILE', { SMS_HTTP_FILE: __filename }],
  ])('%s that is wrong or missing is named', (name, environment) => {
    const problems = problemsOf({ ...complete, ...environment });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([name]);
  });

  it('receive an address for reports, except on a developer’s machine', () => {
    const environment = { ...twilio, ...ovh, ...kannel, OVH_PER_SECOND: '20' };
    const optionsOf = (PUBLIC_URL: string) =>
      notificationOptions(settingsOf({ ...environment, PUBLIC_URL }), undefined).sms?.providers;
    const reports = 'https://portillon.example/api/delivery-reports';
    expect(optionsOf('https://portillon.example')).toMatchObject([
      { statusCallbackUrl: `${reports}/twilio` },
      { receiptUrl: `${reports}/ovh`, capacityPerSecond: 20 },
      { receiptUrl: `${reports}/kannel` },
    ]);
    expect(JSON.stringify(optionsOf('http://localhost:3000'))).not.toContain('delivery-reports');
  });
});

describe('the secrets of each provider', () => {
  it.each(smsProviders.flatMap(({ secrets }) => secrets))('%s may be in a file', (name) => {
    expect(secretFiles({ [fileSettingOf(name)]: '/nowhere' })).toMatchObject([{ name }]);
  });
});

describe('the sender of SMS', () => {
  it.each(['Portillon', 'ESANTE2026', '36111', '+33937000000', '+41791234567'])('%s is taken', (sender) => {
    expect(problemsOf({ ...complete, ...ovh, OVH_SENDER: sender })).toEqual([]);
  });

  it.each([
    ['Portillon Santé', 'OVH_SENDER must be at most 11 letters and digits'],
    ['Portillon123', 'OVH_SENDER must be at most 11 letters and digits'],
    ['123456789', 'OVH_SENDER must be at most 11 letters and digits'],
    ['InfoSMS', 'OVH_SENDER must name the service'],
    ['+33612345678', 'OVH_SENDER must be no French mobile number'],
    ['+33712345678', 'OVH_SENDER must be no French mobile number'],
  ])('%s is refused: %s', (sender, problem) => {
    const [found, ...others] = problemsOf({ ...complete, ...ovh, OVH_SENDER: sender });
    expect([found, others]).toEqual([expect.stringContaining(problem), []]);
  });

  it.each(['TWILIO_FROM', 'KANNEL_SENDER'])('is looked at in %s too', (name) => {
    const environment = { ...complete, ...twilio, ...kannel, [name]: 'INFO' };
    expect(problemsOf(environment)).toEqual([expect.stringContaining(`${name} must name the service`)]);
  });
});
