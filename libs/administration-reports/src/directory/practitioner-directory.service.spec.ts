import type { OutboundRequest, OutboundResult, OutboundService } from '@portillon/outbound';
import { practitioner, searchset } from '../testing/practitioner.fixture';
import { PractitionerDirectoryService, rppsOf, stateIn } from './practitioner-directory.service';

const URL_OF_FHIR = 'https://gateway.api.esante.gouv.fr/fhir/v2';

function directory(answer: OutboundResult, annuaire: { url: string; key: string } | null) {
  const asked: [string, OutboundRequest][] = [];
  const send = async (url: string, request: OutboundRequest) => (asked.push([url, request]), answer);
  const outbound = { send } as unknown as OutboundService;
  return { asked, service: new PractitionerDirectoryService(outbound, { annuaire }) };
}
const answered = (status: number, body: unknown): OutboundResult => {
  return { outcome: 'answered', status, headers: {}, body: JSON.stringify(body) };
};
const ON = { url: URL_OF_FHIR, key: 'key-of-the-operator' };

describe('the Annuaire Santé', () => {
  it('is asked for the number of the RPPS in its system, with the key and 5 seconds for all of it', async () => {
    const { asked, service } = directory(answered(200, searchset(practitioner('10003461033'))), ON);
    expect(await service.lookUp('810003461033')).toEqual({ state: 'found' });
    const [[url, request]] = asked as [[string, OutboundRequest]];
    expect(url).toBe(
      `${URL_OF_FHIR}/Practitioner?identifier=https%3A%2F%2Frpps.esante.gouv.fr%7C10003461033`,
    );
    expect(request).toMatchObject({ method: 'GET', timeoutMs: 5_000 });
    expect(request.headers).toMatchObject({
      'esante-api-key': 'key-of-the-operator',
      accept: 'application/fhir+json',
    });
  });

  it('is not asked about an id that is none of the RPPS, nor where it is not named', async () => {
    const { asked, service } = directory(answered(200, searchset()), ON);
    expect(await service.lookUp('30B0057881/CPET0002')).toEqual({ state: 'unknown' });
    expect(asked).toEqual([]);
    const off = directory(answered(200, searchset()), null);
    expect(off.service.isOffered).toBe(false);
    expect(await off.service.lookUp('810003461033')).toEqual({ failure: 'not-configured' });
    expect(off.asked).toEqual([]);
  });

  it.each<[string, OutboundResult, string]>([
    ['is too slow', { outcome: 'failed', reason: 'timeout' }, 'timeout'],
    ['is cut off or away', { outcome: 'failed', reason: 'unreachable' }, 'unreachable'],
    ['pours without end', { outcome: 'failed', reason: 'answer-too-large' }, 'answer-too-large'],
    ['leads inside', { outcome: 'failed', reason: 'address-refused' }, 'address-refused'],
    ['refuses the key', answered(401, {}), 'status 401'],
    ['asks for patience', answered(429, {}), 'status 429'],
    ['leads elsewhere', answered(302, {}), 'status 302'],
    ['answers an error with an empty search', answered(500, searchset()), 'status 500'],
    ['tells of another person', answered(200, searchset(practitioner('1'))), 'unexpected-answer'],
  ])('says nothing when it %s', async (_, answer, failure) => {
    expect(await directory(answer, ON).service.lookUp('810003461033')).toEqual({ failure });
  });
});

const RPPS = '10003461033';
const of = (body: unknown) => stateIn(JSON.stringify(body), RPPS);

describe('a national id', () => {
  it.each([
    ['810003461033', RPPS],
    ['899700366240', '99700366240'],
    ['0750001234', undefined],
    ['30B0057881/CPET0002', undefined],
    ['8100034610331', undefined],
    ['8١٠٠٠٣٤٦١٠٣٣', undefined],
  ])('%s names the number of the RPPS %s', (nationalId, rpps) => {
    expect(rppsOf(nationalId)).toBe(rpps);
  });
});

describe('the answer of the Annuaire Santé', () => {
  it('says that the number is known, by the identifier of the RPPS', () => {
    expect(of(searchset(practitioner(RPPS)))).toBe('found');
    expect(of(searchset(practitioner('10102727017'), practitioner(RPPS)))).toBe('found');
  });

  it('says that it is unknown when it is empty and says so, or when its bearer practises no more', () => {
    expect(of(searchset())).toBe('not-found');
    expect(of(searchset(practitioner(RPPS, { active: false })))).toBe('not-found');
  });

  it.each<[string, unknown]>([
    ['of another person', searchset(practitioner('10102727017'))],
    ['of a number in another system', searchset(practitioner(RPPS, { identifier: [{ value: RPPS }] }))],
    ['of an organisation', searchset({ ...practitioner(RPPS), resourceType: 'Organization' })],
    ['without its people', { ...searchset(), total: 1 }],
    ['without a count', { resourceType: 'Bundle', type: 'searchset' }],
    [
      'that is empty, though it lists a practitioner',
      { ...searchset(practitioner('10102727017')), total: 0 },
    ],
    ['that is no search', { ...searchset(), type: 'batch-response' }],
    ['that is an error', { resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] }],
    ['with entries of another form', { ...searchset(), total: 3, entry: [null, 'x', { resource: 7 }] }],
    ['with entries that are no list', { ...searchset(), total: 1, entry: { resource: practitioner(RPPS) } }],
    ['null', null],
    ['a list', []],
  ])('%s says nothing', (_, body) => {
    expect(of(body)).toBeUndefined();
  });

  it('that was cut anywhere says nothing', () => {
    const whole = JSON.stringify(searchset(practitioner(RPPS)));
    for (let length = 0; length < whole.length; length++)
      expect(stateIn(whole.slice(0, length), RPPS)).toBeUndefined();
    expect(stateIn('<html>maintenance</html>', RPPS)).toBeUndefined();
  });

  it('nested a hundred thousand deep says nothing', () => {
    expect(stateIn('['.repeat(100_000), RPPS)).toBeUndefined();
    const deep = `{"resourceType":"Bundle","type":"searchset","entry":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(stateIn(deep, RPPS)).toBeUndefined();
  });
});
